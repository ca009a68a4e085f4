// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * json_lines.h - one JSON object a line (https://jsonlines.org) as a stream of rows, for table.c.
 *
 * The members of the first 1,000 objects that can be read are the columns, and of a pipe those of the first; a member that
 * comes up later becomes one where its name is known (struct table_options).  Text comes decoded; numbers, true and false as
 * they are written, so that an id keeps its digits; null as nothing; arrays and objects as their JSON.  What is
 * malformed is a row that is rejected, never the end; a line beyond JSON_LINE_CUT is cut, and what stands before the
 * cut is used.  Nothing is allocated for a row.
 */
#ifndef SOC_TABLE_JSON_LINES_H
#define SOC_TABLE_JSON_LINES_H

#include "lib/table/table_format.h"

enum {
	JSON_LINE_CUT = 1 << 20,
	JSON_DEPTH_MAX = 256 /* arrays and objects inside each other */
};

bool json_lines_probe(struct slice head);
extern const struct table_format json_lines_format;

#endif
