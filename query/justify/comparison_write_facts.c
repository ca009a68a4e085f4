// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>

#include "query/justify/comparison_text.h"
#include "query/show_page.h"

/* ---- whose facts they are ---- */

static bool is_told(const struct text *t, enum comparison_section section, size_t row, size_t side)
{
	for (size_t i = 0; i < row; i++)
		if (t->x->rows[i].section == section && slice_equal(t->x->rows[i].of[side], t->x->rows[row].of[side]))
			return true;
	return false;
}

/* Once for each code whose facts of a section are those of another. */
static void write_whose(const struct text *t, enum comparison_section section)
{
	static const char *const reasons[FACT_WAY_COUNT] = { "", "the six digits that hold it",
		"a code of the survey's own that stands for it and others", "the group that holds it" };
	for (size_t i = 0; i < t->x->row_count; i++)
		for (size_t s = 0; s < t->x->count; s++) {
			const struct comparison_row *row = &t->x->rows[i];
			if (row->section != section || row->of[s].length == 0 || is_told(t, section, i, s))
				continue;
			struct slice title = fact_code_title(t->c->index, row->of[s]);
			document_item(t->d);
			document_printf(t->d, RUN_CODE, "%s", t->x->sides[s].asked->code.text);
			document_text(t->d, RUN_PLAIN, SLICE(" has none of its own; those of "));
			document_text(t->d, RUN_CODE, row->of[s]);
			document_printf(t->d, RUN_PLAIN, "%s%.*s are shown, %s", title.length ? " " : "", (int)title.length,
					title.at, reasons[row->ways[s]]);
		}
}

static bool begin_section(const struct text *t, enum comparison_section section, const char *id, const char *heading)
{
	const struct comparison_row *row = text_first_row(t, section);
	if (!row)
		return false;
	document_section(t->d, t->level, id, heading);
	if (section != COMPARISON_STEM && section != COMPARISON_CUSTOM)
		text_source(t, row->source);
	return true;
}

static void write_section(const struct text *t, enum comparison_section section, const char *id, const char *heading,
			  const char *caption)
{
	if (!begin_section(t, section, id, heading))
		return;
	text_section_table(t, section, caption);
	write_whose(t, section);
}

/* ---- preparation ---- */

/* What the ranges of SVP mean, each once. */
static void write_svp(const struct text *t)
{
	for (size_t s = 0; s < t->x->count; s++) {
		uint32_t zone = t->x->sides[s].members[0].zone;
		const struct zone_reference *z = reference_zone(&t->c->index->reference, zone);
		bool told = false;
		struct buffer text = { 0 };
		for (size_t before = 0; before < s; before++)
			told |= t->x->sides[before].members[0].zone == zone;
		if (!z || told)
			continue;
		buffer_printf(&text, t->c->err, "SVP %.*s", (int)z->svp.length, z->svp.at);
		show_put_svp(z->svp, &text, t->c->err);
		document_item(t->d);
		document_printf(t->d, RUN_PLAIN, "%.*s%s", (int)z->name.length, z->name.at, z->svp.length ? "; " : "");
		if (z->svp.length)
			document_text(t->d, RUN_PLAIN, buffer_slice(&text));
		buffer_free(&text);
	}
}

static const struct education *find_answer(const struct occupation *o, uint32_t category)
{
	for (size_t i = 0; i < o->education_count; i++) {
		const struct education *e = &o->education[i];
		if (e->category == category && slice_equal(e->element, SLICE(EDUCATION_ELEMENT)) &&
		    slice_equal(e->scale, SLICE(EDUCATION_SCALE)))
			return e;
	}
	return NULL;
}

/* Those of whose workers nothing is published. */
static void write_unasked(const struct text *t)
{
	bool any = false;
	for (size_t s = 0; s < t->x->count; s++) {
		if (t->x->sides[s].has_advanced)
			continue;
		if (!any)
			document_paragraph(t->d);
		document_text(t->d, RUN_PLAIN, any ? SLICE(", ") : SLICE("On education nothing is published of "));
		document_printf(t->d, RUN_CODE, "%s", t->x->sides[s].own.text);
		any = true;
	}
}

