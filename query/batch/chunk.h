// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * chunk.h - a few rows on their way through the threads: their text, what came of each, and the bytes to write.
 *
 * Rows are copied in, for the reader reuses its memory.  All memory of a chunk is used again for the rows after the
 * next, so that a long table takes as much as a short one.
 */
#ifndef SOC_QUERY_BATCH_CHUNK_H
#define SOC_QUERY_BATCH_CHUNK_H

#include "lib/base/code.h"
#include "query/batch/decision.h"
#include "query/batch/row.h"

enum {
	CHUNK_ROWS = 64,
	CHUNK_BYTES = 1 << 17        /* of text; a single row may have more */
};

/* What came of a row, for whoever counts. */
struct row_outcome {
	struct code first;           /* the SOC code of the first candidate; empty: none */
	double confidence;           /* its own */
	enum decision decision;
	bool overridden;             /* somebody had decided it */
	size_t key;                  /* in `lines`: what it is sorted by in the review queue, and its line behind it */
	size_t key_length;
	size_t line_length;          /* 0: it is not in the queue */
};

struct chunk {
	struct batch_row rows[CHUNK_ROWS];
	struct row_outcome outcomes[CHUNK_ROWS];
	size_t ends[CHUNK_ROWS];     /* where each row's bytes end in `out` */
	size_t count;
	struct buffer out;
	struct buffer lines;         /* for the review queue */

	struct buffer text;          /* what the rows' slices point into; never moves while there are rows */
	struct slice *kept;
	size_t kept_count;
	size_t kept_capacity;
};

/* Copy a row in; *added is false where it does not fit beside those that are there. */
bool chunk_add(struct chunk *c, const struct batch_row *row, bool *added, struct error *err);
/* Forget the rows and their bytes. */
void chunk_clear(struct chunk *c);
void chunk_free(struct chunk *c);

#endif
