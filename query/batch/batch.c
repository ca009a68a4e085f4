// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * batch.c - one run over one table: rows are read into chunks, coded by threads, written and counted in their order,
 * and at the end the review queue, the report and the plot are made.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

#include "lib/base/file.h"
#include "lib/base/progress.h"
#include "query/batch/batch.h"
#include "query/batch/checkpoint.h"
#include "query/batch/input_rows.h"
#include "query/batch/output.h"
#include "query/batch/review.h"
#include "query/batch/worker_pool.h"

/* Memory for answers to repeated jobs; for rows to be reviewed before they go to the disk; and for lines of the review
 * queue while they are ordered.  Tests go to the disk with a few rows. */
#define ANSWER_CACHE_BYTES (24u << 20)
#ifdef SOC_FAULTS
#define REVIEW_BYTES (8u << 10)
#define ORDER_BYTES (4u << 10)
#else
#define REVIEW_BYTES (16u << 20)
#define ORDER_BYTES (32u << 20)
#endif

/* The work of at most so many seconds is lost when the process is killed; and the share of the time that saving
 * checkpoints may take. */
#ifdef SOC_FAULTS
#define CHECKPOINT_SECONDS 0.01
#else
#define CHECKPOINT_SECONDS 1.0
#endif
#define CHECKPOINT_SHARE 0.05

volatile int batch_interrupted;

struct batch {
	const struct batch_options *options;
	struct soc_index *index; /* that of the thread that owns the pool */
	struct input_rows rows;
	struct overrides overrides;
	struct answer_cache *answer_cache;
	struct other_codes other; /* that the output or the candidates need */
	struct writer writer;
	struct worker_pool *pool;
	struct progress *progress;
	uint64_t shown; /* position in the input that the progress bar shows */
	double begun;   /* seconds of the clock */
	double coded;   /* when the last row was written */

	/* Of rows that are written: */
	struct output output;
	struct tally tally;
	struct evaluation evaluation; /* with --gold */
	struct external_sort *review; /* NULL: no queue is wanted */
	struct earlier_queue earlier; /* with a path where the queue is among the overrides */
	struct buffer resume;         /* path of the checkpoint; empty: none is kept */
	struct checkpoint checkpoint;
	double next_checkpoint; /* when the next one is due */
	bool torn;              /* a chunk is counted in part: the run is resumed from the checkpoint before it */
	uint64_t resumed;       /* rows of an earlier run, which are not coded again */
	struct job_key key;     /* of one of them */
	struct buffer scratch;
	struct error *err;
};

/* Seconds of a clock that only goes forward. */
static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct evaluation *wanted_evaluation(struct batch *b)
{
	return b->options->columns[COLUMN_GOLD].name ? &b->evaluation : NULL;
}

static uint64_t hash_text(uint64_t hash, struct slice text)
{
	return XXH3_64bits_withSeed(text.length ? text.at : "", text.length, hash + text.length);
}

/* The hash of the input with one more row. */
static uint64_t hash_row(uint64_t hash, const struct batch_row *row)
{
	const struct slice fields[] = { row->id, row->title, row->text, row->industry, row->reference, row->raw };
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		hash = hash_text(hash, fields[i]);
	for (size_t i = 0; i < row->kept_count; i++)
		hash = hash_text(hash, row->kept[i]);
	return hash;
}

/* ---- reading: rows into chunks ---- */

/* The input has nothing to give yet: meanwhile all rows in hand are coded and written.  Whether to wait on. */
static bool wait_for_input(void *ctx)
{
	struct batch *b = ctx;
	struct error ignored = { 0 }; /* the pool reports it again with the next chunk */
	if (b->pool)
		worker_pool_drain(b->pool, &ignored);
	return !batch_interrupted;
}

static bool other_input(struct batch *b)
{
	return error_set(b->err, ERROR_INPUT,
			 "give the input of the run that is to be resumed, or remove the output to "
			 "begin anew",
			 "the input is not the one of which %" PRIu64 " rows are coded", b->resumed);
}

