// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/text/title_variants.h"

static void titles_have_readings(void **state)
{
	(void)state;
	static const struct {
		const char *title;
		const char *readings[TITLE_VARIANTS_MAX];
	} rows[] = {
		{ "Chief Executive Officer (CEO)", { "Chief Executive Officer", "CEO" } },
		{ "CEO (Chief Executive Officer)", { "CEO", "Chief Executive Officer" } },
		{ "Registered Nurse (RN)", { "Registered Nurse", "RN" } },
		{ "  Registered Nurse (RN) ", { "Registered Nurse", "RN" } },
		{ "Registered Nurse (R.N.)", { "Registered Nurse", "R.N." } },
		{ "Director of Nursing (DN)", { "Director of Nursing", "DN" } },
		{ "Research and Development Manager (R&D Mgr)", { "Research and Development Manager (R&D Mgr)" } },
		{ "research and development (rd)", { "research and development", "rd" } },
		{ "Software Developer", { "Software Developer" } },
		{ "Nurse (Night Shift)", { "Nurse (Night Shift)" } },
		{ "Nurse (Part Time) RN", { "Nurse (Part Time) RN" } },
		{ "(RN)", { "(RN)" } },
		{ "Registered Nurse ()", { "Registered Nurse ()" } },
		{ "Registered Nurse (RN", { "Registered Nurse (RN" } },
		{ "Registered Nurse RN)", { "Registered Nurse RN)" } },
		{ "Registered (Home) Nurse (RN)", { "Registered (Home) Nurse (RN)" } },
		{ "Registered Nurse ((RN))", { "Registered Nurse ((RN))" } },
		{ "Registered Nurse (R)", { "Registered Nurse (R)" } },
		{ "", { "" } },
		{ "(", { "(" } },
		{ ")", { ")" } },
		{ "()", { "()" } },
		/* more letters than an acronym has, on either side */
		{ "Aa Bb Cc Dd Ee Ff Gg Hh Ii Jj Kk Ll Mm Nn Oo Pp Qq (ABCDEFGHIJKLMNOPQ)",
		  { "Aa Bb Cc Dd Ee Ff Gg Hh Ii Jj Kk Ll Mm Nn Oo Pp Qq (ABCDEFGHIJKLMNOPQ)" } },
		{ "M\xC3\xA9"
		  "decin (M)",
		  { "M\xC3\xA9"
		    "decin (M)" } },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct slice readings[TITLE_VARIANTS_MAX];
		size_t n = title_variants(slice_of(rows[i].title), readings);
		ROW_CHECK(n == (rows[i].readings[1] ? 2 : 1), i);
		for (size_t k = 0; k < n; k++)
			ROW_CHECK(slice_equal(readings[k], slice_of(rows[i].readings[k])), i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(titles_have_readings) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
