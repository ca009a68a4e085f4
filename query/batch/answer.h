// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * answer.h - what is said to one job, apart from how it was found out and how it is written.
 */
#ifndef SOC_QUERY_BATCH_ANSWER_H
#define SOC_QUERY_BATCH_ANSWER_H

#include "lib/base/code.h"

struct override;

struct answer_candidate {
	struct code code;            /* the best O*NET-SOC code under `soc` */
	struct code soc;             /* at the level of the answer */
	struct slice title;          /* of `code`; borrowed from an index that outlives the run */
	uint32_t occupation;         /* its number in the index */
	double score;
	double confidence;
};

struct answer {
	struct answer_candidate *at;       /* best first */
	size_t count;                      /* may be more than are written */
	enum code_level level;
	const char *note;                  /* why there is no candidate; NULL where there is one */
	const struct override *decided;    /* somebody had decided it; NULL: it was ranked */
};

#endif
