// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * search_write.c - the answer of soc search as a document, as JSON and as rows.
 */
#include "lib/index/manifest.h"
#include "query/output/search_write.h"

#define REASONS_IN_TEXT 3
#define REASONS_IN_JSON 10
#define UNEXPLAINED_IN_TEXT 12

/* The record of a leading candidate has been read already. */
static bool find_reasons(const struct search_answer *a, const struct candidate *c, size_t limit, struct arena *arena,
			 struct evidence_matches *out)
{
	for (size_t i = 0; i < a->question->count; i++)
		if (a->question->at[i].candidate == c)
			return evidence_match_find_in(a->session->index, a->words, a->question->at[i].record, limit,
						      arena, out, a->session->err);
	return evidence_match_find(a->session->index, a->words, c->occupation, limit, arena, out, a->session->err);
}

/* ---- documents ---- */

bool search_describe_evidence(const struct evidence *e, struct buffer *out, struct error *err)
{
	if (e->kind != EVIDENCE_FILED_TITLE)
		return buffer_append_text(out, evidence_specs[e->kind].name, err);
	return buffer_printf(out, err, "filed %u time%s: %.*s", e->count, e->count == 1 ? "" : "s",
			     (int)e->detail.length, e->detail.at);
}

/* A line about a candidate: its name at the fourth column, further lines at `indent`; without a name it goes on. */
static void begin_line(struct document *d, const char *name, int indent)
{
	char first[32];
	snprintf(first, sizeof first, "%s%s", *name ? "    " : "", name);
	document_pair(d, name);
	document_layout(d, first, indent);
}

static void write_reasons(const struct search_answer *a, struct document *d, const char *name,
			  const struct evidence_match *at, size_t count)
{
	struct buffer what = { 0 };
	for (size_t i = 0; i < count; i++) {
		const struct evidence *e = &at[i].evidence;
		buffer_clear(&what);
		search_describe_evidence(e, &what, a->session->err);
		begin_line(d, i == 0 ? name : "", 14);
		document_spans(d, e->text, at[i].spans, at[i].span_count);
		document_printf(d, RUN_PLAIN, "  (%.*s)", (int)what.length, what.at);
	}
	buffer_free(&what);
}

