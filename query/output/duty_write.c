// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_write.c - a duty table as sections of a document.
 */
#include <math.h>

#include "lib/index/manifest.h"
#include "query/output/duty_write.h"

/* A duty table that is being written. */
struct writing {
	const struct duty_table *t;
	const struct session *session;
	struct document *d;
	int level;
};

/* So many codes are columns and bars. */
#define DUTY_BARS 12

#define PLAIN(w, text) document_text((w)->d, RUN_PLAIN, SLICE(text))

static double percent(double share)
{
	return 100.0 * share;
}

static const char *plural(size_t count, const char *one, const char *many)
{
	return count == 1 ? one : many;
}

static void write_slice(const struct writing *w, struct slice text)
{
	document_text(w->d, RUN_PLAIN, text);
}

static void write_code(const struct writing *w, const struct duty_code *code)
{
	document_printf(w->d, RUN_CODE, "%s", code->asked.code.text);
	PLAIN(w, " ");
	write_slice(w, code->asked.title);
}

/* ---- the sheet ---- */

static void write_left(const struct writing *w)
{
	const struct duty_sheet *s = w->t->sheet;
	static const char *const kinds[] = { "duty", "blank", "comment", "heading", "total", "time" };
	if (s->left_count == 0)
		return;
	document_paragraph(w->d);
	document_printf(w->d, RUN_PLAIN, "Left out: ");
	for (size_t i = 0; i < s->left_count; i++)
		document_printf(w->d, RUN_PLAIN, "%sline %llu (%s)", i ? ", " : "", (unsigned long long)s->left[i].line,
				kinds[s->left[i].kind]);
	PLAIN(w, ".");
}

static void write_sheet(const struct writing *w)
{
	const struct duty_sheet *s = w->t->sheet;
	document_paragraph(w->d);
	document_printf(w->d, RUN_PLAIN, "%zu %s from %s", s->count, plural(s->count, "duty", "duties"), s->path);
	if (s->note_count == 0 && s->times == DUTY_TIMES_GIVEN)
		PLAIN(w, ", with times that add up to 100 per cent");
	for (size_t i = 0; i < s->note_count; i++) {
		PLAIN(w, "; ");
		write_slice(w, s->notes[i]);
	}
	PLAIN(w, ".");
	write_left(w);
}

/* ---- what it comes to ---- */

static void write_combination(const struct writing *w)
{
	const struct duty_table *t = w->t;
	document_paragraph(w->d);
	document_printf(w->d, RUN_STRONG, "A combination of occupations: ");
	for (size_t i = 0; i < t->leading_count; i++) {
		const struct duty_code *code = &t->codes[t->leading[i]];
		document_printf(w->d, RUN_PLAIN, "%s%.0f%% of the time goes to duties of ", i ? ", " : "",
				percent(code->time));
		write_code(w, code);
	}
	PLAIN(w, ".");
}

/* The code with the most time, and the others that have any. */
static void write_most(const struct writing *w)
{
	const struct duty_table *t = w->t;
	const struct duty_code *most = &t->codes[t->leading[0]];
	size_t others = 0;
	document_paragraph(w->d);
	document_printf(w->d, RUN_STRONG, "%.0f%% of the time goes to duties of ", percent(most->time));
	write_code(w, most);
	for (size_t k = 0; k < t->code_count; k++) {
		const struct duty_code *code = &t->codes[k];
		if (code == most || code->time <= 0.0)
			continue;
		document_printf(w->d, RUN_PLAIN, "%s%.0f%% to ", others++ ? ", " : "; ", percent(code->time));
		write_code(w, code);
	}
	PLAIN(w, ".");
}

static void write_outcome(const struct writing *w)
{
	const struct duty_table *t = w->t;
	if (t->leading_count >= 2)
		write_combination(w);
	else if (t->leading_count == 1)
		write_most(w);
	if (t->uncovered <= 0.0)
		return;
	document_note(w->d);
	if (t->leading_count == 0)
		PLAIN(w, "No code that was weighed covers any of the duties.");
	else
		document_printf(w->d, RUN_PLAIN, "%.0f%% of the time goes to duties that none of them covers.",
				percent(t->uncovered));
}

/* ---- codes ---- */

static void write_rank(const struct writing *w, const struct duty_code *code)
{
	document_cell(w->d);
	if (code->score != 0.0)
		document_printf(w->d, RUN_PLAIN, "%zu", code->place + 1);
	else
		PLAIN(w, "-");
}

