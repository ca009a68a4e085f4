// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include "lib/rank/query_language.h"

static void most_words_decide(void **state)
{
	(void)state;
	static const struct {
		struct language_counts written, corrected;
		bool foreign;
	} rows[] = {
		{ { 3, 1, 1 }, { 3, 1, 0 }, true },     /* Chef de projet, which is corrected to project */
		{ { 3, 1, 0 }, { 3, 1, 0 }, false },    /* Chef de cuisine: the index knows it */
		{ { 1, 1, 0 }, { 1, 1, 0 }, false },    /* one word says too little */
		{ { 2, 0, 2 }, { 2, 0, 0 }, false },    /* misspelt and corrected */
		{ { 2, 0, 2 }, { 2, 0, 2 }, true },     /* two words that nothing explains */
		{ { 1, 0, 1 }, { 1, 0, 1 }, false },    /* one could be a name */
		{ { 3, 0, 2 }, { 3, 0, 2 }, false },    /* Baker, and an employer's name */
		{ { 40, 12, 9 }, { 40, 12, 9 }, true }, /* a text */
		{ { 40, 2, 9 }, { 40, 2, 9 }, false },  { { 0, 0, 0 }, { 0, 0, 0 }, false },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		ROW_CHECK(language_is_foreign(&rows[i].written, &rows[i].corrected) == rows[i].foreign, i);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(most_words_decide) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
