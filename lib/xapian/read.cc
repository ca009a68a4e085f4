// SPDX-License-Identifier: GPL-3.0-or-later
/* read.cc - reading the Xapian part of an index file: opening it as glass and nothing else, posting lists, terms, and
 * Xapian's own check. */
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/xapian/xapian_internal.h"

/* ---- opening ---- */

/* A duplicate of a descriptor shares its position, and Xapian reads from there: this puts it at the start of the file,
 * and at its end back to where the caller had it. */
class at_start_of_file
{
      public:
	explicit at_start_of_file(int number) noexcept : fd(number), before(lseek(fd, 0, SEEK_CUR))
	{
		lseek(fd, 0, SEEK_SET);
	}
	at_start_of_file(const at_start_of_file &) = delete;
	at_start_of_file &operator=(const at_start_of_file &) = delete;
	~at_start_of_file()
	{
		lseek(fd, before, SEEK_SET);
	}

      private:
	int fd;
	off_t before;
};

static bool is_file(int fd, const char *name, struct error *err) noexcept
{
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0)
		return error_set_errno(err, errno, nullptr, "cannot open %s", name);
	return S_ISREG(st.st_mode) ||
	       error_set(err, ERROR_DAMAGED, "give the path of an index", "%s is not an index", name);
}

bool xap_reader_open_fd(int fd, xap_reader **out, struct error *err) noexcept
{
	return guard(err, "open the index", [&] {
		if (!is_file(fd, "the index", err))
			return false;
		library_step();
		at_start_of_file position(fd);
		int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
		if (copy < 0)
			return error_set_errno(err, errno, nullptr, "cannot duplicate a file descriptor");
		/* Xapian closes the descriptor, also when it fails.  Without the backend it would take a file that it
		 * does not know for a list of databases, some of them on other machines. */
		Xapian::Database database(copy, Xapian::DB_BACKEND_GLASS);
		library_step();
		uint32_t count = database.get_doccount();
		library_step();
		*out = new xap_reader{ database, count, {} };
		return true;
	});
}

void xap_reader_close(xap_reader *r) noexcept
{
	delete r;
}

uint32_t xap_reader_document_count(const xap_reader *r) noexcept
{
	return r->document_count;
}

/* ---- postings ---- */

bool xap_reader_postings(xap_reader *r, struct slice term, struct xap_postings *out, struct error *err) noexcept
{
	out->count = 0;
	if (!term_fits(term, err))
		return false;
	return guard(err, "read a posting list", [&] {
		library_step();
		const Xapian::PostingIterator end;
		size_t count = 0;
		for (auto p = r->database.postlist_begin(r->key(term)); p != end; ++p) {
			library_step();
			if (!ARRAY_RESERVE(out->at, out->capacity, count + 1, err))
				return false;
			out->at[count++] = *p;
		}
		library_step();
		out->count = count;
		return true;
	});
}

void xap_postings_free(struct xap_postings *p) noexcept
{
	if (!p)
		return;
	free(p->at);
	*p = {};
}

/* ---- terms ---- */

bool xap_reader_terms(xap_reader *r, struct slice prefix, xap_visit visit, void *ctx, struct error *err) noexcept
{
	if (!prefix_fits(prefix, err))
		return false;
	return guard(err, "list the terms", [&] {
		library_step();
		const Xapian::TermIterator end;
		for (auto t = r->database.allterms_begin(text_of(prefix)); t != end; ++t) {
			library_step();
			const std::string term = *t;
			if (!visit(ctx, as_slice(term), t.get_termfreq()))
				break;
		}
		library_step();
		return true;
	});
}

/* ---- check ---- */

/* The last line of Xapian's report names the damage; those before it name what is sound. */
static std::string last_line(const std::string &report)
{
	size_t end = report.find_last_not_of('\n');
	if (end == std::string::npos)
		return "no details";
	size_t begin = report.find_last_of('\n', end);
	begin = begin == std::string::npos ? 0 : begin + 1;
	return report.substr(begin, end - begin + 1);
}

/* libxapian 1.4.22's check deletes a table under the type of its base, a few bytes smaller: harmless with
 * malloc, but AddressSanitizer would stop every program that calls xap_check(). */
#if defined(__has_feature)
#define HAS_FEATURE(name) __has_feature(name)
#else
#define HAS_FEATURE(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || HAS_FEATURE(address_sanitizer)
extern "C" __attribute__((visibility("default"))) const char *__asan_default_options()
{
	return "new_delete_type_mismatch=0";
}
#endif

bool xap_check(const char *path, struct error *err) noexcept
{
	return guard(err, "check the index", [&] {
		std::ostringstream report;
		library_step();
		/* Without waiting for a writer, should the path be a pipe. */
		int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
		if (!is_file(fd, path, err)) {
			close(fd);
			return false;
		}
		size_t faults = Xapian::Database::check(fd, 0, &report); /* which closes it */
		library_step();
		return faults == 0 ||
		       error_set(err, ERROR_DAMAGED, "restore a good copy of the index, or build it again",
				 "%s has %zu faults: %s", path, faults, last_line(report.str()).c_str());
	});
}
