// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdarg.h>

#include "lib/table/sniff.h"
#include "query/justify/duty_reader.h"

const char *duty_times_name(enum duty_times times)
{
	static const char *const names[DUTY_TIMES_COUNT] = { "given", "scaled", "filled", "equal" };
	return names[times];
}

/* ---- what is added ---- */

bool duty_reader_fail(struct duty_reader *r, uint64_t line, const char *hint, const char *format, ...)
{
	char text[sizeof r->c->err->text];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	error_set(r->c->err, ERROR_INPUT, hint, "%s", text);
	return error_at(r->c->err, r->sheet->path, line, 0);
}

/* Room in the arena for one more, twice as much each time. */
static bool grow(struct duty_reader *r, void *at, size_t count, size_t size)
{
	void **items = at;
	if (count > 0 && (count < 8 || (count & (count - 1)) != 0))
		return true;
	void *larger = arena_alloc(&r->c->arena, (count < 8 ? 8 : 2 * count) * size, r->c->err);
	if (larger && count)
		memcpy(larger, *items, count * size);
	if (larger)
		*items = larger;
	return larger != NULL;
}

static bool too_long(struct duty_reader *r, uint64_t line)
{
	error_set(r->c->err, ERROR_LIMIT, "put one duty on a line", "a duty has more than %d KiB", DUTY_LENGTH_MAX / 1024);
	return error_at(r->c->err, r->sheet->path, line, 0);
}

bool duty_reader_add(struct duty_reader *r, struct slice text, struct duty_time time, uint64_t line)
{
	struct duty_sheet *s = r->sheet;
	if (text.length > DUTY_LENGTH_MAX)
		return too_long(r, line);
	if (s->count == DUTIES_MAX) {
		error_set(r->c->err, ERROR_LIMIT, "a sheet is of one job; soc code reads files of many",
			  "there are more than %d duties", DUTIES_MAX);
		return error_at(r->c->err, s->path, line, 0);
	}
	if (time.unit != DUTY_UNIT_NONE && time.value < 0.0)
		return duty_reader_fail(r, line, "write a time as 30% or 12 hours; behind a bullet, leave a blank",
					"a time is negative");
	if (!grow(r, &s->at, s->count, sizeof *s->at))
		return false;
	s->at[s->count] = (struct duty){ arena_copy(&r->c->arena, text, r->c->err), time, 0.0, line };
	return s->at[s->count++].text.at != NULL;
}

bool duty_reader_leave(struct duty_reader *r, enum duty_line_kind kind, struct slice text, uint64_t line)
{
	struct duty_sheet *s = r->sheet;
	if (text.length > DUTY_LENGTH_MAX)
		return too_long(r, line);
	if (!grow(r, &s->left, s->left_count, sizeof *s->left))
		return false;
	s->left[s->left_count] = (struct duty_left){ kind, arena_copy(&r->c->arena, text, r->c->err), line };
	return s->left[s->left_count++].text.at != NULL;
}

bool duty_reader_note(struct duty_reader *r, const char *format, ...)
{
	struct duty_sheet *s = r->sheet;
	char text[300];
	va_list arguments;
	if (s->note_count == sizeof s->notes / sizeof *s->notes)
		return true;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	s->notes[s->note_count] = arena_copy(&r->c->arena, slice_of(text), r->c->err);
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
	bool ok = buffer_append(&text, d->text.at, d->text.length, r->c->err) &&
		  buffer_append_text(&text, between, r->c->err) &&
		  buffer_append(&text, l->text.at, l->text.length, r->c->err);
	struct slice joined = ok ? arena_copy(&r->c->arena, buffer_slice(&text), r->c->err) : (struct slice){ NULL, 0 };
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
	if (!duty_reader_add(r, l->text, l->time, line))
		return false;
	r->heading = !l->bullet && l->time.unit != DUTY_UNIT_NONE ? r->sheet->count : 0;
	r->last_indent = l->indent;
	return true;
}

static bool take_line(struct duty_reader *r, struct slice text, uint64_t line)
{
	struct duty_line l = duty_line_read(text);
	if (l.kind == DUTY_LINE_TIME)
		return duty_reader_fail(r, line, "write the time and its duty on one line: 30% design ...",
					"a time stands without a duty");
	if (l.kind == DUTY_LINE_BLANK) {
		r->last = false;
		return true;
	}
	if (l.kind != DUTY_LINE_DUTY) {
		r->last = false;
		r->heading = 0;
		return duty_reader_leave(r, l.kind, slice_trim(text), line);
	}
	bool ok = goes_on(r, &l) ? join(r, r->sheet->count - 1, " ", &l)
		  : belongs_to_heading(r, &l) ? add_to_heading(r, &l) : add_duty(r, &l, line);
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
			return duty_reader_fail(r, line, "save it as UTF-8: iconv -f windows-1252 -t utf-8 FILE",
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

/* ---- the sheet ---- */

static bool note_lines(struct duty_reader *r)
{
	size_t ranges = 0;
	for (size_t i = 0; i < r->sheet->count; i++)
		ranges += r->sheet->at[i].time.range;
	if (r->heading_lines &&
	    !duty_reader_note(r, "%zu %s with a bullet and no time %s taken into the duty above %s", r->heading_lines,
			      r->heading_lines == 1 ? "line" : "lines", r->heading_lines == 1 ? "was" : "were",
			      r->heading_lines == 1 ? "it" : "them"))
		return false;
	return ranges == 0 ||
	       duty_reader_note(r, "of %zu %s the middle was taken", ranges, ranges == 1 ? "range" : "ranges");
}

static bool read_sheet(struct duty_reader *r, struct slice bytes, const char *path)
{
	struct slice head = { bytes.at, bytes.length < SNIFF_BYTES ? bytes.length : SNIFF_BYTES };
	const struct sniff *foreign = sniff_foreign(head);
	if (foreign)
		return duty_reader_fail(r, 0, "save it as text with one duty a line, or as a table",
					"this is %s, not a duty sheet", foreign->what);
	return duty_rows_are(bytes, path) ? duty_rows_read(r, bytes) : read_text(r, bytes);
}

bool duty_sheet_read(struct command *c, const char *path, struct duty_sheet *out)
{
	struct slice bytes;
	struct duty_reader r = { .c = c, .sheet = out };
	*out = (struct duty_sheet){ .path = strcmp(path, "-") == 0 ? "standard input" : path };
	if (!command_read_file(c, path, &bytes))
		return false;
	if (!read_sheet(&r, bytes, path))
		return false;
	if (out->count == 0)
		return duty_reader_fail(&r, 0, "write one duty a line, such as: 30% design and test software",
					"there is no duty in the sheet");
	return note_lines(&r) && duty_shares_make(&r);
}

bool duty_sheet_text(const struct duty_sheet *s, struct arena *arena, struct slice *out, struct error *err)
{
	struct buffer text = { 0 };
	bool ok = true;
	for (size_t i = 0; ok && i < s->count; i++)
		ok = buffer_append(&text, s->at[i].text.at, s->at[i].text.length, err) &&
		     buffer_append_byte(&text, '\n', err);
	*out = ok ? arena_copy(arena, buffer_slice(&text), err) : (struct slice){ NULL, 0 };
	buffer_free(&text);
	return ok && out->at;
}
