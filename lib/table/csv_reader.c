// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * csv_reader.c - rows cut out of a window over the bytes of a file; quotes are taken out in place.
 */
#include "lib/table/csv_reader.h"

#include "lib/base/utf8.h"

enum {
	FIRST_CAPACITY = 1 << 16,
	SQUEEZE = 1 << 16,   /* bytes that were left out of a row, before the rest moves up */
	LOST_QUOTES_MAX = 64 /* a row with more quotes that never close means nothing by them */
};

/* What a byte can mean: one look-up and one test for each byte of a release. */
enum {
	CLASS_STOP = 1,        /* ends a stretch of plain text */
	CLASS_STOP_QUOTED = 2, /* ends a stretch of quoted text */
	CLASS_HIGH = 4,        /* beyond ASCII: the row has to be checked */
	CLASS_NUL = 8
};

/* A field as offsets from the beginning of its row: the row may move in memory while it is read. */
struct span {
	uint32_t start;
	uint32_t length;
};

struct csv_reader {
	struct csv_dialect dialect;
	struct csv_source source;
	unsigned char class[256];

	char *bytes; /* [row, end) are unread or belong to the current row */
	size_t capacity;
	size_t row;
	size_t end;
	bool ended;        /* the source has no more */
	bool started;      /* the byte order mark has been looked for */
	bool skip_newline; /* the last row ended in CR: an LF belongs to it */
	uint64_t line;     /* of the byte that comes next */

	struct span *spans;
	struct slice *fields;
	size_t span_capacity;
	size_t field_capacity;
	size_t expected;         /* fields of a row; 0: not known */
	struct buffer converted; /* fields of the current row that were Windows-1252 */
};

/* Where the scan of the current row stands. */
struct scan {
	size_t at;     /* the next byte, from the beginning of the row */
	size_t to;     /* where it goes: quotes make a row shorter in place */
	size_t field;  /* where the current field begins */
	size_t count;  /* fields ended so far */
	unsigned seen; /* classes met */
	bool too_long;
	bool cut;             /* of a forgiving dialect: something was left out */
	bool field_cut;       /* ... of the current field */
	unsigned lost_quotes; /* ... so many quotes were taken for text */
};

struct csv_reader *csv_reader_new(struct csv_dialect dialect, struct csv_source source, struct error *err)
{
	struct csv_reader *d = memory_new(sizeof *d, err);
	if (!d)
		return NULL;
	d->dialect = dialect;
	d->source = source;
	d->line = 1;
	d->class[0] = CLASS_NUL;
	d->class['\n'] = CLASS_STOP | CLASS_STOP_QUOTED;
	d->class['\r'] = CLASS_STOP | CLASS_STOP_QUOTED;
	d->class['"'] = CLASS_STOP_QUOTED;
	d->class[(unsigned char)dialect.delimiter] = CLASS_STOP;
	for (size_t i = 128; i < 256; i++)
		d->class[i] = CLASS_HIGH;
	d->bytes = memory_new(FIRST_CAPACITY, err);
	if (!d->bytes) {
		csv_reader_free(d);
		return NULL;
	}
	d->capacity = FIRST_CAPACITY;
	return d;
}

void csv_reader_expect(struct csv_reader *d, size_t fields)
{
	d->expected = fields;
}

void csv_reader_free(struct csv_reader *d)
{
	if (!d)
		return;
	memory_free(d->bytes);
	memory_free(d->spans);
	memory_free(d->fields);
	buffer_free(&d->converted);
	memory_free(d);
}

/* Get more bytes behind `end`, moving the row to the front or growing where it has to be.  At the end of
 * the source `ended` is set. */
static bool refill(struct csv_reader *d, struct error *err)
{
	size_t got = 0;

	if (d->ended)
		return true;
	if (d->row > 0) {
		memmove(d->bytes, d->bytes + d->row, d->end - d->row);
		d->end -= d->row;
		d->row = 0;
	}
	if (d->end == d->capacity) {
		char *larger = memory_resize(d->bytes, d->capacity * 2);
		if (!larger)
			return error_no_memory(err);
		d->bytes = larger;
		d->capacity *= 2;
	}
	if (!d->source.read(d->source.ctx, d->bytes + d->end, d->capacity - d->end, &got, err))
		return false;
	d->end += got;
	d->ended = got == 0;
	return true;
}

