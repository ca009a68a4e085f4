// SPDX-License-Identifier: GPL-3.0-or-later
/* classifier.c - scores of the softmax classifier for a title or text, for all codes or explained for one. */
#include <math.h>
#include <xxhash.h>

#include "lib/rank/classifier.h"
#include "lib/rank/simd.h"

/* Codes whose score is so far behind the best have no probability. */
#define REACH 12.0f

/* What a word says by itself.  Without the cache of these, coding 400 texts takes 22% more instructions, 2,000 titles 6%. */
struct word_weights {
	float *at;    /* by SOC code */
	size_t known; /* features that have weights */
};

#define WORDS_MAX 1792
#define WAYS 2

static bool read_biases(struct classifier *m, const struct soc_index *index, struct slice bytes, struct error *err)
{
	struct unpack u = unpack_begin(bytes);
	size_t count = unpack_number(&u);
	m->bias = memory_new(vector_room(index->soc.count + 1) * sizeof *m->bias, err);
	m->scores = memory_new(vector_room(index->soc.count + 1) * sizeof *m->scores, err);
	if (!m->bias || !m->scores || !lru_cache_new(&m->words, WORDS_MAX, WAYS, sizeof(struct word_weights), err))
		return false;
	for (size_t i = 0; i < count && count == index->soc.count; i++)
		m->bias[i] = classifier_unpack(&u) / (float)CLASSIFIER_UNIT;
	if (u.bad || count != index->soc.count)
		return error_set(err, ERROR_DAMAGED, "run soc-index verify FILE.soc, and build the index anew",
				 "the model of the index is malformed");
	return true;
}

bool classifier_load(struct classifier *m, struct soc_index *index, struct error *err)
{
	struct slice biases;
	if (m->loaded)
		return true;
	if (!index_file_part(&index->file, PART_BIASES, &biases, err))
		return false;
	m->lists = &index->model;
	m->loaded = biases.length == 0 || read_biases(m, index, biases, err);
	if (m->loaded)
		return true;
	classifier_close(m);
	return false;
}

static void free_word(void *value)
{
	memory_free(((struct word_weights *)value)->at);
}

void classifier_close(struct classifier *m)
{
	lru_cache_free(&m->words, free_word);
	memory_free(m->bias);
	memory_free(m->scores);
	*m = (struct classifier){ 0 };
}

/* ---- features ---- */

/* The sum over the features of a query. */
struct feature_sum {
	struct classifier *m;
	size_t codes;
	float scale;
	float *sums;  /* by code */
	size_t known; /* features that have weights */
};

static void add_pairs(const struct feature_sum *a, struct slice list, float unit)
{
	struct unpack u = unpack_begin(list);
	for (uint64_t next = 0; u.at < u.end;) {
		struct unpack_pair pair = unpack_two(&u);
		if (u.bad || pair.first == 0 || pair.first > a->codes - next)
			return;
		next += pair.first;
		a->sums[next - 1] += unit * classifier_number(pair.second);
	}
}

static void add_list(const struct feature_sum *a, struct slice list, float value)
{
	const signed char *dense = classifier_dense(list, a->codes);
	float unit = value * a->scale / (float)CLASSIFIER_UNIT;
	if (dense)
		vector_add_bytes(a->sums, dense, a->codes, unit);
	else
		add_pairs(a, list, unit);
}

static bool add_feature(void *ctx, struct slice key, float value, struct error *err)
{
	struct feature_sum *a = ctx;
	struct slice list;
	if (!hash_table_find(a->m->lists, key, &list, err))
		return false;
	a->known += list.length > 0;
	add_list(a, list, value);
	return true;
}

/* ---- words ---- */

static uint64_t hash_word(const struct text_word *word)
{
	return XXH3_64bits_withSeed(word->folded.at, word->folded.length,
				    XXH3_64bits(word->term.at, word->term.length));
}

