// SPDX-License-Identifier: GPL-3.0-or-later
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <xxhash.h>

#include "lib/base/file.h"
#include "query/batch/batch_internal.h"

/* Memory for answers to repeated jobs, and for rows to be reviewed before they go to the disk. */
#define ANSWER_CACHE_BYTES (24u << 20)
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
	const struct sorter_options options = { .beside = r->options->review_file,
						.combine = review_combine,
						.memory = REVIEW_BYTES,
						.named = r->options->output != NULL };
	return !r->options->review_file || sorter_new(&options, &r->review, r->err);
}

static bool begin(struct run *r, bool *nothing, bool *complete)
{
	const struct pool_work work = { r, run_open_worker, run_code, run_close_worker, run_hand_on };
	if (!read_overrides(r) || !rows_open(r->options->input, run_wait, r, &r->rows, r->err))
		return false;
	*nothing = r->rows.empty;
	return *nothing || (choose_columns(r) && begin_review(r) &&
			    answer_cache_new(ANSWER_CACHE_BYTES, r->options->coder.top, &r->answer_cache, r->err) &&
			    run_open_output(r, complete) && pool_new(r->options->jobs, &work, &r->pool, r->err));
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
		evaluation_print(stderr, &r->gold, r->index, r->err);
}

static void free_run(struct run *r, bool ok)
{
	writer_free(&r->writer);
	answer_cache_free(r->answer_cache);
	overrides_free(&r->overrides);
	evaluation_free(&r->gold);
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

/* ---- run code ---- */

struct worker {
	struct run *run;
	struct soc_index *own; /* NULL: that of the owner */
	struct soc_index *index;
	struct coder *coder;
	struct buffer scratch;
};

void run_close_worker(void *ctx)
{
	struct worker *w = ctx;
	coder_free(w->coder);
	soc_index_close(w->own);
	buffer_free(&w->scratch);
	memory_free(w);
}

bool run_open_worker(void *ctx, void **out, struct error *err)
{
	struct run *r = ctx;
	struct coder_options options = r->options->coder;
	struct worker *w = memory_new(sizeof *w, err);
	*out = w;
	if (!w)
		return false;
	options.answer_cache = r->answer_cache;
	options.overrides = r->options->overrides ? &r->overrides : NULL;
	w->run = r;
	bool own = pthread_equal(r->owner, pthread_self()) != 0;
	if (own || soc_index_open(r->options->index, &w->own, err)) {
		w->index = own ? r->index : w->own;
		if (coder_new(w->index, &options, &w->coder, err))
			return true;
	}
	run_close_worker(w);
	return false;
}

/* Whoever reviews wants to see it. */
static bool keep_for_review(struct worker *w, struct chunk *c, size_t i, const struct answer *a, struct error *err)
{
	struct row_outcome *o = &c->outcomes[i];
	struct batch_job job = batch_row_job(&c->rows[i]);
	if (!w->run->review || o->decision == DECISION_ACCEPT)
		return true;
	o->key = c->lines.length;
	if (!override_key(&job, w->index->analyzer, &c->lines, err) ||
	    (job.industry.length && !override_industry(&job, w->index->analyzer, &c->lines, err)))
		return false;
	o->key_length = c->lines.length - o->key;
	/* What has no words, nobody can settle by its words. */
	if (o->key_length == 0)
		return true;
	if (!review_pack_row(&c->rows[i], a, &w->run->options->writer.thresholds, &w->scratch, &c->lines, err))
		return false;
	o->line_length = c->lines.length - o->key - o->key_length;
	return true;
}

static void note_outcome(const struct answer *a, enum decision decision, struct row_outcome *out)
{
	*out = (struct row_outcome){ .decision = decision, .overridden = a->decided != NULL };
	if (a->count == 0)
		return;
	out->first = a->at[0].soc;
	out->confidence = a->at[0].confidence;
}

static bool code_row(struct worker *w, struct chunk *c, size_t i, struct error *err)
{
	const struct batch_row *row = &c->rows[i];
	const struct writer *writer = &w->run->writer;
	struct batch_job job = batch_row_job(row);
	struct answer answer = { .level = w->run->options->coder.level, .note = row->note };
	if (!row->broken && !coder_answer(w->coder, &job, &answer, err))
		return false;
	note_outcome(&answer, decision_of(&writer->options.thresholds, &answer), &c->outcomes[i]);
	if (!keep_for_review(w, c, i, &answer, err) || !writer_put(writer, row, &answer, &c->out, &w->scratch, err))
		return false;
	c->ends[i] = c->out.length;
	return true;
}

bool run_code(void *worker, struct chunk *c, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < c->count; i++)
		ok = code_row(worker, c, i, err);
	return ok;
}

/* ---- run end ---- */

