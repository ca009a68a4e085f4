// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * batch_internal.h - one run over one table: what its parts share.
 *
 *   batch.c      the whole, from the options to the summary
 *   run_read.c   what goes in: rows into chunks
 *   run_code.c   what the threads do: chunks into bytes
 *   run_keep.c   what comes out, in order: written, counted, remembered
 *   run_end.c    what is made of it at the end: review queue, report, plot
 */
#ifndef SOC_QUERY_BATCH_BATCH_INTERNAL_H
#define SOC_QUERY_BATCH_BATCH_INTERNAL_H

#include <pthread.h>

#include "lib/base/progress.h"
#include "query/batch/batch.h"
#include "query/batch/checkpoint.h"
#include "query/batch/output.h"
#include "query/batch/worker_pool.h"
#include "query/batch/review.h"
#include "query/batch/input_rows.h"

struct run {
	const struct batch_options *options;
	struct soc_index *index;
	pthread_t owner; /* the thread that the index is open for */
	struct rows rows;
	struct overrides overrides;
	struct answer_cache *answer_cache;
	struct writer writer;
	struct pool *pool;
	struct chunk *chunk; /* being filled; NULL: none */
	struct progress *progress;
	uint64_t shown; /* how much of the input the progress knows of */
	double begun;   /* seconds of the clock */
	double coded;   /* when the last row was written */

	/* Of rows that are written: */
	struct output output;
	struct tally tally;
	struct evaluation gold;
	struct sorter *review; /* NULL: nobody asked for the queue */
	struct buffer resume;  /* path of the file that says how far the run is; empty: there is none */
	struct checkpoint checkpoint;
	double next_checkpoint; /* when the next one is due */
	uint64_t resumed;       /* rows of an earlier run, which are not coded again */
	struct error *err;
};

/* Seconds of a clock that only goes forward. */
double run_now(void);

/* Read the table to its end, or until the user interrupts, and see that all of it is written. */
bool run_rows(struct run *r);
/* The input has nothing to give yet: see that what there is gets written.  `ctx` is the run. */
void run_wait(void *ctx);

/* As struct pool_work wants them; `ctx` is the run. */
bool run_open_worker(void *ctx, void **out, struct error *err);
void run_close_worker(void *worker);
bool run_code(void *worker, struct chunk *c, struct error *err);
bool run_hand_on(void *ctx, struct chunk *c, struct error *err);

/* Open the output, behind what an earlier run has written where it is to be resumed.  *complete: there is nothing left
 * to do. */
bool run_open_output(struct run *r, bool *complete);
/* Remember how far the run is. */
bool run_save(struct run *r, struct error *err);
/* What a row adds to the hash of the input. */
uint64_t run_hash(uint64_t hash, const struct batch_row *row);

/* Write what was asked for besides the rows. */
bool run_end(struct run *r);

#endif
