// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xlsx_sheet.c - from the XML events of a worksheet to rows of fields.
 */
#include "lib/table/xlsx.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/table/sniff.h"
#include "lib/table/xlsx_column_filter.h"
#include "lib/table/xlsx_strings.h"
#include "lib/table/xml.h"

#define HINT_SAVE_AGAIN "open the workbook in a spreadsheet program and save it again"

enum { SHEET_ROW_LIMIT = 1 << 20 }; /* bytes of the texts of a row */

enum cell_type {
	CELL_NUMBER,
	CELL_SHARED,
	CELL_INLINE, /* <is>, and <v> of a formula's text */
	CELL_BOOLEAN,
	CELL_AS_IT_IS /* errors, ISO dates */
};

/* What a cell holds; offsets, as the row's bytes may move. */
struct field {
	const char *shared; /* in the shared strings; NULL: in the bytes of the row */
	uint32_t at;
	uint32_t length;
};

struct xlsx_sheet {
	struct xlsx_workbook *book;
	uint64_t member_size; /* of the whole workbook */
	struct xlsx_strings *strings;
	struct xml *xml;
	struct xlsx_column_filter filter;
	bool *wanted;
	char place[256];

	bool rooted;
	bool in_rows; /* inside <sheetData> */
	bool in_row;
	bool ready;      /* a row is complete */
	uint64_t number; /* of the row, from 1 */
	bool content;
	bool too_long;        /* its texts are beyond the limit and have been dropped */
	uint32_t long_column; /* a cell with more than a cell may hold; 0: none */

	struct buffer bytes; /* texts of the row */
	struct field *fields;
	struct slice *slices;
	size_t field_capacity;
	size_t slice_capacity;
	size_t width; /* columns seen so far */

	uint32_t column; /* of the cell, from 1 */
	bool in_cell;
	bool taken;     /* the cell is wanted */
	bool in_value;  /* inside <v> */
	bool in_inline; /* inside <is> */
	bool cell_content;
	enum cell_type type;
	size_t style;
	struct cell_text text;
};

/* ---- errors ---- */

static void fail_at(struct xlsx_sheet *s, uint32_t column)
{
	error_at(xml_error(s->xml), s->place, s->number, column);
}

static void cell_reference(const struct xlsx_sheet *s, char to[40])
{
	char letters[8];
	cell_column_name(s->column, letters);
	snprintf(to, 40, "%s%llu", letters, (unsigned long long)s->number);
}

/* ---- cells ---- */

static void start_row(struct xlsx_sheet *s, const char **attributes)
{
	const char *r = xml_attribute(attributes, "r");
	uint64_t number = 0;

	for (; r && *r >= '0' && *r <= '9' && number <= SHEET_ROWS; r++)
		number = number * 10 + (uint64_t)(*r - '0');
	s->number = r && *r == '\0' && number > 0 && number <= SHEET_ROWS ? number : s->number + 1;
	s->in_row = true;
	s->content = false;
	s->too_long = false;
	s->long_column = 0;
	s->column = 0;
	buffer_clear(&s->bytes);
	if (s->width > 0)
		memset(s->fields, 0, s->width * sizeof *s->fields);
}

static enum cell_type type_of(const char *t)
{
	if (!t || strcmp(t, "n") == 0)
		return CELL_NUMBER;
	if (strcmp(t, "s") == 0)
		return CELL_SHARED;
	if (strcmp(t, "inlineStr") == 0 || strcmp(t, "str") == 0)
		return CELL_INLINE;
	return strcmp(t, "b") == 0 ? CELL_BOOLEAN : CELL_AS_IT_IS;
}

/* Make the row as wide as its cells; the new fields are empty. */
static void widen(struct xlsx_sheet *s, size_t width, struct error *err)
{
	if (!ARRAY_RESERVE(s->fields, s->field_capacity, width, err) ||
	    !ARRAY_RESERVE(s->slices, s->slice_capacity, width, err))
		return;
	memset(s->fields + s->width, 0, (width - s->width) * sizeof *s->fields);
	s->width = width;
}

