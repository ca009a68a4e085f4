// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <stdlib.h>

#include "indexer/build.h"
#include "indexer/invert.h"
#include "indexer/synonyms.h"
#include "indexer/title.h"
#include "lib/index/manifest.h"
#include "lib/index/ranking.h"
#include "lib/index/store.h"
#include "lib/text/text.h"

/* How much a piece of evidence of each kind weighs among titles, in prose, in text and among extras. */
static const double evidence_weights[EVIDENCE_KIND_COUNT][SECTION_BAGS] = {
	[EVIDENCE_OFFICIAL_TITLE] = { [SECTION_TITLES] = 2.0, [SECTION_TEXT] = 1.0 },
	[EVIDENCE_ALTERNATE_TITLE] = { [SECTION_TITLES] = 1.0, [SECTION_TEXT] = 0.5 },
	[EVIDENCE_SHORT_TITLE] = { [SECTION_TITLES] = 1.0, [SECTION_TEXT] = 0.5 },
	[EVIDENCE_REPORTED_TITLE] = { [SECTION_TITLES] = 1.5, [SECTION_TEXT] = 0.75 },
	[EVIDENCE_DIRECT_MATCH] = { [SECTION_TITLES] = 1.5, [SECTION_TEXT] = 0.75 },
	[EVIDENCE_ILLUSTRATIVE] = { [SECTION_TITLES] = 1.5, [SECTION_TEXT] = 0.75 },
	[EVIDENCE_CENSUS_TITLE] = { [SECTION_TITLES] = 0.7 },
	[EVIDENCE_FILED_TITLE] = { [SECTION_TITLES] = 1.0 },   /* times ln(1 + filings) */
	[EVIDENCE_DESCRIPTION] = { [SECTION_PROSE] = 2.0, [SECTION_TEXT] = 2.0 },
	[EVIDENCE_DEFINITION] = { [SECTION_PROSE] = 1.0, [SECTION_TEXT] = 1.0 },
	[EVIDENCE_CORE_TASK] = { [SECTION_PROSE] = 1.0, [SECTION_TEXT] = 1.0 },
	[EVIDENCE_SUPPLEMENTAL_TASK] = { [SECTION_PROSE] = 1.0, [SECTION_TEXT] = 1.0 },
	[EVIDENCE_UNRATED_TASK] = { [SECTION_PROSE] = 1.0, [SECTION_TEXT] = 1.0 },
	[EVIDENCE_EMERGING_TASK] = { [SECTION_PROSE] = 1.0, [SECTION_TEXT] = 1.0 },
	[EVIDENCE_TECHNOLOGY] = { [SECTION_EXTRAS] = 1.0 },
	[EVIDENCE_TOOL] = { [SECTION_EXTRAS] = 1.0 },
	/* Activities repeat the tasks in other words: measured, they took from the ranking. */
};

/* The sections of words, then what has keys of its own: everything that is counted by occupation. */
enum counted { COUNTED_HEADS = SECTION_BAGS, COUNTED_GRAMS, COUNTED_BIGRAMS, COUNTED_COUNT };

/* One key in one occupation: how much it weighs there. */
struct count {
	uint32_t key;
	uint32_t occupation;
	float weight;
};

struct counts {
	struct map keys;
	struct count *at;
	size_t count;
	size_t capacity;
	size_t occupation_from;   /* where the counts of the current occupation begin */
};

/* One bag and one occupation that it speaks for. */
struct bag_pair {
	uint32_t bag;
	uint32_t occupation;
	float weight;
};

struct inverted {
	const struct gathered *g;
	struct text_analyzer *analyzer;
	struct map words;                  /* the terms of all three sections and of bags */
	struct counts counted[COUNTED_COUNT];
	double (*lengths)[LENGTH_COUNT];   /* by occupation */
	double *gram_mass;                 /* by occupation: weighted character n-grams */
	struct map bags;                   /* sorted distinct word numbers -> bag */
	struct bag_pair *pairs;
	size_t pair_count;
	size_t pair_capacity;
	struct synonyms *synonyms;
	struct vocabulary vocabulary;
	struct buffer key;
};

/* ---- counting ---- */

