// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * synonym.h - which words stand for which others, as an index holds it.
 *
 * The list under `S words` in the store of lists (ranking.h) has an entry for each synonym: flags, share in percent,
 * and its words, folded, with spaces.  The key is terms (stems) with spaces, stop words included, at most six;
 * synonym_key_word() says what of a word stands in it.
 *
 * Most sequences of words are no key: a filter over all keys (word_filter.h), the record "synonyms" (records.h),
 * saves their lookups.
 */
#ifndef SOC_INDEX_SYNONYM_H
#define SOC_INDEX_SYNONYM_H

#include "lib/index/pack.h"
#include "lib/text/text.h"

#define KEY_SYNONYM 'S'
#define SYNONYMS_KEY "synonyms"
#define SYNONYM_WORDS_MAX 6

enum {
	SYNONYM_CAPITALS = 1,   /* the synonym is written in capitals: RN */
	SYNONYM_JOINED = 2,     /* the same words, written together or apart: a matter of spelling */
	SYNONYM_GUARDED = 4,    /* the key is an everyday word: it counts only where it clearly is meant */
};

/* A word in a key: its stem; but where that is a stop word, as `in` of `ins`, the word itself, or the stop word would be taken
 * for it. */
static inline struct slice synonym_key_word(struct slice folded, struct slice term)
{
	return text_is_stop(term) ? folded : term;
}

struct synonym {
	uint32_t flags;
	uint32_t share;         /* 1 to 100: how much of the meaning of the acronym, of the two, the other has */
	struct slice words;     /* folded, with spaces */
};

bool synonym_pack(const struct synonym *s, struct buffer *out, struct error *err);
/* The next entry of a list; false at its end, and where it is malformed. */
bool synonym_unpack(struct unpack *u, struct synonym *out);

#endif
