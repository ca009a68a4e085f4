// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * dialogue.h - settles a job by questions: a ranking, a question, its answer, the ranking of what the answer leaves.
 *
 * Where the job does not say what field the work is in ("Team Leader"), that is asked first: the major groups by how
 * likely they are, in plain words.  Then which of the codes that are left is nearest, by a task of each that tells it from
 * the others.  So there are two questions at most, and one more where the field was none of those offered; where the first code
 * is sure enough, there is none.
 */
#ifndef SOC_QUERY_ENGINE_DIALOGUE_H
#define SOC_QUERY_ENGINE_DIALOGUE_H

#include "query/engine/clarifying_question.h"

#define DIALOGUE_OPTIONS 6       /* at most so many to choose from */
#define DIALOGUE_FIELDS_ASKED 2  /* the field is asked for so often, where it was none of those offered */
#define DIALOGUE_FIELD_CLEAR 0.8 /* so likely, a major group is not asked for ... */
#define DIALOGUE_FIELD_MIN 0.005 /* ... and less likely ones are no option */

enum dialogue_kind {
	DIALOGUE_DONE,  /* the first code is sure enough, or everything was asked */
	DIALOGUE_FIELD, /* options are major groups */
	DIALOGUE_CODE   /* options are codes */
};

struct dialogue_option {
	struct code code;
	struct slice words;     /* what the field is about in plain words, or the title of the code */
	struct slice statement; /* of a code: a task that tells it from the others; may be empty */
	double confidence;
};

struct dialogue_step {
	enum dialogue_kind kind;
	struct dialogue_option at[DIALOGUE_OPTIONS];
	size_t count;
	struct ranking ranking; /* of SOC codes, as far as it is known now; until the next call */
};

struct dialogue {
	struct session *session;     /* borrowed */
	struct ranker *ranker;       /* borrowed */
	struct job job;              /* borrowed */
	struct rank_options options; /* how it is ranked; `allow` is the dialogue's own */
	unsigned char *allow;        /* by occupation: what the answers leave; in the arena of the session */
	unsigned fields_asked;
	bool code_asked;
};

/* Begin; what `options` allow is copied.  False with ERROR_MEMORY in the session. */
bool dialogue_begin(struct dialogue *d, struct session *s, struct ranker *ranker, const struct job *job,
		    const struct rank_options *options);

/* Rank what is left, and find what to ask next.  False with an error in the session. */
bool dialogue_next(struct dialogue *d, struct dialogue_step *out);

/* Answer the question of a step by the number of an option; step->count: none of them. */
void dialogue_answer(struct dialogue *d, const struct dialogue_step *step, size_t option);

/* The major groups for a job by how likely they are: at most DIALOGUE_OPTIONS; *count is 0 where one is clear.  Uses the ranker:
 * its last ranking ends. */
bool dialogue_fields(struct session *s, struct ranker *ranker, const struct job *job,
		     const struct rank_options *options, struct dialogue_option *out, size_t *count);

#endif