static void write_unexplained(struct document *d, const struct evidence_matches *r)
{
	if (r->unexplained_count == 0)
		return;
	begin_line(d, "unexplained", 16);
	for (size_t i = 0; i < r->unexplained_count && i < UNEXPLAINED_IN_TEXT; i++) {
		document_text(d, RUN_PLAIN, i > 0 ? SLICE(", ") : SLICE(""));
		document_text(d, RUN_PLAIN, r->unexplained[i]);
	}
	if (r->unexplained_count > UNEXPLAINED_IN_TEXT)
		document_printf(d, RUN_PLAIN, " and %zu more", r->unexplained_count - UNEXPLAINED_IN_TEXT);
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

/* ---- codes of other classifications and levels ---- */

struct other_value {
	const char *name;
	const char *label; /* in text; NULL: it belongs to the value before it */
	bool boolean;
	struct slice text; /* NULL: not known; of a boolean "true" or "false" */
	struct code code;  /* memory of a group's code */
};

enum { OTHER_VALUES = 7 };

static void set_classification(const struct search_answer *a, const struct candidate *c,
			       enum other_classification which, struct other_value *code, struct other_value *detail)
{
	const struct other_code *o = c ? other_code_of(a->other, which, c->occupation) : NULL;
	if (!o)
		return;
	code->text = o->code;
	detail->text = which == OTHER_CENSUS_2018 ? o->title : slice_of(o->split ? "true" : "false");
}

/* Those that --with asks for, and how many; without a candidate their names alone. */
static size_t other_values(const struct search_answer *a, const struct candidate *c,
			   struct other_value to[OTHER_VALUES])
{
	static const struct {
		unsigned with;
		struct other_value value;
	} all[OTHER_VALUES] = { { WITH_CENSUS, { .name = "census", .label = "Census 2018" } },
				{ WITH_CENSUS, { .name = "census_title" } },
				{ WITH_SOC_2010, { .name = "soc2010", .label = "SOC 2010" } },
				{ WITH_SOC_2010, { .name = "soc2010_split", .boolean = true } },
				{ WITH_GROUPS, { .name = "broad", .label = "broad" } },
				{ WITH_GROUPS, { .name = "minor", .label = "minor" } },
				{ WITH_GROUPS, { .name = "major", .label = "major" } } };
	size_t n = 0;
	for (size_t i = 0; i < OTHER_VALUES; i++)
		if (a->with & all[i].with)
			to[n++] = all[i].value;
	size_t at = 0;
	if (a->with & WITH_CENSUS) {
		set_classification(a, c, OTHER_CENSUS_2018, &to[at], &to[at + 1]);
		at += 2;
	}
	if (a->with & WITH_SOC_2010) {
		set_classification(a, c, OTHER_SOC_2010, &to[at], &to[at + 1]);
		at += 2;
	}
	for (int level = LEVEL_BROAD; a->with & WITH_GROUPS && level >= LEVEL_MAJOR; level--, at++) {
		struct code soc = c ? candidate_soc(a, c) : (struct code){ "" };
		if (!c || code_level(&soc) < (enum code_level)level)
			continue;
		to[at].code = code_at_level(&soc, (enum code_level)level);
		to[at].text = slice_of(to[at].code.text);
	}
	return n;
}

/* "Census 2018 1021 Software developers, SOC 2010 15-1132|15-1133 (joined from several), broad 15-1250 ..." */
static void write_other(const struct search_answer *a, struct document *d, const struct candidate *c)
{
	struct other_value values[OTHER_VALUES];
	size_t count = other_values(a, c, values);
	const char *comma = "";
	for (size_t i = 0; i < count; i++) {
		const struct other_value *v = &values[i];
		if (!v->text.at || !v->label)
			continue;
		if (!*comma)
			begin_line(d, "codes", 14);
		document_printf(d, RUN_PLAIN, "%s%s %.*s", comma, v->label, (int)v->text.length, v->text.at);
		comma = ", ";
		/* What has no label of its own belongs to the code before it. */
		if (i + 1 == count || v[1].label)
			continue;
		if (v[1].boolean)
			document_text(d, RUN_PLAIN,
				      v[1].text.at[0] == 't' ? SLICE(" (joined from several)") : SLICE(""));
		else
			document_printf(d, RUN_PLAIN, " %.*s", (int)v[1].text.length, v[1].text.at);
	}
}

static void write_head(const struct search_answer *a, struct document *d, const struct candidate *c, size_t rank)
{
	char heading[32], first[32], group[64] = "", label[ZONE_LABEL_SIZE];
	snprintf(heading, sizeof heading, "%zu. %s", rank, shown_code(a, c));
	snprintf(first, sizeof first, "%2zu. %s", rank, shown_code(a, c));
	if (a->ranking->level < LEVEL_SOC)
		snprintf(group, sizeof group, " (the best of this %s group)", code_level_name(a->ranking->level));
	document_code_section(d, heading, c->title);
	document_layout(d, first, 16);
	document_text(d, RUN_STRONG, c->title);
	document_text(d, RUN_PLAIN, slice_of(group));
	uint32_t zone = a->session->index->entries[c->occupation].zone;
	bool ranked = a->facts->count == 0 || a->job->title.length || a->job->text.length;
	if (!ranked && !zone)
		return;
	document_paragraph(d);
	document_layout(d, "    ", LAYOUT_UNWRAPPED);
	if (ranked)
		document_printf(d, RUN_PLAIN, "confidence %.0f%%, score %.2f", 100.0 * c->confidence, c->score);
	if (zone)
		document_printf(d, RUN_PLAIN, "%sJob Zone %s", ranked ? ", " : "",
				reference_zone_label(&a->session->index->reference, zone, label));
}

static void write_facts(const struct search_answer *a, struct document *d, const struct candidate *c)
{
	struct buffer text = { 0 };
	if (fact_filter_describe(a->session, a->facts, c->occupation, &text) && text.length) {
		begin_line(d, "facts", 14);
		document_text(d, RUN_PLAIN, buffer_slice(&text));
	}
	buffer_free(&text);
}

static bool write_candidate(const struct search_answer *a, struct document *d, const struct candidate *c, size_t rank,
			    struct arena *arena)
{
	struct evidence_matches r;
	arena_reset(arena);
	if (!find_reasons(a, c, REASONS_IN_TEXT, arena, &r))
		return false;
	write_head(a, d, c, rank);
	write_other(a, d, c);
	write_facts(a, d, c);
	write_reasons(a, d, "titles", r.at[MATCH_TITLES], r.count[MATCH_TITLES]);
	write_reasons(a, d, "tasks", r.at[MATCH_TASKS], r.count[MATCH_TASKS]);
	if (r.count[MATCH_TITLES] + r.count[MATCH_TASKS] == 0)
		write_reasons(a, d, "matched", r.at[MATCH_OTHERS], r.count[MATCH_OTHERS]);
	write_unexplained(d, &r);
	return true;
}

/* A section behind the candidates: in text it has no heading, but a name in front of each line. */
static void write_line(struct document *d, const char *heading, const char *name, struct slice text)
{
	if (text.length == 0)
		return;
	if (heading) {
		document_section(d, 1, name, heading);
		document_layout(d, NULL, 0);
	}
	document_pair(d, name);
	document_layout(d, name, 9);
	document_text(d, RUN_PLAIN, text);
}

/* How words were read besides as they stand; behind the last code, where a reader's eye is. */
static void write_expansions(const struct search_answer *a, struct document *d)
{
	static const struct {
		enum expansion_kind kind;
		const char *name;
	} lines[] = { { EXPANSION_SPELLING, "read as" }, { EXPANSION_SYNONYM, "also" } };
	bool any = false;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct buffer text = { 0 };
		expansions_describe(a->ranking->expansions, a->ranking->expansion_count, lines[i].kind, &text,
				    a->session->err);
		write_line(d, any ? NULL : "How words were read", lines[i].name, buffer_slice(&text));
		any |= text.length > 0;
		buffer_free(&text);
	}
}

