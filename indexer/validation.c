// SPDX-License-Identifier: GPL-3.0-or-later
/* validation.c - holds titles out, ranks them with an index of the rest, and fits the calibration to the outcome. */
#include <stdlib.h>
#include <unistd.h>
#include <xxhash.h>

#include "indexer/interrupt.h"
#include "indexer/validation.h"
#include "indexer/invert.h"
#include "lib/rank/rank.h"

/* A title that is held out, under one SOC code. */
struct held_out_title {
	uint64_t hash; /* the same for titles of the same words */
	struct slice text;
	uint32_t soc;
	double weight;
};

struct held_out {
	struct arena arena;
	struct held_out_title *at;
	size_t count;
	size_t capacity;
	struct error *err;
};

/* ---- what is held out ---- */

/* Without regard to the order of words. */
static uint64_t hash_title(struct text_words words)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < words.count; i++)
		if (!words.at[i].stop)
			sum += XXH3_64bits(words.at[i].term.at, words.at[i].term.length);
	return XXH3_64bits(&sum, sizeof sum);
}

/*
 * Of published titles, one under one code is held out and stays where it stands under others; of what employers file,
 * a title is held out wherever it was filed, for they file it more than once.  Titles of the Census index are not
 * ranked: nobody writes "Accountant, cost".
 */
static bool hold_out(void *ctx, enum evidence_kind kind, struct slice title, struct text_words words, uint32_t soc,
		     double weight)
{
	struct held_out *k = ctx;
	uint64_t hash = hash_title(words);
	if (kind != EVIDENCE_FILED_TITLE)
		hash = XXH3_64bits_withSeed(&hash, sizeof hash, soc);
	if (hash % HELD_OUT_PART != 0)
		return false;
	if (kind == EVIDENCE_CENSUS_TITLE)
		return true;
	struct held_out_title t = { hash, arena_copy(&k->arena, title, k->err), soc, weight };
	(void)ARRAY_ADD(k->at, k->count, k->capacity, k->err, t);
	return true;
}

static int compare_held_out(const void *a, const void *b)
{
	const struct held_out_title *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->soc < y->soc ? -1 : x->soc > y->soc;
}

/* ---- the second index ---- */

/* Write what ranking reads of it as an index file, which has no database. */
static bool write_rest(struct inverted *v, const char *target, struct buffer *file, struct error *err)
{
	struct hash_table_writer records = { 0 };
	struct index_parts parts = { 0 };
	struct sha256 unused;
	sha256_begin(&unused);
	bool ok = inverted_write(v, &records, &parts, &unused, err) &&
		  hash_table_write(&records, &parts.at[PART_RECORDS], err) &&
		  file_temporary_beside(target, file, err) && index_file_seal(file->at, &parts, err);
	index_parts_free(&parts);
	hash_table_writer_free(&records);
	return ok;
}

/* ---- measuring ---- */

struct outcome {
	struct calibration_case *cases;
	size_t count;
	size_t at[3]; /* right among the first 1, 5, 10 */
};

/* Which of the codes of one title, [from, end), weigh the most: those are right. */
static bool is_right(const struct held_out *k, size_t from, size_t end, uint32_t soc)
{
	double most = 0.0, own = 0.0, sum = 0.0;
	for (size_t i = from; i < end; i++) {
		sum = i > from && k->at[i - 1].soc == k->at[i].soc ? sum + k->at[i].weight : k->at[i].weight;
		most = sum > most ? sum : most;
		own = k->at[i].soc == soc ? sum : own;
	}
	return own > 0.0 && own >= most;
}

static bool rank_title(const struct held_out *k, size_t from, size_t end, struct soc_index *index,
		       struct ranker *ranker, struct outcome *a, struct error *err)
{
	static const size_t ranks[3] = { 1, 5, 10 };
	const struct rank_options options = { .level = LEVEL_SOC, .limit = 10, .expand = EXPAND_ALL };
	const struct job job = { .title = k->at[from].text };
	struct ranking r;
	if (!rank_job(ranker, &job, &options, &r, err))
		return false;
	struct calibration_case *c = &a->cases[a->count++];
	*c = (struct calibration_case){ .input = r.first, .weight = 1.0 };
	for (size_t i = 0; i < r.count; i++) {
		if (!is_right(k, from, end, index->soc.of[r.at[i].occupation]))
			continue;
		c->right = i == 0;
		for (size_t n = 0; n < 3; n++)
			a->at[n] += i < ranks[n];
		break;
	}
	return true;
}

static bool rank_all(const struct held_out *k, const char *path, struct outcome *a, struct error *err)
{
	struct soc_index *index = NULL;
	struct ranker *ranker = NULL;
	a->cases = memory_new((k->count + 1) * sizeof *a->cases, err);
	bool ok = a->cases && soc_index_open(path, &index, err) && ranker_new(index, &ranker, err);
	for (size_t from = 0, end; ok && from < k->count && a->count < HELD_OUT_MAX; from = end) {
		for (end = from + 1; end < k->count && k->at[end].hash == k->at[from].hash; end++)
			continue;
		ok = !build_stopped(err) && rank_title(k, from, end, index, ranker, a, err);
	}
	ranker_free(ranker);
	soc_index_close(index);
	return ok;
}

static void sum_up(const struct outcome *a, struct validation *out)
{
	size_t half = a->count / 2, n = a->count; /* their order is that of a hash */
	if (n < HELD_OUT_MIN)
		return;
	struct calibration first = calibration_fit(a->cases, half), second = calibration_fit(a->cases + half, n - half);
	double errors =
		calibration_error(&second, a->cases, half) + calibration_error(&first, a->cases + half, n - half);
	*out = (struct validation){ n,
				    (double)a->at[0] / (double)n,
				    (double)a->at[1] / (double)n,
				    (double)a->at[2] / (double)n,
				    errors / 2.0,
				    calibration_fit(a->cases, n) };
}

bool validation_measure(const struct collected *g, const char *target, struct validation *out, struct error *err)
{
	struct held_out k = { .err = err };
	struct outcome a = { 0 };
	struct inverted *v = NULL;
	struct buffer file = { 0 };
	const struct invert_options options = { .model = true, .leave_out = hold_out, .ctx = &k };
	*out = (struct validation){ 0 };
	bool ok = invert(g, &options, &v, err);
	if (ok && k.count >= HELD_OUT_MIN) {
		qsort(k.at, k.count, sizeof *k.at, compare_held_out);
		ok = write_rest(v, target, &file, err) && rank_all(&k, file.at, &a, err);
		if (ok)
			sum_up(&a, out);
	}
	if (file.length)
		unlink(file.at);
	buffer_free(&file);
	inverted_free(v);
	memory_free(a.cases);
	memory_free(k.at);
	arena_free(&k.arena);
	return ok;
}
