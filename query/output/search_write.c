// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/index/manifest.h"
#include "query/output/search_write.h"

#define REASONS_IN_TEXT 3
#define REASONS_IN_JSON 10
#define UNEXPLAINED_IN_TEXT 12

/* The record of a leading candidate has been read already. */
static bool find_reasons(const struct search_answer *a, const struct candidate *c, size_t limit, struct arena *arena,
			 struct reasons *out)
{
	for (size_t i = 0; i < a->question->count; i++)
		if (a->question->at[i].candidate == c)
			return reasons_find_in(a->session->index, a->words, &a->question->at[i].record, limit, arena,
					       out, a->session->err);
	return reasons_find(a->session->index, a->words, c->occupation, limit, arena, out, a->session->err);
}

/* ---- text ---- */

bool search_describe_evidence(const struct evidence *e, struct buffer *out, struct error *err)
{
	if (e->kind != EVIDENCE_FILED_TITLE)
		return buffer_append_text(out, evidence_specs[e->kind].name, err);
	return buffer_printf(out, err, "filed %u time%s: %.*s", e->count, e->count == 1 ? "" : "s",
			     (int)e->detail.length, e->detail.at);
}

static void print_reasons(const struct search_answer *a, const char *label, const struct reason *at, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct evidence *e = &at[i].evidence;
		struct buffer text = { 0 };
		buffer_append(&text, e->text.at, e->text.length, a->session->err);
		buffer_append_text(&text, "  (", a->session->err);
		search_describe_evidence(e, &text, a->session->err);
		buffer_append_text(&text, ")", a->session->err);
		page_paragraph(a->page, i == 0 ? label : "", 14, buffer_slice(&text), at[i].spans, at[i].span_count);
		buffer_free(&text);
	}
}

static void print_unexplained(const struct search_answer *a, const struct reasons *r)
{
	struct buffer text = { 0 };
	if (r->unexplained_count == 0)
		return;
	for (size_t i = 0; i < r->unexplained_count && i < UNEXPLAINED_IN_TEXT; i++) {
		if (i > 0)
			buffer_append_text(&text, ", ", a->session->err);
		buffer_append(&text, r->unexplained[i].at, r->unexplained[i].length, a->session->err);
	}
	if (r->unexplained_count > UNEXPLAINED_IN_TEXT)
		buffer_printf(&text, a->session->err, " and %zu more", r->unexplained_count - UNEXPLAINED_IN_TEXT);
	page_paragraph(a->page, "    unexplained", 16, buffer_slice(&text), NULL, 0);
	buffer_free(&text);
}

/* The code to show: at the SOC level the best occupation under it, at a group's level the group. */
static const char *shown_code(const struct search_answer *a, const struct candidate *c)
{
	return a->ranking->level >= LEVEL_SOC ? a->session->index->entries[c->occupation].code.text : c->code.text;
}

/* ... and the code of at most six digits: the SOC code, or the group's. */
static struct code candidate_soc(const struct search_answer *a, const struct candidate *c)
{
	return a->ranking->level < LEVEL_SOC ? c->code : code_soc(&a->session->index->entries[c->occupation].code);
}

static void print_head(const struct search_answer *a, const struct candidate *c, size_t rank)
{
	const struct page *p = a->page;
	struct page heading = *p;
	heading.match = PAGE_BOLD;
	struct buffer title = { 0 };
	char first[32], label[ZONE_LABEL_SIZE];
	snprintf(first, sizeof first, "%2zu. %s", rank, shown_code(a, c));
	buffer_append(&title, c->title.at, c->title.length, a->session->err);
	struct span whole = { 0, (uint32_t)title.length };
	if (a->ranking->level < LEVEL_SOC)
		buffer_printf(&title, a->session->err, " (the best of this %s group)",
			      code_level_name(a->ranking->level));
	page_paragraph(&heading, first, 16, buffer_slice(&title), &whole, 1);
	buffer_free(&title);
	uint32_t zone = a->session->index->entries[c->occupation].zone;
	bool ranked = a->facts->count == 0 || a->job->title.length || a->job->text.length;
	if (ranked)
		fprintf(p->stream, "    confidence %.0f%%, score %.2f", 100.0 * c->confidence, c->score);
	if (zone)
		fprintf(p->stream, "%sJob Zone %s", ranked ? ", " : "    ",
			reference_zone_label(&a->session->index->reference, zone, label));
	if (ranked || zone)
		fputc('\n', p->stream);
}

static void print_facts(const struct search_answer *a, const struct candidate *c)
{
	struct buffer text = { 0 };
	if (search_show_facts(a->session->index, a->facts, c->occupation, &text, a->session->err) && text.length)
		page_paragraph(a->page, "    facts", 14, buffer_slice(&text), NULL, 0);
	buffer_free(&text);
}

