// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xlsx_cell_format.c - numbers of a worksheet by their number formats, and the escapes of its texts.
 */
#include "lib/table/xlsx_cell_format.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/ascii.h"
#include "lib/base/utf8.h"

enum {
	DIGITS = 40, /* significant digits that are looked at */
	EXACT = 15,  /* decimal digits that a double always keeps */
	CELL_UNITS = 32767,
	DAY = 86400
};

/* ---- numbers ---- */

/* A decimal number: digits times ten to the power of `exponent`; no zero at either end. */
struct decimal {
	bool negative;
	char digits[DIGITS];
	int count;
	int exponent;
};

/* The digits of "123.45", from `*at` on; false where there are none. */
static bool take_digits(struct slice s, size_t *at, struct decimal *d)
{
	bool point = false;
	bool any = false;

	for (; *at < s.length; (*at)++) {
		char c = s.at[*at];
		if (c == '.' && !point) {
			point = true;
			continue;
		}
		if (!ascii_is_digit(c))
			break;
		any = true;
		if (d->count == 0 && c == '0') {
			d->exponent -= point; /* leading zeros only move the point */
		} else if (d->count < DIGITS) {
			d->digits[d->count++] = c;
			d->exponent -= point;
		} else {
			d->exponent += !point;
		}
	}
	return any;
}

/* "E-5"; an exponent that no double has is no number. */
static bool take_exponent(struct slice s, size_t *at, struct decimal *d)
{
	int value = 0;
	bool negative = false;

	if (*at == s.length || (s.at[*at] | 32) != 'e')
		return true;
	(*at)++;
	if (*at < s.length && (s.at[*at] == '-' || s.at[*at] == '+'))
		negative = s.at[(*at)++] == '-';
	size_t begin = *at;
	for (; *at < s.length && ascii_is_digit(s.at[*at]); (*at)++) {
		value = value * 10 + (s.at[*at] - '0');
		if (value > 400)
			return false;
	}
	d->exponent += negative ? -value : value;
	return *at > begin;
}

static void drop_zeros(struct decimal *d)
{
	while (d->count > 0 && d->digits[d->count - 1] == '0') {
		d->count--;
		d->exponent++;
	}
	if (d->count == 0) {
		d->exponent = 0;
		d->negative = false;
	}
}

static bool parse_decimal(struct slice s, struct decimal *d)
{
	size_t at = 0;

	memset(d, 0, sizeof *d);
	/* More than that is no number that a program has written. */
	if (s.length == 0 || s.length > 512)
		return false;
	if (s.at[0] == '-' || s.at[0] == '+')
		d->negative = s.at[at++] == '-';
	if (!take_digits(s, &at, d) || !take_exponent(s, &at, d) || at != s.length)
		return false;
	drop_zeros(d);
	return true;
}

/* Without a decimal point, so that the locale has no say. */
static double to_double(const struct decimal *d)
{
	char text[DIGITS + 16];
	snprintf(text, sizeof text, "%s%.*se%d", d->negative ? "-" : "", d->count, d->digits, d->exponent);
	return d->count > 0 ? strtod(text, NULL) : 0;
}

/* Back from "%.16e"; the point is whatever the locale makes it. */
static void from_printed(const char *text, struct decimal *d)
{
	memset(d, 0, sizeof *d);
	d->negative = *text == '-';
	for (; *text && *text != 'e'; text++) {
		if (ascii_is_digit(*text) && d->count < DIGITS)
			d->digits[d->count++] = *text;
	}
	d->exponent = (*text == 'e' ? (int)strtol(text + 1, NULL, 10) : 0) - (d->count - 1);
	drop_zeros(d);
}