/* Note the decision that an earlier run has written for a row. */
static bool meet_again(struct batch *b, const struct batch_row *row)
{
	const struct override *decided;
	struct batch_job job = batch_row_job(row);
	if (!b->options->overrides || row->broken)
		return true;
	return job_key_read(&b->key, &job, b->index->analyzer, b->err) &&
	       overrides_find(&b->overrides, &b->key, &b->scratch, &decided, b->err) &&
	       earlier_queue_meet(&b->earlier, &b->key, &b->scratch, b->err);
}

/* A row that an earlier run has written is only checked to be the same. */
static bool skip_row(struct batch *b, const struct batch_row *row, uint64_t *hash)
{
	*hash = hash_row(*hash, row);
	if (!meet_again(b, row))
		return false;
	return row->number < b->resumed || *hash == b->checkpoint.input || other_input(b);
}

static void show_progress(struct batch *b)
{
	uint64_t at = input_rows_position(&b->rows);
	progress_rows(b->progress, at - b->shown, 1);
	b->shown = at;
}

static bool read_rows(struct batch *b)
{
	struct batch_row row;
	uint64_t hash = 0, last = 0;
	while (!batch_interrupted) {
		switch (input_rows_next(&b->rows, &row, b->err)) {
		case TABLE_ROW:
			last = row.number;
			if (!(last <= b->resumed ? skip_row(b, &row, &hash) : worker_pool_add(b->pool, &row, b->err)))
				return false;
			show_progress(b);
			break;
		case TABLE_END:
			return last >= b->resumed || other_input(b);
		case TABLE_FAILED:
			return false;
		}
	}
	return true;
}

static bool stopped(struct batch *b)
{
	if (!batch_interrupted)
		return false;
	error_clear(b->err);
	error_set(b->err, ERROR_STOPPED,
		  b->resume.length ? "the same command with --resume goes on from there"
				   : "a run with --output FILE can be resumed",
		  "interrupted after %" PRIu64 " rows", b->tally.rows);
	return true;
}

/* Read the table to its end, or until the user interrupts.  Whatever ends the reading, the rows in hand are finished,
 * unless that is what failed. */
static bool code_table(struct batch *b)
{
	struct error late = { 0 };
	progress_begin(b->progress, "coding", b->rows.size);
	bool ok = read_rows(b);
	if (!worker_pool_drain(b->pool, &late) && b->err->code == ERROR_NONE)
		*b->err = late;
	progress_hide(b->progress);
	b->coded = now();
	return !stopped(b) && ok && late.code == ERROR_NONE;
}

/* ---- coding: chunks into bytes, by each thread ---- */

struct coding_worker {
	struct batch *batch;
	struct soc_index *own; /* NULL: that of the owner */
	struct soc_index *index;
	struct coder *coder;
	struct job_key key;
	struct buffer scratch;
};

static void close_worker(void *ctx)
{
	struct coding_worker *w = ctx;
	coder_free(w->coder);
	soc_index_close(w->own);
	job_key_free(&w->key);
	buffer_free(&w->scratch);
	memory_free(w);
}

static bool open_worker(void *ctx, bool owner, void **out, struct error *err)
{
	struct batch *b = ctx;
	struct coder_options options = b->options->coder;
	struct coding_worker *w = memory_new(sizeof *w, err);
	*out = w;
	if (!w)
		return false;
	options.answer_cache = b->answer_cache;
	options.matched = b->options->writer.with & WITH_MATCHED;
	options.fold = b->options->fold == OTHER_CLASSIFICATION_COUNT ? NULL : b->other.of[b->options->fold];
	options.overrides = b->options->overrides ? &b->overrides : NULL;
	w->batch = b;
	if (owner || soc_index_open_again(b->index, b->options->index, &w->own, err)) {
		w->index = owner ? b->index : w->own;
		if (coder_new(w->index, &options, &w->coder, err))
			return true;
	}
	close_worker(w);
	return false;
}

