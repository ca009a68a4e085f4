// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * worker_pool.h - chunks of rows through several threads, and out again in the order in which they came.
 *
 * The thread that owns the pool fills chunks and gives them; whoever finishes the chunk that is next in order hands on
 * what is ready.  The owner works too, whenever all chunks are taken: `jobs` is the number of all threads, and with 1
 * there is only the owner.  Threads begin when there is work for them.
 *
 * The first error, in the order of the chunks, ends the work: what comes before it has been handed on, nothing behind.
 */
#ifndef SOC_QUERY_BATCH_WORKER_POOL_H
#define SOC_QUERY_BATCH_WORKER_POOL_H

#include "lib/soc/soc_code.h"
#include "query/batch/decision.h"
#include "query/batch/row.h"

/*
 * a few rows on their way through the threads: their text, what came of each, and the bytes to write.
 *
 * Rows are copied in, for the reader reuses its memory.  All memory of a chunk is used again for the rows after the
 * next, so that a long table takes as much as a short one.
 */

enum {
	CHUNK_ROWS = 64,
	CHUNK_BYTES = 1 << 17 /* of text; a single row may have more */
};

/* What came of a row, for whoever counts. */
struct row_outcome {
	struct code first; /* the SOC code of the first candidate; empty: none */
	double confidence; /* its own */
	enum decision decision;
	bool overridden; /* somebody had decided it */
	size_t key;      /* in `lines`: what it is sorted by in the review queue, and its line behind it */
	size_t key_length;
	size_t line_length; /* 0: it is not in the queue */
};

struct chunk {
	struct batch_row rows[CHUNK_ROWS];
	struct row_outcome outcomes[CHUNK_ROWS];
	size_t ends[CHUNK_ROWS]; /* where each row's bytes end in `out` */
	size_t count;
	struct buffer out;
	struct buffer lines; /* for the review queue */

	struct buffer text; /* what the rows' slices point into; never moves while there are rows */
	struct slice *kept;
	size_t kept_count;
	size_t kept_capacity;
};

/* Copy a row in; *added is false where it does not fit beside those that are there. */
bool chunk_add(struct chunk *c, const struct batch_row *row, bool *added, struct error *err);
/* Forget the rows and their bytes. */
void chunk_clear(struct chunk *c);
void chunk_free(struct chunk *c);

/* What the work is.  `worker` is whatever open() made for a thread, for it alone. */
struct pool_work {
	void *ctx;
	bool (*open)(void *ctx, void **worker, struct error *err);
	bool (*code)(void *worker, struct chunk *c, struct error *err);
	void (*close)(void *worker);
	bool (*hand_on)(void *ctx, struct chunk *c, struct error *err); /* one at a time, in order */
};

struct pool;

bool pool_new(size_t jobs, const struct pool_work *work, struct pool **out, struct error *err);
/* An empty chunk to fill; NULL with the error of the work. */
struct chunk *pool_take(struct pool *p, struct error *err);
/* The chunk taken last is full.  Errors come with the next pool_take() or pool_drain(). */
void pool_give(struct pool *p);
/* Wait until all that was given has been handed on. */
bool pool_drain(struct pool *p, struct error *err);
void pool_free(struct pool *p);

/* Processors that this process may run on; at least 1. */
size_t pool_processors(void);

#endif
