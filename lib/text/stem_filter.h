// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * stem_filter.h - which words can have a stem of a set, told without stemming them.
 *
 * The stemmer takes off ends and mends what is left, so that a stem is the beginning of its word but for its last
 * letter (cry, cri), and for the last two of one in -ble (nobility, noble) or in -ie (dying, lying and tying become
 * die, lie and tie).  Of each stem the letters that are certainly its word's are kept, as one bit of a hash; a word can
 * have a stem where one of its beginnings has its bit.
 */
#ifndef SOC_TEXT_STEM_FILTER_H
#define SOC_TEXT_STEM_FILTER_H

#include "lib/base/memory.h"

/* A Bloom filter with one hash over the beginnings of stems.  Zero-initialise. */
struct stem_filter {
	unsigned char bits[4096];
};

void stem_filter_add(struct stem_filter *b, struct slice stem);
/* False where the stem of a folded word certainly was not added. */
bool stem_filter_has(const struct stem_filter *b, struct slice folded);
/* False where no word of a text, which need not be tokenized for this, can have a stem that was added. */
bool stem_filter_in(const struct stem_filter *b, struct slice text);

#endif
