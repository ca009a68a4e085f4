// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * code_reader.c - finds codes in what people write: a small scanner over one cell, without any index.
 */
#include "lib/soc/code_reader.h"

#include "lib/base/ascii.h"

/* ---- scanning ---- */

static bool is_separator(char c)
{
	return c == ';' || c == ',' || c == '|' || c == '/' || c == '&' || c == '\n' || c == '\r';
}

static bool is_word(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

static struct slice behind(struct slice s, size_t length)
{
	return (struct slice){ s.at + length, s.length - length };
}

static size_t count_digits(struct slice s)
{
	size_t n = 0;
	while (n < s.length && ascii_is_digit(s.at[n]))
		n++;
	return n;
}

static unsigned number_of(struct slice s, size_t digits)
{
	unsigned value = 0;
	for (size_t i = 0; i < digits; i++)
		value = 10 * value + (unsigned)(s.at[i] - '0');
	return value;
}

static struct slice skip_blanks(struct slice s)
{
	while (s.length > 0 && (ascii_is_space(s.at[0]) || is_separator(s.at[0])))
		s = behind(s, 1);
	return s;
}

/* Up to the next sign that parts codes; a slash does not, as it stands in dates. */
static struct slice first_part(struct slice s)
{
	size_t n = 0;
	while (n < s.length && (s.at[n] == '/' || !is_separator(s.at[n])))
		n++;
	return slice_trim((struct slice){ s.at, n });
}

/* ---- one code ---- */

/* A hyphen as in soc_code.c: any of the dashes of U+2010 to U+2014, or the minus sign. */
static bool skip_dash(struct slice *s)
{
	if (slice_skip(s, SLICE("-")) || slice_skip(s, SLICE("\xE2\x88\x92")))
		return true;
	if (s->length < 3 || memcmp(s->at, "\xE2\x80", 2) != 0 || (unsigned char)s->at[2] < 0x90 ||
	    (unsigned char)s->at[2] > 0x94)
		return false;
	*s = behind(*s, 3);
	return true;
}

/* The group that `digits` digits behind the major group name, the rest of four being X or nothing. */
static void set_group(struct code *code, const char *at, size_t digits)
{
	static const enum code_level levels[] = { LEVEL_MAJOR, LEVEL_MINOR, LEVEL_MINOR, LEVEL_BROAD };
	memcpy(code->text + 3, "0000", 4);
	memcpy(code->text + 3, at, digits);
	/* 51-91XX lies in two minor groups, and is not one itself. */
	if (digits < 4)
		*code = code_at_level(code, levels[digits]);
}

/* The digits behind a point: two belong to the code; one zero is what a number was given. */
static void take_fraction(struct slice *s, struct code *code)
{
	if (s->length == 0 || s->at[0] != '.')
		return;
	struct slice digits = behind(*s, 1);
	size_t n = count_digits(digits);
	if (n == 2) {
		code->text[7] = '.';
		memcpy(code->text + 8, digits.at, 2);
	}
	if (n == 2 || (n == 1 && digits.at[0] == '0'))
		*s = behind(digits, n);
}

/* Behind a hyphen: four digits, or fewer of a group, X standing for the others. */
static bool take_minor(struct slice *s, struct code *code)
{
	size_t n = count_digits(*s), crosses = 0;
	if (n > 4 || n == 0)
		return false;
	while (n + crosses < s->length && n + crosses < 4 && ascii_to_lower(s->at[n + crosses]) == 'x')
		crosses++;
	if (crosses > 0 && n + crosses < 4)
		return false;
	set_group(code, s->at, n);
	*s = behind(*s, n + crosses);
	if (n == 4)
		take_fraction(s, code);
	return true;
}

/* Two digits alone, or before a dash and a title, which name a major group. */
static bool is_major_group(struct slice s)
{
	unsigned major = number_of(s, 2);
	struct slice rest = slice_trim(behind(s, 2));
	return major >= 11 && major <= 55 && major % 2 == 1 &&
	       (rest.length == 0 || is_separator(rest.at[0]) ||
		(skip_dash(&rest) && (rest.length == 0 || strchr(" xX", rest.at[0]))));
}

/* Digits without a hyphen: 6, 8, or the two of a major group. */
static bool take_digits(struct slice *s, struct code *code)
{
	size_t n = count_digits(*s);
	if (n != 6 && n != 8 && !(n == 2 && is_major_group(*s)))
		return false;
	if (n == 2)
		memcpy(code->text + 3, "0000", 4);
	else
		memcpy(code->text + 3, s->at + 2, 4);
	if (n == 8) {
		code->text[7] = '.';
		memcpy(code->text + 8, s->at + 6, 2);
	}
	*s = behind(*s, n);
	if (n == 6) {
		take_fraction(s, code);
	} else if (n == 8) {
		struct slice zero = *s;
		if (slice_skip(&zero, SLICE(".0")))
			*s = zero;
	}
	return true;
}

/* Take a code off the front of *s, where it is whole: no letter, digit or further part follows. */
static bool take_code(struct slice *s, struct code *code)
{
	struct slice rest = *s, minor;
	memset(code, 0, sizeof *code);
	if (count_digits(rest) < 2)
		return false;
	memcpy(code->text, rest.at, 2);
	code->text[2] = '-';
	minor = behind(rest, 2);
	bool dashed = skip_dash(&minor);
	bool pointed = !dashed && slice_skip(&minor, SLICE(".")) && count_digits(minor) == 4;
	if (dashed && take_minor(&minor, code))
		rest = minor;
	else if (pointed && take_minor(&minor, code))
		rest = minor;
	else if (!take_digits(&rest, code))
		return false;
	bool more = rest.length > 1 && (rest.at[0] == '.' || rest.at[0] == '-') && ascii_is_digit(rest.at[1]);
	if (more || (rest.length > 0 && (is_word(rest.at[0]) && !slice_begins(rest, SLICE("\xC2\xA0")) &&
					 !slice_begins(rest, SLICE("\xE2\x80")))))
		return false;
	*s = rest;
	return true;
}

/* "SOC", "O*NET-SOC 2019 code:" before a code. */
static struct slice skip_label(struct slice s)
{
	static const char *const labels[] = { "o*net", "onet", "soc", "code", "2010", "2018", "2019" };
	for (size_t i = 0; i < sizeof labels / sizeof *labels;) {
		struct slice label = slice_of(labels[i]);
		bool word = slice_begins_nocase(s, label) &&
			    (s.length == label.length || !is_word(s.at[label.length]) || !is_word(label.at[0]));
		if (!word) {
			i++;
			continue;
		}
		s = behind(s, label.length);
		while (s.length > 0 && strchr(" -:#_\t", s.at[0]) && s.at[0])
			s = behind(s, 1);
		i = 0;
	}
	return s;
}

/* A code at the front, maybe behind a label. */
static bool take_labelled(struct slice *s, struct code *code)
{
	struct slice unlabelled = skip_label(*s);
	if (!take_code(s, code) && !take_code(&unlabelled, code))
		return false;
	if (unlabelled.length < s->length)
		*s = unlabelled;
	return true;
}

/* A code with its hyphen behind other words: "Registered Nurses (29-1141)". */
static bool find_code(struct slice *s, struct code *code)
{
	for (size_t i = 1; i + 7 <= s->length; i++) {
		struct slice rest = behind(*s, i), minor = rest;
		if (is_word(s->at[i - 1]) || s->at[i - 1] == '-' || s->at[i - 1] == '.' || count_digits(rest) != 2)
			continue;
		minor = behind(minor, 2);
		if (skip_dash(&minor) && count_digits(minor) == 4 && take_code(&rest, code)) {
			*s = rest;
			return true;
		}
	}
	return false;
}

/* ---- dates ---- */

/* The day that a spreadsheet makes of 11-2021 is the first of November. */
static bool set_date(struct written_code *w, unsigned month, unsigned day, unsigned year, bool whole_year)
{
	w->kind = WRITTEN_DATE;
	if (month == 11 && day == 1 && (whole_year ? year >= 1900 : year < 100))
		snprintf(w->code.text, sizeof w->code.text,
			 whole_year ? "11-%04u"
				    : "11-?"
				      "?%02u",
			 year % 10000);
	return true;
}

/* Nov-21, Nov 2021, November-2021; 21-Nov is a day, which no code becomes. */
static bool read_named_month(struct slice s, struct written_code *w)
{
	static const char *const months[] = { "january", "february", "march",     "april",   "may",      "june",
					      "july",    "august",   "september", "october", "november", "december" };
	size_t before = count_digits(s), letters = 0;
	struct slice at = behind(s, before);
	if (before > 2)
		return false;
	while (at.length > 0 && before > 0 && strchr("- /.", at.at[0]) && at.at[0])
		at = behind(at, 1);
	while (letters < at.length && ascii_is_letter(at.at[letters]))
		letters++;
	unsigned month = 0;
	while (month < 12 && !slice_begins_nocase(slice_of(months[month]), (struct slice){ at.at, letters }))
		month++;
	if (month == 12 || letters < 3)
		return false;
	at = behind(at, letters);
	while (at.length > 0 && strchr("- /.'", at.at[0]) && at.at[0])
		at = behind(at, 1);
	size_t digits = count_digits(at);
	if (digits != at.length || (digits != 2 && digits != 4 && (digits != 0 || before == 0)))
		return false;
	if (digits == 0)
		return set_date(w, month + 1, 0, 0, false);
	return set_date(w, month + 1, before ? number_of(s, before) : 1, number_of(at, digits), digits == 4);
}

/* 2021-11-01, 2021/11/1, 11/1/2021, 1.11.2021, 11/1/21; a time of the day may follow. */
static bool read_numeric_date(struct slice s, struct written_code *w)
{
	unsigned part[3];
	size_t digits[3];
	char sign = 0;
	for (size_t i = 0; i < 3; i++) {
		digits[i] = count_digits(s);
		if (digits[i] == 0 || digits[i] > 4 || digits[i] == 3)
			return false;
		part[i] = number_of(s, digits[i]);
		s = behind(s, digits[i]);
		if (i == 2)
			break;
		if (s.length == 0 || !strchr("-/.", s.at[0]) || (sign && s.at[0] != sign))
			return false;
		sign = s.at[0];
		s = behind(s, 1);
	}
	bool timed = s.length > 1 && (s.at[0] == ' ' || s.at[0] == 'T') && ascii_is_digit(s.at[1]);
	if (s.length > 0 && !timed)
		return false;
	if (digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2)
		return set_date(w, part[1], part[2], part[0], true);
	if (digits[0] > 2 || digits[1] > 2 || part[0] == 0 || part[1] == 0 || part[0] > 31 || part[1] > 31)
		return false;
	/* The first of November, whichever of the two stands first. */
	if (part[0] == 1 && part[1] == 11)
		return set_date(w, 11, 1, part[2], digits[2] == 4);
	return set_date(w, part[0], part[1], part[2], digits[2] == 4);
}

/* ---- no code ---- */

static bool is_no_code(struct slice part)
{
	static const char *const words[] = { "-",       "--",        ".",       "..",      "?",         "0",
					     "9",       "99",        "999",     "9999",    "n/a",       "n.a.",
					     "na",      "#n/a",      "nan",     "null",    "none",      "nil",
					     "no code", "unknown",   "missing", "blank",   "uncodable", "not codable",
					     "uncoded", "not coded", "x",       "xx-xxxx", "99-99xx",   "tbd" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (slice_equal_nocase(part, slice_of(words[i])))
			return true;
	return false;
}

/* 99-9999 is what surveys give where there is none; 00-0000 is all occupations together. */
static bool is_no_code_number(const struct code *code)
{
	return memcmp(code->text, "99-", 3) == 0 || memcmp(code->text, "00-0000", 7) == 0;
}

/* ---- a cell ---- */

/* ="15-1252", "15-1252" and '15-1252 keep a spreadsheet from reading a number. */
static struct slice without_spreadsheet_form(struct slice s)
{
	struct slice inner = s;
	(void)(slice_skip(&inner, SLICE("=")) || slice_skip(&inner, SLICE("'")));
	if (inner.length >= 2 && inner.at[0] == '"' && inner.at[inner.length - 1] == '"')
		return slice_trim((struct slice){ inner.at + 1, inner.length - 2 });
	return s.length > 0 && s.at[0] == '\'' ? inner : s;
}

/* Behind a code: its title, up to the next code or the end. */
static struct slice skip_title(struct slice s)
{
	for (size_t i = 0; i < s.length; i++) {
		struct slice rest = skip_blanks(behind(s, i)), code_at = rest;
		struct code code;
		if (is_separator(s.at[i]) && take_labelled(&code_at, &code))
			return rest;
	}
	return behind(s, s.length);
}

struct written_code code_reader_next(struct slice *text)
{
	struct written_code w = { .kind = WRITTEN_END };
	struct slice s = skip_blanks(slice_trim(without_spreadsheet_form(slice_trim(*text)))), part;
	*text = (struct slice){ NULL, 0 };
	if (s.length == 0)
		return w;
	part = first_part(s);
	if (is_no_code(part)) {
		w.kind = WRITTEN_NO_CODE;
		*text = behind(s, (size_t)(part.at + part.length - s.at));
	} else if (read_named_month(part, &w) || read_numeric_date(part, &w)) {
		*text = behind(s, (size_t)(part.at + part.length - s.at));
	} else if (take_labelled(&s, &w.code) || find_code(&s, &w.code)) {
		w.kind = is_no_code_number(&w.code) ? WRITTEN_NO_CODE : WRITTEN_CODE;
		*text = skip_title(s);
	} else {
		w = (struct written_code){ .kind = WRITTEN_OTHER };
	}
	return w;
}

bool code_read_one(struct slice text, struct code *out)
{
	if (code_parse(text, out))
		return true;
	struct written_code w = code_reader_next(&text);
	bool one = w.kind == WRITTEN_CODE && code_reader_next(&text).kind == WRITTEN_END;
	*out = one ? w.code : (struct code){ "" };
	return one;
}
