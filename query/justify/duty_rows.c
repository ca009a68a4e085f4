// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_rows.c - a duty sheet that is a table.
 */
#include <math.h>

#include "lib/base/ascii.h"
#include "lib/base/terminal.h"
#include "lib/table/sniff.h"
#include "query/batch/columns.h"
#include "query/justify/duty_reader.h"

#define DUTY_NAMES "duty|duties|dutydescription|jobduty|jobduties|task|tasks|taskdescription|jobtask|responsibility|"     \
		   "responsibilities|activity|activities|workactivity|workactivities|function|functions|description|text|" \
		   "statement"
#define TIME_NAMES "time|timepercent|percenttime|percent|percentage|pct|percentoftime|percentageoftime|oftime|timeshare|"  \
		   "shareoftime|share|timespent|percenttimespent|weight|allocation"
#define HOUR_NAMES "hours|hoursperweek|hoursaweek|hoursweek|hrsweek|hrs|weeklyhours|hoursweekly|hoursperday|hoursaday|"    \
		   "hoursday|hourspermonth|hoursperyear|timehours"

/* ---- is it a table ---- */

static bool ends_in(struct slice path, const char *end)
{
	struct slice wanted = slice_of(end);
	return path.length > wanted.length &&
	       slice_equal_nocase((struct slice){ path.at + path.length - wanted.length, wanted.length }, wanted);
}

static bool is_of_names(struct slice name, const char *names)
{
	while (*names) {
		size_t length = strcspn(names, "|");
		if (columns_name_is(name, (struct slice){ names, length }))
			return true;
		names += length + (names[length] == '|');
	}
	return false;
}

static bool is_time_name(struct slice name)
{
	return is_of_names(name, TIME_NAMES) || is_of_names(name, HOUR_NAMES) ||
	       slice_equal(slice_trim(name), SLICE("%"));
}

/* A first line that names duties and times, with tabs or commas between. */
static bool is_header(struct slice text, char delimiter)
{
	bool duty = false, time = false;
	size_t at = 0;
	while (at < text.length && (ascii_is_space(text.at[at]) || (unsigned char)text.at[at] >= 0x80))
		at++;   /* a byte order mark, too */
	for (size_t start = at; at <= text.length; at++) {
		bool end = at == text.length || text.at[at] == '\n' || text.at[at] == '\r';
		if (!end && text.at[at] != delimiter)
			continue;
		struct slice field = { text.at + start, at - start };
		duty |= is_of_names(field, DUTY_NAMES);
		time |= is_time_name(field);
		start = at + 1;
		if (end)
			break;
	}
	return duty && time;
}

bool duty_rows_are(struct slice bytes, const char *path)
{
	static const char *const ends[] = { ".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".xlsx", ".csv.gz", ".tsv.gz",
					    ".jsonl.gz" };
	struct slice head = { bytes.at, bytes.length < SNIFF_BYTES ? bytes.length : SNIFF_BYTES };
	struct slice trimmed = slice_trim(head);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (ends_in(slice_of(path), ends[i]))
			return true;
	return sniff_zip(head) || sniff_gzip(head) || (trimmed.length && trimmed.at[0] == '{') ||
	       is_header(bytes, '\t') || is_header(bytes, ',');
}

/* ---- its columns ---- */

struct duty_columns {
	size_t duty, time;       /* COLUMN_ABSENT: there is none */
	bool hours;              /* numbers in the column of times are hours */
};

static bool refuse_columns(struct duty_reader *r, const struct table *t)
{
	struct buffer names = { 0 };
	const char *known = columns_list(t, &names) ? names.at : "";
	error_set(r->c->err, ERROR_INPUT, NULL, "there is no column of duties");
	snprintf(r->c->err->hint, sizeof r->c->err->hint,
		 "the first row names the columns, such as duty,percent; here it is: %s", known);
	buffer_free(&names);
	return error_at(r->c->err, r->sheet->path, table_header_line(t), 0);
}

static size_t find_percent_sign(const struct table *t)
{
	size_t count;
	const struct slice *header = table_header(t, &count);
	for (size_t i = 0; i < count; i++)
		if (slice_equal(slice_trim(header[i]), SLICE("%")))
			return i;
	return COLUMN_ABSENT;
}

static bool find_columns(struct duty_reader *r, const struct table *t, struct duty_columns *out)
{
	out->duty = columns_guess(t, DUTY_NAMES);
	out->time = columns_guess(t, TIME_NAMES);
	out->hours = false;
	if (out->time == COLUMN_ABSENT)
		out->time = find_percent_sign(t);
	if (out->time == COLUMN_ABSENT) {
		out->time = columns_guess(t, HOUR_NAMES);
		out->hours = out->time != COLUMN_ABSENT;
	}
	return out->duty != COLUMN_ABSENT || refuse_columns(r, t);
}

