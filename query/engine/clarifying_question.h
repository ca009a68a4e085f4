// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * clarifying_question.h - which question would decide between the leading candidates, where the answer is not sure.
 *
 * What tells a candidate from its rivals is worked out by terms and statements as term_stats.h says.  Only few tasks of
 * each are looked up in the index so; which, is found by the same sum with the terms of the tasks alone.
 */
#ifndef SOC_QUERY_ENGINE_CLARIFYING_QUESTION_H
#define SOC_QUERY_ENGINE_CLARIFYING_QUESTION_H

#include "lib/rank/rank.h"
#include "query/engine/session.h"

#define QUESTION_SURE 0.7     /* so confident in the first, there is nothing to ask */
#define QUESTION_NEAR 0.2     /* so much of the first's confidence makes a rival, where no more is asked for ... */
#define QUESTION_FEW 3        /* ... and so many at most are told apart */
#define QUESTION_CANDIDATES 6 /* so many can be */
#define QUESTION_WORDS 4      /* so many words at most for each */

/* What tells one candidate from the others. */
struct question_candidate {
	const struct candidate *candidate;
	const struct occupation *record;    /* of its best occupation */
	struct evidence statement;          /* a task; a description where no task is known */
	struct slice words[QUESTION_WORDS]; /* folded, not stemmed; the most telling first */
	size_t word_count;
};

struct clarifying_question {
	struct question_candidate at[QUESTION_CANDIDATES]; /* in the order of the ranking */
	size_t count;                                      /* 0: the answer is sure, or nothing tells them apart */
};

/* Find what to ask about at most `most` candidates that have at least `near` of the first's confidence.  The ranking must
 * begin with its first candidate; *out borrows it, and everything else lives in s->arena.  Costs nothing where the answer
 * is sure. */
bool clarifying_question_find(struct session *s, const struct ranking *ranking, size_t most, double near,
			      struct clarifying_question *out);

#endif