static bool print_candidate(struct search_answer *a, const struct candidate *c, size_t rank, struct arena *arena)
{
	struct reasons r;
	arena_reset(arena);
	if (!find_reasons(a, c, REASONS_IN_TEXT, arena, &r))
		return false;
	print_head(a, c, rank);
	print_facts(a, c);
	print_reasons(a, "    titles", r.at[REASON_TITLES], r.count[REASON_TITLES]);
	print_reasons(a, "    tasks", r.at[REASON_TASKS], r.count[REASON_TASKS]);
	if (r.count[REASON_TITLES] + r.count[REASON_TASKS] == 0)
		print_reasons(a, "    matched", r.at[REASON_OTHERS], r.count[REASON_OTHERS]);
	print_unexplained(a, &r);
	return true;
}

/* How words were read besides as they stand; behind the last code, where a reader's eye is. */
static void print_expansions(const struct search_answer *a)
{
	static const struct {
		enum expansion_kind kind;
		const char *label;
	} lines[] = { { EXPANSION_SPELLING, "read as" }, { EXPANSION_SYNONYM, "also" } };
	bool any = false;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct buffer text = { 0 };
		expansions_describe(a->ranking->expansions, a->ranking->expansion_count, lines[i].kind, &text,
				    a->session->err);
		if (text.length && !any)
			fputc('\n', a->page->stream);
		any |= text.length > 0;
		if (text.length)
			page_paragraph(a->page, lines[i].label, 9, buffer_slice(&text), NULL, 0);
		buffer_free(&text);
	}
}

/* What of the title and the text counts little. */
static void print_parts(const struct search_answer *a)
{
	struct buffer text = { 0 };
	for (size_t i = 0; i < a->ranking->part_count; i++) {
		const struct title_part *x = &a->ranking->parts[i];
		if (title_rule_specs[x->rule].weight < TITLE_PART_LITTLE)
			buffer_printf(&text, a->session->err, "%s%.*s (%s)", text.length ? ", " : "",
				      (int)x->written.length, x->written.at, title_rule_specs[x->rule].name);
	}
	const struct weighted_text *weighed = &a->ranking->weighted;
	if (weighed->lessened)
		buffer_printf(&text, a->session->err, "%s%zu of %zu sentences", text.length ? ", " : "",
			      weighed->lessened, weighed->sentences);
	if (text.length) {
		fputc('\n', a->page->stream);
		page_paragraph(a->page, "little", 9, buffer_slice(&text), NULL, 0);
	}
	buffer_free(&text);
}

/* What would decide, where the answer is not sure. */
static void print_question(const struct search_answer *a)
{
	const struct deciding *d = a->question;
	struct buffer text = { 0 };
	if (d->count == 0)
		return;
	buffer_append_text(&text, "To decide between ", a->session->err);
	for (size_t i = 0; i < d->count; i++)
		buffer_printf(&text, a->session->err, "%s%s",
			      i == 0             ? ""
			      : i + 1 < d->count ? ", "
						 : " and ",
			      shown_code(a, d->at[i].candidate));
	buffer_append_text(&text, ", ask which is nearer to the job:", a->session->err);
	fputc('\n', a->page->stream);
	page_paragraph(a->page, "", 0, buffer_slice(&text), NULL, 0);
	for (size_t i = 0; i < d->count; i++) {
		char code[32];
		snprintf(code, sizeof code, "    %s", shown_code(a, d->at[i].candidate));
		page_paragraph(a->page, code, 16, d->at[i].statement.text, NULL, 0);
		buffer_clear(&text);
		for (size_t k = 0; k < d->at[i].word_count; k++)
			buffer_printf(&text, a->session->err, "%s%.*s", k == 0 ? "" : ", ",
				      (int)d->at[i].words[k].length, d->at[i].words[k].at);
		if (text.length)
			page_paragraph(a->page, "      words", 16, buffer_slice(&text), NULL, 0);
	}
	buffer_free(&text);
}

static bool print_text(struct search_answer *a, struct arena *arena)
{
	for (size_t i = 0; i < a->ranking->count; i++) {
		if (i > 0)
			fputc('\n', a->page->stream);
		if (!print_candidate(a, &a->ranking->at[i], a->offset + i + 1, arena))
			return false;
	}
	if (a->ranking->count) {
		print_question(a);
		print_expansions(a);
		print_parts(a);
	}
	return true;
}

/* ---- JSON ---- */

