// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>
#include <time.h>

#include "query/batch/run.h"

/* Memory for answers to repeated jobs, and for rows to be reviewed before they go to the disk. */
#define MEMO_BYTES (24u << 20)
#define REVIEW_BYTES (16u << 20)

double run_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- beginning ---- */

static bool read_overrides(struct run *r)
{
	const struct batch_options *b = r->options;
	if (!b->overrides)
		return true;
	if (!overrides_read(b->overrides, r->index, &r->overrides, r->err))
		return false;
	if (b->quiet)
		return true;
	fprintf(stderr, "soc: %zu decisions from %s", r->overrides.keys.count, b->overrides);
	if (r->overrides.open)
		fprintf(stderr, ", %zu rows are still open", r->overrides.open);
	if (r->overrides.changed)
		fprintf(stderr, ", %zu changed by later rows", r->overrides.changed);
	fputc('\n', stderr);
	return true;
}

/* In JSON Lines the id is the number of the row unless --id names a column. */
static bool choose_columns(struct run *r)
{
	struct writer_options writer = r->options->writer;
	if (!rows_choose(&r->rows, r->options->columns, writer.keep, r->err))
		return false;
	bool number = writer.format == FORMAT_JSONL && r->rows.columns.guessed[COLUMN_ID];
	if (!r->options->quiet)
		columns_tell(&r->rows.columns, r->rows.table, number);
	writer.with_id = r->rows.with_id && !number;
	writer.columns = r->rows.names;
	writer.column_count = writer.keep ? r->rows.name_count : 0;
	return writer_init(&r->writer, &writer, r->err);
}

static bool begin_review(struct run *r)
{
	const struct sorter_options options = { .beside = r->options->review_file, .combine = review_combine,
						.memory = REVIEW_BYTES, .named = r->options->output != NULL };
	return !r->options->review_file || sorter_new(&options, &r->review, r->err);
}

static bool begin(struct run *r, bool *nothing, bool *complete)
{
	const struct pool_work work = { r, run_open_worker, run_code, run_close_worker, run_hand_on };
	if (!read_overrides(r) || !rows_open(r->options->input, run_wait, r, &r->rows, r->err))
		return false;
	*nothing = r->rows.empty;
	return *nothing || (choose_columns(r) && begin_review(r) &&
			    memo_new(MEMO_BYTES, r->options->coder.top, &r->memo, r->err) && run_open_output(r, complete) &&
			    pool_new(r->options->jobs, &work, &r->pool, r->err));
}

/* ---- ending ---- */

/* Where it is unfinished, what is whole is remembered as far as that can be done. */
static bool finish(struct run *r, bool ok)
{
	struct error ignored = { 0 };
	ok = ok && run_save(r, r->err) && run_end(r);
	if (!ok && r->pool)
		run_save(r, &ignored);
	return ok;
}

static void tell(struct run *r)
{
	r->tally.converted = r->rows.converted;
	tally_print(stderr, &r->tally, &r->options->writer.thresholds, r->coded - r->begun);
	if (r->options->columns[COLUMN_GOLD].name)
		gold_print(stderr, &r->gold, r->index, r->err);
}

static void free_run(struct run *r, bool ok)
{
	writer_free(&r->writer);
	memo_free(r->memo);
	overrides_free(&r->overrides);
	gold_free(&r->gold);
	if (ok || !r->resume.length)
		sorter_free(r->review);
	else
		sorter_leave(r->review);
	buffer_free(&r->resume);
	rows_close(&r->rows);
}

bool batch_run(const struct batch_options *options, struct soc_index *index, bool *any, struct error *err)
{
	struct run r = { .options = options, .index = index, .owner = pthread_self(), .err = err, .begun = run_now() };
	bool nothing = false, complete = false;
	r.progress = progress_new(stderr, options->quiet ? PROGRESS_QUIET : PROGRESS_AUTO);
	bool ok = begin(&r, &nothing, &complete);
	if (ok && !nothing && !complete)
		ok = finish(&r, run_rows(&r));
	progress_free(r.progress);
	pool_free(r.pool);
	if (!output_close(&r.output, ok ? err : NULL))
		ok = false;
	if (ok && r.resume.length)
		checkpoint_remove(r.resume.at);
	if (complete && !options->quiet)
		fprintf(stderr, "soc: %s is complete: there is nothing to resume\n", options->output);
	else if (!options->quiet && r.pool)
		tell(&r);
	*any = complete || r.tally.coded > 0;
	free_run(&r, ok);
	return ok && err->code == ERROR_NONE;
}
