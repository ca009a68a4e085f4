// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * decision.c - the decision about a row by its confidence, and its reason in words.
 */
#include <math.h>

#include "query/batch/decision.h"
#include "query/batch/answer.h"
#include "query/batch/overrides.h"

/* A second candidate with this share of the confidence of the first is named. */
#define RIVAL_SHARE (2.0 / 3.0)

enum decision decision_of(const struct thresholds *t, const struct answer *a)
{
	if (!t->wanted)
		return DECISION_NONE;
	if (a->decided || a->not_occupation)
		return DECISION_ACCEPT;
	if (a->count == 0)
		return DECISION_FAIL;
	if (a->at[0].confidence >= t->accept)
		return DECISION_ACCEPT;
	return a->at[0].confidence >= t->review ? DECISION_REVIEW : DECISION_FAIL;
}

const char *decision_name(enum decision decision)
{
	static const char *const names[DECISION_COUNT] = { "", "accept", "review", "fail" };
	return names[decision];
}

/* Three digits, rounded down: no reason says that a threshold was reached that was not. */
static double three_digits(double confidence)
{
	return floor(confidence * 1000.0) / 1000.0;
}

bool decision_reason(const struct thresholds *t, const struct answer *a, struct buffer *out, struct error *err)
{
	if (a->decided)
		return override_describe(a->decided, out, err);
	if (a->count == 0)
		return buffer_append_text(out, a->note ? a->note : "no candidate", err);
	double confidence = a->at[0].confidence;
	bool accepted = confidence >= t->accept;
	if (!buffer_printf(out, err, "confidence %.3f is %s %g", three_digits(confidence),
			   accepted ? "at least" : "below",
			   accepted || confidence >= t->review ? t->accept : t->review))
		return false;
	if (accepted || a->count < 2 || a->at[1].confidence < RIVAL_SHARE * confidence)
		return true;
	return buffer_printf(out, err, "; %s has %.3f", a->at[1].soc.text, three_digits(a->at[1].confidence));
}