static json_t *json_reason(const struct search_answer *a, const struct reason *r)
{
	json_t *spans = json_array();
	for (size_t i = 0; i < r->span_count; i++)
		json_array_append_new(spans, json_pack("[ii]", (int)r->spans[i].start, (int)r->spans[i].length));
	json_t *object = json_pack("{s:o, s:s, s:s, s:f, s:o}", "text", format_json_text(r->evidence.text), "kind",
				   evidence_specs[r->evidence.kind].key, "source",
				   manifest_source_title(a->session->index->manifest, r->evidence.source), "cosine",
				   r->cosine, "matched", spans);
	if (r->evidence.kind == EVIDENCE_FILED_TITLE) {
		json_object_set_new(object, "filings", json_integer(r->evidence.count));
		json_object_set_new(object, "filed", format_json_text(r->evidence.detail));
	}
	return object;
}

static json_t *json_reasons(const struct search_answer *a, const struct reasons *r, enum reason_group group)
{
	json_t *list = json_array();
	for (size_t i = 0; i < r->count[group]; i++)
		json_array_append_new(list, json_reason(a, &r->at[group][i]));
	return list;
}

static json_t *json_parts(const struct candidate *c)
{
	json_t *parts = json_object();
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		if (c->parts[i] != 0.0)
			json_object_set_new(parts, feature_specs[i].key, json_real(c->parts[i]));
	return parts;
}

/* What the candidate has to show for each condition, in words. */
static void set_facts(const struct search_answer *a, const struct candidate *c, json_t *candidate)
{
	struct buffer text = { 0 };
	if (a->facts->count > 0 &&
	    search_show_facts(a->session->index, a->facts, c->occupation, &text, a->session->err))
		json_object_set_new(candidate, "facts", format_json_text(buffer_slice(&text)));
	buffer_free(&text);
}

static json_t *json_candidate(struct search_answer *a, const struct candidate *c, size_t rank, struct arena *arena)
{
	struct reasons r;
	arena_reset(arena);
	if (!find_reasons(a, c, REASONS_IN_JSON, arena, &r))
		return NULL;
	uint32_t zone = a->session->index->entries[c->occupation].zone;
	json_t *unexplained = json_array();
	for (size_t i = 0; i < r.unexplained_count; i++)
		json_array_append_new(unexplained, format_json_text(r.unexplained[i]));
	json_t *candidate = json_pack(
		"{s:I, s:s, s:s, s:o, s:o, s:f, s:f, s:o, s:o, s:o, s:o, s:o}", "rank", (json_int_t)rank, "code",
		shown_code(a, c), "soc", candidate_soc(a, c).text, "title", format_json_text(c->title), "zone",
		zone ? json_integer(zone) : json_null(), "score", c->score, "confidence", c->confidence, "parts",
		json_parts(c), "titles", json_reasons(a, &r, REASON_TITLES), "tasks", json_reasons(a, &r, REASON_TASKS),
		"others", json_reasons(a, &r, REASON_OTHERS), "unexplained", unexplained);
	set_facts(a, c, candidate);
	return candidate;
}

json_t *expansion_json(const struct expansion *x)
{
	return json_pack("{s:s, s:o, s:o}", "kind", x->kind == EXPANSION_SPELLING ? "spelling" : "synonym", "written",
			 format_json_text(x->written), "words", format_json_text(x->words));
}

static json_t *json_expansions(const struct ranking *r)
{
	json_t *list = json_array();
	for (size_t i = 0; i < r->expansion_count; i++)
		json_array_append_new(list, expansion_json(&r->expansions[i]));
	return list;
}

static json_t *json_statement(const struct search_answer *a, const struct evidence *e)
{
	return json_pack("{s:o, s:o, s:s, s:s}", "text", format_json_text(e->text), "id",
			 e->id.length ? format_json_text(e->id) : json_null(), "kind", evidence_specs[e->kind].key,
			 "source", manifest_source_title(a->session->index->manifest, e->source));
}

static json_t *json_question(const struct search_answer *a)
{
	json_t *between = json_array();
	for (size_t i = 0; i < a->question->count; i++) {
		const struct telling *t = &a->question->at[i];
		json_t *words = json_array();
		for (size_t k = 0; k < t->word_count; k++)
			json_array_append_new(words, format_json_text(t->words[k]));
		json_array_append_new(between, json_pack("{s:s, s:o, s:o, s:o}", "code", shown_code(a, t->candidate),
							 "title", format_json_text(t->candidate->title), "task",
							 json_statement(a, &t->statement), "words", words));
	}
	return json_pack("{s:o}", "between", between);
}

/* The candidates alone, each on a line. */
static bool print_lines(struct search_answer *a, struct arena *arena)
{
	for (size_t i = 0; i < a->ranking->count; i++) {
		json_t *c = json_candidate(a, &a->ranking->at[i], a->offset + i + 1, arena);
		if (!c)
			return false;
		format_print_line(c);
	}
	return true;
}

