// SPDX-License-Identifier: GPL-3.0-or-later
/* invert.c - counts the terms of all evidence by occupation and section, and has all that ranking reads made of
 * them. */
#include <stdlib.h>

#include "indexer/invert.h"
#include "indexer/interrupt.h"
#include "lib/text/ngram.h"
#include "lib/text/title_variants.h"

/* ---- counting ---- */

static void add_count(struct inverted *v, size_t which, uint32_t key, uint32_t occupation, double weight)
{
	struct counts *c = &v->counted[which];
	(void)ARRAY_ADD(c->at, c->count, c->capacity, v->err, (struct count){ key, occupation, (float)weight });
}

/* The number of a string; after a failure 0. */
static uint32_t number_of(struct inverted *v, struct map *m, struct slice s)
{
	uint32_t number = 0;
	map_add(m, s, &number, NULL, v->err);
	return number;
}

static int compare_keys(const void *a, const void *b)
{
	const struct count *x = a, *y = b;
	return x->key < y->key ? -1 : x->key > y->key;
}

/* Add up what the current occupation holds of each key. */
static void fold_counts(struct counts *c)
{
	struct count *from = c->at + c->occupation_from;
	size_t n = c->count - c->occupation_from, kept = 0;
	if (n > 1)
		qsort(from, n, sizeof *from, compare_keys);
	for (size_t i = 0; i < n; i++)
		if (kept > 0 && from[kept - 1].key == from[i].key)
			from[kept - 1].weight += from[i].weight;
		else
			from[kept++] = from[i];
	c->count = c->occupation_from + kept;
	c->occupation_from = c->count;
}

/* ---- words ---- */

/* LSA is trained with the classifier, and left out with it. */
static size_t sections_of(const struct inverted *v)
{
	return v->options->model ? WEIGHT_COUNT : WEIGHT_LSA;
}

static bool weighs_anything(enum evidence_kind kind, size_t sections)
{
	double sum = 0.0;
	for (size_t section = 0; section < sections; section++)
		sum += evidence_weights[kind][section];
	return sum > 0.0;
}

/* Count a piece's words in every section in which its kind weighs anything; `scale` multiplies its weights. */
static void count_words(struct inverted *v, struct text_words words, uint32_t occupation, enum evidence_kind kind,
			double scale)
{
	size_t sections = sections_of(v);
	for (size_t i = 0; weighs_anything(kind, sections) && i < words.count; i++) {
		if (words.at[i].stop)
			continue;
		uint32_t key = number_of(v, &v->words, words.at[i].term);
		for (size_t section = 0; section < sections; section++) {
			double weight = scale * evidence_weights[kind][section];
			if (weight > 0.0)
				add_count(v, section, key, occupation, weight);
			if (section < SECTION_TITLE_ENTRIES)
				v->lengths[occupation][section] += weight;
		}
	}
}

static void count_key(struct inverted *v, enum counted which, struct slice text, uint32_t occupation, double weight)
{
	add_count(v, which, number_of(v, &v->counted[which].keys, text), occupation, weight);
}

static void count_grams(struct inverted *v, struct text_words words, uint32_t occupation, double weight)
{
	char padded[TEXT_WORD_MAX + 2];
	struct slice grams[TEXT_WORD_MAX];
	for (size_t i = 0; i < words.count; i++) {
		size_t n = words.at[i].stop ? 0 : ngrams_of(words.at[i].folded, padded, grams);
		for (size_t k = 0; k < n; k++)
			count_key(v, COUNTED_GRAMS, grams[k], occupation, weight);
		v->gram_mass[occupation] += weight * (double)n;
	}
}

/* Two terms with a space, in v->key. */
static struct slice make_bigram(struct inverted *v, struct slice first, struct slice second)
{
	buffer_clear(&v->key);
	buffer_append(&v->key, first.at, first.length, v->err);
	buffer_append_byte(&v->key, ' ', v->err);
	buffer_append(&v->key, second.at, second.length, v->err);
	return buffer_slice(&v->key);
}

