// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_fact_lookup.c - conditions on facts as they are written, and whose facts a code takes.
 */
#include "tests/unit/index_make.h"

#include "query/engine/fact_filter.h"
#include "query/engine/fact_lookup.h"

/* ---- conditions ---- */

static bool read_condition(const char *option, const char *value, struct fact_condition *c, struct error *err)
{
	if (strcmp(option, "wage") == 0)
		return fact_read_wage(slice_of(value), c, err);
	if (strcmp(option, "percent") == 0)
		return fact_read_percent(slice_of(value), c, err);
	if (strcmp(option, "degree") == 0)
		return fact_read_degree(slice_of(value), c, err);
	return fact_read_where(slice_of(value), c, err);
}

static void conditions_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *option, *value;
		const char *words; /* NULL: refused */
	} rows[] = {
		{ "wage", "100000", "annual_median of at least 100000" },
		{ "wage", "$100,000", "annual_median of at least 100000" },
		{ "wage", "100k", "annual_median of at least 100000" },
		{ "wage", "62.5K", "annual_median of at least 62500" },
		{ "wage", "80000..120000", "annual_median from 80000 to 120000" },
		{ "wage", " 80k .. 120k ", "annual_median from 80000 to 120000" },
		{ "wage", "..120k", "annual_median of at most 120000" },
		{ "wage", "80k..", "annual_median of at least 80000" },
		{ "wage", "..", NULL },
		{ "wage", "", NULL },
		{ "wage", "k", NULL },
		{ "wage", "120k..80k", NULL },
		{ "wage", "1..2..3", NULL },
		{ "wage", "*", NULL },
		{ "wage", "#", NULL },
		{ "wage", "10 000", NULL },
		{ "percent", "50", "advanced_degree of at least 50" },
		{ "percent", "62.5%", "advanced_degree of at least 62.5" },
		{ "percent", "0..10", "advanced_degree from 0 to 10" },
		{ "percent", "..10", "advanced_degree of at most 10" },
		{ "percent", "101", NULL },
		{ "percent", "-1", NULL },
		{ "percent", "half", NULL },
		{ "degree", "14.1901", "degree by 14.1901" },
		{ "degree", " mechanical engineering ", "degree by mechanical engineering" },
		{ "degree", "  ", NULL },
		{ "where", "outlook_growth >= 10", "outlook_growth of at least 10" },
		{ "where", "outlook_growth>10", "outlook_growth above 10" },
		{ "where", "outlook_growth < -5.5", "outlook_growth below -5.5" },
		{ "where", "outlook_growth<=0", "outlook_growth of at most 0" },
		{ "where", "outlook_growth = 10", "outlook_growth 10" },
		{ "where", "OUTLOOK_growth = 10..20", "outlook_growth from 10 to 20" },
		{ "where", "wage_basis = hourly", "wage_basis that is hourly" },
		{ "where", "wage_basis != \"hourly\"", "wage_basis that is not hourly" },
		{ "where", "entry_education ~ 'bachelor degree'", "entry_education with the words bachelor degree" },
		{ "where", "flag_education = None", "flag_education that is None" },
		{ "where", "pay.Median pay > 10", "pay.Median pay above 10" },
		{ "where", "\"pay\".\"Median pay\" = x", "pay.Median pay that is x" },
		{ "where", "'a=b'.\"x > y\" = z", "a=b.x > y that is z" },
		{ "where", "pay.a.b = 1", "pay.a.b 1" },
		{ "where", "pay.level = 3", "pay.level 3" },
		{ "where", "degree = 14.1901", "degree that is 14.1901" },
		{ "where", "degree >= 14.1901", NULL },
		{ "where", "entry_education = 1..2", "entry_education that is 1..2" },
		{ "where", "outlook_growth", NULL },
		{ "where", "", NULL },
		{ "where", "=", NULL },
		{ "where", "= 5", NULL },
		{ "where", "nothing = 5", NULL },
		{ "where", "outlook_growth = much", NULL },
		{ "where", "outlook_growth ~ 5", NULL },
		{ "where", "outlook_growth != 5", NULL },
		{ "where", "outlook_growth >", NULL },
		{ "where", "wage_basis > x", NULL },
		{ "where", "wage_basis = ", NULL },
		{ "where", ".x = 1", NULL },
		{ "where", "pay. = 1", NULL },
		{ "where", "stem_dhs = x", NULL },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fact_condition c;
		struct error err = { 0 };
		struct buffer words = { 0 };
		bool ok = read_condition(rows[i].option, rows[i].value, &c, &err);
		if (ok != (rows[i].words != NULL))
			fail_msg("row %zu: %s", i, ok ? "read" : err.text);
		ROW_CHECK(ok || (err.code == ERROR_USAGE && err.hint[0] && err.text[0]), i);
		if (ok) {
			assert_true(fact_condition_describe(&c, &words, &err) && buffer_terminate(&words, &err));
			if (strcmp(words.at, rows[i].words) != 0)
				fail_msg("row %zu: %s", i, words.at);
		}
		buffer_free(&words);
	}
}

