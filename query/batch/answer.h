// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * answer.h - what is said to one job, apart from how it was found out and how it is written.
 */
#ifndef SOC_QUERY_BATCH_ANSWER_H
#define SOC_QUERY_BATCH_ANSWER_H

#include "lib/text/not_occupation.h"
#include "query/engine/job_ranking.h"

struct override;
struct matched_title;

struct answer {
	struct answer_candidate *at; /* best first */
	size_t count;                /* may be more than are written */
	enum code_level level;
	enum not_occupation not_occupation;  /* the job says that it is none: there is no candidate */
	const char *note;                    /* why there is no candidate, or no confidence in them; else NULL */
	const struct matched_title *matched; /* by candidate; NULL: nobody asked */
	const struct override *decided;      /* somebody had decided it; NULL: it was ranked */
};

#endif
