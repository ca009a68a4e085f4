// SPDX-License-Identifier: GPL-3.0-or-later
/* query_terms.c - reads a query: tokens, terms with their posting lists, head word, n-grams, bigrams; and decodes
 * posting lists. */
#include <math.h>
#include <stdlib.h>

#include "lib/rank/query_terms.h"
#include "lib/text/ngram.h"
#include "lib/text/title_variants.h"

/* ---- collecting distinct words ---- */

static int compare_terms(const void *a, const void *b)
{
	const struct query_term *x = a, *y = b;
	return slice_compare(x->term, y->term);
}

/* Sort by term and count what is equal. */
static size_t fold_terms(struct query_term *terms, size_t count)
{
	size_t kept = 0;
	if (count > 1)
		qsort(terms, count, sizeof *terms, compare_terms);
	for (size_t i = 0; i < count; i++) {
		if (kept > 0 && slice_equal(terms[kept - 1].term, terms[i].term))
			terms[kept - 1].count += terms[i].count;
		else
			terms[kept++] = terms[i];
	}
	return kept;
}

/* ---- reading lists ---- */

static bool find_list(struct soc_index *index, char letter, struct slice term, struct slice *list, struct error *err)
{
	char key[RANKING_KEY_MAX];
	key[0] = letter;
	memcpy(key + 1, term.at, term.length);
	return hash_table_find(&index->lists, (struct slice){ key, term.length + 1 }, list, err);
}

static bool read_word(struct soc_index *index, struct query_term *t, struct error *err)
{
	struct slice entry;
	if (!find_list(index, KEY_WORD, t->term, &entry, err))
		return false;
	t->known = entry.at != NULL;
	struct unpack u = unpack_begin(entry);
	for (size_t s = 0; t->known && u.at < u.end && s < SECTION_COUNT; s++)
		t->sections[s] = unpack_string(&u);
	return true;
}

/* A word that weighs less is not the head. */
#define HEAD_WEIGHT_MIN 0.9f

/* The head of the words that count; a clause begins with the first of its words that does. */
static bool read_head(struct soc_index *index, struct arena *arena, struct query *q, struct error *err)
{
	struct text_words left = { 0 };
	struct text_word *words = arena_alloc(arena, (q->words.count + 1) * sizeof *words, err);
	bool clause = false;
	if (!words)
		return false;
	for (size_t i = 0; i < q->words.count; i++) {
		clause |= q->words.at[i].clause;
		if (q->weights[i] < HEAD_WEIGHT_MIN)
			continue;
		words[left.count] = q->words.at[i];
		words[left.count++].clause = clause;
		clause = false;
	}
	left.at = words;
	const struct text_word *head = text_head(left.count ? left : q->words);
	if (!head)
		return true;
	q->head = (struct query_term){ .term = head->term, .count = 1.0f };
	return find_list(index, KEY_HEAD, head->term, &q->head.sections[0], err);
}

/* ---- bigrams ---- */

static bool make_bigrams(struct arena *arena, struct query *q, struct error *err)
{
	struct text_words words = q->words;
	const struct text_word *before = NULL;
	q->bigrams = arena_alloc(arena, (words.count + 1) * sizeof *q->bigrams, err);
	if (!q->bigrams)
		return false;
	for (size_t i = 0; i < words.count; i++) {
		const struct text_word *w = &words.at[i];
		if (w->clause)
			before = NULL;
		if (w->stop)
			continue;
		if (before) {
			size_t length = before->term.length + 1 + w->term.length;
			char *pair = arena_alloc(arena, length, err);
			if (!pair)
				return false;
			memcpy(pair, before->term.at, before->term.length);
			pair[before->term.length] = ' ';
			memcpy(pair + before->term.length + 1, w->term.at, w->term.length);
			float weight = fminf(q->weights[before - words.at], q->weights[i]);
			q->bigrams[q->bigram_count++] =
				(struct query_term){ .term = { pair, length }, .count = weight };
		}
		before = w;
	}
	return true;
}

/* Fold keys and read their lists; those that the index does not know are left out. */
static bool read_keys(struct soc_index *index, char letter, struct query_term *keys, size_t *count, struct error *err)
{
	size_t known = 0, distinct = fold_terms(keys, *count);
	for (size_t i = 0; i < distinct; i++) {
		if (!find_list(index, letter, keys[i].term, &keys[i].sections[0], err))
			return false;
		if (keys[i].sections[0].length)
			keys[known++] = keys[i];
	}
	*count = known;
	return true;
}

