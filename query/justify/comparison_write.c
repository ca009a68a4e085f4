// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison_write.c - a comparison as sections of a document: the differences at a glance, then part by part, what tells the
 * codes apart before what they have in common.
 */
#include <math.h>

#include "query/justify/comparison_text.h"

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
	text_table(t, "What differs between the codes");
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
		document_pair(t->d, row->label);
		document_text(t->d, RUN_PLAIN, row->values[0]);
		text_source(t, row->source);
	}
}

/* ---- the fit with the job ---- */

#define SIGNALS_SHOWN 6
#define SIGNAL_LEAST 0.005   /* less is not seen in two decimals */

static void write_signals(const struct text *t)
{
	const struct comparison *x = t->x;
	text_number_table(t, "Parts of the score, by what gave them; the widest apart first");
	for (size_t i = 0; i < x->signal_count && (i < SIGNALS_SHOWN || x->limit > COMPARISON_SHOWN); i++) {
		if (x->signals[i].spread < SIGNAL_LEAST)
			break;
		document_row(t->d);
		document_cell_text(t->d, RUN_PLAIN, slice_of(signal_specs[x->signals[i].signal].what));
		for (size_t s = 0; s < x->count; s++) {
			document_cell(t->d);
			if (x->fits[s].candidate)
				document_printf(t->d, RUN_PLAIN, "%+.2f", x->fits[s].candidate->parts[x->signals[i].signal]);
		}
	}
	document_table_end(t->d);
}

/* What the first has over another, and what the other has over it: the signals with the widest difference each way. */
static void write_ahead(const struct text *t, size_t other)
{
	const struct comparison *x = t->x;
	const struct candidate *best = x->fits[x->best].candidate, *second = x->fits[other].candidate;
	if (!best || !second || other == x->best)
		return;
	const char *names[2] = { NULL, NULL };
	double most[2] = { SIGNAL_LEAST, SIGNAL_LEAST };
	for (int k = 0; k < SIGNAL_COUNT; k++) {
		double ahead = best->parts[k] - second->parts[k];
		size_t way = ahead < 0.0;
		if (fabs(ahead) <= most[way])
			continue;
		most[way] = fabs(ahead);
		names[way] = signal_specs[k].what;
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
	document_paragraph(t->d);
	document_text(t->d, RUN_PLAIN, SLICE("Words of the job that the descriptions and tasks of one have more than those of "
					     "the others:"));
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
	document_paragraph(t->d);
	document_text(t->d, RUN_PLAIN, SLICE("The task of each that is most like the job:"));
	for (size_t s = 0; s < x->count; s++) {
		const struct reason *task = &x->fits[s].task;
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
	write_signals(t);
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
	static const char *const ordinals[] = { "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth" };
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
	struct slice title = fact_code_title(t->c->index, slice_of(shared.text));
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
	snprintf(name, sizeof name, "%s, %s", t->x->sides[side].asked->code.text, evidence_specs[d->evidence->kind].name);
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
	document_paragraph(t->d);
	document_text(t->d, RUN_PLAIN, SLICE("Words that stand in no definition of the others are marked, and listed below each."));
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

/* ---- all of it ---- */

void comparison_write(const struct comparison *x, const struct command *c, struct document *d, int level)
{
	struct text t = { x, c, d, level };
	write_differences(&t);
	write_same(&t);
	write_fit(&t);
	write_classification(&t);
	write_definitions(&t);
	comparison_write_lists(&t);
	comparison_write_facts(&t);
}
