// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/phrase.h"
#include "query/phrase_text.h"

/* More words than this in quotation marks are no phrase that anybody wrote. */
#define PHRASE_WORDS_MAX 64

/* The phrase in one field.  Stop words are not indexed, but their places are kept: the window is as wide as the
 * phrase with them. */
static bool phrase_in_field(struct text_words words, enum field field, struct arena *arena, xap_query **out,
			    struct error *err)
{
	struct slice terms[PHRASE_WORDS_MAX];
	size_t count = 0;
	uint32_t first = 0, last = 0;
	for (size_t i = 0; i < words.count; i++) {
		if (words.at[i].stop)
			continue;
		first = count ? first : words.at[i].position;
		last = words.at[i].position;
		size_t prefix = strlen(field_specs[field].prefix), length = prefix + words.at[i].term.length;
		char *term = arena_alloc(arena, length, err);
		if (!term)
			return false;
		memcpy(term, field_specs[field].prefix, prefix);
		memcpy(term + prefix, words.at[i].term.at, words.at[i].term.length);
		terms[count++] = (struct slice){ term, length };
	}
	return count == 1 ? xap_query_term(terms[0], out, err)
			  : xap_query_phrase(terms, count, last - first + 1, out, err);
}

/* The phrase in any field that holds words. */
static bool phrase_anywhere(struct soc_index *index, struct slice phrase, struct arena *arena, xap_query **out,
			    struct error *err)
{
	struct text_words words;
	xap_query *fields[FIELD_COUNT];
	size_t n = 0;
	if (!text_analyze(index->analyzer, phrase, &words, err))
		return false;
	if (words.count > PHRASE_WORDS_MAX)
		return error_set(err, ERROR_LIMIT, "quote fewer words, or leave the quotation marks out",
				 "a phrase of %zu words; at most %d are searched", words.count, PHRASE_WORDS_MAX);
	size_t telling = 0;
	for (size_t i = 0; i < words.count; i++)
		telling += !words.at[i].stop;
	if (telling == 0)
		return xap_query_all(out, err);
	bool ok = true;
	for (size_t f = 0; ok && f < FIELD_COUNT; f++) {
		if (field_specs[f].kind != FIELD_WORDS)
			continue;
		ok = phrase_in_field(words, (enum field)f, arena, &fields[n], err);
		n += ok;
	}
	if (ok)
		return xap_query_combine(XAP_OR, fields, n, out, err);
	for (size_t i = 0; i < n; i++)
		xap_query_free(fields[i]);
	return false;
}

/* Clear whatever does not hold the phrase. */
static bool restrict_to(struct soc_index *index, struct slice phrase, struct arena *arena,
			unsigned char *allow, struct error *err)
{
	struct buffer matches = { 0 };
	xap_query *query = NULL;
	unsigned char *held = arena_alloc(arena, index->count, err);
	bool ok = held && phrase_anywhere(index, phrase, arena, &query, err) &&
		  xap_reader_match(index->reader, query, 0, 0, &matches, err);
	const struct xap_match *m = (const struct xap_match *)(const void *)matches.at;
	for (size_t f = 0; ok && f < FIELD_COUNT; f++)
		if (field_specs[f].kind == FIELD_BAG)
			ok = phrase_in_text(index, phrase, (enum field)f, held, err);
	for (size_t i = 0; ok && i < matches.length / sizeof *m; i++)
		if (m[i].docid >= 1 && m[i].docid <= index->count)
			held[m[i].docid - 1] = 1;
	for (size_t o = 0; ok && o < index->count; o++)
		allow[o] &= held[o];
	xap_query_free(query);
	buffer_free(&matches);
	return ok;
}

bool free_text_read(struct soc_index *index, struct slice text, struct arena *arena, struct free_text *out,
		    struct error *err)
{
	*out = (struct free_text){ 0 };
	struct slice copy = arena_copy(arena, text, err);
	if (!copy.at)
		return false;
	char *at = (char *)(uintptr_t)copy.at;   /* the copy is ours to change */
	for (size_t i = 0; i < copy.length; i++) {
		if (at[i] != '"')
			continue;
		char *close = memchr(at + i + 1, '"', copy.length - i - 1);
		if (!close) {
			error_set(err, ERROR_USAGE, "close the phrase with another \", or leave the mark out",
				  "a quotation mark is never closed");
			return error_at(err, "query", 0, (uint32_t)i + 1);
		}
		if (!out->allow) {
			out->allow = arena_alloc(arena, index->count, err);
			if (!out->allow)
				return false;
			memset(out->allow, 1, index->count);
		}
		struct slice phrase = { at + i + 1, (size_t)(close - (at + i + 1)) };
		if (!restrict_to(index, phrase, arena, out->allow, err))
			return false;
		at[i] = ' ';
		*close = ' ';
		i = (size_t)(close - at);
		out->phrases++;
	}
	out->words = copy;
	return true;
}
