// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_json.c - a duty table for programs (docs/formats.md).
 */
#include "lib/index/manifest.h"
#include "query/output/duty_write.h"
#include "query/output/format.h"

static const char *const unit_names[] = { NULL, NULL, "percent", "hours" };
static const char *const period_names[] = { NULL, "day", "week", "month", "year" };
static const char *const line_names[] = { "duty", "blank", "comment", "heading", "total", "time" };

static json_t *name_or_null(const char *name)
{
	return name ? json_string(name) : json_null();
}

static json_t *texts(const struct slice *at, size_t count)
{
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, format_json_text(at[i]));
	return list;
}

/* ---- the sheet ---- */

static json_t *json_times(const struct duty_sheet *s)
{
	bool timed = s->untimed < s->count;
	return json_pack("{s:s, s:o, s:o, s:o, s:I, s:o}", "are", duty_times_name(s->times), "unit",
			 timed ? name_or_null(unit_names[s->unit]) : json_null(), "period",
			 timed ? name_or_null(period_names[s->period]) : json_null(), "sum",
			 timed ? json_real(s->sum) : json_null(), "untimed", (json_int_t)s->untimed, "notes",
			 texts(s->notes, s->note_count));
}

static json_t *json_left(const struct duty_sheet *s)
{
	json_t *list = json_array();
	for (size_t i = 0; i < s->left_count; i++)
		json_array_append_new(list, json_pack("{s:I, s:s, s:o}", "line", (json_int_t)s->left[i].line, "is",
						      line_names[s->left[i].kind], "text",
						      format_json_text(s->left[i].text)));
	return list;
}

/* ---- codes ---- */

static json_t *json_skill(const struct skill *s)
{
	return json_pack("{s:o, s:o, s:o}", "job_zone", s->zone[0] ? json_string(s->zone) : json_null(), "svp",
			 s->svp.length ? format_json_text(s->svp) : json_null(), "entry_education",
			 s->entry.length ? format_json_text(s->entry) : json_null());
}

static json_t *json_code(const struct duty_code *k, const struct session *s)
{
	return json_pack("{s:s, s:o, s:s, s:s, s:f, s:f, s:I, s:o, s:f, s:f, s:o}", "code", k->asked.code.text, "title",
			 format_json_text(k->asked.title), "occupation", s->index->entries[k->occupation].code.text,
			 "why", duty_reason_name(k->reason), "coverage", k->coverage, "time", k->time, "duties",
			 (json_int_t)k->duties, "rank", json_integer((json_int_t)k->place + 1), "score", k->score,
			 "confidence", k->confidence, "skill", json_skill(&k->skill));
}

/* ---- duties ---- */

static json_t *json_statement(const struct duty_coverage *m, const struct session *s)
{
	json_t *spans = json_array();
	if (m->statement.text.length == 0) {
		json_decref(spans);
		return json_null();
	}
	for (size_t i = 0; i < m->span_count; i++)
		json_array_append_new(
			spans, json_pack("[I, I]", (json_int_t)m->spans[i].start, (json_int_t)m->spans[i].length));
	return json_pack("{s:o, s:o, s:s, s:s, s:f, s:o}", "text", format_json_text(m->statement.text), "id",
			 m->statement.id.length ? format_json_text(m->statement.id) : json_null(), "kind",
			 evidence_specs[m->statement.kind].key, "source",
			 manifest_source_title(s->index->manifest, m->statement.source), "cosine", m->cosine, "matched",
			 spans);
}

static json_t *json_row(const struct duty_table *t, size_t number, const struct session *s)
{
	const struct duty_row *row = &t->rows[number];
	json_t *codes = json_array();
	for (size_t k = 0; k < t->code_count; k++)
		json_array_append_new(codes,
				      json_pack("{s:s, s:f, s:I, s:o}", "code", t->codes[k].asked.code.text, "coverage",
						row->at[k].coverage, "statements", (json_int_t)row->at[k].statements,
						"best", json_statement(&row->at[k], s)));
	bool timed = row->duty->time.unit != DUTY_UNIT_NONE;
	return json_pack("{s:I, s:I, s:o, s:f, s:o, s:b, s:o, s:b, s:o, s:o}", "number", (json_int_t)number + 1, "line",
			 (json_int_t)row->duty->line, "text", format_json_text(row->duty->text), "time",
			 row->duty->share, "given", timed ? json_real(row->duty->time.value) : json_null(), "covered",
			 row->best != DUTY_NOBODY, "falls_to",
			 row->best == DUTY_NOBODY ? json_null() : json_string(t->codes[row->best].asked.code.text),
			 "supervises", row->supervises, "unexplained", texts(row->unexplained, row->unexplained_count),
			 "codes", codes);
}

/* ---- what it comes to ---- */

static json_t *json_combination(const struct duty_table *t)
{
	json_t *list = json_array();
	for (size_t i = 0; t->leading_count >= 2 && i < t->leading_count; i++)
		json_array_append_new(list, json_pack("{s:s, s:f}", "code", t->codes[t->leading[i]].asked.code.text,
						      "time", t->codes[t->leading[i]].time));
	return list;
}

static json_t *json_rules(const struct duty_table *t)
{
	json_t *list = json_array();
	for (size_t i = 0; i < t->rules.count; i++) {
		const struct rule_finding *f = &t->rules.at[i];
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:o}", "rule", rule_specs[f->rule].key, "number",
						      rule_specs[f->rule].number, "says", rule_specs[f->rule].text,
						      "because", format_json_text(f->because)));
	}
	return list;
}

json_t *duty_table_json(const struct duty_table *t, const struct session *s)
{
	json_t *codes = json_array(), *rows = json_array();
	for (size_t k = 0; k < t->code_count; k++)
		json_array_append_new(codes, json_code(&t->codes[k], s));
	for (size_t i = 0; i < t->row_count; i++)
		json_array_append_new(rows, json_row(t, i, s));
	return json_pack("{s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:f, s:f, s:o, s:o, s:o, s:{s:s, s:s}}", "file",
			 format_json_text(slice_of(t->sheet->path)), "title", format_json_text(t->title), "level",
			 code_level_name(t->level), "times", json_times(t->sheet), "left_out", json_left(t->sheet),
			 "codes", codes, "duties", rows, "uncovered", t->uncovered, "supervising", t->supervising,
			 "title_leads_to", t->title_leads.text[0] ? json_string(t->title_leads.text) : json_null(),
			 "combination", json_combination(t), "rules", json_rules(t), "manual", "title", RULES_MANUAL,
			 "address", RULES_ADDRESS);
}
