// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * title_match.h - the titles of the index that are similar to a query, each compared as a multiset of terms.
 *
 * A query shares a term with some thousand of them, of which a few hundred are similar.  They are found once for a query and
 * scored for codes and for occupations (features.h).
 */
#ifndef SOC_RANK_TITLE_MATCH_H
#define SOC_RANK_TITLE_MATCH_H

#include "lib/rank/query_terms.h"

/* Titles of a lower cosine do not score, and are not returned unless they are wholly contained in the query. */
#define TITLE_ENTRY_COSINE_MIN 0.3f

/* A title that is similar to the query. */
struct title_similarity {
	uint32_t title_entry;
	float cosine;
	float share;    /* of the query that it explains */
	float strength; /* of its score; set by the caller (features.c) */
	bool contained; /* all its terms are in the query */
	bool exact;     /* ... and all of the query's in it, but for words that do not count in full */
};

/* How far one title entry has been matched. */
struct title_entry_match {
	float squares; /* sum of idf^2 over the terms in common */
	float mass;    /* sum of weight x idf */
};

/* Zero-initialise; title_matches_free() after use. */
struct title_matches {
	struct title_similarity *like; /* of the last query, in the order in which its terms touched them */
	size_t count;
	/* Scratch: */
	struct title_entry_match *matches; /* by title entry, all zero between uses */
	float *extras;     /* by title entry, all zero between uses: what extra terms add to squares; NULL
					     * until a query has some */
	uint32_t *touched; /* title entries that are not zero */
	uint32_t *list;    /* one term's */
	size_t like_room, touched_room, list_room;
	uint32_t capacity; /* title entries of the index */
};

/* Compare all titles of the index with a query.  False with ERROR_MEMORY. */
bool title_matches_find(struct title_matches *b, struct soc_index *index, const struct query *q, struct error *err);
void title_matches_free(struct title_matches *b);

/* ---- which title entries the titles of an occupation are ---- */

#define TITLE_ENTRY_NONE UINT32_MAX

/* The readings of its titles, one after the other. */
struct title_entry_reader {
	struct unpack packed;
	uint64_t fresh;         /* so many new title entries come next, */
	uint64_t first;         /* ... from this one on */
	uint64_t next;          /* the title entry behind the last one that was not new */
	uint32_t title_entries; /* of the index */
};

/* False with ERROR_DAMAGED. */
bool title_entry_reader_begin(struct soc_index *index, size_t occupation, struct title_entry_reader *out,
			      struct error *err);
/* The title entry of the next reading; TITLE_ENTRY_NONE where it is none, and behind the last. */
uint32_t title_entry_reader_next(struct title_entry_reader *r);

#endif
