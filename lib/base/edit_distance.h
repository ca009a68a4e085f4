// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * edit_distance.h - how many edits lead from one word to another: a byte inserted, removed or replaced, or two
 * neighbours swapped, no part being edited twice (optimal string alignment).
 *
 * Bit-parallel (Hyyrö, 2003): a column of the alignment is one word of bits, so that the first word has at most
 * EDIT_WORD_MAX bytes; the other may have any number.
 */
#ifndef SOC_BASE_EDIT_DISTANCE_H
#define SOC_BASE_EDIT_DISTANCE_H

#include "lib/base/memory.h"

#define EDIT_WORD_MAX 32

/* A word prepared to be compared with many. */
struct edit_word {
	uint32_t at[256]; /* by byte: where it stands in the word, as bits */
	size_t length;
};

void edit_word_prepare(struct slice word, struct edit_word *out);

/* The distance of `text` from a prepared word; `most` + 1 where it is more than `most`. */
unsigned edit_word_distance(const struct edit_word *word, struct slice text, unsigned most);

/* The same for one pair; `from` has at most EDIT_WORD_MAX bytes. */
unsigned edit_distance(struct slice from, struct slice to, unsigned most);

#endif
