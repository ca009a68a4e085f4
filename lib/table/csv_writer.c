// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * csv_writer.c - quotes and cleans fields, and writes them as CSV or TSV.
 */
#include "lib/table/csv_writer.h"

#include <inttypes.h>

#include "lib/base/ascii.h"
#include "lib/base/terminal.h"

static void emit(struct csv_writer *o, const char *bytes, size_t length)
{
	if (o->buffer)
		buffer_append(o->buffer, bytes, length, o->err);
	else
		fwrite(bytes, 1, length, o->stream);
}

static void emit_byte(struct csv_writer *o, char byte)
{
	emit(o, &byte, 1);
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Nothing in it has to be quoted, cleaned or looked at again: as most fields. */
static bool is_plain(const struct csv_writer *o, struct slice value)
{
	for (size_t i = 0; i < value.length; i++) {
		char c = value.at[i];
		if (c < ' ' || c > '~' || c == o->dialect.delimiter || c == '"')
			return false;
	}
	return value.length > 0 && value.at[0] != ' ' && value.at[value.length - 1] != ' ';
}

static bool needs_quotes(const struct csv_writer *o, struct slice value)
{
	if (value.length == 0 || !o->dialect.quotes)
		return false;
	for (size_t i = 0; i < value.length; i++)
		if (value.at[i] == o->dialect.delimiter || value.at[i] == '"' || is_line_end(value.at[i]))
			return true;
	return is_blank(value.at[0]) || is_blank(value.at[value.length - 1]);
}

static void put_clean(struct csv_writer *o, struct slice part)
{
	struct buffer clean = { 0 };
	if (part.length && terminal_clean(part, &clean, o->err))
		emit(o, clean.at, clean.length);
	buffer_free(&clean);
}

/* Quoted, tabs and line ends may stay as they are. */
static void put_quoted(struct csv_writer *o, struct slice value)
{
	size_t from = 0;
	emit_byte(o, '"');
	for (size_t i = 0; i < value.length; i++) {
		char c = value.at[i];
		if (c != '"' && c != '\t' && !is_line_end(c))
			continue;
		put_clean(o, (struct slice){ value.at + from, i - from });
		if (c == '"')
			emit_byte(o, '"');
		emit_byte(o, c);
		from = i + 1;
	}
	put_clean(o, (struct slice){ value.at + from, value.length - from });
	emit_byte(o, '"');
}

/* ---- what a spreadsheet would run ---- */

/* -12, +3.5e7: a spreadsheet shows them as the numbers that they are. */
static bool is_number(struct slice value)
{
	size_t i = 1, digits = 0;
	for (; i < value.length && (ascii_is_digit(value.at[i]) || value.at[i] == '.'); i++)
		digits += ascii_is_digit(value.at[i]);
	if (digits > 0 && i + 2 < value.length && ascii_to_lower(value.at[i]) == 'e') {
		i += value.at[i + 1] == '-' || value.at[i + 1] == '+' ? 2 : 1;
		while (i < value.length && ascii_is_digit(value.at[i]))
			i++;
	}
	return digits > 0 && i == value.length && (value.at[0] == '-' || value.at[0] == '+');
}

/* Whether a cell, without apostrophes in front, begins with what makes a formula of it. */
static bool is_run(struct slice value)
{
	while (slice_skip(&value, SLICE("'")))
		;
	return value.length > 0 && memchr("=+-@\t\r", value.at[0], 6) && !is_number(value);
}

struct slice cell_without_guard(struct slice cell)
{
	if (cell.length > 0 && cell.at[0] == '\'' && is_run(cell))
		slice_skip(&cell, SLICE("'"));
	return cell;
}

static void put_guarded(struct csv_writer *o, struct slice value)
{
	struct buffer cell = { 0 };
	buffer_append_byte(&cell, '\'', o->err);
	buffer_append(&cell, value.at, value.length, o->err);
	put_quoted(o, buffer_slice(&cell));
	buffer_free(&cell);
}

static void begin_field(struct csv_writer *o, size_t length)
{
	if (o->fields++ > 0)
		emit_byte(o, o->dialect.delimiter);
	o->written += length;
}

void csv_put(struct csv_writer *o, struct slice value)
{
	begin_field(o, value.length);
	if (o->purpose != CSV_FOR_PROGRAMS && is_run(value))
		put_guarded(o, value);
	else if (is_plain(o, value))
		emit(o, value.at, value.length);
	else if (needs_quotes(o, value))
		put_quoted(o, value);
	else
		put_clean(o, value);
}

void csv_put_text(struct csv_writer *o, const char *value)
{
	csv_put(o, slice_of(value));
}

void csv_put_code(struct csv_writer *o, struct slice code)
{
	char text[32];
	if (o->purpose != CSV_FOR_EXCEL || code.length > 24) {
		csv_put(o, code);
		return;
	}
	snprintf(text, sizeof text, "=\"%.*s\"", (int)code.length, code.at);
	begin_field(o, code.length);
	put_quoted(o, slice_of(text));
}

void csv_put_count(struct csv_writer *o, uint64_t value)
{
	char text[24];
	snprintf(text, sizeof text, "%" PRIu64, value);
	csv_put(o, slice_of(text));
}

void csv_put_real(struct csv_writer *o, double value)
{
	char text[40];
	snprintf(text, sizeof text, "%.6g", value);
	csv_put(o, slice_of(text));
}

void csv_end(struct csv_writer *o)
{
	/* A row of one empty field would be an empty line, which is no row. */
	if (o->dialect.quotes && o->fields == 1 && o->written == 0)
		emit(o, "\"\"", 2);
	emit(o, &"\r\n"[!o->dialect.quotes], 1 + o->dialect.quotes);
	o->fields = 0;
	o->written = 0;
}

void csv_header(struct csv_writer *o, const char *names)
{
	while (*names) {
		size_t length = strcspn(names, " ");
		csv_put(o, (struct slice){ names, length });
		names += length + strspn(names + length, " ");
	}
	csv_end(o);
}
