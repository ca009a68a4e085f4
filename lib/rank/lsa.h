// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lsa.h - how near a question is to each occupation in the latent space (lib/index/lsa_format.h).
 */
#ifndef SOC_RANK_LSA_H
#define SOC_RANK_LSA_H

#include "lib/index/lsa_format.h"
#include "lib/rank/query_terms.h"

/* Zero-initialise; lsa_space_free() after use. */
struct lsa_space {
	size_t occupations;
	const signed char *at; /* as stored: by direction, and there by occupation */
	float *scales;         /* by occupation: what brings it to the distance 1 */
	float *cosines;        /* of the last question, by occupation */
	bool loaded;           /* false also where the index has none */
};

/* Load what the index has; cheap the second time.  ERROR_DAMAGED where it is not of this index's occupations. */
bool lsa_load(struct lsa_space *l, struct soc_index *index, struct error *err);
void lsa_space_free(struct lsa_space *l);

/* Where a question lies: the sum of its terms; synonyms stand for words of it.  Returns its length; 0 where no term of
 * it has a place. */
float lsa_fold_in(const struct query *q, float place[LSA_RANK]);

/* What one term adds to the place of a question in which it counts so much, and the product of a place and that of an
 * occupation: by the length of the question, the cosine. */
void lsa_add_term(const struct query_term *t, float count, float place[LSA_RANK]);
float lsa_product(const struct lsa_space *l, const float place[LSA_RANK], size_t occupation);

/* Where an occupation lies, before its scale; and the product of that and of what one term adds: for whoever asks for the terms
 * of a question one by one. */
void lsa_find(const struct lsa_space *l, size_t occupation, float place[LSA_RANK]);
float lsa_term_product(const struct query_term *t, float count, const float place[LSA_RANK]);

/* The cosine between the question and every occupation, into l->cosines.  False where the question or the index has no place: then nothing is
 * written. */
bool lsa_project(struct lsa_space *l, const struct query *q);

#endif
