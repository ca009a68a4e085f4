// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ods.c - from the XML events of an OpenDocument spreadsheet to rows of fields.
 */
#include "lib/table/ods.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/base/string_map.h"
#include "lib/table/xml.h"

enum {
	ROW_LIMIT = 1 << 20,   /* bytes of the texts of a row */
	COLUMNS_MAX = 1 << 14, /* as many as a spreadsheet program has */
	ROWS_MAX = 1 << 20,    /* likewise */
	SHEETS_MAX = 1 << 12
};

/* What a cell holds, as an offset: the row's bytes may move. */
struct field {
	size_t at, length;
};

struct ods {
	struct input_source *package;
	struct xml *xml;
	uint64_t member_size;
	char place[256];

	/* Of the sheets: */
	struct table_sheets *list; /* where only their names are wanted; else NULL */
	struct slice *names;
	bool *hidden;
	struct map hidden_styles;
	char style[64]; /* the one that is open */
	size_t sheets;  /* begun so far */
	size_t wanted;  /* which of them is read */
	bool active;

	/* Of the row: */
	struct buffer bytes;
	struct field *fields;
	struct slice *slices;
	size_t field_capacity, slice_capacity;
	size_t width;    /* columns seen so far */
	size_t column;   /* of the cell, from 0 */
	uint64_t number; /* of the row, from 1 */
	size_t repeated; /* how often it is there */
	bool content;
	bool too_long;

	/* Of the cell: */
	bool in_cell;
	size_t cell_repeated;
	size_t begin;        /* of its text in `bytes` */
	unsigned paragraphs; /* begun */
	bool in_paragraph;
	unsigned notes; /* comments that are open: they are no content */
	char value[128];
};

static size_t count_of(const char *text, size_t most)
{
	unsigned long count = text ? strtoul(text, NULL, 10) : 1;
	return count == 0 ? 1 : count < most ? count : most;
}

/* ---- sheets ---- */

static void list_sheet(struct ods *o, const char *name, const char *style)
{
	struct error *err = xml_error(o->xml);
	struct arena *arena = &o->list->arena;
	bool hidden = style && map_find(&o->hidden_styles, slice_of(style)) != MAP_NONE;
	if (o->sheets > SHEETS_MAX) {
		error_set(err, ERROR_LIMIT, NULL, "the workbook has more than %d sheets", SHEETS_MAX);
		return;
	}
	if (!o->names) {
		o->names = arena_alloc(arena, SHEETS_MAX * sizeof *o->names, err);
		o->hidden = arena_alloc(arena, SHEETS_MAX * sizeof *o->hidden, err);
	}
	if (!o->names || !o->hidden)
		return;
	o->names[o->sheets - 1] = arena_copy(arena, slice_of(name ? name : ""), err);
	o->hidden[o->sheets - 1] = hidden;
}

static void start_style(struct ods *o, const char *name, const char **attributes)
{
	const char *shown = xml_attribute(attributes, "table:display");
	uint32_t number;
	if (strcmp(name, "style:style") == 0) {
		const char *style = xml_attribute(attributes, "style:name");
		snprintf(o->style, sizeof o->style, "%s", style ? style : "");
	} else if (strcmp(name, "style:table-properties") == 0 && shown && strcmp(shown, "false") == 0) {
		map_add(&o->hidden_styles, slice_of(o->style), &number, NULL, xml_error(o->xml));
	}
}

/* ---- cells ---- */

static void put_text(struct ods *o, const char *at, size_t length)
{
	o->too_long |= o->bytes.length + length > ROW_LIMIT;
	if (!o->too_long)
		buffer_append(&o->bytes, at, length, xml_error(o->xml));
}

static void start_cell(struct ods *o, const char **attributes)
{
	static const char *const values[] = { "office:string-value", "office:date-value", "office:time-value",
					      "office:boolean-value", "office:value" };
	const char *value = NULL;
	for (size_t i = 0; !value && i < sizeof values / sizeof *values; i++)
		value = xml_attribute(attributes, values[i]);
	snprintf(o->value, sizeof o->value, "%s", value ? value : "");
	o->cell_repeated = count_of(xml_attribute(attributes, "table:number-columns-repeated"), COLUMNS_MAX);
	o->in_cell = true;
	o->begin = o->bytes.length;
	o->paragraphs = 0;
}

