// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * table.c - the list of table formats, and what is common to them: header, columns, rejected rows.
 */
#include "lib/table/table.h"

#include "lib/table/csv_reader.h"
#include "lib/table/json_lines.h"
#include "lib/table/ods.h"
#include "lib/table/sniff.h"
#include "lib/table/xlsx.h"

enum {
	AHEAD_BYTES = 1 << 22, /* of rows that are looked at before their turn */
	QUOTED_LINES = 64      /* line ends that a quoted field may have, unless the user wants more */
};

struct table {
	const struct table_format *format;
	void *state;
	struct stream *stream;
	bool forgiving;
	struct arena names; /* the header's fields */
	const struct slice *header;
	size_t header_count;  /* named columns */
	size_t header_fields; /* with the empty ones behind them */
	uint64_t header_line;

	struct table_row *ahead; /* looked at before their turn: [ahead_at, ahead_count) */
	size_t ahead_at;
	size_t ahead_count;
	size_t ahead_capacity;
	struct arena ahead_arena;
	enum table_status ahead_end; /* what comes behind them; TABLE_ROW: that is not known yet */
	struct error ahead_error;

	uint64_t line;         /* of the last row of a sheet */
	struct table_row held; /* a row of a sheet, before which empty ones are to be given */
	bool holds;
};

/* ---- text formats ---- */

static bool stream_source(void *ctx, void *to, size_t size, size_t *got, struct error *err)
{
	return stream_read(ctx, to, size, got, err);
}

static bool open_text(const struct table_opening *o, void **state, struct error *err)
{
	struct csv_dialect dialect = o->format->dialect;
	dialect.windows_1252 |= o->options.forgiving;
	dialect.forgiving = dialect.blank_rows = o->options.forgiving;
	dialect.quoted_lines = o->options.long_quotes ? 0 : QUOTED_LINES;
	*state = csv_reader_new(dialect, (struct csv_source){ stream_source, o->in }, err);
	return *state != NULL;
}

static enum table_status next_text(void *state, struct table_row *row, struct error *err)
{
	static const enum reject_reason reasons[] = {
		[CSV_FINE] = REJECT_NONE,
		[CSV_TOO_LONG] = REJECT_TOO_LONG,
		[CSV_BAD_BYTES] = REJECT_BAD_UTF8,
		[CSV_OPEN_QUOTE] = REJECT_OPEN_QUOTE,
	};
	struct csv_row text;

	switch (csv_reader_next(state, &text, err)) {
	case CSV_END:
		return TABLE_END;
	case CSV_FAILED:
		return TABLE_FAILED;
	case CSV_ROW:
		break;
	}
	row->fields = text.fields;
	row->count = text.count;
	row->line = text.line;
	row->reject = reasons[text.fault];
	row->column = text.column;
	row->converted = text.converted;
	row->cut = text.cut;
	row->blank = text.blank;
	return TABLE_ROW;
}

static void expect_text(void *state, size_t fields)
{
	csv_reader_expect(state, fields);
}

static void close_text(void *state)
{
	csv_reader_free(state);
}

/* The longer name first, where quotes mean something. */
#define TEXT_FORMAT(title, character, quoting) \
	{ \
		.name = title, .open = open_text, .next = next_text, .expect = expect_text, .close = close_text, \
		.dialect = { \
			.delimiter = character, \
			.quotes = quoting, \
			.windows_1252 = quoting \
		} \
	}

/* The first is that of text without any delimiter, and the only one beside tabs in which releases are published. */
static const struct table_format text_formats[] = {
	TEXT_FORMAT("CSV", ',', true),
	TEXT_FORMAT("TSV", '\t', false),
	TEXT_FORMAT("CSV with semicolons", ';', true),
	TEXT_FORMAT("CSV with vertical bars", '|', true),
};

enum { TEXT_FORMATS = sizeof text_formats / sizeof *text_formats };

