// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * show_facts.c - the facts that hang on a code, as a page shows them; each with its source, and with the code that it
 * was published for where that is another.
 */
#include "lib/base/terminal.h"
#include "lib/index/manifest.h"
#include "query/fact_find.h"
#include "query/show_page.h"

#define LABEL 27              /* columns */
#define DEGREES_SHOWN 12

/* ---- pieces ---- */

static void put_number(const struct show_view *v, const struct fact_answer *a, struct buffer *out)
{
	const struct fact_spec *spec = &fact_specs[a->series->key];
	fact_format_number(spec->kind, spec->unit, &a->at->number, out, v->c->err);
}

static bool is_text(const struct fact_answer *a)
{
	enum fact_kind kind = fact_specs[a->series->key].kind;
	return kind == FACT_TEXT || kind == FACT_LIST;
}

static bool same_value(const struct fact *a, const struct fact *b)
{
	return slice_equal(a->text, b->text) && a->number.mark == b->number.mark && a->number.digits == b->number.digits;
}

/* All that a source says, with what it adds; where it contradicts itself, all of it. */
static void put_answer(const struct show_view *v, const struct fact_answer *a, struct buffer *out)
{
	struct fact_answer one = *a;
	bool open = false;
	for (size_t i = 0; i < a->count; i++, one.at++) {
		bool again = i > 0 && same_value(one.at, one.at - 1);
		if (open && !(again && one.at->note.length)) {
			buffer_append_byte(out, ')', v->c->err);
			open = false;
		}
		if (i > 0 && !again)
			buffer_append_text(out, "; also ", v->c->err);
		if (!again && is_text(a))
			buffer_append(out, one.at->text.at, one.at->text.length, v->c->err);
		else if (!again)
			put_number(v, &one, out);
		if (one.at->note.length)
			buffer_printf(out, v->c->err, "%s%.*s", open ? "; " : " (", (int)one.at->note.length, one.at->note.at);
		open |= one.at->note.length > 0;
	}
	if (open)
		buffer_append_byte(out, ')', v->c->err);
}

static void print_answer(const struct show_view *v, const char *label, const struct fact_answer *a)
{
	struct buffer text = { 0 };
	char first[128];
	put_answer(v, a, &text);
	snprintf(first, sizeof first, "  %s", label);
	if (terminal_columns(slice_of(first)) >= LABEL) {
		show_item(v, first, 0, SLICE(""));
		first[0] = '\0';
	}
	show_item(v, first, LABEL, buffer_slice(&text));
	buffer_free(&text);
}

/* Whose facts they are, where they are those of another code. */
static void print_whose(const struct show_view *v, const struct fact_answer *a, const struct code *code, const char *what)
{
	struct buffer text = { 0 };
	struct slice title = fact_code_title(v->c->index, a->at->code);
	if (a->way == FACT_WAY_OWN)
		return;
	buffer_printf(&text, v->c->err, "%s of %.*s %.*s", what, (int)a->at->code.length, a->at->code.at,
		      (int)title.length, title.at);
	if (a->way == FACT_WAY_SURVEY)
		buffer_printf(&text, v->c->err, ", a code of the survey's own that stands for %s and others", code_soc(code).text);
	if (a->way == FACT_WAY_GROUP)
		buffer_printf(&text, v->c->err, ", the group that holds %s: the survey has none of its own for it",
			      code_soc(code).text);
	show_item(v, "  ", 2, buffer_slice(&text));
	buffer_free(&text);
}

/* ---- the wage system ---- */

static void print_appendix(const struct show_view *v, const struct code *code)
{
	struct fact_answer a = fact_find_key_of(v->c->index, FACT_APPENDIX_A, code);
	struct buffer text = { 0 };
	if (!a.series)
		return;
	if (a.count > 0) {
		buffer_append_text(&text, "a professional occupation; usual education: ", v->c->err);
		put_answer(v, &a, &text);
	} else {
		buffer_append_text(&text, "not listed as a professional occupation", v->c->err);
	}
	show_item(v, "  Appendix A", LABEL, buffer_slice(&text));
	buffer_free(&text);
}

/* Where O*NET and the wage system have two Job Zones, both stand here. */
static void print_zones(const struct show_view *v, const struct code *code)
{
	const struct soc_index *index = v->c->index;
	struct fact_answer a = fact_find_key_of(index, FACT_FLAG_ZONE, code);
	int number = soc_index_find(index, code);
	if (a.count == 0)
		return;
	print_answer(v, "Job Zone", &a);
	uint32_t zone = number >= 0 ? index->entries[number].zone : 0;
	if (zone > 0 && (double)zone != fact_value(&a.at->number)) {
		char label[ZONE_LABEL_SIZE], text[96];
		snprintf(text, sizeof text, "O*NET has Job Zone %s: the two sources differ",
			 reference_zone_label(&index->reference, zone, label));
		show_item(v, "", LABEL, slice_of(text));
	}
}

