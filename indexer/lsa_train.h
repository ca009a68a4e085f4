// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lsa_train.h - the LSA vectors (lib/index/lsa_format.h) from the counts of terms by occupation.
 *
 * The singular value decomposition is the randomised one of Halko, Martinsson and Tropp (2011), with power iterations,
 * from numbers that are always the same: the same counts give the same bytes.
 */
#ifndef SOC_INDEXER_LSA_TRAIN_H
#define SOC_INDEXER_LSA_TRAIN_H

#include "lib/base/memory.h"

/* One key in one occupation: how much it weighs there. */
struct count {
	uint32_t key;
	uint32_t occupation;
	float weight;
};

struct lsa {
	size_t occupations;
	size_t terms;
	float *at; /* by occupation: LSA_RANK coordinates */
	float *of; /* by term: as many; all 0 where the term stands in fewer than two occupations */
};

/* Make the space of `count` counts, ordered by occupation; keys are terms, from 0 to `terms`.  lsa_free() after use,
 * also after failure. */
bool lsa_make(const struct count *counts, size_t count, size_t occupations, size_t terms, struct lsa *out,
	      struct error *err);
void lsa_free(struct lsa *l);

/* Append what is stored of a term (nothing where it has no place), and of all occupations. */
void lsa_pack_term(const struct lsa *l, uint32_t term, struct buffer *out, struct error *err);
void lsa_pack_occupations(const struct lsa *l, struct buffer *out, struct error *err);

#endif