/* What of the title and the text counts little. */
static void write_parts(const struct search_answer *a, struct document *d)
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
	write_line(d, "What counts little", "little", buffer_slice(&text));
	buffer_free(&text);
}

/* What would decide, where the answer is not sure. */
static void write_question(const struct search_answer *a, struct document *d)
{
	const struct clarifying_question *q = a->question;
	struct buffer text = { 0 };
	if (q->count == 0)
		return;
	buffer_append_text(&text, "To decide between ", a->session->err);
	for (size_t i = 0; i < q->count; i++)
		buffer_printf(&text, a->session->err, "%s%s",
			      i == 0             ? ""
			      : i + 1 < q->count ? ", "
						 : " and ",
			      shown_code(a, q->at[i].candidate));
	buffer_append_text(&text, ", ask which is nearer to the job:", a->session->err);
	document_section(d, 1, "decide", "What would decide");
	document_layout(d, NULL, 0);
	document_paragraph(d);
	document_layout(d, "", 0);
	document_text(d, RUN_PLAIN, buffer_slice(&text));
	for (size_t i = 0; i < q->count; i++) {
		begin_line(d, shown_code(a, q->at[i].candidate), 16);
		document_text(d, RUN_PLAIN, q->at[i].statement.text);
		for (size_t k = 0; k < q->at[i].word_count; k++) {
			if (k == 0) {
				document_pair(d, "words");
				document_layout(d, "      words", 16);
			}
			document_printf(d, RUN_PLAIN, "%s%.*s", k == 0 ? "" : ", ", (int)q->at[i].words[k].length,
					q->at[i].words[k].at);
		}
	}
	buffer_free(&text);
}

struct document *search_write(const struct search_answer *a)
{
	struct arena arena = { 0 };
	struct buffer title = { 0 };
	bool ok = buffer_printf(&title, a->session->err, "Occupation codes%s%.*s", a->job->title.length ? ": " : "",
				(int)a->job->title.length, a->job->title.at ? a->job->title.at : "") &&
		  buffer_terminate(&title, a->session->err);
	struct document *d = ok ? document_new(title.at, a->session->err) : NULL;
	if (d)
		document_listing(d);
	for (size_t i = 0; d && ok && i < a->ranking->count; i++)
		ok = write_candidate(a, d, &a->ranking->at[i], a->offset + i + 1, &arena);
	if (d && ok && a->ranking->count) {
		write_question(a, d);
		write_expansions(a, d);
		write_parts(a, d);
	}
	if (!ok) {
		document_free(d);
		d = NULL;
	}
	buffer_free(&title);
	arena_free(&arena);
	return d;
}

