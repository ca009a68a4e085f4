// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * decision.h - the decision about the answer of a row: accepted, to be reviewed, or failed.
 */
#ifndef SOC_QUERY_BATCH_DECISION_H
#define SOC_QUERY_BATCH_DECISION_H

#include "lib/base/memory.h"

struct answer;

enum decision { DECISION_NONE, DECISION_ACCEPT, DECISION_REVIEW, DECISION_FAIL, DECISION_COUNT };

/* Confidences, 0 to 1: from `accept` on a row is accepted, from `review` on reviewed, below it has failed. */
struct thresholds {
	bool wanted; /* rows are marked with decisions */
	double accept;
	double review;
};

#define ACCEPT_DEFAULT 0.7
#define REVIEW_DEFAULT 0.4

/* DECISION_NONE where rows are not marked.  What is no occupation is accepted: nobody has to look for its code. */
enum decision decision_of(const struct thresholds *t, const struct answer *a);
/* "accept", "review", "fail"; "" for none. */
const char *decision_name(enum decision decision);

/* The reason of the decision: "confidence 0.551 is below 0.7; 29-1171 has 0.301".  Appended to *out. */
bool decision_reason(const struct thresholds *t, const struct answer *a, struct buffer *out, struct error *err);

#endif
