// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * soc_code.c - reads occupation codes in all published shapes, and tells their level and groups.
 */
#include "lib/soc/soc_code.h"

#include "lib/base/ascii.h"

/* Take `count` digits off the front of *s into `to`. */
static bool take_digits(struct slice *s, size_t count, char *to)
{
	if (s->length < count)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!ascii_is_digit(s->at[i]))
			return false;
		to[i] = s->at[i];
	}
	s->at += count;
	s->length -= count;
	return true;
}

/* Word processors and spreadsheets turn the hyphen of a code into any of these. */
static bool take_dash(struct slice *s)
{
	static const char *const dashes[] = {
		"-",
		"\xE2\x80\x90", /* U+2010 hyphen */
		"\xE2\x80\x91", /* U+2011 non-breaking hyphen */
		"\xE2\x80\x92", /* U+2012 figure dash */
		"\xE2\x80\x93", /* U+2013 en dash */
		"\xE2\x80\x94", /* U+2014 em dash */
		"\xE2\x88\x92", /* U+2212 minus sign */
	};
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
		if (slice_skip(s, slice_of(dashes[i])))
			return true;
	return false;
}

/* ="15-1252.00" keeps a spreadsheet from reading the code as a date or a number. */
static struct slice without_spreadsheet_form(struct slice s)
{
	struct slice inner = s;
	(void)slice_skip(&inner, SLICE("="));
	if (inner.length >= 2 && inner.at[0] == '"' && inner.at[inner.length - 1] == '"') {
		inner.at++;
		inner.length -= 2;
		return slice_trim(inner);
	}
	return s;
}

/* Only the shape is judged here.  Which codes exist is a question to a release. */
bool code_parse(struct slice text, struct code *out)
{
	char t[CODE_SIZE] = "dd-dddd.dd";
	struct slice s = without_spreadsheet_form(slice_trim(text));

	memset(out, 0, sizeof *out);
	if (!take_digits(&s, 2, t))
		return false;
	bool dashed = take_dash(&s);
	if (!take_digits(&s, 4, t + 3))
		return false;
	bool pointed = slice_skip(&s, SLICE("."));
	/* "15-125200" was never published: without the point, the dash has to be missing too. */
	bool eight = (pointed || !dashed) && take_digits(&s, 2, t + 8);
	if (s.length > 0 || (pointed && !eight))
		return false;
	memcpy(out->text, t, eight ? 10 : 7);
	return true;
}

bool code_is_onet(const struct code *code)
{
	return code->text[0] != '\0' && code->text[7] == '.';
}

struct code code_soc(const struct code *code)
{
	struct code soc = { "" };
	if (code->text[0] != '\0')
		memcpy(soc.text, code->text, 7);
	return soc;
}

struct code code_at_level(const struct code *code, enum code_level level)
{
	struct code group = level == LEVEL_ONET ? *code : code_soc(code);
	if (group.text[0] == '\0')
		return group;
	switch (level) {
	case LEVEL_MAJOR:
		memcpy(group.text + 3, "0000", 4);
		break;
	case LEVEL_MINOR:
		/* Three minor groups of SOC 2018 end in two zeros instead of three. */
		if (memcmp(group.text, "15-12", 5) == 0 || memcmp(group.text, "31-11", 5) == 0 ||
		    memcmp(group.text, "51-51", 5) == 0)
			memcpy(group.text + 5, "00", 2);
		else
			memcpy(group.text + 4, "000", 3);
		break;
	case LEVEL_BROAD:
		group.text[6] = '0';
		break;
	case LEVEL_SOC:
	case LEVEL_ONET:
		break;
	}
	return group;
}

enum code_level code_level(const struct code *code)
{
	if (code_is_onet(code))
		return LEVEL_ONET;
	for (int level = LEVEL_MAJOR; level < LEVEL_SOC; level++) {
		struct code group = code_at_level(code, (enum code_level)level);
		if (strcmp(group.text, code->text) == 0)
			return (enum code_level)level;
	}
	return LEVEL_SOC;
}

const char *code_level_name(enum code_level level)
{
	static const char *const names[LEVEL_COUNT] = { "major", "minor", "broad", "soc", "onet" };
	return names[level];
}
