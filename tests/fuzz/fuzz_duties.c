// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fuzz_duties.c - a duty sheet, named as a text or a table by the first byte, and of some also weighed against an index of the
 * sample, where there is one: that takes a hundred times as long as to read it.
 *
 * Shares add up to 1, duties lie in order, an error has a hint; coverage lies between 0 and 1, and each duty falls to one code
 * or to nobody.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lib/base/utf8.h"
#include "query/output/duty_write.h"
#include "tests/fuzz/sample.h"

static void check_sheet(const struct duty_sheet *s)
{
	double sum = 0.0;
	check(s->count > 0 && s->count <= DUTIES_MAX && s->untimed <= s->count);
	for (size_t i = 0; i < s->count; i++) {
		const struct duty *d = &s->at[i];
		check(d->share >= 0.0 && d->share <= 1.0 && d->text.at && d->text.length <= DUTY_LENGTH_MAX);
		check(slice_is_utf8(d->text, NULL) && (i == 0 || d->line > s->at[i - 1].line));
		sum += d->share;
	}
	check(fabs(sum - 1.0) < 1e-6);
	for (size_t i = 0; i < s->left_count; i++)
		check(s->left[i].kind != DUTY_LINE_DUTY && s->left[i].line > 0);
}

static void check_table(const struct duty_table *t)
{
	double time = t->uncovered;
	check(t->code_count > 0 && t->row_count == t->sheet->count && t->leading_count <= (size_t)(1.0 / DUTY_LARGE));
	for (size_t k = 0; k < t->code_count; k++) {
		check(t->codes[k].coverage >= 0.0 && t->codes[k].coverage <= 1.0 + 1e-6);
		time += t->codes[k].time;
	}
	check(fabs(time - 1.0) < 1e-6);
	for (size_t i = 0; i < t->row_count; i++) {
		const struct duty_row *row = &t->rows[i];
		check(row->best == DUTY_NOBODY ? row->coverage < DUTY_COVERED
					       : row->at[row->best].coverage >= DUTY_COVERED);
		for (size_t k = 0; k < t->code_count; k++)
			check(row->at[k].coverage >= 0.0 && row->at[k].coverage <= 1.0 &&
			      row->at[k].statements <= DUTY_STATEMENTS);
	}
}

static void weigh(struct session *s, const struct duty_sheet *sheet)
{
	struct duty_table t;
	if (!sample || sheet->count > 20)
		return;
	if (!duty_table_find(s, sheet, (struct slice){ "", 0 }, NULL, &t)) {
		check(s->err->code == ERROR_INPUT && s->err->hint[0] != '\0');
		return;
	}
	check_table(&t);
	struct buffer text = { 0 };
	struct json_writer w = { .out = &text, .err = s->err };
	json_begin_object(&w, NULL);
	duty_table_json(&t, s, &w);
	json_end_object(&w);
	json_t *json = json_loadb(text.at, text.length, JSON_REJECT_DUPLICATES, NULL);
	check(json != NULL);
	json_decref(json);
	buffer_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct error err = { 0 };
	sample_open();
	struct session s = { .index = sample, .expand = EXPAND_ALL, .err = &err };
	struct duty_sheet sheet;
	if (length < 1)
		return 0;
	struct slice content = { (const char *)bytes + 1, length - 1 };
	if (duty_sheet_read(&s, content, bytes[0] % 2 ? "sheet.csv" : "sheet.txt", &sheet)) {
		check_sheet(&sheet);
		if (bytes[0] / 2 % 8 == 1)
			weigh(&s, &sheet);
	} else {
		check(err.code != ERROR_NONE && err.text[0] != '\0');
	}
	session_free(&s);
	return 0;
}
