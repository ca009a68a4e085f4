// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_fact_collect.c - which code a fact hangs on, and what is said of one that was published for another.
 */
#include "tests/unit/index_make.h"

#include "lib/base/fault.h"

#define DEVELOPERS "15-1252.00"
#define TESTERS "15-1253.00"
#define OTHERS "15-1299.00"
#define NURSES "29-1141.00"

static struct record make_crossing(enum crosswalk crosswalk, const char *from, const char *to)
{
	return (struct record){ .kind = RECORD_CROSSWALK,
				.crosswalk = crosswalk,
				.code = make_code(from),
				.other = make_code(to),
				.text = SLICE("From"),
				.detail = SLICE("To") };
}

static struct record make_census(const char *from, const char *to)
{
	bool pattern = strchr(to, 'X') != NULL;
	struct record r = { .kind = RECORD_CROSSWALK,
			    .crosswalk = CROSSWALK_CENSUS_2018_SOC,
			    .id = slice_of(from),
			    .text = SLICE("Census") };
	if (pattern)
		r.more[0] = slice_of(to);
	else
		r.other = make_code(to);
	return r;
}

/* Sixteen facts live at a time. */
static const struct record_fact *make_fact(enum fact_key key, const char *text)
{
	static struct record_fact facts[16];
	static unsigned next;
	struct record_fact *f = &facts[next++ % 16];
	*f = (struct record_fact){ .key = key, .name = SLICE("Column"), .text = SLICE(""), .note = SLICE("") };
	if (fact_specs[key].kind == FACT_TEXT || fact_specs[key].kind == FACT_LIST)
		f->text = slice_of(text);
	else
		assert_true(fact_read_number(slice_of(text), &f->number));
	return f;
}

static struct record make_facts(enum fact_scope scope, const char *code, enum fact_key key, const char *text)
{
	struct record r = {
		.kind = RECORD_FACTS, .scope = scope, .facts = make_fact(key, text), .fact_count = 1, .source = 5
	};
	if (scope == FACTS_OF_CENSUS || scope == FACTS_OF_CIP)
		r.id = slice_of(code);
	else
		r.code = make_code(code);
	return r;
}

static void start(struct collected *g)
{
	struct record records[] = {
		make_occupation(DEVELOPERS, "Developers", ""),
		make_occupation(TESTERS, "Testers", ""),
		make_occupation(OTHERS, "Others", ""),
		make_occupation(NURSES, "Nurses", ""),
		make_crossing(CROSSWALK_ONET_2010_2019, "15-1132.00", DEVELOPERS),
		make_crossing(CROSSWALK_ONET_2010_2019, "15-1132.00", TESTERS),
		make_crossing(CROSSWALK_ONET_2010_2019, "15-1133.00", DEVELOPERS),
		make_crossing(CROSSWALK_ONET_2010_2019, "15-1199.00", OTHERS),
		make_crossing(CROSSWALK_ONET_2010_2019, "43-9011.00", OTHERS),
		make_crossing(CROSSWALK_ONET_2010_2019, NURSES, NURSES),
		make_crossing(CROSSWALK_SOC_2010_2018, "29-1111", "29-1141"),
		make_crossing(CROSSWALK_SOC_2010_2018, "15-1132", "15-1252"),
		make_crossing(CROSSWALK_SOC_2010_2018, "15-1132", "15-1253"),
		make_census("1021", "15-1252"),
		make_census("1108", "15-12XX"),
		make_census("3255", "29-1140"),
	};
	struct record_sink sink = collect_sink(g);
	struct error err = { 0 };
	for (size_t i = 0; i < COUNT(records); i++) {
		enum reject_reason why = REJECT_NONE;
		ROW_CHECK(sink.take(sink.ctx, &records[i], &why, &err) == SINK_USED, i);
	}
}

static enum reject_reason give(struct collected *g, struct record r)
{
	struct record_sink sink = collect_sink(g);
	struct error err = { 0 };
	enum reject_reason why = REJECT_NONE;
	enum sink_verdict verdict = sink.take(sink.ctx, &r, &why, &err);
	assert_true(verdict != SINK_FAILED);
	return verdict == SINK_USED ? REJECT_NONE : why;
}