static void write_codes(const struct writing *w)
{
	static const struct column columns[] = {
		{ "Code", COLUMN_SHORT },           { "Occupation", COLUMN_TEXT }, { "Covers", COLUMN_NUMBER },
		{ "Time", COLUMN_NUMBER },          { "Rank", COLUMN_NUMBER },     { "Job Zone", COLUMN_NUMBER },
		{ "Entry education", COLUMN_TEXT },
	};
	const struct duty_table *t = w->t;
	document_table(w->d,
		       "Covers: how much of the duties the code's statements cover, by time. Time: "
		       "of the duties that fall to the code. Rank: in the ranking of the whole job.",
		       columns, sizeof columns / sizeof *columns);
	for (size_t k = 0; k < t->code_count; k++) {
		const struct duty_code *code = &t->codes[k];
		document_row(w->d);
		document_cell(w->d);
		document_printf(w->d, RUN_CODE, "%s", code->asked.code.text);
		document_cell(w->d);
		write_slice(w, code->asked.title);
		document_cell(w->d);
		document_printf(w->d, RUN_PLAIN, "%.0f%%", percent(code->coverage));
		document_cell(w->d);
		document_printf(w->d, RUN_PLAIN, "%.0f%%", percent(code->time));
		write_rank(w, code);
		document_cell(w->d);
		document_printf(w->d, RUN_PLAIN, "%s", code->skill.zone[0] ? code->skill.zone : "-");
		document_cell(w->d);
		write_slice(w, code->skill.entry.length ? code->skill.entry : SLICE("-"));
	}
	document_table_end(w->d);
}

static void write_bars(const struct writing *w)
{
	const struct duty_table *t = w->t;
	struct bar bars[DUTY_BARS];
	char labels[DUTY_BARS][160], values[DUTY_BARS][16];
	size_t count = t->code_count < DUTY_BARS ? t->code_count : DUTY_BARS;
	for (size_t k = 0; k < count; k++) {
		const struct duty_code *code = &t->codes[k];
		snprintf(labels[k], sizeof labels[k], "%s %.*s", code->asked.code.text, (int)code->asked.title.length,
			 code->asked.title.at);
		snprintf(values[k], sizeof values[k], "%.0f%%", percent(code->coverage));
		bars[k] = (struct bar){ labels[k], 0.0,       percent(code->coverage),
					NAN,       values[k], t->leading_count && t->leading[0] == k };
	}
	if (count)
		document_bars(w->d, "How much of the duties each code covers, by time", bars, count, 100.0);
}

/* ---- rules ---- */

static void write_rules(const struct writing *w)
{
	const struct rule_findings *rules = &w->t->rules;
	if (rules->count == 0)
		return;
	document_section(w->d, w->level, "duties-rules", "Classification rules that apply");
	for (size_t i = 0; i < rules->count; i++) {
		const struct rule_spec *spec = &rule_specs[rules->at[i].rule];
		document_item(w->d);
		document_printf(w->d, RUN_STRONG, "%s. ", spec->number);
		document_printf(w->d, RUN_PLAIN, "%s ", spec->text);
		document_text(w->d, RUN_PLAIN, rules->at[i].because);
	}
	document_paragraph(w->d);
	document_printf(w->d, RUN_DIM, "The rules are told in our words; they stand in the %s, %s.", RULES_MANUAL,
			RULES_ADDRESS);
}

/* ---- duties ---- */

static void write_uncovered(const struct writing *w)
{
	const struct duty_table *t = w->t;
	if (t->uncovered <= 0.0)
		return;
	document_section(w->d, w->level, "duties-uncovered", "Duties that nothing covers");
	for (size_t i = 0; i < t->row_count; i++) {
		const struct duty_row *row = &t->rows[i];
		if (row->best != DUTY_NOBODY)
			continue;
		document_item(w->d);
		document_printf(w->d, RUN_STRONG, "%zu. ", i + 1);
		write_slice(w, row->duty->text);
		document_printf(w->d, RUN_DIM, " (%.0f%% of the time; at most %.0f%% covered)",
				percent(row->duty->share), percent(row->coverage));
	}
}

