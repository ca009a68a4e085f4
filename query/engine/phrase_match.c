// SPDX-License-Identifier: GPL-3.0-or-later
/* phrase_match.c - whether the words of a phrase or of NEAR stand together in an occupation's evidence; the index has
 * no positions, so the texts of those occupations that hold all the words are read. */
#include "query/engine/phrase_match.h"

struct phrase_matcher {
	struct text_words words;    /* of the phrase, without stop words at its ends */
	uint32_t window;            /* of NEAR; 0: the words are a phrase */
	struct stem_filter longest; /* of the longest term: a text without a word that begins like it is skipped */
	struct stem_filter all;     /* of all terms */
	struct tokenizer *analyzer; /* a second one: `words` stay while texts are analyzed */
	struct arena arena;
	bool found; /* in a text of the occupation that is read */
	bool ok;
	struct error *err;
};

/* The words in their order from word `at` of a text on; a stop word stands for any word. */
static bool stands_at(struct text_words phrase, struct text_words text, size_t at)
{
	for (size_t i = 0; i < phrase.count; i++)
		if (!phrase.at[i].stop && !slice_equal(phrase.at[i].term, text.at[at + i].term))
			return false;
	return true;
}

static size_t count_term(const struct text_word *at, size_t count, struct slice term)
{
	size_t n = 0;
	for (size_t i = 0; i < count; i++)
		n += !at[i].stop && slice_equal(at[i].term, term);
	return n;
}

/* All words among the `window` words from `at` on, one that is named twice at two places. */
static bool stands_near(const struct phrase_matcher *m, struct text_words text, size_t at)
{
	size_t count = text.count - at < m->window ? text.count - at : m->window;
	for (size_t i = 0; i < m->words.count; i++) {
		struct slice term = m->words.at[i].term;
		if (!m->words.at[i].stop &&
		    count_term(text.at + at, count, term) < count_term(m->words.at, i + 1, term))
			return false;
	}
	return true;
}

/* Whether the text holds the words, noted in m->found. */
static void match_text(struct phrase_matcher *m, struct slice text)
{
	struct text_words words;
	if (!stem_filter_in(&m->longest, text))
		return;
	m->ok = tokenize_for(m->analyzer, text, &m->all, &words, m->err);
	for (size_t at = 0; m->ok && !m->found && at < words.count; at++)
		m->found = m->window ? stands_near(m, words, at)
				     : at + m->words.count <= words.count && stands_at(m->words, words, at);
}

static bool match_piece(void *ctx, const struct evidence *e)
{
	struct phrase_matcher *m = ctx;
	match_text(m, e->text);
	return m->ok && !m->found;
}

static void trim_stop_words(struct text_words *words)
{
	while (words->count > 0 && words->at[0].stop) {
		words->at++;
		words->count--;
	}
	while (words->count > 0 && words->at[words->count - 1].stop)
		words->count--;
}

static void fill_filters(struct phrase_matcher *m)
{
	struct slice longest = { NULL, 0 };
	for (size_t i = 0; i < m->words.count; i++) {
		if (m->words.at[i].stop)
			continue;
		stem_filter_add(&m->all, m->words.at[i].term);
		if (m->words.at[i].term.length > longest.length)
			longest = m->words.at[i].term;
	}
	stem_filter_add(&m->longest, longest);
}

bool phrase_match(struct soc_index *index, struct slice words, uint32_t window, unsigned char *fields,
		  struct error *err)
{
	struct phrase_matcher m = { .window = window, .analyzer = tokenizer_new(err), .err = err };
	m.ok = m.analyzer && tokenize(index->analyzer, words, &m.words, err);
	trim_stop_words(&m.words);
	fill_filters(&m);
	for (size_t o = 0; m.ok && o < index->count; o++) {
		m.found = false;
		arena_reset(&m.arena);
		m.ok = fields[o] == 0 ||
		       (soc_index_visit_evidence(index, o, fields[o], &m.arena, match_piece, &m, err) && m.ok);
		fields[o] = m.found;
	}
	tokenizer_free(m.analyzer);
	arena_free(&m.arena);
	return m.ok;
}