/* How often each delimiter stands on a line, outside of quotes; what is behind the line. */
static struct slice count_delimiters(struct slice text, size_t counts[TEXT_FORMATS])
{
	bool quoted = false;
	memset(counts, 0, TEXT_FORMATS * sizeof *counts);
	for (; text.length > 0; text.at++, text.length--) {
		bool end = !quoted && (*text.at == '\n' || *text.at == '\r');
		quoted = quoted != (*text.at == '"');
		for (size_t i = 0; i < TEXT_FORMATS; i++)
			counts[i] += *text.at == text_formats[i].dialect.delimiter && !quoted;
		if (end)
			break;
	}
	return slice_trim(text);
}

/* A tab on the first line: commas may stand in the text of a TSV, but hardly a tab in a CSV header.  Else of a forgiving
 * table the delimiter that the first line has most of; where it has none, as above a preamble, one of which two lines
 * that follow each other have equally many, two at least. */
static const struct table_format *choose_text(struct slice head, bool forgiving)
{
	size_t counts[TEXT_FORMATS], before[TEXT_FORMATS], best = 0;
	head = count_delimiters(slice_trim(head), counts);
	if (counts[1] > 0 || !forgiving)
		return &text_formats[counts[1] > 0];
	for (size_t i = 0; i < TEXT_FORMATS; i++)
		best = counts[i] > counts[best] ? i : best;
	while (counts[best] == 0 && head.length > 0) {
		memcpy(before, counts, sizeof counts);
		head = count_delimiters(head, counts);
		for (size_t i = 0; i < TEXT_FORMATS; i++)
			if (counts[i] > 1 && counts[i] == before[i])
				return &text_formats[i];
		memset(counts + best, 0, sizeof *counts);
	}
	return &text_formats[best];
}

/* The formats that are known by their first bytes; all other is text. */
static const struct table_format *const formats[] = { &ods_format, &xlsx_format, &json_lines_format };

/* ---- tables ---- */

static bool choose_format(struct stream *stream, bool forgiving, const struct table_format **format, struct error *err)
{
	struct slice head;

	if (!stream_peek(stream, &head, err))
		return false;
	const struct sniff *foreign = sniff_foreign(head);
	if (foreign) {
		return error_set_at(err, stream_place(stream), ERROR_INPUT, foreign->hint, "this is %s, not a table",
				    foreign->what);
	}
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		*format = formats[i];
		if (formats[i]->probe(head))
			return true;
	}
	*format = choose_text(head, forgiving);
	return true;
}

bool table_sheets_list(struct input_source *input_source, size_t member, struct table_sheets *out, struct error *err)
{
	static const struct slice unnamed = { "", 0 };
	const struct table_place place = { input_source, member, 0 };
	const struct table_format *format;
	struct stream *stream = NULL;

	*out = (struct table_sheets){ .names = &unnamed, .count = 1 };
	bool ok = stream_open(input_source, member, &stream, err) && choose_format(stream, false, &format, err);
	stream_close(stream);
	ok = ok && (!format->sheets || format->sheets(&place, out, err));
	if (!ok)
		table_sheets_free(out);
	return ok;
}

void table_sheets_free(struct table_sheets *sheets)
{
	arena_free(&sheets->arena);
	memset(sheets, 0, sizeof *sheets);
}

static bool open_format(struct table *t, const struct table_place *place, const struct table_options *options,
			struct error *err)
{
	struct table_opening opening = { .place = *place };
	if (options)
		opening.options = *options;
	t->forgiving = opening.options.forgiving;
	if (!(t->forgiving ? stream_open_text : stream_open)(place->input_source, place->member, &t->stream, err) ||
	    !choose_format(t->stream, t->forgiving, &t->format, err))
		return false;
	if (place->sheet > 0 && !t->format->sheets)
		return error_set(err, ERROR_INPUT, NULL, "there is no sheet %lu: this is text",
				 (unsigned long)place->sheet + 1);
	opening.in = t->stream;
	opening.format = t->format;
	return t->format->open(&opening, &t->state, err);
}

