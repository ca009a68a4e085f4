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
 *   xlsx_sheet.c           the rows
 *
 * The XML of a sheet is parsed while rows are asked for; what is kept is one row.  A row has a field for every column
 * up to the last one seen so far, so that a field is found by its column whatever cells are left out.  Rows without
 * content are no rows.
 */
#ifndef SOC_TABLE_XLSX_H
#define SOC_TABLE_XLSX_H

#include "lib/table/table_format.h"

extern const struct table_format xlsx_format;

#endif
