// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>

#include "tests/unit/command_make.h"

#include "lib/base/fault.h"
#include "query/engine/duty_table.h"

static struct record make_zone(const char *code, int zone)
{
	return (struct record){ .kind = RECORD_ZONE, .code = make_code(code), .number = zone };
}

static int set_up(void **state)
{
	struct record records[] = {
		make_occupation("11-1021.00", "Kite Managers", "Plan kites."),
		make_task("11-1021.00", "1", "Plan budgets of hangars and direct policy."),
		make_zone("11-1021.00", 5),
		make_occupation("15-1251.00", "Kite Programmers", "Program kites."),
		make_task("15-1251.00", "2", "Program autopilots in assembler."),
		make_zone("15-1251.00", 4),
		make_occupation("25-1011.00", "Kite Professors", "Teach; do a combination of teaching and research."),
		make_task("25-1011.00", "3", "Lecture undergraduates on aerodynamics."),
		make_zone("25-1011.00", 5),
		make_occupation("25-2021.00", "Kite Schoolteachers", "Teach."),
		make_task("25-2021.00", "4", "Show pupils knots and tails."),
		make_zone("25-2021.00", 5),
		make_occupation("31-1121.00", "Kite Health Aides", "Help fliers."),
		make_task("31-1121.00", "5", "Bandage fliers and cool bruises."),
		make_occupation("35-2011.00", "Kite Cooks", "Cook."),
		make_task("35-2011.00", "6", "Fry dumplings beside runways."),
		make_zone("35-2011.00", 2),
		make_occupation("35-2019.00", "Cooks, All Other", "Cook dumplings and noodles."),
		make_occupation("35-3031.00", "Kite Waiters", "Serve."),
		make_task("35-3031.00", "7", "Serve lemonade to spectators."),
		make_zone("35-3031.00", 2),
		make_occupation("47-1011.00", "Kite Riggers", "Rig."),
		make_task("47-1011.00", "8", "Rig lines."),
		make_occupation("47-1011.03", "Kite Splicers", "Splice."),
		make_task("47-1011.03", "9", "Splice lines and wax ropes."),
	};
	return make_set_up(state) == 0 ? make_command("duties", make_index("trades.soc", records, COUNT(records))) : -1;
}

static void set_title(const char *title)
{
	static struct option_value values[1];
	values[0] = (struct option_value){ OPTION_TITLE, "title", title };
	options.values = values;
	options.value_count = title != NULL;
}

/* Read a sheet of this text, and weigh it against codes with blanks between; NULL: those that are found. */
static bool weigh(const char *text, const char *codes, struct duty_sheet *sheet, struct duty_table *t)
{
	struct target_codes asked;
	const char *texts[8];
	size_t count = 0;
	struct slice list = arena_copy(&command.session.arena, slice_of(codes ? codes : ""), &err);
	const char *path = make_file("sheet.txt", slice_of(text));
	if (!list.at || !command_read_duties(&command, path, sheet))
		return false;
	for (char *at = strtok((char *)(uintptr_t)list.at, " "); at; at = strtok(NULL, " "))
		texts[count++] = at;
	return (!codes || target_codes_read(&command.session, texts, count, &asked)) &&
	       duty_table_find(&command.session, sheet, command_title(&command), codes ? &asked : NULL, t);
}

/* "code coverage time; ... | duty:falls to, ... | uncovered", in per cent. */
static struct slice show(const struct duty_table *t, struct buffer *out)
{
	buffer_clear(out);
	for (size_t k = 0; k < t->code_count; k++)
		buffer_printf(out, NULL, "%s%s %.0f %.0f", k ? "; " : "",
			      opened->entries[t->codes[k].occupation].code.text, 100.0 * t->codes[k].coverage,
			      100.0 * t->codes[k].time);
	for (size_t i = 0; i < t->row_count; i++)
		buffer_printf(out, NULL, "%s%s", i ? ", " : " | ",
			      t->rows[i].best == DUTY_NOBODY ? "-" : t->codes[t->rows[i].best].asked.code.text);
	assert_true(buffer_printf(out, NULL, " | %.0f", 100.0 * t->uncovered));
	return buffer_slice(out);
}

