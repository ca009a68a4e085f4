// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/batch/writer.h"
#include "query/batch/json_put.h"

bool writer_init(struct writer *w, const struct writer_options *options, struct error *err)
{
	w->options = *options;
	w->keys = memory_new((options->column_count + 1) * sizeof *w->keys, err);
	bool ok = w->keys != NULL;
	for (size_t i = 0; ok && i < options->column_count; i++)
		ok = json_put_text(&w->keys[i], options->columns[i], err) && buffer_append_byte(&w->keys[i], ':', err);
	return ok;
}

void writer_free(struct writer *w)
{
	for (size_t i = 0; w->keys && i < w->options.column_count; i++)
		buffer_free(&w->keys[i]);
	memory_free(w->keys);
	*w = (struct writer){ 0 };
}

bool writer_begin(const struct writer *w, struct buffer *out, struct error *err)
{
	return w->options.format == FORMAT_JSONL || writer_begin_table(w, out, err);
}

bool writer_put(const struct writer *w, const struct batch_row *row, const struct answer *a, struct buffer *out,
		struct buffer *scratch, struct error *err)
{
	return (w->options.format == FORMAT_JSONL ? writer_put_json : writer_put_table)(w, row, a, out, scratch, err);
}

/* ---- JSON Lines ---- */

static bool put(struct buffer *b, const char *text, struct error *err)
{
	return buffer_append_text(b, text, err);
}

static bool put_candidate(const struct answer_candidate *c, struct buffer *out, struct error *err)
{
	/* Codes are digits, a hyphen and a point: nothing of them has to be escaped. */
	return put(out, "{\"code\":\"", err) && put(out, c->code.text, err) && put(out, "\",\"soc\":\"", err) &&
	       put(out, c->soc.text, err) && put(out, "\",\"title\":", err) && json_put_text(out, c->title, err) &&
	       put(out, ",\"score\":", err) && json_put_real(out, c->score, err) &&
	       put(out, ",\"confidence\":", err) && json_put_real(out, c->confidence, err) && put(out, "}", err);
}

static bool put_candidates(const struct writer *w, const struct answer *a, struct buffer *out, struct error *err)
{
	bool ok = put(out, ",\"candidates\":[", err);
	for (size_t i = 0; ok && i < a->count && i < w->options.top; i++)
		ok = (i == 0 || buffer_append_byte(out, ',', err)) && put_candidate(&a->at[i], out, err);
	return ok && buffer_append_byte(out, ']', err);
}

static bool put_id(const struct writer *w, const struct batch_row *row, struct buffer *out, struct error *err)
{
	if (w->options.with_id)
		return json_put_text(out, row->id, err);
	return buffer_append_byte(out, '"', err) && json_put_count(out, row->number, err) &&
	       buffer_append_byte(out, '"', err);
}

static bool put_decision(const struct writer *w, const struct answer *a, struct buffer *out, struct buffer *scratch,
			 struct error *err)
{
	const struct thresholds *t = &w->options.thresholds;
	if (!t->wanted && !a->decided)
		return true;
	buffer_clear(scratch);
	return (!t->wanted || (put(out, ",\"decision\":\"", err) && put(out, decision_name(decision_of(t, a)), err) &&
			       buffer_append_byte(out, '"', err))) &&
	       put(out, ",\"reason\":", err) && decision_reason(t, a, scratch, err) &&
	       json_put_text(out, buffer_slice(scratch), err);
}

static bool put_input(const struct writer *w, const struct batch_row *row, struct buffer *out, struct error *err)
{
	if (!w->options.keep)
		return true;
	if (row->raw.length)
		return put(out, ",\"input\":", err) && buffer_append(out, row->raw.at, row->raw.length, err);
	bool ok = put(out, ",\"input\":{", err);
	for (size_t i = 0; ok && i < row->kept_count && i < w->options.column_count; i++)
		ok = (i == 0 || buffer_append_byte(out, ',', err)) &&
		     buffer_append(out, w->keys[i].at, w->keys[i].length, err) && json_put_text(out, row->kept[i], err);
	return ok && buffer_append_byte(out, '}', err);
}

bool writer_put_json(const struct writer *w, const struct batch_row *row, const struct answer *a, struct buffer *out,
		     struct buffer *scratch, struct error *err)
{
	const char *note = row->note ? row->note : a->note;
	return put(out, "{\"id\":", err) && put_id(w, row, out, err) && put_candidates(w, a, out, err) &&
	       (!w->options.automatic || (put(out, ",\"level\":\"", err) && put(out, code_level_name(a->level), err) &&
					  buffer_append_byte(out, '"', err))) &&
	       put_decision(w, a, out, scratch, err) &&
	       (!note || (put(out, ",\"note\":", err) && json_put_text(out, slice_of(note), err))) &&
	       put_input(w, row, out, err) && put(out, "}\n", err);
}
