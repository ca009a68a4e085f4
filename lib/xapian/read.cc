// SPDX-License-Identifier: GPL-3.0-or-later
/* Reading: opening, postings, terms. */
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "lib/xapian/xapian_internal.h"

/* ------------------------------------------------------------------ opening ---- */

static xap_reader *new_reader(const Xapian::Database &database)
{
	library_step();
	uint32_t count = database.get_doccount();
	library_step();
	return new xap_reader{ database, count, {} };
}

bool xap_reader_open_fd(int fd, xap_reader **out, struct error *err) noexcept
{
	return guard(err, "open the index", [&] {
		Xapian::Database database;
		if (!open_database_fd(fd, &database, err))
			return false;
		*out = new_reader(database);
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

/* ----------------------------------------------------------------- postings ---- */

static bool grow(struct xap_postings *p, size_t needed, struct error *err) noexcept
{
	return ARRAY_RESERVE(p->at, p->capacity, needed, err);
}

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
			if (count == out->capacity && !grow(out, count + 1, err))
				return false;
			out->at[count++] = { *p, p.get_wdf() };
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

/* -------------------------------------------------------------------- terms ---- */

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

/* ---- open ---- */

/* Opening a database as glass and nothing else, and Xapian's own check of one. */

/* A descriptor with an end. */
class descriptor
{
      public:
	explicit descriptor(int number) noexcept : fd(number)
	{
	}
	descriptor(const descriptor &) = delete;
	descriptor &operator=(const descriptor &) = delete;
	~descriptor()
	{
		if (fd >= 0)
			close(fd);
	}

	/* For Xapian, which closes it, also when it fails. */
	int give_away() noexcept
	{
		int given = fd;
		fd = -1;
		return given;
	}

	int fd;
};

/* A duplicate shares the file position, and Xapian reads from where that stands: we lend it the start of the
 * file, and put back what the caller had. */
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

/* Without waiting for a writer, should the path be a pipe. */
static const int looking = O_RDONLY | O_CLOEXEC | O_NONBLOCK;

enum database_kind { DATABASE_FILE, DATABASE_FOLDER };

static bool kind_of(int fd, const char *name, enum database_kind *out, struct error *err) noexcept
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return error_set_errno(err, errno, nullptr, "cannot open %s", name);
	if (S_ISREG(st.st_mode)) {
		*out = DATABASE_FILE;
		return true;
	}
	/* Of a folder without this file Xapian would say "No such file", as if the path were wrong. */
	if (S_ISDIR(st.st_mode) && faccessat(fd, "iamglass", F_OK, 0) == 0) {
		*out = DATABASE_FOLDER;
		return true;
	}
	return error_set(err, ERROR_DAMAGED, "give the path of an index", "%s is not an index", name);
}

/* Call `use` with a duplicate of `fd` that it owns. */
template <typename Use> static bool lend(int fd, struct error *err, Use use)
{
	descriptor copy(fcntl(fd, F_DUPFD_CLOEXEC, 0));
	if (copy.fd < 0)
		return error_set_errno(err, errno, nullptr, "cannot duplicate a file descriptor");
	at_start_of_file position(fd);
	library_step();
	return use(copy.give_away());
}

bool open_database_fd(int fd, Xapian::Database *out, struct error *err)
{
	enum database_kind kind;
	if (!kind_of(fd, "the index", &kind, err))
		return false;
	if (kind == DATABASE_FOLDER)
		return error_set(err, ERROR_DAMAGED, nullptr, "the index is a folder, not a file");
	return lend(fd, err, [&](int copy) {
		*out = Xapian::Database(copy, Xapian::DB_BACKEND_GLASS);
		return true;
	});
}

bool open_database_folder(const char *path, Xapian::Database *out, struct error *err)
{
	enum database_kind kind;
	descriptor file(open(path, looking));
	if (file.fd < 0)
		return error_set_errno(err, errno, nullptr, "cannot open %s", path);
	if (!kind_of(file.fd, path, &kind, err))
		return false;
	if (kind == DATABASE_FILE)
		return error_set(err, ERROR_DAMAGED, nullptr, "%s is a file, not a folder", path);
	library_step();
	*out = Xapian::Database(path, Xapian::DB_BACKEND_GLASS);
	return true;
}

/* What Xapian's check said of the damage: its last words, as the first ones praise what is sound. */
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

static bool check(const char *path, struct error *err)
{
	std::ostringstream report;
	enum database_kind kind;
	size_t faults = 0;
	descriptor file(open(path, looking));
	if (file.fd < 0)
		return error_set_errno(err, errno, nullptr, "cannot open %s", path);
	if (!kind_of(file.fd, path, &kind, err))
		return false;
	library_step();
	if (kind == DATABASE_FILE)
		faults = Xapian::Database::check(file.give_away(), 0, &report);
	else
		faults = Xapian::Database::check(path, 0, &report);
	library_step();
	if (faults == 0)
		return true;
	return error_set(err, ERROR_DAMAGED, "restore a good copy of the index, or build it again",
			 "%s has %zu faults: %s", path, faults, last_line(report.str()).c_str());
}

bool xap_check(const char *path, struct error *err) noexcept
{
	return guard(err, "check the index", [&] { return check(path, err); });
}

/* ---- query ---- */

/* Queries and what matches them. */

static const char builder[] = "make a query";

/* Every constructor is "make a Xapian::Query, and hand it over once nothing can fail any more". */
template <typename Make> static bool new_query(xap_query **out, struct error *err, Make make) noexcept
{
	return guard(err, builder, [&] {
		library_step();
		auto q = std::make_unique<xap_query>(xap_query{ make() });
		library_step();
		*out = q.release();
		return true;
	});
}

bool xap_query_term(struct slice term, xap_query **out, struct error *err) noexcept
{
	if (!term_fits(term, err))
		return false;
	return new_query(out, err, [&] { return Xapian::Query(text_of(term)); });
}

static Xapian::Query::op operator_of(enum xap_operator op) noexcept
{
	switch (op) {
	case XAP_AND:
		return Xapian::Query::OP_AND;
	case XAP_OR:
		return Xapian::Query::OP_OR;
	case XAP_AND_NOT:
		return Xapian::Query::OP_AND_NOT;
	case XAP_FILTER:
		return Xapian::Query::OP_FILTER;
	case XAP_MAYBE:
		return Xapian::Query::OP_AND_MAYBE;
	}
	return Xapian::Query::OP_INVALID;
}

static Xapian::Query combined(Xapian::Query::op op, xap_query *const *parts, size_t count)
{
	std::vector<Xapian::Query> queries;
	queries.reserve(count);
	for (size_t i = 0; i < count; i++)
		queries.push_back(parts[i]->query);
	return Xapian::Query(op, queries.begin(), queries.end());
}

bool xap_query_combine(enum xap_operator op, xap_query **parts, size_t count, xap_query **out,
		       struct error *err) noexcept
{
	bool done;
	if (count == 0 || std::find(parts, parts + count, nullptr) != parts + count)
		done = error_set(err, ERROR_INTERNAL, nullptr, "a query to be combined is missing");
	else
		done = new_query(out, err, [&] { return combined(operator_of(op), parts, count); });
	/* Whatever happened, the parts were given to us. */
	for (size_t i = 0; i < count; i++) {
		xap_query_free(parts[i]);
		parts[i] = nullptr;
	}
	return done;
}

static bool positional(Xapian::Query::op op, const struct slice *terms, size_t count, uint32_t window, xap_query **out,
		       struct error *err) noexcept
{
	if (count == 0 || count > UINT32_MAX)
		return error_set(err, ERROR_INTERNAL, nullptr, "a phrase has no terms");
	for (size_t i = 0; i < count; i++) {
		if (!term_fits(terms[i], err))
			return false;
	}
	return new_query(out, err, [&] {
		std::vector<std::string> texts;
		texts.reserve(count);
		for (size_t i = 0; i < count; i++)
			texts.push_back(text_of(terms[i]));
		/* No window can hold more terms than positions: Xapian would match nothing, in silence. */
		return Xapian::Query(op, texts.begin(), texts.end(), std::max(window, static_cast<uint32_t>(count)));
	});
}

bool xap_query_phrase(const struct slice *terms, size_t count, uint32_t window, xap_query **out,
		      struct error *err) noexcept
{
	return positional(Xapian::Query::OP_PHRASE, terms, count, window, out, err);
}

bool xap_query_near(const struct slice *terms, size_t count, uint32_t window, xap_query **out,
		    struct error *err) noexcept
{
	return positional(Xapian::Query::OP_NEAR, terms, count, window, out, err);
}

void xap_query_free(xap_query *q) noexcept
{
	delete q;
}

/* ----------------------------------------------------------------- matching ---- */

static Xapian::MSet matches_of(const xap_reader *r, const xap_query *q, uint32_t offset, uint32_t limit)
{
	Xapian::Enquire enquire(r->database);
	enquire.set_query(q->query);
	enquire.set_docid_order(Xapian::Enquire::ASCENDING);
	if (limit == 0)
		enquire.set_weighting_scheme(Xapian::BoolWeight());
	/* Xapian adds the two, and reserves room for as many: neither needs to exceed what there is. */
	const uint32_t all = r->document_count;
	library_step();
	return enquire.get_mset(std::min(offset, all), limit == 0 ? all : std::min(limit, all));
}

bool xap_reader_match(xap_reader *r, const xap_query *q, uint32_t offset, uint32_t limit, struct buffer *out,
		      struct error *err) noexcept
{
	const size_t before = out->length;
	bool done = guard(err, "match the query", [&] {
		library_step();
		const Xapian::MSet found = matches_of(r, q, offset, limit);
		library_step();
		if (!buffer_reserve(out, found.size() * sizeof(struct xap_match), err))
			return false;
		for (auto m = found.begin(); m != found.end(); ++m) {
			library_step();
			const struct xap_match match = { *m, m.get_weight() };
			if (!buffer_append(out, &match, sizeof match, err))
				return false;
		}
		library_step();
		return true;
	});
	if (!done)
		out->length = before;
	return done;
}
