// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/command_make.h"

#include "lib/base/fault.h"
#include "query/output/comparison_write.h"

static int set_up(void **state)
{
	struct record records[] = {
		make_occupation("11-0011.00", "Kite Fliers", "Fly kites at fairs."),
		make_task("11-0011.00", "11", "Check kites, tails and string before each flight."),
		make_task("11-0011.00", "12", "Fly kites in gusty wind."),
		make_technology("11-0011.00", "Windfinder", "Weather software"),
		make_technology("11-0011.00", "Spread-Sheet", "Office software"),
		make_filing("11-0011.00", "Kite Person", PROGRAMME_LCA, 2024),
		make_filing("11-0011.00", "Kite Person", PROGRAMME_LCA, 2024),
		make_filing("11-0011.00", "Flier", PROGRAMME_LCA, 2024),
		make_occupation("11-0012.00", "Kite Makers", "Sew kites for shops."),
		make_task("11-0012.00", "21", "Check string, tails, and kites before a flight."),
		make_task("11-0012.00", "22", "Sew sails."),
		make_task("11-0012.00", "23", "Sew bags; sew tassels."),
		make_technology("11-0012.00", "Spread Sheet", "Office software"),
		make_filing("11-0012.00", "KITE PERSON", PROGRAMME_LCA, 2024),
		make_filing("11-0012.00", "Sewer", PROGRAMME_LCA, 2024),
		make_occupation("11-0012.01", "Tail Makers", "Cut and knot tails."),
		make_task("11-0012.01", "31", "Knot ribbons into tails."),
		make_occupation("13-0021.00", "Bakers", "Bake bread."),
		make_task("13-0021.00", "41", "Check the tails of kites, string and all, before flight."),
		make_occupation("13-0099.00", "All Others", "Everything else."),
	};
	records[10].task_kind = TASK_SUPPLEMENTAL;
	return make_set_up(state) == 0 ? make_command("compare", make_index("kites.soc", records, COUNT(records))) : -1;
}

static void compare(const char *const *texts, size_t count, struct comparison *out)
{
	static struct target_codes codes;
	assert_true(target_codes_read(&command.session, texts, count, &codes));
	assert_true(comparison_find(&command.session, &codes, NULL, 5, out));
	assert_int_equal(out->count, count);
}

/* "11+21; 12": ids of tasks, those of one group joined by +. */
static const char *show_common(const struct comparison_list *l, char *to)
{
	char *at = to;
	*at = '\0';
	for (size_t i = 0; i < l->common_count; i++)
		for (size_t s = 0, n = 0; s < COMPARISON_MAX; s++)
			if (l->common[i].of[s])
				at += sprintf(at, "%s%.*s",
					      n++ ? "+"
					      : i ? "; "
						  : "",
					      (int)l->common[i].of[s]->id.length, l->common[i].of[s]->id.at);
	return to;
}

static const char *show_own(const struct comparison_list *l, size_t side, char *to)
{
	char *at = to;
	*at = '\0';
	for (size_t i = 0; i < l->own_count[side]; i++)
		at += sprintf(at, "%s%.*s", i ? " " : "", (int)l->own[side][i].evidence->id.length,
			      l->own[side][i].evidence->id.at);
	return to;
}

static void alike_statements_are_common_and_others_tell_apart(void **state)
{
	static const struct {
		const char *codes[3];
		size_t count;
		const char *common;
		const char *own[3];
	} rows[] = {
		{ { "11-0011", "11-0012" },
		  2,
		  "11+21",
		  { "12", "23 22 31" } }, /* its own occupation's before the other's */
		{ { "11-0012.00", "11-0011.00" }, 2, "21+11", { "23 22", "12" } },
		{ { "11-0012.01", "11-0011.00" }, 2, "", { "31", "12 11" } },
		{ { "11-0011", "11-0012", "13-0021" }, 3, "11+21+41", { "12", "23 22 31", "" } },
		{ { "11-0011", "13-0099" }, 2, "", { "12 11", "" } },
	};
	char text[256];
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct comparison x;
		compare(rows[i].codes, rows[i].count, &x);
		if (strcmp(show_common(&x.tasks, text), rows[i].common) != 0)
			fail_msg("row %zu: in common \"%s\", not \"%s\"", i, text, rows[i].common);
		for (size_t s = 0; s < rows[i].count; s++)
			if (strcmp(show_own(&x.tasks, s, text), rows[i].own[s]) != 0)
				fail_msg("row %zu: own \"%s\", not \"%s\"", i, text, rows[i].own[s]);
		for (size_t k = 0; k < x.tasks.common_count; k++)
			ROW_CHECK(x.tasks.common[k].alike >= COMPARISON_ALIKE && x.tasks.common[k].alike <= 1.0 + 1e-9,
				  i);
	}
}

