// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * table.h - one table of a release as a stream of rows, whatever format it is stored in.
 *
 * The format is told from the first bytes of the member.
 */
#ifndef SOC_TABLE_TABLE_H
#define SOC_TABLE_TABLE_H

#include "lib/table/table_format.h"

/* A word or two for each reason, for summaries ("unknown code"). */
const char *reject_reason_name(enum reject_reason reason);

struct table;

/* Errors as table_open(). */
bool table_sheets_list(struct input_source *input_source, size_t member, struct table_sheets *out, struct error *err);
void table_sheets_free(struct table_sheets *sheets);

/* Errors: those of stream_open() and stream_read(); ERROR_INPUT where the content is no table but a
 * picture, a web page and so on, or has no such sheet. */
bool table_open(const struct table_place *place, struct table **out, struct error *err);
/* The same as options say; NULL: none.  A forgiving table is read to its end whatever is in it
 * (lib/table/csv_reader.h): a long row is cut, and a quote that is never closed is the fault of one row.  Fields may be
 * separated by semicolons or vertical bars, and be Windows-1252 also between tabs; empty fields behind the last column
 * are no fault; and in a table of one column an empty line is a row, as is a row of a sheet without a cell. */
bool table_open_with(const struct table_place *place, const struct table_options *options, struct table **out,
		     struct error *err);

/* The next rows before their turn, at most `rows` of them; fewer at the end of the table, where reading on fails, or where
 * they take more than some MiB.  Borrowed until the next one is taken.  They are those of the format: nothing is compared
 * with the header.  False: ERROR_MEMORY. */
bool table_peek(struct table *t, size_t rows, const struct table_row **out, size_t *count, struct error *err);
/* Pass so many rows as table_peek() gives them. */
enum table_status table_skip(struct table *t, size_t rows, struct error *err);

/* Take the next row as the header.  A table with a preamble is asked again until the header suits.
 * TABLE_END: there is no such row. */
enum table_status table_next_header(struct table *t, struct error *err);
/* Take no row as the header: the columns are called 1, 2 and so on, as many as the first row has. */
bool table_number_columns(struct table *t, struct error *err);
/* The fields of the header, owned by the table; trailing empty ones are not counted. */
const struct slice *table_header(const struct table *t, size_t *count);
uint64_t table_header_line(const struct table *t);
/* With the empty ones behind them; of a sheet, where rows may have cells beyond the header, as many as there can be. */
size_t table_field_count(const struct table *t);
/* Whether rows name their own columns, as in JSON Lines; and whether it is a sheet of several. */
bool table_has_own_names(const struct table *t);
bool table_has_sheets(const struct table *t);

/* Expect a column that the header does not have, but rows may: *added says whether the format knows of such. */
bool table_add_column(struct table *t, struct slice name, size_t *column, bool *added, struct error *err);

/* Say which fields of the header are wanted.  The others may be left empty from now on, and what is wrong
 * with them unsaid; reading a wide workbook becomes several times as fast.  In a sheet, one may ask for a
 * column behind the last of the header too; it is there in rows that have as many.  Asking for another
 * header takes all of it back. */
bool table_want(struct table *t, const size_t *fields, size_t count, struct error *err);

/* The next row below the header.  In text, a row with fewer or more fields than the header has is marked
 * REJECT_FEW_FIELDS or REJECT_MANY_FIELDS: which field is missing cannot be known.  In a sheet, where cells
 * have places, every row has the fields of the header, and what stands beside them is left out. */
enum table_status table_next(struct table *t, struct table_row *row, struct error *err);

uint64_t table_position(const struct table *t); /* as stream_position() */
const char *table_place_name(const struct table *t);
const char *table_format_name(const struct table *t);
void table_close(struct table *t);

#endif
