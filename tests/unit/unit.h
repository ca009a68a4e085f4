// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * unit.h - what the unit tests share: cmocka with the headers it wants before it, and tables.
 */
#ifndef SOC_TESTS_UNIT_H
#define SOC_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* Elements of an array. */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* In a table: which row is at fault, before the assertion speaks. */
#define ROW_CHECK(condition, row)                                                       \
	do {                                                                            \
		if (!(condition))                                                       \
			fail_msg("row %zu: not true: %s", (size_t)(row), #condition);   \
	} while (0)

#endif
