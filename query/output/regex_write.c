// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * regex_write.c - the matches of a regular expression as text, rows and JSON, each as soon as it is found.
 */
#include "lib/index/manifest.h"
#include "query/output/regex_write.h"
#include "query/output/search_write.h"

static const char *source_title(const struct regex_output *l, const struct evidence *e)
{
	return manifest_source_title(l->session->index->manifest, e->source);
}

/* ---- formats ---- */

static void tell_text(struct regex_output *l, const struct regex_match *m)
{
	const struct page *p = l->page;
	const struct entry *e = &l->session->index->entries[m->occupation];
	struct buffer text = { 0 };
	if (l->occupation != m->occupation + 1) {
		if (l->occupation > 0)
			fputc('\n', p->stream);
		page_write(p, PAGE_BOLD, "%s  %.*s", e->code.text, (int)e->title.length, e->title.at);
		fputc('\n', p->stream);
	}
	l->occupation = m->occupation + 1;
	if (buffer_append(&text, m->evidence->text.at, m->evidence->text.length, l->session->err) &&
	    buffer_append_text(&text, "  (", l->session->err) &&
	    search_describe_evidence(m->evidence, &text, l->session->err) &&
	    buffer_printf(&text, l->session->err, "; %s)", source_title(l, m->evidence)))
		page_paragraph(p, "  ", 4, buffer_slice(&text), m->spans, m->span_count);
	buffer_free(&text);
}

static json_t *json_match(const struct regex_output *l, const struct regex_match *m)
{
	const struct entry *e = &l->session->index->entries[m->occupation];
	json_t *spans = json_array();
	for (size_t i = 0; i < m->span_count; i++)
		json_array_append_new(spans, json_pack("[ii]", (int)m->spans[i].start, (int)m->spans[i].length));
	json_t *object = json_pack("{s:s, s:s, s:o, s:s, s:o, s:o, s:s}", "code", e->code.text, "soc",
				   code_soc(&e->code).text, "title", format_json_text(e->title), "kind",
				   evidence_specs[m->evidence->kind].key, "text", format_json_text(m->evidence->text),
				   "matched", spans, "source", source_title(l, m->evidence));
	if (m->evidence->id.length)
		json_object_set_new(object, "id", format_json_text(m->evidence->id));
	if (m->evidence->kind == EVIDENCE_FILED_TITLE)
		json_object_set_new(object, "filings", json_integer(m->evidence->count));
	return object;
}

static void put_row(struct regex_output *l, const struct regex_match *m)
{
	const struct entry *e = &l->session->index->entries[m->occupation];
	struct slice text = m->evidence->text, matched = SLICE("");
	if (m->span_count)
		matched = (struct slice){ text.at + m->spans[0].start, m->spans[0].length };
	csv_put_text(&l->rows, e->code.text);
	csv_put_text(&l->rows, code_soc(&e->code).text);
	csv_put(&l->rows, e->title);
	csv_put_text(&l->rows, evidence_specs[m->evidence->kind].key);
	csv_put(&l->rows, text);
	csv_put(&l->rows, matched);
	csv_put_text(&l->rows, source_title(l, m->evidence));
	csv_put(&l->rows, m->evidence->id);
	csv_end(&l->rows);
}

void regex_write_match(void *ctx, const struct regex_match *m)
{
	struct regex_output *l = ctx;
	if (format_is_table(l->format))
		put_row(l, m);
	else if (l->format == FORMAT_JSONL)
		format_print_line(json_match(l, m));
	else if (l->list)
		json_array_append_new(l->list, json_match(l, m));
	else
		tell_text(l, m);
}

void regex_write_begin(struct regex_output *l)
{
	l->rows = format_rows(l->format, l->session->err);
	l->list = l->format == FORMAT_JSON ? json_array() : NULL;
	if (format_is_table(l->format))
		csv_header(&l->rows, "code soc title kind text matched source id");
}

void regex_write_end(struct regex_output *l, const char *pattern, const struct regex_request *request,
		     const struct regex_totals *totals)
{
	if (l->list)
		format_print_json(json_pack(
			"{s:o, s:b, s:I, s:I, s:I, s:b, s:O}", "pattern", format_json_text(slice_of(pattern)),
			"ignores_case", regex_ignores_case(request->pattern), "found", (json_int_t)totals->found,
			"occupations", (json_int_t)totals->occupations, "given_up", (json_int_t)totals->given_up,
			"sample", manifest_is_sample(l->session->index->manifest), "matches", l->list));
}