/* ---- character n-grams ---- */

static bool make_grams(struct arena *arena, struct query *q, struct error *err)
{
	struct text_words words = q->words;
	char padded[TEXT_WORD_MAX + 2];
	struct slice grams[TEXT_WORD_MAX];
	size_t most = 0;
	for (size_t i = 0; i < words.count; i++)
		most += words.at[i].folded.length + 1;
	q->grams = arena_alloc(arena, (most + 1) * sizeof *q->grams, err);
	if (!q->grams)
		return false;
	for (size_t i = 0; i < words.count; i++) {
		size_t n = words.at[i].stop ? 0 : ngrams_of(words.at[i].folded, padded, grams);
		for (size_t k = 0; k < n; k++) {
			struct slice gram = arena_copy(arena, grams[k], err);
			if (!gram.at)
				return false;
			q->grams[q->gram_count++] = (struct query_term){ .term = gram, .count = q->weights[i] };
		}
	}
	return true;
}

/* ---- the query ---- */

/* What part of each word counts; both words and spans come in the order of the text. */
static bool weigh_words(struct query *q, const struct span_weights *weighing, struct arena *arena, struct error *err)
{
	float *weights = arena_alloc(arena, (q->words.count + 1) * sizeof *weights, err);
	size_t span = 0, spans = weighing ? weighing->count : 0;
	q->weights = weights;
	for (size_t i = 0; weights && i < q->words.count; i++) {
		const struct weighted_span *s = weighing ? weighing->at : NULL;
		uint32_t start = q->words.at[i].start;
		while (span < spans && s[span].start + s[span].length <= start)
			span++;
		weights[i] = span < spans && s[span].start <= start ? s[span].weight : 1.0f;
	}
	return weights != NULL;
}

/* The distinct words that count and are no stop words. */
static bool make_terms(struct soc_index *index, struct arena *arena, struct query *q, struct error *err)
{
	q->terms = arena_alloc(arena, (q->words.count + 1) * sizeof *q->terms, err);
	if (!q->terms)
		return false;
	for (size_t i = 0; i < q->words.count; i++)
		if (!q->words.at[i].stop && q->weights[i] > 0.0f)
			q->terms[q->count++] =
				(struct query_term){ .term = q->words.at[i].term, .count = q->weights[i] };
	q->count = fold_terms(q->terms, q->count);
	for (size_t i = 0; i < q->count; i++)
		if (!read_word(index, &q->terms[i], err))
			return false;
	return true;
}

bool query_read(struct soc_index *index, struct slice text, const struct span_weights *weighing, unsigned what,
		struct arena *arena, struct query *q, struct error *err)
{
	struct text_words words;
	*q = (struct query){ 0 };
	if (!tokenize(index->analyzer, text, &words, err) || !text_words_copy(words, arena, &q->words, err) ||
	    !weigh_words(q, weighing, arena, err))
		return false;
	if ((what & QUERY_HEAD && !read_head(index, arena, q, err)) ||
	    (what & QUERY_GRAMS && !make_grams(arena, q, err)) ||
	    (what & QUERY_BIGRAMS && !make_bigrams(arena, q, err)))
		return false;
	return read_keys(index, KEY_GRAM, q->grams, &q->gram_count, err) &&
	       read_keys(index, KEY_BIGRAM, q->bigrams, &q->bigram_count, err) && make_terms(index, arena, q, err);
}

/* ---- words in the order in which they are read ---- */

static void swap_words(struct text_word *words, float *weights, size_t a, size_t b)
{
	struct text_word word = words[a];
	float weight = weights[a];
	words[a] = words[b];
	weights[a] = weights[b];
	words[b] = word;
	weights[b] = weight;
}

static void reverse_words(struct text_word *words, float *weights, size_t from, size_t to)
{
	while (from + 1 < to)
		swap_words(words, weights, from++, --to);
}

