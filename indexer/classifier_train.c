// SPDX-License-Identifier: GPL-3.0-or-later
/* classifier_train.c - training of the classifier by stochastic gradient descent, and writing of its weights. */
#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "indexer/classifier_train.h"

/* Measured on the development sets (docs/ranking.md). */
#define PASSES 3
#define RATE 0.3f        /* AdaGrad's step */
#define DAMPING 1e-3f    /* added to AdaGrad's sums of squares */
#define USES_MIN 2       /* a feature that is used less often has no weight */
#define NEGLIGIBLE 5e-3f /* a probability that is wrong by less teaches nothing */
#define REACH 12.0f      /* codes whose score is so far behind the best have no probability */

/* A feature seen with more codes than this has a weight for every code: that is faster than a list. */
#define DENSE_MIN 100

/* Weights that change a score by less are left out of the index. */
#define PRUNED 0.03f

struct example {
	uint32_t first; /* in `uses` */
	uint32_t count;
	uint32_t code;
	float weight;
	float scale;
};

/* Where the weights of a feature are. */
struct row {
	size_t first;   /* in `weights` */
	uint32_t codes; /* in `seen`: the code of each weight; dense rows have none */
	uint32_t count; /* 0: it has no weights */
	bool dense;
};

struct trainer {
	struct map features;
	float *values; /* by feature */
	size_t value_capacity;
	uint32_t *uses; /* the features of all examples */
	size_t use_count;
	size_t use_capacity;
	struct example *examples;
	size_t example_count;
	size_t example_capacity;
	uint32_t codes;
	struct row *rows; /* by feature */
	uint16_t *seen;
	float *weights;
	float *squares; /* AdaGrad's sums, beside the weights */
	size_t weight_count;
	float *bias; /* by code */
	float *bias_squares;
	uint64_t kept;
	uint64_t kept_features;
};

struct trainer *trainer_new(struct error *err)
{
	return memory_new(sizeof(struct trainer), err);
}

void trainer_free(struct trainer *t)
{
	if (!t)
		return;
	map_free(&t->features);
	memory_free(t->values);
	memory_free(t->uses);
	memory_free(t->examples);
	memory_free(t->rows);
	memory_free(t->seen);
	memory_free(t->weights);
	memory_free(t->squares);
	memory_free(t->bias);
	memory_free(t->bias_squares);
	memory_free(t);
}

/* ---- examples ---- */

static bool take_feature(void *ctx, struct slice key, float value, struct error *err)
{
	struct trainer *t = ctx;
	uint32_t feature;
	if (!map_add(&t->features, key, &feature, NULL, err) ||
	    !ARRAY_RESERVE(t->values, t->value_capacity, t->features.count, err))
		return false;
	t->values[feature] = value;
	return ARRAY_ADD(t->uses, t->use_count, t->use_capacity, err, feature);
}

bool trainer_add(struct trainer *t, struct text_words words, enum classifier_input input, uint32_t code, double weight,
		 struct error *err)
{
	struct example e = { .first = (uint32_t)t->use_count,
			     .code = code,
			     .weight = (float)weight,
			     .scale = classifier_scale(words, NULL, input) };
	if (!classifier_features(words, NULL, input, take_feature, t, err))
		return false;
	e.count = (uint32_t)t->use_count - e.first;
	if (e.count == 0)
		return true;
	t->codes = code >= t->codes ? code + 1 : t->codes;
	return ARRAY_ADD(t->examples, t->example_count, t->example_capacity, err, e);
}

/* ---- which weights there are ---- */

static int compare_codes(const void *a, const void *b)
{
	const uint16_t *x = a, *y = b;
	return *x < *y ? -1 : *x > *y;
}

/* The codes that each feature was seen with, repeated: those of feature f from ends[f - 1] to ends[f]. */
static void group_codes(const struct trainer *t, uint32_t *ends, uint16_t *codes)
{
	for (size_t i = 0; i < t->use_count; i++)
		ends[t->uses[i]]++;
	uint32_t sum = 0;
	for (size_t f = 0; f < t->features.count; f++) {
		uint32_t count = ends[f];
		ends[f] = sum;
		sum += count;
	}
	for (size_t i = 0; i < t->example_count; i++) {
		const struct example *e = &t->examples[i];
		for (uint32_t k = 0; k < e->count; k++)
			codes[ends[t->uses[e->first + k]]++] = (uint16_t)e->code;
	}
}

/* Sort `n` codes and drop what is repeated. */
static uint32_t distinct(uint16_t *codes, uint32_t n)
{
	uint32_t kept = 0;
	qsort(codes, n, sizeof *codes, compare_codes);
	for (uint32_t i = 0; i < n; i++)
		if (kept == 0 || codes[kept - 1] != codes[i])
			codes[kept++] = codes[i];
	return kept;
}

