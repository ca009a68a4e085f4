// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * regex_write.c - the matches of a regular expression as documents, rows and JSON, in text and lines each as soon as it
 * is found.
 */
#include "lib/index/manifest.h"
#include "query/output/regex_write.h"
#include "query/output/search_write.h"

static const char *source_title(const struct regex_output *l, const struct evidence *e)
{
	return manifest_source_title(l->session->index->manifest, e->source);
}

/* ---- formats ---- */

/* The document that a match of the occupation goes to: of text each occupation is one, and is printed when the next
 * begins. */
static struct document *document_of(struct regex_output *l, size_t occupation)
{
	const struct entry *e = &l->session->index->entries[occupation];
	if (l->d && l->occupation == occupation + 1)
		return l->d;
	if (l->d && l->format == FORMAT_TEXT) {
		document_print_text(l->d, l->page, l->session->err);
		fputc('\n', l->page->stream);
		document_free(l->d);
		l->d = NULL;
	}
	l->d = l->d ? l->d : document_new(l->title, l->session->err);
	l->occupation = occupation + 1;
	if (!l->d)
		return NULL;
	document_listing(l->d);
	document_code_section(l->d, e->code.text, e->title);
	return l->d;
}

static void write_match(struct regex_output *l, const struct regex_match *m)
{
	struct document *d = document_of(l, m->occupation);
	struct buffer what = { 0 };
	if (d && search_describe_evidence(m->evidence, &what, l->session->err)) {
		document_item(d);
		document_layout(d, "  ", 4);
		document_spans(d, m->evidence->text, m->spans, m->span_count);
		document_printf(d, RUN_PLAIN, "  (%.*s; %s)", (int)what.length, what.at, source_title(l, m->evidence));
	}
	buffer_free(&what);
}

static void write_json_match(struct regex_output *l, const struct regex_match *m)
{
	const struct entry *e = &l->session->index->entries[m->occupation];
	struct json_writer *w = &l->json;
	format_json_begin(w);
	json_write_string(w, "code", e->code.text);
	json_write_string(w, "soc", code_soc(&e->code).text);
	json_write_text(w, "title", e->title);
	json_write_string(w, "kind", evidence_specs[m->evidence->kind].key);
	json_write_text(w, "text", m->evidence->text);
	format_json_spans(w, "matched", m->spans, m->span_count);
	json_write_string(w, "source", source_title(l, m->evidence));
	if (m->evidence->id.length)
		json_write_text(w, "id", m->evidence->id);
	if (m->evidence->kind == EVIDENCE_FILED_TITLE)
		json_write_count(w, "filings", m->evidence->count);
	format_json_end(w);
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
	else if (format_is_json(l->format))
		write_json_match(l, m);
	else
		write_match(l, m);
}

bool regex_write_begin(struct regex_output *l, const char *pattern)
{
	struct buffer title = { 0 };
	if (!buffer_printf(&title, l->session->err, "Matches of %s", pattern))
		return false;
	l->title = arena_copy(&l->session->arena, buffer_slice(&title), l->session->err).at;
	buffer_free(&title);
	if (format_is_page(l->format) && l->title)
		l->d = document_new(l->title, l->session->err);
	l->rows = format_rows(l->format, l->session->err);
	l->json = format_json(l->format, JSON_DIGITS_MEASURED, &l->text, l->session->err);
	if (l->format == FORMAT_JSON) {
		l->json.depth = 1; /* members of the answer: what stands before them is known at the end */
		json_begin_array(&l->json, "matches");
	}
	if (format_is_table(l->format))
		csv_header(&l->rows, "code soc title kind text matched source id");
	return l->title && (l->d || !format_is_page(l->format));
}

void regex_write_end(struct regex_output *l, const char *pattern, const struct regex_request *request,
		     const struct regex_totals *totals)
{
	struct buffer out = { 0 };
	struct json_writer w = format_json(l->format, JSON_DIGITS_MEASURED, &out, l->session->err);
	if (l->format != FORMAT_JSON || !buffer_ok(&l->text))
		return;
	json_end_array(&l->json);
	format_json_begin(&w);
	json_write_string(&w, "pattern", pattern);
	json_write_bool(&w, "ignores_case", regex_ignores_case(request->pattern));
	json_write_count(&w, "found", totals->found);
	json_write_count(&w, "occupations", totals->occupations);
	json_write_count(&w, "given_up", totals->given_up);
	json_write_bool(&w, "sample", manifest_is_sample(l->session->index->manifest));
	json_write_members(&w, buffer_slice(&l->text));
	format_json_end(&w);
}
