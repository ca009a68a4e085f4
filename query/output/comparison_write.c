// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison_write.c - a comparison as sections of a document: the differences at a glance, then part by part, what
 * tells the codes apart before what they have in common.
 */
#include <math.h>

#include "lib/index/manifest.h"
#include "query/output/comparison_write.h"
#include "query/output/show_write.h"

struct text {
	const struct comparison *x;
	const struct session *session;
	struct document *d;
	int level; /* of the headings */
};

/* The sources of the rows of a table, numbered as they come. */
struct text_notes {
	uint32_t sources[16];
	size_t count;
};

/* ---- pieces ---- */

/* Where something comes from; nothing for COMPARISON_NO_SOURCE. */
static void text_source(const struct text *t, uint32_t source)
{
	char name[160];
	if (source == COMPARISON_NO_SOURCE)
		return;
	show_source(t->session, source, name, sizeof name);
	document_source(t->d, name);
}

/* A pair that is named after a code. */
static void text_pair(const struct text *t, size_t side)
{
	document_pair(t->d, t->x->sides[side].asked->code.text);
}

/* The occupation that something is said of, where the code has several. */
static void text_member(const struct text *t, size_t side, const struct occupation *member)
{
	if (t->x->sides[side].member_count > 1 && member != &t->x->sides[side].members[0])
		document_printf(t->d, RUN_DIM, " (%.*s %.*s)", (int)member->code.length, member->code.at,
				(int)member->title.length, member->title.at);
}

/* ---- tables ---- */

/* Begin a table with a column for each code. */
static void text_table(const struct text *t, const char *caption, enum column_kind kind)
{
	struct column columns[COMPARISON_MAX + 1] = { { "", COLUMN_TEXT } };
	for (size_t s = 0; s < t->x->count; s++)
		columns[s + 1] = (struct column){ t->x->sides[s].asked->code.text, kind };
	document_table(t->d, caption, columns, t->x->count + 1);
}

static void put_note(const struct text *t, uint32_t source, struct text_notes *notes)
{
	size_t i = 0;
	if (source == COMPARISON_NO_SOURCE)
		return;
	while (i < notes->count && notes->sources[i] != source)
		i++;
	if (i == sizeof notes->sources / sizeof *notes->sources) {
		text_source(t, source);
		return;
	}
	notes->sources[i] = source;
	notes->count += i == notes->count;
	document_printf(t->d, RUN_DIM, " [%zu]", i + 1);
}

/* The sources that were numbered, in a paragraph. */
static void text_end_notes(const struct text *t, const struct text_notes *notes)
{
	if (notes->count == 0)
		return;
	document_paragraph(t->d);
	for (size_t i = 0; i < notes->count; i++) {
		char name[160];
		show_source(t->session, notes->sources[i], name, sizeof name);
		document_printf(t->d, RUN_DIM, "%s[%zu] %s", i ? "; " : "", i + 1, name);
	}
}

/* A row; the number of its source stands beside its label where `notes` is not NULL. */
static void text_row(const struct text *t, const struct comparison_row *row, struct text_notes *notes)
{
	document_row(t->d);
	document_cell_text(t->d, RUN_PLAIN, slice_of(row->label));
	if (notes)
		put_note(t, row->source, notes);
	for (size_t s = 0; s < t->x->count; s++) {
		if (row->values[s].length == 0)
			document_cell_text(t->d, RUN_DIM, slice_of(row->absent));
		else
			document_cell_text(t->d, RUN_PLAIN, row->values[s]);
		if (row->of[s].length)
			document_printf(t->d, RUN_DIM, " (of %.*s)", (int)row->of[s].length, row->of[s].at);
	}
}

/* The rows of a section as a table; nothing where it has none. */
static void text_section_table(const struct text *t, enum comparison_section section, const char *caption)
{
	uint32_t first = COMPARISON_NO_SOURCE;
	bool several = false;
	struct text_notes notes = { .count = 0 };
	for (size_t i = 0; i < t->x->row_count; i++) {
		if (t->x->rows[i].section != section)
			continue;
		several |= first != COMPARISON_NO_SOURCE && t->x->rows[i].source != first;
		first = t->x->rows[i].source;
	}
	text_table(t, caption, COLUMN_TEXT);
	for (size_t i = 0; i < t->x->row_count; i++)
		if (t->x->rows[i].section == section)
			text_row(t, &t->x->rows[i], several ? &notes : NULL);
	document_table_end(t->d);
	text_end_notes(t, &notes);
}

