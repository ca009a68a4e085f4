// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * job_ranking.h - the candidates of a ranking as they are given out: by the library, and by a batch for each of its
 * rows.
 */
#ifndef SOC_QUERY_ENGINE_JOB_RANKING_H
#define SOC_QUERY_ENGINE_JOB_RANKING_H

#include "lib/index/open_index.h"
#include "lib/rank/rank.h"

#define JOB_LENGTH_MAX (64u << 20) /* bytes of title and text: positions in them have 32 bits */

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

#endif
