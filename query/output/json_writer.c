// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * json_writer.c - keys, strings and numbers of JSON appended to a buffer, and whole answers in sequence.
 */
#include <math.h>

#include "lib/base/utf8.h"
#include "query/output/json_writer.h"

/* ---- text ---- */

static size_t put_escape(char *to, unsigned char c)
{
	static const char hex[] = "0123456789ABCDEF", named[] = "\b\f\n\r\t\"\\", letters[] = "bfnrt\"\\";
	const char *name = c ? strchr(named, c) : NULL;
	to[0] = '\\';
	if (name) {
		to[1] = letters[name - named];
		return 2;
	}
	memcpy(to + 1, "u00", 3);
	to[4] = hex[c >> 4];
	to[5] = hex[c & 15];
	return 6;
}

/* Text with its quotation marks; `nul` is allowed where programs that read it take \u0000. */
static bool put_text(struct buffer *b, struct slice text, bool nul, struct error *err)
{
	const char *at = text.at, *end = at ? at + text.length : at,
		   *valid = at; /* up to where bytes are known to be UTF-8 */
	/* A byte becomes six at most. */
	if (!buffer_reserve(b, text.length * 6 + 2, err))
		return false;
	char *to = b->at + b->length;
	*to++ = '"';
	for (; at < end; at++) {
		unsigned char c = (unsigned char)*at;
		size_t bad;
		if (c >= 0x80 && at >= valid)
			valid = slice_is_utf8((struct slice){ at, (size_t)(end - at) }, &bad) ? end : at + bad;
		if ((c < 0x20 && (c || nul)) || c == '"' || c == '\\') {
			to += put_escape(to, c);
		} else if (c && (c < 0x80 || at < valid)) {
			*to++ = *at;
		} else {
			memcpy(to, "\xEF\xBF\xBD", 3);
			to += 3;
		}
	}
	*to++ = '"';
	b->length = (size_t)(to - b->at);
	return true;
}

bool json_put_text(struct buffer *b, struct slice text, struct error *err)
{
	return put_text(b, text, true, err);
}

/* ---- numbers ---- */

static size_t write_digits(uint64_t value, char to[NUMBER_SIZE])
{
	char digits[NUMBER_SIZE];
	size_t n = 0;
	do
		digits[n++] = (char)('0' + value % 10);
	while ((value /= 10) > 0);
	for (size_t i = 0; i < n; i++)
		to[i] = digits[n - 1 - i];
	return n;
}

bool json_put_count(struct buffer *b, uint64_t value, struct error *err)
{
	char text[NUMBER_SIZE];
	return buffer_append(b, text, write_digits(value, text), err);
}

enum { DIGITS = 6, SMALLEST = -4 }; /* an exponent below, or of DIGITS and more, is written as one */

static const double powers[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10 };

/* Six digits of a number from 1e-4 to below 1e6, rounded; *exponent is that of the first. */
static uint64_t six_digits(double value, int *exponent)
{
	int e = 0;
	while (e < DIGITS - 1 && value >= powers[e + 1])
		e++;
	while (e > SMALLEST && value * powers[e < 0 ? -e : 0] < powers[e > 0 ? e : 0])
		e--;
	uint64_t digits = (uint64_t)llrint(value * powers[DIGITS - 1 - e]); /* ties to even, as printf */
	if (digits == 1000000) {
		digits = 100000;
		e++;
	}
	*exponent = e;
	return digits;
}

/* Digits, with the point where the exponent wants it, without zeros at the end. */
static size_t place_point(uint64_t digits, int exponent, char *to)
{
	char text[NUMBER_SIZE];
	size_t n = write_digits(digits, text), at = 0;
	while (n > 1 && text[n - 1] == '0')
		n--;
	if (exponent < 0) {
		memcpy(to, "0.0000", 6);
		at = (size_t)(1 - exponent);
		memcpy(to + at, text, n);
		return at + n;
	}
	size_t whole = (size_t)exponent + 1;
	for (; at < whole; at++)
		to[at] = at < n ? text[at] : '0';
	if (n <= whole)
		return whole;
	to[whole] = '.';
	memcpy(to + whole + 1, text + whole, n - whole);
	return n + 1;
}

size_t number_write(double value, char to[NUMBER_SIZE])
{
	int exponent;
	double size = fabs(value);
	size_t sign = value < 0.0;
	to[0] = '-';
	if (size >= 1e-4 && size < 999999.5) {
		uint64_t digits = six_digits(size, &exponent);
		return sign + place_point(digits, exponent, to + sign);
	}
	return (size_t)snprintf(to, NUMBER_SIZE, "%.6g", value);
}

/* "1e-07" -> "1e-7": as jansson writes it. */
static size_t shorten_exponent(char *text, size_t length)
{
	char *e = memchr(text, 'e', length);
	if (!e)
		return length;
	char *from = e + 1, *to = e + 1, *end = text + length;
	if (*from == '+')
		from++;
	else
		*to++ = *from++;
	while (from < end - 1 && *from == '0')
		from++;
	memmove(to, from, (size_t)(end - from));
	return (size_t)(to - text) + (size_t)(end - from);
}