static void print_profession(const struct show_view *v, const struct code *code)
{
	struct fact_answer zone = fact_find_key_of(v->c->index, FACT_FLAG_ZONE, code);
	struct fact_answer education = fact_find_key_of(v->c->index, FACT_FLAG_EDUCATION, code);
	struct fact_answer appendix = fact_find_key_of(v->c->index, FACT_APPENDIX_A, code);
	const struct fact_answer *any = zone.count ? &zone : education.count ? &education : &appendix;
	if (any->count == 0)
		return;
	show_heading(v, "Wage system", 0, any->series->source);
	print_appendix(v, code);
	print_zones(v, code);
	if (education.count)
		print_answer(v, "Education", &education);
}

/* ---- wages ---- */

static const enum fact_key annual[] = { FACT_ANNUAL_MEAN, FACT_ANNUAL_10, FACT_ANNUAL_25, FACT_ANNUAL_MEDIAN,
					FACT_ANNUAL_75, FACT_ANNUAL_90 };
static const enum fact_key hourly[] = { FACT_HOURLY_MEAN, FACT_HOURLY_10, FACT_HOURLY_25, FACT_HOURLY_MEDIAN,
					FACT_HOURLY_75, FACT_HOURLY_90 };

/* What the signs in a table of wages mean, where they occur. */
struct wage_signs {
	bool top;
	bool none;
};

/* A wage: "$133,080", "$239,200+", "#", "-". */
static void put_wage(const struct show_view *v, const struct fact_answer *a, struct wage_signs *signs, struct buffer *out)
{
	struct fact_number n = a->count ? a->at->number : (struct fact_number){ FACT_UNAVAILABLE, 0, 0 };
	bool top = n.mark == FACT_AT_LEAST, none = n.mark == FACT_UNAVAILABLE;
	signs->top |= top;
	signs->none |= none;
	if (none || (top && n.digits == 0)) {
		buffer_append_text(out, top ? "#" : "-", v->c->err);
		return;
	}
	n.mark = FACT_EXACT;
	fact_format_number(FACT_MONEY, fact_specs[a->series->key].unit, &n, out, v->c->err);
	if (top)
		buffer_append_byte(out, '+', v->c->err);
}

static const char *const wage_heads[] = { "mean", "10%", "25%", "median", "75%", "90%" };

#define WAGE_COLUMN 11
#define WAGE_TABLE (10 + 6 * WAGE_COLUMN)

/* A row of the table; where that is wider than the page, one item after the other. */
static void print_wage_row(const struct show_view *v, const char *label, const enum fact_key *keys,
			   const struct code *code, struct wage_signs *signs)
{
	struct buffer line = { 0 };
	bool any = false, table = v->c->page.width >= WAGE_TABLE;
	for (size_t i = 0; i < sizeof annual / sizeof *annual; i++) {
		struct fact_answer a = fact_find_key_of(v->c->index, keys[i], code);
		struct buffer one = { 0 };
		any |= a.count > 0;
		put_wage(v, &a, signs, &one);
		if (table)
			buffer_printf(&line, v->c->err, "%*s%.*s", (int)(one.length < WAGE_COLUMN ? WAGE_COLUMN - one.length : 1), "",
				      (int)one.length, one.at ? one.at : "");
		else
			buffer_printf(&line, v->c->err, "%s%s %.*s", i ? "; " : "", wage_heads[i], (int)one.length,
				      one.at ? one.at : "");
		buffer_free(&one);
	}
	if (any && table) {
		page_write(&v->c->page, PAGE_PLAIN, "  %-8s%.*s", label, (int)line.length, line.at ? line.at : "");
		fputc('\n', v->c->page.stream);
	} else if (any) {
		char first[32];
		snprintf(first, sizeof first, "  %s", label);
		show_item(v, first, 11, buffer_slice(&line));
	}
	buffer_free(&line);
}

static void print_wage_heads(const struct show_view *v)
{
	if (v->c->page.width < WAGE_TABLE)
		return;
	page_write(&v->c->page, PAGE_DIM, "%10s", "");
	for (size_t i = 0; i < sizeof wage_heads / sizeof *wage_heads; i++)
		page_write(&v->c->page, PAGE_DIM, "%*s", WAGE_COLUMN, wage_heads[i]);
	fputc('\n', v->c->page.stream);
}

static void print_signs(const struct show_view *v, const struct wage_signs *signs)
{
	if (signs->top)
		show_item(v, "  ", 2, SLICE("+ or #: so much or more; the survey publishes nothing above it"));
	if (signs->none)
		show_item(v, "  ", 2, SLICE("-: not published"));
}

