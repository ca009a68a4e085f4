// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xlsx.h - Excel workbooks (.xlsx, .xlsm) as a format of tables: each worksheet is a table.
 *
 *   input_source.h         the package: a zip, on disk, in memory, or inside another zip
 *   xml.h                  a part of it as events, piece by piece
 *   xlsx_workbook.h        which sheets there are, and where their parts are
 *   xlsx_strings.h         texts that cells name by number
 *   xlsx_column_filter.h   cells of unwanted columns never reach the XML parser
 *   xlsx_cell_format.h     numbers and dates as text
 *   xlsx_sheet.h           the rows
 */
#ifndef SOC_TABLE_XLSX_H
#define SOC_TABLE_XLSX_H

#include "lib/table/table_format.h"

bool xlsx_probe(struct slice head);
bool xlsx_open(const struct table_place *place, struct stream *in, bool forgiving, void **state, struct error *err);
enum table_status xlsx_next(void *state, struct table_row *row, struct error *err);
bool xlsx_want(void *state, const bool *wanted, size_t count, struct error *err);
uint64_t xlsx_position(const void *state);
const char *xlsx_place(const void *state);
void xlsx_close(void *state);

/* The names of the sheets, in the order of their tabs; the slices are owned by the arena. */
bool xlsx_sheets(const struct table_place *place, struct arena *names, const struct slice **out, size_t *count,
		 struct error *err);

#endif
