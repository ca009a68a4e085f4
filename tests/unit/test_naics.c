// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include "lib/soc/naics.h"

static void codes_have_titles(void **state)
{
	(void)state;
	static const struct {
		const char *code, *title;
	} rows[] = {
		{ "72", "Accommodation and Food Services" },
		{ "31-33", "Manufacturing" },
		{ "561730", "Landscaping Services" },
		{ "56179", "Services to Buildings and Dwellings" },
		{ "721199", "Traveler Accommodation" },
		{ "92", "Public Administration" },
		{ "1111", "Oilseed and Grain Farming" },
		{ "928", "National Security and International Affairs" },
		{ "99", "" },
		{ "7", "" },
		{ "7225110", "" },
		{ "31-3x", "" },
		{ "", "" },
		{ "Retail", "" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct slice title = naics_title(slice_of(rows[i].code));
		ROW_CHECK(slice_equal(title, slice_of(rows[i].title)), i);
	}
}

/* bsearch() finds them all: each row has its own title. */
static void all_rows_are_found(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
#define NAICS(code, title) { code, title },
#include "lib/soc/naics.def"
#undef NAICS
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		ROW_CHECK(slice_equal(naics_title(slice_of(rows[i][0])), slice_of(rows[i][1])), i);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(codes_have_titles), cmocka_unit_test(all_rows_are_found) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
