// SPDX-License-Identifier: GPL-3.0-or-later
/* invert.c - counts the terms of all evidence by occupation and section, and has all that ranking reads made of them. */
#include <stdlib.h>

#include "indexer/invert.h"
#include "indexer/interrupt.h"
#include "indexer/inverted_index.h"
#include "indexer/lsa_train.h"
#include "lib/text/ngram.h"
#include "lib/text/stopwords.h"
#include "lib/text/title_variants.h"

/* ---- counting ---- */

static bool add_count(struct counts *c, uint32_t key, uint32_t occupation, double weight, struct error *err)
{
	if (!ARRAY_RESERVE(c->at, c->capacity, c->count + 1, err))
		return false;
	c->at[c->count++] = (struct count){ key, occupation, (float)weight };
	return true;
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
	for (size_t i = 0; i < n; i++) {
		if (kept > 0 && from[kept - 1].key == from[i].key)
			from[kept - 1].weight += from[i].weight;
		else
			from[kept++] = from[i];
	}
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
static bool count_words(struct inverted *v, struct text_words words, uint32_t occupation, enum evidence_kind kind,
			double scale, struct error *err)
{
	size_t sections = sections_of(v);
	for (size_t i = 0; weighs_anything(kind, sections) && i < words.count; i++) {
		uint32_t key;
		if (words.at[i].stop)
			continue;
		if (!map_add(&v->words, words.at[i].term, &key, NULL, err))
			return false;
		for (size_t section = 0; section < sections; section++) {
			double weight = scale * evidence_weights[kind][section];
			if (weight > 0.0 && !add_count(&v->counted[section], key, occupation, weight, err))
				return false;
			if (section < SECTION_TITLE_ENTRIES)
				v->lengths[occupation][section] += weight;
		}
	}
	return true;
}

static bool count_key(struct inverted *v, enum counted which, struct slice text, uint32_t occupation, double weight,
		      struct error *err)
{
	struct counts *c = &v->counted[which];
	uint32_t key;
	return map_add(&c->keys, text, &key, NULL, err) && add_count(c, key, occupation, weight, err);
}

static bool count_grams(struct inverted *v, struct text_words words, uint32_t occupation, double weight,
			struct error *err)
{
	char padded[TEXT_WORD_MAX + 2];
	struct slice grams[TEXT_WORD_MAX];
	for (size_t i = 0; i < words.count; i++) {
		size_t n = words.at[i].stop ? 0 : ngrams_of(words.at[i].folded, padded, grams);
		for (size_t k = 0; k < n; k++)
			if (!count_key(v, COUNTED_GRAMS, grams[k], occupation, weight, err))
				return false;
		v->gram_mass[occupation] += weight * (double)n;
	}
	return true;
}

/* Words that stand next to each other but for stop words, within one clause. */
static bool count_bigrams(struct inverted *v, struct text_words words, uint32_t occupation, double weight,
			  struct error *err)
{
	const struct text_word *before = NULL;
	for (size_t i = 0; weight > 0.0 && i < words.count; i++) {
		const struct text_word *w = &words.at[i];
		if (w->clause)
			before = NULL;
		if (w->stop)
			continue;
		if (before) {
			buffer_clear(&v->key);
			if (!buffer_append(&v->key, before->term.at, before->term.length, err) ||
			    !buffer_append_byte(&v->key, ' ', err) ||
			    !buffer_append(&v->key, w->term.at, w->term.length, err) ||
			    !count_key(v, COUNTED_BIGRAMS, buffer_slice(&v->key), occupation, weight, err))
				return false;
		}
		before = w;
	}
	return true;
}

/* ---- titles ---- */

static int compare_numbers(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	return *x < *y ? -1 : *x > *y;
}

/* The sorted distinct word numbers of a title, as bytes in v->key; false in *any where there is none. */
static bool make_title_entry(struct inverted *v, struct text_words words, bool *any, struct error *err)
{
	buffer_clear(&v->key);
	for (size_t i = 0; i < words.count; i++) {
		uint32_t word = map_find(&v->words, words.at[i].term);
		if (!words.at[i].stop && !buffer_append(&v->key, &word, sizeof word, err))
			return false;
	}
	uint32_t *numbers = (uint32_t *)(void *)v->key.at;
	size_t n = v->key.length / sizeof *numbers, kept = 0;
	*any = n > 0;
	if (n > 1)
		qsort(numbers, n, sizeof *numbers, compare_numbers);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || numbers[kept - 1] != numbers[i])
			numbers[kept++] = numbers[i];
	v->key.length = kept * sizeof *numbers;
	return true;
}

