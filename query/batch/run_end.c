// SPDX-License-Identifier: GPL-3.0-or-later
#include <inttypes.h>

#include "query/batch/run.h"

static bool write_file(const char *path, struct slice bytes, struct error *err)
{
	struct output o = { .descriptor = -1 };
	bool ok = output_open(path, 0, &o, err) && output_write(&o, bytes, &bytes.length, 1, err);
	return output_close(&o, ok ? err : NULL) && ok;
}

static bool write_review(struct run *r)
{
	const struct batch_options *b = r->options;
	struct review_target target = { .path = b->review_file, .excel = b->writer.excel, .jobs = b->jobs,
					.index = b->index, .progress = r->progress };
	uint64_t lines;
	if (!r->review)
		return true;
	progress_begin(r->progress, "review queue", 0);
	bool ok = review_write(r->review, &target, r->index, &lines, r->err);
	progress_hide(r->progress);
	if (!ok)
		return false;
	if (!b->quiet)
		fprintf(stderr, "soc: %" PRIu64 " line%s to review in %s\n", lines, lines == 1 ? "" : "s", b->review_file);
	return true;
}

static bool write_report(struct run *r)
{
	const char *path = r->options->report;
	if (!path)
		return true;
	json_t *report = json_pack("{s:i, s:o}", "format", FORMAT_VERSION, "summary", tally_json(&r->tally));
	if (report && r->options->columns[COLUMN_GOLD].name)
		json_object_set_new(report, "gold", gold_json(&r->gold, r->index, r->err));
	char *text = report ? json_dumps(report, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) : NULL;
	struct buffer bytes = { 0 };
	bool ok = (text ? buffer_append_text(&bytes, text, r->err) : error_no_memory(r->err)) &&
		  buffer_append_byte(&bytes, '\n', r->err) && r->err->code == ERROR_NONE && write_file(path, buffer_slice(&bytes), r->err);
	buffer_free(&bytes);
	memory_free(text);
	json_decref(report);
	return ok;
}

static bool write_plot(struct run *r)
{
	struct buffer svg = { 0 };
	const char *path = r->options->plot;
	bool ok = !path || (gold_plot(&r->gold, r->options->input, &svg, r->err) &&
			    write_file(path, buffer_slice(&svg), r->err));
	buffer_free(&svg);
	return ok;
}

bool run_end(struct run *r)
{
	return write_review(r) && write_report(r) && write_plot(r);
}
