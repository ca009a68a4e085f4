// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/command_make.h"

#include "query/engine/target_codes.h"

static int set_up(void **state)
{
	return make_set_up(state) == 0 ? make_command("why", make_sample_index("sample.soc")) : -1;
}

static void codes_are_of_one_level(void **state)
{
	static const struct {
		const char *texts[3];
		size_t count;
		enum code_level level;
		const char *codes[3];
		size_t under[3];
	} rows[] = {
		{ { "15-1252" }, 1, LEVEL_SOC, { "15-1252" }, { 1 } },
		{ { "151252", "29-1141" }, 2, LEVEL_SOC, { "15-1252", "29-1141" }, { 1, 2 } },
		{ { "15-1252.00" }, 1, LEVEL_ONET, { "15-1252.00" }, { 1 } },
		{ { "29-1141", "29-1141.03" }, 2, LEVEL_ONET, { "29-1141.00", "29-1141.03" }, { 1, 1 } },
		{ { "15-2051", "15-1299.08", "11-1011" },
		  3,
		  LEVEL_ONET,
		  { "15-2051.00", "15-1299.08", "11-1011.00" },
		  { 1, 1, 1 } },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct target_codes codes;
		ROW_CHECK(target_codes_read(&command.session, rows[i].texts, rows[i].count, &codes), i);
		ROW_CHECK(codes.count == rows[i].count && codes.level == rows[i].level, i);
		for (size_t k = 0; k < codes.count; k++) {
			ROW_CHECK(strcmp(codes.at[k].code.text, rows[i].codes[k]) == 0, i);
			ROW_CHECK(codes.at[k].end - codes.at[k].first == rows[i].under[k], i);
			ROW_CHECK(codes.at[k].title.at == opened->entries[codes.at[k].first].title.at, i);
		}
	}
}

static void what_is_no_code_is_refused(void **state)
{
	static const struct {
		const char *texts[2];
		size_t count;
		const char *text;
		const char *hint; /* its beginning */
	} rows[] = {
		{ { NULL }, 0, "no code is named", "such as 15-1252" },
		{ { "nurse" }, 1, "'nurse' is no occupation code", "a code looks like" },
		{ { "15-1253", "" }, 2, "'' is no occupation code", "a code looks like" },
		{ { "15-1298" }, 1, "the index has no code 15-1298", "the nearest are 15-" },
		{ { "99-9999" }, 1, "the index has no code 99-9999", "the nearest are 55-" },
		{ { "29-1141.77" }, 1, "the index has no code 29-1141.77", "the nearest are 29-" },
		{ { "39-9010" },
		  1,
		  "39-9010 is a broad group, no occupation",
		  "name one of its occupations: 39-9011.00 Childcare Workers and 39-9011.01 Nannies" },
		{ { "15-0000" },
		  1,
		  "15-0000 is a major group, no occupation",
		  "name one of its occupations: 15-1211.00 Computer Systems Analysts, " },
		{ { "15-1252", "15-1252" }, 2, "15-1252 is given twice", "name each code once" },
		{ { "15-1252", "15-1252.00" }, 2, "15-1252.00 is given twice", "name each code once" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct target_codes codes;
		error_clear(&err);
		ROW_CHECK(!target_codes_read(&command.session, rows[i].texts, rows[i].count, &codes), i);
		ROW_CHECK(err.code == ERROR_USAGE, i);
		ROW_CHECK(strcmp(err.text, rows[i].text) == 0, i);
		ROW_CHECK(strncmp(err.hint, rows[i].hint, strlen(rows[i].hint)) == 0, i);
	}
}

static void a_list_of_codes_is_taken_apart(void **state)
{
	static const struct {
		const char *list; /* NULL: not given */
		size_t count;
		const char *text; /* of the error */
	} rows[] = {
		{ NULL, 0, NULL },
		{ "15-1252", 1, NULL },
		{ " 15-1252 ,29-1141", 2, NULL },
		{ "", 0, "--codes names no code" },
		{ " ", 0, "--codes names no code" },
		{ ",", 0, "--codes has an empty entry, number 1" },
		{ "15-1252,", 0, "--codes has an empty entry, number 2" },
		{ "15-1252, ,29-1141", 0, "--codes has an empty entry, number 2" },
		{ "15-1252,nurse", 0, "'nurse' is no occupation code" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct option_value value = { OPTION_CODES, "codes", rows[i].list };
		struct target_codes codes;
		options.values = &value;
		options.value_count = rows[i].list != NULL;
		error_clear(&err);
		ROW_CHECK(command_read_codes(&command, &codes) == !rows[i].text, i);
		ROW_CHECK(rows[i].text ? err.code == ERROR_USAGE && strcmp(err.text, rows[i].text) == 0 && *err.hint
				       : codes.count == rows[i].count,
			  i);
	}
}

static void every_code_has_a_place(void **state)
{
	const struct job job = { .title = SLICE("staff nurse"), .text = SLICE("") };
	const enum code_level levels[] = { LEVEL_SOC, LEVEL_ONET };
	(void)state;
	for (size_t l = 0; l < COUNT(levels); l++) {
		struct target_ranking ranked;
		const struct ranking *ranking = &ranked.ranking;
		const struct documents *documents = levels[l] == LEVEL_ONET ? &opened->onet : &opened->soc;
		assert_true(target_rank(&command.session, &job, levels[l], &ranked));
		assert_int_equal(ranking->count, documents->count);
		struct code code = levels[l] == LEVEL_ONET ? make_code("29-1141.00") : make_code("29-1141");
		assert_int_equal(target_rank_of(ranking, &code), 0);
		code = levels[l] == LEVEL_ONET ? make_code("53-3051.00") : make_code("53-3051");
		assert_in_range(target_rank_of(ranking, &code), 1, ranking->count - 1);
		code = make_code("99-9999");
		assert_int_equal(target_rank_of(ranking, &code), ranking->count);
		target_ranking_free(&ranked);
	}
}

static void a_job_is_read_and_trimmed(void **state)
{
	struct option_value values[] = { { OPTION_TITLE, "title", "  Baker \n" }, { OPTION_TEXT, "text", NULL } };
	struct job job;
	(void)state;
	assert_true(command_read_job(&command, &job));
	assert_int_equal(job.title.length + job.text.length, 0);
	values[1].value = make_file("duties.txt", SLICE("\n Bakes bread.\n\n"));
	options.values = values;
	options.value_count = COUNT(values);
	assert_true(command_read_job(&command, &job));
	assert_true(slice_equal(job.title, SLICE("Baker")) && slice_equal(job.text, SLICE("Bakes bread.")));
	values[1].value = make_path("nothing.txt");
	assert_false(command_read_job(&command, &job));
	assert_int_equal(err.code, ERROR_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(codes_are_of_one_level, begin, end),
		cmocka_unit_test_setup_teardown(what_is_no_code_is_refused, begin, end),
		cmocka_unit_test_setup_teardown(a_list_of_codes_is_taken_apart, begin, end),
		cmocka_unit_test_setup_teardown(every_code_has_a_place, begin, end),
		cmocka_unit_test_setup_teardown(a_job_is_read_and_trimmed, begin, end),
	};
	return cmocka_run_group_tests_name("query/engine/target_codes", tests, set_up, drop_command);
}