/* Words that stand next to each other but for stop words, within one clause. */
static void count_bigrams(struct inverted *v, struct text_words words, uint32_t occupation, double weight)
{
	const struct text_word *before = NULL;
	for (size_t i = 0; weight > 0.0 && i < words.count; i++) {
		const struct text_word *w = &words.at[i];
		if (w->clause)
			before = NULL;
		if (w->stop)
			continue;
		if (before)
			count_key(v, COUNTED_BIGRAMS, make_bigram(v, before->term, w->term), occupation, weight);
		before = w;
	}
}

/* ---- titles ---- */

static int compare_numbers(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	return *x < *y ? -1 : *x > *y;
}

/* The sorted distinct word numbers of a title, as bytes in v->key. */
static void make_title_entry(struct inverted *v, struct text_words words)
{
	buffer_clear(&v->key);
	for (size_t i = 0; i < words.count; i++) {
		uint32_t word = map_find(&v->words, words.at[i].term);
		if (!words.at[i].stop)
			buffer_append(&v->key, &word, sizeof word, v->err);
	}
	uint32_t *numbers = (uint32_t *)(void *)v->key.at;
	size_t n = v->key.length / sizeof *numbers, kept = 0;
	if (n > 1)
		qsort(numbers, n, sizeof *numbers, compare_numbers);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || numbers[kept - 1] != numbers[i])
			numbers[kept++] = numbers[i];
	buffer_cut(&v->key, kept * sizeof *numbers);
}

/* Who publishes titles of a kind; what employers file is not published as a title of the code. */
static unsigned publishers_of(enum evidence_kind kind)
{
	switch (kind) {
	case EVIDENCE_DIRECT_MATCH:
	case EVIDENCE_ILLUSTRATIVE:
		return TITLE_ENTRY_SOC;
	case EVIDENCE_CENSUS_TITLE:
		return TITLE_ENTRY_CENSUS;
	case EVIDENCE_OFFICIAL_TITLE:
	case EVIDENCE_ALTERNATE_TITLE:
	case EVIDENCE_SHORT_TITLE:
	case EVIDENCE_REPORTED_TITLE:
		return TITLE_ENTRY_ONET;
	default:
		return 0;
	}
}

static void add_title_entry(struct inverted *v, struct text_words words, enum evidence_kind kind, uint32_t occupation,
			    double weight)
{
	bool added = false;
	/* Titles that are held out are asked as what nobody lists: what lists them elsewhere must not lead them there. */
	struct title_entry_pair pair = { MAP_NONE, occupation, (float)weight,
					 v->options->leave_out ? 0 : publishers_of(kind) };
	make_title_entry(v, words);
	if (v->key.length > 0)
		map_add(&v->title_entries, buffer_slice(&v->key), &pair.title_entry, &added, v->err);
	title_entries_note_title(v, pair.title_entry, added);
	if (pair.title_entry != MAP_NONE)
		(void)ARRAY_ADD(v->pairs, v->pair_count, v->pair_capacity, v->err, pair);
}

static void count_head(struct inverted *v, struct text_words words, uint32_t occupation, double weight)
{
	const struct text_word *head = text_head(words);
	if (!head)
		return;
	v->lengths[occupation][LENGTH_HEADS] += weight;
	count_key(v, COUNTED_HEADS, head->term, occupation, weight);
}

/* Beside a title, a task or description weighs so much in training. */
#define CLASSIFIER_PROSE_WEIGHT 0.4

/* Make an example of it. */
static void teach(struct inverted *v, struct text_words words, enum classifier_input input, uint32_t occupation,
		  double weight)
{
	if (v->trainer)
		trainer_add(v->trainer, words, input, v->soc_of[occupation], weight, v->err);
}

