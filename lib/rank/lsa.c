// SPDX-License-Identifier: GPL-3.0-or-later
/* lsa.c - folds a query into the latent space and compares it with every occupation. */
#include <math.h>

#include "lib/rank/lsa.h"
#include "lib/rank/simd.h"

/* ---- occupations ---- */

/* The scale of each vector of bytes: its inverse norm. */
static void compute_scales(struct lsa_space *l)
{
	for (size_t k = 0; k < LSA_RANK; k++)
		for (size_t o = 0; o < l->occupations; o++) {
			float coordinate = (float)l->at[k * l->occupations + o];
			l->scales[o] += coordinate * coordinate;
		}
	for (size_t o = 0; o < l->occupations; o++)
		l->scales[o] = l->scales[o] > 0.0f ? 1.0f / sqrtf(l->scales[o]) : 0.0f;
}

bool lsa_load(struct lsa_space *l, struct soc_index *index, struct error *err)
{
	struct slice vectors;
	if (l->loaded)
		return true;
	if (!index_file_part(&index->file, PART_LSA, &vectors, err))
		return false;
	if (vectors.length == 0)
		return true;
	if (vectors.length != index->count * LSA_RANK)
		return error_set(err, ERROR_DAMAGED, "run soc-index verify FILE.soc, and build the index anew",
				 "the latent space of the index is malformed");
	lsa_space_free(l);
	l->occupations = index->count;
	l->at = (const signed char *)vectors.at;
	l->scales = memory_new(l->occupations * sizeof *l->scales, err);
	l->cosines = memory_new(l->occupations * sizeof *l->cosines, err);
	if (!l->scales || !l->cosines)
		return false;
	compute_scales(l);
	l->loaded = true;
	return true;
}

void lsa_space_free(struct lsa_space *l)
{
	memory_free(l->scales);
	memory_free(l->cosines);
	*l = (struct lsa_space){ 0 };
}

/* ---- a query ---- */

void lsa_add_term(const struct query_term *t, float count, float vector[LSA_RANK])
{
	struct unpack u = unpack_begin(t->sections[SECTION_LSA]);
	float most = (float)unpack_number(&u);
	if (u.bad || u.end - u.at != LSA_RANK)
		return;
	float scale = count * most / (LSA_UNIT * 127.0f);
	const signed char *bytes = (const signed char *)u.at;
	for (size_t k = 0; k < LSA_RANK; k++)
		vector[k] += scale * (float)bytes[k];
}

float lsa_fold_in(const struct query *q, float vector[LSA_RANK])
{
	float squares = 0.0f;
	memset(vector, 0, LSA_RANK * sizeof *vector);
	for (size_t i = 0; i < q->count; i++)
		lsa_add_term(&q->terms[i], sqrtf(q->terms[i].count), vector);
	for (size_t i = 0; i < q->extra_count; i++)
		lsa_add_term(&q->extras[i], q->extras[i].count, vector);
	for (size_t k = 0; k < LSA_RANK; k++)
		squares += vector[k] * vector[k];
	return sqrtf(squares);
}

float lsa_product(const struct lsa_space *l, const float vector[LSA_RANK], size_t occupation)
{
	float sum = 0.0f;
	for (size_t k = 0; k < LSA_RANK; k++)
		sum += vector[k] * (float)l->at[k * l->occupations + occupation];
	return sum * l->scales[occupation];
}

void lsa_find(const struct lsa_space *l, size_t occupation, float vector[LSA_RANK])
{
	for (size_t k = 0; k < LSA_RANK; k++)
		vector[k] = (float)l->at[k * l->occupations + occupation];
}

float lsa_term_product(const struct query_term *t, float count, const float vector[LSA_RANK])
{
	float term[LSA_RANK] = { 0.0f }, sum = 0.0f;
	lsa_add_term(t, count, term);
	for (size_t k = 0; k < LSA_RANK; k++)
		sum += term[k] * vector[k];
	return sum;
}

bool lsa_project(struct lsa_space *l, const struct query *q)
{
	float vector[LSA_RANK], length = lsa_fold_in(q, vector);
	if (!l->loaded || !(length > 0.0f))
		return false;
	memset(l->cosines, 0, l->occupations * sizeof *l->cosines);
	for (size_t k = 0; k < LSA_RANK; k++)
		vector_add_bytes(l->cosines, l->at + k * l->occupations, l->occupations, vector[k] / length);
	for (size_t o = 0; o < l->occupations; o++)
		l->cosines[o] *= l->scales[o];
	return true;
}