#define CATEGORIES 64   /* more than a release has */

static void write_distribution(const struct text *t)
{
	bool few = false;
	text_number_table(t, "Education that workers report, per cent of those asked");
	for (uint32_t category = 1; category < CATEGORIES; category++) {
		double most = 0.0;
		for (size_t s = 0; s < t->x->count; s++) {
			const struct education *e = find_answer(&t->x->sides[s].members[0], category);
			most = e ? fmax(most, e->percent) : most;
		}
		if (most <= 0.0)
			continue;
		const struct category_reference *r = reference_category(&t->c->index->reference, SLICE(EDUCATION_ELEMENT),
									SLICE(EDUCATION_SCALE), category);
		document_row(t->d);
		document_cell_text(t->d, category >= EDUCATION_ADVANCED ? RUN_STRONG : RUN_PLAIN,
				   show_category_name(r ? r->text : SLICE("?"), 60));
		for (size_t s = 0; s < t->x->count; s++) {
			const struct education *e = find_answer(&t->x->sides[s].members[0], category);
			document_cell(t->d);
			if (e)
				document_printf(t->d, RUN_PLAIN, "%.1f%%%s", e->percent, e->suppressed ? "*" : "");
			few |= e && e->suppressed;
		}
	}
	document_table_end(t->d);
	if (few) {
		document_paragraph(t->d);
		document_text(t->d, RUN_DIM, SLICE("* from few answers: the release advises not to rely on it"));
	}
	write_unasked(t);
}

static void write_advanced_bars(const struct text *t)
{
	struct bar bars[COMPARISON_MAX];
	char labels[COMPARISON_MAX][96], values[COMPARISON_MAX][32];
	size_t count = 0;
	for (size_t s = 0; s < t->x->count; s++) {
		const struct comparison_side *side = &t->x->sides[s];
		if (!side->has_advanced)
			continue;
		snprintf(labels[count], sizeof *labels, "%s %.*s", side->asked->code.text,
			 (int)(side->asked->title.length < 60 ? side->asked->title.length : 60), side->asked->title.at);
		snprintf(values[count], sizeof *values, "%.1f%%", side->advanced);
		bars[count] = (struct bar){ labels[count], 0.0, side->advanced, NAN, values[count], false };
		count++;
	}
	if (count > 0)
		document_bars(t->d, "Workers with a master's degree or more", bars, count, 100.0);
}

/* The others under the codes, whose Job Zone and education may be different. */
static void write_others(const struct text *t)
{
	static const struct column columns[] = { { "Occupation", COLUMN_TEXT }, { "Job Zone", COLUMN_NUMBER },
						 { "Master's or more", COLUMN_NUMBER } };
	size_t others = 0;
	for (size_t s = 0; s < t->x->count; s++)
		others += t->x->sides[s].member_count - 1;
	if (others == 0)
		return;
	document_table(t->d, "The other occupations under these codes", columns, sizeof columns / sizeof *columns);
	for (size_t s = 0; s < t->x->count; s++)
		for (size_t m = 1; m < t->x->sides[s].member_count; m++) {
			const struct occupation *o = &t->x->sides[s].members[m];
			char label[ZONE_LABEL_SIZE];
			double percent;
			bool suppressed;
			uint32_t source;
			document_row(t->d);
			document_cell_text(t->d, RUN_CODE, o->code);
			document_printf(t->d, RUN_PLAIN, " %.*s", (int)o->title.length, o->title.at);
			if (o->zone)
				document_cell_text(t->d, RUN_PLAIN,
						   slice_of(reference_zone_label(&t->c->index->reference, o->zone, label)));
			else
				document_cell_text(t->d, RUN_DIM, SLICE("none"));
			if (education_advanced(o, &percent, &suppressed, &source))
				document_cell_printf(t->d, RUN_PLAIN, "%.1f%%%s", percent, suppressed ? "*" : "");
			else
				document_cell_text(t->d, RUN_DIM, SLICE("none published"));
		}
	document_table_end(t->d);
}

