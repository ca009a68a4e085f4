// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xlsx_sheet.h - one worksheet as a stream of rows.
 *
 * The XML is parsed while rows are asked for; what is kept is one row.  A row has a field for every column
 * up to the last one seen so far, so that a field is found by its column whatever cells are left out.  Rows
 * without content are no rows.
 */
#ifndef SOC_TABLE_XLSX_SHEET_H
#define SOC_TABLE_XLSX_SHEET_H

#include "lib/table/table_format.h"
#include "lib/table/xlsx_workbook.h"

enum { SHEET_ROW_LIMIT = 1 << 20 }; /* bytes of the texts of a row */

struct xlsx_sheet;

/* `w` must outlive it. */
bool xlsx_sheet_open(struct xlsx_workbook *w, size_t index, struct xlsx_sheet **out, struct error *err);
enum table_status xlsx_sheet_next(struct xlsx_sheet *s, struct table_row *row, struct error *err);
/* From now on only these columns need be filled in; the array is copied. */
bool xlsx_sheet_want(struct xlsx_sheet *s, const bool *wanted, size_t count, struct error *err);
/* How much of the sheet has been read, from 0 to 1. */
double xlsx_sheet_progress(const struct xlsx_sheet *s);
/* "a.xlsx: Sheet 1" */
const char *xlsx_sheet_place(const struct xlsx_sheet *s);
void xlsx_sheet_close(struct xlsx_sheet *s);

#endif
