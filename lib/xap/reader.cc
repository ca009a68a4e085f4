// SPDX-License-Identifier: GPL-3.0-or-later
/* Reading: opening, postings, documents, metadata, dictionaries. */
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

bool xap_reader_open(const char *path, xap_reader **out, struct error *err) noexcept
{
	return guard(err, "open the index", [&] {
		Xapian::Database database;
		if (!open_database(path, &database, err))
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
	if (!key_fits(term, "a term", err))
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

bool xap_reader_frequency(xap_reader *r, struct slice term, uint32_t *documents, uint64_t *occurrences,
			  struct error *err) noexcept
{
	if (!key_fits(term, "a term", err))
		return false;
	return guard(err, "read a term's frequency", [&] {
		/* Each figure is a search of its own, so only what is asked for is looked up. */
		const std::string &key = r->key(term);
		library_step();
		uint32_t in_documents = documents ? r->database.get_termfreq(key) : 0;
		library_step();
		uint64_t in_all = occurrences ? r->database.get_collection_freq(key) : 0;
		library_step();
		if (documents)
			*documents = in_documents;
		if (occurrences)
			*occurrences = in_all;
		return true;
	});
}

bool xap_reader_positions(xap_reader *r, uint32_t docid, struct slice term, struct buffer *positions,
			  struct error *err) noexcept
{
	if (!key_fits(term, "a term", err))
		return false;
	const size_t before = positions->length;
	bool done = guard(err, "read positions", [&] {
		library_step();
		const Xapian::PositionIterator end;
		for (auto p = r->database.positionlist_begin(docid, r->key(term)); p != end; ++p) {
			library_step();
			uint32_t position = *p;
			if (!buffer_append(positions, &position, sizeof position, err))
				return false;
		}
		library_step();
		return true;
	});
	if (!done)
		positions->length = before;
	return done;
}

/* ---------------------------------------------------------------- documents ---- */

static bool append(struct buffer *out, const std::string &bytes, struct error *err) noexcept
{
	return buffer_append(out, bytes.data(), bytes.size(), err);
}

bool xap_reader_data(xap_reader *r, uint32_t docid, struct buffer *out, struct error *err) noexcept
{
	return guard(err, "read a document", [&] {
		library_step();
		Xapian::Document doc = r->database.get_document(docid);
		library_step();
		std::string data = doc.get_data();
		library_step();
		return append(out, data, err);
	});
}

static std::string value_of(xap_reader *r, uint32_t docid, uint32_t slot)
{
	library_step();
	Xapian::Document doc = r->database.get_document(docid);
	library_step();
	std::string value = doc.get_value(slot);
	library_step();
	return value;
}

bool xap_reader_value(xap_reader *r, uint32_t docid, uint32_t slot, struct buffer *out,
		      struct error *err) noexcept
{
	return guard(err, "read a document's value", [&] {
		return append(out, value_of(r, docid, slot), err);
	});
}

bool xap_reader_number(xap_reader *r, uint32_t docid, uint32_t slot, double *out, struct error *err) noexcept
{
	return guard(err, "read a document's value", [&] {
		*out = Xapian::sortable_unserialise(value_of(r, docid, slot));
		return true;
	});
}

/* --------------------------------------------------- metadata, dictionaries ---- */

bool xap_reader_metadata(xap_reader *r, struct slice key, struct buffer *out, struct error *err) noexcept
{
	if (!key_fits(key, "a metadata key", err))
		return false;
	return guard(err, "read metadata", [&] {
		library_step();
		std::string value = r->database.get_metadata(r->key(key));
		library_step();
		return append(out, value, err);
	});
}

/* Hand each item to the caller; only some lists know a frequency. */
static bool visit_all(Xapian::TermIterator item, bool with_frequency, xap_visit visit, void *ctx)
{
	for (const Xapian::TermIterator end; item != end; ++item) {
		library_step();
		const std::string text = *item;
		uint32_t documents = with_frequency ? item.get_termfreq() : 0;
		if (!visit(ctx, as_slice(text), documents))
			break;
	}
	library_step();
	return true;
}

bool xap_reader_terms(xap_reader *r, struct slice prefix, xap_visit visit, void *ctx, struct error *err) noexcept
{
	if (!prefix_fits(prefix, err))
		return false;
	return guard(err, "list the terms", [&] {
		library_step();
		return visit_all(r->database.allterms_begin(text_of(prefix)), true, visit, ctx);
	});
}

bool xap_reader_metadata_keys(xap_reader *r, struct slice prefix, xap_visit visit, void *ctx,
			      struct error *err) noexcept
{
	if (!prefix_fits(prefix, err))
		return false;
	return guard(err, "list the metadata", [&] {
		library_step();
		return visit_all(r->database.metadata_keys_begin(text_of(prefix)), false, visit, ctx);
	});
}

bool xap_reader_synonyms(xap_reader *r, struct slice term, xap_visit visit, void *ctx, struct error *err) noexcept
{
	if (!key_fits(term, "a term", err))
		return false;
	return guard(err, "list the synonyms", [&] {
		library_step();
		return visit_all(r->database.synonyms_begin(text_of(term)), false, visit, ctx);
	});
}

bool xap_reader_spellings(xap_reader *r, xap_visit visit, void *ctx, struct error *err) noexcept
{
	return guard(err, "list the spelling words", [&] {
		library_step();
		return visit_all(r->database.spellings_begin(), true, visit, ctx);
	});
}

bool xap_reader_suggest(xap_reader *r, struct slice word, uint32_t max_edits, struct buffer *out,
			struct error *err) noexcept
{
	if (!key_fits(word, "a word", err))
		return false;
	return guard(err, "look for a spelling", [&] {
		library_step();
		std::string suggestion = r->database.get_spelling_suggestion(r->key(word), max_edits);
		library_step();
		return append(out, suggestion, err);
	});
}
