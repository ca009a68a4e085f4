// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xlsx_cell_format.h - what stands in a cell of a worksheet, as text.
 *
 * Numbers as a reader takes a code or a year: without exponent and without digits that binary fractions
 * leave behind; dates as ISO 8601.  The same in every locale.
 */
#ifndef SOC_TABLE_XLSX_CELL_FORMAT_H
#define SOC_TABLE_XLSX_CELL_FORMAT_H

#include "lib/base/memory.h"

enum { CELL_TEXT = 64 }; /* room for any number or date */

/* How a number is meant, by its number format. */
enum number_kind {
	NUMBER_PLAIN,
	NUMBER_DATE,      /* 2024-10-01 */
	NUMBER_DATE_TIME, /* 2024-10-01T13:45:00 */
	NUMBER_TIME,      /* 13:45:00 */
	NUMBER_ELAPSED,   /* 37:45:00 */
	NUMBER_DIGITS     /* by a pattern: 00-0000 */
};

enum { NUMBER_PATTERN = 16 };

struct number_format {
	enum number_kind kind;
	char pattern[NUMBER_PATTERN]; /* of NUMBER_DIGITS: zeros and hyphens; NUL at the end */
};

/* By the number of a built-in format, and by the code of any other ("yyyy\-mm\-dd"). */
struct number_format number_format_builtin(unsigned id);
struct number_format number_format_parse(struct slice code);

/* Write a number as stored ("45200", "2.9000000000000001E-2") as its format wants it; a number that is no
 * date stays a number.  The length, or 0 where `stored` is no number. */
size_t cell_number(struct slice stored, const struct number_format *format, bool epoch_1904, char to[CELL_TEXT]);

/* Resolve the escapes of SpreadsheetML (`_x000D_`) in place; the new length.  A NUL vanishes. */
size_t cell_unescape(char *at, size_t length);

/* Whether a text is longer than a cell may hold: 32,767 UTF-16 units. */
bool cell_too_long(struct slice text);

#endif
