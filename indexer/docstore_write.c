// SPDX-License-Identifier: GPL-3.0-or-later
/* docstore_write.c - writes the record and the Xapian document of each occupation; the dictionary of shared texts. */
#include <stdlib.h>

#include "indexer/docstore_write.h"
#include "indexer/interrupt.h"
#include "lib/index/manifest.h"

/* What is needed while documents are written, kept from one to the next. */
struct docstore_writer {
	xap_writer *writer;
	struct hash_table_writer *records;
	struct tokenizer *analyzer;
	struct slice dictionary;
	struct buffer term;
	struct buffer record;
	struct buffer stored;
	struct error *err;
};

/* Terms are words behind the prefix of their field. */
static bool add_evidence(struct docstore_writer *w, const struct evidence *e)
{
	struct text_words words;
	bool ok = tokenize(w->analyzer, e->text, &words, w->err);
	for (size_t i = 0; ok && i < words.count; i++) {
		struct slice word = words.at[i].term;
		if (words.at[i].stop)
			continue;
		buffer_clear(&w->term);
		buffer_append_text(&w->term, field_specs[evidence_specs[e->kind].field].prefix, w->err);
		ok = buffer_append(&w->term, word.at, word.length, w->err) &&
		     xap_writer_add_term(w->writer, buffer_slice(&w->term), w->err);
	}
	return ok;
}

static bool write_one(struct docstore_writer *w, const struct occupation *o, size_t number, struct sha256 *digest)
{
	char name[OCCUPATION_NAME_SIZE];
	buffer_clear(&w->record);
	buffer_clear(&w->stored);
	for (size_t i = 0; i < o->evidence_count; i++)
		if (!add_evidence(w, &o->evidence[i]))
			return false;
	if (!occupation_pack(o, &w->record, w->err) ||
	    !record_deflate(buffer_slice(&w->record), w->dictionary, &w->stored, w->err))
		return false;
	manifest_digest_add(digest, buffer_slice(&w->record));
	return hash_table_add(w->records, occupation_name(number, name), buffer_slice(&w->stored), w->err) &&
	       xap_writer_end_document(w->writer, w->err);
}

bool docstore_write(const struct collected *g, struct slice dictionary, xap_writer *writer,
		    struct hash_table_writer *records, struct sha256 *digest, struct progress *progress,
		    struct error *err)
{
	struct docstore_writer w = { .writer = writer, .records = records, .dictionary = dictionary, .err = err };
	w.analyzer = tokenizer_new(err);
	bool ok = w.analyzer;
	for (size_t i = 0; ok && i < g->codes.count; i++) {
		ok = !build_stopped(err) && write_one(&w, &g->drafts[i].said, i, digest);
		progress_add(progress, 1);
	}
	tokenizer_free(w.analyzer);
	buffer_free(&w.term);
	buffer_free(&w.record);
	buffer_free(&w.stored);
	return ok;
}

/* ---- dictionary ---- */

struct shared_text {
	struct slice text;
	uint32_t count;
};

struct text_counter {
	struct map texts;
	struct shared_text *at;
	size_t count;
	size_t capacity;
};

/* Shorter texts cost as much as a reference to them. */
#define TEXT_MIN 4

static bool count_text(struct text_counter *c, struct slice text, struct error *err)
{
	uint32_t number;
	bool added;
	if (text.length < TEXT_MIN)
		return true;
	if (!map_add(&c->texts, text, &number, &added, err) ||
	    (added && !ARRAY_ADD(c->at, c->count, c->capacity, err, (struct shared_text){ text, 0 })))
		return false;
	c->at[number].count++;
	return true;
}

/* What saves most for a byte of dictionary comes first: what is most frequent. */
static int compare_shared(const void *a, const void *b)
{
	const struct shared_text *x = a, *y = b;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return slice_compare(x->text, y->text);
}

bool dictionary_make(const struct collected *g, struct buffer *out, struct error *err)
{
	struct text_counter c = { 0 };
	size_t chosen = 0, length = 0;
	bool ok = true;
	for (size_t o = 0; o < g->codes.count; o++) {
		const struct occupation *said = &g->drafts[o].said;
		for (size_t i = 0; ok && i < said->evidence_count; i++)
			ok = count_text(&c, said->evidence[i].text, err) &&
			     count_text(&c, said->evidence[i].detail, err);
	}
	if (c.count > 1)
		qsort(c.at, c.count, sizeof *c.at, compare_shared);
	for (size_t i = 0; ok && i < c.count && c.at[i].count > 1; i++) {
		if (length + c.at[i].text.length > DICTIONARY_MAX)
			continue;
		length += c.at[i].text.length;
		c.at[chosen++] = c.at[i];
	}
	while (ok && chosen-- > 0)
		ok = buffer_append(out, c.at[chosen].text.at, c.at[chosen].text.length, err);
	map_free(&c.texts);
	memory_free(c.at);
	return ok;
}