/* Engineering director of: what stands before the first `of`, and that, go behind what follows. */
static void turn_words(struct text_word *words, float *weights, size_t from, size_t to)
{
	size_t of = from;
	while (of < to && !slice_equal(words[of].folded, SLICE("of")))
		of++;
	if (of + 1 >= to)
		return;
	bool clause = words[from].clause;
	words[from].clause = false;
	reverse_words(words, weights, from, of + 1);
	reverse_words(words, weights, of + 1, to);
	reverse_words(words, weights, from, to);
	words[from].clause = clause;
}

/* As weighing->turned says. */
static void order_words(struct text_words all, const struct span_weights *weighing, struct text_word *words,
			float *weights)
{
	size_t from = 0, to;
	for (size_t i = 0; i < weighing->turned_count; i++) {
		const struct weighted_span *s = &weighing->turned[i];
		while (from < all.count && all.at[from].start < s->start)
			from++;
		for (to = from; to < all.count && all.at[to].start < s->start + s->length;)
			to++;
		turn_words(words, weights, from, to);
		from = to;
	}
}

bool query_turn(struct soc_index *index, const struct span_weights *weighing, unsigned what, struct arena *arena,
		struct query *q, struct error *err)
{
	size_t count = q->words.count;
	if (!weighing || weighing->turned_count == 0 || count == 0)
		return true;
	struct text_word *words = arena_alloc(arena, count * sizeof *words, err);
	float *weights = arena_alloc(arena, count * sizeof *weights, err);
	if (!words || !weights)
		return false;
	memcpy(words, q->words.at, count * sizeof *words);
	memcpy(weights, q->weights, count * sizeof *weights);
	order_words(q->words, weighing, words, weights);
	q->words.at = words;
	q->weights = weights;
	if (!(what & QUERY_BIGRAMS))
		return true;
	q->bigram_count = 0;
	return make_bigrams(arena, q, err) && read_keys(index, KEY_BIGRAM, q->bigrams, &q->bigram_count, err);
}

bool query_read_term(struct soc_index *index, struct slice term, struct arena *arena, struct query *q,
		     struct error *err)
{
	*q = (struct query){ .count = 1 };
	q->terms = arena_alloc(arena, sizeof *q->terms, err);
	if (!q->terms)
		return false;
	q->terms[0] = (struct query_term){ .term = term, .count = 1.0f };
	return read_word(index, &q->terms[0], err);
}

size_t postings_decode(struct slice list, const struct documents *documents, size_t occupations, struct posting *out)
{
	struct posting_cursor p = posting_cursor_begin(list, occupations);
	const uint16_t *of = documents->of;
	struct posting *end = out;
	uint32_t occupation, weight, last = UINT32_MAX;
	while (posting_cursor_next(&p, &occupation, &weight)) {
		uint32_t document = of[occupation];
		if (document == last) {
			end[-1].weight += (float)weight;
			continue;
		}
		last = document;
		*end++ = (struct posting){ document, (float)weight };
	}
	return (size_t)(end - out);
}

size_t postings_find(struct slice list, const struct documents *documents, size_t occupations, struct posting *wanted,
		     size_t count)
{
	struct posting_cursor p = posting_cursor_begin(list, occupations);
	size_t n = 0, at = 0;
	uint32_t occupation, weight, last = UINT32_MAX, next = count > 0 ? wanted[0].document : UINT32_MAX;
	for (size_t i = 0; i < count; i++)
		wanted[i].weight = 0.0f;
	while (posting_cursor_next(&p, &occupation, &weight)) {
		uint32_t document = documents->of[occupation];
		n += document != last;
		last = document;
		if (document < next)
			continue;
		while (document > next)
			next = ++at < count ? wanted[at].document : UINT32_MAX;
		if (document == next)
			wanted[at].weight += (float)weight;
	}
	return n;
}

bool term_document_frequency(struct soc_index *index, struct slice term, size_t *out, struct error *err)
{
	struct query_term t = { .term = term };
	if (!read_word(index, &t, err))
		return false;
	struct slice longer = t.sections[SECTION_TITLES], shorter = t.sections[SECTION_PROSE];
	if (shorter.length > longer.length) {
		longer = t.sections[SECTION_PROSE];
		shorter = t.sections[SECTION_TITLES];
	}
	*out = postings_find(longer, &index->soc, index->count, NULL, 0);
	if (postings_most(shorter) <= *out)
		return true;
	size_t others = postings_find(shorter, &index->soc, index->count, NULL, 0);
	*out = others > *out ? others : *out;
	return true;
}
