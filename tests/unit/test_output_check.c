// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_output_check.c - files that are one and the same, by whatever names.
 */
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/fault.h"
#include "lib/base/file.h"
#include "lib/base/output_check.h"

static char folder[] = "/tmp/soc-test-output-XXXXXX";

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(folder) || chdir(folder) != 0 || mkdir("release", 0777) != 0 || mkdir("release/below", 0777) != 0)
		return -1;
	static const char *const files[] = { "table", "index", "release/one", "release/below/two" };
	for (size_t i = 0; i < COUNT(files); i++) {
		int fd = open(files[i], O_WRONLY | O_CREAT, 0666);
		if (fd < 0 || close(fd) != 0)
			return -1;
	}
	return symlink("table", "link") || link("table", "second") || symlink("absent", "dangling") ||
			       symlink("release", "folder") || mkfifo("pipe", 0666)
		       ? -1
		       : 0;
}

static int tear_down(void **state)
{
	(void)state;
	file_remove_folder("release/below");
	file_remove_folder("release");
	return chdir("/") == 0 ? (file_remove_folder(folder), 0) : -1;
}

static void files_are_told_apart(void **state)
{
	(void)state;
	static const struct {
		const char *read, *written, *written_too;
		bool outside, ok;
	} rows[] = {
		{ "table", "out", NULL, false, true },
		{ "table", "table", NULL, false, false },
		{ "table", "./table", NULL, false, false },
		{ "table", "release/../table", NULL, false, false },
		{ "table", "link", NULL, false, false },
		{ "link", "table", NULL, false, false },
		{ "table", "second", NULL, false, false },
		{ "absent", "out", NULL, false, true },
		{ NULL, "out", "out", false, false },
		{ NULL, "out", "./out", false, false },
		{ NULL, "folder/new", "release/new", false, false },
		{ NULL, "folder/new", "release/other", false, true },
		{ NULL, "nowhere/out", "nowhere/out", false, true }, /* opening it will tell */
		{ "table", "out", "table", false, false },
		{ NULL, NULL, NULL, false, true },
		{ "pipe", "pipe", NULL, false, true },
		{ "/dev/null", "/dev/null", "/dev/null", false, true },
		{ "release", "release/one", NULL, false, true },
		{ "release", "release/one", NULL, true, false },
		{ "release", "release/below/two", NULL, true, false },
		{ "folder", "release/below/two", NULL, true, false },
		{ "release", "release/new", NULL, true, true },
		{ "release", "table", NULL, true, true },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		const struct file_given files[] = {
			{ .name = "the table", .path = rows[i].read, .use = FILE_READ },
			{ .name = "--output",
			  .path = rows[i].written,
			  .use = FILE_WRITTEN,
			  .outside = rows[i].outside },
			{ .name = "--report", .path = rows[i].written_too, .use = FILE_WRITTEN },
		};
		ROW_CHECK(output_check(files, COUNT(files), &err) == rows[i].ok, i);
		ROW_CHECK(rows[i].ok ? err.code == ERROR_NONE : err.code == ERROR_USAGE, i);
	}
}

static void both_are_named(void **state)
{
	(void)state;
	struct error err = { 0 };
	const struct file_given files[] = { { .name = "--overrides", .path = "link", .use = FILE_READ },
					    { .name = "--review-file", .path = "table", .use = FILE_WRITTEN } };
	assert_false(output_check(files, COUNT(files), &err));
	assert_string_equal(err.text, "--review-file would write over --overrides: table");
	assert_string_equal(err.hint, "name another file for --review-file: nothing has been written");
}

static void standard_output_counts(void **state)
{
	(void)state;
	struct error err = { 0 };
	const struct file_given files[] = { { .name = "the table", .path = "table", .use = FILE_READ },
					    { .name = "standard output", .path = "-", .use = FILE_WRITTEN } };
	assert_true(output_check(files, COUNT(files), &err));
	fflush(stdout);
	int saved = dup(STDOUT_FILENO), fd = open("table", O_WRONLY | O_APPEND);
	assert_true(saved >= 0 && fd >= 0 && dup2(fd, STDOUT_FILENO) >= 0);
	bool ok = output_check(files, COUNT(files), &err);
	assert_true(dup2(saved, STDOUT_FILENO) >= 0);
	close(saved);
	close(fd);
	assert_false(ok);
	assert_string_equal(err.text, "standard output would write over the table: table");
}

#ifdef SOC_FAULTS
static void memory_may_be_short(void **state)
{
	(void)state;
	const struct file_given files[] = { { .name = "a", .path = "new", .use = FILE_WRITTEN },
					    { .name = "b", .path = "newer", .use = FILE_WRITTEN } };
	bool ok = false;
	for (long at = 1; !ok && at < 100; at++) {
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, at, false);
		ok = output_check(files, COUNT(files), &err);
		fault_arm(FAULT_MEMORY, 0, false);
		assert_true(ok || err.code == ERROR_MEMORY);
	}
	assert_true(ok);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_told_apart),
		cmocka_unit_test(both_are_named),
		cmocka_unit_test(standard_output_counts),
#ifdef SOC_FAULTS
		cmocka_unit_test(memory_may_be_short),
#endif
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