/* Of each duty how much each code covers. */
static void write_matrix(const struct writing *w)
{
	const struct duty_table *t = w->t;
	struct column columns[DUTY_BARS + 2] = { { "Duty", COLUMN_TEXT }, { "Time", COLUMN_NUMBER } };
	size_t count = t->code_count < DUTY_BARS ? t->code_count : DUTY_BARS;
	if (t->row_count < 2)
		return;
	for (size_t k = 0; k < count; k++)
		columns[2 + k] = (struct column){ t->codes[k].asked.code.text, COLUMN_NUMBER };
	document_table(w->d, "How much of each duty each code covers; * marks the code to which it falls", columns,
		       2 + count);
	for (size_t i = 0; i < t->row_count; i++) {
		const struct duty_row *row = &t->rows[i];
		document_row(w->d);
		document_cell(w->d);
		document_printf(w->d, RUN_PLAIN, "%zu. ", i + 1);
		write_slice(w, row->duty->text);
		document_cell(w->d);
		document_printf(w->d, RUN_PLAIN, "%.0f%%", percent(row->duty->share));
		for (size_t k = 0; k < count; k++) {
			document_cell(w->d);
			document_printf(w->d, row->best == k ? RUN_STRONG : RUN_PLAIN, "%s%.0f%%",
					row->best == k ? "*" : "", percent(row->at[k].coverage));
		}
	}
	document_table_end(w->d);
}

static void write_statement(const struct writing *w, const struct duty_coverage *m)
{
	document_cell(w->d);
	document_spans(w->d, m->statement.text, m->spans, m->span_count);
	document_printf(w->d, RUN_DIM, " (%s, %s)", evidence_specs[m->statement.kind].name,
			manifest_source_title(w->session->index->manifest, m->statement.source));
}

static void write_statements(const struct writing *w, const struct duty_row *row)
{
	static const struct column columns[] = { { "Code", COLUMN_SHORT },
						 { "Covers", COLUMN_NUMBER },
						 { "Best statement", COLUMN_TEXT } };
	bool any = false;
	for (size_t k = 0; k < w->t->code_count; k++) {
		const struct duty_coverage *m = &row->at[k];
		if (m->statements == 0)
			continue;
		if (!any)
			document_table(w->d, "The best statement of each code", columns,
				       sizeof columns / sizeof *columns);
		any = true;
		document_row(w->d);
		document_cell(w->d);
		document_printf(w->d, row->best == k ? RUN_STRONG : RUN_CODE, "%s", w->t->codes[k].asked.code.text);
		document_cell(w->d);
		document_printf(w->d, RUN_PLAIN, "%.0f%%", percent(m->coverage));
		write_statement(w, m);
	}
	if (any)
		document_table_end(w->d);
}

/* Codes that have nothing, and words that nothing has. */
static void write_missing(const struct writing *w, const struct duty_row *row)
{
	size_t none = 0;
	for (size_t k = 0; k < w->t->code_count; k++) {
		if (row->at[k].statements)
			continue;
		if (none == 0) {
			document_pair(w->d, "Nothing in");
		}
		document_printf(w->d, RUN_PLAIN, "%s", none++ ? ", " : "");
		document_printf(w->d, RUN_CODE, "%s", w->t->codes[k].asked.code.text);
	}
	if (row->unexplained_count == 0)
		return;
	document_pair(w->d, "Unexplained");
	for (size_t i = 0; i < row->unexplained_count; i++) {
		document_printf(w->d, RUN_PLAIN, "%s", i ? ", " : "");
		write_slice(w, row->unexplained[i]);
	}
}

static void write_duty(const struct writing *w, size_t number)
{
	const struct duty_row *row = &w->t->rows[number];
	char id[32], heading[64];
	snprintf(id, sizeof id, "duty-%zu", number + 1);
	snprintf(heading, sizeof heading, "Duty %zu, %.0f%% of the time", number + 1, percent(row->duty->share));
	document_section(w->d, w->level < 4 ? w->level + 1 : 4, id, heading);
	document_paragraph(w->d);
	write_slice(w, row->duty->text);
	write_statements(w, row);
	write_missing(w, row);
}

/* ---- all of it ---- */

void duty_table_write(const struct duty_table *t, const struct session *s, struct document *d, int level)
{
	struct writing w = { t, s, d, level };
	document_section(d, level, "duties-outcome", "What the duties come to");
	write_sheet(&w);
	write_outcome(&w);
	document_section(d, level, "duties-codes", "Codes that were weighed");
	write_codes(&w);
	write_bars(&w);
	write_rules(&w);
	write_uncovered(&w);
	document_section(d, level, "duties-each", "Duty by duty");
	write_matrix(&w);
	for (size_t i = 0; i < t->row_count; i++)
		write_duty(&w, i);
}
