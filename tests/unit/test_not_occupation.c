// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_not_occupation.c - which answers name no occupation, and which only look like one of those.
 */
#include "tests/unit/unit.h"

#include "lib/text/not_occupation.h"

static void answers(void **state)
{
	(void)state;
	static const struct {
		const char *answer;
		enum not_occupation kind;
	} rows[] = {
		{ "retired", NOT_OCCUPATION_RETIRED },
		{ "  RETIRED.  ", NOT_OCCUPATION_RETIRED },
		{ "(Retired)", NOT_OCCUPATION_RETIRED },
		{ "I am retired now", NOT_OCCUPATION_RETIRED },
		{ "Jubilada", NOT_OCCUPATION_RETIRED },
		{ "currently a full-time student", NOT_OCCUPATION_STUDENT },
		{ "Student - full time", NOT_OCCUPATION_STUDENT },
		{ "soy estudiante", NOT_OCCUPATION_STUDENT },
		{ "stay-at-home mom", NOT_OCCUPATION_HOMEMAKER },
		{ "Ama de casa", NOT_OCCUPATION_HOMEMAKER },
		{ "quehaceres dom\xC3\xA9sticos", NOT_OCCUPATION_HOMEMAKER },
		{ "unemployed", NOT_OCCUPATION_UNEMPLOYED },
		{ "Currently unemployed", NOT_OCCUPATION_UNEMPLOYED },
		{ "I don't work", NOT_OCCUPATION_UNEMPLOYED },
		{ "sin empleo actualmente", NOT_OCCUPATION_UNEMPLOYED },
		{ "on disability", NOT_OCCUPATION_DISABLED },
		{ "INCAPACITADO", NOT_OCCUPATION_DISABLED },
		{ "prisoner", NOT_OCCUPATION_INMATE },
		{ "en la c\xC3\xA1rcel", NOT_OCCUPATION_INMATE },
		{ "EN LA C\xC3\x81RCEL", NOT_OCCUPATION_INMATE },
		{ "Refused", NOT_OCCUPATION_REFUSED },
		{ "prefer not to say", NOT_OCCUPATION_REFUSED },
		{ "I don\xE2\x80\x99t know", NOT_OCCUPATION_DONT_KNOW },
		{ "DK", NOT_OCCUPATION_DONT_KNOW },
		{ "no s\xC3\xA9", NOT_OCCUPATION_DONT_KNOW },
		{ "NS/NC", NOT_OCCUPATION_DONT_KNOW },
		{ "???", NOT_OCCUPATION_DONT_KNOW },
		{ "none", NOT_OCCUPATION_NONE },
		{ "N/A", NOT_OCCUPATION_NONE },
		{ "#N/A", NOT_OCCUPATION_NONE },
		{ "NaN", NOT_OCCUPATION_NONE },
		{ "99", NOT_OCCUPATION_NONE },
		{ "-99", NOT_OCCUPATION_NONE },
		{ "x", NOT_OCCUPATION_NONE },
		{ "--", NOT_OCCUPATION_NONE },
		{ "\xE2\x80\x94", NOT_OCCUPATION_NONE },
		{ "ninguna", NOT_OCCUPATION_NONE },

		{ "", NOT_OCCUPATION_NO },
		{ "   ", NOT_OCCUPATION_NO },
		{ "student services manager", NOT_OCCUPATION_NO },
		{ "Student Nurse", NOT_OCCUPATION_NO },
		{ "student worker", NOT_OCCUPATION_NO },
		{ "retired military officer recruiter", NOT_OCCUPATION_NO },
		{ "retired teacher", NOT_OCCUPATION_NO },
		{ "non-destructive tester", NOT_OCCUPATION_NO },
		{ "None-ferrous founder", NOT_OCCUPATION_NO },
		{ "unemployment claims clerk", NOT_OCCUPATION_NO },
		{ "disability examiner", NOT_OCCUPATION_NO },
		{ "inmate counselor", NOT_OCCUPATION_NO },
		{ "refuse collector", NOT_OCCUPATION_NO },
		{ "Private", NOT_OCCUPATION_NO },
		{ "referee", NOT_OCCUPATION_NO },
		{ "x-ray technician", NOT_OCCUPATION_NO },
		{ "Housewares buyer", NOT_OCCUPATION_NO },
		{ "mother's helper", NOT_OCCUPATION_NO },
		{ "Nana", NOT_OCCUPATION_NO },
		{ "911", NOT_OCCUPATION_NO },
		{ "I am", NOT_OCCUPATION_NO },
		{ "a", NOT_OCCUPATION_NO },
		{ "\xD1\x81\xD1\x82\xD1\x83\xD0\xB4\xD0\xB5\xD0\xBD\xD1\x82", NOT_OCCUPATION_NO },
		{ "student\xFF", NOT_OCCUPATION_NO },
		{ "student student student student student student student student student", NOT_OCCUPATION_NO },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		ROW_CHECK(not_occupation_find(slice_of(rows[i].answer)) == rows[i].kind, i);
}

/* A text that says more makes a job of it; of two kinds the more telling counts. */
static void titles_and_texts(void **state)
{
	(void)state;
	static const struct {
		const char *title, *text;
		enum not_occupation kind;
	} rows[] = {
		{ "retired", "", NOT_OCCUPATION_RETIRED },
		{ "", "retired", NOT_OCCUPATION_RETIRED },
		{ "retired", "n/a", NOT_OCCUPATION_RETIRED },
		{ "N/A", "student", NOT_OCCUPATION_STUDENT },
		{ "student", "Serves meals in the canteen", NOT_OCCUPATION_NO },
		{ "none", "Drives a truck", NOT_OCCUPATION_NO },
		{ "Truck driver", "none", NOT_OCCUPATION_NO },
		{ "", "", NOT_OCCUPATION_NO },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		ROW_CHECK(not_occupation_of_job(slice_of(rows[i].title), slice_of(rows[i].text)) == rows[i].kind, i);
}

static void names(void **state)
{
	(void)state;
	assert_string_equal(not_occupation_name(NOT_OCCUPATION_NO), "");
	for (int kind = NOT_OCCUPATION_NO + 1; kind < NOT_OCCUPATION_COUNT; kind++)
		assert_int_equal(not_occupation_read(slice_of(not_occupation_name((enum not_occupation)kind))), kind);
	assert_int_equal(not_occupation_read(SLICE("RETIRED")), NOT_OCCUPATION_RETIRED);
	assert_int_equal(not_occupation_read(SLICE("15-1252")), NOT_OCCUPATION_NO);
	assert_int_equal(not_occupation_read(SLICE("")), NOT_OCCUPATION_NO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers),
		cmocka_unit_test(titles_and_texts),
		cmocka_unit_test(names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