static void start_cell(struct xlsx_sheet *s, const char **attributes)
{
	const char *reference = NULL;
	const char *type = NULL;

	s->style = 0;
	for (; *attributes; attributes += 2) {
		const char *name = attributes[0];
		if (name[0] == '\0' || name[1] != '\0')
			continue;
		if (name[0] == 'r')
			reference = attributes[1];
		else if (name[0] == 't')
			type = attributes[1];
		else if (name[0] == 's')
			s->style = strtoul(attributes[1], NULL, 10);
	}
	uint32_t column = reference ? cell_column(reference, strlen(reference)) : s->column + 1;
	if (column == 0 || column > SHEET_COLUMNS) {
		error_set(xml_error(s->xml), ERROR_INPUT, HINT_SAVE_AGAIN,
			  column == 0 ? "a cell says that its place is \"%.40s\""
				      : "the cell \"%.40s\" lies beyond XFD, the last column of a sheet",
			  reference ? reference : "behind XFD");
		fail_at(s, 0);
		return;
	}
	s->column = column;
	s->in_cell = true;
	s->in_value = s->in_inline = false;
	s->cell_content = false;
	s->taken = !s->wanted || (column <= s->filter.wanted_count && s->wanted[column - 1]);
	s->type = type_of(type);
	if (s->taken && column > s->width)
		widen(s, column, xml_error(s->xml));
	cell_text_begin(&s->text, &s->bytes);
}

/* A text in a row too long to be kept: only its end matters any more. */
static void drop_row(struct xlsx_sheet *s)
{
	s->too_long = true;
	buffer_clear(&s->bytes);
	cell_text_begin(&s->text, &s->bytes);
}

static void set_field(struct xlsx_sheet *s, struct slice text)
{
	struct field *f = &s->fields[s->column - 1];

	if (cell_too_long(text)) {
		if (s->long_column == 0)
			s->long_column = s->column;
		text.length = 0;
	}
	f->shared = NULL;
	f->at = text.length > 0 ? (uint32_t)(text.at - s->bytes.at) : 0;
	f->length = (uint32_t)text.length;
}

static void set_shared(struct xlsx_sheet *s, struct slice stored)
{
	struct error *err = xml_error(s->xml);
	struct slice text = { "", 0 };
	char cell[40];
	size_t index = 0;

	for (size_t i = 0; i < stored.length; i++) {
		if (stored.at[i] < '0' || stored.at[i] > '9' || i >= 10) {
			index = SIZE_MAX;
			break;
		}
		index = index * 10 + (size_t)(stored.at[i] - '0');
	}
	switch (xlsx_strings_get(s->strings, index, &text, err)) {
	case SHARED_FOUND:
		break;
	case SHARED_TOO_LONG:
		if (s->long_column == 0)
			s->long_column = s->column;
		break;
	case SHARED_BEYOND:
		cell_reference(s, cell);
		error_set(err, ERROR_INPUT, HINT_SAVE_AGAIN,
			  "the cell %s names the shared string \"%.*s\", but the workbook has %zu of them", cell,
			  stored.length < 40 ? (int)stored.length : 40, stored.at, xlsx_strings_count(s->strings));
		fail_at(s, s->column);
		return;
	case SHARED_FAILED:
		return;
	}
	struct field *f = &s->fields[s->column - 1];
	f->shared = text.at;
	f->length = (uint32_t)text.length;
}

/* Replace what was stored, the last bytes of the row, by what a reader sees. */
static void set_written(struct xlsx_sheet *s, const char *text, size_t length)
{
	buffer_cut(&s->bytes, s->text.begin);
	if (buffer_append(&s->bytes, text, length, xml_error(s->xml)))
		set_field(s, (struct slice){ s->bytes.at + s->text.begin, length });
}

static void set_number(struct xlsx_sheet *s, struct slice stored)
{
	static const struct number_format plain = { NUMBER_PLAIN, "" };
	const struct number_format *format = s->style < s->book->format_count ? &s->book->formats[s->style] : &plain;
	char text[CELL_TEXT];

	/* Nearly all numbers are whole, and stand as they will be read. */
	bool ready = format->kind == NUMBER_PLAIN && stored.length <= 15 && stored.at[0] != '0';
	for (size_t i = 0; ready && i < stored.length; i++)
		ready = stored.at[i] >= '0' && stored.at[i] <= '9';
	if (ready) {
		set_field(s, stored);
		return;
	}
	size_t length = cell_number(stored, format, s->book->epoch_1904, text);
	if (length > 0)
		set_written(s, text, length);
	else
		set_field(s, stored); /* no number: as it stands, then */
}