static void end_cell(struct ods *o)
{
	struct error *err = xml_error(o->xml);
	o->in_cell = false;
	if (o->paragraphs == 0)
		put_text(o, o->value, strlen(o->value));
	size_t end = o->column + o->cell_repeated, length = o->bytes.length - o->begin;
	o->column = end < COLUMNS_MAX ? end : COLUMNS_MAX;
	if (length == 0 || o->column < o->cell_repeated ||
	    !ARRAY_RESERVE(o->fields, o->field_capacity, o->column, err) ||
	    !ARRAY_RESERVE(o->slices, o->slice_capacity, o->column, err))
		return;
	if (o->column > o->width)
		memset(o->fields + o->width, 0, (o->column - o->width) * sizeof *o->fields);
	o->width = o->column > o->width ? o->column : o->width;
	for (size_t i = o->column - o->cell_repeated; i < o->column; i++)
		o->fields[i] = (struct field){ o->begin, length };
	o->content = true;
}

static void start_row(struct ods *o, const char **attributes)
{
	o->number += o->repeated;
	o->repeated = count_of(xml_attribute(attributes, "table:number-rows-repeated"), ROWS_MAX);
	o->column = 0;
	o->content = o->too_long = false;
	buffer_clear(&o->bytes);
	if (o->width > 0)
		memset(o->fields, 0, o->width * sizeof *o->fields);
}

/* ---- events ---- */

static void start_sheet(struct ods *o, const char **attributes)
{
	o->sheets++;
	o->active = !o->list && o->sheets == o->wanted + 1;
	o->number = 1;
	o->repeated = 0;
	if (o->list)
		list_sheet(o, xml_attribute(attributes, "table:name"), xml_attribute(attributes, "table:style-name"));
}

static bool is_cell(const char *name)
{
	return strcmp(name, "table:table-cell") == 0 || strcmp(name, "table:covered-table-cell") == 0;
}

/* What stands for characters in a paragraph. */
static void start_in_paragraph(struct ods *o, const char *name, const char **attributes)
{
	if (strcmp(name, "text:s") == 0)
		for (size_t i = count_of(xml_attribute(attributes, "text:c"), ROW_LIMIT); i > 0 && !o->too_long; i--)
			put_text(o, " ", 1);
	else if (strcmp(name, "text:tab") == 0)
		put_text(o, "\t", 1);
	else if (strcmp(name, "text:line-break") == 0)
		put_text(o, "\n", 1);
}

static void on_start(void *ctx, const char *name, const char **attributes)
{
	struct ods *o = ctx;
	if (strcmp(name, "annotation") == 0)
		o->notes++;
	else if (strcmp(name, "table:table") == 0)
		start_sheet(o, attributes);
	else if (o->list || !o->active)
		start_style(o, name, attributes);
	else if (o->notes > 0)
		return;
	else if (o->in_paragraph)
		start_in_paragraph(o, name, attributes);
	else if (o->in_cell && strcmp(name, "text:p") == 0) {
		if (o->paragraphs++ > 0)
			put_text(o, "\n", 1);
		o->in_paragraph = true;
	} else if (is_cell(name))
		start_cell(o, attributes);
	else if (strcmp(name, "table:table-row") == 0)
		start_row(o, attributes);
}

static void on_end(void *ctx, const char *name)
{
	struct ods *o = ctx;
	if (strcmp(name, "annotation") == 0)
		o->notes -= o->notes > 0;
	else if (!o->active || o->notes > 0)
		return;
	else if (strcmp(name, "text:p") == 0)
		o->in_paragraph = false;
	else if (o->in_cell && is_cell(name))
		end_cell(o);
	else if (strcmp(name, "table:table-row") == 0 && o->content)
		xml_stop(o->xml);
	else if (strcmp(name, "table:table") == 0)
		o->active = false;
}

static void on_text(void *ctx, const char *at, size_t length)
{
	struct ods *o = ctx;
	if (o->active && o->in_paragraph && o->notes == 0)
		put_text(o, at, length);
}