/* Its first row; NULL where it has none. */
static const struct comparison_row *text_first_row(const struct text *t, enum comparison_section section)
{
	for (size_t i = 0; i < t->x->row_count; i++)
		if (t->x->rows[i].section == section)
			return &t->x->rows[i];
	return NULL;
}

/* ---- the differences at a glance ---- */

static void write_title_row(const struct text *t)
{
	document_row(t->d);
	document_cell_text(t->d, RUN_PLAIN, SLICE("Title"));
	for (size_t s = 0; s < t->x->count; s++)
		document_cell_text(t->d, RUN_PLAIN, t->x->sides[s].asked->title);
}

static void write_differences(const struct text *t)
{
	const struct comparison *x = t->x;
	struct text_notes notes = { .count = 0 };
	document_section(t->d, t->level, "compare-differences", "Differences at a glance");
	text_table(t, "What differs between the codes", COLUMN_TEXT);
	write_title_row(t);
	for (size_t i = 0; i < x->row_count; i++)
		if (x->rows[i].glance && x->rows[i].differs)
			text_row(t, &x->rows[i], &notes);
	document_table_end(t->d);
	text_end_notes(t, &notes);
}

static void write_same(const struct text *t)
{
	const struct comparison *x = t->x;
	bool any = false;
	for (size_t i = 0; i < x->row_count; i++) {
		const struct comparison_row *row = &x->rows[i];
		if (!row->glance || row->differs)
			continue;
		if (!any)
			document_section(t->d, t->level + 1, "compare-same", "The same for all");
		any = true;
		document_pair_text(t->d, row->label, RUN_PLAIN, row->values[0]);
		text_source(t, row->source);
	}
}

/* ---- the fit with the job ---- */

#define FEATURES_SHOWN 6
#define FEATURE_LEAST 0.005 /* less is not seen in two decimals */

static void write_features(const struct text *t)
{
	const struct comparison *x = t->x;
	text_table(t, "Parts of the score, by what gave them; the widest apart first", COLUMN_NUMBER);
	for (size_t i = 0; i < x->feature_count && (i < FEATURES_SHOWN || x->limit > COMPARISON_SHOWN); i++) {
		if (x->features[i].spread < FEATURE_LEAST)
			break;
		document_row(t->d);
		document_cell_text(t->d, RUN_PLAIN, slice_of(feature_specs[x->features[i].feature].what));
		for (size_t s = 0; s < x->count; s++) {
			document_cell(t->d);
			if (x->fits[s].candidate)
				document_printf(t->d, RUN_PLAIN, "%+.2f",
						x->fits[s].candidate->parts[x->features[i].feature]);
		}
	}
	document_table_end(t->d);
}

/* What the first has over another, and what the other has over it: the features with the widest difference each way. */
static void write_ahead(const struct text *t, size_t other)
{
	const struct comparison *x = t->x;
	const struct candidate *best = x->fits[x->best].candidate, *second = x->fits[other].candidate;
	if (!best || !second || other == x->best)
		return;
	const char *names[2] = { NULL, NULL };
	double most[2] = { FEATURE_LEAST, FEATURE_LEAST };
	for (int k = 0; k < FEATURE_COUNT; k++) {
		double ahead = best->parts[k] - second->parts[k];
		size_t way = ahead < 0.0;
		if (fabs(ahead) <= most[way])
			continue;
		most[way] = fabs(ahead);
		names[way] = feature_specs[k].what;
	}
	document_item(t->d);
	document_printf(t->d, RUN_CODE, "%s", x->sides[x->best].asked->code.text);
	document_text(t->d, RUN_PLAIN, SLICE(" over "));
	document_printf(t->d, RUN_CODE, "%s", x->sides[other].asked->code.text);
	document_printf(t->d, RUN_PLAIN, ": %.2f in all", best->score - second->score);
	if (names[0])
		document_printf(t->d, RUN_PLAIN, "; most for it: %s (%+.2f)", names[0], most[0]);
	if (names[1])
		document_printf(t->d, RUN_PLAIN, "; most against it: %s (%+.2f)", names[1], -most[1]);
}