static void lay_out(struct trainer *t, const uint32_t *ends)
{
	uint32_t begin = 0;
	for (size_t f = 0; f < t->features.count; begin = ends[f++]) {
		struct row *row = &t->rows[f];
		uint32_t uses = ends[f] - begin;
		*row = (struct row){ .first = t->weight_count, .codes = begin };
		if (uses < USES_MIN)
			continue;
		row->count = distinct(t->seen + begin, uses);
		row->dense = row->count > DENSE_MIN;
		if (row->dense)
			row->count = t->codes;
		t->weight_count += row->count;
	}
}

static bool make_rows(struct trainer *t, struct error *err)
{
	uint32_t *ends = memory_new((t->features.count + 1) * sizeof *ends, err);
	t->rows = memory_new((t->features.count + 1) * sizeof *t->rows, err);
	t->seen = memory_new((t->use_count + 1) * sizeof *t->seen, err);
	bool ok = ends && t->rows && t->seen;
	if (ok) {
		group_codes(t, ends, t->seen);
		lay_out(t, ends);
	}
	memory_free(ends);
	if (!ok)
		return false;
	t->weights = memory_new((t->weight_count + 1) * sizeof *t->weights, err);
	t->squares = memory_new((t->weight_count + 1) * sizeof *t->squares, err);
	t->bias = memory_new((t->codes + 1) * sizeof *t->bias, err);
	t->bias_squares = memory_new((t->codes + 1) * sizeof *t->bias_squares, err);
	return t->weights && t->squares && t->bias && t->bias_squares;
}

/* ---- learning ---- */

/* Scratch of one example. */
struct lesson {
	float *scores;   /* by code; then what the probability is wrong by, 0 where negligible */
	uint16_t *wrong; /* the codes where it is not */
	uint32_t wrong_count;
};

static void add_scores(const struct trainer *t, const struct example *e, float *restrict scores)
{
	memcpy(scores, t->bias, t->codes * sizeof *scores);
	for (uint32_t k = 0; k < e->count; k++) {
		uint32_t feature = t->uses[e->first + k];
		const struct row *row = &t->rows[feature];
		const float *restrict weights = t->weights + row->first;
		const uint16_t *codes = t->seen + row->codes;
		float value = t->values[feature] * e->scale;
		if (row->dense)
			for (uint32_t c = 0; c < t->codes; c++)
				scores[c] += value * weights[c];
		else
			for (uint32_t i = 0; i < row->count; i++)
				scores[codes[i]] += value * weights[i];
	}
}

static void make_probabilities(float *scores, uint32_t codes)
{
	float best = scores[0], sum = 0.0f;
	for (uint32_t c = 1; c < codes; c++)
		best = scores[c] > best ? scores[c] : best;
	for (uint32_t c = 0; c < codes; c++) {
		scores[c] = scores[c] > best - REACH ? expf(scores[c] - best) : 0.0f;
		sum += scores[c];
	}
	for (uint32_t c = 0; c < codes; c++)
		scores[c] /= sum;
}

static void find_wrong(struct lesson *l, const struct example *e, uint32_t codes)
{
	l->scores[e->code] -= 1.0f;
	l->wrong_count = 0;
	for (uint32_t c = 0; c < codes; c++)
		if (fabsf(l->scores[c]) > NEGLIGIBLE)
			l->wrong[l->wrong_count++] = (uint16_t)c;
		else
			l->scores[c] = 0.0f;
}

static inline void step(float *weight, float *squares, float gradient)
{
	*squares += gradient * gradient;
	*weight -= RATE * gradient / sqrtf(*squares + DAMPING);
}

static void correct(struct trainer *t, const struct example *e, const struct lesson *l)
{
	for (uint32_t i = 0; i < l->wrong_count; i++) {
		uint16_t c = l->wrong[i];
		step(&t->bias[c], &t->bias_squares[c], e->weight * l->scores[c]);
	}
	for (uint32_t k = 0; k < e->count; k++) {
		uint32_t feature = t->uses[e->first + k];
		const struct row *row = &t->rows[feature];
		float *weights = t->weights + row->first, *squares = t->squares + row->first;
		const uint16_t *codes = t->seen + row->codes;
		float value = t->values[feature] * e->scale * e->weight;
		for (uint32_t i = 0; row->dense && i < l->wrong_count; i++)
			step(&weights[l->wrong[i]], &squares[l->wrong[i]], value * l->scores[l->wrong[i]]);
		for (uint32_t i = 0; !row->dense && i < row->count; i++)
			if (l->scores[codes[i]] != 0.0f)
				step(&weights[i], &squares[i], value * l->scores[codes[i]]);
	}
}

