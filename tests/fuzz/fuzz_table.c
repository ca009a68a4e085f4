// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fuzz_table.c - a table, from bytes to records: the first byte chooses which table of the O*NET family
 * the rest is taken for.  What comes out is what record.h promises.
 */
#include <stdint.h>
#include <stdlib.h>

#include "lib/base/utf8.h"
#include "lib/table/csv_reader.h"
#include "corpus/source_schema.h"
#include "lib/table/table.h"
#include "tests/fuzz/check.h"

static void check_text(struct slice s)
{
	check(slice_is_utf8(s, NULL));
	check(s.length == 0 || !memchr(s.at, '\0', s.length));
	check(slice_equal(slice_trim(s), s));
	check(!slice_equal_nocase(s, SLICE("n/a")));
}

static void check_code(const struct code *code)
{
	struct code again;
	check(code->text[0] == '\0' ||
	      (code_parse(slice_of(code->text), &again) && strcmp(again.text, code->text) == 0 && code_is_onet(code)));
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
	check_text(r->scale);
	for (size_t i = 0; i < 4; i++)
		check_text(r->more[i]);
	check(r->number >= 0 && r->value >= 0 && r->value <= 100);
	check(r->text.length > 0 || r->id.length > 0 || r->number > 0);
	return SINK_USED;
}

static void read_rows(struct table *t, const struct table_spec *spec)
{
	static const struct record_sink sink = { take, NULL };
	struct error err = { 0 };
	struct binding binding;
	struct table_row at;
	enum table_status status;
	uint64_t line = 0;
	size_t columns;

	if (table_next_header(t, &err) != TABLE_ROW)
		return;
	const struct slice *header = table_header(t, &columns);
	if (!family_bind(spec, header, columns, &binding, &err)) {
		check(err.code == ERROR_INPUT && err.text[0] != '\0');
		return;
	}
	struct row row = { .sink = &sink, .err = &err };
	while ((status = table_next(t, &at, &err)) == TABLE_ROW) {
		check(at.line > line);
		line = at.line;
		if (at.reject != REJECT_NONE)
			continue;
		row_begin(&row, &family_onet, spec, &binding, at.fields, at.count);
		spec->read(&row);
		check(row.used == (row.why == REJECT_NONE));
		check(row.column < (int)spec->column_count);
	}
	check((status == TABLE_FAILED) == (err.code != ERROR_NONE));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct input_source_limits limits = { 1 << 22, 100 };
	struct error err = { 0 };
	struct input_source *c;
	struct table *t;

	if (length == 0)
		return 0;
	const struct table_spec *spec = &family_onet.tables[bytes[0] % family_onet.table_count];
	struct slice rest = { (const char *)bytes + 1, length - 1 };
	if (!input_source_open_memory(rest, "fuzz.txt", &limits, &c, &err))
		return 0;
	size_t count;
	(void)input_source_members(c, &count);
	struct table_place place = { c, 0, 0 };
	if (count > 0 && table_open(&place, &t, &err)) {
		read_rows(t, spec);
		table_close(t);
	}
	input_source_close(c);
	return 0;
}