/* Make sure that the byte `at` of the current row is there, unless the source ends before it. */
static bool have(struct csv_reader *d, size_t at, struct error *err)
{
	while (d->row + at >= d->end && !d->ended) {
		if (!refill(d, err))
			return false;
	}
	return true;
}

static bool at_end(const struct csv_reader *d, size_t at)
{
	return d->row + at >= d->end;
}

/* A cut is made between characters. */
static void trim_cut(struct csv_reader *d, struct scan *s)
{
	struct slice field = { d->bytes + d->row + s->field, s->to - s->field };
	s->to = s->field + utf8_trim(field).length;
	s->field_cut = false;
}

static bool end_field(struct csv_reader *d, struct scan *s, struct error *err)
{
	if (s->field_cut)
		trim_cut(d, s);
	if (s->count < CSV_FIELDS) {
		if (!ARRAY_RESERVE(d->spans, d->span_capacity, s->count + 1, err))
			return false;
		d->spans[s->count].start = (uint32_t)s->field;
		d->spans[s->count].length = (uint32_t)(s->to - s->field);
	}
	s->count++;
	s->field = s->to;
	return true;
}

/* A row beyond the limit is dropped while it is read; only its line end matters any more. */
static void drop_row(struct csv_reader *d, struct scan *s)
{
	bool field_begins = s->to == s->field;

	d->row += s->at;
	memset(s, 0, sizeof *s);
	s->too_long = true;
	/* A quote means something at the beginning of a field only. */
	s->field = field_begins ? 0 : SIZE_MAX;
}

/* How many more bytes of the current field are kept. */
static size_t room(const struct csv_reader *d, const struct scan *s)
{
	if (!d->dialect.forgiving)
		return SIZE_MAX;
	size_t field = s->to - s->field, left = CSV_LIMIT > s->to ? CSV_LIMIT - s->to : 0;
	size_t more = CSV_FIELD_CUT > field ? CSV_FIELD_CUT - field : 0;
	return s->count >= CSV_FIELDS ? 0 : more < left ? more : left;
}

/* Keep `length` bytes that were passed, as far as there is room. */
static void keep_bytes(struct csv_reader *d, struct scan *s, size_t from, size_t length)
{
	size_t left = room(d, s), kept = length < left ? length : left;
	if (s->to != from)
		memmove(d->bytes + d->row + s->to, d->bytes + d->row + from, kept);
	s->to += kept;
	if (kept < length)
		s->cut = s->field_cut = true;
}

/* What was left out gives its place to what comes. */
static void squeeze(struct csv_reader *d, struct scan *s)
{
	char *base = d->bytes + d->row;
	size_t gap = s->at - s->to;
	memmove(base + s->to, base + s->at, d->end - d->row - s->at);
	d->end -= gap;
	s->at = s->to;
}

/* A row may not outgrow its limit. */
static void keep_within(struct csv_reader *d, struct scan *s)
{
	if (d->dialect.forgiving && s->at - s->to > SQUEEZE)
		squeeze(d, s);
	else if (!d->dialect.forgiving && s->at > CSV_LIMIT)
		drop_row(d, s);
}

/* Move on over bytes that mean nothing, keeping them. */
static void pass_text(struct csv_reader *d, struct scan *s, unsigned stops)
{
	const char *base = d->bytes + d->row;
	size_t left = d->end - d->row;
	size_t limit = (size_t)CSV_LIMIT + 1;
	size_t stop = left < limit || d->dialect.forgiving ? left : limit;
	size_t at = s->at;
	unsigned seen = 0;

	while (at < stop) {
		unsigned class = d->class[(unsigned char)base[at]];
		if (class & stops)
			break;
		seen |= class;
		at++;
	}
	keep_bytes(d, s, s->at, at - s->at);
	s->at = at;
	s->seen |= seen;
}

static bool fail_quote(uint64_t line, const char *what, struct error *err)
{
	error_set(err, ERROR_INPUT, "close the quote on that line, or write it twice where it belongs to the text",
		  "the quote that opens a field on line %llu %s", (unsigned long long)line, what);
	return error_at(err, NULL, line, 0);
}

