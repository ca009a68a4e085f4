// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * input_rows.h - the rows of the table that is coded.
 */
#ifndef SOC_QUERY_BATCH_INPUT_ROWS_H
#define SOC_QUERY_BATCH_INPUT_ROWS_H

#include "lib/table/column_guess.h"
#include "query/batch/row.h"

/* Zero-initialise; input_rows_close() after use. */
struct input_rows {
	int descriptor; /* of a pipe that was named; 0: none */
	bool empty;     /* of a pipe: nothing came through it, not even a header */
	struct input_source *input_source;
	struct table *table;
	struct columns columns;
	struct buffer notes; /* what is to be told of how the table was found, each with a line end */
	bool with_id;        /* rows have ids of their own */
	bool keep;           /* all columns are passed through */
	struct slice *names; /* of the columns, as they are kept; borrowed from the table */
	size_t name_count;
	struct slice *fields; /* of the current row */
	uint64_t number;
	uint64_t converted; /* rows that were Windows-1252 */
	uint64_t size;      /* of the input, in the measure of input_rows_position(); 0: unknown */
};

/* Open a file, or standard input for "-".  An empty pipe is no error: where a table is split among many processes, some
 * may get nothing.  `wait` is called with `ctx` before a read that has to wait for input. */
bool input_rows_open(const char *path, const struct column_layout *layout,
		     const struct column_wish wishes[COLUMN_COUNT], bool (*wait)(void *ctx), void *ctx,
		     struct input_rows *out, struct error *err);
/* Choose whether all columns are passed through. */
bool input_rows_choose(struct input_rows *r, bool keep, struct error *err);

/* The next row, borrowed until the one after it; TABLE_FAILED only where reading itself fails. */
enum table_status input_rows_next(struct input_rows *r, struct batch_row *row, struct error *err);
uint64_t input_rows_position(const struct input_rows *r);
void input_rows_close(struct input_rows *r);

#endif
