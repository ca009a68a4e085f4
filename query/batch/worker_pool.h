// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * worker_pool.h - chunks of rows through several threads, and out again in the order in which they came.
 *
 * The thread that owns the pool adds rows, which fill chunks; the thread that finishes the chunk that is next in order
 * delivers it, and those behind it that are done.  The owner works too, whenever all chunks are taken: `jobs` is the
 * number of all threads, and with 1 there is only the owner.  Threads are started when there is work for them.
 *
 * The first error, in the order of the chunks, ends the work: the chunks before it are delivered, none behind it.
 */
#ifndef SOC_QUERY_BATCH_WORKER_POOL_H
#define SOC_QUERY_BATCH_WORKER_POOL_H

#include "lib/soc/soc_code.h"
#include "query/batch/decision.h"
#include "query/batch/row.h"

struct override;

enum {
	CHUNK_ROWS = 64,
	CHUNK_BYTES = 1 << 17 /* of text; a single row may have more */
};

/* The result of a row, for tally, evaluation and review queue. */
struct row_outcome {
	struct code first; /* the SOC code of the first candidate; empty: none */
	double confidence; /* its own */
	enum decision decision;
	const struct override *decided; /* an override decided it; NULL: none */
	bool not_occupation;
	size_t key; /* offset in `lines`: its sort key in the review queue, and its line behind the key */
	size_t key_length;
	size_t line_length; /* 0: it is not in the queue */
};

/* A few rows with their text, their results and the bytes to write.  Rows are copied in, for the reader reuses its
 * memory; chunks are reused, so that a long table takes as much memory as a short one. */
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

/* What is done with chunks.  `worker` is what open() makes for one thread, for it alone; `owner` says whether that is the
 * thread of worker_pool_new(). */
struct worker_pool_work {
	void *ctx;
	bool (*open)(void *ctx, bool owner, void **worker, struct error *err);
	bool (*work)(void *worker, struct chunk *c, struct error *err);
	void (*close)(void *worker);
	bool (*deliver)(void *ctx, struct chunk *c, struct error *err); /* one at a time, in order */
};

struct worker_pool;

bool worker_pool_new(size_t jobs, const struct worker_pool_work *work, struct worker_pool **out, struct error *err);
/* Add a row, which is copied.  False with the error of the work, or ERROR_MEMORY. */
bool worker_pool_add(struct worker_pool *p, const struct batch_row *row, struct error *err);
/* Wait until all rows that were added are delivered; false with the error of the work. */
bool worker_pool_drain(struct worker_pool *p, struct error *err);
void worker_pool_free(struct worker_pool *p);

/* Processors that this process may run on; at least 1. */
size_t worker_pool_processors(void);

#endif
