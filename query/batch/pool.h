// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * pool.h - chunks of rows through several threads, and out again in the order in which they came.
 *
 * The thread that owns the pool fills chunks and gives them; whoever finishes the chunk that is next in order hands on
 * what is ready.  The owner works too, whenever all chunks are taken: `jobs` is the number of all threads, and with 1
 * there is only the owner.  Threads begin when there is work for them.
 *
 * The first error, in the order of the chunks, ends the work: what comes before it has been handed on, nothing behind.
 */
#ifndef SOC_QUERY_BATCH_POOL_H
#define SOC_QUERY_BATCH_POOL_H

#include "query/batch/chunk.h"

/* What the work is.  `worker` is whatever open() made for a thread, for it alone. */
struct pool_work {
	void *ctx;
	bool (*open)(void *ctx, void **worker, struct error *err);
	bool (*code)(void *worker, struct chunk *c, struct error *err);
	void (*close)(void *worker);
	bool (*hand_on)(void *ctx, struct chunk *c, struct error *err);   /* one at a time, in order */
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
