// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * clarifying_question.h - which question would decide between the leading candidates, where the answer is not sure.
 *
 * What tells a candidate from its rivals is worked out by words: a word is worth to an occupation
 *
 *     ln(1 + how often its descriptions and tasks have the word) x ln(1 + codes / codes that have the word)
 *
 * and tells as much as that exceeds what it is worth to the rival that has most of it.  The most telling statement is
 * the task with the largest sum over its words, divided by the square root of their number.  Only few tasks of each are
 * weighed so; which, is found by the same sum with the words of the tasks alone.
 */
#ifndef SOC_QUERY_ENGINE_CLARIFYING_QUESTION_H
#define SOC_QUERY_ENGINE_CLARIFYING_QUESTION_H

#include "lib/index/open_index.h"
#include "lib/rank/rank.h"

#define QUESTION_SURE 0.7     /* so confident in the first, there is nothing to ask */
#define QUESTION_NEAR 0.2     /* so much of the first's confidence makes a rival */
#define QUESTION_CANDIDATES 3 /* so many at most are told apart */
#define QUESTION_WORDS 4      /* so many words at most for each */

/* What tells one candidate from the others. */
struct question_candidate {
	const struct candidate *candidate;
	struct occupation record;           /* of its best occupation */
	struct evidence statement;          /* a task; a description where no task is known */
	struct slice words[QUESTION_WORDS]; /* folded, not stemmed; the most telling first */
	size_t word_count;
};

struct clarifying_question {
	struct question_candidate at[QUESTION_CANDIDATES]; /* in the order of the ranking */
	size_t count;                                      /* 0: the answer is sure, or nothing tells them apart */
};

/* Find what to ask.  The ranking must begin with its first candidate; *out borrows it, and everything else lives in
 * `arena`.  Costs nothing where the answer is sure. */
bool clarifying_question_find(struct soc_index *index, const struct ranking *ranking, struct arena *arena,
			      struct clarifying_question *out, struct error *err);

#endif