static void lists_are_read(void **state)
{
	(void)state;
	struct fact_condition c;
	assert_true(fact_read_stem(NULL, &c) && c.lists == (1u << STEM_LIST_COUNT) - 1);
	assert_true(fact_read_stem("any", &c) && c.lists == (1u << STEM_LIST_COUNT) - 1);
	assert_true(fact_read_stem("onet", &c) && c.lists == 1u << STEM_ONET);
	assert_true(fact_read_stem("ncses", &c) && c.lists == 1u << STEM_NCSES);
	assert_true(fact_read_stem("dhs", &c) && c.lists == 1u << STEM_DHS);
	assert_false(fact_read_stem("ons", &c));
}

/* ---- whose facts ---- */

static struct record_fact pool[32];

static struct record make_facts(enum fact_scope scope, const char *code, enum fact_key key, const char *text)
{
	static size_t next;
	struct record_fact *f = &pool[next++ % COUNT(pool)];
	*f = (struct record_fact){ .key = key, .name = SLICE("Column"), .text = slice_of(text), .note = SLICE("") };
	if (fact_specs[key].kind != FACT_TEXT && fact_specs[key].kind != FACT_LIST)
		assert_true(fact_read_number(slice_of(text), &f->number));
	struct record r = { .kind = RECORD_FACTS, .scope = scope, .facts = f, .fact_count = 1 };
	if (scope == FACTS_OF_CENSUS || scope == FACTS_OF_CIP)
		r.id = slice_of(code);
	else
		r.code = make_code(code);
	return r;
}

static struct record make_pattern(const char *from, const char *to)
{
	return (struct record){ .kind = RECORD_CROSSWALK,
				.crosswalk = CROSSWALK_CENSUS_2018_SOC,
				.id = slice_of(from),
				.text = SLICE("Census"),
				.more = { slice_of(to) } };
}

static struct soc_index *open_small(void)
{
	static struct soc_index *index;
	struct record records[] = {
		make_occupation("13-1021.00", "Buyers one", ""),
		make_occupation("13-1022.00", "Buyers two", ""),
		make_occupation("15-1252.00", "Developers", ""),
		make_occupation("15-1252.01", "Developers of games", ""),
		make_occupation("15-1299.00", "Others", ""),
		make_occupation("21-1011.00", "Counselors", ""),
		make_occupation("21-1014.00", "Other counselors", ""),
		make_occupation("25-9042.00", "Assistants", ""),
		make_occupation("25-9049.00", "Other assistants", ""),
		make_occupation("45-3031.00", "Fishers", ""),
		make_pattern("1", "15-12XX"),
		make_pattern("2", "21-101X"),
		make_facts(FACTS_OF_SURVEY, "15-1252", FACT_EMPLOYMENT, "1"),
		make_facts(FACTS_OF_SURVEY, "13-1020", FACT_EMPLOYMENT, "2"),
		make_facts(FACTS_OF_SURVEY, "21-1018", FACT_EMPLOYMENT, "3"),
		make_facts(FACTS_OF_SURVEY, "21-1010", FACT_EMPLOYMENT, "4"),
		make_facts(FACTS_OF_SURVEY, "25-9045", FACT_EMPLOYMENT, "5"),
		make_facts(FACTS_OF_SURVEY, "25-9046", FACT_EMPLOYMENT, "6"),
		make_facts(FACTS_OF_SURVEY, "45-0000", FACT_EMPLOYMENT, "7"),
		make_facts(FACTS_OF_SURVEY, "21-1018", FACT_WAGE_TITLE, "Together"),
		make_facts(FACTS_OF_OCCUPATION, "15-1252.00", FACT_STEM_ONET, "type"),
		make_facts(FACTS_OF_SOC, "15-1252", FACT_DEGREE, "11.0701"),
		make_facts(FACTS_OF_CENSUS, "1", FACT_STEM_NCSES, "STEM"),
		make_facts(FACTS_OF_CENSUS, "2", FACT_STEM_NCSES, "NON-STEM"),
		make_facts(FACTS_OF_ANY, "15-1252", FACT_CUSTOM, "six"),
		make_facts(FACTS_OF_ANY, "15-1252.01", FACT_CUSTOM, "eight"),
		make_facts(FACTS_OF_CIP, "11.0701", FACT_STEM_DHS, "Computer Science"),
	};
	struct error err = { 0 };
	if (!index && (!soc_index_open(make_index("facts.soc", records, COUNT(records)), &index, &err) ||
		       !soc_index_need_facts(index, &err) || !soc_index_need_groups(index, &err)))
		fail_msg("%s", err.text);
	return index;
}

