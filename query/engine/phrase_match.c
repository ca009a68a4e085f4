// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/engine/phrase_match.h"

/* One phrase on its way through the evidence. */
struct looking {
	struct soc_index *index;
	struct tokenizer *analyzer; /* a second one: the phrase's own words stay while texts are analyzed */
	struct text_words phrase;
	uint32_t window; /* of NEAR; 0: the words are a phrase */
	enum field field;
	struct arena arena;
	struct error *err;
};

static bool stands_at(struct text_words phrase, struct text_words text, size_t at)
{
	for (size_t i = 0; i < phrase.count; i++)
		if (!phrase.at[i].stop && !slice_equal(phrase.at[i].term, text.at[at + i].term))
			return false;
	return true;
}

/* All words of the question among the `window` words from `at` on. */
static bool stands_near(const struct looking *l, struct text_words text, size_t at)
{
	for (size_t i = 0; i < l->phrase.count; i++) {
		bool found = l->phrase.at[i].stop;
		for (size_t k = at; !found && k < text.count && k - at < l->window; k++)
			found = slice_equal(l->phrase.at[i].term, text.at[k].term);
		if (!found)
			return false;
	}
	return true;
}

static bool text_holds(struct looking *l, struct slice text, bool *holds)
{
	struct text_words words;
	*holds = false;
	if (!tokenize(l->analyzer, text, &words, l->err))
		return false;
	for (size_t at = 0; !*holds && l->window && at < words.count; at++)
		*holds = stands_near(l, words, at);
	for (size_t at = 0; !*holds && !l->window && at + l->phrase.count <= words.count; at++)
		*holds = stands_at(l->phrase, words, at);
	return true;
}

static bool occupation_holds(struct looking *l, size_t number, bool *holds)
{
	struct occupation o;
	*holds = false;
	arena_reset(&l->arena);
	if (!soc_index_occupation(l->index, number, &l->arena, &o, l->err))
		return false;
	for (size_t i = 0; !*holds && i < o.evidence_count; i++)
		if (evidence_specs[o.evidence[i].kind].field == l->field && !text_holds(l, o.evidence[i].text, holds))
			return false;
	return true;
}

/* Occupations that hold every word of the phrase in the field: only they are looked at. */
static bool find_documents(struct looking *l, struct buffer *matches)
{
	xap_query *terms[64], *all = NULL;
	xap_reader *reader;
	struct buffer term = { 0 };
	size_t n = 0;
	bool ok = true;
	for (size_t i = 0; ok && i < l->phrase.count && n < 64; i++) {
		if (l->phrase.at[i].stop)
			continue;
		buffer_clear(&term);
		ok = buffer_append_text(&term, field_specs[l->field].prefix, l->err) &&
		     buffer_append(&term, l->phrase.at[i].term.at, l->phrase.at[i].term.length, l->err) &&
		     xap_query_term(buffer_slice(&term), &terms[n], l->err);
		n += ok;
	}
	if (ok && n > 0)
		ok = xap_query_combine(XAP_AND, terms, n, &all, l->err) &&
		     index_file_reader(&l->index->file, &reader, l->err) &&
		     xap_reader_match(reader, all, 0, 0, matches, l->err);
	for (size_t i = 0; !ok && !all && i < n; i++)
		xap_query_free(terms[i]);
	xap_query_free(all);
	buffer_free(&term);
	return ok;
}

/* At its ends a stop word says nothing. */
static void cut_stop_words(struct text_words *phrase)
{
	while (phrase->count > 0 && phrase->at[0].stop) {
		phrase->at++;
		phrase->count--;
	}
	while (phrase->count > 0 && phrase->at[phrase->count - 1].stop)
		phrase->count--;
}

static bool look(struct looking *l, struct slice phrase, unsigned char *held)
{
	struct buffer matches = { 0 };
	bool ok = tokenize(l->index->analyzer, phrase, &l->phrase, l->err);
	cut_stop_words(&l->phrase);
	ok = ok && find_documents(l, &matches);
	const struct xap_match *m = (const struct xap_match *)(const void *)matches.at;
	for (size_t i = 0; ok && i < matches.length / sizeof *m; i++) {
		bool holds = false;
		size_t number = m[i].docid - 1;
		ok = number >= l->index->count || held[number] || occupation_holds(l, number, &holds);
		if (ok && holds)
			held[number] = 1;
	}
	buffer_free(&matches);
	return ok;
}

static bool look_in_text(struct soc_index *index, struct slice words, uint32_t window, enum field field,
			 unsigned char *held, struct error *err)
{
	struct looking l = {
		.index = index, .window = window, .field = field, .err = err, .analyzer = tokenizer_new(err)
	};
	bool ok = l.analyzer && look(&l, words, held);
	tokenizer_free(l.analyzer);
	arena_free(&l.arena);
	return ok;
}

bool phrase_in_text(struct soc_index *index, struct slice phrase, enum field field, unsigned char *held,
		    struct error *err)
{
	return look_in_text(index, phrase, 0, field, held, err);
}

bool near_in_text(struct soc_index *index, struct slice words, uint32_t window, enum field field, unsigned char *held,
		  struct error *err)
{
	return look_in_text(index, words, window, field, held, err);
}