/* The cell is complete: what it stores are the last bytes of the row. */
static void end_cell(struct xlsx_sheet *s)
{
	s->in_cell = false;
	s->content = s->content || s->cell_content;
	if (!s->taken || s->too_long || s->bytes.length == s->text.begin)
		return;
	/* A value keeps its white space; only the text of an <is> may be indented. */
	if (s->type != CELL_INLINE || !s->text.begun)
		s->text.keep_first = s->text.keep_last = true;
	struct slice stored = cell_text_finish(&s->text, &s->bytes);
	struct slice bare = slice_trim(stored);
	if (bare.length == 0)
		return;

	switch (s->type) {
	case CELL_NUMBER:
		set_number(s, bare);
		break;
	case CELL_SHARED:
		set_shared(s, bare);
		buffer_cut(&s->bytes, s->text.begin);
		break;
	case CELL_BOOLEAN:
		if (slice_equal(bare, SLICE("1")) || slice_equal_nocase(bare, SLICE("true")))
			set_written(s, "TRUE", 4);
		else
			set_written(s, "FALSE", 5);
		break;
	case CELL_INLINE:
	case CELL_AS_IT_IS:
		set_field(s, stored);
		break;
	}
}

static void end_row(struct xlsx_sheet *s)
{
	s->in_row = false;
	if (!s->content)
		return;
	s->ready = true;
	xml_stop(s->xml);
}

/* ---- events ---- */

static void start_outside(struct xlsx_sheet *s, const char *name)
{
	if (!s->rooted) {
		s->rooted = true;
		if (strcmp(name, "worksheet") != 0) {
			error_set(xml_error(s->xml), ERROR_INPUT, HINT_SAVE_AGAIN,
				  "this is no worksheet: the part of the workbook is a \"%.60s\"", name);
			fail_at(s, 0);
		}
	} else if (strcmp(name, "sheetData") == 0) {
		s->in_rows = true;
	}
}

static void on_start(void *ctx, const char *name, const char **attributes)
{
	struct xlsx_sheet *s = ctx;

	if (!s->in_rows)
		start_outside(s, name);
	else if (!s->in_row) {
		if (strcmp(name, "row") == 0)
			start_row(s, attributes);
	} else if (!s->in_cell) {
		if (strcmp(name, "c") == 0)
			start_cell(s, attributes);
	} else if (s->in_inline) {
		cell_text_start(&s->text, name, attributes);
	} else if (strcmp(name, "v") == 0) {
		s->in_value = true;
	} else if (strcmp(name, "is") == 0) {
		s->in_inline = true;
	}
}

static void on_end(void *ctx, const char *name)
{
	struct xlsx_sheet *s = ctx;

	if (s->in_inline && strcmp(name, "is") != 0) {
		cell_text_end(&s->text, name);
	} else if (s->in_cell) {
		if (strcmp(name, "v") == 0)
			s->in_value = false;
		else if (strcmp(name, "is") == 0)
			s->in_inline = false;
		else if (strcmp(name, "c") == 0)
			end_cell(s);
	} else if (s->in_row) {
		if (strcmp(name, "row") == 0)
			end_row(s);
	} else if (s->in_rows && strcmp(name, "sheetData") == 0) {
		s->in_rows = false;
	}
}

static void on_text(void *ctx, const char *at, size_t length)
{
	struct xlsx_sheet *s = ctx;

	if (!s->in_value && !(s->in_inline && s->text.open))
		return;
	s->cell_content = true;
	if (!s->taken || s->too_long)
		return;
	if (s->bytes.length + length > SHEET_ROW_LIMIT)
		drop_row(s);
	else
		buffer_append(&s->bytes, at, length, xml_error(s->xml));
}

/* ---- rows ---- */

/* The fields become slices now that the row does not move any more. */
static void fill_row(struct xlsx_sheet *s, struct table_row *row)
{
	for (size_t i = 0; i < s->width; i++) {
		const struct field *f = &s->fields[i];
		const char *at = f->shared ? f->shared : f->length > 0 ? s->bytes.at + f->at : "";
		s->slices[i] = (struct slice){ at, s->too_long ? 0 : f->length };
	}
	row->fields = s->slices;
	row->count = s->width;
	row->line = s->number;
	if (s->too_long || s->long_column > 0) {
		row->reject = REJECT_TOO_LONG;
		row->column = s->too_long ? 0 : s->long_column;
	}
}

static enum table_status xlsx_next(void *state, struct table_row *row, struct error *err)
{
	struct xlsx_sheet *s = state;
	s->ready = false;
	switch (xml_run(s->xml, err)) {
	case XML_COMPLETE:
		return TABLE_END;
	case XML_BROKEN:
		error_at(err, s->place, s->number, 0);
		return TABLE_FAILED;
	case XML_STOPPED:
		break;
	}
	fill_row(s, row);
	return TABLE_ROW;
}

