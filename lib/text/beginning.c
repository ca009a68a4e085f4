// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * beginning.c - which words can have a stem of a set, by how they begin.
 *
 * The stemmer takes off ends and mends what is left, so that a stem is the beginning of its word but for its last letter
 * (cry, cri), and for the last two of one in -ble (nobility, noble) or in -ie (dying, lying and tying become die, lie and
 * tie).  Of each stem the letters that are certainly its word's are kept, as one bit of a hash; a word can have a stem where
 * one of its beginnings has its bit.
 */
#include "lib/text/text.h"

#define BITS_LOG 15

/* Of one beginning after the other: each adds a letter. */
static uint32_t add_letter(uint32_t hash, char letter)
{
	return (hash ^ (unsigned char)letter) * 16777619u;   /* FNV-1a */
}

static void add_beginning(struct text_beginnings *b, const char *letters, size_t length)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < length; i++)
		hash = add_letter(hash, letters[i]);
	hash >>= 32 - BITS_LOG;
	b->bits[hash / 8] |= (unsigned char)(1u << hash % 8);
}

void text_beginnings_add(struct text_beginnings *b, struct slice stem)
{
	if (stem.length == 0)
		return;
	size_t sure = stem.length < 3 ? stem.length : stem.length - 1;
	const char *end = stem.at + stem.length;
	if (stem.length > 3 && memcmp(end - 2, "le", 2) == 0)
		sure--;
	add_beginning(b, stem.at, sure);
	if (stem.length == 3 && memcmp(end - 2, "ie", 2) == 0)
		add_beginning(b, (const char[]){ stem.at[0], 'y' }, 2);
}

bool text_beginnings_has(const struct text_beginnings *b, struct slice folded)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < folded.length; i++) {
		hash = add_letter(hash, folded.at[i]);
		uint32_t bit = hash >> (32 - BITS_LOG);
		if (b->bits[bit / 8] >> bit % 8 & 1)
			return true;
	}
	return false;
}
