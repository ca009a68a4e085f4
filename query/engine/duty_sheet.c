// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_sheet.c - reads a duty sheet, lines of text or a table, and makes shares of its times.
 */
#include <math.h>
#include <stdarg.h>

#include "lib/base/ascii.h"
#include "lib/base/terminal.h"
#include "lib/base/utf8.h"
#include "lib/table/column_guess.h"
#include "lib/table/sniff.h"
#include "query/engine/duty_sheet.h"

const char *duty_times_name(enum duty_times times)
{
	static const char *const names[DUTY_TIMES_COUNT] = { "given", "scaled", "filled", "equal" };
	return names[times];
}

/* ---- what is added ---- */

/* A sheet that is being read. */
struct duty_reader {
	struct session *session;
	struct duty_sheet *sheet;
	size_t heading;       /* the duty to which bullets belong, from 1; 0: none */
	size_t heading_lines; /* that went to such */
	size_t last_indent;
	bool last; /* the line above was of the last duty */
};

/* An error at a line of the sheet; false. */
static bool fail(struct duty_reader *r, uint64_t line, const char *hint, const char *format, ...) ERROR_PRINTF(4, 5);
static bool note(struct duty_reader *r, const char *format, ...) ERROR_PRINTF(2, 3);

static bool fail(struct duty_reader *r, uint64_t line, const char *hint, const char *format, ...)
{
	char text[sizeof r->session->err->text];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	error_set(r->session->err, ERROR_INPUT, hint, "%s", text);
	return error_at(r->session->err, r->sheet->path, line, 0);
}

/* Room in the arena for one more, twice as much each time. */
static bool grow(struct duty_reader *r, void *at, size_t count, size_t size)
{
	void **items = at;
	if (count > 0 && (count < 8 || (count & (count - 1)) != 0))
		return true;
	void *larger = arena_alloc(&r->session->arena, (count < 8 ? 8 : 2 * count) * size, r->session->err);
	if (larger && count)
		memcpy(larger, *items, count * size);
	if (larger)
		*items = larger;
	return larger != NULL;
}

static bool too_long(struct duty_reader *r, uint64_t line)
{
	error_set(r->session->err, ERROR_LIMIT, "put one duty on a line", "a duty has more than %d KiB",
		  DUTY_LENGTH_MAX / 1024);
	return error_at(r->session->err, r->sheet->path, line, 0);
}

static bool add(struct duty_reader *r, struct slice text, struct duty_time time, uint64_t line)
{
	struct duty_sheet *s = r->sheet;
	if (text.length > DUTY_LENGTH_MAX)
		return too_long(r, line);
	if (s->count == DUTIES_MAX) {
		error_set(r->session->err, ERROR_LIMIT, "a sheet is of one job; soc code reads files of many",
			  "there are more than %d duties", DUTIES_MAX);
		return error_at(r->session->err, s->path, line, 0);
	}
	if (time.unit != DUTY_UNIT_NONE && time.value < 0.0)
		return fail(r, line, "write a time as 30% or 12 hours; behind a bullet, leave a blank",
			    "a time is negative");
	if (!grow(r, &s->at, s->count, sizeof *s->at))
		return false;
	s->at[s->count] = (struct duty){ arena_copy(&r->session->arena, text, r->session->err), time, 0.0, line };
	return s->at[s->count++].text.at != NULL;
}

static bool set_aside(struct duty_reader *r, enum duty_line_kind kind, struct slice text, uint64_t line)
{
	struct duty_sheet *s = r->sheet;
	if (text.length > DUTY_LENGTH_MAX)
		return too_long(r, line);
	if (!grow(r, &s->left, s->left_count, sizeof *s->left))
		return false;
	s->left[s->left_count] =
		(struct duty_left){ kind, arena_copy(&r->session->arena, text, r->session->err), line };
	return s->left[s->left_count++].text.at != NULL;
}

static bool note(struct duty_reader *r, const char *format, ...)
{
	struct duty_sheet *s = r->sheet;
	char text[300];
	va_list arguments;
	if (s->note_count == sizeof s->notes / sizeof *s->notes)
		return true;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	s->notes[s->note_count] = arena_copy(&r->session->arena, slice_of(text), r->session->err);
	return s->notes[s->note_count++].at != NULL;
}

/* ---- lines ---- */

