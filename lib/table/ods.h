// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ods.h - OpenDocument spreadsheets (.ods) as a format of tables: each of their tables is a sheet.
 *
 * A cell is read as it is shown, by its paragraphs, and where it has none by its value.  As in a worksheet
 * (lib/table/xlsx.h) a row has a field for every column up to the last one seen so far.
 */
#ifndef SOC_TABLE_ODS_H
#define SOC_TABLE_ODS_H

#include "lib/table/table_format.h"

extern const struct table_format ods_format;

#endif
