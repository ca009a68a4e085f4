// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lsa.h - how near a question is to each occupation in the latent space (lib/index/lsa_format.h).
 */
#ifndef SOC_RANK_LSA_H
#define SOC_RANK_LSA_H

#include "lib/index/lsa_format.h"
#include "lib/rank/query_terms.h"

/* Zero-initialise; latent_space_free() after use. */
struct latent_space {
	size_t occupations;
	const signed char *at; /* as stored: by direction, and there by occupation */
	float *scales;         /* by occupation: what brings it to the distance 1 */
	float *cosines;        /* of the last question, by occupation */
	bool loaded;           /* false also where the index has none */
};

/* Load what the index has; cheap the second time.  ERROR_DAMAGED where it is not of this index's occupations. */
bool latent_load(struct latent_space *l, struct soc_index *index, struct error *err);
void latent_space_free(struct latent_space *l);

/* Where a question lies: the sum of its terms; synonyms stand for words of it.  Returns its length; 0 where no term of
 * it has a place. */
float latent_place(const struct question *q, float place[LATENT_RANK]);

/* What one term adds to the place of a question in which it counts so much, and the product of a place and that of an
 * occupation: by the length of the question, the cosine. */
void latent_add_term(const struct query_term *t, float count, float place[LATENT_RANK]);
float latent_product(const struct latent_space *l, const float place[LATENT_RANK], size_t occupation);

/* Where an occupation lies, before its scale; and the product of that and of what one term adds: for whoever asks for the terms
 * of a question one by one. */
void latent_find(const struct latent_space *l, size_t occupation, float place[LATENT_RANK]);
float latent_term_product(const struct query_term *t, float count, const float place[LATENT_RANK]);

/* The cosine between the question and every occupation, into l->cosines.  False where the question or the index has no place: then nothing is
 * written. */
bool latent_ask(struct latent_space *l, const struct question *q);

#endif
