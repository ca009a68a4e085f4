// SPDX-License-Identifier: GPL-3.0-or-later
/* lsa_train.c - the randomised singular value decomposition that makes the LSA vectors. */
#include <math.h>

#include "indexer/lsa_train.h"
#include "lib/index/lsa_format.h"

/* More directions than are kept make those that are kept exact; so do iterations. */
enum { DIRECTIONS = LSA_RANK + 8, ITERATIONS = 4 };

/* A as rows of occupations: its entries stand in the order of the counts. */
struct sparse {
	size_t count;
	const struct count *counts;
	float *values;
};

/* DIRECTIONS numbers for each occupation, and for each term. */
struct space {
	size_t occupations, terms;
	float *u;
	float *w;
	float *idf; /* by term; 0 where it is in fewer than two occupations */
};

/* ---- A ---- */

static void weigh_terms(const struct sparse *a, struct space *s)
{
	for (size_t i = 0; i < a->count; i++)
		s->idf[a->counts[i].key]++;
	for (size_t t = 0; t < s->terms; t++)
		s->idf[t] = s->idf[t] < 2.0f ? 0.0f : logf(1.0f + (float)s->occupations / s->idf[t]);
}

static void fill_rows(const struct sparse *a, const struct space *s)
{
	for (size_t from = 0, end; from < a->count; from = end) {
		double squares = 0.0;
		for (end = from; end < a->count && a->counts[end].occupation == a->counts[from].occupation; end++) {
			a->values[end] = log1pf(a->counts[end].weight) * s->idf[a->counts[end].key];
			squares += (double)a->values[end] * (double)a->values[end];
		}
		float scale = squares > 0.0 ? (float)(1.0 / sqrt(squares)) : 0.0f;
		for (size_t i = from; i < end; i++)
			a->values[i] *= scale;
	}
}

/* to += value x from, over all directions */
static void add_scaled(float *restrict to, const float *restrict from, float value)
{
	for (size_t k = 0; k < DIRECTIONS; k++)
		to[k] += value * from[k];
}

/* w = A' u */
static void multiply_transposed(const struct sparse *a, struct space *s)
{
	memset(s->w, 0, s->terms * DIRECTIONS * sizeof *s->w);
	for (size_t i = 0; i < a->count; i++)
		add_scaled(s->w + (size_t)a->counts[i].key * DIRECTIONS,
			   s->u + (size_t)a->counts[i].occupation * DIRECTIONS, a->values[i]);
}

/* u = A w */
static void multiply(const struct sparse *a, struct space *s)
{
	memset(s->u, 0, s->occupations * DIRECTIONS * sizeof *s->u);
	for (size_t i = 0; i < a->count; i++)
		add_scaled(s->u + (size_t)a->counts[i].occupation * DIRECTIONS,
			   s->w + (size_t)a->counts[i].key * DIRECTIONS, a->values[i]);
}

/* ---- directions at right angles ---- */

/* Take from direction k of u what is in the directions before it: the modified method of Gram and Schmidt, twice. */
static void straighten(struct space *s, size_t k)
{
	for (size_t j = 0; j < 2 * k; j++) {
		double product = 0.0;
		for (size_t o = 0; o < s->occupations; o++)
			product += (double)s->u[o * DIRECTIONS + k] * (double)s->u[o * DIRECTIONS + j % k];
		for (size_t o = 0; o < s->occupations; o++)
			s->u[o * DIRECTIONS + k] -= (float)product * s->u[o * DIRECTIONS + j % k];
	}
}

/* The columns of u become orthonormal; one that is nothing stays so. */
static void make_orthonormal(struct space *s)
{
	for (size_t k = 0; k < DIRECTIONS; k++) {
		double squares = 0.0;
		straighten(s, k);
		for (size_t o = 0; o < s->occupations; o++)
			squares += (double)s->u[o * DIRECTIONS + k] * (double)s->u[o * DIRECTIONS + k];
		float scale = squares > 1e-12 ? (float)(1.0 / sqrt(squares)) : 0.0f;
		for (size_t o = 0; o < s->occupations; o++)
			s->u[o * DIRECTIONS + k] *= scale;
	}
}

