// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * unit.h - what the unit tests share: cmocka with the headers it wants before it, and tables.
 */
#ifndef SOC_TESTS_UNIT_UNIT_H
#define SOC_TESTS_UNIT_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Elements of an array. */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* In a table: which row is at fault, before the assertion speaks. */
#define ROW_CHECK(condition, row) \
	do { \
		if (!(condition)) \
			fail_msg("row %zu: not true: %s", (size_t)(row), #condition); \
	} while (0)

/* The path of a file among the test data; skips the test where it is not there. */
static inline void find_data(const char *name, char *path, size_t size)
{
	const char *data = getenv("SOC_TEST_DATA");
	const char *ci = getenv("CI");
	const char *required = getenv("SOC_TEST_REQUIRE_DATA");

	snprintf(path, size, "%s/%s", data && *data ? data : "../shared/data", name);
	if (access(path, R_OK) == 0)
		return;
	if ((ci && strcmp(ci, "true") == 0) || (required && strcmp(required, "1") == 0))
		fail_msg("%s is not there", path);
	print_message("SKIP: %s is not there (see SOC_TEST_DATA)\n", path);
	skip();
}

#endif
