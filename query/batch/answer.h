// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * answer.h - what is said to one job, apart from how it was found out and how it is written.
 */
#ifndef SOC_QUERY_BATCH_ANSWER_H
#define SOC_QUERY_BATCH_ANSWER_H

#include "lib/index/open_index.h"
#include "lib/rank/rank.h"

struct override;

struct answer_candidate {
	struct code code;    /* the best O*NET-SOC code under `soc` */
	struct code soc;     /* at the level of the answer */
	struct slice title;  /* of `code`; borrowed from an index that outlives the run */
	uint32_t occupation; /* its number in the index */
	double score;
	double confidence;
};

/* A candidate of a ranking as it is given out; its title borrows from the index. */
static inline struct answer_candidate answer_candidate_of(const struct soc_index *index, enum code_level level,
							  const struct candidate *c)
{
	const struct entry *e = &index->entries[c->occupation];
	return (struct answer_candidate){ .code = e->code,
					  .soc = level < LEVEL_SOC ? c->code : code_soc(&e->code),
					  .title = e->title,
					  .occupation = (uint32_t)c->occupation,
					  .score = c->score,
					  .confidence = c->confidence };
}

struct answer {
	struct answer_candidate *at; /* best first */
	size_t count;                /* may be more than are written */
	enum code_level level;
	const char *note;               /* why there is no candidate; NULL where there is one */
	const struct override *decided; /* somebody had decided it; NULL: it was ranked */
};

#endif