/* What a word says by itself, the same in titles and in texts; until the next call. */
static bool find_word(struct classifier *m, size_t codes, const struct text_word *word, const struct word_weights **out,
		      struct error *err)
{
	bool hit;
	uint64_t hash = hash_word(word);
	struct word_weights *w = lru_cache_get(&m->words, hash, &hit);
	*out = w;
	if (hit)
		return true;
	size_t size = vector_room(codes) * sizeof *w->at;
	if (!w->at)
		w->at = memory_resize(NULL, size);
	struct feature_sum sum = { .m = m, .codes = codes, .scale = 1.0f, .sums = w->at };
	bool ok = w->at || error_no_memory(err);
	if (ok)
		memset(w->at, 0, size);
	if (!ok || !classifier_word_features(word, CLASSIFIER_TEXT, add_feature, &sum, err)) {
		lru_cache_forget(&m->words, hash);
		return false;
	}
	w->known = sum.known;
	return true;
}

static bool add_words(struct feature_sum *a, const struct query *q, struct error *err)
{
	for (size_t i = 0; i < q->words.count; i++) {
		const struct word_weights *w;
		float weight = q->weights ? q->weights[i] : 1.0f;
		if (q->words.at[i].stop || weight <= 0.0f)
			continue;
		if (!find_word(a->m, a->codes, &q->words.at[i], &w, err))
			return false;
		a->known += w->known;
		if (w->known)
			vector_add(a->sums, w->at, a->codes, weight * a->scale);
	}
	return true;
}

/* Scores become ln(P x codes), not below 0. */
static void make_likelihoods(float *scores, size_t codes)
{
	float best = scores[0], sum = 0.0f;
	for (size_t c = 1; c < codes; c++)
		best = scores[c] > best ? scores[c] : best;
	for (size_t c = 0; c < codes; c++)
		if (scores[c] > best - REACH)
			sum += expf(scores[c] - best);
	float chance = best + logf(sum) - logf((float)codes);
	for (size_t c = 0; c < codes; c++)
		scores[c] = scores[c] > chance ? scores[c] - chance : 0.0f;
}

bool classifier_score(struct classifier *m, size_t codes, const struct query *q, enum classifier_input input, bool *any,
		      struct error *err)
{
	struct feature_sum a = { .m = m, .codes = codes, .sums = m->scores };
	*any = false;
	if (!m->bias)
		return true;
	a.scale = classifier_scale(q->words, q->weights, input);
	memcpy(m->scores, m->bias, codes * sizeof *m->scores);
	if (!add_words(&a, q, err) || !classifier_place_features(q->words, q->weights, input, add_feature, &a, err))
		return false;
	*any = a.known > 0;
	if (*any)
		make_likelihoods(m->scores, codes);
	return true;
}

/* ---- one code ---- */

struct code_explainer {
	struct classifier *m;
	size_t codes;
	size_t code;
	float scale;
	classifier_sink sink;
	void *ctx;
};

/* The weight that a list has for a code. */
static float find_weight(struct slice list, size_t codes, size_t code)
{
	const signed char *dense = classifier_dense(list, codes);
	if (dense)
		return (float)dense[code] / (float)CLASSIFIER_UNIT;
	uint32_t weight;
	return unpack_value(list, code, &weight) ? classifier_number(weight) / (float)CLASSIFIER_UNIT : 0.0f;
}

/* A key is the letter of the kind, and the words. */
static bool explain_feature(void *ctx, struct slice key, float value, struct error *err)
{
	const struct code_explainer *t = ctx;
	struct slice list;
	if (!hash_table_find(t->m->lists, key, &list, err))
		return false;
	float weight = find_weight(list, t->codes, t->code);
	return weight == 0.0f ||
	       t->sink(t->ctx, (struct slice){ key.at + 1, key.length - 1 }, value * t->scale * weight, err);
}

bool classifier_explain(struct classifier *m, size_t codes, size_t code, const struct query *q,
			enum classifier_input input, classifier_sink sink, void *ctx, struct error *err)
{
	struct code_explainer t = { m, codes, code, 0.0f, sink, ctx };
	if (!m->bias)
		return true;
	t.scale = classifier_scale(q->words, q->weights, input);
	for (size_t i = 0; i < q->words.count; i++) {
		const struct text_word *word = &q->words.at[i];
		const struct word_weights *w;
		float weight = q->weights ? q->weights[i] : 1.0f;
		if (word->stop || weight <= 0.0f)
			continue;
		if (!find_word(m, codes, word, &w, err) ||
		    (w->at[code] != 0.0f && !sink(ctx, word->term, w->at[code] * weight * t.scale, err)))
			return false;
	}
	return classifier_place_features(q->words, q->weights, input, explain_feature, &t, err);
}