/* Behind an opening quote: copy up to the closing one.  A quote that never closes would swallow the rest
 * of the file, so it is an error of the file and not of a row. */
static bool pass_quoted(struct csv_reader *d, struct scan *s, struct error *err)
{
	uint64_t opened = d->line;
	size_t opened_at = s->at;

	for (;;) {
		if (!have(d, s->at, err))
			return false;
		if (at_end(d, s->at))
			return fail_quote(opened, "is never closed", err);
		if (s->at > CSV_LIMIT) {
			if (s->at - opened_at > CSV_LIMIT)
				return fail_quote(opened, "is not closed within 1 MiB", err);
			drop_row(d, s);
			opened_at = 0;
			continue;
		}
		char c = d->bytes[d->row + s->at];
		if (c != '"' && c != '\n' && c != '\r') {
			pass_text(d, s, CLASS_STOP_QUOTED);
			continue;
		}
		/* The next byte says whether a quote closes, and whether a line ends in CR or CRLF. */
		if (!have(d, s->at + 1, err))
			return false;
		char next = '\0';
		if (!at_end(d, s->at + 1))
			next = d->bytes[d->row + s->at + 1];
		s->at++;
		if (c == '"' && next != '"')
			return true;
		if (c == '"')
			s->at++;
		else if (c == '\n' || next != '\n')
			d->line++;
		d->bytes[d->row + s->to++] = c;
	}
}

/* Where the quote that opens a field is closed, in a forgiving dialect. */
enum closing { CLOSING_NEAR, CLOSING_FAR, CLOSING_NEVER };

