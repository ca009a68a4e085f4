// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * stem_filter.c - a Bloom filter over the beginnings of stems.
 */
#include "lib/text/stem_filter.h"

#include "lib/base/ascii.h"

#define BITS_LOG 15
#define FIRST_HASH 2166136261u

/* Of one beginning after the other: each adds a letter. */
static uint32_t add_letter(uint32_t hash, char letter)
{
	return (hash ^ (unsigned char)letter) * 16777619u; /* FNV-1a */
}

static void add_beginning(struct stem_filter *b, const char *letters, size_t length)
{
	uint32_t hash = FIRST_HASH;
	for (size_t i = 0; i < length; i++)
		hash = add_letter(hash, letters[i]);
	hash >>= 32 - BITS_LOG;
	b->bits[hash / 8] |= (unsigned char)(1u << hash % 8);
}

static bool has_beginning(const struct stem_filter *b, uint32_t hash)
{
	hash >>= 32 - BITS_LOG;
	return b->bits[hash / 8] >> hash % 8 & 1;
}

void stem_filter_add(struct stem_filter *b, struct slice stem)
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

bool stem_filter_has(const struct stem_filter *b, struct slice folded)
{
	uint32_t hash = FIRST_HASH;
	for (size_t i = 0; i < folded.length; i++) {
		hash = add_letter(hash, folded.at[i]);
		if (has_beginning(b, hash))
			return true;
	}
	return false;
}

/* What stands behind a word of so many letters and may belong to it: the signs of C++ and C#, and of R.N. and R&D. */
static bool may_join(char c, size_t letters)
{
	return c == '+' || c == '#' || (letters == 1 && (c == '.' || c == '&'));
}

static bool is_of_word(const char *at, const char *end)
{
	return at < end && (ascii_is_letter(*at) || ascii_is_digit(*at));
}

bool stem_filter_in(const struct stem_filter *b, struct slice text)
{
	uint32_t hash = FIRST_HASH;
	size_t letters = 0; /* of the word so far; 0: between words */
	for (const char *at = text.at, *end = text.at + text.length; at < end; at++) {
		if (is_of_word(at, end)) {
			hash = add_letter(letters++ ? hash : FIRST_HASH, ascii_to_lower(*at));
			if (has_beginning(b, hash))
				return true;
		} else if ((unsigned char)*at >= 0x80 || (letters && may_join(*at, letters))) {
			return true; /* only analysis can tell */
		} else if (*at != '\'' || at + 1 == end || !ascii_is_letter(at[1])) {
			letters = 0;
		} else if (letters && ascii_to_lower(at[1]) == 's' && !is_of_word(at + 2, end)) {
			letters = 0; /* an 's is no part of its word */
			at++;
		}
	}
	return false;
}
