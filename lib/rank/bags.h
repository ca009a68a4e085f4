// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * bags.h - the titles that are like a question, each compared as a bag of words.
 *
 * A question touches some thousand of them, of which a few hundred are like it.  They are found once for a question
 * and then heard at whatever level the ranking asks (signals.h).
 */
#ifndef SOC_RANK_BAGS_H
#define SOC_RANK_BAGS_H

#include "lib/base/map.h"
#include "lib/rank/terms.h"

/* Titles less alike than this do not vote, and are not kept unless they stand wholly in the question. */
#define BAG_COSINE_MIN 0.3f

/* A title that is like the question. */
struct bag_likeness {
	uint32_t bag;
	float cosine;
	float share;       /* of the question that it explains */
	float strength;    /* of its vote; whoever hears it sets it */
	bool contained;    /* it stands wholly in the question */
	bool exact;        /* ... and the question wholly in it, but for words that do not count in full */
};

/* How far one bag has been matched. */
struct bag_match {
	float squares;   /* sum of idf^2 over the terms in common */
	float mass;      /* sum of weight x idf */
};

/* Zero-initialise; bags_free() after use. */
struct bags {
	struct bag_likeness *like;          /* of the last question, in the order in which its terms touched them */
	size_t count;
	/* Scratch: */
	struct bag_match *matches;          /* by bag, all zero between uses */
	float *extras;                      /* by bag, all zero between uses: what extra terms add to squares; NULL
					     * until a question has some */
	uint32_t *touched;                  /* bags that are not zero */
	uint32_t *list;                     /* one term's */
	size_t like_room, touched_room, list_room;
	uint32_t capacity;                  /* bags of the index */
};

/* Compare all titles of the index with a question. */
bool bags_compare(struct bags *b, struct soc_index *index, const struct question *q, struct error *err);
void bags_free(struct bags *b);

/* ---- which of a few bags a title is ---- */

/* A word of titles: which of the bags hold it. */
struct bag_word {
	double square;               /* its idf^2 */
	uint64_t *bits;              /* one for each of the bags; NULL where none holds it */
	uint32_t *holders;           /* those that do */
	size_t count;
};

/* Zero-initialise; bag_finder_free() after use. */
struct bag_finder {
	struct soc_index *index;
	const uint32_t *bags;
	size_t count;
	struct map words;
	struct bag_word *at;         /* by number in `words` */
	size_t capacity;
	uint32_t *numbers;           /* scratch: a title's */
	size_t number_capacity;
	uint32_t *norms;             /* of the bags, as stored */
	uint64_t *among;             /* a bit for each bag of the index: whether it is one of them */
	uint32_t *list;              /* scratch: one term's */
	struct arena arena;
};

/* Prepare to tell which of these bags, ascending and borrowed, a title is. */
bool bag_finder_begin(struct bag_finder *f, struct soc_index *index, const uint32_t *bags, size_t count, struct error *err);
/* Which of them a title of these words is, from 0, into *which; `count` where it is none. */
bool bag_finder_find(struct bag_finder *f, struct text_words words, size_t *which, struct error *err);
void bag_finder_free(struct bag_finder *f);

#endif
