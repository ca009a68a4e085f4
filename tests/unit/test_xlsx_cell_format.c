// SPDX-License-Identifier: GPL-3.0-or-later
#include <locale.h>

#include "lib/base/memory.h"
#include "lib/table/xlsx_column_filter.h"
#include "lib/table/xlsx_cell_format.h"
#include "tests/unit/unit.h"

static void check_number(const char *stored, struct number_format format, bool epoch_1904, const char *text, size_t row)
{
	char to[CELL_TEXT];
	size_t length = cell_number(slice_of(stored), &format, epoch_1904, to);
	if (length != strlen(text) || memcmp(to, text, length) != 0)
		fail_msg("row %zu: %s: \"%.*s\", not \"%s\"", row, stored, (int)length, to, text);
}

/* "" : it is no number. */
static void numbers_read_as_people_write_them(void **state)
{
	(void)state;
	static const struct {
		const char *stored;
		const char *text;
	} rows[] = {
		{ "2024", "2024" },
		{ "0", "0" },
		{ "-0", "0" },
		{ "-17", "-17" },
		{ "+5", "5" },
		{ "2024.0", "2024" },
		{ "007", "7" },
		{ "1.50", "1.5" },
		{ ".5", "0.5" },
		{ "5.", "5" },
		{ "0.1", "0.1" },
		{ "-0.25", "-0.25" },
		{ "123.456", "123.456" },
		{ "1.51252E5", "151252" },
		{ "1.5e+3", "1500" },
		{ "12E-1", "1.2" },
		{ "1E2", "100" },
		/* What binary fractions leave behind. */
		{ "0.10000000000000001", "0.1" },
		{ "2.9000000000000001E-2", "0.029" },
		{ "67.239999999999995", "67.24" },
		{ "1.1000000000000001", "1.1" },
		{ "0.30000000000000004", "0.30000000000000004" },
		{ "3.1415926535897931", "3.141592653589793" },
		{ "9.9999999999999995E-7", "0.000001" },
		/* Large and small. */
		{ "123456789012345", "123456789012345" },
		{ "1234567890123456", "1234567890123456" },
		{ "12345678901234567890", "12345678901234567000" },
		{ "1e20", "100000000000000000000" },
		{ "1e21", "1e+21" },
		{ "1.25e300", "1.25e+300" },
		{ "0.0000001", "1e-7" },
		{ "1.5e-10", "1.5e-10" },
		/* No numbers. */
		{ "", "" },
		{ ".", "" },
		{ "-", "" },
		{ "1e", "" },
		{ "1e+", "" },
		{ "12a", "" },
		{ "1 2", "" },
		{ "1.2.3", "" },
		{ "NaN", "" },
		{ "inf", "" },
		{ "0x10", "" },
		{ "1e999", "" },
		{ "1,5", "" },
	};
	const struct number_format plain = { NUMBER_PLAIN, "" };
	for (size_t i = 0; i < COUNT(rows); i++)
		check_number(rows[i].stored, plain, false, rows[i].text, i);
}

static void the_locale_has_no_say(void **state)
{
	(void)state;
	const struct number_format plain = { NUMBER_PLAIN, "" };
	/* Where the system has such a locale, its decimal point is a comma. */
	setlocale(LC_ALL, "de_DE.UTF-8");
	check_number("67.239999999999995", plain, false, "67.24", 0);
	check_number("1.5e-10", plain, false, "1.5e-10", 1);
	setlocale(LC_ALL, "C");
}

