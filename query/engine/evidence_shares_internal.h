// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evidence_shares_internal.h - how the case for a code is made, part by part: what the files support*.c share.
 *
 * A case reads some thousand pieces of evidence, so what is kept of each of them on the way is small, and words, pairs and
 * title entries are numbers.
 */
#ifndef SOC_QUERY_ENGINE_EVIDENCE_SHARES_INTERNAL_H
#define SOC_QUERY_ENGINE_EVIDENCE_SHARES_INTERNAL_H

#include "lib/text/title_variants.h"
#include "query/engine/evidence_shares.h"

/* A word of the job or of the score, or a pair of them. */
struct case_word {
	uint32_t seen;       /* the last piece that had it */
	uint32_t first_pair; /* the first of the pairs that begin with it; MAP_NONE: there is none */
	uint32_t next_pair;  /* of a pair: the next one that begins with the same word */
	uint32_t second;     /* ... and its second word */
	bool gives;          /* whether something of the score is its */
	bool of_title;       /* whether it is of the title, or a synonym or a correction */
	bool marked;         /* whether it is marked in what has it: unless it counts little */
	bool explained;      /* whether a piece explains it */
};

/* A title of the score, as a title entry. */
struct case_title_entry {
	uint32_t title_entry;
	uint32_t next; /* the next one of the same remainder, by its number plus 1 */
	double weight; /* what the pieces that are this title weigh together, */
	double points; /* ... and what they have to share */
};

/* A piece on its way: what is known of it before the score is divided. */
struct draft {
	const struct evidence *evidence;
	struct span *spans;
	double scale;
	double points;
	uint32_t span_count;
	uint32_t occupation;
	uint32_t title_entries
		[TITLE_VARIANTS_MAX]; /* of a title: which of the title entries of the score each reading is; MAP_NONE: none */
	unsigned char kind, group;
	unsigned char heads; /* ... and how many have the head word of the job's title */
};

/* One word in one piece. */
struct occurrence {
	uint32_t word;
	uint32_t draft;
};

/* The case on its way. */
struct builder {
	struct session *session;
	const struct job *job;
	struct attribution parts;
	uint32_t *numbers;             /* by part: of its word or pair, or of its title entry */
	const struct job_words *asked; /* the words of the job, */
	struct map words; /* ... by the same numbers, and behind them other words of the score and pairs of words */
	struct stem_set sought;  /* all of them */
	struct case_word *known; /* by number in `words`, */
	struct slice *written;   /* ... as they stand in the job */
	double *points;          /* ... and all that each gave */
	uint32_t head;           /* the head word of the title; MAP_NONE where it gave nothing */
	struct case_title_entry *title_entries;
	uint32_t title_entry_count;
	uint32_t *title_entry_slots; /* by the remainder of a title entry: the first one's number plus 1; 0: none */
	uint32_t title_entry_mask;
	uint32_t piece;       /* which piece of evidence is read, from 1 */
	struct draft *drafts; /* in the order of their occupations and records */
	size_t draft_count, draft_capacity;
	struct span *spans; /* of the piece that is read */
	size_t span_count, span_capacity;
	struct span *span_room; /* for those that are kept */
	size_t span_left;
	struct occurrence *occurrences; /* in the order of the pieces */
	size_t occurrence_count, occurrence_capacity;
	uint32_t *held; /* by word: the drafts that have it, ascending, as often as they do; those of a word begin */
	size_t *held_first; /* ... here */
	struct evidence_shares *out;
};

/* Whether it is of a word or a pair. */
static inline bool is_words(const struct contribution *x)
{
	return x->cause == CAUSE_WORD || x->cause == CAUSE_BIGRAM;
}

/* The number of a pair of words that follow each other; MAP_NONE where it is none of the score. */
static inline uint32_t find_pair(const struct builder *m, uint32_t first, uint32_t second)
{
	uint32_t pair = m->known[first].first_pair;
	while (pair != MAP_NONE && m->known[pair].second != second)
		pair = m->known[pair].next_pair;
	return pair;
}

/* Read the evidence of the code: what has a word of the job is drafted, and each word gets those that have it
 * (evidence_shares_read.c). */
bool evidence_shares_read(struct builder *m);
/* Divide the score among the drafts; what none of them gave is left over (evidence_shares_divide.c). */
bool evidence_shares_divide(struct builder *m);
/* Put the drafts that gave something in order, and join what is said several times (evidence_shares_order.c). */
bool evidence_shares_order(struct builder *m);

#endif
