// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ngram.h - character n-grams, which find words that are misspelt or that the index does not have.
 */
#ifndef SOC_TEXT_NGRAM_H
#define SOC_TEXT_NGRAM_H

#include "lib/text/tokenizer.h"

#define NGRAM_SIZE 4

/* Cut `^word$` into overlapping pieces of NGRAM_SIZE bytes (at characters' borders); it is one piece where it is not
 * longer.  Writes at most TEXT_WORD_MAX slices of `padded`, which is filled from `word`; returns how many. */
size_t ngrams_of(struct slice word, char padded[TEXT_WORD_MAX + 2], struct slice grams[TEXT_WORD_MAX]);

#endif
