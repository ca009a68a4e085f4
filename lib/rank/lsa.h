// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lsa.h - the cosine of a query and each occupation in the latent space (lib/index/lsa_format.h).
 */
#ifndef SOC_RANK_LSA_H
#define SOC_RANK_LSA_H

#include "lib/index/lsa_format.h"
#include "lib/rank/query_terms.h"

/* Zero-initialise; lsa_space_free() after use. */
struct lsa_space {
	size_t occupations;
	const signed char *at; /* as stored: by direction, and there by occupation */
	float *scales;         /* by occupation: 1 / the norm of its vector */
	float *cosines;        /* of the last query, by occupation */
	bool loaded;           /* false also where the index has none */
};

/* Load what the index has; cheap the second time.  ERROR_DAMAGED where it is not of this index's occupations. */
bool lsa_load(struct lsa_space *l, struct soc_index *index, struct error *err);
void lsa_space_free(struct lsa_space *l);

/* The vector of a query: the sum of its terms' and synonyms'.  Returns its norm; 0 where no term has a vector. */
float lsa_fold_in(const struct query *q, float vector[LSA_RANK]);

/* Add the vector of a term, times its count in the query; and the dot product with the unit vector of an occupation, which is the
 * cosine times the norm of the query. */
void lsa_add_term(const struct query_term *t, float count, float vector[LSA_RANK]);
float lsa_product(const struct lsa_space *l, const float vector[LSA_RANK], size_t occupation);

/* The vector of an occupation, before its scale; and its dot product with what one term adds: to explain the terms of a query one
 * by one. */
void lsa_find(const struct lsa_space *l, size_t occupation, float vector[LSA_RANK]);
float lsa_term_product(const struct query_term *t, float count, const float vector[LSA_RANK]);

/* The cosine of the query and every occupation, into l->cosines.  False, and nothing is written, where the query or the index has
 * no vectors. */
bool lsa_project(struct lsa_space *l, const struct query *q);

#endif