static void write_preparation(const struct text *t)
{
	if (!begin_section(t, COMPARISON_PREPARATION, "compare-preparation", "Job Zone and education"))
		return;
	text_section_table(t, COMPARISON_PREPARATION, "Preparation");
	write_svp(t);
	write_distribution(t);
	write_advanced_bars(t);
	write_others(t);
}

/* ---- wages ---- */

/* A wage as a number; NAN where there is none, INFINITY where it is only known to be above what is published. */
static double wage(const struct text *t, enum fact_key key, size_t side)
{
	struct fact_answer a = fact_find_key_of(t->c->index, key, &t->x->sides[side].own);
	if (a.count == 0 || a.at->number.mark == FACT_UNAVAILABLE)
		return NAN;
	if (a.at->number.mark == FACT_AT_LEAST && a.at->number.digits == 0)
		return INFINITY;
	return fact_value(&a.at->number);
}

static void put_dollars(double amount, char *to, size_t size)
{
	struct buffer text = { 0 };
	struct fact_number n = { FACT_EXACT, isfinite(amount) ? (int64_t)amount : 0, 0 };
	bool ok = isfinite(amount) && fact_format_number(FACT_MONEY, FACT_UNIT_NONE, &n, &text, NULL);
	snprintf(to, size, "%.*s", (int)(ok ? text.length : 1), ok ? text.at : "#");
	buffer_free(&text);
}

/* From the 10th to the 90th percentile with the median; a wage above what is published reaches to the end. */
static void write_wage_bars(const struct text *t)
{
	struct bar bars[COMPARISON_MAX];
	char labels[COMPARISON_MAX][96], values[COMPARISON_MAX][128];
	double most = 0.0;
	size_t count = 0;
	bool top = false;
	for (size_t s = 0; s < t->x->count; s++) {
		const struct asked_code *asked = t->x->sides[s].asked;
		double low = wage(t, FACT_ANNUAL_10, s), middle = wage(t, FACT_ANNUAL_MEDIAN, s), high = wage(t, FACT_ANNUAL_90, s);
		char from[32], mark[32], to[32];
		if (!isfinite(low) || isnan(high))
			continue;
		put_dollars(low, from, sizeof from);
		put_dollars(middle, mark, sizeof mark);
		put_dollars(high, to, sizeof to);
		snprintf(labels[count], sizeof *labels, "%s %.*s", asked->code.text,
			 (int)(asked->title.length < 60 ? asked->title.length : 60), asked->title.at);
		snprintf(values[count], sizeof *values, "%s to %s, median %s", from, to, mark);
		bars[count] = (struct bar){ labels[count], low, high, isfinite(middle) ? middle : NAN, values[count], false };
		most = fmax(most, isfinite(high) ? high : isfinite(middle) ? middle : low);
		top |= !isfinite(high) || !isfinite(middle);
		count++;
	}
	for (size_t i = 0; i < count; i++)
		bars[i].to = isfinite(bars[i].to) ? bars[i].to : most;
	if (count > 0)
		document_bars(t->d, "Annual wages, 10th to 90th percentile", bars, count, 0.0);
	if (top) {
		document_paragraph(t->d);
		document_text(t->d, RUN_DIM, SLICE("# above what the survey publishes, or not published"));
	}
}

static void write_wages(const struct text *t)
{
	if (!begin_section(t, COMPARISON_WAGES, "compare-wages", "Employment and wages"))
		return;
	write_wage_bars(t);
	text_section_table(t, COMPARISON_WAGES, "Employment and wages");
	write_whose(t, COMPARISON_WAGES);
}

/* ---- fields of study ---- */

static bool leads_to(const struct fact_answer *a, struct slice cip)
{
	for (size_t i = 0; i < a->count; i++)
		if (slice_equal(a->at[i].text, cip))
			return true;
	return false;
}