static bool write_file(const char *path, struct slice bytes, struct error *err)
{
	struct output o = { .descriptor = -1 };
	bool ok = output_open(path, 0, &o, err) && output_write(&o, bytes, &bytes.length, 1, err);
	return output_close(&o, ok ? err : NULL) && ok;
}

static bool write_review(struct run *r)
{
	const struct batch_options *b = r->options;
	struct review_target target = { .path = b->review_file,
					.excel = b->writer.excel,
					.jobs = b->jobs,
					.index = b->index,
					.progress = r->progress };
	uint64_t lines;
	if (!r->review)
		return true;
	progress_begin(r->progress, "review queue", 0);
	bool ok = review_write(r->review, &target, r->index, &lines, r->err);
	progress_hide(r->progress);
	if (!ok)
		return false;
	if (!b->quiet)
		fprintf(stderr, "soc: %" PRIu64 " line%s to review in %s\n", lines, lines == 1 ? "" : "s",
			b->review_file);
	return true;
}

static bool write_report(struct run *r)
{
	const char *path = r->options->report;
	if (!path)
		return true;
	json_t *report = json_pack("{s:i, s:o}", "format", FORMAT_VERSION, "summary", tally_json(&r->tally));
	if (report && r->options->columns[COLUMN_GOLD].name)
		json_object_set_new(report, "gold", evaluation_json(&r->gold, r->index, r->err));
	char *text = report ? json_dumps(report, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) : NULL;
	struct buffer bytes = { 0 };
	bool ok = (text ? buffer_append_text(&bytes, text, r->err) : error_no_memory(r->err)) &&
		  buffer_append_byte(&bytes, '\n', r->err) && r->err->code == ERROR_NONE &&
		  write_file(path, buffer_slice(&bytes), r->err);
	buffer_free(&bytes);
	memory_free(text);
	json_decref(report);
	return ok;
}

static bool write_plot(struct run *r)
{
	struct buffer svg = { 0 };
	const char *path = r->options->plot;
	bool ok = !path || (evaluation_plot(&r->gold, r->options->input, &svg, r->err) &&
			    write_file(path, buffer_slice(&svg), r->err));
	buffer_free(&svg);
	return ok;
}

bool run_end(struct run *r)
{
	return write_review(r) && write_report(r) && write_plot(r);
}

/* ---- run keep ---- */

/* How long work may be lost when the process is killed; and how much of the time remembering may take. */
#ifdef SOC_FAULTS
#define CHECKPOINT_SECONDS 0.01
#else
#define CHECKPOINT_SECONDS 1.0
#endif
#define CHECKPOINT_SHARE 0.05

/* ---- rows ---- */

static uint64_t add_text(uint64_t hash, struct slice text)
{
	return XXH3_64bits_withSeed(text.length ? text.at : "", text.length, hash + text.length);
}

uint64_t run_hash(uint64_t hash, const struct batch_row *row)
{
	return add_text(add_text(add_text(hash, row->id), row->title), row->text);
}

static bool count_row(struct run *r, const struct chunk *c, size_t i, struct error *err)
{
	const struct row_outcome *o = &c->outcomes[i];
	const struct batch_row *row = &c->rows[i];
	tally_add(&r->tally, row, o);
	if (r->options->columns[COLUMN_GOLD].name && !evaluation_add(&r->gold, row->gold, o, err))
		return false;
	if (r->resume.length)
		r->checkpoint.input = run_hash(r->checkpoint.input, row);
	if (!r->review || o->line_length == 0)
		return true;
	const char *key = c->lines.at + o->key;
	return sorter_add(r->review, (struct slice){ key, o->key_length },
			  (struct slice){ key + o->key_length, o->line_length }, err);
}

bool run_hand_on(void *ctx, struct chunk *c, struct error *err)
{
	struct run *r = ctx;
	/* What can be gone on with ends where the rows end that are counted: all of a chunk or none. */
	if (!output_write(&r->output, buffer_slice(&c->out), c->ends, r->resume.length ? 0 : c->count, err))
		return false;
	for (size_t i = 0; i < c->count; i++)
		if (!count_row(r, c, i, err))
			return false;
	return !r->resume.length || run_now() < r->next_checkpoint || run_save(r, err);
}

/* ---- remembering ---- */

bool run_save(struct run *r, struct error *err)
{
	double begun = run_now();
	if (!r->resume.length)
		return true;
	r->checkpoint.rows = r->tally.rows;
	r->checkpoint.bytes = r->output.written;
	if ((r->output.own && !output_sync(&r->output, err)) || (r->review && !sorter_flush(r->review, err)) ||
	    !checkpoint_save(r->resume.at, &r->checkpoint, &r->tally,
			     r->options->columns[COLUMN_GOLD].name ? &r->gold : NULL, r->review, err))
		return false;
	if (r->review)
		sorter_forget_merged(r->review);
	double now = run_now(), pause = (now - begun) / CHECKPOINT_SHARE;
	r->next_checkpoint = now + (pause > CHECKPOINT_SECONDS ? pause : CHECKPOINT_SECONDS);
	return true;
}