/* Go on with the last duty. */
static bool join(struct duty_reader *r, size_t duty, const char *between, const struct duty_line *l)
{
	struct duty *d = &r->sheet->at[duty];
	struct buffer text = { 0 };
	if (d->text.length + l->text.length > DUTY_LENGTH_MAX)
		return too_long(r, d->line);
	bool ok = buffer_append(&text, d->text.at, d->text.length, r->session->err) &&
		  buffer_append_text(&text, between, r->session->err) &&
		  buffer_append(&text, l->text.at, l->text.length, r->session->err);
	struct slice joined =
		ok ? arena_copy(&r->session->arena, buffer_slice(&text), r->session->err) : (struct slice){ NULL, 0 };
	buffer_free(&text);
	if (!joined.at)
		return false;
	d->text = joined;
	if (l->time.unit != DUTY_UNIT_NONE)
		d->time = l->time;
	return true;
}

/* A line that is indented deeper, and is no duty of its own, goes on with the one above. */
static bool goes_on(const struct duty_reader *r, const struct duty_line *l)
{
	bool timed = l->time.unit != DUTY_UNIT_NONE;
	const struct duty_sheet *s = r->sheet;
	return r->last && !l->bullet && l->indent > r->last_indent + 1 && l->kind == DUTY_LINE_DUTY &&
	       (!timed || (l->behind && s->at[s->count - 1].time.unit == DUTY_UNIT_NONE));
}

static bool belongs_to_heading(const struct duty_reader *r, const struct duty_line *l)
{
	return r->heading && l->bullet && l->kind == DUTY_LINE_DUTY && l->time.unit == DUTY_UNIT_NONE;
}

static bool add_to_heading(struct duty_reader *r, const struct duty_line *l)
{
	struct slice above = r->sheet->at[r->heading - 1].text;
	char sign = above.length ? above.at[above.length - 1] : '.';
	const char *between = strchr(".;:,", sign) ? " " : "; ";
	r->heading_lines++;
	return join(r, r->heading - 1, between, l);
}

static bool add_duty(struct duty_reader *r, const struct duty_line *l, uint64_t line)
{
	if (!add(r, l->text, l->time, line))
		return false;
	r->heading = !l->bullet && l->time.unit != DUTY_UNIT_NONE ? r->sheet->count : 0;
	r->last_indent = l->indent;
	return true;
}

static bool take_line(struct duty_reader *r, struct slice text, uint64_t line)
{
	struct duty_line l = duty_line_read(text);
	if (l.kind == DUTY_LINE_TIME)
		return fail(r, line, "write the time and its duty on one line: 30% design ...",
			    "a time stands without a duty");
	if (l.kind == DUTY_LINE_BLANK) {
		r->last = false;
		return true;
	}
	if (l.kind != DUTY_LINE_DUTY) {
		r->last = false;
		r->heading = 0;
		return set_aside(r, l.kind, slice_trim(text), line);
	}
	bool ok = goes_on(r, &l)              ? join(r, r->sheet->count - 1, " ", &l)
		  : belongs_to_heading(r, &l) ? add_to_heading(r, &l)
					      : add_duty(r, &l, line);
	r->last = true;
	return ok;
}

/* Lines end at LF, CRLF or CR. */
static bool read_text(struct duty_reader *r, struct slice text)
{
	uint64_t line = 0;
	size_t bad;
	if (text.length >= 3 && memcmp(text.at, "\xEF\xBB\xBF", 3) == 0)
		text = (struct slice){ text.at + 3, text.length - 3 };
	bool whole = slice_is_utf8(text, &bad);
	while (text.length > 0) {
		size_t end = 0;
		while (end < text.length && text.at[end] != '\n' && text.at[end] != '\r')
			end++;
		line++;
		if (!whole && bad <= end)
			return fail(r, line, "save it as UTF-8: iconv -f windows-1252 -t utf-8 FILE",
				    "the text is not UTF-8");
		if (!take_line(r, (struct slice){ text.at, end }, line))
			return false;
		end += end < text.length;
		end += end < text.length && text.at[end - 1] == '\r' && text.at[end] == '\n';
		bad -= whole ? 0 : end;
		text = (struct slice){ text.at + end, text.length - end };
	}
	return true;
}

/* ---- a sheet that is a table ---- */

#define DUTY_NAMES \
	"duty|duties|dutydescription|jobduty|jobduties|task|tasks|taskdescription|jobtask|responsibility|" \
	"responsibilities|activity|activities|workactivity|workactivities|function|functions|description|text|" \
	"statement"
