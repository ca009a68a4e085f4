// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fact_schema.c - the table of facts, and their numbers: read as published, written for people.
 */
#include "lib/soc/fact_schema.h"

#include <inttypes.h>

#include "lib/base/ascii.h"

const struct fact_spec fact_specs[FACT_KEY_COUNT] = {
#define FACT_SPEC(id, key, label, kind, section, unit, what) \
	{ key, label, FACT_##kind, FACT_SECTION_##section, FACT_UNIT_##unit, what },
	FACT_TABLE_ALL(FACT_SPEC)
#undef FACT_SPEC
};

const char *fact_unit_name(enum fact_unit unit)
{
	static const char *const names[FACT_UNIT_COUNT] = {
		[FACT_UNIT_NONE] = "",
		[FACT_UNIT_JOBS] = "jobs",
		[FACT_UNIT_HOUR] = "dollars an hour",
		[FACT_UNIT_YEAR] = "dollars a year",
		[FACT_UNIT_THOUSANDS] = "thousand jobs",
	};
	return names[unit];
}

enum fact_key fact_find_key(struct slice key)
{
	for (int k = 0; k < FACT_CUSTOM; k++)
		if (slice_equal_nocase(key, slice_of(fact_specs[k].key)))
			return (enum fact_key)k;
	return FACT_KEY_COUNT;
}

/* ---- reading ---- */

/* Marks that say that there is no number. */
static bool says_nothing(struct slice s)
{
	static const char *const marks[] = { "*", "**", "-", "--", "\xE2\x80\x93", "\xE2\x80\x94" };
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (slice_equal(s, slice_of(marks[i])))
			return true;
	return false;
}

/* Digits with commas before each three, and a point. */
static bool read_digits(struct slice s, struct fact_number *out)
{
	size_t digits = 0, since = 0;
	bool point = false, comma = false;
	for (size_t i = 0; i < s.length; i++) {
		char c = s.at[i];
		if (c == ',' && !point && digits > 0 && (comma ? since == 3 : digits <= 3)) {
			comma = true;
			since = 0;
		} else if (c == '.' && !point && (!comma || since == 3)) {
			point = true;
		} else if (ascii_is_digit(c) && ++digits <= FACT_DIGITS_MAX &&
			   out->decimals + point <= FACT_DECIMALS_MAX) {
			out->digits = out->digits * 10 + (c - '0');
			out->decimals += point;
			since++;
		} else {
			return false;
		}
	}
	return digits > 0 && (!comma || point || since == 3);
}

bool fact_read_number(struct slice text, struct fact_number *out)
{
	struct slice s = slice_trim(text);
	*out = (struct fact_number){ FACT_EXACT, 0, 0 };
	if (says_nothing(s)) {
		out->mark = FACT_UNAVAILABLE;
		return true;
	}
	if (slice_equal(s, SLICE("#"))) {
		out->mark = FACT_AT_LEAST;
		return true;
	}
	if (slice_skip(&s, SLICE(">=")) || slice_skip(&s, SLICE("\xE2\x89\xA5"))) {
		out->mark = FACT_AT_LEAST;
		s = slice_trim(s);
	}
	bool negative = slice_skip(&s, SLICE("-")) || slice_skip(&s, SLICE("\xE2\x88\x92"));
	(void)slice_skip(&s, SLICE("$"));
	if (s.length > 1 && s.at[s.length - 1] == '%')
		s.length--;
	if (!read_digits(s, out))
		return false;
	out->digits = negative ? -out->digits : out->digits;
	return true;
}

double fact_value(const struct fact_number *n)
{
	double value = (double)n->digits;
	double unit = 1.0;
	for (unsigned i = 0; i < n->decimals; i++)
		unit *= 10.0;
	return value / unit;
}

/* ---- for people ---- */

/* 1234567 with two decimals: "12,345.67". */
static void append_digits(const struct fact_number *n, struct buffer *out, struct error *err)
{
	char whole[ASCII_NUMBER_SIZE];
	uint64_t digits = n->digits < 0 ? 0 - (uint64_t)n->digits : (uint64_t)n->digits, unit = 1;
	for (unsigned i = 0; i < n->decimals; i++)
		unit *= 10;
	buffer_append_text(out, ascii_number(digits / unit, whole), err);
	if (n->decimals > 0)
		buffer_printf(out, err, ".%0*" PRIu64, (int)n->decimals, digits % unit);
}

bool fact_format_number(enum fact_kind kind, enum fact_unit unit, const struct fact_number *n, struct buffer *out,
			struct error *err)
{
	if (n->mark == FACT_UNAVAILABLE)
		return buffer_append_text(out, "not available", err);
	if (n->mark == FACT_AT_LEAST && n->digits == 0)
		return buffer_append_text(out, "above what is published", err);
	buffer_append_text(out, n->mark == FACT_AT_LEAST ? "at least " : "", err);
	buffer_append_text(out, n->digits < 0 ? "-" : "", err);
	buffer_append_text(out, kind == FACT_MONEY ? "$" : "", err);
	append_digits(n, out, err);
	buffer_append_text(out, kind == FACT_PERCENT ? "%" : "", err);
	return buffer_append_text(out, unit == FACT_UNIT_THOUSANDS ? " thousand" : "", err);
}
