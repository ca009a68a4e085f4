// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include "lib/soc/fact_schema.h"

static void numbers_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum fact_mark mark;
		int64_t digits;
		unsigned decimals;
		const char *shown; /* as a number; NULL: the text is none */
	} rows[] = {
		{ "0", FACT_EXACT, 0, 0, "0" },
		{ "67.24", FACT_EXACT, 6724, 2, "67.24" },
		{ " 133080 ", FACT_EXACT, 133080, 0, "133,080" },
		{ "1,234,567", FACT_EXACT, 1234567, 0, "1,234,567" },
		{ "$1,234.50", FACT_EXACT, 123450, 2, "1,234.50" },
		{ "-1.5", FACT_EXACT, -15, 1, "-1.5" },
		{ "\xE2\x88\x92"
		  "0.05",
		  FACT_EXACT, -5, 2, "-0.05" },
		{ "15.8%", FACT_EXACT, 158, 1, "15.8" },
		{ ".5", FACT_EXACT, 5, 1, "0.5" },
		{ "5.", FACT_EXACT, 5, 0, "5" },
		{ "007", FACT_EXACT, 7, 0, "7" },
		{ "999999999999999", FACT_EXACT, 999999999999999, 0, "999,999,999,999,999" },
		{ "#", FACT_AT_LEAST, 0, 0, "above what is published" },
		{ ">=$239,200", FACT_AT_LEAST, 239200, 0, "at least 239,200" },
		{ "\xE2\x89\xA5 115.00", FACT_AT_LEAST, 11500, 2, "at least 115.00" },
		{ "*", FACT_UNAVAILABLE, 0, 0, "not available" },
		{ "**", FACT_UNAVAILABLE, 0, 0, "not available" },
		{ "-", FACT_UNAVAILABLE, 0, 0, "not available" },
		{ "\xE2\x80\x94", FACT_UNAVAILABLE, 0, 0, "not available" },
		{ "", 0, 0, 0, NULL },
		{ "x", 0, 0, 0, NULL },
		{ "$", 0, 0, 0, NULL },
		{ "1.2.3", 0, 0, 0, NULL },
		{ "1,23", 0, 0, 0, NULL },
		{ "1234,567", 0, 0, 0, NULL },
		{ "1,2345", 0, 0, 0, NULL },
		{ ",123", 0, 0, 0, NULL },
		{ "1.234,5", 0, 0, 0, NULL },
		{ "1e5", 0, 0, 0, NULL },
		{ "1 000", 0, 0, 0, NULL },
		{ "--1", 0, 0, 0, NULL },
		{ "%", 0, 0, 0, NULL },
		{ ">=", 0, 0, 0, NULL },
		{ "***", 0, 0, 0, NULL },
		{ "##", 0, 0, 0, NULL },
		{ "1234567890123456", 0, 0, 0, NULL },
		{ "0.1234567890", 0, 0, 0, NULL },
		{ "None", 0, 0, 0, NULL },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fact_number n;
		struct buffer text = { 0 };
		bool read = fact_read_number(slice_of(rows[i].text), &n);
		ROW_CHECK(read == (rows[i].shown != NULL), i);
		if (!read)
			continue;
		ROW_CHECK(n.mark == rows[i].mark && n.digits == rows[i].digits && n.decimals == rows[i].decimals, i);
		assert_true(fact_format_number(FACT_NUMBER, FACT_UNIT_NONE, &n, &text, NULL));
		ROW_CHECK(slice_equal(buffer_slice(&text), slice_of(rows[i].shown)), i);
		buffer_free(&text);
	}
}

static void numbers_are_written_by_their_kind(void **state)
{
	(void)state;
	static const struct {
		enum fact_kind kind;
		enum fact_unit unit;
		struct fact_number number;
		const char *text;
	} rows[] = {
		{ FACT_MONEY, FACT_UNIT_YEAR, { FACT_EXACT, 133080, 0 }, "$133,080" },
		{ FACT_MONEY, FACT_UNIT_HOUR, { FACT_AT_LEAST, 11500, 2 }, "at least $115.00" },
		{ FACT_MONEY, FACT_UNIT_YEAR, { FACT_EXACT, -7, 0 }, "-$7" },
		{ FACT_PERCENT, FACT_UNIT_NONE, { FACT_EXACT, 158, 1 }, "15.8%" },
		{ FACT_NUMBER, FACT_UNIT_THOUSANDS, { FACT_EXACT, 16938, 1 }, "1,693.8 thousand" },
		{ FACT_NUMBER, FACT_UNIT_THOUSANDS, { FACT_UNAVAILABLE, 0, 0 }, "not available" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer text = { 0 };
		assert_true(fact_format_number(rows[i].kind, rows[i].unit, &rows[i].number, &text, NULL));
		ROW_CHECK(slice_equal(buffer_slice(&text), slice_of(rows[i].text)), i);
		buffer_free(&text);
	}
}

/* Keys are what users write and programs read: words with underscores, each once. */
static void keys_are_sound(void **state)
{
	(void)state;
	for (size_t k = 0; k < FACT_CUSTOM; k++) {
		const struct fact_spec *s = &fact_specs[k];
		ROW_CHECK(strspn(s->key, "abcdefghijklmnopqrstuvwxyz_0123456789") == strlen(s->key) && *s->key, k);
		ROW_CHECK(fact_find_key(slice_of(s->key)) == (enum fact_key)k, k);
		ROW_CHECK(*s->label && s->what[strlen(s->what) - 1] == ')' && strchr(s->what, '('), k);
	}
	assert_int_equal(fact_find_key(SLICE("Annual_MEDIAN")), FACT_ANNUAL_MEDIAN);
	assert_int_equal(fact_find_key(SLICE("")), FACT_KEY_COUNT);
	assert_int_equal(fact_find_key(SLICE("annual")), FACT_KEY_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read),
		cmocka_unit_test(numbers_are_written_by_their_kind),
		cmocka_unit_test(keys_are_sound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