#define TIME_NAMES \
	"time|timepercent|percenttime|percent|percentage|pct|percentoftime|percentageoftime|oftime|timeshare|" \
	"shareoftime|share|timespent|percenttimespent|weight|allocation"
#define HOUR_NAMES \
	"hours|hoursperweek|hoursaweek|hoursweek|hrsweek|hrs|weeklyhours|hoursweekly|hoursperday|hoursaday|" \
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
		at++; /* a byte order mark, too */
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

static bool is_table(struct slice bytes, const char *path)
{
	static const char *const ends[] = { ".csv",  ".tsv",    ".tab",    ".jsonl",   ".ndjson",
					    ".xlsx", ".csv.gz", ".tsv.gz", ".jsonl.gz" };
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
	size_t duty, time; /* COLUMN_ABSENT: there is none */
	bool hours;        /* numbers in the column of times are hours */
};

static bool refuse_columns(struct duty_reader *r, const struct table *t)
{
	struct buffer names = { 0 };
	const char *known = columns_list(t, &names) ? names.at : "";
	error_set(r->session->err, ERROR_INPUT, NULL, "there is no column of duties");
	snprintf(r->session->err->hint, sizeof r->session->err->hint,
		 "the first row names the columns, such as duty,percent; here it is: %s", known);
	buffer_free(&names);
	return error_at(r->session->err, r->sheet->path, table_header_line(t), 0);
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

/* Note which column was taken for what. */
static bool tell_columns(struct duty_reader *r, const struct table *t, const struct duty_columns *columns)
{
	struct buffer text = { 0 };
	size_t count;
	struct error *err = r->session->err;
	const struct slice *header = table_header(t, &count);
	bool ok = buffer_append_text(&text, "duties are taken from column ", err) &&
		  terminal_clean(header[columns->duty], &text, err);
	if (ok && columns->time != COLUMN_ABSENT)
		ok = buffer_append_text(&text, columns->hours ? ", hours from column " : ", times from column ", err) &&
		     terminal_clean(header[columns->time], &text, err);
	ok = ok && note(r, "%.*s", (int)text.length, text.at);
	if (ok)
		r->sheet->columns = r->sheet->notes[r->sheet->note_count - 1];
	buffer_free(&text);
	return ok;
}

/* ---- its rows ---- */

static bool refuse_row(struct duty_reader *r, const struct table_row *row, enum reject_reason why)
{
	const char *hint = why == REJECT_MANY_FIELDS ? "put quotation marks around a duty that has a comma"
			   : why == REJECT_BAD_UTF8  ? "save the table as UTF-8"
						     : "look at this row";
	return fail(r, row->line, hint, "the row cannot be read: %s", reject_reason_name(why));
}

static bool read_time(struct duty_reader *r, const struct duty_columns *columns, const struct table_row *row,
		      struct duty_time *out)
{
	struct slice cell = columns->time < row->count ? row->fields[columns->time] : (struct slice){ NULL, 0 };
	if (!duty_time_read(cell, out)) {
		fail(r, row->line, "write a time as 30, 30% or 12 hours", "\"%.*s\" is no time",
		     (int)(cell.length < 40 ? cell.length : 40), cell.at);
		return error_at(r->session->err, NULL, 0, 0);
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
		return row->cut ? fail(r, row->line, "put one duty in a row", "the row is too long")
				: fail(r, row->line, "the first row names the columns", "the row has too few fields");
	/* Of a row with too few fields, nothing else is said. */
	if (!slice_is_utf8(row->fields[columns->duty], NULL))
		return refuse_row(r, row, REJECT_BAD_UTF8);
	if (!read_time(r, columns, row, &time))
		return false;
	struct duty_line l = duty_line_read(row->fields[columns->duty]);
	if (l.kind == DUTY_LINE_TOTAL)
		return set_aside(r, l.kind, l.text, row->line);
	if (l.kind == DUTY_LINE_BLANK && time.unit == DUTY_UNIT_NONE)
		return true;
	if (l.kind == DUTY_LINE_BLANK || l.kind == DUTY_LINE_TIME)
		return fail(r, row->line, "name the duty beside the time", "a time stands without a duty");
	/* In a table, a duty is what stands in its column; its time may stand there too. */
	if (columns->time == COLUMN_ABSENT)
		return add(r, l.text, l.time, row->line);
	return add(r, slice_trim(row->fields[columns->duty]), time, row->line);
}

static bool read_rows(struct duty_reader *r, struct table *t)
{
	struct duty_columns columns;
	if (!find_columns(r, t, &columns) || !tell_columns(r, t, &columns))
		return false;
	for (;;) {
		struct table_row row;
		switch (table_next(t, &row, r->session->err)) {
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

static bool read_table(struct duty_reader *r, struct slice bytes)
{
	struct input_source *input_source = NULL;
	struct table *table = NULL;
	bool ok = input_source_open_memory(bytes, r->sheet->path, NULL, &input_source, r->session->err) &&
		  columns_open_table(input_source, &table, r->session->err) && read_rows(r, table);
	table_close(table);
	input_source_close(input_source);
	return ok;
}

/* ---- from times as they are written to shares that add up to 1 ---- */

/* "100", "37.5". */
#define FIGURE "%.6g"

static const char *period_name(enum duty_period period)
{
	static const char *const names[] = { "", " a day", " a week", " a month", " a year" };
	return names[period];
}

/* All times are of one unit and one period; *sum adds them up. */
static bool check_units(struct duty_reader *r)
{
	struct duty_sheet *s = r->sheet;
	const struct duty *first = NULL;
	for (size_t i = 0; i < s->count; i++) {
		const struct duty *d = &s->at[i];
		if (d->time.unit == DUTY_UNIT_NONE) {
			s->untimed++;
			continue;
		}
		s->sum += d->time.value;
		if (!first) {
			first = d;
			s->unit = d->time.unit;
			s->period = d->time.period;
		}
		/* A number beside per cents is one. */
		bool hours = d->time.unit == DUTY_UNIT_HOURS;
		if (hours != (first->time.unit == DUTY_UNIT_HOURS))
			return fail(r, d->line, "give all times in per cent, or all in hours",
				    "hours and other times are mixed");
		if (d->time.period != first->time.period)
			return fail(r, d->line, "give all hours a week, or all hours a day",
				    "hours%s and hours%s are mixed", period_name(first->time.period),
				    period_name(d->time.period));
		if (d->time.unit == DUTY_UNIT_PERCENT)
			s->unit = DUTY_UNIT_PERCENT;
	}
	return true;
}

/* Numbers without a unit that add up to about 1 are fractions: so does a spreadsheet store per cents. */
static void read_fractions(struct duty_sheet *s)
{
	if (s->unit != DUTY_UNIT_NUMBER)
		return;
	s->unit = DUTY_UNIT_PERCENT;
	if (s->untimed || s->sum < DUTY_PERCENT_LEAST / 100.0 || s->sum > DUTY_PERCENT_MOST / 100.0)
		return;
	for (size_t i = 0; i < s->count; i++)
		s->at[i].time.value *= 100.0;
	s->sum *= 100.0;
}

static bool refuse_sum(struct duty_reader *r)
{
	const struct duty_sheet *s = r->sheet;
	char hint[200];
	if (s->sum <= 0.0)
		return fail(r, 0, "give each duty its share of the time, or none of them", "the times add up to 0");
	snprintf(hint, sizeof hint,
		 "sums from %.0f to %.0f per cent are scaled to 100; hours may have any sum: 12 hours",
		 DUTY_PERCENT_LEAST, DUTY_PERCENT_MOST);
	return fail(r, 0, hint, "the times of %zu %s add up to " FIGURE " per cent", s->count - s->untimed,
		    s->count - s->untimed == 1 ? "duty" : "duties", s->sum);
}

static const struct duty *first_untimed(const struct duty_sheet *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->at[i].time.unit == DUTY_UNIT_NONE)
			return &s->at[i];
	return NULL;
}

/* ---- the cases ---- */

static bool share_evenly(struct duty_reader *r)
{
	struct duty_sheet *s = r->sheet;
	s->times = DUTY_TIMES_EQUAL;
	for (size_t i = 0; i < s->count; i++)
		s->at[i].share = 1.0 / (double)s->count;
	return s->count == 1 || note(r, "no duty has a time: each counts for 1 of %zu", s->count);
}

/* What the times leave of 100 per cent goes to those without one. */
static bool share_rest(struct duty_reader *r)
{
	struct duty_sheet *s = r->sheet;
	const struct duty *first = first_untimed(s);
	if (s->unit == DUTY_UNIT_HOURS)
		return fail(r, first->line, "give this duty its hours too",
			    "a duty has no time, and of hours it is not known what is left");
	if (s->sum > DUTY_PERCENT_MOST)
		return refuse_sum(r);
	double rest = (100.0 - s->sum) / (double)s->untimed;
	if (rest <= 0.0)
		return fail(r, first->line, "give this duty a time, and the others less",
			    "a duty has no time, and the others leave nothing: they add up to " FIGURE " per cent",
			    s->sum);
	s->times = DUTY_TIMES_FILLED;
	for (size_t i = 0; i < s->count; i++)
		s->at[i].share = (s->at[i].time.unit == DUTY_UNIT_NONE ? rest : s->at[i].time.value) / 100.0;
	if (s->untimed == 1)
		return note(r, "1 duty has no time: it gets the " FIGURE " per cent that the others leave", rest);
	return note(r, "%zu duties have no time: they share the " FIGURE " per cent that the others leave", s->untimed,
		    100.0 - s->sum);
}

static bool scale(struct duty_reader *r)
{
	struct duty_sheet *s = r->sheet;
	bool hours = s->unit == DUTY_UNIT_HOURS;
	if (s->sum <= 0.0 || (!hours && (s->sum < DUTY_PERCENT_LEAST || s->sum > DUTY_PERCENT_MOST)))
		return refuse_sum(r);
	for (size_t i = 0; i < s->count; i++)
		s->at[i].share = s->at[i].time.value / s->sum;
	s->times = hours || fabs(s->sum - 100.0) > 0.05 ? DUTY_TIMES_SCALED : DUTY_TIMES_GIVEN;
	if (hours)
		return note(r, "the times are " FIGURE " hours%s together, scaled to 100 per cent", s->sum,
			    period_name(s->period));
	return s->times == DUTY_TIMES_GIVEN ||
	       note(r, "the times add up to " FIGURE " per cent, scaled to 100", s->sum);
}

static bool make_shares(struct duty_reader *r)
{
	struct duty_sheet *s = r->sheet;
	if (!check_units(r))
		return false;
	read_fractions(s);
	return s->untimed == s->count ? share_evenly(r) : s->untimed ? share_rest(r) : scale(r);
}

/* ---- the sheet ---- */

static bool note_lines(struct duty_reader *r)
{
	size_t ranges = 0;
	for (size_t i = 0; i < r->sheet->count; i++)
		ranges += r->sheet->at[i].time.range;
	if (r->heading_lines && !note(r, "%zu %s with a bullet and no time %s taken into the duty above %s",
				      r->heading_lines, r->heading_lines == 1 ? "line" : "lines",
				      r->heading_lines == 1 ? "was" : "were", r->heading_lines == 1 ? "it" : "them"))
		return false;
	return ranges == 0 || note(r, "of %zu %s the middle was taken", ranges, ranges == 1 ? "range" : "ranges");
}

static bool read_sheet(struct duty_reader *r, struct slice bytes, const char *path)
{
	struct slice head = { bytes.at, bytes.length < SNIFF_BYTES ? bytes.length : SNIFF_BYTES };
	const struct sniff *foreign = sniff_foreign(head);
	if (foreign)
		return fail(r, 0, "save it as text with one duty a line, or as a table", "this is %s, not a duty sheet",
			    foreign->what);
	return is_table(bytes, path) ? read_table(r, bytes) : read_text(r, bytes);
}

bool duty_sheet_read(struct session *s, struct slice bytes, const char *path, struct duty_sheet *out)
{
	struct duty_reader r = { .session = s, .sheet = out };
	*out = (struct duty_sheet){ .path = strcmp(path, "-") == 0 ? "standard input" : path };
	if (!read_sheet(&r, bytes, path))
		return false;
	if (out->count == 0)
		return fail(&r, 0, "write one duty a line, such as: 30% design and test software",
			    "there is no duty in the sheet");
	return note_lines(&r) && make_shares(&r);
}

struct slice duty_sheet_text(struct session *s, const struct duty_sheet *sheet)
{
	struct buffer text = { 0 };
	for (size_t i = 0; i < sheet->count; i++) {
		buffer_append(&text, sheet->at[i].text.at, sheet->at[i].text.length, s->err);
		buffer_append_byte(&text, '\n', s->err);
	}
	return session_keep(s, &text);
}
