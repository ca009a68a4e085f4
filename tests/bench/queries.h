// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * queries.h - the questions of the benchmark, read from a file, and the time that each takes to answer.
 *
 * A line of the file is KIND, TITLE and TEXT with tabs between; lines of one kind follow each other.
 */
#ifndef SOC_TESTS_BENCH_QUERIES_H
#define SOC_TESTS_BENCH_QUERIES_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "lib/base/memory.h"

struct parsed_query {
	struct slice kind;
	struct slice title;
	struct slice text;
};

/* Zero-initialise; queries_free() after use. */
struct queries {
	struct buffer bytes;
	struct parsed_query *at;
	size_t count;
	size_t capacity;
};

static inline double queries_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static inline void queries_free(struct queries *q)
{
	buffer_free(&q->bytes);
	memory_free(q->at);
}

static inline bool queries_read_bytes(const char *path, struct buffer *to, struct error *err)
{
	char block[65536];
	size_t got;
	FILE *f = fopen(path, "rb");
	bool ok = f != NULL;
	while (ok && (got = fread(block, 1, sizeof block, f)) > 0)
		ok = buffer_append(to, block, got, err);
	if (!f || ferror(f))
		ok = error_set_errno(err, errno, NULL, "cannot read %s", path);
	if (f)
		fclose(f);
	return ok;
}

/* The part of [*at, end) before the next `mark`; *at moves behind it. */
static inline struct slice queries_cut(const char **at, const char *end, char mark)
{
	const char *found = memchr(*at, mark, (size_t)(end - *at));
	struct slice part = { *at, (size_t)((found ? found : end) - *at) };
	*at = found ? found + 1 : end;
	return part;
}

static inline bool queries_read(const char *path, struct queries *q, struct error *err)
{
	if (!queries_read_bytes(path, &q->bytes, err))
		return false;
	const char *at = q->bytes.at, *end = at + q->bytes.length;
	while (at < end) {
		struct slice line = queries_cut(&at, end, '\n');
		const char *in = line.at, *stop = line.at + line.length;
		if (!ARRAY_RESERVE(q->at, q->capacity, q->count + 1, err))
			return false;
		struct parsed_query *one = &q->at[q->count++];
		one->kind = queries_cut(&in, stop, '\t');
		one->title = queries_cut(&in, stop, '\t');
		one->text = queries_cut(&in, stop, '\t');
	}
	return q->count > 0 || error_set(err, ERROR_INPUT, NULL, "%s holds no query", path);
}

typedef bool (*queries_answer)(void *ctx, const struct parsed_query *query, struct error *err);

static inline int queries_compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Answer [from, to) until the seconds are over (at least 5 of them); times go to `took`, microseconds. */
static inline bool queries_pass(const struct parsed_query *from, size_t count, double seconds, queries_answer answer,
				void *ctx, double *took, size_t *done, struct error *err)
{
	double start = queries_now(), begin = start, end;
	for (*done = 0; *done < count && (*done < 5 || begin - start < seconds * 1e6); begin = end) {
		if (!answer(ctx, &from[*done], err))
			return false;
		end = queries_now();
		took[(*done)++] = end - begin;
	}
	return true;
}

/* Each kind: one pass to warm up, one that is measured.  Where the whole pass would take longer than `seconds`,
 * only its beginning is answered: the queries come in random order.  Prints an object of JSON. */
static inline bool queries_measure(const struct queries *q, double seconds, queries_answer answer, void *ctx,
				   struct error *err)
{
	double *took = memory_new(q->count * sizeof *took, err);
	bool ok = took != NULL;
	printf("{");
	for (size_t i = 0, next; ok && i < q->count; i = next) {
		size_t done;
		double sum = 0;
		for (next = i; next < q->count && slice_equal(q->at[next].kind, q->at[i].kind);)
			next++;
		ok = queries_pass(&q->at[i], next - i, seconds, answer, ctx, took, &done, err) &&
		     queries_pass(&q->at[i], next - i, seconds, answer, ctx, took, &done, err);
		if (!ok)
			break;
		for (size_t k = 0; k < done; k++)
			sum += took[k];
		qsort(took, done, sizeof *took, queries_compare);
		printf("%s\"%.*s\":{\"count\":%zu,\"p50\":%.2f,\"p95\":%.2f,\"mean\":%.2f}", i ? "," : "",
		       (int)q->at[i].kind.length, q->at[i].kind.at, done, took[done / 2], took[done * 95 / 100],
		       sum / (double)done);
	}
	printf("}");
	memory_free(took);
	return ok;
}

#endif