/* Append digits as a number that is no integer. */
static bool put_real_digits(struct buffer *b, char *text, size_t length, struct error *err)
{
	if (!memchr(text, '.', length) && !memchr(text, 'e', length)) {
		memcpy(text + length, ".0", 2);
		length += 2;
	}
	return buffer_append(b, text, shorten_exponent(text, length), err);
}

bool json_put_real(struct buffer *b, double value, struct error *err)
{
	char text[NUMBER_SIZE + 2];
	return isfinite(value) ? put_real_digits(b, text, number_write(value, text), err)
			       : buffer_append(b, "0.0", 3, err);
}

/* ---- answers ---- */

static void begin_line(struct json_writer *w)
{
	if (!w->indented)
		return;
	buffer_append_byte(w->out, '\n', w->err);
	for (unsigned i = 0; i < w->depth; i++)
		buffer_append_text(w->out, "  ", w->err);
}

/* What stands before a value: a comma, its line, its key. */
static void begin_value(struct json_writer *w, const char *key)
{
	if (w->filled)
		buffer_append_byte(w->out, ',', w->err);
	if (w->depth > 0)
		begin_line(w);
	w->filled = true;
	if (!key)
		return;
	json_put_text(w->out, slice_of(key), w->err);
	buffer_append_text(w->out, w->indented ? ": " : ":", w->err);
}

static void begin_bracket(struct json_writer *w, const char *key, char bracket)
{
	begin_value(w, key);
	buffer_append_byte(w->out, bracket, w->err);
	w->depth++;
	w->filled = false;
}

static void end_bracket(struct json_writer *w, char bracket)
{
	w->depth--;
	if (w->filled)
		begin_line(w);
	buffer_append_byte(w->out, bracket, w->err);
	w->filled = true;
}

void json_begin_object(struct json_writer *w, const char *key)
{
	begin_bracket(w, key, '{');
}

void json_end_object(struct json_writer *w)
{
	end_bracket(w, '}');
}

void json_begin_array(struct json_writer *w, const char *key)
{
	begin_bracket(w, key, '[');
}

void json_end_array(struct json_writer *w)
{
	end_bracket(w, ']');
}

void json_write_text(struct json_writer *w, const char *key, struct slice text)
{
	begin_value(w, key);
	put_text(w->out, text, false, w->err);
}

void json_write_text_or_null(struct json_writer *w, const char *key, struct slice text)
{
	if (text.length)
		json_write_text(w, key, text);
	else
		json_write_null(w, key);
}

void json_write_texts(struct json_writer *w, const char *key, const struct slice *texts, size_t count)
{
	json_begin_array(w, key);
	for (size_t i = 0; i < count; i++)
		json_write_text(w, NULL, texts[i]);
	json_end_array(w);
}

void json_write_string(struct json_writer *w, const char *key, const char *text)
{
	if (text)
		json_write_text(w, key, slice_of(text));
	else
		json_write_null(w, key);
}

void json_write_count(struct json_writer *w, const char *key, uint64_t value)
{
	begin_value(w, key);
	json_put_count(w->out, value, w->err);
}

void json_write_integer(struct json_writer *w, const char *key, int64_t value)
{
	begin_value(w, key);
	if (value < 0)
		buffer_append_byte(w->out, '-', w->err);
	json_put_count(w->out, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, w->err);
}

void json_write_count_or_null(struct json_writer *w, const char *key, uint64_t value)
{
	if (value)
		json_write_count(w, key, value);
	else
		json_write_null(w, key);
}

static void write_real(struct json_writer *w, const char *key, double value, enum json_digits digits)
{
	char text[NUMBER_SIZE + 2];
	begin_value(w, key);
	if (isfinite(value))
		put_real_digits(w->out, text, (size_t)snprintf(text, NUMBER_SIZE, "%.*g", (int)digits, value), w->err);
	else
		buffer_append_text(w->out, "0.0", w->err);
}

void json_write_real(struct json_writer *w, const char *key, double value)
{
	write_real(w, key, value, w->digits);
}

void json_write_measured(struct json_writer *w, const char *key, double value)
{
	write_real(w, key, value, JSON_DIGITS_MEASURED);
}

static void write_word(struct json_writer *w, const char *key, const char *word)
{
	begin_value(w, key);
	buffer_append_text(w->out, word, w->err);
}

void json_write_bool(struct json_writer *w, const char *key, bool value)
{
	write_word(w, key, value ? "true" : "false");
}

void json_write_null(struct json_writer *w, const char *key)
{
	write_word(w, key, "null");
}

void json_write_members(struct json_writer *w, struct slice members)
{
	if (members.length == 0)
		return;
	if (w->filled)
		buffer_append_byte(w->out, ',', w->err);
	buffer_append(w->out, members.at, members.length, w->err);
	w->filled = true;
}