/* Fisher and Yates with the generator of Marsaglia (xorshift64): the same order every time. */
static void shuffle(uint32_t *order, size_t count, uint64_t *state)
{
	for (size_t i = count; i > 1; i--) {
		*state ^= *state << 13;
		*state ^= *state >> 7;
		*state ^= *state << 17;
		size_t k = *state % i;
		uint32_t swapped = order[i - 1];
		order[i - 1] = order[k];
		order[k] = swapped;
	}
}

static bool learn(struct trainer *t, uint32_t *order, struct lesson *l, bool (*stopped)(struct error *),
		  struct error *err)
{
	uint64_t state = 88172645463325252u;
	for (size_t i = 0; i < t->example_count; i++)
		order[i] = (uint32_t)i;
	for (int pass = 0; pass < PASSES; pass++) {
		shuffle(order, t->example_count, &state);
		for (size_t i = 0; i < t->example_count; i++) {
			const struct example *e = &t->examples[order[i]];
			if (i % 4096 == 0 && stopped(err))
				return false;
			add_scores(t, e, l->scores);
			make_probabilities(l->scores, t->codes);
			find_wrong(l, e, t->codes);
			correct(t, e, l);
		}
	}
	return true;
}

bool trainer_run(struct trainer *t, bool (*stopped)(struct error *err), struct error *err)
{
	struct lesson l = { 0 };
	uint32_t *order = memory_new((t->example_count + 1) * sizeof *order, err);
	l.scores = memory_new((t->codes + 1) * sizeof *l.scores, err);
	l.wrong = memory_new((t->codes + 1) * sizeof *l.wrong, err);
	bool ok = order && l.scores && l.wrong && make_rows(t, err) && learn(t, order, &l, stopped, err);
	memory_free(order);
	memory_free(l.scores);
	memory_free(l.wrong);
	return ok;
}

/* ---- writing ---- */

/* What is stored of the weights of a feature: by code, 0 for what is too small. */
static void round_row(const struct trainer *t, uint32_t feature, long *units)
{
	const struct row *row = &t->rows[feature];
	const float *weights = t->weights + row->first;
	float least = PRUNED / t->values[feature];
	memset(units, 0, t->codes * sizeof *units);
	for (uint32_t i = 0; i < row->count; i++)
		if (fabsf(weights[i]) >= least)
			units[row->dense ? i : t->seen[row->codes + i]] = lroundf(weights[i] * (float)CLASSIFIER_UNIT);
}

static void pack_pairs(struct trainer *t, const long *units, struct buffer *out, struct error *err)
{
	uint32_t next = 0;
	for (uint32_t code = 0; code < t->codes; code++) {
		if (units[code] == 0)
			continue;
		pack_number(out, code + 1 - next, err);
		classifier_pack(out, units[code], err);
		next = code + 1;
		t->kept++;
	}
}

static bool are_bytes(const long *units, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (units[i] < SCHAR_MIN || units[i] > SCHAR_MAX)
			return false;
	return true;
}

static bool pack_row(struct trainer *t, const long *units, struct buffer *out, struct error *err)
{
	buffer_clear(out);
	pack_pairs(t, units, out, err);
	if (!buffer_ok(out) || out->length < t->codes / 2 || !are_bytes(units, t->codes))
		return buffer_ok(out);
	buffer_clear(out);
	buffer_append_byte(out, 0, err);
	for (uint32_t code = 0; code < t->codes; code++)
		buffer_append_byte(out, (char)units[code], err);
	return buffer_ok(out);
}

static bool pack_biases(const struct trainer *t, struct buffer *out, struct error *err)
{
	pack_number(out, t->codes, err);
	for (uint32_t c = 0; c < t->codes; c++)
		classifier_pack(out, lroundf(t->bias[c] * (float)CLASSIFIER_UNIT), err);
	return buffer_ok(out);
}

bool trainer_write(struct trainer *t, struct index_parts *parts, struct error *err)
{
	struct hash_table_writer lists = { 0 };
	struct buffer list = { 0 };
	long *units = memory_new((t->codes + 1) * sizeof *units, err);
	bool ok = units && pack_biases(t, &parts->at[PART_BIASES], err);
	for (uint32_t f = 0; ok && f < t->features.count; f++) {
		round_row(t, f, units);
		ok = pack_row(t, units, &list, err) &&
		     (list.length == 0 || hash_table_add(&lists, map_key(&t->features, f), buffer_slice(&list), err));
		t->kept_features += list.length > 0;
	}
	ok = ok && hash_table_write(&lists, &parts->at[PART_CLASSIFIER], err);
	memory_free(units);
	buffer_free(&list);
	hash_table_writer_free(&lists);
	return ok;
}

struct training trainer_summary(const struct trainer *t)
{
	return (struct training){ t->example_count, t->kept_features, t->kept };
}