static void invert_title(struct inverted *v, const struct evidence *e, uint32_t occupation)
{
	const struct invert_options *options = v->options;
	struct slice readings[TITLE_VARIANTS_MAX];
	size_t n = title_variants(e->text, readings);
	double scale = evidence_scale(e);
	double weight = scale * evidence_weights[e->kind][SECTION_TITLES];
	for (size_t i = 0; i < n; i++) {
		struct text_words words;
		if (!tokenize(v->analyzer, readings[i], &words, v->err))
			return;
		if (options->leave_out &&
		    options->leave_out(options->ctx, e->kind, readings[i], words, v->soc_of[occupation], weight)) {
			title_entries_note_title(v, MAP_NONE, false);
			continue;
		}
		teach(v, words, CLASSIFIER_TITLE, occupation, weight);
		vocabulary_count(&v->vocabulary, readings[i], words, e->kind != EVIDENCE_FILED_TITLE, v->err);
		count_words(v, words, occupation, e->kind, scale);
		count_bigrams(v, words, occupation, evidence_weights[e->kind][SECTION_TEXT]);
		count_grams(v, words, occupation, weight);
		count_head(v, words, occupation, weight);
		add_title_entry(v, words, e->kind, occupation, weight);
	}
}

/* ---- all evidence ---- */

static void invert_text(struct inverted *v, const struct evidence *e, uint32_t occupation)
{
	bool prose = evidence_weights[e->kind][SECTION_PROSE] > 0.0;
	struct text_words words;
	if (!tokenize(v->analyzer, e->text, &words, v->err))
		return;
	if (prose)
		teach(v, words, CLASSIFIER_TEXT, occupation, CLASSIFIER_PROSE_WEIGHT);
	vocabulary_count(&v->vocabulary, e->text, words, prose, v->err);
	count_words(v, words, occupation, e->kind, 1.0);
	count_bigrams(v, words, occupation, evidence_weights[e->kind][SECTION_TEXT]);
}

static bool invert_all(struct inverted *v)
{
	uint32_t count = (uint32_t)v->g->codes.count;
	for (uint32_t o = 0; o < count && error_none(v->err) && !build_stopped(v->err); o++) {
		const struct occupation *said = &v->g->drafts[o].said;
		title_entries_begin_titles(v, o);
		for (const struct evidence *e = said->evidence; e < said->evidence + said->evidence_count; e++) {
			if (evidence_specs[e->kind].field == FIELD_TITLE)
				invert_title(v, e, o);
			else
				invert_text(v, e, o);
			synonyms_mine(v->synonyms, e, o, v->err);
		}
		for (size_t c = 0; c < COUNTED_COUNT; c++)
			fold_counts(&v->counted[c]);
	}
	title_entries_begin_titles(v, count);
	return error_none(v->err);
}

/* ---- words written together and apart ---- */

/* So long is each half, and so often each is used per VOCABULARY_WORDS, to be taken for a word. */
#define HALF_MIN 3
#define HALF_USES_MIN 5
#define JOINED_USES_MIN 4

/* Whether two words stand next to each other somewhere in the text sections. */
static bool stand_together(struct inverted *v, struct slice apart)
{
	struct text_words words;
	return tokenize(v->analyzer, apart, &words, v->err) && words.count == 2 &&
	       map_find(&v->counted[COUNTED_BIGRAMS].keys, make_bigram(v, words.at[0].term, words.at[1].term)) !=
		       MAP_NONE;
}

static bool is_half(const struct inverted *v, struct slice word, double scale)
{
	return !text_is_stop(word) && vocabulary_uses(&v->vocabulary, word).all * scale >= HALF_USES_MIN;
}

/* Data base is database; and where the evidence has health care too, healthcare is health care. */
static void join_halves(struct inverted *v, struct slice word, size_t at)
{
	char apart[VOCABULARY_LONGEST + 1];
	memcpy(apart, word.at, at);
	apart[at] = ' ';
	memcpy(apart + at + 1, word.at + at, word.length - at);
	struct slice text = { apart, word.length + 1 };
	synonyms_add_joined(v->synonyms, word, text, stand_together(v, text), v->err);
}

