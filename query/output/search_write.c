// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * search_write.c - the answer of soc search as a document, as JSON and as rows.
 */
#include "lib/index/manifest.h"
#include "query/output/search_write.h"
#include "query/output/trace_write.h"

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
	buffer_printf(&title, a->session->err, "Occupation codes%s%.*s", a->job->title.length ? ": " : "",
		      (int)a->job->title.length, a->job->title.at ? a->job->title.at : "");
	struct document *d = document_new_titled(&title, a->session->err);
	bool ok = d != NULL;
	if (d)
		document_listing(d);
	for (size_t i = 0; ok && i < a->ranking->count; i++)
		ok = write_candidate(a, d, &a->ranking->at[i], a->offset + i + 1, &arena);
	if (ok && a->ranking->count) {
		if (a->ranking->foreign)
			write_line(d, "The language", "note", SLICE(RANKING_FOREIGN_NOTE));
		else
			write_question(a, d);
		write_expansions(a, d);
		write_parts(a, d);
	}
	if (!ok) {
		document_free(d);
		d = NULL;
	}
	arena_free(&arena);
	return d;
}

/* ---- JSON ---- */

static void write_json_source(const struct search_answer *a, struct json_writer *w, uint32_t source)
{
	json_write_string(w, "source", manifest_source_title(a->session->index->manifest, source));
}

static void write_json_reasons(const struct search_answer *a, struct json_writer *w, const char *key,
			       const struct evidence_matches *all, enum match_group group)
{
	json_begin_array(w, key);
	for (size_t i = 0; i < all->count[group]; i++) {
		const struct evidence_match *r = &all->at[group][i];
		json_begin_object(w, NULL);
		json_write_text(w, "text", r->evidence.text);
		json_write_string(w, "kind", evidence_specs[r->evidence.kind].key);
		write_json_source(a, w, r->evidence.source);
		json_write_real(w, "cosine", r->cosine);
		format_json_spans(w, "matched", r->spans, r->span_count);
		if (r->evidence.kind == EVIDENCE_FILED_TITLE) {
			json_write_count(w, "filings", r->evidence.count);
			json_write_text(w, "filed", r->evidence.detail);
		}
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_json_parts(struct json_writer *w, const struct candidate *c)
{
	json_begin_object(w, "parts");
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		if (c->parts[i] != 0.0)
			json_write_real(w, feature_specs[i].key, c->parts[i]);
	json_end_object(w);
}

/* What the candidate has to show for each condition, in words. */
static void write_json_facts(const struct search_answer *a, struct json_writer *w, const struct candidate *c)
{
	struct buffer text = { 0 };
	if (a->facts->count > 0 && fact_filter_describe(a->session, a->facts, c->occupation, &text))
		json_write_text(w, "facts", buffer_slice(&text));
	buffer_free(&text);
}

static void write_json_other(const struct search_answer *a, struct json_writer *w, const struct candidate *c)
{
	struct other_value values[OTHER_VALUES];
	size_t count = other_values(a, c, values);
	for (size_t i = 0; i < count; i++) {
		if (values[i].text.at && values[i].boolean)
			json_write_bool(w, values[i].name, values[i].text.at[0] == 't');
		else if (values[i].text.at)
			json_write_text(w, values[i].name, values[i].text);
	}
}

static bool write_json_candidates(const struct search_answer *a, struct json_writer *w, struct arena *arena)
{
	bool ok = true;
	for (size_t i = 0; ok && i < a->ranking->count; i++) {
		const struct candidate *c = &a->ranking->at[i];
		struct evidence_matches r;
		arena_reset(arena);
		if (!find_reasons(a, c, REASONS_IN_JSON, arena, &r))
			return false;
		uint32_t zone = a->session->index->entries[c->occupation].zone;
		format_json_begin(w);
		json_write_count(w, "rank", a->offset + i + 1);
		json_write_string(w, "code", shown_code(a, c));
		json_write_string(w, "soc", candidate_soc(a, c).text);
		json_write_text(w, "title", c->title);
		json_write_count_or_null(w, "zone", zone);
		json_write_real(w, "score", c->score);
		json_write_real(w, "confidence", c->confidence);
		write_json_parts(w, c);
		write_json_reasons(a, w, "titles", &r, MATCH_TITLES);
		write_json_reasons(a, w, "tasks", &r, MATCH_TASKS);
		write_json_reasons(a, w, "others", &r, MATCH_OTHERS);
		json_write_texts(w, "unexplained", r.unexplained, r.unexplained_count);
		write_json_facts(a, w, c);
		write_json_other(a, w, c);
		ok = format_json_end(w);
	}
	return ok;
}

static void write_json_expansions(const struct search_answer *a, struct json_writer *w)
{
	json_begin_array(w, "expansions");
	for (size_t i = 0; i < a->ranking->expansion_count; i++) {
		const struct expansion *x = &a->ranking->expansions[i];
		json_begin_object(w, NULL);
		json_write_string(w, "kind", expansion_kind_name(x->kind));
		json_write_text(w, "written", x->written);
		json_write_text(w, "words", x->words);
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_json_statement(const struct search_answer *a, struct json_writer *w, const struct evidence *e)
{
	json_begin_object(w, "task");
	json_write_text(w, "text", e->text);
	json_write_text_or_null(w, "id", e->id);
	json_write_string(w, "kind", evidence_specs[e->kind].key);
	write_json_source(a, w, e->source);
	json_end_object(w);
}

static void write_json_question(const struct search_answer *a, struct json_writer *w)
{
	if (a->question->count == 0)
		return;
	json_begin_object(w, "question");
	json_begin_array(w, "between");
	for (size_t i = 0; i < a->question->count; i++) {
		const struct question_candidate *t = &a->question->at[i];
		json_begin_object(w, NULL);
		json_write_string(w, "code", shown_code(a, t->candidate));
		json_write_text(w, "title", t->candidate->title);
		write_json_statement(a, w, &t->statement);
		json_write_texts(w, "words", t->words, t->word_count);
		json_end_object(w);
	}
	json_end_array(w);
	json_end_object(w);
}

/* All of it; of JSON Lines the candidates alone, each printed as soon as it is written. */
static bool print_json(const struct search_answer *a, struct arena *arena)
{
	struct buffer out = { 0 };
	struct json_writer w = format_json(a->format, JSON_DIGITS_MEASURED, &out, a->session->err);
	bool whole = a->format == FORMAT_JSON;
	if (whole) {
		format_json_begin(&w);
		json_write_text(&w, "title", a->job->title);
		json_write_text(&w, "text", a->job->text);
		json_write_string(&w, "level", code_level_name(a->ranking->level));
		json_write_count(&w, "found", a->ranking->found);
		json_write_bool(&w, "sample", manifest_is_sample(a->session->index->manifest));
		write_json_expansions(a, &w);
		json_begin_array(&w, "candidates");
	}
	bool ok = write_json_candidates(a, &w, arena);
	if (ok && whole) {
		json_end_array(&w);
		if (a->ranking->foreign)
			json_write_string(&w, "note", RANKING_FOREIGN_NOTE);
		write_json_question(a, &w);
		trace_write_json(a->explain, &w);
		ok = format_json_end(&w);
	}
	buffer_free(&out);
	return ok;
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

bool search_print(struct search_answer *a)
{
	struct arena scratch = { 0 };
	bool ok = format_is_json(a->format) ? print_json(a, &scratch) : print_rows(a, &scratch);
	arena_free(&scratch);
	return ok;
}