static void dates_are_iso(void **state)
{
	(void)state;
	static const struct {
		const char *stored;
		enum number_kind kind;
		bool epoch_1904;
		const char *text;
	} rows[] = {
		{ "45200", NUMBER_DATE, false, "2023-10-01" },
		{ "45200.75", NUMBER_DATE, false, "2023-10-01" },
		{ "45200", NUMBER_DATE_TIME, false, "2023-10-01T00:00:00" },
		{ "45200.75", NUMBER_DATE_TIME, false, "2023-10-01T18:00:00" },
		{ "45200.999999999", NUMBER_DATE_TIME, false, "2023-10-02T00:00:00" },
		{ "0.57291666666666663", NUMBER_TIME, false, "13:45:00" },
		{ "45200.5", NUMBER_TIME, false, "12:00:00" },
		{ "1.5", NUMBER_ELAPSED, false, "36:00:00" },
		{ "1", NUMBER_DATE, false, "1900-01-01" },
		{ "59", NUMBER_DATE, false, "1900-02-28" },
		{ "61", NUMBER_DATE, false, "1900-03-01" },
		{ "25569", NUMBER_DATE, false, "1970-01-01" },
		{ "36585", NUMBER_DATE, false, "2000-02-29" },
		{ "2958465", NUMBER_DATE, false, "9999-12-31" },
		{ "43738", NUMBER_DATE, true, "2023-10-01" },
		{ "0", NUMBER_DATE, true, "1904-01-01" },
		/* No dates: a day that never was, before the beginning, beyond the end. */
		{ "60", NUMBER_DATE, false, "60" },
		{ "0", NUMBER_DATE, false, "0" },
		{ "-1", NUMBER_DATE, false, "-1" },
		{ "2958466", NUMBER_DATE, false, "2958466" },
		{ "2957500", NUMBER_DATE, true, "2957500" },
		{ "1e300", NUMBER_DATE_TIME, false, "1e+300" },
		{ "2958465.9999999", NUMBER_DATE_TIME, false, "2958465.9999999" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct number_format format = { rows[i].kind, "" };
		check_number(rows[i].stored, format, rows[i].epoch_1904, rows[i].text, i);
	}
}

static void formats_are_understood(void **state)
{
	(void)state;
	static const struct {
		const char *code;
		enum number_kind kind;
	} rows[] = {
		{ "General", NUMBER_PLAIN },
		{ "0.00", NUMBER_PLAIN },
		{ "#,##0", NUMBER_PLAIN },
		{ "0", NUMBER_PLAIN },
		{ "0.0E+00", NUMBER_PLAIN },
		{ "@", NUMBER_PLAIN },
		{ "", NUMBER_PLAIN },
		{ "0%", NUMBER_PLAIN },
		{ "\"$\"#,##0.00_);[Red]\\(\"$\"#,##0.00\\)", NUMBER_PLAIN },
		{ "0\" days\"", NUMBER_PLAIN },
		{ "[Red]General", NUMBER_PLAIN },
		{ "0;yyyy", NUMBER_PLAIN },
		{ "yyyy\\-mm\\-dd", NUMBER_DATE },
		{ "m/d/yyyy", NUMBER_DATE },
		{ "mm/dd/yy;@", NUMBER_DATE },
		{ "[$-409]d\\-mmm\\-yy;@", NUMBER_DATE },
		{ "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", NUMBER_DATE },
		{ "mmm\\ yyyy", NUMBER_DATE },
		{ "mmm", NUMBER_DATE },
		{ "YYYY-MM-DD", NUMBER_DATE },
		{ "yyyy-mm-dd h:mm:ss", NUMBER_DATE_TIME },
		{ "m/d/yy h:mm", NUMBER_DATE_TIME },
		{ "dd/mm/yyyy hh:mm AM/PM", NUMBER_DATE_TIME },
		{ "mmm d h:mm", NUMBER_DATE_TIME },
		{ "h:mm", NUMBER_TIME },
		{ "mm:ss", NUMBER_TIME },
		{ "h:mm AM/PM", NUMBER_TIME },
		{ "mm:ss.0", NUMBER_TIME },
		{ "[h]:mm:ss", NUMBER_ELAPSED },
		{ "[mm]:ss", NUMBER_ELAPSED },
		{ "00000", NUMBER_DIGITS },
		{ "00\\-0000", NUMBER_DIGITS },
		{ "00\"-\"0000", NUMBER_DIGITS },
		{ "000-00-0000", NUMBER_DIGITS },
		{ "00000000000000000000", NUMBER_PLAIN },
		{ "\"open", NUMBER_PLAIN },
		{ "[open", NUMBER_PLAIN },
		{ "\\", NUMBER_PLAIN },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct number_format format = number_format_parse(slice_of(rows[i].code));
		ROW_CHECK(format.kind == rows[i].kind, i);
	}
	static const enum number_kind builtin[] = {
		[13] = NUMBER_PLAIN, [14] = NUMBER_DATE,      [17] = NUMBER_DATE,  [18] = NUMBER_TIME,
		[21] = NUMBER_TIME,  [22] = NUMBER_DATE_TIME, [23] = NUMBER_PLAIN, [44] = NUMBER_PLAIN,
		[45] = NUMBER_TIME,  [46] = NUMBER_ELAPSED,   [47] = NUMBER_TIME,  [48] = NUMBER_PLAIN,
		[49] = NUMBER_PLAIN,
	};
	for (unsigned i = 0; i < COUNT(builtin); i++) {
		if (i == 0 || i == 13 || i == 14 || i == 17 || i == 18 || (i >= 21 && i <= 23) || i >= 44)
			ROW_CHECK(number_format_builtin(i).kind == builtin[i], i);
	}
}

static void patterns_of_digits(void **state)
{
	(void)state;
	static const struct {
		const char *code;
		const char *stored;
		const char *text;
	} rows[] = {
		{ "0000", "10", "0010" },         { "0000", "0", "0000" },
		{ "0000", "3500", "3500" },       { "00\\-0000", "151252", "15-1252" },
		{ "00-0000", "1252", "00-1252" }, { "0000", "12345", "12345" },
		{ "0000", "1.5", "1.5" },         { "0000", "-3", "-3" },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		check_number(rows[i].stored, number_format_parse(slice_of(rows[i].code)), false, rows[i].text, i);
}

static void escapes_are_resolved(void **state)
{
	(void)state;
	static const struct {
		const char *stored;
		const char *text;
	} rows[] = {
		{ "plain_text", "plain_text" },
		{ "a_x000D_b", "a\rb" },
		{ "_x000d__x000A_", "\r\n" },
		{ "_x005F_x000D_", "_x000D_" },
		{ "_x00E9_", "\xC3\xA9" },
		{ "_x2013_", "\xE2\x80\x93" },
		{ "_xD83D__xDE00_", "\xF0\x9F\x98\x80" },
		{ "_xD83D_x", "\xEF\xBF\xBDx" },
		{ "_xDE00_", "\xEF\xBF\xBD" },
		{ "a_x0000_b", "ab" },
		{ "_x00G0_", "_x00G0_" },
		{ "_x000D", "_x000D" },
		{ "_", "_" },
		{ "__x0041__", "_A_" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[64];
		size_t length = strlen(rows[i].stored);
		memcpy(text, rows[i].stored, length);
		length = cell_unescape(text, length);
		ROW_CHECK(length == strlen(rows[i].text) && memcmp(text, rows[i].text, length) == 0, i);
	}
}

static void columns_have_names(void **state)
{
	(void)state;
	static const struct {
		const char *reference;
		uint32_t column;
	} rows[] = {
		{ "A1", 1 },
		{ "Z9", 26 },
		{ "AA10", 27 },
		{ "XFD1048576", SHEET_COLUMNS },
		{ "ab12", 28 },
		{ "XFE1", SHEET_COLUMNS + 1 },
		{ "AAAAAAAAAAAAAA1", SHEET_COLUMNS + 1 },
		{ "", 0 },
		{ "A", 0 },
		{ "1", 0 },
		{ "A0", 0 },
		{ "$A$1", 0 },
		{ "A-1", 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		ROW_CHECK(cell_column(rows[i].reference, strlen(rows[i].reference)) == rows[i].column, i);
	for (uint32_t column = 1; column <= SHEET_COLUMNS; column++) {
		char name[16];
		size_t length = cell_column_name(column, name);
		name[length++] = '1';
		assert_int_equal(cell_column(name, length), column);
	}
}

/* ---- the filter ---- */

/* Pass `in` through the filter in pieces of `piece` bytes, wanting columns A and C. */
static void filter(const char *in, size_t piece, struct buffer *out)
{
	static const bool wanted[] = { true, false, true };
	struct xlsx_column_filter f = { .wanted = wanted, .wanted_count = COUNT(wanted) };
	struct buffer held = { 0 };
	size_t length = strlen(in);

	buffer_clear(out);
	assert_true(buffer_reserve(&held, 1, NULL));
	for (size_t at = 0; at <= length;) {
		size_t more = length - at < piece ? length - at : piece;
		size_t used = 0;
		assert_true(buffer_append(&held, in + at, more, NULL));
		assert_true(buffer_reserve(out, held.length + 64, NULL));
		out->length +=
			xlsx_column_filter_pass(&f, held.at, held.length, more == 0, out->at + out->length, &used);
		assert_true(used <= held.length);
		memmove(held.at, held.at + used, held.length - used);
		held.length -= used;
		if (more == 0)
			break;
		at += more;
	}
	assert_int_equal(held.length, 0);
	assert_true(buffer_terminate(out, NULL));
	buffer_free(&held);
}

static void cells_are_cut_out(void **state)
{
	(void)state;
	static const struct {
		const char *in;
		const char *out; /* NULL: as it was */
	} rows[] = {
		{ "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c>"
		  "<c r=\"C1\"><v>3</v></c><c r=\"D1\" t=\"s\"><v>4</v></c></row></sheetData></worksheet>",
		  "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c>"
		  "<c r=\"C1\"><v>3</v></c></row></sheetData></worksheet>" },
		/* The first that has content passes; those that have none do not. */
		{ "<x:w><x:sheetData><x:row><x:c r='B1'/><x:c r='D1'><x:v/></x:c><x:c r='E1'><x:f>1</x:f></x:c>"
		  "<x:c r='F1'><x:is><x:t>y</x:t></x:is></x:c><x:c r='G1'><x:v>2</x:v></x:c></x:row>"
		  "</x:sheetData></x:w>",
		  "<x:w><x:sheetData><x:row><x:c r='F1'><x:is><x:t>y</x:t></x:is></x:c></x:row>"
		  "</x:sheetData></x:w>" },
		/* Cells without a place leave one behind. */
		{ "<w><sheetData><row><c><v>1</v></c><c><v>2</v></c><c/><c><v>4</v></c><c><v>5</v></c></row>"
		  "</sheetData></w>          ",
		  "<w><sheetData><row><c><v>1</v></c><c><v>2</v></c><c/><c/><c/></row></sheetData></w>          " },
		{ "<w><sheetData><row><c r=\"D1\"><v>1</v></c><c r=\"AB1\"><v>2</v></c><c><v>3</v></c></row>"
		  "</sheetData></w>          ",
		  "<w><sheetData><row><c r=\"D1\"><v>1</v></c><c r=\"AB1\"/><c/></row></sheetData></w>          " },
		/* A > in an attribute, names that only begin alike. */
		{ "<w><cols/><sheetData><row a='>'><c b='>' r='A1'><v>1</v></c><c r='B1' b='/>'><v>2</v></c>"
		  "<c r='D1' b='/>'><v>3</v><colour/></c></row></sheetData><c r='D1'/></w>",
		  "<w><cols/><sheetData><row a='>'><c b='>' r='A1'><v>1</v></c><c r='B1' b='/>'><v>2</v></c>"
		  "</row></sheetData><c r='D1'/></w>" },
		/* What the filter does not know it leaves alone, from there on. */
		{ "<w><sheetData><row><c r='D1'><v>1</v></c><c r='E1'><v><![CDATA[</c>]]></v></c>"
		  "<c r='F1'><v>1</v></c></row></sheetData></w>",
		  NULL },
		{ "<w><!-- <sheetData> --><sheetData><row><c r='D1'/></row></sheetData></w>", NULL },
		{ "<w><sheetData><row><?pi?><c r='D1'/></row></sheetData></w>", NULL },
		{ "<w><sheetData><row><c r = 'D1'/></row></sheetData></w>", NULL },
		{ "<w><sheetData><row><c r='XFE1'/><c r='D1'/></row></sheetData></w>", NULL },
		{ "<w><sheetData><row><c r='D1'><v>1</v></c><c r='D1'><c r='E1'></c></c></row></sheetData></w>", NULL },
		{ "<w><sheetData><row><c r='D1'><v>never ends", NULL },
		{ "<w><sheetData><row><c r='D1", NULL },
		{ "<w><sheetData/></w>", NULL },
		{ "no XML", NULL },
		{ "", NULL },
		{ "<", NULL },
	};
	struct buffer out = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		/* The beginning has to be in one piece. */
		for (size_t piece = 6; piece < strlen(rows[i].in) + 7; piece++) {
			filter(rows[i].in, piece, &out);
			const char *wanted = rows[i].out ? rows[i].out : rows[i].in;
			if (strcmp(out.at, wanted) != 0)
				fail_msg("row %zu, pieces of %zu: %s", i, piece, out.at);
		}
	}
	filter("\xFF\xFE<\0w\0>\0", 100, &out);
	assert_int_equal(out.at[0], '\xFF');
	buffer_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_read_as_people_write_them),
		cmocka_unit_test(the_locale_has_no_say),
		cmocka_unit_test(dates_are_iso),
		cmocka_unit_test(formats_are_understood),
		cmocka_unit_test(patterns_of_digits),
		cmocka_unit_test(escapes_are_resolved),
		cmocka_unit_test(columns_have_names),
		cmocka_unit_test(cells_are_cut_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
