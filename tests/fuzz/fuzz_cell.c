// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fuzz_cell.c - one cell of somebody's table: reading codes from it ends, what is read is a code, an answer that is no
 * occupation stays one in capitals, and a cell that is written for a spreadsheet is read back as it was.
 */
#include "lib/base/ascii.h"
#include "lib/soc/code_reader.h"
#include "lib/table/csv_writer.h"
#include "lib/text/not_occupation.h"
#include "tests/fuzz/check.h"

static void read_codes(struct slice text)
{
	struct written_code w;
	size_t found = 0;
	while ((w = code_reader_next(&text)).kind != WRITTEN_END) {
		struct code code;
		check(++found <= 1 << 20);
		check(w.kind != WRITTEN_CODE ||
		      (code_parse(slice_of(w.code.text), &code) && strcmp(code.text, w.code.text) == 0));
	}
}

static void read_answer(struct slice text)
{
	struct buffer capitals = { 0 };
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		buffer_append_byte(&capitals, ascii_is_lower(c) ? (char)(c - 'a' + 'A') : c, NULL);
	}
	if (buffer_ok(&capitals))
		check(not_occupation_find(text) == not_occupation_find(buffer_slice(&capitals)));
	buffer_free(&capitals);
}

/* Without its quotation marks the cell is what was to be written, but for control characters. */
static void write_cell(struct slice text)
{
	struct buffer plain = { 0 }, guarded = { 0 };
	struct error err = { 0 };
	struct csv_writer p = { .buffer = &plain, .err = &err, .dialect = { .delimiter = ';', .quotes = true } };
	struct csv_writer g = p;
	g.buffer = &guarded;
	g.purpose = CSV_FOR_PEOPLE;
	csv_put(&p, text);
	csv_put(&g, text);
	struct slice cell = buffer_slice(&guarded);
	if (buffer_ok(&plain) && buffer_ok(&guarded) && !slice_equal(buffer_slice(&plain), cell)) {
		check(cell.length > 3 && cell.at[0] == '"' && cell.at[1] == '\'');
		cell = (struct slice){ cell.at + 1, cell.length - 2 };
		struct slice back = cell_without_guard(cell);
		check(back.length + 1 == cell.length && cell_without_guard(text).at != NULL);
	}
	buffer_free(&plain);
	buffer_free(&guarded);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct slice text = { (const char *)bytes, length < 4096 ? length : 4096 };
	read_codes(text);
	read_answer(text);
	write_cell(text);
	return 0;
}