static void write_words(const struct text *t)
{
	const struct comparison *x = t->x;
	size_t any = 0;
	for (size_t s = 0; s < x->count; s++)
		any += x->fits[s].word_count;
	if (any == 0)
		return;
	document_paragraph_text(
		t->d, RUN_PLAIN,
		SLICE("Words of the job that the descriptions and tasks of one have more than those of the "
		      "others:"));
	for (size_t s = 0; s < x->count; s++) {
		text_pair(t, s);
		if (x->fits[s].word_count == 0)
			document_text(t->d, RUN_DIM, SLICE("none"));
		for (size_t i = 0; i < x->fits[s].word_count; i++) {
			document_text(t->d, RUN_PLAIN, i ? SLICE(", ") : SLICE(""));
			document_text(t->d, RUN_MATCH, x->fits[s].words[i]);
		}
	}
}

static void write_nearest(const struct text *t)
{
	const struct comparison *x = t->x;
	size_t any = 0;
	for (size_t s = 0; s < x->count; s++)
		any += x->fits[s].task.span_count;
	if (any == 0)
		return;
	document_paragraph_text(t->d, RUN_PLAIN, SLICE("The task of each that is most like the job:"));
	for (size_t s = 0; s < x->count; s++) {
		const struct evidence_match *task = &x->fits[s].task;
		text_pair(t, s);
		if (task->span_count == 0) {
			document_text(t->d, RUN_DIM, SLICE("none has a word of it"));
			continue;
		}
		document_spans(t->d, task->evidence.text, task->spans, task->span_count);
		text_member(t, s, x->fits[s].task_member);
		text_source(t, task->evidence.source);
	}
}

static void write_fit(const struct text *t)
{
	const struct comparison *x = t->x;
	if (!x->job)
		return;
	document_section(t->d, t->level, "compare-fit", "How each fits the job");
	text_section_table(t, COMPARISON_FIT, "Place among all codes");
	write_features(t);
	for (size_t s = 0; s < x->count; s++)
		write_ahead(t, s);
	write_words(t);
	write_nearest(t);
}

/* ---- the classification ---- */

static const char *const level_names[] = { "major group", "minor group", "broad occupation", "detailed occupation",
					   "O*NET-SOC occupation" };

static void write_pair(const struct text *t, size_t a, size_t b)
{
	static const char *const ordinals[] = { "",      "first", "second",  "third", "fourth",
						"fifth", "sixth", "seventh", "eighth" };
	const struct code *one = &t->x->sides[a].asked->code, *other = &t->x->sides[b].asked->code;
	enum code_level level = LEVEL_ONET;
	size_t digit = comparison_digit(one, other, &level);
	document_item(t->d);
	document_printf(t->d, RUN_CODE, "%s", one->text);
	document_text(t->d, RUN_PLAIN, SLICE(" and "));
	document_printf(t->d, RUN_CODE, "%s", other->text);
	document_printf(t->d, RUN_PLAIN, " part at the %s digit, in the %s", ordinals[digit], level_names[level]);
	if (level == LEVEL_MAJOR)
		return;
	struct code shared = code_at_level(one, (enum code_level)(level - 1));
	struct slice title = fact_code_title(t->session->index, slice_of(shared.text));
	document_printf(t->d, RUN_PLAIN, "; both are in the %s ", level_names[level - 1]);
	document_printf(t->d, RUN_CODE, "%s", shared.text);
	document_printf(t->d, RUN_PLAIN, "%s%.*s", title.length ? " " : "", (int)title.length, title.at);
}

static void write_classification(const struct text *t)
{
	document_section(t->d, t->level, "compare-classification", "Where they part in the classification");
	for (size_t a = 0; a < t->x->count; a++)
		for (size_t b = a + 1; b < t->x->count; b++)
			write_pair(t, a, b);
	text_section_table(t, COMPARISON_CLASSIFICATION, "The groups of each code");
}

