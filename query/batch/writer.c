// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * writer.c - answers as JSON Lines, and as lines of CSV or TSV: one a candidate, or one a row (--wide).
 */
#include "query/batch/writer.h"
#include "query/output/json_writer.h"

bool writer_init(struct writer *w, const struct writer_options *options, struct error *err)
{
	w->options = *options;
	w->keys = memory_new((options->column_count + 1) * sizeof *w->keys, err);
	for (size_t i = 0; w->keys && i < options->column_count; i++)
		if (!json_put_text(&w->keys[i], options->columns[i], err) || !buffer_append_byte(&w->keys[i], ':', err))
			return false;
	return w->keys != NULL;
}

void writer_free(struct writer *w)
{
	for (size_t i = 0; w->keys && i < w->options.column_count; i++)
		buffer_free(&w->keys[i]);
	memory_free(w->keys);
	*w = (struct writer){ 0 };
}

/* ---- JSON Lines ---- */

static void put(struct buffer *b, const char *text, struct error *err)
{
	buffer_append_text(b, text, err);
}

static void put_candidate(const struct answer_candidate *c, struct buffer *out, struct error *err)
{
	/* Codes are digits, a hyphen and a point: nothing of them has to be escaped. */
	put(out, "{\"code\":\"", err);
	put(out, c->code.text, err);
	put(out, "\",\"soc\":\"", err);
	put(out, c->soc.text, err);
	put(out, "\",\"title\":", err);
	json_put_text(out, c->title, err);
	put(out, ",\"score\":", err);
	json_put_real(out, c->score, err);
	put(out, ",\"confidence\":", err);
	json_put_real(out, c->confidence, err);
	buffer_append_byte(out, '}', err);
}

static bool put_decision(const struct writer *w, const struct answer *a, struct buffer *out, struct buffer *scratch,
			 struct error *err)
{
	const struct thresholds *t = &w->options.thresholds;
	if (t->wanted) {
		put(out, ",\"decision\":\"", err);
		put(out, decision_name(decision_of(t, a)), err);
		buffer_append_byte(out, '"', err);
	}
	if (!t->wanted && !a->decided)
		return true;
	buffer_clear(scratch);
	if (!decision_reason(t, a, scratch, err))
		return false;
	put(out, ",\"reason\":", err);
	return json_put_text(out, buffer_slice(scratch), err);
}

static void put_input(const struct writer *w, const struct batch_row *row, struct buffer *out, struct error *err)
{
	put(out, ",\"input\":", err);
	if (row->raw.length) {
		buffer_append(out, row->raw.at, row->raw.length, err);
		return;
	}
	buffer_append_byte(out, '{', err);
	for (size_t i = 0; i < row->kept_count && i < w->options.column_count; i++) {
		if (i > 0)
			buffer_append_byte(out, ',', err);
		buffer_append(out, w->keys[i].at, w->keys[i].length, err);
		json_put_text(out, row->kept[i], err);
	}
	buffer_append_byte(out, '}', err);
}

/* The number of a row, as an id: text. */
static void put_number(struct buffer *out, uint64_t number, struct error *err)
{
	buffer_append_byte(out, '"', err);
	json_put_count(out, number, err);
	buffer_append_byte(out, '"', err);
}

static bool put_object(const struct writer *w, const struct batch_row *row, const struct answer *a, struct buffer *out,
		       struct buffer *scratch, struct error *err)
{
	const char *note = row->note ? row->note : a->note;
	put(out, "{\"id\":", err);
	if (w->options.with_id)
		json_put_text(out, row->id, err);
	else
		put_number(out, row->number, err);
	put(out, ",\"candidates\":[", err);
	for (size_t i = 0; i < a->count && i < w->options.top; i++) {
		if (i > 0)
			buffer_append_byte(out, ',', err);
		put_candidate(&a->at[i], out, err);
	}
	buffer_append_byte(out, ']', err);
	if (w->options.automatic) {
		put(out, ",\"level\":\"", err);
		put(out, code_level_name(a->level), err);
		buffer_append_byte(out, '"', err);
	}
	if (!put_decision(w, a, out, scratch, err))
		return false;
	if (note) {
		put(out, ",\"note\":", err);
		json_put_text(out, slice_of(note), err);
	}
	if (w->options.keep)
		put_input(w, row, out, err);
	put(out, "}\n", err);
	return buffer_ok(out);
}

/* ---- CSV and TSV ---- */

static struct csv_writer csv_begin(const struct writer *w, struct buffer *out, struct error *err)
{
	bool csv = w->options.format == FORMAT_CSV;
	return (struct csv_writer){ .buffer = out,
				    .err = err,
				    .dialect = { .delimiter = csv ? ',' : '\t', .quotes = csv } };
}

static bool is_column(const struct writer *w, struct slice name)
{
	for (size_t i = 0; w->options.keep && i < w->options.column_count; i++)
		if (slice_equal_nocase(w->options.columns[i], name))
			return true;
	return false;
}

/* A name that is not one of the input's. */
static void put_name(const struct writer *w, struct csv_writer *o, const char *name)
{
	char text[64];
	snprintf(text, sizeof text, "%s", name);
	while (is_column(w, slice_of(text)) && strlen(text) < sizeof text - 5) {
		memmove(text + 4, text, strlen(text) + 1);
		memcpy(text, "soc_", 4);
	}
	csv_put_text(o, text);
}

