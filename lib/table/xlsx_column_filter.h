// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xlsx_column_filter.h - leave cells out of a worksheet before the XML parser sees them.
 *
 * A disclosure file has 90 columns, of which three or four are wanted, and parsing XML is what reading a
 * workbook costs.  So cells of other columns are cut out of the bytes, by a scan for angle brackets only.
 * That is exact for well-formed XML without comments, CDATA sections and processing instructions; the
 * filter retires for good at the first sign of one of these, or of anything else that it does not know.
 * What is wrong inside a cell that is cut out goes unnoticed.
 */
#ifndef SOC_TABLE_XLSX_COLUMN_FILTER_H
#define SOC_TABLE_XLSX_COLUMN_FILTER_H

#include "lib/base/memory.h"

/* Columns of a worksheet: A to XFD. */
enum { SHEET_COLUMNS = 16384, SHEET_ROWS = 1048576 };

enum filter_phase {
	FILTER_BEFORE, /* before the rows */
	FILTER_ROWS,
	FILTER_OFF /* everything passes */
};

/* Zero-initialise. */
struct xlsx_column_filter {
	enum filter_phase phase;
	const bool *wanted;  /* by column; NULL: all.  Borrowed; may be set at any time */
	size_t wanted_count; /* columns beyond are not wanted */
	bool begun;
	char prefix[16]; /* of elements, with its colon */
	size_t prefix_length;
	bool in_row;     /* a row has begun since columns were chosen */
	bool content;    /* a cell that is not wanted has passed: the row is not blank */
	uint32_t column; /* of the last cell, from 1 */
	bool cut_last;   /* the parser does not know of that cell */
};

/* As struct xml_filter wants it; ctx is a column_filter. */
size_t xlsx_column_filter_pass(void *ctx, const char *in, size_t length, bool last, char *out, size_t *used);

/* The column of a reference such as "AB12", from 1; 0 where it is none, SHEET_COLUMNS + 1 where it is
 * beyond the last. */
uint32_t cell_column(const char *reference, size_t length);
/* The letters of a column; the length. */
size_t cell_column_name(uint32_t column, char to[8]);

#endif
