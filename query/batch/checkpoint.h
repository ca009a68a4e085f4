// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * checkpoint.h - how far a run has come: a small file OUTPUT.resume beside its output, until it is complete.
 *
 * It says how many rows and bytes of the output are whole, and what was counted up to there; whatever the output has
 * beyond is cut off and made again, to the same bytes.  No text of a job is in it.  It is replaced as a whole, so that
 * there is always one that is true, and it is on the disk before anything relies on it.
 */
#ifndef SOC_QUERY_BATCH_CHECKPOINT_H
#define SOC_QUERY_BATCH_CHECKPOINT_H

#include "query/batch/evaluation.h"
#include "query/batch/external_sort.h"
#include "query/batch/tally.h"

struct checkpoint {
	uint64_t fingerprint; /* of all that shapes the output: options, columns, index */
	uint64_t rows;
	uint64_t bytes;
	uint64_t input; /* hash of these rows of the input */
};

/* The path of the file, NUL-terminated in `out`; and whether it is there. */
bool checkpoint_path(const char *output, struct buffer *out, struct error *err);
bool checkpoint_exists(const char *path);

/* Gold and review may be NULL; what the sorter has in memory must be flushed. */
bool checkpoint_save(const char *path, const struct checkpoint *c, const struct tally *tally,
		     const struct evaluation *gold, const struct sorter *review, struct error *err);
/* ERROR_INPUT where it is malformed, or has another fingerprint than *c. */
bool checkpoint_load(const char *path, struct checkpoint *c, struct tally *tally, struct evaluation *gold,
		     struct sorter *review, struct error *err);
void checkpoint_remove(const char *path);

#endif
