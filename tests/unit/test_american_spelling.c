// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/text/american_spelling.h"

/* All spellings of a word that the rows give, with semicolons. */
static void all_of(struct american_rules *rules, const char *word, char *out, size_t size)
{
	struct american_spelling a = { .rules = rules, .word = slice_of(word) };
	struct slice american;
	size_t length = 0;
	*out = '\0';
	while (american_spelling_next(&a, &american))
		length += (size_t)snprintf(out + length, size - length, "%.*s;", (int)american.length, american.at);
}

static void words_have_spellings(void **state)
{
	(void)state;
	static const struct {
		const char *word, *american;
	} rows[] = {
		{ "programme", "program;" },
		{ "programmer", "" },
		{ "programmes", "programs;" },
		{ "labour", "labor;" },
		{ "labourers", "laborers;" },
		{ "centre", "center;" },
		{ "anaesthetist", "anesthetist;" },
		{ "organisational", "organizational;" },
		{ "analyse", "analyze;" },
		{ "analyst", "" },
		{ "analysis", "" },
		{ "nurse", "" },
		{ "jewellery", "jewelry;jewelery;" },
		{ "aluminium", "aluminum;" },
		{ "", "" },
		{ "e", "" },
		/* the caller asks whether the result is a word: none of these is */
		{ "exercise", "exercize;" },
		{ "seller", "seler;" },
	};
	struct american_rules rules = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		char got[256];
		all_of(&rules, rows[i].word, got, sizeof got);
		if (strcmp(got, rows[i].american) != 0)
			print_message("%s: %s\n", rows[i].word, got);
		ROW_CHECK(strcmp(got, rows[i].american) == 0, i);
	}
}

/* The longest word stays within its bounds, whatever is put into it. */
static void long_words_fit(void **state)
{
	(void)state;
	struct american_rules rules = { 0 };
	char word[TEXT_WORD_MAX + 1], got[4 * AMERICAN_SPELLING_MAX];
	memset(word, 'a', TEXT_WORD_MAX);
	word[TEXT_WORD_MAX] = '\0';
	memcpy(word + TEXT_WORD_MAX - 9, "enrolment", 9);
	all_of(&rules, word, got, sizeof got);
	assert_int_equal(strlen(got), TEXT_WORD_MAX + 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(words_have_spellings), cmocka_unit_test(long_words_fit) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
