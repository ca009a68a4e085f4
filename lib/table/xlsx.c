// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xlsx.c - a workbook and one of its sheets, as table.c wants a format.
 */
#include "lib/table/xlsx.h"

#include "lib/table/sniff.h"
#include "lib/table/xlsx_sheet.h"

struct xlsx {
	struct xlsx_workbook *book;
	struct xlsx_sheet *sheet;
	uint64_t size; /* of the member that is the workbook */
};

bool xlsx_probe(struct slice head)
{
	return sniff_zip(head);
}

bool xlsx_open(const struct table_place *place, struct stream *in, bool forgiving, void **state, struct error *err)
{
	(void)in;        /* a zip is not read from one end to the other */
	(void)forgiving; /* cells have places, and a limit of their own */
	struct xlsx *x = memory_new(sizeof *x, err);
	if (!x)
		return false;
	x->size = input_source_member(place->input_source, place->member)->size;
	if (!xlsx_workbook_open(place->input_source, place->member, &x->book, err) ||
	    !xlsx_sheet_open(x->book, place->sheet, &x->sheet, err)) {
		xlsx_close(x);
		return false;
	}
	*state = x;
	return true;
}

enum table_status xlsx_next(void *state, struct table_row *row, struct error *err)
{
	struct xlsx *x = state;
	return xlsx_sheet_next(x->sheet, row, err);
}

bool xlsx_want(void *state, const bool *wanted, size_t count, struct error *err)
{
	struct xlsx *x = state;
	return xlsx_sheet_want(x->sheet, wanted, count, err);
}

uint64_t xlsx_position(const void *state)
{
	const struct xlsx *x = state;
	return (uint64_t)(xlsx_sheet_progress(x->sheet) * (double)x->size);
}

const char *xlsx_place(const void *state)
{
	const struct xlsx *x = state;
	return xlsx_sheet_place(x->sheet);
}

void xlsx_close(void *state)
{
	struct xlsx *x = state;
	if (!x)
		return;
	xlsx_sheet_close(x->sheet);
	xlsx_workbook_close(x->book);
	memory_free(x);
}

bool xlsx_sheets(const struct table_place *place, struct arena *names, const struct slice **out, size_t *count,
		 struct error *err)
{
	struct xlsx_workbook *w;
	*out = NULL;
	*count = 0;
	if (!xlsx_workbook_open(place->input_source, place->member, &w, err))
		return false;
	struct slice *list = arena_alloc(names, w->sheet_count * sizeof *list, err);
	for (size_t i = 0; list && i < w->sheet_count; i++)
		list[i] = arena_copy(names, w->sheets[i].name, err);
	if (arena_ok(names)) {
		*out = list;
		*count = w->sheet_count;
	}
	xlsx_workbook_close(w);
	return arena_ok(names);
}