bool table_open_with(const struct table_place *place, const struct table_options *options, struct table **out,
		     struct error *err)
{
	struct table *t = *out = memory_new(sizeof *t, err);
	if (!t || open_format(t, place, options, err))
		return t != NULL;
	if (t->stream)
		error_at(err, stream_place(t->stream), 0, 0);
	table_close(t);
	*out = NULL;
	return false;
}

bool table_open(const struct table_place *place, struct table **out, struct error *err)
{
	return table_open_with(place, NULL, out, err);
}

void table_close(struct table *t)
{
	if (!t)
		return;
	if (t->state)
		t->format->close(t->state);
	stream_close(t->stream);
	arena_free(&t->names);
	arena_free(&t->ahead_arena);
	memory_free(t->ahead);
	memory_free(t);
}

/* ---- rows ---- */

/* A row from the format; an error gets its place. */
static enum table_status read_row(struct table *t, struct table_row *row, struct error *err)
{
	memset(row, 0, sizeof *row);
	enum table_status status = t->format->next(t->state, row, err);
	if (status == TABLE_FAILED && err && err->file[0] == '\0') {
		uint64_t line = err->line;
		err->line = 0;
		error_at(err, table_place_name(t), line, err->column);
	}
	return status;
}

static bool keep_ahead(struct table *t, const struct table_row *row, struct error *err)
{
	size_t count = row->count < CSV_FIELDS && row->fields ? row->count : row->fields ? CSV_FIELDS : 0;
	struct slice *fields = arena_alloc(&t->ahead_arena, (count + 1) * sizeof *fields, err);
	for (size_t i = 0; fields && i < count; i++)
		fields[i] = arena_copy(&t->ahead_arena, row->fields[i], err);
	struct slice raw = arena_copy(&t->ahead_arena, row->raw, err);
	if (!arena_ok(&t->ahead_arena) || !ARRAY_RESERVE(t->ahead, t->ahead_capacity, t->ahead_count + 1, err))
		return false;
	t->ahead[t->ahead_count] = *row;
	t->ahead[t->ahead_count].fields = fields;
	t->ahead[t->ahead_count++].raw = raw;
	return true;
}

bool table_peek(struct table *t, size_t rows, const struct table_row **out, size_t *count, struct error *err)
{
	struct table_row row;
	while (t->ahead_end == TABLE_ROW && t->ahead_count - t->ahead_at < rows && t->ahead_arena.total < AHEAD_BYTES) {
		t->ahead_end = read_row(t, &row, &t->ahead_error);
		if (t->ahead_end == TABLE_ROW && !keep_ahead(t, &row, err))
			return false;
	}
	size_t left = t->ahead_count - t->ahead_at;
	*out = t->ahead + t->ahead_at;
	*count = left < rows ? left : rows;
	return true;
}

/* Those that were looked at come first. */
static enum table_status next_row(struct table *t, struct table_row *row, struct error *err)
{
	if (t->ahead_at < t->ahead_count) {
		*row = t->ahead[t->ahead_at++];
		return TABLE_ROW;
	}
	if (t->ahead_count > 0)
		arena_reset(&t->ahead_arena);
	t->ahead_at = t->ahead_count = 0;
	if (t->ahead_end == TABLE_FAILED && err && err->code == ERROR_NONE)
		*err = t->ahead_error;
	return t->ahead_end == TABLE_ROW ? read_row(t, row, err) : t->ahead_end;
}

enum table_status table_skip(struct table *t, size_t rows, struct error *err)
{
	struct table_row row;
	enum table_status status = TABLE_ROW;
	for (; rows > 0 && status == TABLE_ROW; rows--)
		status = next_row(t, &row, err);
	return status;
}

