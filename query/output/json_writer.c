// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * json_writer.c - keys, strings and numbers of JSON appended to a buffer.
 */
#include <math.h>

#include "query/output/json_writer.h"

/* ---- text ---- */

/* What has to be escaped, and what has to be looked at. */
static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

/* The length of the character at `at`, 0 where it is none (Unicode 15, table 3-7). */
static size_t character_length(const unsigned char *at, size_t left)
{
	unsigned char low = 0x80, high = 0xBF;
	size_t length = at[0] >= 0xC2 && at[0] < 0xE0   ? 2
			: at[0] >= 0xE0 && at[0] < 0xF0 ? 3
			: at[0] >= 0xF0 && at[0] < 0xF5 ? 4
							: 0;
	if (length == 0 || length > left)
		return 0;
	if (at[0] == 0xE0)
		low = 0xA0;
	else if (at[0] == 0xED)
		high = 0x9F;
	else if (at[0] == 0xF0)
		low = 0x90;
	else if (at[0] == 0xF4)
		high = 0x8F;
	if (at[1] < low || at[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if ((at[i] & 0xC0) != 0x80)
			return 0;
	return length;
}

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

bool json_put_text(struct buffer *b, struct slice text, struct error *err)
{
	const unsigned char *at = (const unsigned char *)text.at, *end = at ? at + text.length : at;
	/* A byte becomes six at most. */
	if (!buffer_reserve(b, text.length * 6 + 2, err))
		return false;
	char *to = b->at + b->length;
	*to++ = '"';
	while (at < end) {
		size_t length;
		if (is_plain(*at)) {
			*to++ = (char)*at++;
		} else if (*at < 0x80) {
			to += put_escape(to, *at++);
		} else if ((length = character_length(at, (size_t)(end - at))) > 0) {
			memcpy(to, at, length);
			to += length;
			at += length;
		} else {
			memcpy(to, "\xEF\xBF\xBD", 3);
			to += 3;
			at++;
		}
	}
	*to++ = '"';
	b->length = (size_t)(to - b->at);
	return true;
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

bool json_put_real(struct buffer *b, double value, struct error *err)
{
	char text[NUMBER_SIZE + 2];
	if (!isfinite(value))
		return buffer_append(b, "0.0", 3, err);
	size_t length = number_write(value, text);
	if (!memchr(text, '.', length) && !memchr(text, 'e', length)) {
		memcpy(text + length, ".0", 2);
		length += 2;
	}
	return buffer_append(b, text, shorten_exponent(text, length), err);
}
