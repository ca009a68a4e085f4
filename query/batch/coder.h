// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * coder.h - the border between a batch and the ranking: a job in, an answer out.
 *
 * Nothing else in this folder ranks.  A coder serves one thread; what several share is only read, but for the memo.
 */
#ifndef SOC_QUERY_BATCH_CODER_H
#define SOC_QUERY_BATCH_CODER_H

#include "lib/rank/rank.h"
#include "query/batch/answer.h"
#include "query/batch/answer_cache.h"
#include "query/batch/overrides.h"
#include "query/batch/row.h"
#include "query/engine/other_codes.h"

struct coder_options {
	enum code_level level;
	bool automatic;                    /* the level is chosen row by row */
	size_t top;                        /* candidates at most */
	unsigned expand;                   /* EXPAND_... */
	const struct overrides *overrides; /* NULL: none */
	struct answer_cache *answer_cache; /* NULL: every job is ranked */
	const struct other_code
		*fold; /* by occupation: candidates are those of this classification; NULL: of the index */
	bool matched;  /* the title that matched is found for each candidate */
};

struct coder;

/* The index is borrowed and must outlive all answers. */
bool coder_new(struct soc_index *index, const struct coder_options *options, struct coder **out, struct error *err);
void coder_free(struct coder *k);

/* Answer one job; the answer lasts until the next call. */
bool coder_answer(struct coder *k, const struct batch_job *job, struct answer *out, struct error *err);

#endif