/* Numbers without an order, the same each time: xorshift (Marsaglia, 2003). */
static void begin_anywhere(struct space *s)
{
	uint32_t state = 2463534242u;
	for (size_t i = 0; i < s->occupations * DIRECTIONS; i++) {
		state ^= state << 13;
		state ^= state >> 17;
		state ^= state << 5;
		s->u[i] = (float)(state >> 8) / 16777216.0f - 0.5f;
	}
}

/* ---- the space ---- */

/* The lengths of the columns of w are the singular values: those of w by them are V, and u times them is U S. */
static void place(const struct space *s, struct lsa *out)
{
	for (size_t k = 0; k < LSA_RANK; k++) {
		double squares = 0.0;
		for (size_t t = 0; t < s->terms; t++)
			squares += (double)s->w[t * DIRECTIONS + k] * (double)s->w[t * DIRECTIONS + k];
		float singular = (float)sqrt(squares), inverse = singular > 1e-6f ? 1.0f / singular : 0.0f;
		for (size_t o = 0; o < s->occupations; o++)
			out->at[o * LSA_RANK + k] = s->u[o * DIRECTIONS + k] * singular;
		for (size_t t = 0; t < s->terms; t++)
			out->of[t * LSA_RANK + k] = s->w[t * DIRECTIONS + k] * inverse * s->idf[t];
	}
}

static void decompose(const struct sparse *a, struct space *s, struct lsa *out)
{
	weigh_terms(a, s);
	fill_rows(a, s);
	begin_anywhere(s);
	make_orthonormal(s);
	for (int i = 0; i < ITERATIONS; i++) {
		multiply_transposed(a, s);
		multiply(a, s);
		make_orthonormal(s);
	}
	multiply_transposed(a, s);
	place(s, out);
}

static float *new_vectors(size_t count, size_t length, struct error *err)
{
	return memory_new((count * length + 1) * sizeof(float), err);
}

bool lsa_make(const struct count *counts, size_t count, size_t occupations, size_t terms, struct lsa *out,
	      struct error *err)
{
	struct sparse a = { count, counts, new_vectors(count, 1, err) };
	struct space s = { .occupations = occupations,
			   .terms = terms,
			   .u = new_vectors(occupations, DIRECTIONS, err),
			   .w = new_vectors(terms, DIRECTIONS, err),
			   .idf = new_vectors(terms, 1, err) };
	*out = (struct lsa){ occupations, terms, new_vectors(occupations, LSA_RANK, err),
			     new_vectors(terms, LSA_RANK, err) };
	bool ok = a.values && s.u && s.w && s.idf && out->at && out->of;
	if (ok)
		decompose(&a, &s, out);
	memory_free(a.values);
	memory_free(s.u);
	memory_free(s.w);
	memory_free(s.idf);
	return ok;
}

void lsa_free(struct lsa *l)
{
	memory_free(l->at);
	memory_free(l->of);
	*l = (struct lsa){ 0 };
}

/* ---- bytes ---- */

static float largest(const float *vector)
{
	float most = 0.0f;
	for (size_t k = 0; k < LSA_RANK; k++)
		most = fabsf(vector[k]) > most ? fabsf(vector[k]) : most;
	return most;
}

static void pack_coordinate(float coordinate, float most, struct buffer *out, struct error *err)
{
	buffer_append_byte(out, (char)lrintf(most > 0.0f ? coordinate / most * 127.0f : 0.0f), err);
}

void lsa_pack_term(const struct lsa *l, uint32_t term, struct buffer *out, struct error *err)
{
	const float *vector = l->of + (size_t)term * LSA_RANK;
	float most = largest(vector);
	uint64_t units = (uint64_t)lrintf(most * LSA_UNIT);
	if (units > 0)
		pack_number(out, units, err);
	for (size_t k = 0; units > 0 && k < LSA_RANK; k++)
		pack_coordinate(vector[k], most, out, err);
}

void lsa_pack_occupations(const struct lsa *l, struct buffer *out, struct error *err)
{
	for (size_t k = 0; k < LSA_RANK; k++)
		for (size_t o = 0; o < l->occupations; o++)
			pack_coordinate(l->at[o * LSA_RANK + k], largest(l->at + o * LSA_RANK), out, err);
}