/* An empty cell in the only column of a sheet is a row, as it is in text. */
static enum table_status next_with_blank(struct table *t, struct table_row *row, struct error *err)
{
	enum table_status status = TABLE_ROW;
	if (!t->forgiving || !t->format->sheets || t->header_fields != 1)
		return next_row(t, row, err);
	if (!t->holds)
		status = next_row(t, &t->held, err);
	t->holds = status == TABLE_ROW && t->held.line > t->line + 1;
	if (status == TABLE_ROW) {
		*row = t->holds ? (struct table_row){ .line = t->line + 1, .blank = true } : t->held;
		t->line = row->line;
	}
	return status;
}

/* ---- header ---- */

static bool keep_header(struct table *t, const struct table_row *row, struct error *err)
{
	arena_reset(&t->names);
	struct slice *header = arena_alloc(&t->names, (row->count + 1) * sizeof *header, err);
	if (!header)
		return false;
	t->header = header;
	t->header_count = 0;
	for (size_t i = 0; i < row->count; i++) {
		header[i] = arena_copy(&t->names, slice_trim(row->fields[i]), err);
		if (header[i].length > 0)
			t->header_count = i + 1;
	}
	t->header_fields = row->count;
	t->header_line = t->line = row->line;
	if (t->format->expect)
		t->format->expect(t->state, t->header_count);
	return arena_ok(&t->names);
}

bool table_number_columns(struct table *t, struct error *err)
{
	const struct table_row *first;
	struct table_row names = { .line = 0 };
	size_t count;
	char number[24];
	if (t->format->names)
		return error_set_at(err, table_place_name(t), ERROR_USAGE, "leave --no-header out",
				    "the objects of JSON Lines name their fields themselves");
	if (!table_peek(t, 1, &first, &count, err))
		return false;
	if (count == 0 && t->ahead_end == TABLE_FAILED && err && err->code == ERROR_NONE)
		*err = t->ahead_error;
	if (count == 0)
		return t->ahead_end == TABLE_END &&
		       error_set_at(err, table_place_name(t), ERROR_INPUT, NULL, "there is no row");
	struct slice *fields = memory_new((first->count + 1) * sizeof *fields, err);
	struct arena numbers = { 0 };
	for (names.count = 0; fields && names.count < first->count && names.count < CSV_FIELDS; names.count++) {
		snprintf(number, sizeof number, "%zu", names.count + 1);
		fields[names.count] = arena_copy(&numbers, slice_of(number), err);
	}
	names.fields = fields;
	bool ok = fields && arena_ok(&numbers) && keep_header(t, &names, err);
	arena_free(&numbers);
	memory_free(fields);
	return ok;
}

enum table_status table_next_header(struct table *t, struct error *err)
{
	struct table_row row;

	if (t->format->want && !t->format->want(t->state, NULL, 0, err))
		return TABLE_FAILED;
	enum table_status status;
	do
		status = next_row(t, &row, err);
	while (status == TABLE_ROW && row.blank);
	if (status != TABLE_ROW)
		return status;
	if (row.reject != REJECT_NONE || row.count > CSV_FIELDS) {
		error_set(err, ERROR_INPUT, "take the file as published", "the header row cannot be read: %s",
			  reject_reason_name(row.reject != REJECT_NONE ? row.reject : REJECT_MANY_FIELDS));
		error_at(err, table_place_name(t), row.line, row.column);
		return TABLE_FAILED;
	}
	return keep_header(t, &row, err) ? TABLE_ROW : TABLE_FAILED;
}

const struct slice *table_header(const struct table *t, size_t *count)
{
	*count = t->header_count;
	return t->header;
}

uint64_t table_header_line(const struct table *t)
{
	return t->header_line;
}

static void learn_names(struct table *t)
{
	if (!t->format->names)
		return;
	t->header = t->format->names(t->state, &t->header_fields);
	t->header_count = t->header_fields;
}

size_t table_field_count(const struct table *t)
{
	return t->format->sheets ? CSV_FIELDS : t->header_fields;
}

bool table_has_own_names(const struct table *t)
{
	return t->format->names != NULL;
}

