// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * json_lines.c - lines of JSON, validated and taken apart in place (RFC 8259).
 */
#include "lib/table/json_lines.h"

#include "lib/base/ascii.h"
#include "lib/base/string_map.h"
#include "lib/base/utf8.h"
#include "lib/table/csv_reader.h"

enum {
	BLOCK = 1 << 16,
	LOOK_OBJECTS = 1000, /* so many objects say what the columns are, */
	LOOK_BYTES = 1 << 22 /* unless they are longer than this */
};

struct json_lines {
	struct stream *in;
	struct table_options options;
	char *bytes; /* [line, end) are unread or belong to the current line */
	size_t capacity;
	size_t line;
	size_t end;
	bool ended;
	bool started;    /* the byte order mark has been looked for */
	bool named;      /* the columns are known */
	uint64_t number; /* of the current line */

	struct map columns; /* number by name */
	struct slice *names;
	bool *wanted;
	struct slice *fields;
	size_t count;
	size_t capacities[3];  /* of names, wanted, fields */
	struct buffer decoded; /* text of the current line that had escapes */
};

/* ---- lines ---- */

static bool refill(struct json_lines *j, struct error *err)
{
	size_t got = 0;
	if (j->line > 0) {
		memmove(j->bytes, j->bytes + j->line, j->end - j->line);
		j->end -= j->line;
		j->line = 0;
	}
	if (j->end == j->capacity) {
		size_t capacity = j->capacity ? j->capacity * 2 : BLOCK;
		char *larger = memory_resize(j->bytes, capacity);
		if (!larger)
			return error_no_memory(err);
		j->bytes = larger;
		j->capacity = capacity;
	}
	if (!stream_read(j->in, j->bytes + j->end, j->capacity - j->end, &got, err))
		return false;
	j->end += got;
	j->ended = got == 0;
	return true;
}

/* A line, from the byte `from` behind j->line. */
struct line {
	struct slice text; /* borrowed until the next refill() */
	size_t next;       /* where the next one begins */
	bool cut;
};

/* What is beyond the cut gives its place to what comes. */
static void squeeze(struct json_lines *j, size_t from, size_t *at)
{
	size_t keep = from + JSON_LINE_CUT + 1; /* so that it is known to be cut when it is read again */
	if (*at <= keep)
		return;
	char *base = j->bytes + j->line;
	memmove(base + keep, base + *at, j->end - j->line - *at);
	j->end -= *at - keep;
	*at = keep;
}

/* The line at `from`; false in *found at the end of the input. */
static bool find_line(struct json_lines *j, size_t from, struct line *out, bool *found, struct error *err)
{
	const char *newline = NULL;
	size_t at = from;
	*out = (struct line){ .cut = false };
	while (!newline) {
		while (j->line + at >= j->end && !j->ended) {
			out->cut |= at > from + JSON_LINE_CUT;
			squeeze(j, from, &at);
			if (!refill(j, err))
				return false;
		}
		if (j->line + at >= j->end)
			break;
		const char *base = j->bytes + j->line;
		newline = memchr(base + at, '\n', j->end - j->line - at);
		at = newline ? (size_t)(newline - base) : j->end - j->line;
	}
	out->cut |= at > from + JSON_LINE_CUT;
	*found = newline || at > from;
	out->next = at + (newline != NULL);
	out->text.at = j->bytes + j->line + from;
	out->text.length = out->cut ? JSON_LINE_CUT : at - from;
	return true;
}

/* ---- JSON (RFC 8259) ---- */

struct scan {
	const char *at;
	const char *end;
	bool cut;  /* the end is not that of the object */
	bool bad;  /* it is no JSON */
	bool over; /* the cut has been reached */
};

static void skip_space(struct scan *s)
{
	while (s->at < s->end && ascii_is_space(*s->at))
		s->at++;
}

/* The end came where more was needed. */
static bool end_early(struct scan *s)
{
	s->bad |= !s->cut;
	s->over |= s->cut;
	return false;
}

static bool take(struct scan *s, char c)
{
	skip_space(s);
	if (s->at == s->end)
		return end_early(s);
	if (*s->at != c)
		return false;
	s->at++;
	return true;
}

