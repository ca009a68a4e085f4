// SPDX-License-Identifier: GPL-3.0-or-later
/* write.cc - writing a database folder, and compacting it to the one file that becomes the Xapian part of an index. */
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/xapian/xapian_internal.h"

/* No sync and no term lists: the folder is a stage on the way to xap_compact().  Not DB_DANGEROUS: it was
 * no quicker, as nearly everything is written by the one commit at the end. */
static const int writing = Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC | Xapian::DB_NO_TERMLIST;

static void remove_folder(const char *dir) noexcept
{
	try {
		std::error_code ignored;
		std::filesystem::remove_all(dir, ignored);
	} catch (...) {
		/* Without memory for the path we leave it: the error that brought us here is told anyway. */
	}
}

bool xap_writer_open(const char *dir, xap_writer **out, struct error *err) noexcept
{
	/* Xapian would accept an existing folder, even with things in it. */
	if (mkdir(dir, 0777) != 0)
		return error_set_errno(err, errno, nullptr, "cannot create the folder %s", dir);
	bool done = guard(err, "create a database", [&] {
		library_step();
		std::unique_ptr<xap_writer> w(new xap_writer{ Xapian::WritableDatabase(dir, writing), {} });
		library_step();
		*out = w.release();
		return true;
	});
	if (!done)
		remove_folder(dir);
	return done;
}

bool xap_writer_add_term(xap_writer *w, struct slice term, struct error *err) noexcept
{
	if (!term_fits(term, err))
		return false;
	return guard(err, "add a term", [&] {
		library_step();
		w->document.add_boolean_term(text_of(term));
		return true;
	});
}

bool xap_writer_end_document(xap_writer *w, struct error *err) noexcept
{
	return guard(err, "add a document", [&] {
		library_step();
		w->database.add_document(w->document);
		library_step();
		w->document = Xapian::Document();
		return true;
	});
}

bool xap_writer_close(xap_writer **w, struct error *err) noexcept
{
	std::unique_ptr<xap_writer> closing(*w);
	*w = nullptr;
	if (!closing)
		return true;
	return guard(err, "write the database", [&] {
		library_step();
		closing->database.commit();
		library_step();
		closing->database.close();
		return true;
	});
}

/* ---- compacting ---- */

/* Never FULLER: it writes out of bounds inside libxapian 1.4.22 with many long terms. */
static const unsigned compacting = Xapian::DBCOMPACT_SINGLE_FILE | Xapian::Compactor::FULL;

/* Reserve the name: Xapian would overwrite what is there. */
static bool create_target(const char *target, struct error *err) noexcept
{
	int fd = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0 || close(fd) != 0)
		return error_set_errno(err, errno, nullptr, "cannot create %s", target);
	return true;
}

/* The same documents shall give the same bytes.  All that differs from one compaction to the next is the
 * random identifier behind the magic and the version, which serves replication only: we write zeros there. */
static bool remove_identifier(const char *target, struct error *err) noexcept
{
	static const char zeros[16] = { 0 };
	static const off_t behind_magic_and_version = 16;
	int fd = open(target, O_WRONLY | O_CLOEXEC);
	bool written =
		fd >= 0 && pwrite(fd, zeros, sizeof zeros, behind_magic_and_version) == sizeof zeros && fsync(fd) == 0;
	int saved_errno = errno;
	if (fd >= 0 && close(fd) != 0 && written) {
		saved_errno = errno;
		written = false;
	}
	return written || error_set_errno(err, saved_errno, nullptr, "cannot write %s", target);
}

bool xap_compact(const char *dir, const char *target, struct error *err) noexcept
{
	if (!create_target(target, err))
		return false;
	bool done = guard(err, "compact the database", [&] {
		library_step();
		Xapian::Database database(dir, Xapian::DB_BACKEND_GLASS);
		library_step();
		database.compact(target, compacting);
		library_step();
		return remove_identifier(target, err);
	});
	if (!done)
		unlink(target);
	return done;
}
