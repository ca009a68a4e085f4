// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * matched_title.h - for each candidate of an answer the title of its occupation that is most like the job's.
 */
#ifndef SOC_QUERY_BATCH_MATCHED_TITLE_H
#define SOC_QUERY_BATCH_MATCHED_TITLE_H

#include "query/batch/answer.h"
#include "query/batch/job_key.h"

struct matched_title {
	struct slice title; /* empty: none has a word of the job's title */
	const char *kind;   /* "alternate_title" */
	const char *source; /* "O*NET 30.1"; borrowed from the index */
	bool exact;         /* it has the words of the job's title, in their order */
};

struct matched_titles;

/* Of one thread; borrows the index. */
bool matched_titles_new(struct soc_index *index, struct matched_titles **out, struct error *err);
void matched_titles_free(struct matched_titles *m);

/* Find those of an answer, at most `top`, and put them into it; they last until the next call. */
bool matched_titles_find(struct matched_titles *m, const struct batch_job *job, size_t top, struct answer *answer,
			 struct error *err);

#endif
