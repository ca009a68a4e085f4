// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * term_stats.h - what a term weighs, by how much it speaks for one code against others, and lists of the best.
 *
 * A term weighs in a code
 *
 *     ln(1 + how often its descriptions and tasks have the term) x ln(1 + codes / codes that have the term)
 *
 * and speaks for it by as much as that exceeds the weight in the other that has most of it.  A statement speaks for its
 * code by the sum over its terms, divided by the square root of their number.
 */
#ifndef SOC_QUERY_ENGINE_TERM_STATS_H
#define SOC_QUERY_ENGINE_TERM_STATS_H

#include "lib/base/string_map.h"
#include "lib/rank/query_terms.h"
#include "query/engine/session.h"

/* The inverse document frequency of a term, folded and stemmed, among the SOC codes. */
bool term_idf(struct soc_index *index, struct slice term, double *idf, struct error *err);

/* From 0 to 1: what two vectors have in common, as a sum of squares of idf, by the sums of squares of each. */
double cosine_of(double common, double squares, double others);

/* Whether a word says something without the others: numbers and single letters do not. */
bool word_stands_alone(struct slice word);

/* Keep an item among the best `most` of a list with room for so many.  Items begin with a double by which they are
 * ordered, the largest first; of equal ones the first stays before. */
void best_insert(void *list, size_t *count, size_t most, const void *item, size_t size);

/* ---- one code against others ---- */

enum { CONTRAST_MAX = 6 };

struct contrast_term {
	struct slice written;         /* as it stands where it was added; borrowed */
	double idf;                   /* 0 until it is weighed */
	double weights[CONTRAST_MAX]; /* by code; 0 until it is weighed */
	bool weighed;
};

/* Codes that are told apart, and the terms that were added so far. */
struct contrast {
	struct session *session;
	const struct documents *documents;
	size_t count;                          /* codes */
	struct posting postings[CONTRAST_MAX]; /* of a term in each code, by ascending document */
	size_t codes[CONTRAST_MAX];            /* whose each posting is */
	struct map numbers;
	struct contrast_term *terms;
	size_t capacity;
};

/* A text as its distinct terms, in their order. */
struct statement {
	const struct evidence *evidence;
	uint32_t *terms;      /* numbers */
	struct span *written; /* where each stands first */
	size_t count;
};

/* Begin with codes of a level, each named by the number of its first occupation; contrast_free() after use.  What fails
 * is known from session_ok(). */
void contrast_begin(struct contrast *c, struct session *s, enum code_level level);
void contrast_add_code(struct contrast *c, size_t occupation);
void contrast_free(struct contrast *c);

/* Add a term, folded and stemmed, that may have been added before: its number; MAP_NONE after a failure. */
uint32_t contrast_add(struct contrast *c, struct slice term, struct slice written);
/* Look a term up in the index, once; costs some 5 us. */
void contrast_weigh(struct contrast *c, uint32_t number);
/* Add the terms of a text.  Without terms after a failure. */
struct statement contrast_read(struct contrast *c, const struct evidence *e);

/* By how much a term speaks for a code, and a statement for the code that it is of. */
double contrast_of_term(const struct contrast *c, uint32_t number, size_t code);
double contrast_of_statement(const struct contrast *c, const struct statement *s, size_t code);
/* Whether the descriptions and tasks of this code have a term that those of no other have. */
bool contrast_has_alone(const struct contrast *c, uint32_t number, size_t code);

#endif