/* Programs store the 17 digits that a double may need; the reader has typed fewer. */
static void shorten(struct decimal *d)
{
	char text[64];
	double value;

	if (d->count <= EXACT)
		return;
	value = to_double(d);
	if (value > DBL_MAX || value < -DBL_MAX)
		return;
	for (int digits = EXACT; digits <= 17; digits++) {
		struct decimal shorter;
		snprintf(text, sizeof text, "%.*e", digits - 1, value);
		from_printed(text, &shorter);
		if (digits == 17 || to_double(&shorter) == value) { /* exactly: that is the question */
			*d = shorter;
			return;
		}
	}
}

/* As people write it: 1200000, 0.029, and 1.5e+30 only where zeros would fill the line. */
static size_t print_plain(const struct decimal *d, char *to)
{
	int point = d->count + d->exponent; /* digits before the decimal point */
	char *at = to;

	if (d->count == 0) {
		*at = '0';
		return 1;
	}
	if (d->negative)
		*at++ = '-';
	if (point > 21 || point < -5) {
		at += sprintf(at, "%c%s%.*se%+d", d->digits[0], d->count > 1 ? "." : "", d->count - 1, d->digits + 1,
			      point - 1);
		return (size_t)(at - to);
	}
	size_t count = (size_t)d->count;
	size_t whole = point > 0 ? (size_t)point : 0;
	if (point <= 0) {
		memcpy(at, "0.000000", (size_t)(2 - point));
		at += 2 - point;
	}
	memcpy(at, d->digits, count);
	if (whole >= count) {
		memset(at + count, '0', whole - count);
		return (size_t)(at - to) + whole;
	}
	if (whole > 0) {
		memmove(at + whole + 1, at + whole, count - whole);
		at[whole] = '.';
		count++;
	}
	return (size_t)(at - to) + count;
}

/* ---- dates ---- */

/* The proleptic Gregorian date of a day counted from 1970-01-01 (H. Hinnant's algorithm). */
static void civil_from_days(long days, int *year, int *month, int *day)
{
	days += 719468;
	long era = (days >= 0 ? days : days - 146096) / 146097;
	long of_era = days - era * 146097;
	long of_years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	long of_year = of_era - (365 * of_years + of_years / 4 - of_years / 100);
	long shifted = (5 * of_year + 2) / 153;
	*day = (int)(of_year - (153 * shifted + 2) / 5 + 1);
	*month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
	*year = (int)(of_years + era * 400 + (*month <= 2));
}

/* Excel's first system counts a 29 February 1900 that never was: day 60. */
static bool days_since_1970(long serial, bool epoch_1904, long *days)
{
	if (epoch_1904)
		*days = serial - 24107;
	else if (serial > 60)
		*days = serial - 25569;
	else
		*days = serial - 25568;
	return epoch_1904 ? serial >= 0 : serial >= 1 && serial != 60;
}

