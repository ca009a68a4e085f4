// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/soc/soc_code.h"

static void codes_are_parsed(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *code; /* NULL: none */
	} rows[] = {
		{ "15-1252.00", "15-1252.00" },
		{ "15-1252", "15-1252" },
		{ "151252", "15-1252" },
		{ "15125200", "15-1252.00" },
		{ "151252.00", "15-1252.00" },
		{ "  15-1252.00\t", "15-1252.00" },
		{ "\xC2\xA0"
		  "15-1252\xC2\xA0",
		  "15-1252" },
		{ "15\xE2\x80\x93"
		  "1252.00",
		  "15-1252.00" },
		{ "15\xE2\x80\x91"
		  "1252",
		  "15-1252" },
		{ "15\xE2\x88\x92"
		  "1252",
		  "15-1252" },
		{ "=\"15-1252.00\"", "15-1252.00" },
		{ "=\" 15-1252 \"", "15-1252" },
		{ "\"15-1252\"", "15-1252" },
		{ "15-0000", "15-0000" },
		{ "00-0000", "00-0000" },
		{ "", NULL },
		{ "   ", NULL },
		{ "15", NULL },
		{ "15-", NULL },
		{ "15-125", NULL },
		{ "15-12521", NULL },
		{ "15-125200", NULL },
		{ "15-1252.", NULL },
		{ "15-1252.0", NULL },
		{ "15-1252.000", NULL },
		{ "15-1252.00x", NULL },
		{ "15--1252", NULL },
		{ "15 1252", NULL },
		{ "1-51252", NULL },
		{ "15-12A2", NULL },
		{ "51-91XX", NULL },
		{ "1512520", NULL },
		{ "=\"15-1252", NULL },
		{ "\"", NULL },
		{ "=", NULL },
		{ "n/a", NULL },
		{ "15\xE2\x80"
		  "1252",
		  NULL },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct code code;
		memset(&code, 'x', sizeof code);
		ROW_CHECK(code_parse(slice_of(rows[i].text), &code) == (rows[i].code != NULL), i);
		ROW_CHECK(strcmp(code.text, rows[i].code ? rows[i].code : "") == 0, i);
	}
	struct code code;
	assert_false(code_parse((struct slice){ NULL, 0 }, &code));
	/* Nothing beyond the slice is looked at. */
	assert_true(code_parse((struct slice){ "15-1252.00", 7 }, &code));
	assert_string_equal(code.text, "15-1252");
	assert_false(code_parse((struct slice){ "15-1252\0", 8 }, &code));
}

static void codes_have_parts(void **state)
{
	(void)state;
	static const struct {
		const char *code;
		bool onet;
		const char *soc;
	} rows[] = {
		{ "15-1252.03", true, "15-1252" },
		{ "15-1252", false, "15-1252" },
		{ "15-1200", false, "15-1200" },
		{ "", false, "" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct code code = { "" };
		strcpy(code.text, rows[i].code);
		ROW_CHECK(code_is_onet(&code) == rows[i].onet, i);
		ROW_CHECK(strcmp(code_soc(&code).text, rows[i].soc) == 0, i);
	}
}

static struct code code_of(const char *text)
{
	struct code code = { "" };
	strcpy(code.text, text);
	return code;
}

static void codes_belong_to_groups(void **state)
{
	(void)state;
	static const struct {
		const char *code;
		const char *groups[LEVEL_COUNT]; /* major to onet */
	} rows[] = {
		{ "15-1252.03", { "15-0000", "15-1200", "15-1250", "15-1252", "15-1252.03" } },
		{ "15-1252", { "15-0000", "15-1200", "15-1250", "15-1252", "15-1252" } },
		{ "15-2051.01", { "15-0000", "15-2000", "15-2050", "15-2051", "15-2051.01" } },
		{ "31-1131.00", { "31-0000", "31-1100", "31-1130", "31-1131", "31-1131.00" } },
		{ "51-5111.00", { "51-0000", "51-5100", "51-5110", "51-5111", "51-5111.00" } },
		{ "51-4121.00", { "51-0000", "51-4000", "51-4120", "51-4121", "51-4121.00" } },
		{ "29-1141.03", { "29-0000", "29-1000", "29-1140", "29-1141", "29-1141.03" } },
		/* a group's own groups; it is its own member */
		{ "15-1200", { "15-0000", "15-1200", "15-1200", "15-1200", "15-1200" } },
		{ "15-0000", { "15-0000", "15-0000", "15-0000", "15-0000", "15-0000" } },
		{ "", { "", "", "", "", "" } },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct code code = code_of(rows[i].code);
		for (int level = 0; level < LEVEL_COUNT; level++) {
			struct code group = code_at_level(&code, (enum code_level)level);
			ROW_CHECK(strcmp(group.text, rows[i].groups[level]) == 0, i * 10 + (size_t)level);
		}
	}
}

static void codes_have_a_level(void **state)
{
	(void)state;
	static const struct {
		const char *code;
		const char *level;
	} rows[] = {
		{ "15-0000", "major" }, { "15-1200", "minor" }, { "31-1100", "minor" },   { "51-5100", "minor" },
		{ "15-2000", "minor" }, { "15-1250", "broad" }, { "29-1210", "broad" },   { "31-1120", "broad" },
		{ "15-1252", "soc" },   { "29-1215", "soc" },   { "15-1252.00", "onet" }, { "15-1250.00", "onet" },
		{ "17-2100", "broad" }, /* 17-2000 is the minor group */
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct code code = code_of(rows[i].code);
		ROW_CHECK(strcmp(code_level_name(code_level(&code)), rows[i].level) == 0, i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_parsed),
		cmocka_unit_test(codes_have_parts),
		cmocka_unit_test(codes_belong_to_groups),
		cmocka_unit_test(codes_have_a_level),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
