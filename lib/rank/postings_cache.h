// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * postings_cache.h - lists of words, decoded and worked out: those of late are kept, for the words of a duty are words of the whole job too,
 * and a few thousand words make up most texts.
 *
 * What a list comes to for each occupation is the same for every text, so it is worked out once; a text adds it up, times what the
 * word counts in it.
 */
#ifndef SOC_RANK_POSTINGS_CACHE_H
#define SOC_RANK_POSTINGS_CACHE_H

#include "lib/base/memory.h"
#include "lib/rank/query_terms.h"

#define KEPT_LISTS 2048

struct kept_list {
	const char *of;     /* where the list begins, by which it is known; NULL: free */
	struct posting *at; /* by occupation, ascending: what it holds, or whatever that comes to */
	size_t count;
	size_t room;
};

/* Zero-initialise; kept_free() after use. */
struct kept {
	struct kept_list *lists; /* KEPT_LISTS of them, in sets by where they begin, those of late first */
};

/* Find a weighted list, in *out until the next call; NULL where it is empty.  One that is *fresh has just been decoded, in the place
 * of another, and is the caller's to work out.  `list` must stay where it is for as long as *k is used. */
bool kept_find(struct kept *k, struct slice list, const struct documents *occupations, struct kept_list **out,
	       bool *fresh, struct error *err);
void kept_free(struct kept *k);

/*
 * impact lists (lib/index/postings_format.h) that hold a good part of all codes, unpacked: those of late are kept, for
 * the commonest pieces of words stand in most titles.
 */

#define DENSE_LISTS 1024

/* Zero-initialise; dense_free() after use. */
struct dense {
	struct dense_list {
		const char *of; /* where the list begins, by which it is known; NULL: free */
		float *numbers; /* by code; 0 for those that are not in it */
	} * lists;
};

/* The numbers of a list by code, in *out, until the next call; NULL where it is too short to be worth it.  `list` must
 * stay where it is for as long as *d is used. */
bool dense_find(struct dense *d, struct slice list, size_t codes, const float **out, struct error *err);
void dense_free(struct dense *d);

#endif
