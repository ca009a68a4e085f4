// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <errno.h>
#include <string.h>

#include "lib/base/error.h"

static void first_cause_wins(void **state)
{
	(void)state;
	struct error err = { 0 };
	assert_false(error_set(&err, ERROR_INPUT, "look", "row %d", 7));
	assert_false(error_set(&err, ERROR_IO, NULL, "later"));
	assert_int_equal(err.code, ERROR_INPUT);
	assert_string_equal(err.text, "row 7");
	assert_string_equal(err.hint, "look");
	assert_false(error_set(NULL, ERROR_IO, NULL, "nobody listens"));
	error_clear(&err);
	assert_int_equal(err.code, ERROR_NONE);
	error_no_memory(&err);
	assert_int_equal(err.code, ERROR_MEMORY);
}

static void text_is_cut_between_characters(void **state)
{
	(void)state;
	char text[2000];
	/* 0 to 3 letters before two-, three- and four-byte characters: every way to fall on the border. */
	static const char *const characters[] = { "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x99\x82" };
	for (size_t c = 0; c < COUNT(characters); c++) {
		for (size_t before = 0; before < 4; before++) {
			size_t size = strlen(characters[c]);
			size_t used = before;
			memset(text, 'a', before);
			while (used + size < sizeof text) {
				memcpy(text + used, characters[c], size);
				used += size;
			}
			text[used] = '\0';
			struct error err = { 0 };
			error_set(&err, ERROR_INPUT, text, "%s", text);
			ROW_CHECK((strlen(err.text) - before) % size == 0, c);
			ROW_CHECK((strlen(err.hint) - before) % size == 0, c);
			ROW_CHECK(strlen(err.text) >= sizeof err.text - 4, c);
		}
	}
}

static void reason_survives_a_long_path(void **state)
{
	(void)state;
	char path[3000];
	memset(path, 'p', sizeof path - 1);
	path[sizeof path - 1] = '\0';
	struct error err = { 0 };
	error_set_errno(&err, ENOSPC, NULL, "cannot write %s", path);
	assert_int_equal(err.code, ERROR_IO);
	assert_non_null(strstr(err.text, ": No space left on device"));
	assert_non_null(strstr(err.hint, "free some space"));
	error_clear(&err);
	error_set_errno(&err, ENOMEM, NULL, "cannot map");
	assert_int_equal(err.code, ERROR_MEMORY);
}

static void place_is_added_once(void **state)
{
	(void)state;
	struct error err = { 0 };
	error_at(&err, "a", 1, 1);
	assert_string_equal(err.file, "");
	error_set(&err, ERROR_INPUT, NULL, "x");
	error_at(&err, "a.zip: T.txt", 3, 2);
	error_at(&err, "outer", 9, 9);
	assert_string_equal(err.file, "a.zip: T.txt");
	assert_int_equal(err.line, 3);
	assert_int_equal(err.column, 2);
}

static void print(const struct error *err, char *out, size_t size)
{
	FILE *stream = tmpfile();
	assert_non_null(stream);
	error_print(stream, "soc", err);
	rewind(stream);
	size_t length = fread(out, 1, size - 1, stream);
	out[length] = '\0';
	fclose(stream);
}

static void printed(void **state)
{
	(void)state;
	static const struct {
		struct error err;
		const char *expected;
	} rows[] = {
		{ { ERROR_IO, "it broke", "", "", 0, 0 }, "soc: it broke\n" },
		{ { ERROR_IO, "it broke", "mend it", "", 0, 0 }, "soc: it broke\nhint: mend it\n" },
		{ { ERROR_INPUT, "bad", "", "f.txt", 12, 3 }, "soc: f.txt:12:3: bad\n" },
		{ { ERROR_INPUT, "bad", "", "f.txt", 12, 0 }, "soc: f.txt:12: bad\n" },
		{ { ERROR_INPUT, "bad", "", "f.txt", 0, 0 }, "soc: f.txt: bad\n" },
		{ { ERROR_INPUT, "bad", "", "", 4, 0 }, "soc: line 4: bad\n" },
		{ { ERROR_INPUT,
		    "a\033[2Jb\xFF\xC2\x9B"
		    "c\xE2\x80\xAE",
		    "", "x\ny", 0, 0 },
		  "soc: x y: a?[2Jb??c?\n" },
		{ { ERROR_INPUT, "caf\xC3\xA9", "", "", 0, 0 }, "soc: caf\xC3\xA9\n" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char out[1000];
		print(&rows[i].err, out, sizeof out);
		if (strcmp(out, rows[i].expected) != 0)
			fail_msg("row %zu: got %s", i, out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_cause_wins),
		cmocka_unit_test(text_is_cut_between_characters),
		cmocka_unit_test(reason_survives_a_long_path),
		cmocka_unit_test(place_is_added_once),
		cmocka_unit_test(printed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