static bool add_title_entry(struct inverted *v, struct text_words words, uint32_t occupation, double weight,
			    struct error *err)
{
	bool any, added;
	uint32_t title_entry;
	if (!make_title_entry(v, words, &any, err))
		return false;
	if (!any)
		return title_entries_note_title(v, MAP_NONE, false, err);
	if (!map_add(&v->title_entries, buffer_slice(&v->key), &title_entry, &added, err) ||
	    !title_entries_note_title(v, title_entry, added, err) ||
	    !ARRAY_RESERVE(v->pairs, v->pair_capacity, v->pair_count + 1, err))
		return false;
	v->pairs[v->pair_count++] = (struct title_entry_pair){ title_entry, occupation, (float)weight };
	return true;
}

static bool count_head(struct inverted *v, struct text_words words, uint32_t occupation, double weight,
		       struct error *err)
{
	const struct text_word *head = text_head(words);
	if (!head)
		return true;
	v->lengths[occupation][LENGTH_HEADS] += weight;
	return count_key(v, COUNTED_HEADS, head->term, occupation, weight, err);
}

/* Beside a title, a task or description weighs so much in training. */
#define CLASSIFIER_PROSE_WEIGHT 0.4

/* Make an example of it. */
static bool teach(struct inverted *v, struct text_words words, enum classifier_input input, uint32_t occupation,
		  double weight, struct error *err)
{
	return !v->trainer || trainer_add(v->trainer, words, input, v->soc_of[occupation], weight, err);
}

static bool invert_title(struct inverted *v, const struct evidence *e, uint32_t occupation, struct error *err)
{
	struct slice readings[TITLE_VARIANTS_MAX];
	size_t n = title_variants(e->text, readings);
	double scale = evidence_scale(e);
	double weight = scale * evidence_weights[e->kind][SECTION_TITLES];
	for (size_t i = 0; i < n; i++) {
		struct text_words words;
		if (!tokenize(v->analyzer, readings[i], &words, err))
			return false;
		if (v->options->leave_out && v->options->leave_out(v->options->ctx, e->kind, readings[i], words,
								   v->soc_of[occupation], weight)) {
			if (!title_entries_note_title(v, MAP_NONE, false, err))
				return false;
			continue;
		}
		if (!teach(v, words, CLASSIFIER_TITLE, occupation, weight, err) ||
		    !vocabulary_count(&v->vocabulary, readings[i], words, e->kind != EVIDENCE_FILED_TITLE, err) ||
		    !count_words(v, words, occupation, e->kind, scale, err) ||
		    !count_bigrams(v, words, occupation, evidence_weights[e->kind][SECTION_TEXT], err) ||
		    !count_grams(v, words, occupation, weight, err) || !count_head(v, words, occupation, weight, err) ||
		    !add_title_entry(v, words, occupation, weight, err))
			return false;
	}
	return true;
}

/* ---- all evidence ---- */

static bool invert_evidence(struct inverted *v, const struct evidence *e, uint32_t occupation, struct error *err)
{
	struct text_words words;
	if (evidence_specs[e->kind].field == FIELD_TITLE)
		return invert_title(v, e, occupation, err);
	return tokenize(v->analyzer, e->text, &words, err) &&
	       (evidence_weights[e->kind][SECTION_PROSE] == 0.0 ||
		teach(v, words, CLASSIFIER_TEXT, occupation, CLASSIFIER_PROSE_WEIGHT, err)) &&
	       vocabulary_count(&v->vocabulary, e->text, words, evidence_weights[e->kind][SECTION_PROSE] > 0.0, err) &&
	       count_words(v, words, occupation, e->kind, 1.0, err) &&
	       count_bigrams(v, words, occupation, evidence_weights[e->kind][SECTION_TEXT], err);
}

static bool invert_all(struct inverted *v, struct error *err)
{
	for (uint32_t o = 0; o < v->g->codes.count; o++) {
		const struct occupation *said = &v->g->drafts[o].said;
		if (build_stopped(err) || !title_entries_begin_titles(v, o, err))
			return false;
		for (size_t i = 0; i < said->evidence_count; i++)
			if (!invert_evidence(v, &said->evidence[i], o, err) ||
			    !synonyms_mine(v->synonyms, &said->evidence[i], o, err))
				return false;
		for (size_t c = 0; c < COUNTED_COUNT; c++)
			fold_counts(&v->counted[c]);
	}
	return title_entries_end_titles(v, err);
}

/* ---- words written together and apart ---- */

/* So long is each half, and so often each is used per VOCABULARY_WORDS, to be taken for a word. */
#define HALF_MIN 3
#define HALF_USES_MIN 5
#define JOINED_USES_MIN 4