/* ---- definitions ---- */

static bool is_said_before(struct slice text, const struct span *spans, size_t which)
{
	struct slice word = { text.at + spans[which].start, spans[which].length };
	for (size_t i = 0; i < which; i++)
		if (slice_equal_nocase(word, (struct slice){ text.at + spans[i].start, spans[i].length }))
			return true;
	return false;
}

static void write_definition(const struct text *t, size_t side, const struct comparison_definition *d)
{
	struct slice text = d->evidence->text;
	char name[64];
	bool any = false;
	snprintf(name, sizeof name, "%s, %s", t->x->sides[side].asked->code.text,
		 evidence_specs[d->evidence->kind].name);
	document_pair(t->d, name);
	document_spans(t->d, text, d->spans, d->span_count);
	text_source(t, d->evidence->source);
	if (d->span_count == 0)
		return;
	document_pair(t->d, "only in it");
	for (size_t i = 0; i < d->span_count; i++) {
		if (is_said_before(text, d->spans, i))
			continue;
		document_text(t->d, RUN_DIM, any ? SLICE(", ") : SLICE(""));
		document_text(t->d, RUN_DIM, (struct slice){ text.at + d->spans[i].start, d->spans[i].length });
		any = true;
	}
}

static void write_definitions(const struct text *t)
{
	document_section(t->d, t->level, "compare-definitions", "Definitions");
	document_paragraph_text(
		t->d, RUN_PLAIN,
		SLICE("Words that stand in no definition of the others are marked, and listed below each."));
	for (size_t s = 0; s < t->x->count; s++) {
		const struct comparison_side *side = &t->x->sides[s];
		for (size_t i = 0; i < side->definition_count; i++)
			write_definition(t, s, &side->definitions[i]);
		if (side->definition_count == 0) {
			text_pair(t, s);
			document_text(t->d, RUN_DIM, SLICE("none in the index"));
		}
	}
}

