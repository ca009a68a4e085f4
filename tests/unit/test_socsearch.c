// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/index_make.h"

#include "lib/base/fault.h"
#include "query/socsearch.h"

static const char *sample;

static int set_up(void **state)
{
	if (make_set_up(state) != 0)
		return -1;
	sample = make_sample_index("sample.soc");
	return 0;
}

static socsearch *open_sample(void)
{
	socsearch *s = socsearch_new();
	assert_non_null(s);
	assert_int_equal(socsearch_open(s, sample), 1);
	return s;
}

static void levels_have_codes_of_their_digits(void **state)
{
	static const struct {
		enum socsearch_level asked, level;
		const char *code, *soc;
	} rows[] = {
		{ SOCSEARCH_SOC, SOCSEARCH_SOC, "29-1141.03", "29-1141" },
		{ SOCSEARCH_ONET, SOCSEARCH_ONET, "29-1141.03", "29-1141" },
		{ SOCSEARCH_BROAD, SOCSEARCH_BROAD, "29-1141.03", "29-1140" },
		{ SOCSEARCH_MINOR, SOCSEARCH_MINOR, "29-1141.03", "29-1000" },
		{ SOCSEARCH_MAJOR, SOCSEARCH_MAJOR, "29-1141.03", "29-0000" },
		{ SOCSEARCH_AUTO, SOCSEARCH_SOC, "29-1141.03", "29-1141" },
	};
	socsearch *s = open_sample();
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		ROW_CHECK(socsearch_rank(s, "ICU nurse", "", rows[i].asked, 2, 0) == 2, i);
		ROW_CHECK(socsearch_level(s) == rows[i].level, i);
		ROW_CHECK(strcmp(socsearch_code(s, 0), rows[i].code) == 0, i);
		ROW_CHECK(strcmp(socsearch_soc(s, 0), rows[i].soc) == 0, i);
		ROW_CHECK(socsearch_score(s, 0) >= socsearch_score(s, 1) && socsearch_confidence(s, 0) > 0.5, i);
		ROW_CHECK(!socsearch_code(s, 2) && !socsearch_soc(s, 2) && !socsearch_title(s, 2), i);
		ROW_CHECK(socsearch_score(s, 2) == 0.0 && socsearch_confidence(s, 2) == 0.0, i);
	}
	socsearch_free(s);
}

static void flags_switch_off(void **state)
{
	socsearch *s = open_sample();
	(void)state;
	assert_true(socsearch_rank(s, "bookkeper", NULL, SOCSEARCH_SOC, 1, 0) == 1);
	assert_string_equal(socsearch_soc(s, 0), "43-3031");
	double corrected = socsearch_score(s, 0);
	long found = socsearch_rank(s, "bookkeper", NULL, SOCSEARCH_SOC, 1, SOCSEARCH_NO_SPELLING);
	assert_true(found == 0 || socsearch_score(s, 0) < corrected);
	socsearch_free(s);
}

static void evidence_and_what_it_leaves(void **state)
{
	socsearch *s = open_sample();
	(void)state;
	assert_true(socsearch_rank(s, "Charge nurse", "Watches zebras.", SOCSEARCH_SOC, 0, 0) > 0);
	long count = socsearch_find_evidence(s, 0, 1);
	assert_in_range(count, 1, 3);
	for (size_t k = 0; k < (size_t)count; k++) {
		assert_true(socsearch_evidence_text(s, k)[0] != '\0' && socsearch_evidence_kind(s, k)[0] != '\0');
		assert_string_equal(socsearch_evidence_source(s, k), "O*NET 0.1");
		assert_true(socsearch_evidence_share(s, k) > 0.0 && socsearch_evidence_share(s, k) <= 1.0);
	}
	assert_null(socsearch_evidence_text(s, (size_t)count));
	assert_null(socsearch_evidence_kind(s, (size_t)count));
	assert_null(socsearch_evidence_source(s, (size_t)count));
	assert_non_null(socsearch_unexplained(s, 0));
	bool zebras = false;
	for (size_t k = 0; socsearch_unexplained(s, k); k++)
		zebras |= strcmp(socsearch_unexplained(s, k), "zebras") == 0;
	assert_true(zebras);
	/* A new ranking ends what there was of the old one. */
	assert_true(socsearch_rank(s, "xqzzy", NULL, SOCSEARCH_SOC, 0, 0) == 0);
	assert_null(socsearch_evidence_text(s, 0));
	assert_null(socsearch_unexplained(s, 0));
	assert_null(socsearch_code(s, 0));
	socsearch_free(s);
}