/* The line of a row that is not accepted, and the key by which the queue is sorted, into the chunk. */
static bool keep_for_review(struct coding_worker *w, struct chunk *c, size_t i, const struct answer *a,
			    struct error *err)
{
	struct row_outcome *o = &c->outcomes[i];
	const struct batch_options *options = w->batch->options;
	struct batch_job job = batch_row_job(&c->rows[i]);
	const struct earlier_queue *earlier = &w->batch->earlier;
	if (!w->batch->review || (o->decision == DECISION_ACCEPT && !earlier->path))
		return true;
	if (!job_key_read(&w->key, &job, w->index->analyzer, err) ||
	    (earlier->path && !earlier_queue_meet(earlier, &w->key, &w->scratch, err)))
		return false;
	if (o->decision == DECISION_ACCEPT)
		return true;
	/* A decision finds its rows by their words: a row without any stays out of the queue. */
	if (job_key_empty(&w->key))
		return true;
	o->key = c->lines.length;
	job_key_append(&w->key, options->merge_titles ? JOB_ANY_TEXT : JOB_EXACT, &c->lines, err);
	o->key_length = c->lines.length - o->key;
	if (!review_pack_row(&c->rows[i], options->merge_titles ? JOB_DIGEST_ANY : w->key.digest, a,
			     &options->writer.thresholds, &w->scratch, &c->lines, err))
		return false;
	o->line_length = c->lines.length - o->key - o->key_length;
	return true;
}

static bool code_row(struct coding_worker *w, struct chunk *c, size_t i, struct error *err)
{
	const struct batch_row *row = &c->rows[i];
	const struct writer *writer = &w->batch->writer;
	struct batch_job job = batch_row_job(row);
	struct answer answer = { .level = w->batch->options->coder.level, .note = row->note };
	struct row_outcome *o = &c->outcomes[i];
	if (!row->broken && !coder_answer(w->coder, &job, &answer, err))
		return false;
	*o = (struct row_outcome){ .decision = decision_of(&writer->options.thresholds, &answer),
				   .decided = answer.decided,
				   .not_occupation = answer.not_occupation != NOT_OCCUPATION_NO };
	if (answer.count) {
		o->first = answer.at[0].soc;
		o->confidence = answer.at[0].confidence;
	}
	if (!keep_for_review(w, c, i, &answer, err) || !writer_put(writer, row, &answer, &c->out, &w->scratch, err))
		return false;
	c->ends[i] = c->out.length;
	return true;
}

static bool code_chunk(void *worker, struct chunk *c, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < c->count; i++)
		ok = code_row(worker, c, i, err);
	return ok;
}

/* ---- collecting: chunks in their order, written, counted and checkpointed ---- */

static bool save_checkpoint(struct batch *b, struct error *err)
{
	double from = now();
	if (!b->resume.length || b->torn)
		return true;
	/* Rows that were coded by what has become of an index are coded again. */
	if (!index_file_is_same(&b->index->file, err))
		return false;
	b->checkpoint.rows = b->tally.rows;
	b->checkpoint.bytes = b->output.written;
	if ((b->output.own && !output_sync(&b->output, err)) || (b->review && !external_sort_flush(b->review, err)) ||
	    !checkpoint_save(b->resume.at, &b->checkpoint, &b->tally, wanted_evaluation(b), b->review, err))
		return false;
	if (b->review)
		external_sort_forget_merged(b->review);
	double to = now(), pause = (to - from) / CHECKPOINT_SHARE;
	b->next_checkpoint = to + (pause > CHECKPOINT_SECONDS ? pause : CHECKPOINT_SECONDS);
	return true;
}

static bool count_row(struct batch *b, const struct chunk *c, size_t i, struct error *err)
{
	const struct row_outcome *o = &c->outcomes[i];
	const struct batch_row *row = &c->rows[i];
	struct evaluation *evaluation = wanted_evaluation(b);
	tally_add(&b->tally, row, o);
	if (evaluation && !evaluation_add(evaluation, row, o, err))
		return false;
	if (b->resume.length)
		b->checkpoint.input = hash_row(b->checkpoint.input, row);
	if (!b->review || o->line_length == 0)
		return true;
	const char *key = c->lines.at + o->key;
	return external_sort_add(b->review, (struct slice){ key, o->key_length },
				 (struct slice){ key + o->key_length, o->line_length }, err);
}

