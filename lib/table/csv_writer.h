// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * csv_writer.h - writes rows of fields as CSV or TSV, which csv_reader.h reads.
 *
 *   CSV   by RFC 4180: a field is quoted where it holds a comma, a quotation mark, a line end or a blank at an end;
 *         rows end with CR LF
 *   TSV   no quoting: tabs and line ends inside a field become a blank; rows end with LF
 *
 * Other control characters become U+FFFD, so that no text can steer a terminal.  That writing failed is known from
 * ferror() of the stream.
 */
#ifndef SOC_TABLE_CSV_WRITER_H
#define SOC_TABLE_CSV_WRITER_H

#include <stdio.h>

#include "lib/table/csv_reader.h"

/*
 * For a spreadsheet, a cell that it would run (one that begins with = + - @, tab or carriage return and is no number) gets
 * an apostrophe in front, which makes text of it; so does one that has such apostrophes already.  cell_without_guard()
 * takes it off again.
 */
enum csv_purpose {
	CSV_FOR_PROGRAMS, /* cells are written as they are */
	CSV_FOR_PEOPLE,   /* what a spreadsheet would run is text */
	CSV_FOR_EXCEL     /* codes too: 11-2021 is a date to it */
};

struct csv_writer {
	FILE *stream;
	struct buffer *buffer; /* where not NULL: takes the place of the stream */
	struct error *err;     /* filled where memory fails: something is missing then */
	struct csv_dialect dialect;
	enum csv_purpose purpose;
	size_t fields;  /* of the current row so far */
	size_t written; /* bytes of these fields */
};

/* Put one field of a row: text, a whole number, a number of six digits, or nothing. */
void csv_put(struct csv_writer *o, struct slice value);
void csv_put_text(struct csv_writer *o, const char *value);
void csv_put_count(struct csv_writer *o, uint64_t value);
void csv_put_real(struct csv_writer *o, double value);
/* A code: for Excel as ="11-2021". */
void csv_put_code(struct csv_writer *o, struct slice code);

/* The row is complete. */
void csv_end(struct csv_writer *o);

/* A row of its own: names of columns, separated by blanks. */
void csv_header(struct csv_writer *o, const char *names);

/* A cell as it was before it was written for a spreadsheet. */
struct slice cell_without_guard(struct slice cell);

#endif
