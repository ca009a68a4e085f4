// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * csv_reader.h - text with a delimiter between fields and a line end between rows, as a stream of rows.
 *
 * Two dialects and what lies between: TSV as O*NET writes it (tabs, no quoting) and CSV by RFC 4180
 * (quoted fields may hold delimiters, line ends and doubled quotes).  A line ends at LF, CRLF or CR; a
 * byte order mark is skipped; lines without any character are no rows.  No allocation for a row; memory
 * is bounded by the limit of a row, CSV_LIMIT.
 *
 * Spreadsheet programs write Windows-1252, and files put together from several are of both kinds.  Text in
 * Windows-1252 is hardly ever valid UTF-8, so each field can be judged by itself.
 *
 * A release that is malformed has to be looked at; a table of somebody's jobs has to be gone through to its end.  So a
 * forgiving dialect cuts what is too long in place of dropping the row, and takes a quote that never closes for text:
 * the row ends with its line, and the next line is a row again.  A quote may also be closed by one that belongs to a
 * later row: so a field of several lines is text too where it has more lines than it may, or where the row then has
 * fewer fields than it needs, and its first line alone has enough.
 *
 * Knows nothing of releases: it needs lib/base/ only.
 */
#ifndef SOC_TABLE_CSV_READER_H
#define SOC_TABLE_CSV_READER_H

#include "lib/base/memory.h"

enum {
	CSV_LIMIT = 1 << 20,     /* bytes of a row, quotes and line end not counted */
	CSV_FIELD_CUT = 1 << 18, /* where a forgiving dialect cuts a field */
	CSV_FIELDS = 1 << 14     /* fields of a row that are kept: as many as a spreadsheet has columns */
};

struct csv_dialect {
	char delimiter;
	bool quotes;         /* "a ""quoted"" field" */
	bool windows_1252;   /* a field that is no UTF-8 is taken for that */
	bool forgiving;      /* no row is dropped, no quote ends the reading */
	bool blank_rows;     /* a line without any character is a row of one empty field */
	size_t quoted_lines; /* line ends that a quoted field of a forgiving dialect may have; 0: any number */
};

/* Bytes come from here: at most `size` of them, *got == 0 at the end; false with *err filled. */
struct csv_source {
	bool (*read)(void *ctx, void *to, size_t size, size_t *got, struct error *err);
	void *ctx;
};

enum csv_fault {
	CSV_FINE,
	CSV_TOO_LONG,  /* skipped: the row has no fields */
	CSV_BAD_BYTES, /* invalid UTF-8 or a NUL, in field `column`; of a dialect with Windows-1252
					  what is invalid in both */
	CSV_OPEN_QUOTE /* a quote in it is never closed; of a forgiving dialect */
};

struct csv_row {
	const struct slice *fields; /* borrowed until the next row */
	size_t count;               /* may exceed CSV_FIELDS: then only so many are kept */
	uint64_t line;              /* 1-based line on which the row begins */
	enum csv_fault fault;
	uint32_t column; /* 1-based field of the fault; 0: the row as a whole */
	bool converted;  /* a field of it was Windows-1252 */
	bool cut;        /* a field of it was cut; of a forgiving dialect */
	bool blank;      /* a line without any character; of a dialect with blank_rows */
};

enum csv_status {
	CSV_ROW,
	CSV_END,
	CSV_FAILED /* *err filled: the source failed, or a quote never closes (not where the dialect is
					  forgiving) */
};

struct csv_reader;

struct csv_reader *csv_reader_new(struct csv_dialect dialect, struct csv_source source, struct error *err);
enum csv_status csv_reader_next(struct csv_reader *d, struct csv_row *row, struct error *err);
/* From now on a row of a forgiving dialect needs so many fields, where a quoted field of several lines is judged. */
void csv_reader_expect(struct csv_reader *d, size_t fields);
void csv_reader_free(struct csv_reader *d);

#endif
