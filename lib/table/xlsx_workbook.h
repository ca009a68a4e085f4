// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xlsx_workbook.h - the parts of an .xlsx: which worksheets there are, where shared strings and styles lie.
 *
 * Found as the format wants it, by content types and relationships, so that it does not matter how a
 * producer calls its parts; where those are missing, by the customary names.
 */
#ifndef SOC_TABLE_XLSX_WORKBOOK_H
#define SOC_TABLE_XLSX_WORKBOOK_H

#include "lib/table/xlsx_cell_format.h"
#include "lib/table/input_source.h"

#define PART_NONE SIZE_MAX

struct xlsx_workbook_sheet {
	struct slice name; /* NUL-terminated; control characters are replaced */
	size_t part;       /* member of the package */
	bool hidden;
};

struct xlsx_workbook {
	struct input_source *package;
	struct xlsx_workbook_sheet *sheets; /* worksheets, in the order of their tabs, hidden ones too */
	size_t sheet_count;
	size_t strings_part; /* PART_NONE: the workbook has no shared strings */
	size_t styles_part;
	bool epoch_1904;               /* days count from 1904 */
	struct number_format *formats; /* by style of a cell; after xlsx_workbook_load_styles() */
	size_t format_count;
	size_t sheet_capacity;
	size_t format_capacity;
	struct arena names;
};

/* Errors: those of input_source_open_package(); ERROR_INPUT where the package holds no workbook, or one that
 * we cannot read, such as .xlsb. */
bool xlsx_workbook_open(struct input_source *outer, size_t member, struct xlsx_workbook **out, struct error *err);
bool xlsx_workbook_load_styles(struct xlsx_workbook *w, struct error *err);
void xlsx_workbook_close(struct xlsx_workbook *w);

#endif
