// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * not_occupation.c - compares a whole answer, folded, with the phrases of not_occupation.def.
 */
#include "lib/text/not_occupation.h"

#include "lib/base/ascii.h"
#include "lib/base/utf8.h"

static const struct {
	enum not_occupation kind;
	unsigned length;
	const char *text;
} phrases[] = {
#define NOT_OCCUPATION(kind, text) { NOT_OCCUPATION_##kind, sizeof(text) - 1, text },
#include "lib/text/not_occupation.def"
#undef NOT_OCCUPATION
};

/* Bytes: longer answers are not looked at.  Folding makes none longer. */
#define ANSWER_MAX 64

const char *not_occupation_name(enum not_occupation kind)
{
	static const char *const names[NOT_OCCUPATION_COUNT] = { "",
#define NOT_OCCUPATION_NAME(id, name) name,
								 NOT_OCCUPATION_TABLE(NOT_OCCUPATION_NAME)
#undef NOT_OCCUPATION_NAME
	};
	return names[kind];
}

enum not_occupation not_occupation_read(struct slice name)
{
	for (int kind = NOT_OCCUPATION_NO + 1; kind < NOT_OCCUPATION_COUNT; kind++)
		if (slice_equal_nocase(name, slice_of(not_occupation_name((enum not_occupation)kind))))
			return (enum not_occupation)kind;
	return NOT_OCCUPATION_NO;
}

/* ---- folding ---- */

/* What stands for a character: a letter or digit, ' ' between words, 0 for nothing; -1 where no phrase has the like. */
static int fold(int32_t c)
{
	/* U+00E0 and on, without their accents; the capitals are 0x20 below. */
	static const char letters[] = "aaaaaa.ceeeeiiii.nooooo.ouuuuy.y";
	if (c < 0x80)
		return ascii_is_letter((char)c) || ascii_is_digit((char)c) ? ascii_to_lower((char)c)
		       : c == '\''                                         ? 0
									   : ' ';
	if (c >= 0xC0 && c <= 0xFF) {
		char letter = letters[(c | 0x20) - 0xE0];
		return letter == '.' ? -1 : letter;
	}
	if (c == 0x2019)
		return 0;
	return c == 0xA0 || c == 0xA1 || c == 0xBF || (c >= 0x2010 && c <= 0x2026) ? ' ' : -1;
}

/* The words of an answer with one blank between them; false where it cannot be a phrase. */
static bool fold_answer(struct slice answer, char out[ANSWER_MAX], size_t *length)
{
	size_t n = 0;
	bool between = false;
	for (size_t at = 0; at < answer.length;) {
		int32_t character;
		size_t step = utf8_decode(answer, at, &character);
		int c = step ? fold(character) : -1;
		if (c < 0)
			return false;
		at += step;
		between |= c == ' ';
		if (c == ' ' || c == 0)
			continue;
		if (between && n > 0)
			out[n++] = ' ';
		between = false;
		out[n++] = (char)c;
	}
	*length = n;
	return true;
}

/* ---- words around a phrase ---- */

static bool skip_first(struct slice *s)
{
	static const char *const words[] = { "i am ",      "im ",    "i ",    "a ",     "an ",          "currently ",
					     "presently ", "now ",   "yo ",   "estoy ", "soy ",         "una ",
					     "un ",        "ahora ", "just ", "still ", "actualmente ", "at present " };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (slice_skip(s, slice_of(words[i])))
			return true;
	return false;
}

static bool skip_last(struct slice *s)
{
	static const char *const words[] = { " now",          " currently",     " presently", " at present",
					     " at this time", " at the moment", " ahora",     " actualmente" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (slice_ends_nocase(*s, slice_of(words[i]))) {
			s->length -= strlen(words[i]);
			return true;
		}
	return false;
}

static enum not_occupation find_phrase(struct slice words)
{
	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
		if (phrases[i].length == words.length && memcmp(phrases[i].text, words.at, words.length) == 0)
			return phrases[i].kind;
	return NOT_OCCUPATION_NO;
}

enum not_occupation not_occupation_find(struct slice answer)
{
	char folded[ANSWER_MAX];
	struct slice words = { folded, 0 };
	answer = slice_trim(answer);
	if (answer.length == 0 || answer.length > ANSWER_MAX || !fold_answer(answer, folded, &words.length))
		return NOT_OCCUPATION_NO;
	/* Signs alone: -, ..., ? */
	if (words.length == 0)
		return memchr(answer.at, '?', answer.length) ? NOT_OCCUPATION_DONT_KNOW : NOT_OCCUPATION_NONE;
	enum not_occupation kind = find_phrase(words);
	while (kind == NOT_OCCUPATION_NO && (skip_first(&words) || skip_last(&words)))
		kind = find_phrase(words);
	return kind;
}

enum not_occupation not_occupation_of_job(struct slice title, struct slice text)
{
	enum not_occupation of_title = not_occupation_find(title), of_text;
	if (of_title == NOT_OCCUPATION_NO && slice_trim(title).length > 0)
		return NOT_OCCUPATION_NO;
	of_text = not_occupation_find(text);
	if (of_text == NOT_OCCUPATION_NO)
		return slice_trim(text).length > 0 ? NOT_OCCUPATION_NO : of_title;
	return of_title == NOT_OCCUPATION_NO || of_text < of_title ? of_text : of_title;
}
