// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * title_match.h - the titles that are like a question, each compared as a bag of words.
 *
 * A question touches some thousand of them, of which a few hundred are like it.  They are found once for a question
 * and then heard at whatever level the ranking asks (signals.h).
 */
#ifndef SOC_RANK_TITLE_MATCH_H
#define SOC_RANK_TITLE_MATCH_H

#include "lib/rank/query_terms.h"

/* Titles less alike than this do not vote, and are not kept unless they stand wholly in the question. */
#define BAG_COSINE_MIN 0.3f

/* A title that is like the question. */
struct bag_likeness {
	uint32_t bag;
	float cosine;
	float share;    /* of the question that it explains */
	float strength; /* of its vote; whoever hears it sets it */
	bool contained; /* it stands wholly in the question */
	bool exact;     /* ... and the question wholly in it, but for words that do not count in full */
};

/* How far one bag has been matched. */
struct bag_match {
	float squares; /* sum of idf^2 over the terms in common */
	float mass;    /* sum of weight x idf */
};

/* Zero-initialise; bags_free() after use. */
struct bags {
	struct bag_likeness *like; /* of the last question, in the order in which its terms touched them */
	size_t count;
	/* Scratch: */
	struct bag_match *matches; /* by bag, all zero between uses */
	float *extras;             /* by bag, all zero between uses: what extra terms add to squares; NULL
					     * until a question has some */
	uint32_t *touched;         /* bags that are not zero */
	uint32_t *list;            /* one term's */
	size_t like_room, touched_room, list_room;
	uint32_t capacity; /* bags of the index */
};

/* Compare all titles of the index with a question. */
bool bags_compare(struct bags *b, struct soc_index *index, const struct question *q, struct error *err);
void bags_free(struct bags *b);

/* ---- which bags the titles of an occupation are ---- */

#define BAG_NONE UINT32_MAX

/* The readings of its titles, one after the other. */
struct title_bags_read {
	struct unpack packed;
	uint64_t fresh; /* so many new bags come next, */
	uint64_t first; /* ... from this one on */
	uint64_t next;  /* the bag behind the last one that was not new */
	uint32_t bags;  /* of the index */
};

/* False with ERROR_DAMAGED. */
bool title_bags_begin(struct soc_index *index, size_t occupation, struct title_bags_read *out, struct error *err);
/* The bag of the next reading; BAG_NONE where it is none, and behind the last. */
uint32_t title_bags_next(struct title_bags_read *r);

#endif
