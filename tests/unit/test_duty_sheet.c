// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>

#include "tests/unit/index_make.h"
#include "tests/unit/xlsx_make.h"

#include "query/commands/command.h"
#include "query/engine/duty_sheet.h"

/* ---- lines ---- */

static void lines_are_taken_apart(void **state)
{
	static const struct {
		const char *line;
		enum duty_line_kind kind;
		const char *text;
		enum duty_unit unit;
		double value;
		enum duty_period period;
	} rows[] = {
		/* no time */
		{ "Design software", DUTY_LINE_DUTY, "Design software", DUTY_UNIT_NONE, 0, 0 },
		{ "Cut costs by 30%", DUTY_LINE_DUTY, "Cut costs by 30%", DUTY_UNIT_NONE, 0, 0 },
		{ "Work 24 hour shifts", DUTY_LINE_DUTY, "Work 24 hour shifts", DUTY_UNIT_NONE, 0, 0 },
		{ "24 hour emergency service", DUTY_LINE_DUTY, "24 hour emergency service", DUTY_UNIT_NONE, 0, 0 },
		{ "Sell 12 and more hats", DUTY_LINE_DUTY, "Sell 12 and more hats", DUTY_UNIT_NONE, 0, 0 },
		{ "Answer within 2 hours", DUTY_LINE_DUTY, "Answer within 2 hours", DUTY_UNIT_NONE, 0, 0 },
		{ "2024 budget planning", DUTY_LINE_DUTY, "2024 budget planning", DUTY_UNIT_NONE, 0, 0 },
		{ "\"Design, build\"", DUTY_LINE_DUTY, "Design, build", DUTY_UNIT_NONE, 0, 0 },
		/* before */
		{ "30% design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "30 % design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "30 percent: design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "30 per cent of the time - design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "(30%) design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "[30% of his working time] design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "Approximately 30% - design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "approx. 30% design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "~30% design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "20% time management", DUTY_LINE_DUTY, "time management", DUTY_UNIT_PERCENT, 20, 0 },
		{ "20% time: management", DUTY_LINE_DUTY, "management", DUTY_UNIT_PERCENT, 20, 0 },
		{ "20% of sales work", DUTY_LINE_DUTY, "of sales work", DUTY_UNIT_PERCENT, 20, 0 },
		{ "37.5% design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 37.5, 0 },
		{ "37,5 % design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 37.5, 0 },
		{ ".5% design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 0.5, 0 },
		{ "30-40% design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 35, 0 },
		{ "30% \xE2\x80\x93 40% design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 35, 0 },
		{ "0% design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 0, 0 },
		{ "-30% design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, -30, 0 },
		{ "12 hours: design", DUTY_LINE_DUTY, "design", DUTY_UNIT_HOURS, 12, 0 },
		{ "12 h design", DUTY_LINE_DUTY, "design", DUTY_UNIT_HOURS, 12, 0 },
		{ "1 hour per day: design", DUTY_LINE_DUTY, "design", DUTY_UNIT_HOURS, 1, DUTY_PERIOD_DAY },
		{ "12.5 hrs/week design", DUTY_LINE_DUTY, "design", DUTY_UNIT_HOURS, 12.5, DUTY_PERIOD_WEEK },
		{ "1,200 hours a year: design", DUTY_LINE_DUTY, "design", DUTY_UNIT_HOURS, 1200, DUTY_PERIOD_YEAR },
		{ "12\tdesign", DUTY_LINE_DUTY, "design", DUTY_UNIT_NUMBER, 12, 0 },
		/* behind */
		{ "design (30 %)", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "design (30% of time).", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "design (all of it) (30%)", DUTY_LINE_DUTY, "design (all of it)", DUTY_UNIT_PERCENT, 30, 0 },
		{ "design [about 30 percent]", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "design (Time: 30%)", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "design (by 30% less)", DUTY_LINE_DUTY, "design (by 30% less)", DUTY_UNIT_NONE, 0, 0 },
		{ "design - 30%", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "design \xE2\x80\x94 30-40%", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 35, 0 },
		{ "design: 30%", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "design, 30%", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "design\t30", DUTY_LINE_DUTY, "design", DUTY_UNIT_NUMBER, 30, 0 },
		{ "design ... 30%", DUTY_LINE_DUTY, "design ... 30%", DUTY_UNIT_NONE, 0, 0 },
		{ "design   8 hours a week", DUTY_LINE_DUTY, "design", DUTY_UNIT_HOURS, 8, DUTY_PERIOD_WEEK },
		/* bullets and numbers */
		{ "- design (30%)", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "  * 30% design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "\xE2\x80\xA2 design", DUTY_LINE_DUTY, "design", DUTY_UNIT_NONE, 0, 0 },
		{ "- - 30% design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "3. 30% design", DUTY_LINE_DUTY, "design", DUTY_UNIT_PERCENT, 30, 0 },
		{ "3) design", DUTY_LINE_DUTY, "design", DUTY_UNIT_NONE, 0, 0 },
		{ "(3) design", DUTY_LINE_DUTY, "design", DUTY_UNIT_NONE, 0, 0 },
		{ "(b) design", DUTY_LINE_DUTY, "design", DUTY_UNIT_NONE, 0, 0 },
		{ "2.1. design", DUTY_LINE_DUTY, "design", DUTY_UNIT_NONE, 0, 0 },
		{ "iv. design", DUTY_LINE_DUTY, "design", DUTY_UNIT_NONE, 0, 0 },
		{ "#1 design", DUTY_LINE_DUTY, "design", DUTY_UNIT_NONE, 0, 0 },
		{ "[x] design", DUTY_LINE_DUTY, "design", DUTY_UNIT_NONE, 0, 0 },
		{ "o design", DUTY_LINE_DUTY, "design", DUTY_UNIT_NONE, 0, 0 },
		{ "operate a crane", DUTY_LINE_DUTY, "operate a crane", DUTY_UNIT_NONE, 0, 0 },
		/* no duty */
		{ "", DUTY_LINE_BLANK, "", 0, 0, 0 },
		{ " \t ", DUTY_LINE_BLANK, "", 0, 0, 0 },
		{ "-----", DUTY_LINE_BLANK, NULL, 0, 0, 0 },
		{ "# 30% of this", DUTY_LINE_COMMENT, NULL, 0, 0, 0 },
		{ "Job duties:", DUTY_LINE_HEADING, NULL, 0, 0, 0 },
		{ "Duties and Responsibilities", DUTY_LINE_HEADING, NULL, 0, 0, 0 },
		{ "Job title: Team Leader", DUTY_LINE_HEADING, NULL, 0, 0, 0 },
		{ "Total: 100%", DUTY_LINE_TOTAL, NULL, DUTY_UNIT_PERCENT, 100, 0 },
		{ "Total 100%", DUTY_LINE_TOTAL, NULL, 0, 0, 0 },
		{ "Total revenue planning", DUTY_LINE_DUTY, NULL, 0, 0, 0 },
		{ "100% total", DUTY_LINE_TOTAL, NULL, DUTY_UNIT_PERCENT, 100, 0 },
		{ "30%", DUTY_LINE_TIME, NULL, DUTY_UNIT_PERCENT, 30, 0 },
		{ "- 30 %:", DUTY_LINE_TIME, NULL, DUTY_UNIT_PERCENT, 30, 0 },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct duty_line l = duty_line_read(slice_of(rows[i].line));
		if (l.kind != rows[i].kind || l.time.unit != rows[i].unit ||
		    fabs(l.time.value - rows[i].value) > 1e-9 || l.time.period != rows[i].period ||
		    (rows[i].text && !slice_equal(l.text, slice_of(rows[i].text))))
			fail_msg("\"%s\": kind %d, \"%.*s\", unit %d, %g, period %d", rows[i].line, (int)l.kind,
				 (int)l.text.length, l.text.at ? l.text.at : "", (int)l.time.unit, l.time.value,
				 (int)l.time.period);
	}
}

static void cells_are_times_or_not(void **state)
{
	static const struct {
		const char *cell;
		bool ok;
		enum duty_unit unit;
		double value;
	} rows[] = {
		{ "", true, DUTY_UNIT_NONE, 0 },
		{ " ", true, DUTY_UNIT_NONE, 0 },
		{ "30", true, DUTY_UNIT_NUMBER, 30 },
		{ "0.3", true, DUTY_UNIT_NUMBER, 0.3 },
		{ "(30 %)", true, DUTY_UNIT_PERCENT, 30 },
		{ "-5", true, DUTY_UNIT_NUMBER, -5 },
		{ "12 hours a week", true, DUTY_UNIT_HOURS, 12 },
		{ "20-30", true, DUTY_UNIT_NUMBER, 25 },
		{ "some", false, DUTY_UNIT_NONE, 0 },
		{ "30 eggs", false, DUTY_UNIT_NONE, 0 },
		{ "12345678901", false, DUTY_UNIT_NONE, 0 },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct duty_time time;
		ROW_CHECK(duty_time_read(slice_of(rows[i].cell), &time) == rows[i].ok, i);
		if (rows[i].ok && (time.unit != rows[i].unit || fabs(time.value - rows[i].value) > 1e-9))
			fail_msg("\"%s\": unit %d, %g", rows[i].cell, (int)time.unit, time.value);
	}
}

/* ---- sheets ---- */

static struct options options;
static struct error err;
static struct command command;

static int begin(void **state)
{
	(void)state;
	command = (struct command){ .options = &options, .session.err = &err, .quiet = true };
	error_clear(&err);
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(&command.session.arena);
	return 0;
}

/* "times: text share@line | ...", shares in per mille. */
static struct slice show(const struct duty_sheet *s, struct buffer *out)
{
	double sum = 0.0;
	buffer_clear(out);
	assert_true(buffer_printf(out, NULL, "%s: ", duty_times_name(s->times)));
	for (size_t i = 0; i < s->count; i++) {
		sum += s->at[i].share;
		assert_true(buffer_printf(out, NULL, "%s%.*s %.0f@%d", i ? " | " : "", (int)s->at[i].text.length,
					  s->at[i].text.at, 1000.0 * s->at[i].share, (int)s->at[i].line));
	}
	assert_true(fabs(sum - 1.0) < 1e-9);
	return buffer_slice(out);
}

static void sheets_are_read(void **state)
{
	static const struct {
		const char *name, *content, *expected;
		const char *note; /* the last; NULL: there is none */
	} rows[] = {
		{ "a.txt", "70% bake\n30% sell\n", "given: bake 700@1 | sell 300@2", NULL },
		{ "a.txt",
		  "\xEF\xBB\xBF"
		  "bake (70%)\r\n\r\nsell (30%)",
		  "given: bake 700@1 | sell 300@3", NULL },
		{ "a.txt", "bake\rsell", "equal: bake 500@1 | sell 500@2",
		  "no duty has a time: each counts for 1 of 2" },
		{ "a.txt", "bake", "equal: bake 1000@1", NULL },
		{ "a.txt", "60% bake\n40% sell\n5% clean\n", "scaled: bake 571@1 | sell 381@2 | clean 48@3",
		  "the times add up to 105 per cent, scaled to 100" },
		{ "a.txt", "30 hours: bake\n10 hours: sell", "scaled: bake 750@1 | sell 250@2",
		  "the times are 40 hours together, scaled to 100 per cent" },
		{ "a.txt", "6 hours a day: bake\n2 hours/day: sell", "scaled: bake 750@1 | sell 250@2",
		  "the times are 8 hours a day together, scaled to 100 per cent" },
		{ "a.txt", "60% bake\nsell\nclean", "filled: bake 600@1 | sell 200@2 | clean 200@3",
		  "2 duties have no time: they share the 40 per cent that the others leave" },
		{ "a.txt", "60% bake\nsell", "filled: bake 600@1 | sell 400@2",
		  "1 duty has no time: it gets the 40 per cent that the others leave" },
		{ "a.txt", "# mine\nJob title: Baker\nDuties:\n100% bake\n0% sell\nTotal 100%\n",
		  "given: bake 1000@4 | sell 0@5", NULL },
		/* what belongs together */
		{ "a.txt", "Baking (70%)\n- knead dough\n- watch the oven\n\nSelling: 30%\n",
		  "given: Baking; knead dough; watch the oven 700@1 | Selling 300@5",
		  "2 lines with a bullet and no time were taken into the duty above them" },
		{ "a.txt", "- 70% bake\n- sell", "filled: bake 700@1 | sell 300@2",
		  "1 duty has no time: it gets the 30 per cent that the others leave" },
		{ "a.txt", "70% bake bread\n    and rolls\nsell\n   all of it (30%)\n",
		  "given: bake bread and rolls 700@1 | sell all of it 300@3", NULL },
		{ "a.txt", "20-40% bake\n70% sell", "given: bake 300@1 | sell 700@2",
		  "of 1 range the middle was taken" },
		/* tables, by name or by their first line */
		{ "a.csv", "No,Duty,% of time\n1,\"bake, and boil\",70\n2,sell,30\n",
		  "given: bake, and boil 700@2 | sell 300@3",
		  "duties are taken from column Duty, times from column % of time" },
		{ "a.txt", "Task\tHours/week\nbake\t30\nsell\t10\nTotal\t40\n", "scaled: bake 750@2 | sell 250@3",
		  "the times are 40 hours together, scaled to 100 per cent" },
		{ "a.csv", "duties\n70% bake\nsell\n", "filled: bake 700@2 | sell 300@3",
		  "1 duty has no time: it gets the 30 per cent that the others leave" },
		{ "a.csv", "duty,share\nbake,0.7\nsell,0.3\n", "given: bake 700@2 | sell 300@3",
		  "duties are taken from column duty, times from column share" },
		{ "a.csv", "duty,%\nbake,70%\n,\nsell,\n", "filled: bake 700@2 | sell 300@4",
		  "1 duty has no time: it gets the 30 per cent that the others leave" },
		{ "a.txt", "{\"duty\":\"bake\",\"percent\":70}\n{\"duty\":\"sell\",\"percent\":\"30%\"}\n",
		  "given: bake 700@1 | sell 300@2", "duties are taken from column duty, times from column percent" },
		{ "a.txt", "bake\t70\nsell\t30\n", "given: bake 700@1 | sell 300@2", NULL },
	};
	struct buffer shown = { 0 };
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct duty_sheet s;
		if (!command_read_duties(&command, make_file(rows[i].name, slice_of(rows[i].content)), &s))
			fail_msg("row %zu: %s", i, err.text);
		struct slice got = show(&s, &shown), note = s.note_count ? s.notes[s.note_count - 1] : SLICE("");
		if (!slice_equal(got, slice_of(rows[i].expected)))
			fail_msg("row %zu: %.*s", i, (int)got.length, got.at);
		if (!slice_equal(note, slice_of(rows[i].note ? rows[i].note : "")))
			fail_msg("row %zu: note \"%.*s\"", i, (int)note.length, note.at);
	}
	buffer_free(&shown);
}

static void a_workbook_is_a_sheet(void **state)
{
	(void)state;
	struct duty_sheet s;
	struct buffer shown = { 0 };
	const char *path = make_book(
		"duties.xlsx",
		&(struct make_book){
			.sheet = SHEET("<row r=\"1\">" TEXT("A1", "Duty") TEXT(
				"B1", "Time") "</row>"
					      "<row r=\"2\">" TEXT(
						      "A2",
						      "bake") "<c r=\"B2\"><v>0.7</v></c></row>"
							      "<row r=\"4\">" TEXT(
								      "A4",
								      "sell") "<c r=\"B4\"><v>0.3</v></c></row>") });
	assert_true(command_read_duties(&command, path, &s));
	struct slice got = show(&s, &shown);
	assert_true(slice_equal(got, SLICE("given: bake 700@2 | sell 300@4")));
	buffer_free(&shown);
}

static void bad_sheets_are_refused(void **state)
{
	static const struct {
		const char *name;
		struct slice content;
		const char *text;
		uint64_t line;
		enum error_code code;
	} rows[] = {
		{ "a.txt", SLICE(""), "there is no duty in the sheet", 0, ERROR_INPUT },
		{ "a.txt", SLICE("\n  \n# nothing\nDuties:\n"), "there is no duty in the sheet", 0, ERROR_INPUT },
		{ "a.txt", SLICE("0% bake\n0% sell"), "the times add up to 0", 0, ERROR_INPUT },
		{ "a.txt", SLICE("0 hours: bake"), "the times add up to 0", 0, ERROR_INPUT },
		{ "a.txt", SLICE("100% bake\n100% sell\n100% clean"), "the times of 3 duties add up to 300 per cent", 0,
		  ERROR_INPUT },
		{ "a.txt", SLICE("40% bake\n49% sell"), "the times of 2 duties add up to 89 per cent", 0, ERROR_INPUT },
		{ "a.txt", SLICE("100% bake\nsell"),
		  "a duty has no time, and the others leave nothing: they add up to 100 per cent", 2, ERROR_INPUT },
		{ "a.txt", SLICE("300% bake\nsell"), "the times of 1 duty add up to 300 per cent", 0, ERROR_INPUT },
		{ "a.txt", SLICE("bake\n\n-30% sell"), "a time is negative", 3, ERROR_INPUT },
		{ "a.txt", SLICE("70% bake\n\n30%\nsell"), "a time stands without a duty", 3, ERROR_INPUT },
		{ "a.txt", SLICE("70% bake\n3 hours: sell"), "hours and other times are mixed", 2, ERROR_INPUT },
		{ "a.txt", SLICE("7 hours a day: bake\n3 hours a week: sell"), "hours a day and hours a week are mixed",
		  2, ERROR_INPUT },
		{ "a.txt", SLICE("7 hours: bake\nsell"),
		  "a duty has no time, and of hours it is not known what is left", 2, ERROR_INPUT },
		{ "a.txt", SLICE("bake\ncaf\xE9\n"), "the text is not UTF-8", 2, ERROR_INPUT },
		{ "a.txt", SLICE("bake\r\n\r\nse\0ll\r\n"), "the text is not UTF-8", 3, ERROR_INPUT },
		{ "a.csv", SLICE("who,what\nbaker,bake\n"), "there is no column of duties", 1, ERROR_INPUT },
		{ "a.csv", SLICE("duty,time\nbake,some\n"), "\"some\" is no time", 2, ERROR_INPUT },
		{ "a.csv", SLICE("duty,time\nbake,30,4\n"), "the row cannot be read: too many fields", 2, ERROR_INPUT },
		{ "a.csv", SLICE("duty,time\nba\0ke\n"), "the row cannot be read: invalid UTF-8", 2, ERROR_INPUT },
		{ "a.csv", SLICE("duty,time\n,30\n"), "a time stands without a duty", 2, ERROR_INPUT },
		{ "a.csv", SLICE("duty,time\nbake,-30\n"), "a time is negative", 2, ERROR_INPUT },
		{ "a.txt", SLICE("%PDF-1.4\nbake\n"), "this is a PDF document, not a duty sheet", 0, ERROR_INPUT },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct duty_sheet s;
		const char *path = make_file(rows[i].name, rows[i].content);
		error_clear(&err);
		ROW_CHECK(!command_read_duties(&command, path, &s), i);
		if (strcmp(err.text, rows[i].text) != 0 || err.line != rows[i].line || err.code != rows[i].code ||
		    !err.hint[0])
			fail_msg("row %zu: %s:%d: %s (%s)", i, err.file, (int)err.line, err.text, err.hint);
	}
}

static void what_is_too_long_is_refused(void **state)
{
	struct buffer text = { 0 };
	struct duty_sheet s;
	(void)state;
	assert_true(buffer_append_text(&text, "bake\n", NULL));
	for (size_t i = 0; i < 1 << 20; i++)
		assert_true(buffer_append_byte(&text, i % 9 ? 'a' : ' ', NULL));
	assert_false(command_read_duties(&command, make_file("long.txt", buffer_slice(&text)), &s));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_int_equal(err.line, 2);
	buffer_clear(&text);
	error_clear(&err);
	for (size_t i = 0; i <= DUTIES_MAX; i++)
		assert_true(buffer_append_text(&text, "bake\n", NULL));
	assert_false(command_read_duties(&command, make_file("many.txt", buffer_slice(&text)), &s));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_int_equal(err.line, DUTIES_MAX + 1);
	buffer_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_taken_apart),
		cmocka_unit_test(cells_are_times_or_not),
		cmocka_unit_test_setup_teardown(sheets_are_read, begin, end),
		cmocka_unit_test_setup_teardown(a_workbook_is_a_sheet, begin, end),
		cmocka_unit_test_setup_teardown(bad_sheets_are_refused, begin, end),
		cmocka_unit_test_setup_teardown(what_is_too_long_is_refused, begin, end),
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
