// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * validation.h - how sure the answers of an index can be of titles: measured while it is built.
 *
 * One title in HELD_OUT_PART is held out, a second index is made of the rest, and ranks those held out.  From
 * whether its first answers are right, the confidence for titles is learned (lib/rank/calibration.h).
 */
#ifndef SOC_INDEXER_VALIDATION_H
#define SOC_INDEXER_VALIDATION_H

#include "indexer/collect.h"
#include "lib/rank/calibration.h"

#define HELD_OUT_PART 20
/* An index with fewer titles held out says nothing of itself; of more, so many are ranked. */
#define HELD_OUT_MIN 300
#define HELD_OUT_MAX 4000

struct validation {
	size_t titles;           /* ranked; 0: too few, and nothing else is known */
	double at1, at5, at10;   /* the share with a right code among the first 1, 5, 10 */
	double error;            /* expected calibration error, each half of the titles by the line of the other */
	struct calibration line; /* learned from all */
};

/* Measure; what is needed on disk goes beside `target` and is removed. */
bool validation_measure(const struct collected *g, const char *target, struct validation *out, struct error *err);

#endif