bool table_has_sheets(const struct table *t)
{
	return t->format->sheets != NULL;
}

bool table_add_column(struct table *t, struct slice name, size_t *column, bool *added, struct error *err)
{
	*added = t->format->add != NULL;
	if (!*added)
		return true;
	if (!t->format->add(t->state, name, err))
		return false;
	learn_names(t);
	*column = t->header_fields - 1;
	return true;
}

bool table_want(struct table *t, const size_t *fields, size_t count, struct error *err)
{
	if (!t->format->want)
		return true;
	/* A column without a name may have no cell in the header. */
	for (size_t i = 0; i < count; i++) {
		if (t->format->addressed && fields[i] >= t->header_fields && fields[i] < CSV_FIELDS)
			t->header_fields = fields[i] + 1;
	}
	bool *wanted = memory_new(t->header_fields * sizeof *wanted, err);
	if (!wanted)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (fields[i] < t->header_fields)
			wanted[fields[i]] = true;
	}
	bool ok = t->format->want(t->state, wanted, t->header_fields, err);
	memory_free(wanted);
	return ok;
}

/* Which field is missing cannot be known.  Of a forgiving table empty fields behind the last may be there or not. */
static void check_count(const struct table *t, struct table_row *row)
{
	size_t least = t->forgiving ? t->header_count : t->header_fields;
	while (t->forgiving && row->count > t->header_fields && row->count <= CSV_FIELDS &&
	       slice_trim(row->fields[row->count - 1]).length == 0)
		row->count--;
	/* The count comes first: invalid bytes in a row that is not one are no news. */
	if (row->reject == REJECT_TOO_LONG || row->reject == REJECT_OPEN_QUOTE ||
	    (row->count >= least && row->count <= t->header_fields))
		return;
	row->reject = row->count < least ? REJECT_FEW_FIELDS : REJECT_MANY_FIELDS;
	row->column = 0;
}

enum table_status table_next(struct table *t, struct table_row *row, struct error *err)
{
	enum table_status status;
	do
		status = next_with_blank(t, row, err);
	while (status == TABLE_ROW && row->blank && t->header_fields != 1);
	if (status != TABLE_ROW)
		return status;
	learn_names(t);
	if (!t->format->addressed)
		check_count(t, row);
	else if (row->count > t->header_fields)
		row->count = t->header_fields;
	return status;
}

uint64_t table_position(const struct table *t)
{
	return t->format->position ? t->format->position(t->state) : stream_position(t->stream);
}

const char *table_place_name(const struct table *t)
{
	return t->format->place ? t->format->place(t->state) : stream_place(t->stream);
}

const char *table_format_name(const struct table *t)
{
	return t->format->name;
}

/* ---- rejected rows ---- */

const char *reject_reason_name(enum reject_reason reason)
{
	static const char *const names[REJECT_REASON_COUNT] = {
		[REJECT_NONE] = "not rejected",
		[REJECT_FEW_FIELDS] = "too few fields",
		[REJECT_MANY_FIELDS] = "too many fields",
		[REJECT_BAD_CODE] = "malformed code",
		[REJECT_UNKNOWN_CODE] = "unknown code",
		[REJECT_UNKNOWN_ID] = "unknown task or activity",
		[REJECT_EMPTY] = "empty field",
		[REJECT_BAD_NUMBER] = "bad number",
		[REJECT_BAD_UTF8] = "invalid UTF-8",
		[REJECT_TOO_LONG] = "too long",
		[REJECT_DUPLICATE] = "duplicate",
		[REJECT_NOT_CERTIFIED] = "not certified",
		[REJECT_AMBIGUOUS] = "old code with several successors",
		[REJECT_NO_CODE] = "no code",
		[REJECT_OPEN_QUOTE] = "a quote that is not closed in its row",
		[REJECT_BAD_JSON] = "not a JSON object",
	};
	return reason >= 0 && reason < REJECT_REASON_COUNT ? names[reason] : "unknown reason";
}
