// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * postings_cache.h - an LRU cache of decoded posting lists (lib/base/lru_cache.h).
 *
 * sparse   lists of words by occupation, with what each posting adds to a feature: that is the same for every text, so it is
 *          computed once and a text adds it up.  Without this cache, coding 400 texts takes 15% more instructions.
 * dense    long impact lists (lib/index/postings_format.h) as an array by code, to be added as vectors: the commonest n-grams
 *          stand in most titles.  Without it, coding 2,000 titles takes 11% more instructions.
 *
 * Lists are known by where they begin, so they must stay where they are for as long as the cache is used.
 */
#ifndef SOC_RANK_POSTINGS_CACHE_H
#define SOC_RANK_POSTINGS_CACHE_H

#include "lib/base/lru_cache.h"
#include "lib/rank/query_terms.h"

#define SPARSE_LISTS_MAX 2048
#define DENSE_LISTS_MAX 768

struct cached_postings {
	struct posting *at; /* by occupation, ascending */
	size_t count;
	size_t capacity;
};

/* Zero-initialise; postings_cache_free() after use.  Serves one thread. */
struct postings_cache {
	struct lru_cache sparse; /* struct cached_postings */
	struct lru_cache dense;  /* float *, by code */
};

/* Find a weighted list, in *out until the next call; NULL where it is empty.  Where *fresh, it has just been decoded, and its
 * weights may be replaced by whatever the caller computes of them.  False with ERROR_MEMORY. */
bool postings_cache_sparse(struct postings_cache *c, struct slice list, const struct documents *occupations,
			   struct cached_postings **out, bool *fresh, struct error *err);

/* The impacts of a list by code, in *out until the next call, 0 where it has none; NULL where the list is too short to be worth
 * it.  There is room for vector_room(codes).  False with ERROR_MEMORY. */
bool postings_cache_dense(struct postings_cache *c, struct slice list, size_t codes, const float **out,
			  struct error *err);

void postings_cache_free(struct postings_cache *c);

#endif
