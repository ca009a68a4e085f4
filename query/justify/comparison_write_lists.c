// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/justify/comparison_text.h"

/* ---- pieces ---- */

static size_t at_most(size_t count, size_t limit)
{
	return count < limit ? count : limit;
}

static void write_rest(const struct text *t, size_t count, size_t shown)
{
	if (shown < count)
		document_printf(t->d, RUN_DIM, "%sand %zu more (%s)", shown ? "; " : "", count - shown, t->x->for_all);
}

/* "15-2051, 15-1252": those that have something, where these are not all. */
static void write_holders(const struct text *t, const struct comparison_common *common)
{
	bool any = false;
	if (common->holders == t->x->count)
		return;
	document_text(t->d, RUN_DIM, SLICE(" ("));
	for (size_t s = 0; s < t->x->count; s++) {
		if (!common->of[s])
			continue;
		document_printf(t->d, RUN_DIM, "%s%s", any ? ", " : "", t->x->sides[s].asked->code.text);
		any = true;
	}
	document_text(t->d, RUN_DIM, SLICE(")"));
}

static void section_source(const struct text *t, const struct comparison_list *l)
{
	for (size_t s = 0; s < t->x->count; s++)
		if (l->own_count[s] > 0) {
			text_source(t, l->own[s]->evidence->source);
			return;
		}
	for (size_t s = 0; l->common_count > 0 && s < t->x->count; s++)
		if (l->common->of[s]) {
			text_source(t, l->common->of[s]->source);
			return;
		}
}

static size_t total(const struct text *t, const struct comparison_list *l)
{
	size_t sum = 0;
	for (size_t s = 0; s < t->x->count; s++)
		sum += l->totals[s];
	return sum;
}

/* ---- tasks ---- */

static void write_own_tasks(const struct text *t, size_t side)
{
	const struct comparison_list *l = &t->x->tasks;
	const struct asked_code *asked = t->x->sides[side].asked;
	size_t shown = at_most(l->own_count[side], t->x->limit);
	char id[64], heading[256];
	snprintf(id, sizeof id, "compare-tasks-%s", asked->code.text);
	snprintf(heading, sizeof heading, "Only in %s %.*s: %zu of %zu", asked->code.text,
		 (int)(asked->title.length < 160 ? asked->title.length : 160), asked->title.at, l->own_count[side],
		 l->totals[side]);
	for (char *at = id; *at; at++)
		*at = *at == '.' ? '-' : *at;
	document_section(t->d, t->level + 1, id, heading);
	if (l->totals[side] == 0) {
		document_paragraph(t->d);
		document_text(t->d, RUN_DIM, SLICE("The index has no tasks of this code."));
	}
	for (size_t i = 0; i < shown; i++) {
		const struct comparison_own *own = &l->own[side][i];
		document_item(t->d);
		document_spans(t->d, own->evidence->text, own->spans, own->span_count);
		text_member(t, side, own->member);
	}
	if (shown < l->own_count[side]) {
		document_item(t->d);
		document_printf(t->d, RUN_DIM, "and %zu more (%s)", l->own_count[side] - shown, t->x->for_all);
	}
}

static void write_common_task(const struct text *t, const struct comparison_common *common)
{
	document_paragraph(t->d);
	document_printf(t->d, RUN_DIM, "alike to %.2f:", common->alike);
	for (size_t s = 0; s < t->x->count; s++) {
		if (!common->of[s])
			continue;
		text_pair(t, s);
		document_text(t->d, RUN_PLAIN, common->of[s]->text);
		text_member(t, s, common->member[s]);
	}
}

static void write_tasks(const struct text *t)
{
	const struct comparison_list *l = &t->x->tasks;
	if (total(t, l) == 0)
		return;
	document_section(t->d, t->level, "compare-tasks", "Tasks that tell them apart");
	section_source(t, l);
	document_paragraph(t->d);
	document_text(t->d, RUN_PLAIN, SLICE("The most telling first: those with the most words that the descriptions and tasks "
					     "of the others do not have, or have less."));
	for (size_t s = 0; s < t->x->count; s++)
		write_own_tasks(t, s);
	document_section(t->d, t->level, "compare-tasks-common", "Tasks in common");
	section_source(t, l);
	if (l->common_count == 0) {
		document_paragraph(t->d);
		document_text(t->d, RUN_PLAIN, SLICE("None: no two of their statements are alike."));
	}
	for (size_t i = 0; i < at_most(l->common_count, t->x->limit); i++)
		write_common_task(t, &l->common[i]);
	if (l->common_count > t->x->limit) {
		document_paragraph(t->d);
		document_printf(t->d, RUN_DIM, "and %zu more (%s)", l->common_count - t->x->limit, t->x->for_all);
	}
}

/* ---- activities and technologies ---- */

