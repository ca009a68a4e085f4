// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>
#include <xxhash.h>

#include "lib/base/file.h"
#include "query/batch/run.h"

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
	if (r->options->columns[COLUMN_GOLD].name && !gold_add(&r->gold, row->gold, o, err))
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
	if (!checkpoint_path(path, &r->resume, r->err) ||
	    !find_fingerprint(r, &r->checkpoint.fingerprint, r->err))
		return false;
	bool unfinished = checkpoint_exists(r->resume.at);
	if (unfinished && !r->options->resume)
		return error_set(r->err, ERROR_USAGE, "add --resume to go on, or remove both to begin anew",
				 "%s is unfinished: there is %s", path, r->resume.at);
	*complete = !unfinished && r->options->resume && has_content(path);
	return *complete || (unfinished ? resume_output(r) : begin_output(r));
}