/* Say what was taken for what, on standard error and in the sheet. */
static bool tell_columns(struct duty_reader *r, const struct table *t, const struct duty_columns *columns)
{
	struct buffer text = { 0 };
	size_t count;
	struct error *err = r->c->err;
	const struct slice *header = table_header(t, &count);
	bool ok = buffer_append_text(&text, "duties are taken from column ", err) &&
		  terminal_clean(header[columns->duty], &text, err);
	if (ok && columns->time != COLUMN_ABSENT)
		ok = buffer_append_text(&text, columns->hours ? ", hours from column " : ", times from column ", err) &&
		     terminal_clean(header[columns->time], &text, err);
	if (ok && !r->c->quiet)
		fprintf(stderr, "soc: %.*s\n", (int)text.length, text.at);
	ok = ok && duty_reader_note(r, "%.*s", (int)text.length, text.at);
	buffer_free(&text);
	return ok;
}

/* ---- its rows ---- */

static bool refuse_row(struct duty_reader *r, const struct table_row *row, enum reject_reason why)
{
	const char *hint = why == REJECT_MANY_FIELDS ? "put quotation marks around a duty that has a comma"
			 : why == REJECT_BAD_UTF8 ? "save the table as UTF-8" : "look at this row";
	return duty_reader_fail(r, row->line, hint, "the row cannot be read: %s", reject_reason_name(why));
}

static bool read_time(struct duty_reader *r, const struct duty_columns *columns, const struct table_row *row,
		      struct duty_time *out)
{
	struct slice cell = columns->time < row->count ? row->fields[columns->time] : (struct slice){ NULL, 0 };
	if (!duty_time_read(cell, out)) {
		duty_reader_fail(r, row->line, "write a time as 30, 30% or 12 hours", "\"%.*s\" is no time",
				 (int)(cell.length < 40 ? cell.length : 40), cell.at);
		return error_at(r->c->err, NULL, 0, 0);
	}
	if (out->unit == DUTY_UNIT_NUMBER && columns->hours)
		out->unit = DUTY_UNIT_HOURS;
	return true;
}

static bool take_row(struct duty_reader *r, const struct duty_columns *columns, const struct table_row *row)
{
	struct duty_time time;
	if (row->reject != REJECT_NONE && row->reject != REJECT_FEW_FIELDS)
		return refuse_row(r, row, row->reject);
	if (row->cut || columns->duty >= row->count)
		return row->cut ? duty_reader_fail(r, row->line, "put one duty in a row", "the row is too long")
				: duty_reader_fail(r, row->line, "the first row names the columns", "the row has too few fields");
	/* Of a row with too few fields, nothing else is said. */
	if (!slice_is_utf8(row->fields[columns->duty], NULL))
		return refuse_row(r, row, REJECT_BAD_UTF8);
	if (!read_time(r, columns, row, &time))
		return false;
	struct duty_line l = duty_line_read(row->fields[columns->duty]);
	if (l.kind == DUTY_LINE_TOTAL)
		return duty_reader_leave(r, l.kind, l.text, row->line);
	if (l.kind == DUTY_LINE_BLANK && time.unit == DUTY_UNIT_NONE)
		return true;
	if (l.kind == DUTY_LINE_BLANK || l.kind == DUTY_LINE_TIME)
		return duty_reader_fail(r, row->line, "name the duty beside the time", "a time stands without a duty");
	/* In a table, a duty is what stands in its column; its time may stand there too. */
	if (columns->time == COLUMN_ABSENT)
		return duty_reader_add(r, l.text, l.time, row->line);
	return duty_reader_add(r, slice_trim(row->fields[columns->duty]), time, row->line);
}

static bool read_rows(struct duty_reader *r, struct table *t)
{
	struct duty_columns columns;
	if (!find_columns(r, t, &columns) || !tell_columns(r, t, &columns))
		return false;
	for (;;) {
		struct table_row row;
		switch (table_next(t, &row, r->c->err)) {
		case TABLE_END:
			return true;
		case TABLE_FAILED:
			return false;
		case TABLE_ROW:
			break;
		}
		if (!take_row(r, &columns, &row))
			return false;
	}
}

bool duty_rows_read(struct duty_reader *r, struct slice bytes)
{
	struct container *container = NULL;
	struct table *table = NULL;
	bool ok = container_open_memory(bytes, r->sheet->path, NULL, &container, r->c->err) &&
		  columns_open_table(container, &table, r->c->err) && read_rows(r, table);
	table_close(table);
	container_close(container);
	return ok;
}