static bool need(struct scan *s, char c)
{
	bool taken = take(s, c);
	s->bad |= !taken && !s->over;
	return taken;
}

/* Four hexadecimal digits; -1 where they are none. */
static long read_unit(const char *at, const char *end)
{
	long unit = 0;
	for (int i = 0; i < 4; i++) {
		int digit = at + i < end ? ascii_hex_value(at[i]) : -1;
		if (digit < 0)
			return -1;
		unit = unit * 16 + digit;
	}
	return unit;
}

/* The character behind \u, which may take two escapes; half a pair becomes U+FFFD.  *at moves behind it. */
static uint32_t escaped_unit(const char **at, const char *end)
{
	uint32_t c = (uint32_t)read_unit(*at, end);
	*at += 4;
	if (c < 0xD800 || c > 0xDFFF)
		return c;
	long low = c < 0xDC00 && end - *at >= 6 && (*at)[0] == '\\' && (*at)[1] == 'u' ? read_unit(*at + 2, end) : -1;
	if (low < 0xDC00 || low > 0xDFFF)
		return 0xFFFD;
	*at += 6;
	return 0x10000 + ((c - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
}

/* Decode text that skip_string() has let pass; there is room, for it only gets shorter. */
static char *decode(char *to, const char *at, const char *end)
{
	static const char from[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	while (at < end) {
		if (*at != '\\') {
			*to++ = *at++;
			continue;
		}
		at++;
		if (at == end)
			break; /* cut */
		char c = *at++;
		if (c != 'u')
			*to++ = meant[strchr(from, c) - from];
		else if (read_unit(at, end) < 0)
			break; /* cut */
		else
			to += utf8_write(escaped_unit(&at, end), to);
	}
	return to;
}

/* Pass a string; what is between the quotes goes to *text, still escaped. */
static bool skip_string(struct scan *s, struct slice *text, bool *escaped)
{
	*escaped = false;
	if (!need(s, '"'))
		return false;
	text->at = s->at;
	for (; s->at < s->end && *s->at != '"'; s->at++) {
		if ((unsigned char)*s->at < 0x20)
			s->bad = true;
		if (*s->at != '\\')
			continue;
		*escaped = true;
		s->at++;
		if (s->at == s->end)
			break;
		bool known = *s->at == 'u' ? s->end - s->at < 5 ? s->cut : read_unit(s->at + 1, s->end) >= 0
					   : *s->at && strchr("\"\\/bfnrt", *s->at);
		s->bad |= !known;
	}
	text->length = (size_t)(s->at - text->at);
	if (s->at == s->end) {
		end_early(s);
		return s->cut; /* what there is of it */
	}
	s->at++;
	return true;
}

static void skip_digits(struct scan *s)
{
	s->bad |= s->at == s->end || !ascii_is_digit(*s->at);
	while (s->at < s->end && ascii_is_digit(*s->at))
		s->at++;
}

static void skip_number(struct scan *s)
{
	s->at += *s->at == '-';
	bool zero = s->at < s->end && *s->at == '0';
	const char *first = s->at;
	skip_digits(s);
	s->bad |= zero && s->at > first + 1;
	if (s->at < s->end && *s->at == '.') {
		s->at++;
		skip_digits(s);
	}
	if (s->at < s->end && (*s->at == 'e' || *s->at == 'E')) {
		s->at++;
		s->at += s->at < s->end && (*s->at == '+' || *s->at == '-');
		skip_digits(s);
	}
}

static void skip_word(struct scan *s)
{
	struct slice rest = { s->at, (size_t)(s->end - s->at) };
	s->bad |= !slice_skip(&rest, SLICE("true")) && !slice_skip(&rest, SLICE("false")) &&
		  !slice_skip(&rest, SLICE("null"));
	s->at = rest.at;
}

static void skip_scalar(struct scan *s)
{
	if (ascii_is_digit(*s->at) || *s->at == '-')
		skip_number(s);
	else
		skip_word(s);
	/* A number or word that touches the cut may go on behind it. */
	if (s->at == s->end && s->cut)
		end_early(s);
}

/* Pass a key and its colon, where `closing` is that of an object. */
static bool skip_key(struct scan *s, char closing)
{
	struct slice text;
	bool escaped;
	return closing != '}' || (skip_string(s, &text, &escaped) && !s->over && need(s, ':'));
}

/* Pass an array or object and all that is in it. */
static void skip_nested(struct scan *s)
{
	char closing[JSON_DEPTH_MAX];
	size_t depth = 0;
	bool begun = false; /* the innermost has something in it already */
	do {
		struct slice text;
		bool escaped;
		if (depth > 0 && take(s, closing[depth - 1])) {
			depth--;
			begun = true;
			continue;
		}
		if ((begun && !need(s, ',')) || (depth > 0 && !skip_key(s, closing[depth - 1])))
			return;
		skip_space(s);
		if (s->at == s->end) {
			end_early(s);
			return;
		}
		begun = true;
		if (*s->at == '"') {
			if (!skip_string(s, &text, &escaped) || s->over)
				return;
		} else if (*s->at != '[' && *s->at != '{') {
			skip_scalar(s);
		} else if (depth == JSON_DEPTH_MAX) {
			s->bad = true;
		} else {
			closing[depth++] = *s->at++ == '[' ? ']' : '}';
			begun = false;
		}
	} while (depth > 0 && !s->bad && !s->over);
}

/* ---- members ---- */

/* One member of an object. */
struct member {
	struct slice key;
	struct slice value;
	bool key_escaped;
	bool value_escaped; /* text with escapes */
};

/* The next member; false at the end of the object, or where it is cut or bad. */
static bool next_member(struct scan *s, bool first, struct member *m)
{
	*m = (struct member){ .key_escaped = false };
	if (take(s, '}') || s->over || s->bad)
		return false;
	if ((!first && !need(s, ',')) || !skip_string(s, &m->key, &m->key_escaped) || s->over || !need(s, ':'))
		return false;
	skip_space(s);
	if (s->at == s->end)
		return end_early(s);
	m->value.at = s->at;
	if (*s->at == '"')
		return skip_string(s, &m->value, &m->value_escaped) && !s->bad;
	if (*s->at == '[' || *s->at == '{')
		skip_nested(s);
	else
		skip_scalar(s);
	m->value.length = (size_t)(s->at - m->value.at);
	if (slice_equal(m->value, SLICE("null")))
		m->value.length = 0;
	return !s->bad && !s->over;
}

static struct slice decode_into(struct json_lines *j, struct slice text)
{
	char *from = j->decoded.at + j->decoded.length;
	size_t length = (size_t)(decode(from, text.at, text.at + text.length) - from);
	j->decoded.length += length;
	return (struct slice){ from, length };
}

/* Members mostly come in one order. */
static size_t find_column(const struct json_lines *j, struct slice key, size_t likely)
{
	if (likely < j->count && slice_equal(j->names[likely], key))
		return likely;
	uint32_t number = map_find(&j->columns, key);
	return number == MAP_NONE ? j->count : number;
}

static bool json_lines_add(void *state, struct slice name, struct error *err)
{
	struct json_lines *j = state;
	uint32_t number;
	if (j->count == CSV_FIELDS)
		return true;
	if (!ARRAY_RESERVE(j->names, j->capacities[0], j->count + 1, err) ||
	    !ARRAY_RESERVE(j->wanted, j->capacities[1], j->count + 1, err) ||
	    !ARRAY_RESERVE(j->fields, j->capacities[2], j->count + 1, err) ||
	    !map_add(&j->columns, name, &number, NULL, err))
		return false;
	j->count = j->columns.count;
	j->names[number] = map_key(&j->columns, number);
	j->wanted[number] = true;
	j->fields[number] = (struct slice){ NULL, 0 };
	return true;
}

/* What an object is read for. */
enum purpose { CHECK, NAME_COLUMNS, FILL_FIELDS };

static bool is_known(const struct json_lines *j, struct slice key)
{
	return j->options.is_known && j->options.is_known(key);
}

/* Read a line's object; what is wrong with it goes to *why, false is for lack of memory. */
static bool read_object(struct json_lines *j, struct line line, enum purpose purpose, enum reject_reason *why,
			struct error *err)
{
	struct scan s = { line.text.at, line.text.at + line.text.length, line.cut, false, false };
	struct member m;
	size_t column = 0;
	*why = REJECT_NONE;
	buffer_clear(&j->decoded);
	if (!buffer_reserve(&j->decoded, line.text.length + 1, err))
		return false;
	if (!slice_is_utf8(line.text, NULL)) {
		*why = REJECT_BAD_UTF8;
		return true;
	}
	need(&s, '{');
	for (bool first = true; !s.bad && next_member(&s, first, &m); first = false) {
		struct slice key = slice_trim(m.key_escaped ? decode_into(j, m.key) : m.key);
		column = find_column(j, key, column);
		bool add =
			column == j->count && (purpose == NAME_COLUMNS || (purpose == FILL_FIELDS && is_known(j, key)));
		if (add && !json_lines_add(j, key, err))
			return false;
		if (purpose == FILL_FIELDS && column < j->count && j->wanted[column])
			j->fields[column] = m.value_escaped ? decode_into(j, m.value) : m.value;
		column++;
		if (s.over)
			break;
	}
	skip_space(&s);
	if (s.bad || (s.at < s.end && !s.over))
		*why = REJECT_BAD_JSON;
	else if (purpose == FILL_FIELDS && memchr(j->decoded.at, '\0', j->decoded.length))
		*why = REJECT_BAD_UTF8;
	return true;
}

/* ---- rows ---- */

static bool is_blank(struct slice text)
{
	return slice_trim(text).length == 0;
}

static bool skip_mark(struct json_lines *j, struct error *err)
{
	j->started = true;
	while (j->end - j->line < 3 && !j->ended)
		if (!refill(j, err))
			return false;
	if (slice_begins((struct slice){ j->bytes + j->line, j->end - j->line }, SLICE(UTF8_BYTE_ORDER_MARK)))
		j->line += 3;
	return true;
}

static bool refuse_array(const struct json_lines *j, struct error *err)
{
	struct slice text = slice_trim((struct slice){ j->bytes + j->line, j->end - j->line });
	if (text.length > 0 && text.at[0] == '[')
		return error_set(err, ERROR_INPUT, "write one object a line, such as by jq -c '.[]'",
				 "this is a JSON array, not JSON Lines");
	return true;
}

/* Whether an object is a table of its own: as pandas writes one by default, a member for each column; or "split". */
static bool is_frame(struct line line)
{
	struct scan s = { line.text.at, line.text.at + line.text.length, line.cut, false, false };
	struct member m = { .key_escaped = false };
	size_t members = 0, objects = 0, lists = 0;
	need(&s, '{');
	for (bool first = true; !s.over && (next_member(&s, first, &m) || (s.over && m.value.at)); first = false) {
		bool text = m.value.at[-1] == '"';
		members++;
		objects += !text && *m.value.at == '{';
		lists += !text && *m.value.at == '[' &&
			 (slice_equal(m.key, SLICE("columns")) || slice_equal(m.key, SLICE("data")));
	}
	return !s.bad && ((members > 0 && objects == members) || lists == 2);
}

/* An object that can be read gives its columns; what is wrong with it is said when it is a row. */
static bool look_at(struct json_lines *j, struct line line, bool *good, struct error *err)
{
	enum reject_reason why;
	line.text = line.cut ? utf8_trim(line.text) : line.text;
	if (!read_object(j, line, CHECK, &why, err))
		return false;
	*good = why == REJECT_NONE;
	return !*good || read_object(j, line, NAME_COLUMNS, &why, err);
}

static bool refuse_beginning(struct error *err)
{
	return error_set(err, ERROR_INPUT, "write one object a line, such as {\"id\":\"1\",\"title\":\"Nurse\"}",
			 "no line of its beginning is a JSON object with members");
}

/* The columns, from the first objects that can be read; all lines stay where they are.  Whoever writes into a pipe may
 * wait for the answer to the first one. */
static enum table_status name_columns(struct json_lines *j, struct table_row *row, struct error *err)
{
	size_t objects = 0, most = stream_is_live(j->in) && !j->options.all_columns ? 1 : LOOK_OBJECTS;
	struct error later = { .code = ERROR_NONE };
	struct line line = { .next = 0 };
	bool found = true, good = false;
	if (!skip_mark(j, err) || !refuse_array(j, err))
		return TABLE_FAILED;
	for (size_t from = 0; objects < most; from = line.next) {
		if (from > (objects ? LOOK_BYTES : JSON_LINE_CUT) ||
		    !find_line(j, from, &line, &found, objects ? &later : err) || !found)
			break;
		row->line += objects == 0;
		if (is_blank(line.text))
			continue;
		if (objects == 0 && is_frame(line)) {
			error_set(err, ERROR_INPUT,
				  "write one object a line, as does df.to_json(FILE, orient='records', lines=True)",
				  "this is a whole table in one JSON object, as pandas writes it by default");
			return TABLE_FAILED;
		}
		if (!look_at(j, line, &good, err))
			return TABLE_FAILED;
		objects += good && j->count > 0;
	}
	if (objects == 0 && err->code == ERROR_NONE && !found && row->line == 0)
		return TABLE_END;
	if (objects == 0) {
		refuse_beginning(err);
		return TABLE_FAILED;
	}
	j->named = true;
	row->fields = j->names;
	row->count = j->count;
	return TABLE_ROW;
}

static enum table_status json_lines_next(void *state, struct table_row *row, struct error *err)
{
	struct json_lines *j = state;
	struct line line;
	bool found;
	if (!j->started)
		return name_columns(j, row, err);
	do {
		if (!find_line(j, 0, &line, &found, err))
			return TABLE_FAILED;
		if (!found)
			return TABLE_END;
		j->number++;
		j->line += line.next; /* the text stays where it is until more is read */
	} while (is_blank(line.text));
	if (line.cut)
		line.text = utf8_trim(line.text);
	if (j->count)
		memset(j->fields, 0, j->count * sizeof *j->fields);
	if (!read_object(j, line, FILL_FIELDS, &row->reject, err))
		return TABLE_FAILED;
	row->fields = j->fields;
	row->count = j->count;
	row->line = j->number;
	row->cut = line.cut;
	row->raw = line.cut || row->reject != REJECT_NONE ? (struct slice){ NULL, 0 } : slice_trim(line.text);
	return TABLE_ROW;
}

static bool json_lines_want(void *state, const bool *wanted, size_t count, struct error *err)
{
	struct json_lines *j = state;
	(void)err;
	for (size_t i = 0; i < j->count; i++)
		j->wanted[i] = !wanted || (i < count && wanted[i]);
	return true;
}

static const struct slice *json_lines_names(const void *state, size_t *count)
{
	const struct json_lines *j = state;
	*count = j->count;
	return j->names;
}

/* ---- opening ---- */

bool json_lines_probe(struct slice head)
{
	(void)slice_skip(&head, SLICE(UTF8_BYTE_ORDER_MARK));
	head = slice_trim(head);
	if (head.length > 0 && head.at[0] == '[')
		head = slice_trim((struct slice){ head.at + 1, head.length - 1 });
	return head.length > 0 && head.at[0] == '{';
}

static bool json_lines_open(const struct table_opening *o, void **state, struct error *err)
{
	struct json_lines *j = *state = memory_new(sizeof *j, err);
	if (!j)
		return false;
	j->in = o->in;
	j->options = o->options;
	return true;
}

static void json_lines_close(void *state)
{
	struct json_lines *j = state;
	memory_free(j->bytes);
	memory_free(j->names);
	memory_free(j->wanted);
	memory_free(j->fields);
	buffer_free(&j->decoded);
	map_free(&j->columns);
	memory_free(j);
}

const struct table_format json_lines_format = {
	.name = "JSON Lines",
	.probe = json_lines_probe,
	.open = json_lines_open,
	.next = json_lines_next,
	.close = json_lines_close,
	.addressed = true,
	.want = json_lines_want,
	.add = json_lines_add,
	.names = json_lines_names,
};