/* The fields of study, of those of each side, that lead to one alone (side), or to all (COMPARISON_MAX). */
static void write_fields(const struct text *t, const struct fact_answer *fields, size_t side)
{
	bool all = side == COMPARISON_MAX;
	struct fact_answer a = fields[all ? 0 : side];
	size_t count = 0;
	for (size_t i = 0; i < a.count; i++) {
		size_t others = 0;
		for (size_t s = 0; s < t->x->count; s++)
			others += s != (all ? 0 : side) && leads_to(&fields[s], a.at[i].text);
		if ((all && others + 1 < t->x->count) || (!all && others > 0) || slice_equal(a.at[i].text, SLICE(FACT_NO_DEGREE)))
			continue;
		if (count++ < t->x->limit)
			document_printf(t->d, RUN_PLAIN, "%s%.*s %.*s%s", count > 1 ? "; " : "", (int)a.at[i].text.length,
					a.at[i].text.at, (int)a.at[i].note.length, a.at[i].note.at,
					fact_is_stem_degree(t->c->index, a.at[i].text) ? " [STEM]" : "");
	}
	if (count > t->x->limit)
		document_printf(t->d, RUN_DIM, "; and %zu more (%s)", count - t->x->limit, t->x->for_all);
	if (count == 0)
		document_text(t->d, RUN_DIM, SLICE("none"));
}

static void write_degrees(const struct text *t)
{
	struct fact_answer fields[COMPARISON_MAX];
	if (!begin_section(t, COMPARISON_DEGREES, "compare-degrees", "Fields of study that lead to them"))
		return;
	text_section_table(t, COMPARISON_DEGREES, "How many");
	for (size_t s = 0; s < t->x->count; s++)
		fields[s] = fact_find_key_of(t->c->index, FACT_DEGREE, &t->x->sides[s].own);
	document_paragraph(t->d);
	document_text(t->d, RUN_PLAIN, SLICE("Only to one:"));
	for (size_t s = 0; s < t->x->count; s++) {
		text_pair(t, s);
		write_fields(t, fields, s);
	}
	document_paragraph(t->d);
	document_text(t->d, RUN_PLAIN, SLICE("To all: "));
	write_fields(t, fields, COMPARISON_MAX);
}

/* ---- what the index does not have ---- */

static void write_missing(const struct text *t)
{
	static const struct {
		enum comparison_section section;
		const char *what;
	} specs[] = { { COMPARISON_PREPARATION, "Job Zones and education" }, { COMPARISON_PROFESSION, "Appendix A" },
		      { COMPARISON_WAGES, "wages" }, { COMPARISON_OUTLOOK, "the outlook" },
		      { COMPARISON_DEGREES, "fields of study" }, { COMPARISON_STEM, "lists of STEM" } };
	bool any = false;
	for (size_t i = 0; i <= sizeof specs / sizeof *specs; i++) {
		bool titles = i == sizeof specs / sizeof *specs;
		bool has = !titles ? text_first_row(t, specs[i].section) != NULL : t->x->titles.filings[0] > 0;
		for (size_t s = 1; titles && s < t->x->count; s++)
			has |= t->x->titles.filings[s] > 0;
		if (has)
			continue;
		if (!any)
			document_note(t->d);
		document_printf(t->d, RUN_PLAIN, "%s%s", any ? ", " : "Of these codes the index has nothing on: ",
				titles ? "filings" : specs[i].what);
		any = true;
	}
	if (any)
		document_text(t->d, RUN_PLAIN, SLICE("."));
}

void comparison_write_facts(const struct text *t)
{
	write_preparation(t);
	write_section(t, COMPARISON_PROFESSION, "compare-profession", "Wage system", "Appendix A, Job Zone and education");
	write_wages(t);
	write_section(t, COMPARISON_OUTLOOK, "compare-outlook", "Outlook", "Projected employment and what entry takes");
	write_degrees(t);
	write_section(t, COMPARISON_STEM, "compare-stem", "STEM, by list", "What each list says");
	write_section(t, COMPARISON_CUSTOM, "compare-own", "Your own tables", "Columns of your own tables");
	write_missing(t);
}
