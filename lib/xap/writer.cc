// SPDX-License-Identifier: GPL-3.0-or-later
/* Writing a database folder. */
#include "lib/xap/internal.h"

#include <cerrno>
#include <filesystem>
#include <memory>

#include <sys/stat.h>

/* No sync and no term lists: the folder is a stage on the way to xap_compact().  Not DB_DANGEROUS: it was
 * no quicker, as nearly everything is written by the one commit at the end. */
static const int writing = Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC |
			   Xapian::DB_NO_TERMLIST;

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
		std::unique_ptr<xap_writer> w(new xap_writer{ Xapian::WritableDatabase(dir, writing) });
		library_step();
		*out = w.release();
		return true;
	});
	if (!done)
		remove_folder(dir);
	return done;
}

bool xap_writer_add(xap_writer *w, const xap_document *doc, uint32_t *docid, struct error *err) noexcept
{
	return guard(err, "add a document", [&] {
		library_step();
		Xapian::docid added = w->database.add_document(doc->content ? *doc->content : Xapian::Document());
		library_step();
		if (docid)
			*docid = added;
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