static void words_that_one_alone_has_are_marked(void **state)
{
	static const char *const codes[] = { "11-0012.00", "11-0011.00" };
	struct comparison x;
	(void)state;
	compare(codes, 2, &x);
	const struct comparison_own *own = &x.tasks.own[0][0]; /* Sew title entries; sew tassels. */
	assert_int_equal(own->span_count, 3);
	assert_memory_equal(own->evidence->text.at + own->spans[0].start, "Sew", 3);
	assert_memory_equal(own->evidence->text.at + own->spans[1].start, "bags", 4);
	assert_memory_equal(own->evidence->text.at + own->spans[2].start, "tassels", 7);
	const struct comparison_definition *d = &x.sides[0].definitions[0]; /* Sew kites for shops. */
	assert_int_equal(x.sides[0].definition_count, 1);
	assert_int_equal(d->span_count, 2);
	assert_memory_equal(d->evidence->text.at + d->spans[1].start, "shops", 5);
}

static void technologies_and_titles_are_the_same_but_for_case_and_punctuation(void **state)
{
	static const char *const codes[] = { "11-0011", "11-0012", "13-0021" };
	struct comparison x;
	(void)state;
	compare(codes, 3, &x);
	assert_int_equal(x.technologies.common_count, 1);
	assert_int_equal(x.technologies.common[0].occurrences, 2);
	assert_int_equal(x.technologies.own_count[0], 1);
	assert_int_equal(x.technologies.own_count[1], 0);
	assert_int_equal(x.technologies.totals[2], 0);
	assert_int_equal(x.titles.common_count, 1);
	assert_int_equal(x.titles.common[0].filings[0], 2);
	assert_int_equal(x.titles.common[0].filings[1], 1);
	assert_null(x.titles.common[0].of[2]);
	assert_int_equal(x.titles.filings[0], 3);
	assert_int_equal(x.titles.filings[1], 2);
	assert_int_equal(x.titles.filings[2], 0);
}

static void codes_part_at_a_digit(void **state)
{
	static const struct {
		const char *a, *b;
		size_t digit;
		enum code_level level;
	} rows[] = {
		{ "15-2051", "29-1141", 1, LEVEL_MAJOR },      { "15-2051", "17-2051", 2, LEVEL_MAJOR },
		{ "15-2051", "15-1252", 3, LEVEL_MINOR },      { "15-1221", "15-1252", 5, LEVEL_BROAD },
		{ "31-1121", "31-2011", 3, LEVEL_MINOR },      { "15-1251", "15-1252", 6, LEVEL_SOC },
		{ "15-2051.00", "15-2051.01", 8, LEVEL_ONET }, { "15-1252.00", "15-2051.00", 3, LEVEL_MINOR },
		{ "15-1252", "15-1252", 0, LEVEL_SOC },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct code a = make_code(rows[i].a), b = make_code(rows[i].b);
		enum code_level level = LEVEL_SOC;
		ROW_CHECK(comparison_digit(&a, &b, &level) == rows[i].digit && level == rows[i].level, i);
	}
	struct comparison x;
	compare((const char *const[]){ "11-0011", "11-0012" }, 2, &x);
	assert_true(x.related);
	assert_int_equal(x.shared, LEVEL_BROAD);
	compare((const char *const[]){ "11-0011", "11-0012", "13-0021" }, 3, &x);
	assert_false(x.related);
}

