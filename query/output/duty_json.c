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

/* ---- the sheet ---- */

static void write_real_or_null(struct json_writer *w, const char *key, bool known, double value)
{
	if (known)
		json_write_real(w, key, value);
	else
		json_write_null(w, key);
}

static void write_times(const struct duty_sheet *s, struct json_writer *w)
{
	bool timed = s->untimed < s->count;
	json_begin_object(w, "times");
	json_write_string(w, "are", duty_times_name(s->times));
	json_write_string(w, "unit", timed ? unit_names[s->unit] : NULL);
	json_write_string(w, "period", timed ? period_names[s->period] : NULL);
	write_real_or_null(w, "sum", timed, s->sum);
	json_write_count(w, "untimed", s->untimed);
	json_write_texts(w, "notes", s->notes, s->note_count);
	json_end_object(w);
}

static void write_left_out(const struct duty_sheet *s, struct json_writer *w)
{
	json_begin_array(w, "left_out");
	for (size_t i = 0; i < s->left_count; i++) {
		json_begin_object(w, NULL);
		json_write_count(w, "line", s->left[i].line);
		json_write_string(w, "is", line_names[s->left[i].kind]);
		json_write_text(w, "text", s->left[i].text);
		json_end_object(w);
	}
	json_end_array(w);
}

/* ---- codes ---- */

static void write_code(const struct duty_code *k, const struct session *s, struct json_writer *w)
{
	json_begin_object(w, NULL);
	json_write_string(w, "code", k->asked.code.text);
	json_write_text(w, "title", k->asked.title);
	json_write_string(w, "occupation", s->index->entries[k->occupation].code.text);
	json_write_string(w, "why", duty_reason_name(k->reason));
	json_write_real(w, "coverage", k->coverage);
	json_write_real(w, "time", k->time);
	json_write_count(w, "duties", k->duties);
	json_write_count(w, "rank", k->place + 1);
	json_write_real(w, "score", k->score);
	json_write_real(w, "confidence", k->confidence);
	json_begin_object(w, "skill");
	json_write_text_or_null(w, "job_zone", slice_of(k->skill.zone));
	json_write_text_or_null(w, "svp", k->skill.svp);
	json_write_text_or_null(w, "entry_education", k->skill.entry);
	json_end_object(w);
	json_end_object(w);
}

/* ---- duties ---- */

static void write_statement(const struct duty_coverage *m, const struct session *s, struct json_writer *w)
{
	if (m->statement.text.length == 0) {
		json_write_null(w, "best");
		return;
	}
	json_begin_object(w, "best");
	json_write_text(w, "text", m->statement.text);
	json_write_text_or_null(w, "id", m->statement.id);
	json_write_string(w, "kind", evidence_specs[m->statement.kind].key);
	json_write_string(w, "source", manifest_source_title(s->index->manifest, m->statement.source));
	json_write_real(w, "cosine", m->cosine);
	format_json_spans(w, "matched", m->spans, m->span_count);
	json_end_object(w);
}

static void write_row(const struct duty_table *t, size_t number, const struct session *s, struct json_writer *w)
{
	const struct duty_row *row = &t->rows[number];
	bool covered = row->best != DUTY_NOBODY;
	json_begin_object(w, NULL);
	json_write_count(w, "number", number + 1);
	json_write_count(w, "line", row->duty->line);
	json_write_text(w, "text", row->duty->text);
	json_write_real(w, "time", row->duty->share);
	write_real_or_null(w, "given", row->duty->time.unit != DUTY_UNIT_NONE, row->duty->time.value);
	json_write_bool(w, "covered", covered);
	json_write_string(w, "falls_to", covered ? t->codes[row->best].asked.code.text : NULL);
	json_write_bool(w, "supervises", row->supervises);
	json_write_texts(w, "unexplained", row->unexplained, row->unexplained_count);
	json_begin_array(w, "codes");
	for (size_t k = 0; k < t->code_count; k++) {
		json_begin_object(w, NULL);
		json_write_string(w, "code", t->codes[k].asked.code.text);
		json_write_real(w, "coverage", row->at[k].coverage);
		json_write_count(w, "statements", row->at[k].statements);
		write_statement(&row->at[k], s, w);
		json_end_object(w);
	}
	json_end_array(w);
	json_end_object(w);
}

/* ---- what it comes to ---- */

static void write_combination(const struct duty_table *t, struct json_writer *w)
{
	json_begin_array(w, "combination");
	for (size_t i = 0; t->leading_count >= 2 && i < t->leading_count; i++) {
		json_begin_object(w, NULL);
		json_write_string(w, "code", t->codes[t->leading[i]].asked.code.text);
		json_write_real(w, "time", t->codes[t->leading[i]].time);
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_rules(const struct duty_table *t, struct json_writer *w)
{
	json_begin_array(w, "rules");
	for (size_t i = 0; i < t->rules.count; i++) {
		const struct rule_finding *f = &t->rules.at[i];
		json_begin_object(w, NULL);
		json_write_string(w, "rule", rule_specs[f->rule].key);
		json_write_string(w, "number", rule_specs[f->rule].number);
		json_write_string(w, "says", rule_specs[f->rule].text);
		json_write_text(w, "because", f->because);
		json_end_object(w);
	}
	json_end_array(w);
	json_begin_object(w, "manual");
	json_write_string(w, "title", RULES_MANUAL);
	json_write_string(w, "address", RULES_ADDRESS);
	json_end_object(w);
}

void duty_table_json(const struct duty_table *t, const struct session *s, struct json_writer *w)
{
	json_write_string(w, "file", t->sheet->path);
	json_write_text(w, "title", t->title);
	json_write_string(w, "level", code_level_name(t->level));
	write_times(t->sheet, w);
	write_left_out(t->sheet, w);
	json_begin_array(w, "codes");
	for (size_t k = 0; k < t->code_count; k++)
		write_code(&t->codes[k], s, w);
	json_end_array(w);
	json_begin_array(w, "duties");
	for (size_t i = 0; i < t->row_count; i++)
		write_row(t, i, s, w);
	json_end_array(w);
	json_write_real(w, "uncovered", t->uncovered);
	json_write_real(w, "supervising", t->supervising);
	json_write_text_or_null(w, "title_leads_to", slice_of(t->title_leads.text));
	write_combination(t, w);
	write_rules(t, w);
}
