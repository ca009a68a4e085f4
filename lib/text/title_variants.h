// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * title_variants.h - what one published title says: its variants, and its head word.
 */
#ifndef SOC_TEXT_TITLE_VARIANTS_H
#define SOC_TEXT_TITLE_VARIANTS_H

#include "lib/text/tokenizer.h"

#define TITLE_VARIANTS_MAX 2

/* "Chief Executive Officer (CEO)" and "CEO (Chief Executive Officer)" read as two titles when the one part
 * is an acronym of the other; anything else is one title as it stands.  Borrows `title`; returns how many. */
size_t title_variants(struct slice title, struct slice readings[TITLE_VARIANTS_MAX]);

/* The head word of a title: the last word of its first clause that says anything, where `of`, `for`, `in`,
 * `to`, `with` and `at` end a clause too ("Director of Engineering, West" -> director).  NULL where the
 * title has no word but stop words. */
const struct text_word *text_head(struct text_words title);

#endif