/* "CODE=TEXT~NOTE" of every fact, a blank between two. */
static void write_down(const struct collected *g, char *to, size_t size)
{
	size_t used = 0;
	*to = '\0';
	for (size_t s = 0; s < g->facts.facts.count; s++) {
		const struct fact_series *x = &g->facts.facts.at[s];
		for (size_t i = 0; i < x->count && used < size; i++) {
			struct buffer text = { 0 };
			const struct fact *f = &x->at[i];
			enum fact_kind kind = fact_specs[x->key].kind;
			if (kind == FACT_TEXT || kind == FACT_LIST)
				buffer_append(&text, f->text.at, f->text.length, NULL);
			else
				fact_format_number(kind, fact_specs[x->key].unit, &f->number, &text, NULL);
			used += (size_t)snprintf(to + used, size - used, "%s%.*s=%.*s%s%.*s", used ? " " : "",
						 (int)f->code.length, f->code.at, (int)text.length, text.at,
						 f->note.length ? "~" : "", (int)f->note.length, f->note.at);
			buffer_free(&text);
		}
	}
}

/* One record at a time: where its fact hangs, or why it is refused. */
static void facts_hang_on_codes(void **state)
{
	(void)state;
	static const struct {
		enum fact_scope scope;
		const char *code;
		enum fact_key key;
		const char *facts; /* NULL: refused */
		enum reject_reason why;
	} rows[] = {
		{ FACTS_OF_OCCUPATION, DEVELOPERS, FACT_STEM_ONET, "15-1252.00=x", 0 },
		{ FACTS_OF_OCCUPATION, "99-9999.00", FACT_STEM_ONET, NULL, REJECT_UNKNOWN_CODE },
		{ FACTS_OF_OCCUPATION, "15-1133.00", FACT_STEM_ONET, "15-1252.00=x~in part: published for 15-1133.00",
		  0 },
		{ FACTS_OF_OCCUPATION, "15-1132.00", FACT_STEM_ONET,
		  "15-1252.00=x~in part: published for 15-1132.00, which was split "
		  "15-1253.00=x~published for 15-1132.00, which was split",
		  0 },
		{ FACTS_OF_SURVEY, "15-1252", FACT_WAGE_TITLE, "15-1252=x", 0 },
		{ FACTS_OF_SURVEY, "15-1250", FACT_WAGE_TITLE, "15-1250=x", 0 },
		{ FACTS_OF_SURVEY, "15-0000", FACT_WAGE_TITLE, "15-0000=x", 0 },
		{ FACTS_OF_SURVEY, "00-0000", FACT_WAGE_TITLE, "00-0000=x", 0 },
		{ FACTS_OF_SURVEY, "15-1258", FACT_WAGE_TITLE, "15-1258=x", 0 }, /* its own, in a broad group */
		{ FACTS_OF_SURVEY, "15-2058", FACT_WAGE_TITLE, NULL, REJECT_UNKNOWN_CODE },
		{ FACTS_OF_SURVEY, "29-1111", FACT_WAGE_TITLE, "29-1141=x~published for 29-1111", 0 },
		{ FACTS_OF_SURVEY, "15-1132", FACT_WAGE_TITLE, NULL, REJECT_AMBIGUOUS },
		{ FACTS_OF_SOC, "15-1252", FACT_DEGREE, "15-1252=x", 0 },
		{ FACTS_OF_SOC, "99-9999", FACT_DEGREE, "99-9999=x", 0 },
		{ FACTS_OF_SOC, "15-1250", FACT_DEGREE, NULL, REJECT_UNKNOWN_CODE },
		{ FACTS_OF_SOC, "29-1111", FACT_DEGREE, "29-1141=x~published for 29-1111", 0 },
		{ FACTS_OF_ANY, DEVELOPERS, FACT_CUSTOM, "15-1252.00=x", 0 },
		{ FACTS_OF_ANY, "15-1252", FACT_CUSTOM, "15-1252=x", 0 },
		{ FACTS_OF_ANY, "29-1140", FACT_CUSTOM, "29-1140=x", 0 },
		{ FACTS_OF_ANY, "29-1111", FACT_CUSTOM, "29-1141=x~published for 29-1111", 0 },
		{ FACTS_OF_ANY, "15-1132", FACT_CUSTOM, NULL, REJECT_AMBIGUOUS },
		{ FACTS_OF_ANY, "15-1258", FACT_CUSTOM, NULL, REJECT_UNKNOWN_CODE },
		{ FACTS_OF_ANY, "00-0000", FACT_CUSTOM, NULL, REJECT_UNKNOWN_CODE },
		{ FACTS_OF_CENSUS, "1021", FACT_STEM_NCSES, "15-1252=x~published for Census 1021", 0 },
		{ FACTS_OF_CENSUS, "1108", FACT_STEM_NCSES, "15-12XX=x~published for Census 1108", 0 },
		{ FACTS_OF_CENSUS, "3255", FACT_STEM_NCSES, "29-1140=x~published for Census 3255", 0 },
		{ FACTS_OF_CENSUS, "9999", FACT_STEM_NCSES, NULL, REJECT_UNKNOWN_CODE },
		{ FACTS_OF_CIP, "14.1901", FACT_STEM_DHS, "14.1901=x", 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct collected g = { 0 };
		struct error err = { 0 };
		char found[512];
		start(&g);
		enum reject_reason why = give(&g, make_facts(rows[i].scope, rows[i].code, rows[i].key, "x"));
		assert_true(collect_finish(&g, &err));
		write_down(&g, found, sizeof found);
		if (rows[i].facts ? why != REJECT_NONE : why != rows[i].why)
			fail_msg("row %zu: %s", i, reject_reason_name(why));
		if (strcmp(found, rows[i].facts ? rows[i].facts : "") != 0)
			fail_msg("row %zu: %s", i, found);
		collect_free(&g);
	}
}

/* Whether a code is old, only its source as a whole tells: a code that is the same in both editions stays; one whose
 * parts are all in the source is whole. */
static void editions_belong_to_sources(void **state)
{
	(void)state;
	struct collected g = { 0 };
	struct error err = { 0 };
	char found[1024];
	start(&g);
	assert_int_equal(give(&g, make_facts(FACTS_OF_OCCUPATION, "15-1132.00", FACT_STEM_ONET, "a")), REJECT_NONE);
	assert_int_equal(give(&g, make_facts(FACTS_OF_OCCUPATION, "15-1133.00", FACT_STEM_ONET, "a")), REJECT_NONE);
	assert_int_equal(give(&g, make_facts(FACTS_OF_OCCUPATION, "15-1199.00", FACT_STEM_ONET, "a")), REJECT_NONE);
	assert_int_equal(give(&g, make_facts(FACTS_OF_OCCUPATION, NURSES, FACT_STEM_ONET, "a")), REJECT_NONE);
	assert_true(collect_finish(&g, &err));
	write_down(&g, found, sizeof found);
	assert_string_equal(found, "15-1252.00=a~published for 15-1132.00, which was split "
				   "15-1252.00=a~published for 15-1133.00 "
				   "15-1253.00=a~published for 15-1132.00, which was split "
				   "15-1299.00=a~in part: published for 15-1199.00 29-1141.00=a");
	collect_free(&g);
}

/* The same row again is a duplicate; the same value in another row of the code is kept once; another value is kept
 * beside the first. */
static void contradictions_are_kept(void **state)
{
	(void)state;
	struct collected g = { 0 };
	struct error err = { 0 };
	char found[512];
	start(&g);
	struct record first = make_facts(FACTS_OF_SURVEY, "15-1252", FACT_EMPLOYMENT, "10");
	struct record again = first, other = make_facts(FACTS_OF_SURVEY, "15-1252", FACT_EMPLOYMENT, "11");
	again.detail = SLICE("detailed");
	assert_int_equal(give(&g, first), REJECT_NONE);
	assert_int_equal(give(&g, first), REJECT_DUPLICATE);
	assert_int_equal(give(&g, again), REJECT_NONE);
	assert_int_equal(give(&g, other), REJECT_NONE);
	assert_true(collect_finish(&g, &err));
	write_down(&g, found, sizeof found);
	assert_string_equal(found, "15-1252=10 15-1252=11");
	assert_int_equal(g.facts.by_key[FACT_EMPLOYMENT], 2);
	collect_free(&g);
}

static void the_top_is_that_of_the_notes(void **state)
{
	(void)state;
	struct collected g = { 0 };
	struct error err = { 0 };
	char found[512];
	const struct record_fact tops[] = { *make_fact(FACT_HOURLY_MEDIAN, "115.00"),
					    *make_fact(FACT_ANNUAL_MEDIAN, "239200") };
	struct record top = { .kind = RECORD_WAGE_TOP, .facts = tops, .fact_count = 2 };
	start(&g);
	assert_int_equal(give(&g, make_facts(FACTS_OF_SURVEY, "15-1252", FACT_ANNUAL_90, "#")), REJECT_NONE);
	assert_int_equal(give(&g, top), REJECT_NONE);
	assert_int_equal(give(&g, make_facts(FACTS_OF_SURVEY, "15-1253", FACT_ANNUAL_90, "#")), REJECT_NONE);
	assert_int_equal(give(&g, make_facts(FACTS_OF_SURVEY, "15-1253", FACT_HOURLY_90, "#")), REJECT_NONE);
	assert_true(collect_finish(&g, &err));
	write_down(&g, found, sizeof found);
	assert_string_equal(found,
			    "15-1253=at least $115.00 15-1252=above what is published 15-1253=at least $239,200");
	collect_free(&g);
}

/* The share of advanced degrees follows from the answers on education: a master's degree and all behind it. */
static void advanced_degrees_are_added_up(void **state)
{
	(void)state;
	static const struct {
		int category;
		double percent;
		const char *element, *scale;
	} answers[] = {
		{ 6, 30.5, EDUCATION_ELEMENT, EDUCATION_SCALE },
		{ 7, 10, EDUCATION_ELEMENT, EDUCATION_SCALE },
		{ 8, 40.25, EDUCATION_ELEMENT, EDUCATION_SCALE },
		{ 11, 9.5, EDUCATION_ELEMENT, EDUCATION_SCALE },
		{ 12, 9.75, EDUCATION_ELEMENT, EDUCATION_SCALE },
		{ 0, 99, EDUCATION_ELEMENT, EDUCATION_SCALE },
		{ 9, 77, "3.A.1", EDUCATION_SCALE },
		{ 9, 77, EDUCATION_ELEMENT, "RW" },
	};
	struct collected g = { 0 };
	struct error err = { 0 };
	char found[512];
	start(&g);
	for (size_t i = 0; i < COUNT(answers); i++) {
		struct record r = { .kind = RECORD_EDUCATION,
				    .code = make_code(DEVELOPERS),
				    .id = slice_of(answers[i].element),
				    .scale = slice_of(answers[i].scale),
				    .number = answers[i].category,
				    .value = answers[i].percent,
				    .source = 1 };
		assert_int_equal(give(&g, r), REJECT_NONE);
	}
	struct record none = { .kind = RECORD_EDUCATION,
			       .code = make_code(NURSES),
			       .id = SLICE("3.A.1"),
			       .scale = SLICE("RW"),
			       .number = 9,
			       .value = 5 };
	assert_int_equal(give(&g, none), REJECT_NONE);
	assert_true(collect_finish(&g, &err));
	write_down(&g, found, sizeof found);
	assert_string_equal(found, "15-1252.00=59.50%");
	assert_int_equal(g.facts.facts.at[0].source, 1);
	collect_free(&g);
}

#ifdef SOC_FAULTS

static void memory_may_fail(void **state)
{
	(void)state;
	bool done = false;
	for (long k = 1; !done; k++) {
		struct collected g = { 0 };
		struct error err = { 0 };
		enum reject_reason why;
		struct record_sink sink = collect_sink(&g);
		struct record records[] = {
			make_facts(FACTS_OF_OCCUPATION, "15-1132.00", FACT_STEM_ONET, "a"),
			make_facts(FACTS_OF_SURVEY, "29-1111", FACT_EMPLOYMENT, "7"),
			make_facts(FACTS_OF_CENSUS, "1108", FACT_STEM_NCSES, "b"),
			make_facts(FACTS_OF_ANY, "15-1252", FACT_CUSTOM, "c"),
		};
		start(&g);
		fault_arm(FAULT_MEMORY, k, false);
		done = true;
		for (size_t i = 0; done && i < COUNT(records); i++)
			done = sink.take(sink.ctx, &records[i], &why, &err) == SINK_USED;
		done = done && collect_finish(&g, &err);
		fault_arm(FAULT_MEMORY, 0, false);
		ROW_CHECK(done || err.code == ERROR_MEMORY, k);
		collect_free(&g);
		assert_true(k < 1000);
	}
}

#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts_hang_on_codes),
		cmocka_unit_test(editions_belong_to_sources),
		cmocka_unit_test(contradictions_are_kept),
		cmocka_unit_test(the_top_is_that_of_the_notes),
		cmocka_unit_test(advanced_degrees_are_added_up),
#ifdef SOC_FAULTS
		cmocka_unit_test(memory_may_fail),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