static bool xlsx_want(void *state, const bool *wanted, size_t count, struct error *err)
{
	struct xlsx_sheet *s = state;
	bool *copy = wanted ? memory_new((count + !count) * sizeof *copy, err) : NULL;
	if (wanted && !copy)
		return false;
	if (wanted)
		memcpy(copy, wanted, count * sizeof *copy);
	memory_free(s->wanted);
	s->wanted = copy;
	s->filter.wanted = copy;
	s->filter.wanted_count = count;
	return true;
}

/* How much of the sheet has been read, as a part of the whole workbook. */
static uint64_t xlsx_position(const void *state)
{
	const struct xlsx_sheet *s = state;
	uint64_t size = xml_size(s->xml), position = xml_position(s->xml);
	double part = size == 0 || position >= size ? 1 : (double)position / (double)size;
	return (uint64_t)(part * (double)s->member_size);
}

static const char *xlsx_place(const void *state)
{
	return ((const struct xlsx_sheet *)state)->place;
}

/* ---- open and close ---- */

/* Too long a path is cut at its beginning. */
static void put_place(struct xlsx_sheet *s, const char *path, const char *name)
{
	int room = (int)sizeof s->place - 8;
	int tail = (int)strlen(name);
	if (tail > room / 2)
		tail = room / 2;
	int length = (int)strlen(path);
	bool cut = length + tail > room;
	if (cut)
		path += length + tail - room;
	snprintf(s->place, sizeof s->place, "%s%s: %.*s", cut ? "..." : "", path, tail, name);
}

static bool find_sheet(struct xlsx_sheet *s, size_t index, struct error *err)
{
	const struct xlsx_workbook *w = s->book;
	const char *path = input_source_path(w->package);
	if (index >= w->sheet_count)
		return error_set_at(err, path, ERROR_INPUT, NULL, "there is no sheet %zu: the workbook has %zu",
				    index + 1, w->sheet_count);
	put_place(s, path, w->sheets[index].name.at);
	return w->sheets[index].part != PART_NONE || error_set_at(err, s->place, ERROR_INPUT, HINT_SAVE_AGAIN,
								  "the workbook lacks the part that holds this sheet");
}

static bool xlsx_open(const struct table_opening *o, void **state, struct error *err)
{
	static const struct xml_events events = { on_start, on_end, on_text };
	const struct table_place *place = &o->place;
	struct xlsx_sheet *s = *state = memory_new(sizeof *s, err);
	if (!s)
		return false;
	struct xml_filter filter = { xlsx_column_filter_pass, &s->filter };
	s->member_size = input_source_member(place->input_source, place->member)->size;
	return xlsx_workbook_open(place->input_source, place->member, &s->book, err) &&
	       find_sheet(s, place->sheet, err) && xlsx_workbook_load_styles(s->book, err) &&
	       xlsx_strings_new(s->book, &s->strings, err) &&
	       xml_open(s->book->package, s->book->sheets[place->sheet].part, &events, s, &filter, &s->xml, err);
}

static void xlsx_close(void *state)
{
	struct xlsx_sheet *s = state;
	xml_close(s->xml);
	xlsx_strings_free(s->strings);
	xlsx_workbook_close(s->book);
	buffer_free(&s->bytes);
	memory_free(s->fields);
	memory_free(s->slices);
	memory_free(s->wanted);
	memory_free(s);
}

static bool xlsx_probe(struct slice head)
{
	return sniff_zip(head);
}

static bool xlsx_sheets(const struct table_place *place, struct table_sheets *out, struct error *err)
{
	struct xlsx_workbook *w;
	if (!xlsx_workbook_open(place->input_source, place->member, &w, err))
		return false;
	struct slice *names = arena_alloc(&out->arena, w->sheet_count * sizeof *names, err);
	bool *hidden = arena_alloc(&out->arena, w->sheet_count * sizeof *hidden, err);
	for (size_t i = 0; names && hidden && i < w->sheet_count; i++) {
		names[i] = arena_copy(&out->arena, w->sheets[i].name, err);
		hidden[i] = w->sheets[i].hidden;
	}
	out->names = names;
	out->hidden = hidden;
	out->count = w->sheet_count;
	xlsx_workbook_close(w);
	return arena_ok(&out->arena);
}

const struct table_format xlsx_format = {
	.name = "XLSX",
	.probe = xlsx_probe,
	.open = xlsx_open,
	.next = xlsx_next,
	.close = xlsx_close,
	.addressed = true,
	.sheets = xlsx_sheets,
	.want = xlsx_want,
	.position = xlsx_position,
	.place = xlsx_place,
};