static bool deliver_chunk(void *ctx, struct chunk *c, struct error *err)
{
	struct batch *b = ctx;
	/* A run can be resumed behind the rows that are counted, which are all of a chunk or none: no part of a chunk
	 * that fails stays in the output. */
	if (!output_write(&b->output, buffer_slice(&c->out), c->ends, b->resume.length ? 0 : c->count, err))
		return false;
	b->torn = true;
	for (size_t i = 0; i < c->count; i++)
		if (!count_row(b, c, i, err))
			return false;
	b->torn = false;
	return !b->resume.length || now() < b->next_checkpoint || save_checkpoint(b, err);
}

/* ---- the output: begun, or resumed behind what an earlier run has written ---- */

/* A hash of all that decides the output besides the input. */
static bool find_fingerprint(struct batch *b, uint64_t *out, struct error *err)
{
	struct buffer text = { 0 };
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		buffer_printf(&text, err, " %zu", b->rows.columns.of[i]);
	buffer_printf(&text, err, " %llu", (unsigned long long)table_header_line(b->rows.table));
	for (size_t i = 0; i < b->rows.name_count; i++)
		buffer_printf(&text, err, "|%.*s", (int)b->rows.names[i].length, b->rows.names[i].at);
	*out = hash_text(hash_text(0, b->options->deciding), buffer_slice(&text));
	*out = hash_text(*out, slice_of(b->index->file.identity.sha256)) + overrides_hash(&b->overrides);
	bool ok = buffer_ok(&text);
	buffer_free(&text);
	return ok;
}

static bool write_header(struct batch *b)
{
	struct buffer head = { 0 };
	bool ok = writer_begin(&b->writer, &head, b->err) &&
		  output_write(&b->output, buffer_slice(&head), &head.length, 1, b->err);
	buffer_free(&head);
	return ok;
}

static bool resume_output(struct batch *b)
{
	if (!checkpoint_load(b->resume.at, &b->checkpoint, &b->tally, wanted_evaluation(b), b->review, b->err))
		return false;
	b->resumed = b->checkpoint.rows;
	if (!b->options->quiet)
		fprintf(stderr, "soc: going on behind row %" PRIu64 " of %s\n", b->resumed, b->options->output);
	return output_open(b->options->output, b->checkpoint.bytes, &b->output, b->err) &&
	       (b->checkpoint.bytes > 0 || write_header(b));
}

/* *complete: an earlier run has finished, and there is nothing left to do. */
static bool open_output(struct batch *b, bool *complete)
{
	const char *path = b->options->output;
	struct stat st;
	if (!path) {
		b->output = output_standard();
		return write_header(b);
	}
	bool exists = stat(path, &st) == 0;
	/* A device can be written but not resumed. */
	if (exists && !S_ISREG(st.st_mode))
		return output_open(path, 0, &b->output, b->err) && write_header(b);
	if (!buffer_printf(&b->resume, b->err, "%s.resume", path) || !buffer_terminate(&b->resume, b->err) ||
	    !find_fingerprint(b, &b->checkpoint.fingerprint, b->err))
		return false;
	bool unfinished = access(b->resume.at, F_OK) == 0;
	if (unfinished && !b->options->resume)
		return error_set(b->err, ERROR_USAGE, "add --resume to go on, or remove both to begin anew",
				 "%s is unfinished: there is %s", path, b->resume.at);
	*complete = !unfinished && b->options->resume && exists && st.st_size > 0;
	if (*complete || unfinished)
		return *complete || resume_output(b);
	/* The checkpoint is there before the first byte of the output. */
	return output_open(path, 0, &b->output, b->err) && save_checkpoint(b, b->err) && write_header(b);
}

/* ---- ending: review queue, report, plot ---- */

