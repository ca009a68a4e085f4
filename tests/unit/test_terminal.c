// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>
#include <time.h>

#include "lib/base/progress.h"
#include "lib/base/terminal.h"

static void columns(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t columns;
	} rows[] = {
		{ "", 0 },
		{ "abc", 3 },
		{ "caf\xC3\xA9", 4 },
		{ "e\xCC\x81", 1 },                /* e and a combining accent */
		{ "\xE6\xBC\xA2\xE5\xAD\x97", 4 }, /* two wide characters */
		{ "a\xFF"
		  "b",
		  3 },
		{ "\xE2\x82", 2 }, /* cut in the middle: two bytes */
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		ROW_CHECK(terminal_columns(slice_of(rows[i].text)) == rows[i].columns, i);
}

static void cleaned(void **state)
{
	(void)state;
#define BAD "\xEF\xBF\xBD"
	static const struct {
		struct slice text;
		const char *clean;
	} rows[] = {
		{ { "", 0 }, "" },
		{ { "plain \xE2\x82\xAC", 9 }, "plain \xE2\x82\xAC" },
		{ { "\033[31m", 5 }, BAD "[31m" },
		{ { "a\0b", 3 }, "a" BAD "b" },
		{ { "a\tb\r\nc", 6 }, "a b  c" },
		{ { "\xC2\x9B"
		    "2J",
		    4 },
		  BAD "2J" }, /* CSI as one character */
		{ { "\xFF\xE2\x82", 3 }, BAD BAD BAD },
		{ { "\xE2\x80\xAE"
		    "gpj.exe",
		    10 },
		  BAD "gpj.exe" },              /* right-to-left override */
		{ { "\xE2\x80\xA8", 3 }, " " }, /* line separator */
		{ { "\x7F", 1 }, BAD },
		{ { "\xED\xA0\x80", 3 }, BAD BAD BAD }, /* a surrogate */
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer out = { 0 };
		assert_true(terminal_clean(rows[i].text, &out, NULL));
		ROW_CHECK(slice_equal(buffer_slice(&out), slice_of(rows[i].clean)), i);
		buffer_free(&out);
	}
}

static void width(void **state)
{
	(void)state;
	static const struct {
		const char *columns;
		int width;
	} rows[] = {
		{ "100", 100 }, { "10", 40 }, { "5000", 200 }, { "99999999999999999999", 200 },
		{ "0", 80 },    { "", 80 },   { "80x", 80 },   { "-5", 80 },
	};
	FILE *stream = tmpfile();
	for (size_t i = 0; i < COUNT(rows); i++) {
		setenv("COLUMNS", rows[i].columns, 1);
		ROW_CHECK(terminal_width(stream) == rows[i].width, i);
	}
	unsetenv("COLUMNS");
	assert_int_equal(terminal_width(stream), 80);
	fclose(stream);
}

static void colour(void **state)
{
	(void)state;
	FILE *stream = tmpfile();
	setenv("TERM", "xterm", 1);
	setenv("NO_COLOR", "1", 1);
	assert_true(terminal_colour(stream, "always"));
	assert_false(terminal_colour(stream, "never"));
	unsetenv("NO_COLOR");
	assert_false(terminal_colour(stream, "auto"));
	assert_false(terminal_colour(stream, NULL));
	fclose(stream);
}

static const char *run_progress(enum progress_style style)
{
	static char out[4000];
	FILE *stream = tmpfile();
	struct progress *p = progress_new(stream, style);
	assert_non_null(p);
	progress_begin(p, "Titles", 1000);
	for (int i = 0; i < 1000; i++)
		progress_add(p, 1);
	progress_hide(p);
	progress_end(p, "1,000 rows");
	progress_begin(p, "Other", 0);
	progress_add(p, 5);
	progress_end(p, NULL);
	progress_begin(p, "Unfinished", 0);
	progress_free(p);
	rewind(stream);
	out[fread(out, 1, sizeof out - 1, stream)] = '\0';
	fclose(stream);
	return out;
}

static void progress(void **state)
{
	(void)state;
	assert_string_equal(run_progress(PROGRESS_LINES), "Titles: 1,000 rows\nOther\n");
	assert_string_equal(run_progress(PROGRESS_AUTO), "Titles: 1,000 rows\nOther\n");
	assert_string_equal(run_progress(PROGRESS_QUIET), "");
	const char *bar = run_progress(PROGRESS_BAR);
	assert_non_null(strstr(bar, "\rTitles ["));
	assert_non_null(strstr(bar, "\r\033[KTitles: 1,000 rows\n"));
	/* What was left unfinished is taken away. */
	assert_string_equal(bar + strlen(bar) - 4, "\r\033[K");
	progress_begin(NULL, "x", 1);
	progress_add(NULL, 1);
	progress_rows(NULL, 1, 1);
	progress_hide(NULL);
	progress_end(NULL, NULL);
	progress_free(NULL);
}

/* Rows, how many a second, and how long it may still take: half of the work took 150 ms. */
static void progress_of_rows(void **state)
{
	(void)state;
	static char out[4000];
	FILE *stream = tmpfile();
	struct progress *p = progress_new(stream, PROGRESS_BAR);
	unsigned long rows, rate, minutes, seconds;
	const struct timespec pause = { 0, 150000000 };
	assert_non_null(p);
	progress_begin(p, "coding", 1000);
	for (int i = 0; i < 2; i++) {
		nanosleep(&pause, NULL);
		progress_rows(p, 250, 50);
	}
	progress_end(p, NULL);
	rewind(stream);
	out[fread(out, 1, sizeof out - 1, stream)] = '\0';
	fclose(stream);
	const char *last = strstr(out, " 50%");
	assert_non_null(last);
	assert_int_equal(sscanf(last, " 50%%  %lu rows, %lu/s, %lu:%lu left", &rows, &rate, &minutes, &seconds), 4);
	assert_true(rows == 100 && rate > 0 && rate <= 100 / 0.3 && minutes == 0);
	progress_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns), cmocka_unit_test(cleaned),  cmocka_unit_test(width),
		cmocka_unit_test(colour),  cmocka_unit_test(progress), cmocka_unit_test(progress_of_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