/* ---- what shapes the output ---- */

/* The digest at its end says which index it is. */
static bool hash_index(const char *path, uint64_t *hash, struct error *err)
{
	struct slice file;
	if (!file_map(path, &file, err))
		return false;
	size_t tail = file.length < 64 ? file.length : 64;
	*hash = add_text(*hash, (struct slice){ file.at + file.length - tail, tail });
	file_unmap(file);
	return true;
}

static bool hash_file(const char *path, uint64_t *hash, struct error *err)
{
	struct slice file;
	if (!path)
		return true;
	if (!file_map(path, &file, err))
		return false;
	*hash = add_text(*hash, file);
	file_unmap(file);
	return true;
}

static bool find_fingerprint(struct run *r, uint64_t *out, struct error *err)
{
	const struct batch_options *b = r->options;
	const struct writer_options *w = &r->writer.options;
	struct buffer text = { 0 };
	bool ok = buffer_printf(&text, err, "%d %d %zu %u %d %d %d %d %d %d %.17g %.17g %d", (int)b->coder.level,
				b->coder.automatic, b->coder.top, b->coder.expand, (int)w->format, w->with_id, w->keep,
				w->wide, w->excel, w->thresholds.wanted, w->thresholds.accept, w->thresholds.review,
				b->review_file != NULL);
	for (size_t i = 0; ok && i < COLUMN_COUNT; i++)
		ok = buffer_printf(&text, err, " %zu", r->rows.columns.of[i]);
	for (size_t i = 0; ok && i < r->rows.name_count; i++)
		ok = buffer_printf(&text, err, "|%.*s", (int)r->rows.names[i].length, r->rows.names[i].at);
	*out = add_text(0, buffer_slice(&text));
	buffer_free(&text);
	return ok && hash_index(b->index, out, err) && hash_file(b->overrides, out, err);
}

/* ---- opening ---- */

static bool write_header(struct run *r)
{
	struct buffer head = { 0 };
	bool ok = writer_begin(&r->writer, &head, r->err) &&
		  output_write(&r->output, buffer_slice(&head), &head.length, 1, r->err);
	buffer_free(&head);
	return ok;
}

/* Before anything is in it there is the file that says that nothing is whole yet. */
static bool begin_output(struct run *r)
{
	return output_open(r->options->output, 0, &r->output, r->err) && run_save(r, r->err) && write_header(r);
}

static bool resume_output(struct run *r)
{
	const char *path = r->resume.at;
	if (!checkpoint_load(path, &r->checkpoint, &r->tally, r->options->columns[COLUMN_GOLD].name ? &r->gold : NULL,
			     r->review, r->err))
		return false;
	r->resumed = r->checkpoint.rows;
	if (!r->options->quiet)
		fprintf(stderr, "soc: going on behind row %llu of %s\n", (unsigned long long)r->resumed,
			r->options->output);
	return output_open(r->options->output, r->checkpoint.bytes, &r->output, r->err) &&
	       (r->checkpoint.bytes > 0 || write_header(r));
}

static bool has_content(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && st.st_size > 0;
}

bool run_open_output(struct run *r, bool *complete)
{
	const char *path = r->options->output;
	struct stat st;
	*complete = false;
	if (!path) {
		r->output = output_standard();
		return write_header(r);
	}
	/* What is no file, such as a device, can be written but not gone on with. */
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return output_open(path, 0, &r->output, r->err) && write_header(r);
	if (!checkpoint_path(path, &r->resume, r->err) || !find_fingerprint(r, &r->checkpoint.fingerprint, r->err))
		return false;
	bool unfinished = checkpoint_exists(r->resume.at);
	if (unfinished && !r->options->resume)
		return error_set(r->err, ERROR_USAGE, "add --resume to go on, or remove both to begin anew",
				 "%s is unfinished: there is %s", path, r->resume.at);
	*complete = !unfinished && r->options->resume && has_content(path);
	return *complete || (unfinished ? resume_output(r) : begin_output(r));
}

/* ---- run read ---- */

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
	struct error ignored = { 0 }; /* it comes again with the next chunk */
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
	return error_set(r->err, ERROR_INPUT,
			 "give the input of the run that is to be resumed, or remove the output to "
			 "begin anew",
			 "the input is not the one of which %" PRIu64 " rows are coded", r->resumed);
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
	error_set(r->err, ERROR_STOPPED,
		  r->resume.length ? "the same command with --resume goes on from there"
				   : "a run with --output FILE can be resumed",
		  "interrupted after %" PRIu64 " rows", r->tally.rows);
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