static const char *demand_of(const struct evidence *e)
{
	return e->flags & EVIDENCE_IN_DEMAND ? " [in demand]" : e->flags & EVIDENCE_HOT ? " [hot]" : "";
}

static void write_own_run(const struct text *t, const struct comparison_list *l, size_t side, size_t limit)
{
	size_t shown = at_most(l->own_count[side], limit);
	text_pair(t, side);
	document_printf(t->d, RUN_PLAIN, "%zu of %zu", l->own_count[side], l->totals[side]);
	for (size_t i = 0; i < shown; i++) {
		const struct evidence *e = l->own[side][i].evidence;
		document_printf(t->d, RUN_PLAIN, "%s%.*s%s", i ? "; " : ": ", (int)e->text.length, e->text.at, demand_of(e));
	}
	write_rest(t, l->own_count[side], shown);
}

/* What is in demand for every code that has it, else hot, else nothing. */
static const char *common_demand(const struct text *t, const struct comparison_common *common)
{
	uint32_t least = EVIDENCE_HOT | EVIDENCE_IN_DEMAND, any = 0;
	for (size_t s = 0; s < t->x->count; s++)
		if (common->of[s]) {
			least &= common->of[s]->flags;
			any |= common->of[s]->flags;
		}
	return least & EVIDENCE_IN_DEMAND ? " [in demand]" : any & (EVIDENCE_HOT | EVIDENCE_IN_DEMAND) ? " [hot]" : "";
}

static const struct evidence *any_of(const struct comparison_common *common)
{
	size_t s = 0;
	while (!common->of[s])
		s++;
	return common->of[s];
}

static void write_runs(const struct text *t, const struct comparison_list *l, const char *id, const char *heading, size_t limit)
{
	size_t shown = at_most(l->common_count, limit);
	if (total(t, l) == 0)
		return;
	document_section(t->d, t->level, id, heading);
	section_source(t, l);
	document_paragraph(t->d);
	document_text(t->d, RUN_PLAIN, SLICE("Only in one:"));
	for (size_t s = 0; s < t->x->count; s++)
		write_own_run(t, l, s, limit);
	document_paragraph(t->d);
	document_printf(t->d, RUN_PLAIN, "In common: %zu%s", l->common_count, shown ? ": " : "");
	for (size_t i = 0; i < shown; i++) {
		const struct evidence *e = any_of(&l->common[i]);
		document_printf(t->d, RUN_PLAIN, "%s%.*s%s", i ? "; " : "", (int)e->text.length, e->text.at,
				common_demand(t, &l->common[i]));
		write_holders(t, &l->common[i]);
	}
	write_rest(t, l->common_count, shown);
}

/* ---- filings ---- */

/* Of the spellings the one that was filed most. */
static struct slice filed_title(const struct comparison_common *common)
{
	const struct evidence *most = any_of(common);
	for (size_t s = 0; s < COMPARISON_MAX; s++)
		if (common->of[s] && common->of[s]->count > most->count)
			most = common->of[s];
	return most->text;
}

static void write_filings(const struct text *t)
{
	const struct comparison_list *l = &t->x->titles;
	size_t shown = at_most(l->common_count, t->x->limit);
	if (total(t, l) == 0)
		return;
	document_section(t->d, t->level, "compare-filings", "Filings that used more than one of them for a title");
	section_source(t, l);
	document_paragraph(t->d);
	if (l->common_count == 0)
		document_text(t->d, RUN_PLAIN, SLICE("None: no filed title stands under two of them."));
	else
		document_printf(t->d, RUN_PLAIN, "%zu %s under more than one; how many filings of each used which code:",
				l->common_count, l->common_count == 1 ? "title stands" : "titles stand");
	text_number_table(t, "Filings by title and code");
	for (size_t i = 0; i < shown; i++) {
		document_row(t->d);
		document_cell_text(t->d, RUN_PLAIN, filed_title(&l->common[i]));
		for (size_t s = 0; s < t->x->count; s++)
			document_cell_printf(t->d, RUN_PLAIN, "%u", (unsigned)l->common[i].filings[s]);
	}
	document_row(t->d);
	document_cell_text(t->d, RUN_STRONG, SLICE("all filings under the code"));
	for (size_t s = 0; s < t->x->count; s++)
		document_cell_printf(t->d, RUN_STRONG, "%llu", (unsigned long long)l->filings[s]);
	document_table_end(t->d);
	if (shown < l->common_count) {
		document_paragraph(t->d);
		document_printf(t->d, RUN_DIM, "and %zu more titles (%s)", l->common_count - shown, t->x->for_all);
	}
}

/* ---- all of them ---- */

void comparison_write_lists(const struct text *t)
{
	write_tasks(t);
	write_runs(t, &t->x->activities, "compare-activities", "Work activities", t->x->limit);
	write_runs(t, &t->x->technologies, "compare-technologies", "Technologies", t->x->limit * 2);
	write_filings(t);
}
