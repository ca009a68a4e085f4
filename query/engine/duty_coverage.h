// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_coverage.h - how far the statements of a code cover a duty.
 *
 * A code of six digits is matched by the occupation under it that covers the job best.  Statements are tasks; where it
 * has none, as most All Other codes, its description and definition.  Words are stems without stop words, and the
 * weight of a word is idf = ln(1 + codes / codes that have it), at most DUTY_IDF_MOST, so that no single rare word
 * makes the match.  A statement is held against a duty by
 *
 *     cosine    = sum of idf^2 of the words that both have / (norm of the duty x norm of the statement)
 *
 * where a word that no duty has counts with DUTY_IDF_MOST.  The code's statements for a duty are the DUTY_STATEMENTS
 * with the largest cosine, of those with DUTY_COSINE_LEAST or more and two words of the duty (one, where it has no
 * more); together they cover
 *
 *     coverage  = sum of idf of the duty's words that stand in any of them / sum of idf of all its words
 *
 * So a duty that is a task of the code, word for word, has 1, and one with which the code has nothing but common words
 * in common 0 or little more.  It is a measure of wording: the same work in other words is covered less.
 *
 * Of 2,546 duties of the Occupational Outlook Handbook, half were covered 0.62 or more by their own code, and three
 * quarters 0.40 or more; three quarters were not covered at all by a code taken at random, and nine in ten 0.18 or
 * less; by one of the same minor group half were not covered at all, and three quarters 0.32 or less.  A code with many
 * tasks covers a little more than one with few: taken at random, 0.09 on average from 45 tasks on, 0.04 with fewer.
 */
#ifndef SOC_QUERY_ENGINE_DUTY_COVERAGE_H
#define SOC_QUERY_ENGINE_DUTY_COVERAGE_H

#include "lib/base/string_map.h"
#include "query/engine/evidence_match.h"
#include "query/engine/session.h"

enum { DUTY_STATEMENTS = 3 };

#define DUTY_COSINE_LEAST 0.05
#define DUTY_IDF_MOST 4.0

/* What a code has for one duty. */
struct duty_coverage {
	struct evidence statement; /* the best; its text is empty where there is none */
	double cosine;             /* of the best */
	double coverage;           /* 0 to 1, by the best ones together */
	size_t statements;         /* how many of them */
	struct span *spans;        /* words of the best that the duty has */
	size_t span_count;
};

/* What a code has for all duties. */
struct duty_cover {
	size_t first, end;         /* the occupations under the code */
	size_t occupation;         /* of them the one that covers the job best, of equal ones the first */
	struct duty_coverage *at;  /* by duty */
	unsigned char **explained; /* by duty and term of it: 1 where a statement has the term */
	struct duty_cover *next;
};

/* The terms of one duty. */
struct duty_terms {
	struct text_words words; /* all of it, stop words too */
	uint32_t *terms;         /* distinct, in the order of the text */
	struct slice *written;   /* ... as first written; borrows the duty */
	size_t count;
	double mass;    /* the sum of idf */
	double squares; /* the sum of idf^2 */
};

/* The terms of the duties, prepared once for all codes. */
struct duty_words {
	struct session *session;
	size_t count;         /* duties */
	const double *shares; /* of the time; borrowed */
	struct duty_terms *duties;
	struct map terms;
	struct stem_filter stems;  /* of the terms */
	double *idf;               /* by term */
	size_t *firsts;            /* by term: where its duties begin; [terms.count] is the end */
	uint32_t *having;          /* the duties of each term, ascending */
	double *common;            /* scratch, by duty: what a statement has in common with it ... */
	size_t *shared;            /* ... and in how many terms */
	unsigned char *found;      /* scratch, by term; all zero between uses */
	struct duty_cover *covers; /* of the codes that were matched */
};

/* Zero-initialise *out; duty_words_free() after use.  Memory is taken from s->arena but for the map. */
bool duty_words_read(struct session *s, const struct slice *duties, const double *shares, size_t count,
		     struct duty_words *out);
void duty_words_free(struct duty_words *w);

/* Match one code with all duties: that of the occupations [first, end), of which there is one or more.  A code is
 * matched once, however often it is asked for.  NULL after a failure. */
const struct duty_cover *duty_words_cover(struct duty_words *w, size_t first, size_t end);

/* The words of a duty that none of some codes explains, as written, in their order: *count of them, in the arena of the
 * session. NULL after a failure. */
struct slice *duty_words_unexplained(const struct duty_words *w, size_t duty, const struct duty_cover *const *covers,
				     size_t cover_count, size_t *count);

#endif
