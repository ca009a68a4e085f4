// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * checkpoint.h - how far a run has come: a small file OUTPUT.resume beside its output, until it is complete.
 *
 * It holds how many rows and bytes of the output are complete, and the counts up to there; a run that is resumed cuts
 * off what the output has beyond, and makes it again, to the same bytes.  No text of a job is in it.  It is replaced
 * as a whole, so that there is always a valid one, and it is on the disk before anything relies on it.
 */
#ifndef SOC_QUERY_BATCH_CHECKPOINT_H
#define SOC_QUERY_BATCH_CHECKPOINT_H

#include "query/batch/evaluation.h"
#include "query/batch/external_sort.h"
#include "query/batch/tally.h"

struct checkpoint {
	uint64_t fingerprint; /* of all that decides the output: options, columns, index */
	uint64_t rows;
	uint64_t bytes;
	uint64_t input; /* hash of these rows of the input */
};

/* Evaluation and review may be NULL; the review queue must be flushed. */
bool checkpoint_save(const char *path, const struct checkpoint *c, const struct tally *tally,
		     struct evaluation *evaluation, const struct external_sort *review, struct error *err);
/* ERROR_INPUT where it is malformed, or has another fingerprint than *c. */
bool checkpoint_load(const char *path, struct checkpoint *c, struct tally *tally, struct evaluation *evaluation,
		     struct external_sort *review, struct error *err);

#endif
