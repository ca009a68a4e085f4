// SPDX-License-Identifier: GPL-3.0-or-later
/* Reading: opening, postings, terms. */
#include "lib/xap/internal.h"

#include <cstdlib>

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
	void *at = p->at;
	bool grown = array_reserve(&at, &p->capacity, needed, sizeof *p->at, err);
	p->at = static_cast<struct xap_posting *>(at);
	return grown;
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
