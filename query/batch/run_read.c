// SPDX-License-Identifier: GPL-3.0-or-later
#include <inttypes.h>

#include "query/batch/run.h"

volatile int batch_interrupted;

static void give_chunk(struct run *r)
{
	if (!r->chunk || r->chunk->count == 0)
		return;
	pool_give(r->pool);
	r->chunk = NULL;
}

void run_wait(void *ctx)
{
	struct run *r = ctx;
	struct error ignored = { 0 };       /* it comes again with the next chunk */
	if (!r->pool)
		return;
	give_chunk(r);
	pool_drain(r->pool, &ignored);
}

static bool give_row(struct run *r, const struct batch_row *row)
{
	bool added = false;
	while (!added) {
		if (!r->chunk)
			r->chunk = pool_take(r->pool, r->err);
		if (!r->chunk || !chunk_add(r->chunk, row, &added, r->err))
			return false;
		if (!added || r->chunk->count == CHUNK_ROWS)
			give_chunk(r);
	}
	return true;
}

static bool other_input(struct run *r)
{
	return error_set(r->err, ERROR_INPUT, "give the input of the run that is to be resumed, or remove the output to "
			 "begin anew", "the input is not the one of which %" PRIu64 " rows are coded", r->resumed);
}

/* A row that an earlier run has written: only that it is the same is seen to. */
static bool skip_row(struct run *r, const struct batch_row *row, uint64_t *hash)
{
	*hash = run_hash(*hash, row);
	return row->number < r->resumed || *hash == r->checkpoint.input || other_input(r);
}

static void show_progress(struct run *r)
{
	uint64_t at = rows_position(&r->rows);
	progress_rows(r->progress, at - r->shown, 1);
	r->shown = at;
}

static bool read_rows(struct run *r)
{
	struct batch_row row;
	uint64_t hash = 0, last = 0;
	while (!batch_interrupted) {
		switch (rows_next(&r->rows, &row, r->err)) {
		case TABLE_ROW:
			last = row.number;
			if (!(last <= r->resumed ? skip_row(r, &row, &hash) : give_row(r, &row)))
				return false;
			show_progress(r);
			break;
		case TABLE_END:
			return last >= r->resumed || other_input(r);
		case TABLE_FAILED:
			return false;
		}
	}
	return true;
}

static bool stopped(struct run *r)
{
	if (!batch_interrupted)
		return false;
	error_clear(r->err);
	error_set(r->err, ERROR_STOPPED, r->resume.length ? "the same command with --resume goes on from there"
			  : "a run with --output FILE can be resumed", "interrupted after %" PRIu64 " rows",
		  r->tally.rows);
	return true;
}

/* Whatever ends the reading, the rows in hand are finished, unless that is what failed. */
bool run_rows(struct run *r)
{
	struct error late = { 0 };
	progress_begin(r->progress, "coding", r->rows.size);
	bool ok = read_rows(r);
	give_chunk(r);
	if (!pool_drain(r->pool, &late) && r->err->code == ERROR_NONE)
		*r->err = late;
	progress_hide(r->progress);
	r->coded = run_now();
	return !stopped(r) && ok && late.code == ERROR_NONE;
}
