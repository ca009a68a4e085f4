// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * edit_distance.c - optimal string alignment, bit-parallel.
 */
#include "lib/base/edit_distance.h"

void edit_word_prepare(struct slice word, struct edit_word *out)
{
	memset(out, 0, sizeof *out);
	out->length = word.length;
	for (size_t i = 0; i < word.length; i++)
		out->at[(unsigned char)word.at[i]] |= (uint32_t)1 << i;
}

unsigned edit_word_distance(const struct edit_word *word, struct slice text, unsigned most)
{
	if (word->length == 0)
		return text.length > most ? most + 1 : (unsigned)text.length;
	/* Where the distances grow and shrink from row to row of the current column, and where the diagonal stays the
	 * same. */
	uint32_t grows = UINT32_MAX, shrinks = 0, same = 0, before = 0, last = (uint32_t)1 << (word->length - 1);
	size_t distance = word->length;
	for (size_t i = 0; i < text.length; i++) {
		uint32_t here = word->at[(unsigned char)text.at[i]];
		uint32_t swapped = ((~same & here) << 1) & before;
		same = ((((here & grows) + grows) ^ grows) | here | shrinks) | swapped;
		uint32_t right = shrinks | ~(same | grows), left = same & grows;
		distance += (right & last) != 0;
		distance -= (left & last) != 0;
		right = right << 1 | 1;
		left <<= 1;
		grows = left | ~(same | right);
		shrinks = right & same;
		before = here;
		if (distance > most + (text.length - 1 - i))
			return most + 1;
	}
	return distance > most ? most + 1 : (unsigned)distance;
}

unsigned edit_distance(struct slice from, struct slice to, unsigned most)
{
	struct edit_word word;
	edit_word_prepare(from, &word);
	return edit_word_distance(&word, to, most);
}