static bool write_review(struct batch *b)
{
	const struct batch_options *o = b->options;
	struct review_target target = { .path = o->review_file,
					.earlier = b->earlier.path ? &b->earlier : NULL,
					.excel = o->writer.excel,
					.jobs = o->jobs,
					.memory = ORDER_BYTES,
					.index = o->index,
					.progress = b->progress };
	struct review_count lines;
	if (!b->review)
		return true;
	progress_begin(b->progress, "review queue", 0);
	bool ok = review_write(b->review, &target, b->index, &lines, b->err);
	progress_hide(b->progress);
	if (!ok || o->quiet)
		return ok;
	fprintf(stderr, "soc: %" PRIu64 " line%s to review in %s", lines.written, lines.written == 1 ? "" : "s",
		o->review_file);
	if (lines.kept)
		fprintf(stderr, ", behind %" PRIu64 " that stay", lines.kept);
	fputc('\n', stderr);
	return true;
}

static bool write_report(struct batch *b)
{
	const char *path = b->options->report;
	if (!path)
		return true;
	json_t *report = json_pack("{s:i, s:o}", "format", FORMAT_VERSION, "summary", tally_json(&b->tally));
	if (report && wanted_evaluation(b))
		json_object_set_new(report, "gold", evaluation_json(&b->evaluation, b->index, b->err));
	char *text = report ? json_dumps(report, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) : NULL;
	struct buffer bytes = { 0 };
	bool ok = (text ? buffer_append_text(&bytes, text, b->err) : error_no_memory(b->err)) &&
		  buffer_append_byte(&bytes, '\n', b->err) && b->err->code == ERROR_NONE &&
		  file_write_whole(path, buffer_slice(&bytes), b->err);
	buffer_free(&bytes);
	memory_free(text);
	json_decref(report);
	return ok;
}

static bool write_plot(struct batch *b)
{
	struct buffer svg = { 0 };
	const char *path = b->options->plot;
	bool ok = !path || (evaluation_plot(&b->evaluation, b->options->input, &svg, b->err) &&
			    file_write_whole(path, buffer_slice(&svg), b->err));
	buffer_free(&svg);
	return ok;
}

/* A run that failed leaves a checkpoint of what is whole, where that can still be written. */
static bool finish(struct batch *b, bool ok)
{
	struct error ignored = { 0 };
	ok = ok && save_checkpoint(b, b->err) && write_review(b) && write_report(b) && write_plot(b);
	if (!ok && b->pool)
		save_checkpoint(b, &ignored);
	return ok;
}

/* ---- the run ---- */

static bool read_overrides(struct batch *b)
{
	const struct batch_options *o = b->options;
	if (!o->overrides)
		return true;
	if (!overrides_read(o->overrides, b->index, &b->overrides, b->err))
		return false;
	if (o->quiet)
		return true;
	fprintf(stderr, "soc: %zu decisions from %s", b->overrides.keys.count, o->overrides);
	if (b->overrides.open)
		fprintf(stderr, ", %zu rows are still open", b->overrides.open);
	if (b->overrides.changed)
		fprintf(stderr, ", %zu changed by later rows", b->overrides.changed);
	if (b->overrides.origins[ORIGIN_LED_OVER])
		fprintf(stderr, ", %zu led over from an older edition", b->overrides.origins[ORIGIN_LED_OVER]);
	if (b->overrides.origins[ORIGIN_DATE])
		fprintf(stderr, ", %zu led back from a date", b->overrides.origins[ORIGIN_DATE]);
	fputc('\n', stderr);
	return true;
}

/* In JSON Lines the id is the number of the row unless --id names a column. */
static bool choose_columns(struct batch *b)
{
	struct writer_options writer = b->options->writer;
	if (!input_rows_choose(&b->rows, writer.keep, b->err))
		return false;
	bool number = writer.format == FORMAT_JSONL && b->rows.columns.guessed[COLUMN_ID];
	if (!b->options->quiet && b->rows.notes.length > 0)
		fwrite(b->rows.notes.at, 1, b->rows.notes.length, stderr);
	if (!b->options->quiet)
		columns_tell(&b->rows.columns, b->rows.table, number);
	writer.other = b->other;
	writer.with_id = b->rows.with_id && !number;
	writer.columns = b->rows.names;
	writer.column_count = writer.keep ? b->rows.name_count : 0;
	return writer_init(&b->writer, &writer, b->err);
}

