// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_code_reader.c - what people write into a column of codes, and what is read of it.
 */
#include "tests/unit/unit.h"

#include "lib/soc/code_reader.h"

/* All of a cell: codes with a blank between them, "-" for no code on purpose, "@" with the code for a date, "!" for what is none
 * of these. */
static void read_all(struct slice text, char *to, size_t size)
{
	static const char *const marks[] = { "", "", "-", "@", "!" };
	struct written_code w;
	to[0] = '\0';
	while ((w = code_reader_next(&text)).kind != WRITTEN_END) {
		size_t length = strlen(to);
		snprintf(to + length, size - length, "%s%s%s", length ? " " : "", marks[w.kind], w.code.text);
	}
}

static void cells(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *read;
	} rows[] = {
		/* one code */
		{ "15-1252", "15-1252" },
		{ "15-1252.00", "15-1252.00" },
		{ "  151252 ", "15-1252" },
		{ "15125200", "15-1252.00" },
		{ "151252.00", "15-1252.00" },
		{ "113021.0", "11-3021" },
		{ "15125201.0", "15-1252.01" },
		{ "15-1252.0", "15-1252" },
		{ "15.1252", "15-1252" },
		{ "15.1252.00", "15-1252.00" },
		{ "15\xE2\x80\x93"
		  "1252",
		  "15-1252" },
		{ "15\xE2\x88\x92"
		  "1252",
		  "15-1252" },
		{ "=\"11-2021\"", "11-2021" },
		{ "\"15-1252\"", "15-1252" },
		{ "'15-1252", "15-1252" },
		{ "SOC 15-1252", "15-1252" },
		{ "SOC: 151252", "15-1252" },
		{ "SOC 2018 15-1252", "15-1252" },
		{ "O*NET-SOC code 15-1252.00", "15-1252.00" },
		{ "11-3021 - Title", "11-3021" },
		{ "11-3021 Computer and Information Systems Managers", "11-3021" },
		{ "11-3021: Managers, All Other", "11-3021" },
		{ "15-1252.00\xC2\xA0Software Developers", "15-1252.00" },
		{ "Registered Nurses (29-1141)", "29-1141" },
		{ "29-1141 (Registered Nurses)", "29-1141" },
		/* groups */
		{ "15-0000", "15-0000" },
		{ "15-1200", "15-1200" },
		{ "15", "15-0000" },
		{ "15 - Computer", "15-0000" },
		{ "15-1", "15-1000" },
		{ "15-12", "15-1200" },
		{ "15-125", "15-1250" },
		{ "15-125X", "15-1250" },
		{ "51-91XX", "51-9000" },
		{ "15-12xx", "15-1200" },
		{ "15-XXXX", "15-0000" },
		/* several */
		{ "15-1252;29-1141", "15-1252 29-1141" },
		{ "15-1252, 29-1141", "15-1252 29-1141" },
		{ "15-1252|29-1141.00", "15-1252 29-1141.00" },
		{ "15-1252 / 15-1251", "15-1252 15-1251" },
		{ "151252\n291141", "15-1252 29-1141" },
		{ "15-1252 Developers, Software; 29-1141 Nurses", "15-1252 29-1141" },
		{ "|15-1252|", "15-1252" },
		/* no code, on purpose */
		{ "99-9999", "-99-9999" },
		{ "99-9999.00", "-99-9999.00" },
		{ "999999", "-99-9999" },
		{ "00-0000", "-00-0000" },
		{ "n/a", "-" },
		{ "NaN", "-" },
		{ "-", "-" },
		{ "uncodable", "-" },
		{ "99-9999; 15-1252", "-99-9999 15-1252" },
		{ "", "" },
		{ "  \t", "" },
		{ " ; ", "" },
		{ "=\"\"", "" },
		/* dates */
		{ "Nov-21", "@11-?"
			    "?21" },
		{ "nov 21", "@11-?"
			    "?21" },
		{ "November 2021", "@11-2021" },
		{ "1-Nov-2021", "@11-2021" },
		{ "2021-11-01", "@11-2021" },
		{ "2021-11-01 00:00:00", "@11-2021" },
		{ "2021-11-01T00:00:00Z", "@11-2021" },
		{ "3031-11-01", "@11-3031" },
		{ "11/1/2021", "@11-2021" },
		{ "01/11/2021", "@11-2021" },
		{ "11/01/21", "@11-?"
			      "?21" },
		{ "1.11.2021", "@11-2021" },
		{ "21-Nov", "@" },
		{ "2021-05-03", "@" },
		{ "5/3/2021", "@" },
		{ "Dec-21", "@" },
		{ "Nov-21, Nov-22", "@11-?"
				    "?21 @11-?"
				    "?22" },
		{ "1021-11-01", "@" },
		/* none of these */
		{ "nurse", "!" },
		{ "no", "!" },
		{ "15-12520", "!" },
		{ "15-125200", "!" },
		{ "15-1252.000", "!" },
		{ "15-1252.00x", "!" },
		{ "15--1252", "!" },
		{ "15-12A2", "!" },
		{ "15-1252a", "!" },
		{ "1-51252", "!" },
		{ "15251", "!" },
		{ "12 years", "!" },
		{ "12", "!" },
		{ "=", "!" },
		{ "\"", "!" },
		{ "call 555-0199", "!" },
		{ "Novice", "!" },
		{ "Marketing 21", "!" },
		{ "15\xE2\x80"
		  "1252",
		  "!" },
		{ "1/2/3/4", "!" },
		{ "2021-11-0", "@" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char read[128];
		read_all(slice_of(rows[i].text), read, sizeof read);
		if (strcmp(read, rows[i].read) != 0)
			print_message("'%s' is read as '%s', not '%s'\n", rows[i].text, read, rows[i].read);
		ROW_CHECK(strcmp(read, rows[i].read) == 0, i);
	}
}

static void one_code(void **state)
{
	(void)state;
	struct code code;
	assert_true(code_read_one(SLICE("SOC 15-1252"), &code));
	assert_string_equal(code.text, "15-1252");
	static const char *const others[] = { "", "nurse", "no code", "Nov-21", "15-1252;29-1141" };
	for (size_t i = 0; i < COUNT(others); i++)
		ROW_CHECK(!code_read_one(slice_of(others[i]), &code) && code.text[0] == '\0', i);
}

/* Whatever is in a cell, it ends, and each code has a shape that code_parse() takes back. */
static void all_cells_end(void **state)
{
	(void)state;
	static const char signs[] = "15-1252.0029;,|/ xX'\"=SOCNov2\xE2\x80\x93\xC2\xA0\xFFn?:(&\n";
	uint32_t seed = 7;
	for (size_t i = 0; i < 200000; i++) {
		char bytes[32];
		size_t length = i % sizeof bytes;
		for (size_t k = 0; k < length; k++)
			bytes[k] = signs[((seed = seed * 1664525u + 1013904223u) >> 8) % (sizeof signs - 1)];
		struct slice text = { bytes, length };
		struct written_code w;
		size_t found = 0;
		while ((w = code_reader_next(&text)).kind != WRITTEN_END) {
			struct code again;
			assert_true(++found <= sizeof bytes);
			if (w.kind == WRITTEN_CODE)
				assert_true(code_parse(slice_of(w.code.text), &again) &&
					    strcmp(again.text, w.code.text) == 0);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells),
		cmocka_unit_test(one_code),
		cmocka_unit_test(all_cells_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