static void duties_fall_to_codes(void **state)
{
	static const struct {
		const char *sheet, *codes, *expected;
	} rows[] = {
		/* word for word; nothing in common; one word is not enough, but where the duty has no more */
		{ "Fry dumplings beside runways", "35-2011", "35-2011.00 100 100 | 35-2011 | 0" },
		{ "Bandage fliers", "35-2011", "35-2011.00 0 0 | - | 100" },
		{ "Fry potatoes and onions", "35-2011", "35-2011.00 0 0 | - | 100" },
		{ "Fry", "35-2011", "35-2011.00 100 100 | 35-2011 | 0" },
		/* by time, and what nothing covers */
		{ "60% Serve lemonade\n30% Fry dumplings\n10% Fold umbrellas", "35-2011 35-3031",
		  "35-2011.00 30 30; 35-3031.00 60 60 | 35-3031, 35-2011, - | 10" },
		/* of a code with several occupations the one that covers the job best */
		{ "Wax ropes", "47-1011", "47-1011.03 100 100 | 47-1011 | 0" },
		{ "Wax ropes", "47-1011.00", "47-1011.00 0 0 | - | 100" },
		/* without tasks by its description */
		{ "Cook noodles", "35-2019", "35-2019.00 100 100 | 35-2019 | 0" },
		/* without codes those that lead, in the order of their coverage; those with nothing behind */
		{ "60% Serve lemonade to spectators\n40% Program autopilots", NULL,
		  "35-3031.00 60 60; 15-1251.00 40 40 | 35-3031, 15-1251 | 0" },
	};
	struct buffer shown = { 0 };
	(void)state;
	set_title(NULL);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct duty_sheet sheet;
		struct duty_table t;
		if (!weigh(rows[i].sheet, rows[i].codes, &sheet, &t))
			fail_msg("row %zu: %s", i, err.text);
		struct slice got = show(&t, &shown);
		if (!slice_equal(got, slice_of(rows[i].expected)))
			fail_msg("row %zu: %.*s", i, (int)got.length, got.at);
	}
	buffer_free(&shown);
}

static void rules_apply_where_they_bite(void **state)
{
	static const struct {
		const char *title, *sheet, *codes, *expected;
	} rows[] = {
		{ NULL, "Fry dumplings beside runways", "35-2011 35-3031", "" },
		{ "Kite Cook", "Fry dumplings beside runways", "35-2011 35-3031", "" },
		{ "Kite Waiter", "Fry dumplings beside runways", "35-2011 35-3031", "work_performed " },
		/* a combination: more skill, else more time */
		{ NULL, "60% Fry dumplings\n40% Program autopilots", "35-2011 15-1251", "highest_skill " },
		{ NULL, "60% Fry dumplings\n40% Serve lemonade", "35-2011 35-3031", "most_time " },
		{ NULL, "80% Fry dumplings\n20% Program autopilots", "35-2011 15-1251", "" },
		{ NULL, "60% Fry dumplings\n40% Bandage fliers", "35-2011 31-1121", "most_time helps " },
		/* teachers */
		{ NULL, "60% Show pupils knots\n40% Lecture undergraduates on aerodynamics", "25-1011 25-2021",
		  "most_time highest_level_taught teaches_and_researches " },
		{ NULL, "Lecture undergraduates on aerodynamics", "25-1011 25-2021", "" },
		/* supervising: from 80 per cent on, below, and of professionals */
		{ NULL, "80% Supervise those who fry dumplings\n20% Fry dumplings", "35-2011", "supervises_mostly " },
		{ NULL, "79% Supervise those who fry dumplings\n21% Fry dumplings", "35-2011", "supervises_partly " },
		{ NULL, "Oversee the daily work of the staff, program autopilots", "15-1251",
		  "supervises_professionals " },
		{ NULL, "Bandage fliers, supervise", "31-1121", "supervises_healthcare_support helps " },
		{ NULL, "Fry dumplings under the supervision of others", "35-2011", "" },
		{ NULL, "Fry dumplings, supervised by others", "35-2011", "" },
		{ NULL, "Fry dumplings, manage grease", "35-2011", "" },
		/* managers, and All Other */
		{ NULL, "Plan budgets of hangars", "11-1021", "manages " },
		{ NULL, "Cook noodles", "35-2019", "all_other " },
		/* what is said of the worker */
		{ NULL, "Fry dumplings as a licensed cook", "35-2011", "licensed " },
		{ "Certified Cook", "Fry dumplings", "35-2011", "licensed " },
		{ "Apprentice Cook", "Fry dumplings", "35-2011", "in_training " },
		{ "Cook Helper", "Fry dumplings", "35-2011", "helps " },
		{ NULL, "Fold umbrellas", "35-2011", "" },
	};
	struct buffer got = { 0 };
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct duty_sheet sheet;
		struct duty_table t;
		set_title(rows[i].title);
		if (!weigh(rows[i].sheet, rows[i].codes, &sheet, &t))
			fail_msg("row %zu: %s", i, err.text);
		buffer_clear(&got);
		for (size_t k = 0; k < t.rules.count; k++) {
			ROW_CHECK(t.rules.at[k].because.length > 0, i);
			assert_true(buffer_printf(&got, NULL, "%s ", rule_specs[t.rules.at[k].rule].key));
		}
		if (!slice_equal(buffer_slice(&got), slice_of(rows[i].expected)))
			fail_msg("row %zu: %.*s", i, (int)got.length, got.at);
	}
	buffer_free(&got);
}