static size_t print_time(long seconds, char *to)
{
	return (size_t)sprintf(to, "%02ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/* 0 where the number is no date. */
static size_t print_date(const struct decimal *d, enum number_kind kind, bool epoch_1904, char *to)
{
	static const double last = 2958466; /* beyond 9999-12-31 */
	int year, month, day;
	long days;
	double value = to_double(d);

	if (value < 0 || value >= last)
		return 0;
	long serial = (long)value;
	long seconds = (long)((value - (double)serial) * DAY + 0.5);
	if (kind == NUMBER_ELAPSED)
		return print_time(serial * DAY + seconds, to);
	if (seconds >= DAY) {
		seconds -= DAY;
		serial++;
	}
	if (kind == NUMBER_TIME)
		return print_time(seconds, to);
	if (!days_since_1970(serial, epoch_1904, &days))
		return 0;
	civil_from_days(days, &year, &month, &day);
	if (year > 9999)
		return 0;
	size_t length = (size_t)sprintf(to, "%04d-%02d-%02d", year, month, day);
	if (kind == NUMBER_DATE_TIME) {
		to[length++] = 'T';
		length += print_time(seconds, to + length);
	}
	return length;
}

/* 151252 by 00-0000 is 15-1252; 0 where the number has more digits than the pattern, or a fraction. */
static size_t print_digits(const struct decimal *d, const char *pattern, char *to)
{
	size_t length = strlen(pattern);
	int left = d->count + d->exponent;
	int zeros = 0;

	for (const char *p = pattern; *p; p++)
		zeros += *p == '0';
	if (d->negative || d->exponent < 0 || left > zeros)
		return 0;
	for (size_t i = 0; i < length; i++) {
		to[i] = pattern[i];
		if (pattern[i] != '0')
			continue;
		int index = left - zeros;
		to[i] = index >= 0 && index < d->count ? d->digits[index] : '0';
		zeros--;
	}
	return length;
}

size_t cell_number(struct slice stored, const struct number_format *format, bool epoch_1904, char to[CELL_TEXT])
{
	struct decimal d;
	size_t length = 0;

	if (!parse_decimal(stored, &d))
		return 0;
	if (format->kind == NUMBER_DIGITS)
		length = print_digits(&d, format->pattern, to);
	else if (format->kind != NUMBER_PLAIN)
		length = print_date(&d, format->kind, epoch_1904, to);
	if (length > 0)
		return length;
	shorten(&d);
	return print_plain(&d, to);
}

/* ---- number formats ---- */

struct number_format number_format_builtin(unsigned id)
{
	struct number_format f = { NUMBER_PLAIN, "" };

	if (id >= 14 && id <= 17)
		f.kind = NUMBER_DATE;
	else if ((id >= 18 && id <= 21) || id == 45 || id == 47)
		f.kind = NUMBER_TIME;
	else if (id == 22)
		f.kind = NUMBER_DATE_TIME;
	else if (id == 46)
		f.kind = NUMBER_ELAPSED;
	return f;
}

/* What the letters of a format code ask for. */
struct parts {
	bool date;
	bool time;
	bool elapsed;
	bool month_or_minute; /* an m of which the neighbours must decide */
	bool after_hour;
	bool other; /* something that no date has: 0, #, General, @ */
	char pattern[NUMBER_PATTERN];
	size_t pattern_length;
	bool no_pattern;
};

static void add_pattern(struct parts *p, char c)
{
	if (p->pattern_length + 1 < sizeof p->pattern)
		p->pattern[p->pattern_length++] = c;
	else
		p->no_pattern = true;
}

static void take_letter(struct parts *p, char letter)
{
	switch (letter) {
	case 'y':
	case 'd':
		p->date = true;
		p->after_hour = false;
		break;
	case 'h':
		p->time = true;
		p->after_hour = true;
		break;
	case 's':
		/* mm:ss */
		p->time = true;
		p->month_or_minute = false;
		p->after_hour = false;
		break;
	case 'm':
		if (!p->after_hour)
			p->month_or_minute = true;
		p->after_hour = false;
		break;
	default:
		break;
	}
}

/* [h] counts on beyond a day; [Red] and [$-409] say nothing here. */
static size_t take_bracket(struct parts *p, struct slice code, size_t at)
{
	size_t end = at + 1;
	while (end < code.length && code.at[end] != ']')
		end++;
	char first = end > at + 1 ? (char)(code.at[at + 1] | 32) : '\0';
	bool same = first == 'h' || first == 'm' || first == 's';
	for (size_t i = at + 1; i < end && same; i++)
		same = (code.at[i] | 32) == first;
	if (same) {
		p->elapsed = p->time = true;
		p->after_hour = first == 'h';
	}
	return end < code.length ? end + 1 : end;
}

static size_t take_quoted(struct parts *p, struct slice code, size_t at)
{
	size_t end = at + 1;
	for (; end < code.length && code.at[end] != '"'; end++) {
		if (code.at[end] == '-')
			add_pattern(p, '-');
		else
			p->no_pattern = true;
	}
	return end < code.length ? end + 1 : end;
}

/* One token of the code; the position behind it. */
static size_t take_token(struct parts *p, struct slice code, size_t at)
{
	char c = code.at[at];
	char lower = (char)(c | 32);
	bool month = p->month_or_minute;

	if (c == '[')
		return take_bracket(p, code, at);
	if (c == '"')
		return take_quoted(p, code, at);
	if (c == '\\' || c == '_' || c == '*') {
		if (c == '\\' && at + 1 < code.length && code.at[at + 1] == '-')
			add_pattern(p, '-');
		else
			p->no_pattern = true;
		return at + 2;
	}
	if (c == '0' || c == '-') {
		add_pattern(p, c);
		return at + 1;
	}
	p->no_pattern = true;
	struct slice rest = { code.at + at, code.length - at };
	if (slice_begins_nocase(rest, SLICE("general"))) {
		p->other = true;
		return at + 7;
	}
	if (slice_begins_nocase(rest, SLICE("am/pm"))) {
		p->time = true;
		return at + 5;
	}
	if (c == '#' || c == '?' || c == '@' || lower == 'e')
		p->other = true;
	if (lower < 'a' || lower > 'z')
		return at + 1;
	size_t end = at;
	while (end < code.length && (code.at[end] | 32) == lower)
		end++;
	/* An m that only minutes could explain has been a month if anything but seconds follows. */
	if (month && lower != 's' && strchr("ydhm", lower)) {
		p->date = true;
		p->month_or_minute = false;
	}
	take_letter(p, lower);
	return end;
}

struct number_format number_format_parse(struct slice code)
{
	struct number_format f = { NUMBER_PLAIN, "" };
	struct parts p = { 0 };

	/* The first section, for numbers above zero. */
	for (size_t at = 0; at < code.length && code.at[at] != ';';)
		at = take_token(&p, code, at);
	if (p.month_or_minute)
		p.date = true;
	if (p.other)
		return f;
	if (p.date)
		f.kind = p.time ? NUMBER_DATE_TIME : NUMBER_DATE;
	else if (p.time)
		f.kind = p.elapsed ? NUMBER_ELAPSED : NUMBER_TIME;
	else if (!p.no_pattern && p.pattern_length > 1 && strstr(p.pattern, "0")) {
		f.kind = NUMBER_DIGITS;
		memcpy(f.pattern, p.pattern, p.pattern_length + 1);
	}
	return f;
}

/* ---- texts ---- */

/* The unit in "_x000D_", or -1. */
static int escape_at(const char *at, size_t length)
{
	int unit = 0;
	if (length < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_')
		return -1;
	for (int i = 2; i < 6; i++) {
		int digit = ascii_hex_value(at[i]);
		if (digit < 0)
			return -1;
		unit = unit * 16 + digit;
	}
	return unit;
}

size_t cell_unescape(char *at, size_t length)
{
	char *found = length >= 7 ? memchr(at, '_', length) : NULL;
	if (!found)
		return length;

	size_t from = (size_t)(found - at);
	size_t to = from;
	while (from < length) {
		int unit = escape_at(at + from, length - from);
		if (unit < 0) {
			at[to++] = at[from++];
			continue;
		}
		uint32_t c = (uint32_t)unit;
		from += 7;
		if (c >= 0xD800 && c < 0xE000) {
			int low = c < 0xDC00 ? escape_at(at + from, length - from) : -1;
			if (low >= 0xDC00 && low < 0xE000) {
				c = 0x10000 + ((c - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
				from += 7;
			} else {
				c = 0xFFFD; /* half a character */
			}
		}
		/* A character takes four bytes at most, which is less than its escape took. */
		to += c ? utf8_write(c, at + to) : 0;
	}
	return to;
}

bool cell_too_long(struct slice text)
{
	size_t units = 0;

	if (text.length <= CELL_UNITS)
		return false;
	for (size_t i = 0; i < text.length; i++) {
		units += !utf8_continues(text.at[i]);
		units += (unsigned char)text.at[i] >= 0xF0; /* a pair of surrogates */
	}
	return units > CELL_UNITS;
}