static bool ask_nothing(socsearch *s)
{
	return socsearch_rank(s, NULL, NULL, SOCSEARCH_SOC, 0, 0) == 0;
}
static bool ask_level(socsearch *s)
{
	return socsearch_rank(s, "x", NULL, (enum socsearch_level)6, 0, 0) == -1;
}
static bool ask_latin1(socsearch *s)
{
	return socsearch_rank(s, "infirmi\xE9re", NULL, SOCSEARCH_SOC, 0, 0) == -1 &&
	       socsearch_rank(s, "nurse", "caf\xE9 x", SOCSEARCH_SOC, 0, 0) == -1;
}

static bool ask_flags(socsearch *s)
{
	return socsearch_rank(s, "x", NULL, SOCSEARCH_SOC, 0, 8) == -1;
}
static bool ask_evidence(socsearch *s)
{
	return socsearch_find_evidence(s, 0, 0) == -1;
}
static bool ask_no_code(socsearch *s)
{
	return !socsearch_show(s, "nurse") && !socsearch_show(s, NULL);
}
static bool ask_unknown(socsearch *s)
{
	return strcmp(socsearch_show(s, "99-9999"), "[]\n") == 0;
}
static bool ask_no_path(socsearch *s)
{
	return !socsearch_open(s, NULL);
}
static bool ask_no_file(socsearch *s)
{
	return !socsearch_open(s, "absent.soc");
}
static bool ask_no_index(socsearch *s)
{
	return !socsearch_open(s, "/dev/null");
}

static void errors_are_told(void **state)
{
	static const struct {
		bool (*ask)(socsearch *s);
		enum socsearch_error code;
	} rows[] = {
		{ ask_nothing, SOCSEARCH_OK },     { ask_level, SOCSEARCH_USAGE },
		{ ask_latin1, SOCSEARCH_USAGE },   { ask_flags, SOCSEARCH_USAGE },
		{ ask_evidence, SOCSEARCH_USAGE }, { ask_no_code, SOCSEARCH_USAGE },
		{ ask_unknown, SOCSEARCH_OK },     { ask_no_path, SOCSEARCH_USAGE },
		{ ask_no_file, SOCSEARCH_IO },     { ask_no_index, SOCSEARCH_DAMAGED },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		socsearch *s = open_sample();
		ROW_CHECK(rows[i].ask(s), i);
		ROW_CHECK(socsearch_error(s) == rows[i].code, i);
		ROW_CHECK((socsearch_error_text(s)[0] != '\0') == (rows[i].code != SOCSEARCH_OK), i);
		ROW_CHECK((socsearch_error_hint(s)[0] != '\0') == (rows[i].code != SOCSEARCH_OK), i);
		/* ... and the handle can be used on. */
		ROW_CHECK(socsearch_open(s, sample) && socsearch_error(s) == SOCSEARCH_OK, i);
		ROW_CHECK(socsearch_rank(s, "nurse", NULL, SOCSEARCH_SOC, 1, 0) == 1, i);
		socsearch_free(s);
	}
	socsearch_free(NULL);
}

#ifdef SOC_FAULTS
/* After a failure the same call on the same handle succeeds. */
static void each_allocation_fails_in_turn(void **state)
{
	socsearch *s = NULL;
	long k = 0;
	bool ok;
	(void)state;
	do {
		socsearch_free(s);
		fault_arm(FAULT_MEMORY, ++k, false);
		s = socsearch_new();
		ok = s && socsearch_open(s, sample) &&
		     socsearch_rank(s, "bookkeper", "Checks RN bills.", SOCSEARCH_SOC, 2, 0) == 2 &&
		     socsearch_find_evidence(s, 0, 2) > 0 && socsearch_show(s, "29-1141");
		/* What only makes an answer faster or a text nicer may do without. */
		assert_true(ok || fault_failures(FAULT_MEMORY) > 0);
		if (s && !ok)
			assert_int_equal(socsearch_error(s), SOCSEARCH_MEMORY);
		ok = fault_failures(FAULT_MEMORY) == 0;
		fault_arm(FAULT_MEMORY, 0, false);
		if (!s || !socsearch_code(s, 0))
			continue;
		assert_true(socsearch_find_evidence(s, 0, 2) > 0);
		assert_non_null(socsearch_show(s, "29-1141"));
	} while (!ok);
	socsearch_free(s);
	assert_true(k > 50);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_have_codes_of_their_digits), cmocka_unit_test(flags_switch_off),
		cmocka_unit_test(evidence_and_what_it_leaves),       cmocka_unit_test(errors_are_told),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_allocation_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, set_up, make_tear_down);
}