static void skills_are_compared(void **state)
{
	static const struct {
		struct skill a, b;
		int sign;
		enum skill_measure by;
	} rows[] = {
		{ { 0 }, { 0 }, 0, SKILL_NONE },
		{ { .zone_low = 4, .zone_high = 4 }, { .zone_low = 3, .zone_high = 3 }, 1, SKILL_ZONE },
		{ { .zone_low = 2, .zone_high = 3 }, { .zone_low = 4, .zone_high = 5 }, -1, SKILL_ZONE },
		{ { .zone_low = 2, .zone_high = 4 }, { .zone_low = 4, .zone_high = 5 }, 0, SKILL_NONE },
		{ { .zone_low = 4, .zone_high = 4 }, { 0 }, 0, SKILL_NONE },
		{ { .zone_low = 4, .zone_high = 4, .entry_rank = 7 },
		  { .zone_low = 4, .zone_high = 4, .entry_rank = 6 },
		  1,
		  SKILL_ENTRY },
		{ { .zone_low = 4, .zone_high = 4, .entry_rank = 7 },
		  { .zone_low = 4, .zone_high = 4 },
		  0,
		  SKILL_NONE },
		{ { .entry_rank = 2 }, { .entry_rank = 6 }, -1, SKILL_ENTRY },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		enum skill_measure by;
		int got = skill_compare(&rows[i].a, &rows[i].b, &by);
		ROW_CHECK((got > 0) - (got < 0) == rows[i].sign && by == rows[i].by, i);
	}
}

/* Words of a statement that the duty has are marked in it; those that nothing has are told. */
static void words_are_marked(void **state)
{
	struct duty_sheet sheet;
	struct duty_table t;
	(void)state;
	set_title(NULL);
	assert_true(weigh("Runways: fry the best dumplings", "35-2011", &sheet, &t));
	const struct duty_coverage *m = &t.rows[0].at[0];
	assert_int_equal(m->span_count, 3);
	assert_int_equal(m->spans[0].start, 0);
	assert_int_equal(m->spans[0].length, 3);
	assert_int_equal(m->statements, 1);
	assert_true(m->coverage > 0.3 && m->coverage < 1.0 && m->cosine > 0.0 && m->cosine < 1.0);
	assert_int_equal(t.rows[0].unexplained_count, 1);
	assert_true(slice_equal(t.rows[0].unexplained[0], SLICE("best")));
}

static void what_nothing_is_known_of_is_refused(void **state)
{
	struct duty_sheet sheet;
	struct duty_table t;
	(void)state;
	set_title(NULL);
	assert_false(weigh("Xyzzy plugh", NULL, &sheet, &t));
	assert_int_equal(err.code, ERROR_INPUT);
	error_clear(&err);
	assert_true(weigh("Xyzzy plugh", "35-2011", &sheet, &t));
	assert_int_equal(t.leading_count, 0);
	assert_true(t.uncovered > 0.999);
}

#ifdef SOC_FAULTS
static void each_allocation_fails_in_turn(void **state)
{
	long k = 0;
	bool ok;
	do {
		struct duty_sheet sheet;
		struct duty_table t;
		struct soc_index *index = NULL;
		begin(state);
		set_title("Cook");
		assert_true(soc_index_open(make_path("trades.soc"), &index, NULL));
		command.session.index = index;
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = weigh("60% Fry dumplings\n40% Serve lemonade", NULL, &sheet, &t);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		fault_arm(FAULT_MEMORY, 0, false);
		end(state);
		soc_index_close(index);
	} while (!ok);
	assert_true(k > 50);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(duties_fall_to_codes, begin, end),
		cmocka_unit_test_setup_teardown(rules_apply_where_they_bite, begin, end),
		cmocka_unit_test(skills_are_compared),
		cmocka_unit_test_setup_teardown(words_are_marked, begin, end),
		cmocka_unit_test_setup_teardown(what_nothing_is_known_of_is_refused, begin, end),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_allocation_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, set_up, drop_command);
}
