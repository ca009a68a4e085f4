// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * bloom_filter.h - whether a word, or a sequence of words, can be in a set: a Bloom filter, read whole and asked in
 * 20 ns.
 *
 * Any number of bytes; bits are counted from the lowest of the first byte.
 */
#ifndef SOC_INDEX_BLOOM_FILTER_H
#define SOC_INDEX_BLOOM_FILTER_H

#include "lib/base/memory.h"

/* Make *out a filter for so many keys with so many bits for each, all of them zero. */
bool bloom_filter_make(size_t keys, size_t bits, struct buffer *out, struct error *err);
void bloom_filter_add(struct buffer *filter, struct slice key);
/* False where `key` certainly is not in the set; of other keys, with 9 bits for each key, one in 60 is taken for
 * one; with 6, one in 18.  An empty filter has no key. */
bool bloom_filter_has(struct slice filter, struct slice key);

#endif
