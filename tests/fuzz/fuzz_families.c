// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fuzz_families.c - a table that is known by its columns alone, from bytes to records: looking for the
 * header, telling what the source is, reading its rows.  What comes out is what record.h promises.
 */
#include <stdint.h>
#include <stdlib.h>

#include "corpus/source_schema.h"
#include "lib/base/utf8.h"
#include "lib/table/csv_reader.h"
#include "lib/table/table.h"
#include "tests/fuzz/check.h"

enum { HEADER_ROWS = 30 };

static void check_text(struct slice s)
{
	check(slice_is_utf8(s, NULL));
	check(s.length == 0 || !memchr(s.at, '\0', s.length));
	check(slice_equal(slice_trim(s), s));
}

static void check_code(const struct code *code)
{
	struct code again;
	check(code->text[0] == '\0' ||
	      (code_parse(slice_of(code->text), &again) && strcmp(again.text, code->text) == 0));
}

static void check_fact(const struct record_fact *f)
{
	enum fact_kind kind = fact_specs[f->key].kind;
	bool text = kind == FACT_TEXT || kind == FACT_LIST;
	check_text(f->text);
	check_text(f->note);
	check((f->text.length > 0) == text && f->number.mark < FACT_MARK_COUNT);
	check(text || f->number.decimals <= FACT_SCALE_MAX);
}

static enum sink_verdict take(void *ctx, const struct record *r, enum reject_reason *why, struct error *err)
{
	(void)ctx;
	(void)why;
	(void)err;
	check_code(&r->code);
	check_code(&r->other);
	check_text(r->text);
	check_text(r->detail);
	check_text(r->id);
	check_text(r->more[0]);
	switch (r->kind) {
	case RECORD_GROUP:
		check(r->code.text[0] != '\0' && !code_is_onet(&r->code) && r->text.length > 0);
		break;
	case RECORD_TITLE:
		check(r->text.length > 0 && (r->code.text[0] != '\0') == (r->id.length == 0));
		check(r->id.length == 0 || row_is_pattern(r->id));
		break;
	case RECORD_FILING:
		check(r->text.length > 0 && r->code.text[0] != '\0' && r->programme < PROGRAMME_COUNT);
		check(r->count == 1 && (r->number == 0 || (r->number >= 2000 && r->number <= 2100)));
		break;
	case RECORD_CROSSWALK:
		check(r->crosswalk < CROSSWALK_COUNT);
		check((r->code.text[0] != '\0') == (r->id.length == 0));
		check((r->other.text[0] != '\0') == (r->more[0].length == 0));
		check(r->id.length == 0 || r->id.length == 4);
		break;
	case RECORD_FACTS:
		check((r->code.text[0] != '\0') == (r->id.length == 0) && r->fact_count > 0);
		for (size_t i = 0; i < r->fact_count; i++)
			check_fact(&r->facts[i]);
		break;
	case RECORD_WAGE_TOP:
		check(r->fact_count == 2 && r->facts[0].number.mark == FACT_EXACT);
		break;
	default:
		abort();
	}
	return SINK_USED;
}

static void read_rows(struct table *t, const struct family *family, const struct table_spec *spec,
		      const struct slice *header, size_t columns, struct error *err)
{
	static const struct record_sink sink = { take, NULL };
	struct release_note note = { .programme = PROGRAMME_COUNT };
	struct clues clues = { header, columns, { "LCA_FY2024_Q1.csv", "", "" }, NULL };
	struct row row = { .sink = &sink, .note = &note, .err = err };
	struct binding binding;
	struct table_row at;
	bool identified = false;

	if (!family_bind(spec, header, columns, &binding, err))
		return;
	while (spec->read && table_next(t, &at, err) == TABLE_ROW) {
		if (at.reject != REJECT_NONE)
			continue;
		row_begin(&row, family, spec, &binding, at.fields, at.count);
		if (family->look && !identified)
			family->look(&row, &note);
		if (family->identify && !identified)
			check(family->identify(&clues, &note, err) &&
			      (!family->look || note.programme < PROGRAMME_COUNT));
		identified = true;
		spec->read(&row);
		check(!row.used || row.why == REJECT_NONE);
		check(row.column < (int)spec->column_count);
	}
}

static void read_table(struct table *t)
{
	struct error err = { 0 };
	struct near_miss nearest = { 0 };
	const struct family *family;
	const struct table_spec *spec;

	for (int i = 0; i < HEADER_ROWS && table_next_header(t, &err) == TABLE_ROW; i++) {
		size_t columns;
		const struct slice *header = table_header(t, &columns);
		if (!family_match(header, columns, &family, &spec, &nearest)) {
			check(!nearest.family || (nearest.lacking > 0 && nearest.column));
			continue;
		}
		read_rows(t, family, spec, header, columns, &err);
		return;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct input_source_limits limits = { 1 << 22, 100 };
	struct error err = { 0 };
	struct input_source *c;
	struct table *t;
	size_t count;

	if (!input_source_open_memory((struct slice){ (const char *)bytes, length }, "fuzz.csv", &limits, &c, &err))
		return 0;
	(void)input_source_members(c, &count);
	struct table_place place = { c, 0, 0 };
	if (count > 0 && table_open(&place, &t, &err)) {
		read_table(t);
		table_close(t);
	}
	input_source_close(c);
	return 0;
}