static size_t count_lines(const char *at, const char *end)
{
	size_t lines = 0;
	for (; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
		lines++;
	return lines;
}

/* The byte behind a quote at `at`, and whether that quote is doubled. */
static bool is_doubled(struct csv_reader *d, size_t at, bool *doubled, struct error *err)
{
	if (!have(d, at + 1, err))
		return false;
	*doubled = !at_end(d, at + 1) && d->bytes[d->row + at + 1] == '"';
	return true;
}

/* Nothing is moved meanwhile: a quote that never closes can still be taken for text.  *at is where it is closed, *lines
 * how many line ends are before that. */
static bool find_closing(struct csv_reader *d, const struct scan *s, enum closing *out, size_t *at, size_t *lines,
			 struct error *err)
{
	bool doubled = true;
	*lines = 0;
	for (*at = s->at; doubled; *at += doubled ? 2 : 0) {
		const char *quote = NULL;
		while (!quote) {
			*out = CLOSING_FAR;
			if (*at - s->at > CSV_FIELD_CUT)
				return true;
			*out = CLOSING_NEVER;
			if (d->dialect.quoted_lines > 0 && *lines > d->dialect.quoted_lines)
				return true;
			if (!have(d, *at, err))
				return false;
			if (at_end(d, *at))
				return true;
			const char *from = d->bytes + d->row + *at, *end = d->bytes + d->end;
			quote = memchr(from, '"', (size_t)(end - from));
			*lines += count_lines(from, quote ? quote : end);
			*at = (size_t)((quote ? quote : end) - d->bytes) - d->row;
		}
		if (!is_doubled(d, *at, &doubled, err))
			return false;
	}
	*out = d->dialect.quoted_lines > 0 && *lines > d->dialect.quoted_lines ? CLOSING_NEVER : CLOSING_NEAR;
	return true;
}

/* How many fields end from `at` on, which is within one, until the row ends; none where a delimiter or a line end is to
 * stand there, and something else does. */
static bool count_fields(struct csv_reader *d, size_t at, bool ends, size_t *count, struct error *err)
{
	bool begins = false, quoted = false, closed = false;
	*count = 0;
	for (size_t from = at; at - from <= CSV_FIELD_CUT; at++) {
		if (!have(d, at, err))
			return false;
		char c = at_end(d, at) ? '\n' : d->bytes[d->row + at];
		bool stop = c == d->dialect.delimiter || c == '\n' || c == '\r';
		if (at == from && ends && !stop)
			return true;
		if (at_end(d, at) || (stop && !quoted && c != d->dialect.delimiter))
			break;
		*count += stop && !quoted;
		bool was_quoted = quoted;
		quoted = c == '"' ? !quoted && (begins || closed) : quoted;
		closed = c == '"' && was_quoted;
		begins = stop && !quoted;
	}
	++*count;
	return true;
}

/* Whether a field of several lines that is closed at `at` is more likely the rest of its line, and the quote that closes
 * it one of a later row. */
static bool is_swallowing(struct csv_reader *d, const struct scan *s, size_t at, bool *out, struct error *err)
{
	size_t quoted, plain;
	if (!count_fields(d, at + 1, true, &quoted, err) || !count_fields(d, s->at, false, &plain, err))
		return false;
	*out = (quoted == 0 || s->count + quoted < d->expected) && s->count + plain >= d->expected;
	return true;
}

/* Behind an opening quote: keep what there is room for, up to the closing one. */
static bool pass_quoted_text(struct csv_reader *d, struct scan *s, bool *closed, struct error *err)
{
	for (*closed = false; !*closed; keep_within(d, s)) {
		if (!have(d, s->at + 1, err))
			return false;
		if (at_end(d, s->at))
			break;
		char c = d->bytes[d->row + s->at], next = '\0';
		if (!at_end(d, s->at + 1))
			next = d->bytes[d->row + s->at + 1];
		if (c != '"' && c != '\n' && c != '\r') {
			pass_text(d, s, CLASS_STOP_QUOTED);
			continue;
		}
		s->at += c == '"' && next == '"' ? 2 : 1;
		*closed = c == '"' && next != '"';
		if (!*closed)
			keep_bytes(d, s, s->at - 1, 1);
		if (c == '\n' || (c == '\r' && next != '\n'))
			d->line++;
	}
	return true;
}

static bool forgive_quoted(struct csv_reader *d, struct scan *s, struct error *err)
{
	enum closing closing = CLOSING_NEVER;
	size_t at, lines;
	bool closed, swallowing = false;
	if (s->lost_quotes < LOST_QUOTES_MAX &&
	    (!find_closing(d, s, &closing, &at, &lines, err) ||
	     (closing == CLOSING_NEAR && lines > 0 && d->expected > 0 && !is_swallowing(d, s, at, &swallowing, err))))
		return false;
	if (closing == CLOSING_NEVER || swallowing) {
		s->lost_quotes++;
		keep_bytes(d, s, s->at - 1, 1);
		return true;
	}
	if (!pass_quoted_text(d, s, &closed, err))
		return false;
	s->lost_quotes += !closed;
	return true;
}

/* Read to the end of the row; d->row then stands behind it, and the fields, counted from `*begin`, are in
 * the spans. */
static bool scan_row(struct csv_reader *d, struct scan *s, size_t *length, struct error *err)
{
	for (;;) {
		if (!have(d, s->at, err))
			return false;
		if (at_end(d, s->at))
			break;
		char c = d->bytes[d->row + s->at];
		if (c == '"' && d->dialect.quotes && s->to == s->field && !s->field_cut) {
			s->at++;
			if (!(d->dialect.forgiving ? forgive_quoted : pass_quoted)(d, s, err))
				return false;
		} else if (c == '\n' || c == '\r') {
			s->at++;
			d->skip_newline = c == '\r';
			d->line++;
			break;
		} else if (c == d->dialect.delimiter) {
			s->at++;
			if (!s->too_long && !end_field(d, s, err))
				return false;
			/* The delimiter keeps its byte, so that only a row with quotes has to move. */
			s->to += !d->dialect.forgiving || s->count <= CSV_FIELDS;
			s->field = s->to;
		} else {
			pass_text(d, s, CLASS_STOP);
		}
		keep_within(d, s);
	}
	*length = s->at;
	return s->too_long || end_field(d, s, err);
}

/* What Windows-1252 has between 0x80 and 0x9F, where ISO 8859-1 has controls; 0 where it has nothing. */
static const uint16_t windows_1252[32] = {
	0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
	0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
	0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* No character of Windows-1252 takes more than this in UTF-8. */
enum { WIDEST = 3 };

/* As UTF-8 behind what is in `to`, where there is room; false where it is not Windows-1252 either. */
static bool convert(struct slice from, struct buffer *to)
{
	for (size_t i = 0; i < from.length; i++) {
		unsigned c = (unsigned char)from.at[i];
		if (c >= 0x80 && c < 0xA0)
			c = windows_1252[c - 0x80];
		if (c == 0)
			return false;
		to->length += utf8_write(c, to->at + to->length);
	}
	return true;
}

/* Judge the fields of a row that is more than ASCII; convert what is in Windows-1252. */
static bool check_fields(struct csv_reader *d, size_t count, struct csv_row *row, struct error *err)
{
	size_t room = 0;

	for (size_t i = 0; i < count && row->fault == CSV_FINE; i++) {
		if (slice_is_utf8(d->fields[i], NULL))
			continue;
		room += d->fields[i].length * WIDEST;
		if (!d->dialect.windows_1252) {
			row->fault = CSV_BAD_BYTES;
			row->column = (uint32_t)i + 1;
		}
	}
	if (room == 0 || row->fault != CSV_FINE)
		return true;
	/* All at once: the fields point into it. */
	buffer_clear(&d->converted);
	if (!buffer_reserve(&d->converted, room, err))
		return false;
	for (size_t i = 0; i < count && row->fault == CSV_FINE; i++) {
		size_t start = d->converted.length;
		if (slice_is_utf8(d->fields[i], NULL))
			continue;
		if (convert(d->fields[i], &d->converted)) {
			d->fields[i].at = d->converted.at + start;
			d->fields[i].length = d->converted.length - start;
			row->converted = true;
		} else {
			row->fault = CSV_BAD_BYTES;
			row->column = (uint32_t)i + 1;
		}
	}
	return true;
}

/* The spans become slices now that the row does not move any more. */
static bool fill_row(struct csv_reader *d, const struct scan *s, const char *base, struct csv_row *row,
		     struct error *err)
{
	size_t kept = s->count < CSV_FIELDS ? s->count : CSV_FIELDS;
	if (!ARRAY_RESERVE(d->fields, d->field_capacity, kept, err))
		return false;

	for (size_t i = 0; i < kept; i++) {
		d->fields[i].at = base + d->spans[i].start;
		d->fields[i].length = d->spans[i].length;
	}
	row->fields = d->fields;
	row->count = s->count;
	return (s->seen & (CLASS_HIGH | CLASS_NUL)) == 0 || check_fields(d, kept, row, err);
}

/* What stands between two rows, or before the first. */
static bool skip_between(struct csv_reader *d, struct error *err)
{
	if (!d->started) {
		d->started = true;
		if (!have(d, 2, err))
			return false;
		if (slice_begins((struct slice){ d->bytes + d->row, d->end - d->row }, SLICE(UTF8_BYTE_ORDER_MARK)))
			d->row += 3;
	}
	if (d->skip_newline) {
		if (!have(d, 0, err))
			return false;
		if (!at_end(d, 0) && d->bytes[d->row] == '\n')
			d->row++;
		d->skip_newline = false;
	}
	return have(d, 0, err);
}

enum csv_status csv_reader_next(struct csv_reader *d, struct csv_row *row, struct error *err)
{
	for (;;) {
		struct scan s = { 0 };
		size_t length = 0;
		memset(row, 0, sizeof *row);

		if (!skip_between(d, err))
			return CSV_FAILED;
		if (at_end(d, 0))
			return CSV_END;
		row->line = d->line;
		if (!scan_row(d, &s, &length, err))
			return CSV_FAILED;
		const char *base = d->bytes + d->row;
		d->row += length;
		row->cut = s.cut;
		if (s.too_long || s.lost_quotes)
			row->fault = s.too_long ? CSV_TOO_LONG : CSV_OPEN_QUOTE;
		if (s.too_long)
			return CSV_ROW;
		/* Nothing but a line end is no row; a pair of quotes is one. */
		row->blank = s.count == 1 && s.at <= 1 && s.to == 0;
		if (row->blank && !d->dialect.blank_rows)
			continue;
		return fill_row(d, &s, base, row, err) ? CSV_ROW : CSV_FAILED;
	}
}