static void print_employment(const struct show_view *v, const struct code *code)
{
	struct fact_answer jobs = fact_find_key_of(v->c->index, FACT_EMPLOYMENT, code);
	struct fact_answer error = fact_find_key_of(v->c->index, FACT_EMPLOYMENT_ERROR, code);
	struct fact_answer basis = fact_find_key_of(v->c->index, FACT_WAGE_BASIS, code);
	struct buffer text = { 0 };
	if (jobs.count) {
		put_answer(v, &jobs, &text);
		buffer_append_text(&text, " jobs, the self-employed not counted", v->c->err);
		if (error.count) {
			buffer_append_text(&text, " (relative standard error ", v->c->err);
			put_answer(v, &error, &text);
			buffer_append_text(&text, ")", v->c->err);
		}
		show_item(v, "  Employment", LABEL, buffer_slice(&text));
	}
	if (basis.count) {
		buffer_clear(&text);
		buffer_printf(&text, v->c->err, "%.*s wages alone are published", (int)basis.at->text.length,
			      basis.at->text.at);
		show_item(v, "  Basis", LABEL, buffer_slice(&text));
	}
	buffer_free(&text);
}

static void print_wages(const struct show_view *v, const struct code *code)
{
	const struct fact_series *series = facts_series(&v->c->index->facts, FACT_ANNUAL_MEDIAN);
	struct fact_answer a = fact_find(v->c->index, series, code);
	struct wage_signs signs = { false, false };
	if (!series)
		return;
	show_heading(v, "Employment and wages", 0, series->source);
	if (a.count == 0) {
		show_item(v, "  ", 2, SLICE("none published for this code, nor for one that stands for it"));
		return;
	}
	print_whose(v, &a, code, "wage");
	print_wage_heads(v);
	print_wage_row(v, "a year", annual, code, &signs);
	print_wage_row(v, "an hour", hourly, code, &signs);
	print_signs(v, &signs);
	print_employment(v, code);
}

/* ---- outlook ---- */

static void print_outlook(const struct show_view *v, const struct code *code)
{
	const struct fact_series *series = facts_series(&v->c->index->facts, FACT_OUTLOOK_NOW);
	struct fact_answer first = fact_find(v->c->index, series, code);
	if (!series)
		return;
	show_heading(v, "Outlook", 0, series->source);
	if (first.count == 0) {
		show_item(v, "  ", 2, SLICE("none published for this code, nor for one that stands for it"));
		return;
	}
	print_whose(v, &first, code, "outlook");
	for (int k = FACT_OUTLOOK_NOW; k <= FACT_ENTRY_TRAINING; k++) {
		struct fact_answer a = fact_find_key_of(v->c->index, (enum fact_key)k, code);
		if (a.count)
			print_answer(v, fact_specs[k].label, &a);
	}
}

/* ---- fields of study ---- */

static bool has_fields(const struct fact_answer *a)
{
	return a->count > 0 && !slice_equal(a->at->text, SLICE(FACT_NO_DEGREE));
}

static void print_degrees(const struct show_view *v, const struct code *code)
{
	struct fact_answer a = fact_find_key_of(v->c->index, FACT_DEGREE, code);
	struct buffer text = { 0 };
	if (a.count == 0)
		return;
	show_heading(v, "Fields of study that lead to it", has_fields(&a) ? a.count : 0, a.series->source);
	if (!has_fields(&a)) {
		show_item(v, "  ", 2, SLICE("the crosswalk names none"));
		return;
	}
	size_t shown = v->all || a.count <= DEGREES_SHOWN + 2 ? a.count : DEGREES_SHOWN;
	for (size_t i = 0; i < shown; i++)
		buffer_printf(&text, v->c->err, "%s%.*s %.*s%s", i ? "; " : "", (int)a.at[i].text.length, a.at[i].text.at,
			      (int)a.at[i].note.length, a.at[i].note.at,
			      fact_is_stem_degree(v->c->index, a.at[i].text) ? " [STEM]" : "");
	if (shown < a.count)
		buffer_printf(&text, v->c->err, "; and %zu more (--all)", a.count - shown);
	show_item(v, "  ", 2, buffer_slice(&text));
	buffer_free(&text);
}

/* ---- STEM ---- */

#define LIST_LABEL 35         /* columns */

static void print_list(const struct show_view *v, uint32_t source, struct slice text)
{
	char label[96], name[80];
	show_source(v, source, name, sizeof name);
	snprintf(label, sizeof label, "  %s", name);
	if (strlen(label) + 2 > LIST_LABEL) {
		show_item(v, label, 2, SLICE(""));
		label[0] = '\0';
	}
	show_item(v, label, LIST_LABEL, text);
}

