// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/base/error_caret.h"

static void points(void **state)
{
	(void)state;
	static const struct {
		struct slice line;
		size_t offset;
		const char *text;
	} rows[] = {
		{ { "abc", 3 }, 0, "wrong\n  abc\n  ^" },
		{ { "abc", 3 }, 2, "wrong\n  abc\n    ^" },
		{ { "abc", 3 }, 3, "wrong\n  abc\n     ^" },
		{ { "abc", 3 }, 99, "wrong\n  abc\n     ^" },
		{ { "", 0 }, 0, "wrong\n  \n  ^" },
		{ { NULL, 0 }, 0, "wrong\n  \n  ^" },
		{ { "\xC3\xA9x", 3 }, 2, "wrong\n  \xC3\xA9x\n   ^" },          /* one column, two bytes */
		{ { "\xC3\xA9x", 3 }, 1, "wrong\n  \xC3\xA9x\n  ^" },           /* inside a character */
		{ { "\xE6\xBC\xA2x", 4 }, 3, "wrong\n  \xE6\xBC\xA2x\n    ^" }, /* two columns */
		{ { "\xBE\xBE(", 3 }, 1, "wrong\n  \xBE\xBE(\n  ^" },           /* no character at all */
		{ { "\xBE\xBE\xBE\xBE\xBE", 5 }, 4, "wrong\n  \xBE\xBE\xBE\xBE\xBE\n   ^" },
		{ { "a\nb\tc", 5 }, 4, "wrong\n  a b c\n      ^" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		error_set(&err, ERROR_USAGE, NULL, "wrong");
		assert_false(error_caret_add(&err, rows[i].line, rows[i].offset));
		if (strcmp(err.text, rows[i].text) != 0)
			fail_msg("row %zu: %s", i, err.text);
	}
}

/* Bytes that are no text, at every offset. */
static void survives_bytes(void **state)
{
	(void)state;
	static const char *const lines[] = { "\xBE>:(?2\\\x8C\x9Ass", "\x80", "\xE2\x82", "\xF0\x9F\x98\x80\x80\x80" };
	for (size_t i = 0; i < COUNT(lines); i++) {
		size_t length = strlen(lines[i]);
		char *line = malloc(length); /* so that a sanitizer sees its ends */
		memcpy(line, lines[i], length);
		for (size_t offset = 0; offset <= length; offset++) {
			struct error err = { 0 };
			error_set(&err, ERROR_USAGE, NULL, "wrong");
			error_caret_add(&err, (struct slice){ line, length }, offset);
			ROW_CHECK(err.text[strlen(err.text) - 1] == '^', i);
		}
		free(line);
	}
}

/* Of a long line only what stands around the place. */
static void cuts_long_lines(void **state)
{
	(void)state;
	char line[5001] = "";
	static const size_t offsets[] = { 0, 59, 60, 61, 2500, 4939, 4940, 4999, 5000 };
	for (size_t i = 0; i < 2500; i++)
		memcpy(line + 2 * i, "\xC3\xA9", 2);
	for (size_t i = 0; i < COUNT(offsets); i++) {
		struct error err = { 0 };
		error_set(&err, ERROR_USAGE, NULL, "wrong");
		error_caret_add(&err, slice_of(line), offsets[i]);
		const char *first = strchr(err.text, '\n'), *second = first ? strchr(first + 1, '\n') : NULL;
		ROW_CHECK(second && strlen(second) <= 80 && strlen(first) < 300, i);
	}
}

static void leaves_alone(void **state)
{
	(void)state;
	struct error err = { 0 };
	assert_false(error_caret_add(NULL, SLICE("abc"), 0));
	assert_false(error_caret_add(&err, SLICE("abc"), 0));
	assert_int_equal(err.code, ERROR_NONE);
	/* No room: half a line would point nowhere. */
	char full[sizeof err.text];
	memset(full, 'x', sizeof full - 1);
	full[sizeof full - 1] = '\0';
	error_set(&err, ERROR_USAGE, NULL, "%s", full);
	error_caret_add(&err, SLICE("abc"), 0);
	assert_string_equal(err.text, full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(points),
		cmocka_unit_test(survives_bytes),
		cmocka_unit_test(cuts_long_lines),
		cmocka_unit_test(leaves_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