/* ---- what the lists have ---- */

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
static void write_occurrences(const struct text *t, const struct comparison_common *common)
{
	bool any = false;
	if (common->occurrences == t->x->count)
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
	const struct target_code *asked = t->x->sides[side].asked;
	size_t shown = at_most(l->own_count[side], t->x->limit);
	char id[64], heading[256];
	snprintf(id, sizeof id, "compare-tasks-%s", asked->code.text);
	snprintf(heading, sizeof heading, "Only in %s %.*s: %zu of %zu", asked->code.text,
		 (int)(asked->title.length < 160 ? asked->title.length : 160), asked->title.at, l->own_count[side],
		 l->totals[side]);
	for (char *at = id; *at; at++)
		*at = *at == '.' ? '-' : *at;
	document_section(t->d, t->level + 1, id, heading);
	if (l->totals[side] == 0)
		document_paragraph_text(t->d, RUN_DIM, SLICE("The index has no tasks of this code."));
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
	document_paragraph_text(
		t->d, RUN_PLAIN,
		SLICE("The most telling first: those with the most words that the descriptions and tasks of the "
		      "others do not have, or have less."));
	for (size_t s = 0; s < t->x->count; s++)
		write_own_tasks(t, s);
	document_section(t->d, t->level, "compare-tasks-common", "Tasks in common");
	section_source(t, l);
	if (l->common_count == 0)
		document_paragraph_text(t->d, RUN_PLAIN, SLICE("None: no two of their statements are alike."));
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
		document_printf(t->d, RUN_PLAIN, "%s%.*s%s", i ? "; " : ": ", (int)e->text.length, e->text.at,
				demand_of(e));
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

static void write_runs(const struct text *t, const struct comparison_list *l, const char *id, const char *heading,
		       size_t limit)
{
	size_t shown = at_most(l->common_count, limit);
	if (total(t, l) == 0)
		return;
	document_section(t->d, t->level, id, heading);
	section_source(t, l);
	document_paragraph_text(t->d, RUN_PLAIN, SLICE("Only in one:"));
	for (size_t s = 0; s < t->x->count; s++)
		write_own_run(t, l, s, limit);
	document_paragraph(t->d);
	document_printf(t->d, RUN_PLAIN, "In common: %zu%s", l->common_count, shown ? ": " : "");
	for (size_t i = 0; i < shown; i++) {
		const struct evidence *e = any_of(&l->common[i]);
		document_printf(t->d, RUN_PLAIN, "%s%.*s%s", i ? "; " : "", (int)e->text.length, e->text.at,
				common_demand(t, &l->common[i]));
		write_occurrences(t, &l->common[i]);
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
		document_printf(t->d, RUN_PLAIN,
				"%zu %s under more than one; how many filings of each used which code:",
				l->common_count, l->common_count == 1 ? "title stands" : "titles stand");
	text_table(t, "Filings by title and code", COLUMN_NUMBER);
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
							     "a code of the survey's own that stands for it and others",
							     "the group that holds it" };
	for (size_t i = 0; i < t->x->row_count; i++)
		for (size_t s = 0; s < t->x->count; s++) {
			const struct comparison_row *row = &t->x->rows[i];
			if (row->section != section || row->of[s].length == 0 || is_told(t, section, i, s))
				continue;
			struct slice title = fact_code_title(t->session->index, row->of[s]);
			document_item(t->d);
			document_printf(t->d, RUN_CODE, "%s", t->x->sides[s].asked->code.text);
			document_text(t->d, RUN_PLAIN, SLICE(" has none of its own; those of "));
			document_text(t->d, RUN_CODE, row->of[s]);
			document_printf(t->d, RUN_PLAIN, "%s%.*s are shown, %s", title.length ? " " : "",
					(int)title.length, title.at, reasons[row->ways[s]]);
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
		const struct zone_reference *z = reference_zone(&t->session->index->reference, zone);
		bool told = false;
		struct buffer text = { 0 };
		for (size_t before = 0; before < s; before++)
			told |= t->x->sides[before].members[0].zone == zone;
		if (!z || told)
			continue;
		buffer_printf(&text, t->session->err, "SVP %.*s", (int)z->svp.length, z->svp.at);
		show_put_svp(z->svp, &text, t->session->err);
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

#define CATEGORIES 64 /* more than a release has */

static void write_distribution(const struct text *t)
{
	bool few = false;
	text_table(t, "Education that workers report, per cent of those asked", COLUMN_NUMBER);
	for (uint32_t category = 1; category < CATEGORIES; category++) {
		double most = 0.0;
		for (size_t s = 0; s < t->x->count; s++) {
			const struct education *e = find_answer(&t->x->sides[s].members[0], category);
			most = e ? fmax(most, e->percent) : most;
		}
		if (most <= 0.0)
			continue;
		const struct category_reference *r = reference_category(
			&t->session->index->reference, SLICE(EDUCATION_ELEMENT), SLICE(EDUCATION_SCALE), category);
		document_row(t->d);
		document_cell_text(t->d, category >= EDUCATION_ADVANCED ? RUN_STRONG : RUN_PLAIN,
				   category_short_name(r ? r->text : SLICE("?"), 60));
		for (size_t s = 0; s < t->x->count; s++) {
			const struct education *e = find_answer(&t->x->sides[s].members[0], category);
			document_cell(t->d);
			if (e)
				document_printf(t->d, RUN_PLAIN, "%.1f%%%s", e->percent, e->suppressed ? "*" : "");
			few |= e && e->suppressed;
		}
	}
	document_table_end(t->d);
	if (few)
		document_paragraph_text(t->d, RUN_DIM,
					SLICE("* from few answers: the release advises not to rely on it"));
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
	static const struct column columns[] = { { "Occupation", COLUMN_TEXT },
						 { "Job Zone", COLUMN_NUMBER },
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
				document_cell_text(
					t->d, RUN_PLAIN,
					slice_of(reference_zone_label(&t->session->index->reference, o->zone, label)));
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
	struct fact_answer a = fact_find_key_of(t->session->index, key, &t->x->sides[side].own);
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
		const struct target_code *asked = t->x->sides[s].asked;
		double low = wage(t, FACT_ANNUAL_10, s), middle = wage(t, FACT_ANNUAL_MEDIAN, s),
		       high = wage(t, FACT_ANNUAL_90, s);
		char from[32], mark[32], to[32];
		if (!isfinite(low) || isnan(high))
			continue;
		put_dollars(low, from, sizeof from);
		put_dollars(middle, mark, sizeof mark);
		put_dollars(high, to, sizeof to);
		snprintf(labels[count], sizeof *labels, "%s %.*s", asked->code.text,
			 (int)(asked->title.length < 60 ? asked->title.length : 60), asked->title.at);
		snprintf(values[count], sizeof *values, "%s to %s, median %s", from, to, mark);
		bars[count] =
			(struct bar){ labels[count], low, high, isfinite(middle) ? middle : NAN, values[count], false };
		most = fmax(most, isfinite(high) ? high : isfinite(middle) ? middle : low);
		top |= !isfinite(high) || !isfinite(middle);
		count++;
	}
	for (size_t i = 0; i < count; i++)
		bars[i].to = isfinite(bars[i].to) ? bars[i].to : most;
	if (count > 0)
		document_bars(t->d, "Annual wages, 10th to 90th percentile", bars, count, 0.0);
	if (top)
		document_paragraph_text(t->d, RUN_DIM, SLICE("# above what the survey publishes, or not published"));
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
		if ((all && others + 1 < t->x->count) || (!all && others > 0) ||
		    slice_equal(a.at[i].text, SLICE(FACT_NO_DEGREE)))
			continue;
		if (count++ < t->x->limit)
			document_printf(t->d, RUN_PLAIN, "%s%.*s %.*s%s", count > 1 ? "; " : "",
					(int)a.at[i].text.length, a.at[i].text.at, (int)a.at[i].note.length,
					a.at[i].note.at,
					fact_is_stem_degree(t->session->index, a.at[i].text) ? " [STEM]" : "");
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
		fields[s] = fact_find_key_of(t->session->index, FACT_DEGREE, &t->x->sides[s].own);
	document_paragraph_text(t->d, RUN_PLAIN, SLICE("Only to one:"));
	for (size_t s = 0; s < t->x->count; s++) {
		text_pair(t, s);
		write_fields(t, fields, s);
	}
	document_paragraph_text(t->d, RUN_PLAIN, SLICE("To all: "));
	write_fields(t, fields, COMPARISON_MAX);
}

/* ---- what the index does not have ---- */

static void write_missing(const struct text *t)
{
	static const struct {
		enum comparison_section section;
		const char *what;
	} specs[] = { { COMPARISON_PREPARATION, "Job Zones and education" },
		      { COMPARISON_PROFESSION, "Appendix A" },
		      { COMPARISON_WAGES, "wages" },
		      { COMPARISON_OUTLOOK, "the outlook" },
		      { COMPARISON_DEGREES, "fields of study" },
		      { COMPARISON_STEM, "lists of STEM" } };
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

/* ---- all of it ---- */

void comparison_write(const struct comparison *x, const struct session *s, struct document *d, int level)
{
	const struct text t = { x, s, d, level };
	write_differences(&t);
	write_same(&t);
	write_fit(&t);
	write_classification(&t);
	write_definitions(&t);
	write_tasks(&t);
	write_runs(&t, &x->activities, "compare-activities", "Work activities", x->limit);
	write_runs(&t, &x->technologies, "compare-technologies", "Technologies", x->limit * 2);
	write_filings(&t);
	write_preparation(&t);
	write_section(&t, COMPARISON_PROFESSION, "compare-profession", "Wage system",
		      "Appendix A, Job Zone and education");
	write_wages(&t);
	write_section(&t, COMPARISON_OUTLOOK, "compare-outlook", "Outlook",
		      "Projected employment and what entry takes");
	write_degrees(&t);
	write_section(&t, COMPARISON_STEM, "compare-stem", "STEM, by list", "What each list says");
	write_section(&t, COMPARISON_CUSTOM, "compare-own", "Your own tables", "Columns of your own tables");
	write_missing(&t);
}