static bool print_json(struct search_answer *a, struct arena *arena)
{
	json_t *list = json_array();
	for (size_t i = 0; i < a->ranking->count; i++) {
		json_t *c = json_candidate(a, &a->ranking->at[i], a->offset + i + 1, arena);
		if (!c) {
			json_decref(list);
			return false;
		}
		json_array_append_new(list, c);
	}
	json_t *answer =
		json_pack("{s:o, s:o, s:s, s:I, s:b, s:o, s:o}", "title", format_json_text(a->job->title), "text",
			  format_json_text(a->job->text), "level", code_level_name(a->ranking->level), "found",
			  (json_int_t)a->ranking->found, "sample", manifest_is_sample(a->session->index->manifest),
			  "expansions", json_expansions(a->ranking), "candidates", list);
	if (a->question->count)
		json_object_set_new(answer, "question", json_question(a));
	if (a->explain)
		json_object_set_new(answer, "explain", explain_json(a->explain));
	format_print_json(answer);
	return true;
}

/* ---- rows ---- */

static void put_best(struct csv_writer *rows, const struct reasons *r, enum reason_group group)
{
	csv_put(rows, r->count[group] ? r->at[group][0].evidence.text : SLICE(""));
}

static bool put_candidate(struct search_answer *a, struct csv_writer *rows, const struct candidate *c, size_t rank,
			  struct arena *arena)
{
	struct reasons r;
	struct buffer unexplained = { 0 }, facts = { 0 };
	bool ok = search_show_facts(a->session->index, a->facts, c->occupation, &facts, a->session->err);
	arena_reset(arena);
	ok = ok && find_reasons(a, c, 1, arena, &r);
	for (size_t i = 0; ok && i < r.unexplained_count; i++)
		ok = (i == 0 || buffer_append_byte(&unexplained, ' ', a->session->err)) &&
		     buffer_append(&unexplained, r.unexplained[i].at, r.unexplained[i].length, a->session->err);
	if (ok) {
		uint32_t zone = a->session->index->entries[c->occupation].zone;
		csv_put_count(rows, rank);
		csv_put_text(rows, shown_code(a, c));
		csv_put_text(rows, candidate_soc(a, c).text);
		csv_put(rows, c->title);
		if (zone)
			csv_put_count(rows, zone);
		else
			csv_put(rows, SLICE(""));
		csv_put_real(rows, c->score);
		csv_put_real(rows, c->confidence);
		put_best(rows, &r, REASON_TITLES);
		put_best(rows, &r, REASON_TASKS);
		csv_put(rows, buffer_slice(&unexplained));
		if (a->facts->count)
			csv_put(rows, buffer_slice(&facts));
		csv_end(rows);
	}
	buffer_free(&unexplained);
	buffer_free(&facts);
	return ok;
}

static bool print_rows(struct search_answer *a, struct arena *arena)
{
	struct csv_writer rows = format_rows(a->format, a->session->err);
	csv_header(&rows, a->facts->count
				  ? "rank code soc title zone score confidence best_title best_task unexplained facts"
				  : "rank code soc title zone score confidence best_title best_task unexplained");
	for (size_t i = 0; i < a->ranking->count; i++)
		if (!put_candidate(a, &rows, &a->ranking->at[i], a->offset + i + 1, arena))
			return false;
	return true;
}

static bool print_in_format(struct search_answer *a, struct arena *arena)
{
	switch (a->format) {
	case FORMAT_JSON:
		return print_json(a, arena);
	case FORMAT_JSONL:
		return print_lines(a, arena);
	case FORMAT_CSV:
	case FORMAT_TSV:
		return print_rows(a, arena);
	case FORMAT_TEXT:
	case FORMAT_MD:
	case FORMAT_HTML:
	case FORMAT_COUNT:
		break;
	}
	return print_text(a, arena);
}

/* All stages that --explain asked for, and an empty line behind them. */
static void print_trace(const struct explain *e, const struct page *page)
{
	const char *heading;
	struct slice text;
	size_t i = 0;
	while (explain_next(e, &i, &heading, &text))
		page_paragraph(page, heading, 12, text, NULL, 0);
	if (i > 0)
		fputc('\n', page->stream);
}

bool search_print(struct search_answer *a)
{
	struct arena scratch = { 0 };
	/* Rows and lines have no place for it: it goes where it does not disturb them. */
	struct page page = *a->page;
	if (a->format != FORMAT_TEXT)
		page.stream = stderr;
	if (a->format != FORMAT_JSON)
		print_trace(a->explain, &page);
	bool ok = print_in_format(a, &scratch);
	arena_free(&scratch);
	return ok;
}