/* The crosswalks are there before any thread looks into them. */
static bool begin_evaluation(struct batch *b)
{
	b->evaluation.index = b->index;
	return !wanted_evaluation(b) || soc_index_need_crossings(b->index, b->err);
}

/* Whether the review file is the one that is given as overrides. */
static bool is_overrides(const struct batch_options *o)
{
	struct stat review, overrides;
	return o->overrides && stat(o->review_file, &review) == 0 && stat(o->overrides, &overrides) == 0 &&
	       review.st_dev == overrides.st_dev && review.st_ino == overrides.st_ino;
}

static bool begin_review(struct batch *b)
{
	const struct external_sort_options options = { .beside = b->options->review_file,
						       .combine = review_combine,
						       .memory = REVIEW_BYTES,
						       .named = b->options->output != NULL };
	if (!b->options->review_file)
		return true;
	bool ok = is_overrides(b->options)
			  ? earlier_queue_read(&b->earlier, b->options->review_file, b->index->analyzer, b->err)
			  : earlier_queue_check(b->options->review_file, b->err);
	return ok && external_sort_new(&options, &b->review, b->err);
}

static bool begin(struct batch *b, bool *nothing, bool *complete)
{
	const struct worker_pool_work work = { b, open_worker, code_chunk, close_worker, deliver_chunk };
	if (!read_overrides(b) || !other_codes_read_with(b->index, b->options->writer.with, &b->other, b->err) ||
	    !input_rows_open(b->options->input, &b->options->layout, b->options->columns, wait_for_input, b, &b->rows,
			     b->err))
		return false;
	*nothing = b->rows.empty;
	return *nothing || (choose_columns(b) && begin_evaluation(b) && begin_review(b) &&
			    answer_cache_new(ANSWER_CACHE_BYTES, b->options->coder.top, &b->answer_cache, b->err) &&
			    open_output(b, complete) && worker_pool_new(b->options->jobs, &work, &b->pool, b->err));
}

static void print_summary(struct batch *b)
{
	b->tally.converted = b->rows.converted;
	tally_print(stderr, &b->tally, &b->options->writer.thresholds, b->coded - b->begun);
	if (wanted_evaluation(b))
		evaluation_print(stderr, &b->evaluation, b->index, b->err);
	if (b->options->overrides && b->err->code == ERROR_NONE)
		overrides_tell_unmet(&b->overrides, b->options->overrides);
}

static void free_batch(struct batch *b, bool ok)
{
	writer_free(&b->writer);
	answer_cache_free(b->answer_cache);
	overrides_free(&b->overrides);
	earlier_queue_free(&b->earlier);
	evaluation_free(&b->evaluation);
	if (ok || !b->resume.length)
		external_sort_free(b->review);
	else
		external_sort_leave(b->review);
	buffer_free(&b->resume);
	job_key_free(&b->key);
	buffer_free(&b->scratch);
	input_rows_close(&b->rows);
}

bool batch_run(const struct batch_options *options, struct soc_index *index, bool *any, struct error *err)
{
	struct batch b = { .options = options, .index = index, .err = err, .begun = now() };
	bool nothing = false, complete = false;
	b.progress = progress_new(stderr, options->quiet ? PROGRESS_QUIET : PROGRESS_AUTO);
	bool ok = begin(&b, &nothing, &complete);
	if (ok && !nothing && !complete)
		ok = finish(&b, code_table(&b));
	progress_free(b.progress);
	worker_pool_free(b.pool);
	if (!output_close(&b.output, ok ? err : NULL))
		ok = false;
	if (ok && b.resume.length)
		unlink(b.resume.at);
	if (complete && !options->quiet)
		fprintf(stderr, "soc: %s is complete: there is nothing to resume\n", options->output);
	else if (!options->quiet && b.pool)
		print_summary(&b);
	*any = complete || b.tally.coded > 0;
	free_batch(&b, ok);
	return ok && err->code == ERROR_NONE;
}