static bool add_count(struct counts *c, uint32_t key, uint32_t occupation, double weight, struct error *err)
{
	if (!array_reserve((void **)&c->at, &c->capacity, c->count + 1, sizeof *c->at, err))
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

static bool weighs_anything(enum evidence_kind kind)
{
	double sum = 0.0;
	for (size_t section = 0; section < SECTION_BAGS; section++)
		sum += evidence_weights[kind][section];
	return sum > 0.0;
}

/* Count a piece's words in every section in which its kind weighs anything; `scale` multiplies its weights. */
static bool count_words(struct inverted *v, struct text_words words, uint32_t occupation, enum evidence_kind kind,
			double scale, struct error *err)
{
	for (size_t i = 0; weighs_anything(kind) && i < words.count; i++) {
		uint32_t key;
		if (words.at[i].stop)
			continue;
		if (!map_add(&v->words, words.at[i].term, &key, NULL, err))
			return false;
		for (size_t section = 0; section < SECTION_BAGS; section++) {
			double weight = scale * evidence_weights[kind][section];
			if (weight > 0.0 && !add_count(&v->counted[section], key, occupation, weight, err))
				return false;
			v->lengths[occupation][section] += weight;
		}
	}
	return true;
}

static bool count_key(struct inverted *v, enum counted which, struct slice text, uint32_t occupation,
		      double weight, struct error *err)
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
		size_t n = words.at[i].stop ? 0 : text_grams(words.at[i].folded, padded, grams);
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
static bool make_bag(struct inverted *v, struct text_words words, bool *any, struct error *err)
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

static bool add_bag(struct inverted *v, struct text_words words, uint32_t occupation, double weight,
		    struct error *err)
{
	bool any;
	uint32_t bag;
	if (!make_bag(v, words, &any, err))
		return false;
	if (!any)
		return true;
	if (!map_add(&v->bags, buffer_slice(&v->key), &bag, NULL, err) ||
	    !array_reserve((void **)&v->pairs, &v->pair_capacity, v->pair_count + 1, sizeof *v->pairs, err))
		return false;
	v->pairs[v->pair_count++] = (struct bag_pair){ bag, occupation, (float)weight };
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

static bool invert_title(struct inverted *v, const struct evidence *e, uint32_t occupation, struct error *err)
{
	struct slice readings[TITLE_READINGS_MAX];
	size_t n = title_readings(e->text, readings);
	double scale = e->kind == EVIDENCE_FILED_TITLE ? log(1.0 + e->count) : 1.0;
	double weight = scale * evidence_weights[e->kind][SECTION_TITLES];
	for (size_t i = 0; i < n; i++) {
		struct text_words words;
		if (!text_analyze(v->analyzer, readings[i], &words, err) ||
		    !vocabulary_count(&v->vocabulary, readings[i], words, e->kind != EVIDENCE_FILED_TITLE, err) ||
		    !count_words(v, words, occupation, e->kind, scale, err) ||
		    !count_bigrams(v, words, occupation, evidence_weights[e->kind][SECTION_TEXT], err) ||
		    !count_grams(v, words, occupation, weight, err) ||
		    !count_head(v, words, occupation, weight, err) || !add_bag(v, words, occupation, weight, err))
			return false;
	}
	return true;
}

/* ---- all evidence ---- */

static bool invert_evidence(struct inverted *v, const struct evidence *e, uint32_t occupation,
			    struct error *err)
{
	struct text_words words;
	if (evidence_specs[e->kind].field == FIELD_TITLE)
		return invert_title(v, e, occupation, err);
	return text_analyze(v->analyzer, e->text, &words, err) &&
	       vocabulary_count(&v->vocabulary, e->text, words, evidence_weights[e->kind][SECTION_PROSE] > 0.0, err) &&
	       count_words(v, words, occupation, e->kind, 1.0, err) &&
	       count_bigrams(v, words, occupation, evidence_weights[e->kind][SECTION_TEXT], err);
}

static bool invert_all(struct inverted *v, struct error *err)
{
	for (uint32_t o = 0; o < v->g->codes.count; o++) {
		const struct occupation *said = &v->g->drafts[o].said;
		if (build_stopped(err))
			return false;
		for (size_t i = 0; i < said->evidence_count; i++)
			if (!invert_evidence(v, &said->evidence[i], o, err) ||
			    !synonyms_mine(v->synonyms, &said->evidence[i], o, err))
				return false;
		for (size_t c = 0; c < COUNTED_COUNT; c++)
			fold_counts(&v->counted[c]);
	}
	return true;
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
	if (!text_analyze(v->analyzer, apart, &words, err))
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
			if (is_half(v, left, scale) && is_half(v, right, scale) &&
			    !join_halves(v, word, at, err))
				return false;
		}
	}
	return true;
}

