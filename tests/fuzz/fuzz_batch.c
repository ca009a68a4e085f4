// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fuzz_batch.c - what a batch reads besides jobs: the first byte chooses a file of overrides, a line of the review
 * queue, the state that a run has left, or a table of jobs that is written in every format.
 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "query/batch/checkpoint.h"
#include "lib/table/column_guess.h"
#include "query/output/json_writer.h"
#include "query/batch/overrides.h"
#include "query/batch/review.h"
#include "query/batch/input_rows.h"
#include "query/batch/writer.h"
#include "tests/fuzz/check.h"

/* ---- overrides: an index of two codes, which is never asked but for them ---- */

static struct soc_index *make_index(void)
{
	static struct entry entries[2] = { { .code = { "11-1021.00" }, .title = { "Managers", 8 } },
					   { .code = { "29-1141.00" }, .title = { "Nurses", 6 } } };
	static struct soc_index index = { .entries = entries, .count = 2, .groups_loaded = true };
	struct error err = { 0 };
	if (!index.analyzer)
		index.analyzer = tokenizer_new(&err);
	return index.analyzer ? &index : NULL;
}

static const char *write_file(struct slice bytes)
{
	static char path[64];
	snprintf(path, sizeof path, "/tmp/soc-fuzz-batch-%ld", (long)getpid());
	FILE *f = fopen(path, "wb");
	check(f && fwrite(bytes.at, 1, bytes.length, f) == bytes.length);
	check(fclose(f) == 0);
	return path;
}

static void read_overrides(struct slice bytes)
{
	struct soc_index *index = make_index();
	struct overrides o = { 0 };
	struct error err = { 0 };
	struct job_key key = { 0 };
	struct buffer scratch = { 0 };
	const struct override *found;
	if (!index)
		return;
	const char *path = write_file(bytes);
	bool ok = overrides_read(path, index, &o, &err);
	check(ok == (err.code == ERROR_NONE));
	for (size_t i = 0; ok && i < o.keys.count; i++) {
		struct buffer text = { 0 };
		check(o.at[i].count <= OVERRIDE_CODES &&
		      (o.at[i].count > 0) == !(o.at[i].uncodable || o.at[i].not_occupation));
		for (size_t k = 0; k < o.at[i].count; k++)
			check(o.at[i].codes[k].occupation < 2 && o.at[i].codes[k].code.text[0] != '\0');
		check(override_describe(&o.at[i], &text, &err));
		buffer_free(&text);
	}
	check(job_key_read(&key, &(struct batch_job){ .title = bytes }, index->analyzer, &err));
	check(overrides_find(&o, &key, &scratch, &found, &err));
	job_key_free(&key);
	buffer_free(&scratch);
	overrides_free(&o);
	unlink(path);
}

/* ---- a line of the queue ---- */

static void read_line(struct slice bytes)
{
	struct review_line line;
	struct buffer again = { 0 }, both = { 0 };
	struct error err = { 0 };
	if (review_unpack(bytes, &line)) {
		check(line.count <= REVIEW_CANDIDATES && line.decision < DECISION_COUNT);
		check(review_pack(&line, &again, &err));
		check(review_combine(buffer_slice(&again), bytes, &both, &err) &&
		      review_unpack(buffer_slice(&both), &line));
	} else {
		check(!review_combine(bytes, bytes, &both, &err) && err.code != ERROR_NONE);
	}
	buffer_free(&again);
	buffer_free(&both);
}

/* ---- the state of a run ---- */

static void read_state(struct slice bytes)
{
	struct checkpoint c = { .fingerprint = 1 };
	struct tally t = { 0 };
	struct evaluation g = { 0 };
	struct error err = { 0 };
	const char *path = write_file(bytes);
	bool ok = checkpoint_load(path, &c, &t, &g, NULL, &err);
	check(ok == (err.code == ERROR_NONE));
	check(!ok || t.rows == c.rows);
	if (ok)
		(void)evaluation_kappa(&g, 3, &err);
	evaluation_free(&g);
	unlink(path);
}

/* ---- jobs, and what is written of them ---- */

static void check_written(const struct writer_options *options, struct slice out)
{
	json_error_t why;
	if (options->format != FORMAT_JSONL) {
		check(out.length > 0 && out.at[out.length - 1] == '\n');
		return;
	}
	check(out.length > 0 && memchr(out.at, '\n', out.length) == out.at + out.length - 1);
	json_t *object = json_loadb(out.at, out.length, JSON_ALLOW_NUL, &why);
	check(json_is_object(object) && json_is_string(json_object_get(object, "id")) &&
	      json_is_array(json_object_get(object, "candidates")));
	json_decref(object);
}

static void write_rows(struct input_rows *rows, const struct writer_options *options)
{
	struct answer_candidate one = { .code = { "29-1141.00" },
					.soc = { "29-1141" },
					.title = SLICE("Nurses"),
					.score = 1.5,
					.confidence = 0.5 };
	struct writer w = { 0 };
	struct buffer out = { 0 }, scratch = { 0 };
	struct batch_row row;
	struct error err = { 0 };
	bool ok = writer_init(&w, options, &err) && writer_begin(&w, &out, &err);
	check(ok);
	for (uint64_t n = 0; input_rows_next(rows, &row, &err) == TABLE_ROW;) {
		struct answer a = { .at = &one, .count = row.broken ? 0 : 1, .note = row.broken ? row.note : NULL };
		check(row.number == ++n && (!row.broken || row.note));
		buffer_clear(&out);
		check(writer_put(&w, &row, &a, &out, &scratch, &err));
		check_written(options, buffer_slice(&out));
	}
	writer_free(&w);
	buffer_free(&out);
	buffer_free(&scratch);
}

static void read_jobs(struct slice bytes, unsigned how)
{
	static const struct column_wish wishes[COLUMN_COUNT] = {
		[COLUMN_ID] = { NULL, true },
		[COLUMN_TITLE] = { NULL, true },
		[COLUMN_TEXT] = { NULL, true },
	};
	struct input_rows rows = { 0 };
	struct error err = { 0 };
	const char *path = write_file(bytes);
	const struct column_layout layout = { .no_header = how & 32, .options = { .long_quotes = how & 64 } };
	if (input_rows_open(path, &layout, wishes, NULL, NULL, &rows, &err) && input_rows_choose(&rows, true, &err)) {
		struct writer_options options = { .format = how % 3 == 0   ? FORMAT_JSONL
							    : how % 3 == 1 ? FORMAT_CSV
									   : FORMAT_TSV,
						  .with_id = rows.with_id,
						  .keep = true,
						  .wide = how & 8,
						  .excel = how & 16 && how % 3 == 1,
						  .top = 2,
						  .reasons = true,
						  .thresholds = { true, 0.7, 0.4 },
						  .columns = rows.names,
						  .column_count = rows.name_count };
		write_rows(&rows, &options);
	} else {
		check(err.code != ERROR_NONE && err.text[0] != '\0');
	}
	input_rows_close(&rows);
	unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct slice rest = { (const char *)bytes + 1, length - 1 };
	if (length < 2)
		return 0;
	if (bytes[0] % 4 == 0)
		read_overrides(rest);
	else if (bytes[0] % 4 == 1)
		read_line(rest);
	else if (bytes[0] % 4 == 2)
		read_state(rest);
	else
		read_jobs(rest, bytes[0] / 4);
	return 0;
}
