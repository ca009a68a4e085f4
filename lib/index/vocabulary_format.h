// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * vocabulary_format.h - the words that misspelt ones are corrected to, as an index holds them.
 *
 * Words as they are written, folded but not stemmed, of the letters a to z alone, from titles and prose.  Words of
 * one length are one record (FORMAT.md), so that a query reads only the lengths that it needs.
 *
 * Nothing is corrected to short acronyms, to names of tools and technologies, and to words of filed titles alone,
 * for employers misspell; nor are these corrected.  A filter over all words, those too, stands under the length 0
 * (bloom_filter.h).
 */
#ifndef SOC_INDEX_VOCABULARY_FORMAT_H
#define SOC_INDEX_VOCABULARY_FORMAT_H

#include "lib/base/memory.h"

#define VOCABULARY_KEY "vocabulary"
#define VOCABULARY_SHORTEST 3
#define VOCABULARY_LONGEST 24
#define VOCABULARY_USE_UNIT 4.0
#define VOCABULARY_WORDS 480000.0

/* The name of the record of one length; returns how long the name is. */
static inline size_t vocabulary_key(size_t length, char key[16])
{
	memcpy(key, VOCABULARY_KEY, sizeof VOCABULARY_KEY - 1);
	key[sizeof VOCABULARY_KEY - 1] = (char)length;
	return sizeof VOCABULARY_KEY;
}

/* Whether a folded word has nothing but the letters a to z. */
static inline bool vocabulary_is_plain(struct slice word)
{
	for (size_t i = 0; i < word.length; i++)
		if (word.at[i] < 'a' || word.at[i] > 'z')
			return false;
	return word.length > 0;
}

/* Whether a folded word can stand in the vocabulary. */
static inline bool vocabulary_takes(struct slice word)
{
	return word.length >= VOCABULARY_SHORTEST && word.length <= VOCABULARY_LONGEST && vocabulary_is_plain(word);
}

#endif
