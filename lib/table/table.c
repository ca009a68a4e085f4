// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * table.c - the list of table formats, and what is common to them: header, columns, rejected rows.
 */
#include "lib/table/table.h"

#include "lib/table/csv_reader.h"
#include "lib/table/json_lines.h"
#include "lib/table/sniff.h"
#include "lib/table/xlsx.h"

struct table {
	const struct table_format *format;
	void *state;
	struct stream *stream;
	struct arena names; /* the header's fields */
	struct slice *header;
	size_t header_count;  /* named columns */
	size_t header_fields; /* with the empty ones behind them */
	uint64_t header_line;
};

/* ---- text formats ---- */

static bool stream_source(void *ctx, void *to, size_t size, size_t *got, struct error *err)
{
	return stream_read(ctx, to, size, got, err);
}

static bool open_text(const struct table_opening *o, void **state, struct error *err)
{
	struct csv_dialect dialect = o->format->dialect;
	dialect.windows_1252 |= o->forgiving;
	dialect.forgiving = o->forgiving;
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
	return TABLE_ROW;
}

static void close_text(void *state)
{
	csv_reader_free(state);
}

/* A tab on the first line: commas may stand in the text of a TSV, but hardly a tab in a CSV header. */
static bool probe_tsv(struct slice head)
{
	for (size_t i = 0; i < head.length && head.at[i] != '\n' && head.at[i] != '\r'; i++) {
		if (head.at[i] == '\t')
			return true;
	}
	return false;
}

static bool probe_any(struct slice head)
{
	(void)head;
	return true;
}

/* ---- the list of formats: the first whose probe says yes ---- */

#define TEXT_FORMAT .open = open_text, .next = next_text, .close = close_text

static const struct table_format tsv_format = {
	.name = "TSV", .probe = probe_tsv, TEXT_FORMAT, .dialect = { .delimiter = '\t' }
};
static const struct table_format csv_format = {
	.name = "CSV",
	.probe = probe_any,
	TEXT_FORMAT,
	.dialect = { .delimiter = ',', .quotes = true, .windows_1252 = true },
};

static const struct table_format *const formats[] = { &xlsx_format, &json_lines_format, &tsv_format, &csv_format };

/* ---- tables ---- */

static bool choose_format(struct stream *stream, const struct table_format **format, struct error *err)
{
	struct slice head;

	if (!stream_peek(stream, &head, err))
		return false;
	const struct sniff *foreign = sniff_foreign(head);
	if (foreign) {
		return error_set_at(err, stream_place(stream), ERROR_INPUT, foreign->hint, "this is %s, not a table",
				    foreign->what);
	}
	size_t i = 0;
	while (!formats[i]->probe(head))
		i++;
	*format = formats[i];
	return true;
}

bool table_sheets_list(struct input_source *input_source, size_t member, struct table_sheets *out, struct error *err)
{
	static const struct slice unnamed = { "", 0 };
	const struct table_place place = { input_source, member, 0 };
	const struct table_format *format;
	struct stream *stream = NULL;

	*out = (struct table_sheets){ .names = &unnamed, .count = 1 };
	bool ok = stream_open(input_source, member, &stream, err) && choose_format(stream, &format, err);
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

static bool open_format(struct table *t, const struct table_place *place, bool forgiving, struct error *err)
{
	struct table_opening opening = { .place = *place, .forgiving = forgiving };
	if (!stream_open(place->input_source, place->member, &t->stream, err) ||
	    !choose_format(t->stream, &t->format, err))
		return false;
	if (place->sheet > 0 && !t->format->sheets)
		return error_set(err, ERROR_INPUT, NULL, "there is no sheet %lu: this is text",
				 (unsigned long)place->sheet + 1);
	opening.in = t->stream;
	opening.format = t->format;
	return t->format->open(&opening, &t->state, err);
}

static bool open_table(const struct table_place *place, bool forgiving, struct table **out, struct error *err)
{
	struct table *t = *out = memory_new(sizeof *t, err);
	if (!t || open_format(t, place, forgiving, err))
		return t != NULL;
	if (t->stream)
		error_at(err, stream_place(t->stream), 0, 0);
	table_close(t);
	*out = NULL;
	return false;
}

bool table_open(const struct table_place *place, struct table **out, struct error *err)
{
	return open_table(place, false, out, err);
}

bool table_open_forgiving(const struct table_place *place, struct table **out, struct error *err)
{
	return open_table(place, true, out, err);
}

void table_close(struct table *t)
{
	if (!t)
		return;
	if (t->state)
		t->format->close(t->state);
	stream_close(t->stream);
	arena_free(&t->names);
	memory_free(t);
}

/* A row from the format; an error gets its place. */
static enum table_status next_row(struct table *t, struct table_row *row, struct error *err)
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

static bool keep_header(struct table *t, const struct table_row *row, struct error *err)
{
	arena_reset(&t->names);
	t->header_count = 0;
	t->header = arena_alloc(&t->names, row->count * sizeof *t->header, err);
	if (!t->header)
		return false;
	for (size_t i = 0; i < row->count; i++) {
		t->header[i] = arena_copy(&t->names, slice_trim(row->fields[i]), err);
		if (t->header[i].length > 0)
			t->header_count = i + 1;
	}
	t->header_fields = row->count;
	t->header_line = row->line;
	return arena_ok(&t->names);
}

enum table_status table_next_header(struct table *t, struct error *err)
{
	struct table_row row;

	if (t->format->want && !t->format->want(t->state, NULL, 0, err))
		return TABLE_FAILED;
	enum table_status status = next_row(t, &row, err);
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

bool table_add_column(struct table *t, struct slice name, size_t *column, bool *added, struct error *err)
{
	*added = t->format->add != NULL;
	if (!*added)
		return true;
	struct slice *header = arena_alloc(&t->names, (t->header_fields + 1) * sizeof *header, err);
	if (!header || !t->format->add(t->state, name, err))
		return false;
	memcpy(header, t->header, t->header_fields * sizeof *header);
	header[t->header_fields] = arena_copy(&t->names, name, err);
	if (!header[t->header_fields].at)
		return false;
	*column = t->header_fields++;
	t->header = header;
	t->header_count = t->header_fields;
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

enum table_status table_next(struct table *t, struct table_row *row, struct error *err)
{
	enum table_status status = next_row(t, row, err);

	if (status == TABLE_ROW && t->format->addressed) {
		if (row->count > t->header_fields)
			row->count = t->header_fields;
		return status;
	}
	/* The count comes first: invalid bytes in a row that is not one are no news. */
	if (status == TABLE_ROW && row->reject != REJECT_TOO_LONG && row->reject != REJECT_OPEN_QUOTE &&
	    row->count != t->header_fields) {
		row->reject = row->count < t->header_fields ? REJECT_FEW_FIELDS : REJECT_MANY_FIELDS;
		row->column = 0;
	}
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
		[REJECT_OPEN_QUOTE] = "a quote that is never closed",
		[REJECT_BAD_JSON] = "not a JSON object",
	};
	return reason >= 0 && reason < REJECT_REASON_COUNT ? names[reason] : "unknown reason";
}