static bool join_words(struct inverted *v)
{
	double scale = vocabulary_scale(&v->vocabulary);
	for (uint32_t i = 0; i < v->vocabulary.words.count; i++) {
		struct slice word = map_key(&v->vocabulary.words, i);
		if (v->vocabulary.uses[i].all * scale < JOINED_USES_MIN || !vocabulary_takes(word))
			continue;
		for (size_t at = HALF_MIN; at + HALF_MIN <= word.length; at++) {
			struct slice left = { word.at, at }, right = { word.at + at, word.length - at };
			if (is_half(v, left, scale) && is_half(v, right, scale))
				join_halves(v, word, at);
		}
	}
	return error_none(v->err);
}

/* Occupations come in the order of their codes. */
static void number_soc_codes(struct inverted *v)
{
	v->soc_of = memory_new((v->g->codes.count + 1) * sizeof *v->soc_of, v->err);
	for (size_t o = 0; v->soc_of && o < v->g->codes.count; o++) {
		const char *code = v->g->drafts[o].said.code.at;
		if (o == 0 || memcmp(code, v->g->drafts[o - 1].said.code.at, 7) != 0)
			v->soc_count++;
		v->soc_of[o] = (uint32_t)v->soc_count - 1;
	}
}

static bool prepare(struct inverted *v)
{
	size_t n = v->g->codes.count + 1;
	v->lengths = memory_new(n * sizeof *v->lengths, v->err);
	v->gram_mass = memory_new(n * sizeof *v->gram_mass, v->err);
	v->title_entry_lists.first = memory_new(n * sizeof *v->title_entry_lists.first, v->err);
	v->analyzer = tokenizer_new(v->err);
	v->synonyms = synonyms_new(v->err);
	if (v->options->model)
		v->trainer = trainer_new(v->err);
	number_soc_codes(v);
	return error_none(v->err);
}

static bool train_models(struct inverted *v)
{
	if (!v->options->model)
		return true;
	v->latent = memory_new(sizeof *v->latent, v->err);
	const struct counts *c = &v->counted[COUNTED_LSA];
	return v->latent && lsa_make(c->at, c->count, v->g->codes.count, v->words.count, v->latent, v->err) &&
	       trainer_run(v->trainer, build_stopped, v->err);
}

bool invert(const struct collected *g, const struct invert_options *options, struct inverted **out, struct error *err)
{
	struct inverted *v = memory_new(sizeof *v, err);
	*out = NULL;
	if (!v)
		return false;
	v->g = g;
	v->options = options;
	v->err = err;
	if (!prepare(v) || !invert_all(v) || !synonyms_finish(v->synonyms, &v->vocabulary, err) || !join_words(v) ||
	    !train_models(v)) {
		inverted_free(v);
		return false;
	}
	*out = v;
	return true;
}

void inverted_free(struct inverted *v)
{
	if (!v)
		return;
	for (size_t c = 0; c < COUNTED_COUNT; c++) {
		map_free(&v->counted[c].keys);
		memory_free(v->counted[c].at);
	}
	map_free(&v->words);
	map_free(&v->title_entries);
	buffer_free(&v->title_entry_lists.packed);
	memory_free(v->title_entry_lists.first);
	memory_free(v->pairs);
	memory_free(v->lengths);
	memory_free(v->gram_mass);
	memory_free(v->soc_of);
	trainer_free(v->trainer);
	if (v->latent)
		lsa_free(v->latent);
	memory_free(v->latent);
	synonyms_free(v->synonyms);
	vocabulary_free(&v->vocabulary);
	tokenizer_free(v->analyzer);
	buffer_free(&v->key);
	memory_free(v);
}