static const struct comparison_row *find_row(const struct comparison *x, const char *key)
{
	for (size_t i = 0; i < x->row_count; i++)
		if (strcmp(x->rows[i].key, key) == 0)
			return &x->rows[i];
	fail_msg("no row %s", key);
	return NULL;
}

static void the_fit_with_a_job_is_told(void **state)
{
	static const char *const texts[] = { "11-0012", "11-0011", "13-0099" };
	static const struct job job = { { "Kite Maker", 10 }, { "Sew sails and knot tails in gusty wind.", 39 } };
	struct target_codes codes;
	struct target_ranking ranked;
	struct comparison x;
	(void)state;
	assert_true(target_codes_read(&command.session, texts, 3, &codes));
	assert_true(target_rank(&command.session, &job, codes.level, &ranked));
	assert_true(comparison_find(&command.session, &codes, &ranked, 5, &x));
	assert_int_equal(x.best, 0);
	assert_int_equal(x.fits[0].place, 0);
	assert_true(slice_equal(x.fits[0].task.evidence.id, SLICE("22")));
	assert_true(slice_equal(x.fits[1].task.evidence.id, SLICE("12")));
	assert_int_equal(x.fits[2].task.span_count, 0);
	assert_true(x.fits[1].word_count > 0);
	assert_true(slice_equal(x.fits[1].words[0], SLICE("gusty")) || slice_equal(x.fits[1].words[0], SLICE("wind")));
	assert_true(x.feature_count > 0 && x.features[0].spread >= x.features[x.feature_count - 1].spread);
	assert_true(slice_equal(find_row(&x, "rank")->values[0], SLICE("1 of 4")));
	assert_true(find_row(&x, "rank")->differs);
	struct buffer text = { 0 };
	struct json_writer w = { .out = &text };
	json_begin_object(&w, NULL);
	comparison_json(&x, &command.session, &w);
	json_end_object(&w);
	json_t *object = json_loadb(text.at, text.length, 0, NULL);
	assert_int_equal(json_array_size(json_object_get(json_object_get(object, "job"), "fits")), 3);
	json_decref(object);
	buffer_free(&text);
	target_ranking_free(&ranked);
}

static void too_few_and_too_many_codes_are_refused(void **state)
{
	struct target_code at[COMPARISON_MAX + 1] = { { .code = { "11-0011" } } };
	struct comparison x;
	(void)state;
	for (size_t count = 0; count <= COMPARISON_MAX + 1; count += COMPARISON_MAX + 1) {
		struct target_codes codes = { at, count, LEVEL_SOC };
		assert_false(comparison_find(&command.session, &codes, NULL, 5, &x));
		assert_int_equal(err.code, ERROR_USAGE);
		error_clear(&err);
	}
}

#ifdef SOC_FAULTS
static void each_allocation_fails_in_turn(void **state)
{
	static const char *const texts[] = { "11-0011", "11-0012" };
	long k = 0;
	bool ok;
	do {
		struct soc_index *index = NULL;
		struct comparison x;
		struct target_codes codes;
		begin(state);
		assert_true(soc_index_open(make_path("kites.soc"), &index, NULL));
		command.session.index = index;
		assert_true(target_codes_read(&command.session, texts, 2, &codes));
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = comparison_find(&command.session, &codes, NULL, 5, &x);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		fault_arm(FAULT_MEMORY, 0, false);
		end(state);
		soc_index_close(index);
	} while (!ok);
	assert_true(k > 20);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(alike_statements_are_common_and_others_tell_apart, begin, end),
		cmocka_unit_test_setup_teardown(words_that_one_alone_has_are_marked, begin, end),
		cmocka_unit_test_setup_teardown(technologies_and_titles_are_the_same_but_for_case_and_punctuation,
						begin, end),
		cmocka_unit_test_setup_teardown(codes_part_at_a_digit, begin, end),
		cmocka_unit_test_setup_teardown(the_fit_with_a_job_is_told, begin, end),
		cmocka_unit_test_setup_teardown(too_few_and_too_many_codes_are_refused, begin, end),
#ifdef SOC_FAULTS
		cmocka_unit_test_setup_teardown(each_allocation_fails_in_turn, begin, end),
#endif
	};
	return cmocka_run_group_tests(tests, set_up, drop_command);
}