/* ---- JSON ---- */

static json_t *json_reason(const struct search_answer *a, const struct evidence_match *r)
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

static json_t *json_reasons(const struct search_answer *a, const struct evidence_matches *r, enum match_group group)
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
	if (a->facts->count > 0 && fact_filter_describe(a->session, a->facts, c->occupation, &text))
		json_object_set_new(candidate, "facts", format_json_text(buffer_slice(&text)));
	buffer_free(&text);
}

static void set_other(const struct search_answer *a, const struct candidate *c, json_t *candidate)
{
	struct other_value values[OTHER_VALUES];
	size_t count = other_values(a, c, values);
	for (size_t i = 0; i < count; i++) {
		if (values[i].text.at)
			json_object_set_new(candidate, values[i].name,
					    values[i].boolean ? json_boolean(values[i].text.at[0] == 't')
							      : format_json_text(values[i].text));
	}
}

static json_t *json_candidate(struct search_answer *a, const struct candidate *c, size_t rank, struct arena *arena)
{
	struct evidence_matches r;
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
		json_parts(c), "titles", json_reasons(a, &r, MATCH_TITLES), "tasks", json_reasons(a, &r, MATCH_TASKS),
		"others", json_reasons(a, &r, MATCH_OTHERS), "unexplained", unexplained);
	set_facts(a, c, candidate);
	set_other(a, c, candidate);
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
		const struct question_candidate *t = &a->question->at[i];
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
		json_object_set_new(answer, "explain", trace_json(a->explain));
	format_print_json(answer);
	return true;
}

/* ---- rows ---- */

static void put_best(struct csv_writer *rows, const struct evidence_matches *r, enum match_group group)
{
	csv_put(rows, r->count[group] ? r->at[group][0].evidence.text : SLICE(""));
}

static bool put_candidate(struct search_answer *a, struct csv_writer *rows, const struct candidate *c, size_t rank,
			  struct arena *arena)
{
	struct evidence_matches r;
	struct buffer unexplained = { 0 }, facts = { 0 };
	bool ok = fact_filter_describe(a->session, a->facts, c->occupation, &facts);
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
		put_best(rows, &r, MATCH_TITLES);
		put_best(rows, &r, MATCH_TASKS);
		csv_put(rows, buffer_slice(&unexplained));
		if (a->facts->count)
			csv_put(rows, buffer_slice(&facts));
		struct other_value values[OTHER_VALUES];
		size_t count = other_values(a, c, values);
		for (size_t i = 0; i < count; i++)
			csv_put(rows, values[i].text);
		csv_end(rows);
	}
	buffer_free(&unexplained);
	buffer_free(&facts);
	return ok;
}

static bool print_rows(struct search_answer *a, struct arena *arena)
{
	struct csv_writer rows = format_rows(a->format, a->session->err);
	struct other_value others[OTHER_VALUES];
	size_t count = other_values(a, NULL, others);
	char names[256];
	int length = snprintf(names, sizeof names,
			      "rank code soc title zone score confidence best_title best_task unexplained%s",
			      a->facts->count ? " facts" : "");
	for (size_t i = 0; i < count; i++)
		length += snprintf(names + length, sizeof names - (size_t)length, " %s", others[i].name);
	csv_header(&rows, names);
	for (size_t i = 0; i < a->ranking->count; i++)
		if (!put_candidate(a, &rows, &a->ranking->at[i], a->offset + i + 1, arena))
			return false;
	return true;
}

void search_print_trace(const struct trace *e, const struct page *page)
{
	const char *heading;
	struct slice text;
	size_t i = 0;
	while (trace_next(e, &i, &heading, &text))
		page_paragraph(page, heading, 12, text, NULL, 0);
	if (i > 0)
		fputc('\n', page->stream);
}

bool search_print(struct search_answer *a)
{
	struct arena scratch = { 0 };
	bool ok = a->format == FORMAT_JSON    ? print_json(a, &scratch)
		  : a->format == FORMAT_JSONL ? print_lines(a, &scratch)
					      : print_rows(a, &scratch);
	arena_free(&scratch);
	return ok;
}