static void put_numbered(const struct writer *w, struct csv_writer *o, const char *name, size_t number)
{
	char text[48];
	snprintf(text, sizeof text, "%s_%zu", name, number);
	put_name(w, o, text);
}

static const char *const of_candidate[] = { "code", "soc", "title", "score", "confidence" };
enum { OF_CANDIDATE = sizeof of_candidate / sizeof *of_candidate };

bool writer_begin(const struct writer *w, struct buffer *out, struct error *err)
{
	const struct writer_options *k = &w->options;
	if (k->format == FORMAT_JSONL)
		return true;
	struct csv_writer o = csv_begin(w, out, err);
	if (k->excel)
		buffer_append_text(out, "\xEF\xBB\xBF", err);
	for (size_t i = 0; k->keep && i < k->column_count; i++)
		csv_put(&o, k->columns[i]);
	put_name(w, &o, "row");
	if (k->with_id)
		put_name(w, &o, "id");
	if (!k->wide)
		put_name(w, &o, "rank");
	for (size_t i = 0; !k->wide && i < OF_CANDIDATE; i++)
		put_name(w, &o, of_candidate[i]);
	if (k->automatic)
		put_name(w, &o, "level");
	if (k->thresholds.wanted)
		put_name(w, &o, "decision");
	if (k->reasons)
		put_name(w, &o, "reason");
	put_name(w, &o, "note");
	for (size_t n = 0; k->wide && n < k->top; n++)
		for (size_t i = 0; i < OF_CANDIDATE; i++)
			put_numbered(w, &o, of_candidate[i], n + 1);
	csv_end(&o);
	return err->code == ERROR_NONE;
}

static void put_real(struct csv_writer *o, double value)
{
	char text[NUMBER_SIZE];
	csv_put(o, (struct slice){ text, number_write(value, text) });
}

/* ="11-2021" is text to a spreadsheet, where 11-2021 is a day in November. */
static void put_code(const struct writer *w, struct csv_writer *o, const struct code *code)
{
	char text[CODE_SIZE + 4];
	snprintf(text, sizeof text, w->options.excel ? "=\"%s\"" : "%s", code->text);
	csv_put_text(o, text);
}

static void put_table_candidate(const struct writer *w, struct csv_writer *o, const struct answer *a, size_t n)
{
	if (n >= a->count) {
		for (size_t i = 0; i < OF_CANDIDATE; i++)
			csv_put_text(o, "");
		return;
	}
	const struct answer_candidate *c = &a->at[n];
	put_code(w, o, &c->code);
	put_code(w, o, &c->soc);
	csv_put(o, c->title);
	put_real(o, c->score);
	put_real(o, c->confidence);
}

static void put_head(const struct writer *w, struct csv_writer *o, const struct batch_row *row)
{
	const struct writer_options *k = &w->options;
	for (size_t i = 0; k->keep && i < k->column_count; i++)
		csv_put(o, i < row->kept_count ? row->kept[i] : (struct slice){ NULL, 0 });
	csv_put_count(o, row->number);
	if (k->with_id)
		csv_put(o, row->id);
}

static bool put_tail(const struct writer *w, struct csv_writer *o, const struct batch_row *row, const struct answer *a,
		     struct buffer *scratch)
{
	const struct thresholds *t = &w->options.thresholds;
	const char *note = row->note ? row->note : a->note;
	buffer_clear(scratch);
	if ((t->wanted || a->decided) && !decision_reason(t, a, scratch, o->err))
		return false;
	if (w->options.automatic)
		csv_put_text(o, a->count ? code_level_name(a->level) : "");
	if (t->wanted)
		csv_put_text(o, decision_name(decision_of(t, a)));
	if (w->options.reasons)
		csv_put(o, buffer_slice(scratch));
	csv_put_text(o, note ? note : "");
	return true;
}

static bool put_wide(const struct writer *w, struct csv_writer *o, const struct batch_row *row, const struct answer *a,
		     struct buffer *scratch)
{
	put_head(w, o, row);
	if (!put_tail(w, o, row, a, scratch))
		return false;
	for (size_t n = 0; n < w->options.top; n++)
		put_table_candidate(w, o, a, n);
	csv_end(o);
	return true;
}

/* A row without a candidate has a line too. */
static bool put_long(const struct writer *w, struct csv_writer *o, const struct batch_row *row, const struct answer *a,
		     struct buffer *scratch)
{
	for (size_t n = 0; n == 0 || (n < a->count && n < w->options.top); n++) {
		put_head(w, o, row);
		if (n < a->count)
			csv_put_count(o, n + 1);
		else
			csv_put_text(o, "");
		put_table_candidate(w, o, a, n);
		if (!put_tail(w, o, row, a, scratch))
			return false;
		csv_end(o);
	}
	return true;
}

bool writer_put(const struct writer *w, const struct batch_row *row, const struct answer *a, struct buffer *out,
		struct buffer *scratch, struct error *err)
{
	if (w->options.format == FORMAT_JSONL)
		return put_object(w, row, a, out, scratch, err);
	struct csv_writer o = csv_begin(w, out, err);
	return (w->options.wide ? put_wide : put_long)(w, &o, row, a, scratch) && err->code == ERROR_NONE;
}