static void facts_are_found_for_codes(void **state)
{
	(void)state;
	static const struct {
		enum fact_key key;
		const char *code;
		const char *whose; /* NULL: nobody's */
		enum fact_way way;
	} rows[] = {
		{ FACT_EMPLOYMENT, "15-1252", "15-1252", FACT_WAY_OWN },
		{ FACT_EMPLOYMENT, "15-1252.01", "15-1252", FACT_WAY_SOC },
		{ FACT_EMPLOYMENT, "13-1021.00", "13-1020", FACT_WAY_GROUP },
		{ FACT_EMPLOYMENT, "13-1022", "13-1020", FACT_WAY_GROUP },
		{ FACT_EMPLOYMENT, "13-1020", "13-1020", FACT_WAY_OWN },
		{ FACT_EMPLOYMENT, "21-1011.00", "21-1018", FACT_WAY_SURVEY }, /* rather than the broad group */
		{ FACT_EMPLOYMENT, "21-1018", "21-1018", FACT_WAY_OWN },
		{ FACT_EMPLOYMENT, "25-9042.00", NULL, 0 }, /* two of the survey's own: which? */
		{ FACT_EMPLOYMENT, "45-3031.00", NULL, 0 }, /* a major group is no parent */
		{ FACT_EMPLOYMENT, "15-1299.00", NULL, 0 },
		{ FACT_EMPLOYMENT, "15-1200", NULL, 0 },
		{ FACT_STEM_ONET, "15-1252.00", "15-1252.00", FACT_WAY_OWN },
		{ FACT_STEM_ONET, "15-1252.01", NULL, 0 },
		{ FACT_DEGREE, "15-1252.01", "15-1252", FACT_WAY_SOC },
		{ FACT_DEGREE, "15-1299.00", NULL, 0 },
		{ FACT_STEM_NCSES, "15-1299.00", "15-12XX", FACT_WAY_GROUP },
		{ FACT_STEM_NCSES, "21-1014", "21-101X", FACT_WAY_GROUP },
		{ FACT_STEM_NCSES, "45-3031.00", NULL, 0 },
		{ FACT_STEM_NCSES, "15-1200", NULL, 0 },
		{ FACT_CUSTOM, "15-1252.00", "15-1252", FACT_WAY_SOC },
		{ FACT_CUSTOM, "15-1252.01", "15-1252.01", FACT_WAY_OWN },
		{ FACT_WAGE_ERROR, "15-1252", NULL, 0 },
	};
	const struct soc_index *index = open_small();
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct code code = make_code(rows[i].code);
		struct fact_answer a = fact_find_key_of(index, rows[i].key, &code);
		ROW_CHECK((a.count > 0) == (rows[i].whose != NULL), i);
		if (a.count == 0)
			continue;
		if (!slice_equal(a.at->code, slice_of(rows[i].whose)) || a.way != rows[i].way)
			fail_msg("row %zu: %.*s, %s", i, (int)a.at->code.length, a.at->code.at, fact_way_name(a.way));
	}
	struct code eight = make_code("15-1252.01");
	struct fact_answer a = fact_find_key_of(index, FACT_CUSTOM, &eight);
	assert_true(fact_find_next(&a, &eight) && slice_equal(a.at->text, SLICE("six")) && a.way == FACT_WAY_SOC);
	assert_false(fact_find_next(&a, &eight));
	a = fact_find_key_of(index, FACT_EMPLOYMENT, &eight);
	assert_false(fact_find_next(&a, &eight));
}

static void codes_have_titles(void **state)
{
	(void)state;
	static const struct {
		const char *code, *title;
	} rows[] = {
		{ "15-1252", "Developers" }, { "15-1252.01", "Developers of games" },
		{ "21-1018", "Together" },   { "13-1020", "" },
		{ "15-12XX", "" },           { "", "" },
	};
	const struct soc_index *index = open_small();
	for (size_t i = 0; i < COUNT(rows); i++)
		ROW_CHECK(slice_equal(fact_code_title(index, slice_of(rows[i].code)), slice_of(rows[i].title)), i);
	assert_true(fact_is_stem_degree(index, SLICE("11.0701")));
	assert_false(fact_is_stem_degree(index, SLICE("11.0702")));
}

static void lists_judge_occupations(void **state)
{
	(void)state;
	static const struct {
		enum stem_list list;
		const char *code;
		bool stem, said;
		size_t fields, on_list;
	} rows[] = {
		{ STEM_ONET, "15-1252.00", true, true, 0, 0 },    { STEM_ONET, "15-1252.01", false, false, 0, 0 },
		{ STEM_NCSES, "15-1299.00", true, true, 0, 0 },   { STEM_NCSES, "21-1011.00", false, true, 0, 0 },
		{ STEM_NCSES, "45-3031.00", false, false, 0, 0 }, { STEM_DHS, "15-1252.01", true, true, 1, 1 },
		{ STEM_DHS, "45-3031.00", false, false, 0, 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct code code = make_code(rows[i].code);
		struct stem_verdict v;
		ROW_CHECK(fact_stem(open_small(), rows[i].list, &code, &v), i);
		ROW_CHECK(v.stem == rows[i].stem && v.said == rows[i].said && !v.partly, i);
		ROW_CHECK(v.fields == rows[i].fields && v.on_list == rows[i].on_list, i);
	}
}

static int close_all(void **state)
{
	soc_index_close(open_small());
	return make_tear_down(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conditions_are_read),       cmocka_unit_test(lists_are_read),
		cmocka_unit_test(facts_are_found_for_codes), cmocka_unit_test(codes_have_titles),
		cmocka_unit_test(lists_judge_occupations),
	};
	return cmocka_run_group_tests(tests, make_set_up, close_all);
}
