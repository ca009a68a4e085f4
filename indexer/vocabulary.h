// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * vocabulary.h - counts how often each word is written, for lib/index/vocabulary_format.h.
 */
#ifndef SOC_INDEXER_VOCABULARY_H
#define SOC_INDEXER_VOCABULARY_H

#include "lib/index/vocabulary_format.h"
#include "lib/index/docstore.h"

/* Zero-initialise; vocabulary_free() after use. */
struct vocabulary {
	struct map words; /* folded */
	struct word_uses {
		uint32_t all;
		uint32_t small; /* with a small letter: not as an acronym */
	} * uses;               /* by number */
	size_t capacity;
	size_t written; /* how many words there are to correct to; known after vocabulary_write() */
};

/* Count the words of a piece, but for what has other characters than letters.  Where it is not `trusted`, words are
 * only known: nothing is corrected to them. */
bool vocabulary_count(struct vocabulary *v, struct slice text, struct text_words words, bool trusted,
		      struct error *err);
/* How often a word was counted. */
struct word_uses vocabulary_uses(const struct vocabulary *v, struct slice word);
/* What to multiply counts by to have them per VOCABULARY_WORDS. */
double vocabulary_scale(const struct vocabulary *v);

/* Put the words and the filter among the records. */
bool vocabulary_write(struct vocabulary *v, struct hash_table_writer *records, struct error *err);
void vocabulary_free(struct vocabulary *v);

#endif
