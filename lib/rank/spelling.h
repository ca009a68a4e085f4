// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * spelling.h - corrects a word that the index does not know from the words that it has (lib/index/vocabulary_format.h).
 *
 * A candidate is at most one edit away, two for a word of eight letters or more; an edit is a letter too many, too
 * few, another, or two neighbours that changed places (optimal string alignment).  Two words written as one are a
 * candidate too.  Which it is, is decided as a noisy channel does: how often the candidate is used, less what
 * the edits cost.
 *
 * Of all words of the right lengths, those whose letters differ too much are left out by comparing two sets of 64
 * bits; the few that stay are aligned bit-parallel (Hyyrö, 2003).  Words of a length are read when first needed.
 */
#ifndef SOC_RANK_SPELLING_H
#define SOC_RANK_SPELLING_H

#include "lib/index/docstore.h"
#include "lib/index/vocabulary_format.h"

/* The words of one length. */
struct spelling_block {
	struct slice bytes;
	uint64_t *letters; /* by word: its set of letters; NULL until words are searched */
	size_t count;
	bool loaded;
};

/* Zero-initialise but for the records; spelling_free() after use. */
struct spelling {
	const struct hash_table *records; /* of the index, borrowed */
	struct slice words;               /* the filter over all words, borrowed; NULL until it is needed */
	struct arena arena;
	struct spelling_block blocks[VOCABULARY_LONGEST + 1];
};

/* Shorter words are left alone; from SPELLING_TWO_EDITS letters on there can be two edits. */
#define SPELLING_SHORTEST 4
#define SPELLING_TWO_EDITS 8

/* Whether a folded word is one that can be corrected at all: letters, and enough of them. */
bool spelling_takes(struct slice word);

/* Whether the index has a word in just this form, known from a filter alone: one in 18 others passes for one. */
bool spelling_has_form(struct spelling *s, struct slice word, bool *answer, struct error *err);

/* Whether a word is in the vocabulary or is formed as one is from it: weeds, weeded, weeding from weed.  `stem` is
 * the word's own.  A stem that is known is not enough: that of registred is that of registration. */
bool spelling_knows(struct spelling *s, struct slice word, struct slice stem, bool *answer, struct error *err);

/* Append the best correction of such a word, maybe two words with a space; nothing where there is none. */
/* `sure`: only what is one edit away and often used. */
bool spelling_correct(struct spelling *s, struct slice word, bool sure, struct buffer *out, struct error *err);

/* How often a folded word of the vocabulary is used, in doublings; negative where it is none. */
bool spelling_use(struct spelling *s, struct slice word, double *use, struct error *err);
/* Whether a folded word stands in the vocabulary. */
bool spelling_has(struct spelling *s, struct slice word, bool *answer, struct error *err);

void spelling_free(struct spelling *s);

#endif
