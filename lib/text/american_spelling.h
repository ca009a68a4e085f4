// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * american_spelling.h - the American spelling of a word in Commonwealth spelling: programme, labour, centre, analyse.
 *
 * The releases are written in American English.  A stemmer does not bring the two together: to Porter's, "programme" is
 * a word of "programmer".
 */
#ifndef SOC_TEXT_AMERICAN_SPELLING_H
#define SOC_TEXT_AMERICAN_SPELLING_H

#include "lib/text/tokenizer.h"

enum { AMERICAN_ROWS_MAX = 128 };

/* Room for the longest result. */
#define AMERICAN_SPELLING_MAX (TEXT_WORD_MAX + 4)

/* The letters that each row needs, found at the first use: most rows fit no word, which is known from its letters alone.
 * Zero-initialise; one a thread. */
struct american_rules {
	bool ready;
	uint32_t letters[AMERICAN_ROWS_MAX];
};

/* Walks the rows of american_spelling.def that fit a word, which is folded and has at most TEXT_WORD_MAX bytes.  Zero-initialise
 * but for the word and the rules. */
struct american_spelling {
	struct american_rules *rules;
	struct slice word;
	size_t row;       /* the next to be tried */
	uint32_t letters; /* of the word */
	char text[AMERICAN_SPELLING_MAX];
};

/* The next spelling that a row gives, in `a->text`; false behind the last one.  Which of them is a word, the caller knows. */
bool american_spelling_next(struct american_spelling *a, struct slice *out);

#endif