bool invert(const struct gathered *g, struct inverted **out, struct error *err)
{
	struct inverted *v = memory_new(sizeof *v, err);
	*out = NULL;
	if (!v)
		return false;
	v->g = g;
	v->lengths = memory_new((g->codes.count + 1) * sizeof *v->lengths, err);
	v->analyzer = text_analyzer_new(err);
	v->gram_mass = memory_new((g->codes.count + 1) * sizeof *v->gram_mass, err);
	v->synonyms = synonyms_new(err);
	if (!v->lengths || !v->gram_mass || !v->analyzer || !v->synonyms || !invert_all(v, err) ||
	    !synonyms_finish(v->synonyms, &v->vocabulary, err) || !join_words(v, err)) {
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
	map_free(&v->bags);
	memory_free(v->pairs);
	memory_free(v->lengths);
	memory_free(v->gram_mass);
	synonyms_free(v->synonyms);
	vocabulary_free(&v->vocabulary);
	text_analyzer_free(v->analyzer);
	buffer_free(&v->key);
	memory_free(v);
}

/* ---- lists by key ---- */

/* Counts ordered by key: where each key's counts begin in `order`. */
struct by_key {
	uint32_t *first;    /* keys + 1 */
	struct count *at;   /* occupations ascending under each key, as they were counted in that order */
};

static bool order_by_key(const struct counts *c, size_t keys, struct by_key *out, struct error *err)
{
	out->first = memory_new((keys + 2) * sizeof *out->first, err);
	out->at = memory_new((c->count + 1) * sizeof *out->at, err);
	if (!out->first || !out->at)
		return false;
	for (size_t i = 0; i < c->count; i++)
		out->first[c->at[i].key + 2]++;
	for (size_t k = 0; k < keys; k++)
		out->first[k + 1] += out->first[k];
	for (size_t i = 0; i < c->count; i++)
		out->at[out->first[c->at[i].key + 1]++] = c->at[i];
	return true;
}

static void free_by_key(struct by_key *b)
{
	memory_free(b->first);
	memory_free(b->at);
}

/* Append a weighted list: pairs of (distance, weight in quarters). */
static bool pack_counts(const struct by_key *b, uint32_t key, struct buffer *out, struct error *err)
{
	uint32_t next = 0;
	for (uint32_t i = b->first[key]; i < b->first[key + 1]; i++) {
		const struct count *c = &b->at[i];
		double units = floor(c->weight * WEIGHT_UNIT + 0.5);
		if (!pack_number(out, c->occupation + 1 - next, err) ||
		    !pack_number(out, units < 1.0 ? 1 : (uint64_t)units, err))
			return false;
		next = c->occupation + 1;
	}
	return true;
}

static bool store_key(struct store_writer *s, char letter, struct slice term, struct slice list,
		      struct error *err)
{
	char key[RANKING_KEY_MAX];
	key[0] = letter;
	memcpy(key + 1, term.at, term.length);
	return store_add(s, (struct slice){ key, term.length + 1 }, list, err);
}

/* Heads and bigrams: one weighted list a key. */
static bool store_counted(struct inverted *v, enum counted which, char letter, struct store_writer *s,
			  struct error *err)
{
	struct counts *c = &v->counted[which];
	struct by_key ordered = { 0 };
	struct buffer list = { 0 };
	bool ok = order_by_key(c, c->keys.count, &ordered, err);
	for (uint32_t k = 0; ok && k < c->keys.count; k++) {
		buffer_clear(&list);
		ok = pack_counts(&ordered, k, &list, err) &&
		     store_key(s, letter, map_key(&c->keys, k), buffer_slice(&list), err);
	}
	buffer_free(&list);
	free_by_key(&ordered);
	return ok;
}

/* ---- n-grams: impacts by SOC code ---- */

/* Which SOC code each occupation has, and each code's share of all n-grams. */
struct soc_codes {
	uint32_t *of;
	double *share;
	size_t count;
};

static bool number_soc_codes(const struct inverted *v, struct soc_codes *out, struct error *err)
{
	size_t n = v->g->codes.count;
	double all = 0.0;
	out->of = memory_new((n + 1) * sizeof *out->of, err);
	out->share = memory_new((n + 1) * sizeof *out->share, err);
	if (!out->of || !out->share)
		return false;
	for (size_t o = 0; o < n; o++) {
		const char *code = v->g->drafts[o].said.code.at;
		if (o == 0 || memcmp(code, v->g->drafts[o - 1].said.code.at, 7) != 0)
			out->count++;
		out->of[o] = (uint32_t)out->count - 1;
		out->share[out->of[o]] += v->gram_mass[o];
		all += v->gram_mass[o];
	}
	for (size_t unit = 0; unit < out->count; unit++)
		out->share[unit] /= all > 0.0 ? all : 1.0;
	return true;
}

/* Occupations of one code follow each other in a key's counts: their weights add up. */
static bool pack_impacts(const struct by_key *b, uint32_t key, const struct soc_codes *codes, struct buffer *out,
			 struct error *err)
{
	uint32_t next = 0;
	for (uint32_t i = b->first[key], end; i < b->first[key + 1]; i = end) {
		uint32_t unit = codes->of[b->at[i].occupation];
		double tf = 0.0;
		for (end = i; end < b->first[key + 1] && codes->of[b->at[end].occupation] == unit; end++)
			tf += b->at[end].weight;
		double impact = log1p(tf / (GRAM_SMOOTHING * codes->share[unit])) * IMPACT_UNIT;
		if (!pack_number(out, unit + 1 - next, err) || !pack_number(out, (uint64_t)llround(impact), err))
			return false;
		next = unit + 1;
	}
	return true;
}

static bool store_grams(struct inverted *v, struct store_writer *s, struct error *err)
{
	struct counts *c = &v->counted[COUNTED_GRAMS];
	struct by_key ordered = { 0 };
	struct soc_codes codes = { 0 };
	struct buffer list = { 0 };
	bool ok = number_soc_codes(v, &codes, err) && order_by_key(c, c->keys.count, &ordered, err);
	for (uint32_t k = 0; ok && k < c->keys.count; k++) {
		buffer_clear(&list);
		ok = pack_impacts(&ordered, k, &codes, &list, err) &&
		     store_key(s, KEY_GRAM, map_key(&c->keys, k), buffer_slice(&list), err);
	}
	buffer_free(&list);
	free_by_key(&ordered);
	memory_free(codes.of);
	memory_free(codes.share);
	return ok;
}

/* ---- bags by word ---- */

/* The bags of each word, ascending; and in how many bags it is, which gives its idf. */
struct bags_by_word {
	uint32_t *first;    /* words + 1 */
	uint32_t *bags;
};

static size_t bag_words(const struct inverted *v, uint32_t bag, const uint32_t **words)
{
	struct slice key = map_key(&v->bags, bag);
	*words = (const uint32_t *)(const void *)key.at;   /* arenas align every piece */
	return key.length / sizeof **words;
}

static bool order_bags(const struct inverted *v, struct bags_by_word *out, struct error *err)
{
	const uint32_t *words;
	size_t total = 0;
	out->first = memory_new((v->words.count + 2) * sizeof *out->first, err);
	if (!out->first)
		return false;
	for (uint32_t b = 0; b < v->bags.count; b++) {
		size_t n = bag_words(v, b, &words);
		total += n;
		for (size_t i = 0; i < n; i++)
			out->first[words[i] + 2]++;
	}
	out->bags = memory_new((total + 1) * sizeof *out->bags, err);
	if (!out->bags)
		return false;
	for (size_t w = 0; w < v->words.count; w++)
		out->first[w + 1] += out->first[w];
	for (uint32_t b = 0; b < v->bags.count; b++) {
		size_t n = bag_words(v, b, &words);
		for (size_t i = 0; i < n; i++)
			out->bags[out->first[words[i] + 1]++] = b;
	}
	return true;
}

static bool pack_bags(const struct bags_by_word *b, uint32_t word, struct buffer *out, struct error *err)
{
	uint32_t next = 0;
	for (uint32_t i = b->first[word]; i < b->first[word + 1]; i++) {
		if (!pack_number(out, b->bags[i] + 1 - next, err))
			return false;
		next = b->bags[i] + 1;
	}
	return true;
}

/* ---- the entry of a word: its sections ---- */

static bool pack_word(const struct by_key sections[SECTION_BAGS], const struct bags_by_word *bags,
		      uint32_t word, struct buffer *section, struct buffer *entry, struct error *err)
{
	buffer_clear(entry);
	for (size_t s = 0; s < SECTION_COUNT; s++) {
		buffer_clear(section);
		bool ok = s == SECTION_BAGS ? pack_bags(bags, word, section, err)
					    : pack_counts(&sections[s], word, section, err);
		if (!ok || !pack_string(entry, buffer_slice(section), err))
			return false;
	}
	return true;
}

static bool store_words(struct inverted *v, const struct bags_by_word *bags, struct store_writer *s,
			struct error *err)
{
	struct by_key sections[SECTION_BAGS] = { { 0 } };
	struct buffer section = { 0 }, entry = { 0 };
	bool ok = true;
	for (size_t i = 0; ok && i < SECTION_BAGS; i++)
		ok = order_by_key(&v->counted[i], v->words.count, &sections[i], err);
	for (uint32_t w = 0; ok && w < v->words.count; w++)
		ok = pack_word(sections, bags, w, &section, &entry, err) &&
		     store_key(s, KEY_WORD, map_key(&v->words, w), buffer_slice(&entry), err);
	for (size_t i = 0; i < SECTION_BAGS; i++)
		free_by_key(&sections[i]);
	buffer_free(&section);
	buffer_free(&entry);
	return ok;
}

/* ---- the bag table ---- */

static bool append_little(struct buffer *b, uint32_t number, size_t bytes, struct error *err)
{
	char little[4] = { (char)number, (char)(number >> 8), (char)(number >> 16), (char)(number >> 24) };
	return buffer_append(b, little, bytes, err);
}

static uint32_t to_units(double value, double unit)
{
	double units = floor(value * unit + 0.5);
	return units < 1.0 ? 1 : units > 65535.0 ? 65535 : (uint32_t)units;
}

static int compare_pairs(const void *a, const void *b)
{
	const struct bag_pair *x = a, *y = b;
	if (x->bag != y->bag)
		return x->bag < y->bag ? -1 : 1;
	return x->occupation < y->occupation ? -1 : x->occupation > y->occupation;
}

/* One pair for each bag and occupation, their weights added. */
static void fold_pairs(struct inverted *v)
{
	size_t kept = 0;
	if (v->pair_count > 1)
		qsort(v->pairs, v->pair_count, sizeof *v->pairs, compare_pairs);
	for (size_t i = 0; i < v->pair_count; i++) {
		struct bag_pair *p = &v->pairs[i];
		if (kept > 0 && compare_pairs(&v->pairs[kept - 1], p) == 0)
			v->pairs[kept - 1].weight += p->weight;
		else
			v->pairs[kept++] = *p;
	}
	v->pair_count = kept;
}

size_t inverted_shared_titles(const struct inverted *v)
{
	size_t shared = 0;
	for (size_t i = 0, end; i < v->pair_count; i = end) {
		bool several = false;
		for (end = i + 1; end < v->pair_count && v->pairs[end].bag == v->pairs[i].bag; end++)
			several |= memcmp(v->g->drafts[v->pairs[end].occupation].said.code.at,
					  v->g->drafts[v->pairs[i].occupation].said.code.at, 7) != 0;
		shared += several;
	}
	return shared;
}

struct synonym_counts inverted_synonyms(const struct inverted *v)
{
	return synonyms_count(v->synonyms);
}

size_t inverted_vocabulary(const struct inverted *v)
{
	return v->vocabulary.written;
}

static double bag_norm(const struct inverted *v, const struct bags_by_word *by_word, uint32_t bag)
{
	const uint32_t *words;
	size_t n = bag_words(v, bag, &words);
	double sum = 0.0;
	for (size_t i = 0; i < n; i++) {
		uint32_t holders = by_word->first[words[i] + 1] - by_word->first[words[i]];
		double idf = log(1.0 + (double)v->bags.count / holders);
		sum += idf * idf;
	}
	return sqrt(sum);
}

/* Where the pairs of a bag end, which begin at `from`. */
static size_t end_of_bag(const struct inverted *v, size_t from)
{
	size_t end = from;
	while (end < v->pair_count && v->pairs[end].bag == v->pairs[from].bag)
		end++;
	return end;
}

/* One number for each bag; the pairs of bags with several occupations go to `pairs`. */
static bool pack_references(const struct inverted *v, struct buffer *out, struct buffer *pairs, struct error *err)
{
	bool ok = true;
	for (size_t from = 0, end; ok && from < v->pair_count; from = end) {
		end = end_of_bag(v, from);
		if (end - from == 1) {
			ok = append_little(out, BAG_SINGLE | v->pairs[from].occupation << 16 |
					   to_units(v->pairs[from].weight, BAG_WEIGHT_UNIT), 4, err);
			continue;
		}
		ok = append_little(out, (uint32_t)(pairs->length / 4), 4, err);
		for (size_t i = from; ok && i < end; i++)
			ok = append_little(pairs, v->pairs[i].occupation | (i + 1 == end ? BAG_LAST : 0), 2, err) &&
			     append_little(pairs, to_units(v->pairs[i].weight, BAG_WEIGHT_UNIT), 2, err);
	}
	return ok;
}

static bool pack_bag_table(struct inverted *v, const struct bags_by_word *by_word, struct buffer *out,
			   struct error *err)
{
	struct buffer references = { 0 }, pairs = { 0 };
	fold_pairs(v);
	bool ok = pack_references(v, &references, &pairs, err) &&
		  append_little(out, (uint32_t)v->bags.count, 4, err) &&
		  append_little(out, (uint32_t)(pairs.length / 4), 4, err);
	for (uint32_t b = 0; ok && b < v->bags.count; b++)
		ok = append_little(out, to_units(bag_norm(v, by_word, b), BAG_NORM_UNIT), 2, err);
	ok = ok && buffer_append(out, references.at, references.length, err) &&
	     buffer_append(out, pairs.at, pairs.length, err);
	buffer_free(&references);
	buffer_free(&pairs);
	return ok;
}

/* ---- the catalogue ---- */

static uint64_t filings_of(const struct occupation *o)
{
	uint64_t filings = 0;
	for (size_t i = 0; i < o->evidence_count; i++)
		if (o->evidence[i].kind == EVIDENCE_FILED_TITLE)
			filings += o->evidence[i].count;
	return filings;
}

static bool pack_catalogue(const struct inverted *v, struct buffer *out, struct error *err)
{
	bool ok = pack_number(out, v->g->codes.count, err);
	for (size_t o = 0; ok && o < v->g->codes.count; o++) {
		const struct occupation *said = &v->g->drafts[o].said;
		ok = pack_string(out, said->code, err) && pack_string(out, said->title, err) &&
		     pack_number(out, said->zone, err);
		for (size_t s = 0; ok && s < LENGTH_COUNT; s++)
			ok = pack_number(out, (uint64_t)llround(v->lengths[o][s] * WEIGHT_UNIT), err);
		ok = ok && pack_number(out, filings_of(said), err);
	}
	return ok;
}

/* ---- writing ---- */

bool inverted_write(struct inverted *v, xap_writer *w, struct sha256 *digest, struct error *err)
{
	struct store_writer lists = { 0 };
	struct bags_by_word by_word = { 0 };
	struct buffer catalogue = { 0 }, table = { 0 };
	bool ok = order_bags(v, &by_word, err) && store_words(v, &by_word, &lists, err) &&
		  store_counted(v, COUNTED_HEADS, KEY_HEAD, &lists, err) &&
		  store_grams(v, &lists, err) &&
		  store_counted(v, COUNTED_BIGRAMS, KEY_BIGRAM, &lists, err) &&
		  synonyms_write(v->synonyms, &lists, w, err) && vocabulary_write(&v->vocabulary, w, err) &&
		  pack_bag_table(v, &by_word, &table, err) && pack_catalogue(v, &catalogue, err) &&
		  xap_writer_set_metadata(w, slice_of(RANKING_CATALOGUE), buffer_slice(&catalogue), err) &&
		  xap_writer_set_metadata(w, slice_of(RANKING_BAGS), buffer_slice(&table), err) &&
		  store_write(&lists, RANKING_STORE, w, err);
	if (ok)
		manifest_digest_add(digest, buffer_slice(&catalogue));
	store_writer_free(&lists);
	memory_free(by_word.first);
	memory_free(by_word.bags);
	buffer_free(&catalogue);
	buffer_free(&table);
	return ok;
}
