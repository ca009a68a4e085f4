// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include "lib/rank/query_language.h"

static void most_words_decide(void **state)
{
	(void)state;
	static const struct {
		struct language_counts counts;
		bool foreign;
	} rows[] = {
		{ { 3, 1, 1 }, true },   /* Chef de projet */
		{ { 3, 1, 0 }, false },  /* Chef de cuisine: the index knows it */
		{ { 1, 1, 0 }, false },  /* one word says too little */
		{ { 2, 0, 2 }, false },  /* names, or words that the index happens not to know */
		{ { 2, 2, 0 }, true },   /* nothing but function words */
		{ { 40, 12, 9 }, true }, /* a text */
		{ { 40, 2, 9 }, false }, { { 0, 0, 0 }, false },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		ROW_CHECK(language_is_foreign(&rows[i].counts) == rows[i].foreign, i);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(most_words_decide) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
