// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trace_write.c - the stages of --explain as lines of text, and as JSON.
 */
#include "query/output/trace_write.h"

/* The line behind the last one of a stage; the value behind the last one of a line. */
static size_t stage_end(const struct trace *e, size_t stage)
{
	return stage + 1 < e->stage_count ? e->stages[stage + 1].first_line : e->line_count;
}

static size_t line_end(const struct trace *e, size_t line)
{
	return line + 1 < e->line_count ? e->lines[line + 1].first_value : e->value_count;
}

void trace_print(const struct trace *e, const struct page *page)
{
	if (!e || e->line_count == 0)
		return;
	for (size_t s = 0; s < e->stage_count; s++)
		for (size_t i = e->stages[s].first_line; i < stage_end(e, s); i++)
			page_paragraph(page, i == e->stages[s].first_line ? e->stages[s].heading : "", 12,
				       e->lines[i].text, NULL, 0);
	fputc('\n', page->stream);
}

static void write_value(const struct trace_value *v, struct json_writer *w)
{
	switch (v->kind) {
	case TRACE_TEXT:
		json_write_text(w, v->key, v->text);
		break;
	case TRACE_COUNT:
		json_write_count(w, v->key, v->count);
		break;
	case TRACE_REAL:
		json_write_real(w, v->key, v->real);
		break;
	case TRACE_FLAG:
		json_write_bool(w, v->key, v->flag);
		break;
	case TRACE_OBJECT:
		json_begin_object(w, v->key);
		break;
	case TRACE_OBJECT_END:
		json_end_object(w);
		break;
	}
}

void trace_write_json(const struct trace *e, struct json_writer *w)
{
	if (!e)
		return;
	json_begin_object(w, "explain");
	for (size_t s = 0; s < e->stage_count; s++) {
		json_begin_array(w, e->stages[s].key);
		for (size_t i = e->stages[s].first_line; i < stage_end(e, s); i++) {
			json_begin_object(w, NULL);
			for (size_t v = e->lines[i].first_value; v < line_end(e, i); v++)
				write_value(&e->values[v], w);
			json_end_object(w);
		}
		json_end_array(w);
	}
	json_end_object(w);
}