/* Whether two words stand next to each other somewhere in the text sections. */
static bool stand_together(struct inverted *v, struct slice apart, bool *answer, struct error *err)
{
	struct text_words words;
	*answer = false;
	buffer_clear(&v->key);
	if (!tokenize(v->analyzer, apart, &words, err))
		return false;
	if (words.count != 2)
		return true;
	if (!buffer_append(&v->key, words.at[0].term.at, words.at[0].term.length, err) ||
	    !buffer_append_byte(&v->key, ' ', err) ||
	    !buffer_append(&v->key, words.at[1].term.at, words.at[1].term.length, err))
		return false;
	*answer = map_find(&v->counted[COUNTED_BIGRAMS].keys, buffer_slice(&v->key)) != MAP_NONE;
	return true;
}

static bool is_half(const struct inverted *v, struct slice word, double scale)
{
	return !text_is_stop(word) && vocabulary_uses(&v->vocabulary, word).all * scale >= HALF_USES_MIN;
}

/* Data base is database; and where the evidence has health care too, healthcare is health care. */
static bool join_halves(struct inverted *v, struct slice word, size_t at, struct error *err)
{
	char apart[VOCABULARY_LONGEST + 1];
	bool both;
	memcpy(apart, word.at, at);
	apart[at] = ' ';
	memcpy(apart + at + 1, word.at + at, word.length - at);
	struct slice text = { apart, word.length + 1 };
	return stand_together(v, text, &both, err) && synonyms_add_joined(v->synonyms, word, text, both, err);
}

static bool join_words(struct inverted *v, struct error *err)
{
	double scale = vocabulary_scale(&v->vocabulary);
	for (uint32_t i = 0; i < v->vocabulary.words.count; i++) {
		struct slice word = map_key(&v->vocabulary.words, i);
		if (v->vocabulary.uses[i].all * scale < JOINED_USES_MIN || !vocabulary_takes(word))
			continue;
		for (size_t at = HALF_MIN; at + HALF_MIN <= word.length; at++) {
			struct slice left = { word.at, at }, right = { word.at + at, word.length - at };
			if (is_half(v, left, scale) && is_half(v, right, scale) && !join_halves(v, word, at, err))
				return false;
		}
	}
	return true;
}

/* Occupations come in the order of their codes. */
static bool number_soc_codes(struct inverted *v, struct error *err)
{
	v->soc_of = memory_new((v->g->codes.count + 1) * sizeof *v->soc_of, err);
	for (size_t o = 0; v->soc_of && o < v->g->codes.count; o++) {
		const char *code = v->g->drafts[o].said.code.at;
		if (o == 0 || memcmp(code, v->g->drafts[o - 1].said.code.at, 7) != 0)
			v->soc_count++;
		v->soc_of[o] = (uint32_t)v->soc_count - 1;
	}
	return v->soc_of != NULL;
}

static bool prepare(struct inverted *v, struct error *err)
{
	size_t n = v->g->codes.count + 1;
	v->lengths = memory_new(n * sizeof *v->lengths, err);
	v->gram_mass = memory_new(n * sizeof *v->gram_mass, err);
	v->title_entry_lists.first = memory_new(n * sizeof *v->title_entry_lists.first, err);
	v->analyzer = tokenizer_new(err);
	v->synonyms = synonyms_new(err);
	if (v->options->model)
		v->trainer = trainer_new(err);
	return v->lengths && v->gram_mass && v->title_entry_lists.first && v->analyzer && v->synonyms &&
	       (v->trainer || !v->options->model) && number_soc_codes(v, err);
}

static bool make_lsa(struct inverted *v, struct error *err)
{
	if (!v->options->model)
		return true;
	v->latent = memory_new(sizeof *v->latent, err);
	return v->latent && lsa_make(&v->counted[COUNTED_LSA], v->g->codes.count, v->words.count, v->latent, err);
}

bool invert(const struct collected *g, const struct invert_options *options, struct inverted **out, struct error *err)
{
	struct inverted *v = memory_new(sizeof *v, err);
	*out = NULL;
	if (!v)
		return false;
	v->g = g;
	v->options = options;
	if (!prepare(v, err) || !invert_all(v, err) || !synonyms_finish(v->synonyms, &v->vocabulary, err) ||
	    !join_words(v, err) || !make_lsa(v, err) || (v->trainer && !trainer_run(v->trainer, build_stopped, err))) {
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

struct synonym_counts inverted_synonyms(const struct inverted *v)
{
	return synonyms_count(v->synonyms);
}

size_t inverted_vocabulary(const struct inverted *v)
{
	return v->vocabulary.written;
}

struct training inverted_training(const struct inverted *v)
{
	return v->trainer ? trainer_summary(v->trainer) : (struct training){ 0 };
}
