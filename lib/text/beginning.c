// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * beginning.c - which words can have a stem of a set, by their first letters.
 *
 * The stemmer takes off ends and mends what is left, so a stem of four letters or more begins with the first three of its
 * word.  In a shorter one the third may be another or none (cry, cri; awful, aw), and where one letter is left, the second
 * too (AED, a).  Apart stand dying, lying and tying, which become die, lie and tie.
 */
#include "lib/text/text.h"

static unsigned letter_number(char c)
{
	unsigned letter = ((unsigned char)c | 0x20u) - 'a';
	return letter < 26 ? letter + 1 : 0;
}

static void set(struct text_beginnings *b, unsigned number)
{
	b->bits[number / 8] |= (unsigned char)(1u << number % 8);
}

/* All that begin with two letters, whatever the third. */
static void set_pair(struct text_beginnings *b, unsigned first, unsigned second)
{
	for (unsigned third = 0; third < 27; third++)
		set(b, (first * 27 + second) * 27 + third);
}

static unsigned beginning(struct slice word)
{
	unsigned first = letter_number(word.at[0]);
	unsigned second = word.length > 1 ? letter_number(word.at[1]) : 0;
	unsigned third = word.length > 2 ? letter_number(word.at[2]) : 0;
	return (first * 27 + second) * 27 + third;
}

void text_beginnings_add(struct text_beginnings *b, struct slice stem)
{
	if (stem.length == 0)
		return;
	unsigned number = beginning(stem), first = number / (27 * 27), second = number / 27 % 27;
	set(b, number);
	for (unsigned any = 0; stem.length == 1 && any < 27; any++)
		set_pair(b, first, any);
	if (stem.length == 2 || stem.length == 3)
		set_pair(b, first, second);
	if (stem.length == 3 && memcmp(stem.at + 1, "ie", 2) == 0)
		set_pair(b, first, letter_number('y'));
}

bool text_beginnings_has(const struct text_beginnings *b, struct slice folded)
{
	unsigned number = folded.length ? beginning(folded) : 0;
	return b->bits[number / 8] >> number % 8 & 1;
}