/* ---- rows ---- */

static enum table_status ods_next(void *state, struct table_row *row, struct error *err)
{
	struct ods *o = state;
	if (o->content && o->repeated > 1) {
		o->repeated--;
		o->number++;
	} else {
		o->content = false;
		switch (xml_run(o->xml, err)) {
		case XML_COMPLETE:
			return TABLE_END;
		case XML_BROKEN:
			error_at(err, o->place, o->number, 0);
			return TABLE_FAILED;
		case XML_STOPPED:
			break;
		}
	}
	for (size_t i = 0; i < o->width; i++)
		o->slices[i] = o->too_long || o->fields[i].length == 0
				       ? (struct slice){ "", 0 }
				       : (struct slice){ o->bytes.at + o->fields[i].at, o->fields[i].length };
	row->fields = o->slices;
	row->count = o->width;
	row->line = o->number;
	row->reject = o->too_long ? REJECT_TOO_LONG : REJECT_NONE;
	return TABLE_ROW;
}

static uint64_t ods_position(const void *state)
{
	const struct ods *o = state;
	uint64_t size = xml_size(o->xml), position = xml_position(o->xml);
	double part = size == 0 || position >= size ? 1 : (double)position / (double)size;
	return (uint64_t)(part * (double)o->member_size);
}

static const char *ods_place(const void *state)
{
	return ((const struct ods *)state)->place;
}

/* ---- opening ---- */

static bool open_content(struct ods *o, const struct table_place *place, struct error *err)
{
	static const struct xml_events events = { on_start, on_end, on_text };
	size_t count, i = 0;
	input_source_place(place->input_source, place->member, o->place, sizeof o->place);
	o->member_size = input_source_member(place->input_source, place->member)->size;
	if (!input_source_open_package(place->input_source, place->member, &o->package, err))
		return false;
	const struct input_source_member *members = input_source_members(o->package, &count);
	while (i < count && strcmp(members[i].path, "content.xml") != 0)
		i++;
	if (i == count)
		return error_set_at(err, o->place, ERROR_INPUT, "save it again in a spreadsheet program",
				    "the spreadsheet has no content");
	return xml_open(o->package, i, &events, o, NULL, &o->xml, err);
}

static void ods_close(void *state)
{
	struct ods *o = state;
	xml_close(o->xml);
	input_source_close(o->package);
	map_free(&o->hidden_styles);
	buffer_free(&o->bytes);
	memory_free(o->fields);
	memory_free(o->slices);
	memory_free(o);
}

static bool ods_open(const struct table_opening *opening, void **state, struct error *err)
{
	struct ods *o = *state = memory_new(sizeof *o, err);
	if (!o)
		return false;
	o->wanted = opening->place.sheet;
	return open_content(o, &opening->place, err);
}

static bool ods_sheets(const struct table_place *place, struct table_sheets *out, struct error *err)
{
	struct ods *o = memory_new(sizeof *o, err);
	if (!o)
		return false;
	o->list = out;
	bool ok =
		open_content(o, place, err) && (xml_run(o->xml, err) == XML_COMPLETE || error_at(err, o->place, 0, 0));
	if (ok && o->sheets == 0)
		ok = error_set_at(err, o->place, ERROR_INPUT, NULL, "there is no sheet in this spreadsheet");
	out->names = o->names;
	out->hidden = o->hidden;
	out->count = o->sheets;
	ods_close(o);
	return ok;
}

/* The first member of the zip says what it is, and is not compressed. */
static bool ods_probe(struct slice head)
{
	static const char type[] = "mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
	enum { LOCAL_HEADER = 30 };
	return head.length > LOCAL_HEADER &&
	       slice_begins((struct slice){ head.at + LOCAL_HEADER, head.length - LOCAL_HEADER }, SLICE(type));
}

const struct table_format ods_format = {
	.name = "ODS",
	.probe = ods_probe,
	.open = ods_open,
	.next = ods_next,
	.close = ods_close,
	.addressed = true,
	.sheets = ods_sheets,
	.position = ods_position,
	.place = ods_place,
};