static void print_stem_list(const struct show_view *v, enum stem_list list, const struct code *code)
{
	struct stem_verdict verdict;
	struct fact_answer a = fact_find_key_of(v->c->index, list == STEM_ONET ? FACT_STEM_ONET : FACT_STEM_NCSES, code);
	struct buffer text = { 0 };
	if (!fact_stem(v->c->index, list, code, &verdict) || (!verdict.said && !code_is_onet(code)))
		return;
	if (!verdict.said) {
		buffer_append_text(&text, list == STEM_ONET ? "no: not on the list" : "its Census occupation has no class",
				   v->c->err);
	} else {
		if (list == STEM_ONET)
			buffer_append_text(&text, verdict.partly ? "partly: " : "yes: ", v->c->err);
		put_answer(v, &a, &text);
	}
	print_list(v, verdict.source, buffer_slice(&text));
	buffer_free(&text);
}

/* The list of the DHS has fields of study: what it says of an occupation is which of those that lead to it are on it. */
static void print_stem_degrees(const struct show_view *v, const struct code *code)
{
	struct stem_verdict verdict;
	struct buffer text = { 0 };
	if (!fact_stem(v->c->index, STEM_DHS, code, &verdict) || !verdict.said)
		return;
	if (verdict.fields == 1)
		buffer_printf(&text, v->c->err, "the one field of study that leads to it is %son the list",
			      verdict.on_list ? "" : "not ");
	else
		buffer_printf(&text, v->c->err, "%zu of the %zu fields of study that lead to it %s on the list",
			      verdict.on_list, verdict.fields, verdict.on_list == 1 ? "is" : "are");
	print_list(v, verdict.source, buffer_slice(&text));
	buffer_free(&text);
}

static void print_stem(const struct show_view *v, const struct code *code)
{
	struct stem_verdict verdict;
	bool any = false;
	for (int list = 0; list < STEM_LIST_COUNT; list++)
		any |= fact_stem(v->c->index, (enum stem_list)list, code, &verdict) &&
		       (verdict.said || (list == STEM_ONET && code_is_onet(code)));
	if (!any)
		return;
	page_heading(&v->c->page, "STEM, by list");
	print_stem_list(v, STEM_ONET, code);
	print_stem_list(v, STEM_NCSES, code);
	print_stem_degrees(v, code);
}

/* ---- columns of the user's own ---- */

/* The columns of one table that has a row for the code, or one for its six digits; false where it has none. */
static bool print_row(const struct show_view *v, uint32_t source, const struct code *code, enum fact_way way, bool heading)
{
	const struct facts *facts = &v->c->index->facts;
	const json_t *manifest = v->c->index->manifest;
	bool any = false;
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact_series *s = &facts->at[i];
		char label[LABEL + 64];
		if (s->key != FACT_CUSTOM || s->source != source)
			continue;
		struct fact_answer a = fact_find(v->c->index, s, code);
		if (a.count && a.way != way && !fact_find_next(&a, code))
			continue;
		if (a.count == 0 || a.way != way)
			continue;
		if (!any && heading)
			page_heading_beside(&v->c->page, manifest_source_title(manifest, source),
					    manifest_source_text(manifest, source, "name"));
		if (!any)
			print_whose(v, &a, code, "row");
		any = true;
		snprintf(label, sizeof label, "%.*s", (int)(s->name.length < 60 ? s->name.length : 60), s->name.at);
		print_answer(v, label, &a);
	}
	return any;
}

static void print_own(const struct show_view *v, const struct code *code)
{
	const struct facts *facts = &v->c->index->facts;
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact_series *s = &facts->at[i];
		if (s->key != FACT_CUSTOM || (i > 0 && facts->at[i - 1].key == FACT_CUSTOM &&
					      facts->at[i - 1].source == s->source))
			continue;
		bool any = print_row(v, s->source, code, FACT_WAY_OWN, true);
		print_row(v, s->source, code, FACT_WAY_SOC, !any);
	}
}

/* ---- all of them ---- */

void show_facts(const struct show_view *v, const struct code *code, enum show_section first, enum show_section last)
{
	static void (*const printers[SHOW_COUNT])(const struct show_view *, const struct code *) = {
		[SHOW_PROFESSION] = print_profession, [SHOW_WAGES] = print_wages, [SHOW_DEGREES] = print_degrees,
		[SHOW_STEM] = print_stem, [SHOW_OUTLOOK] = print_outlook, [SHOW_OWN] = print_own,
	};
	for (int s = (int)first; s <= (int)last; s++)
		if (printers[s] && show_wants(v, (enum show_section)s))
			printers[s](v, code);
}
