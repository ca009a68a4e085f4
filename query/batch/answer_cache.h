// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * answer_cache.h - an LRU cache of answers, so that repeated jobs are ranked once.
 *
 * Of fixed size, thread-safe.  The key of a job is 128 bits of hash (XXH3), not its text: among 10^9 distinct jobs and 10^5
 * cached ones, one is taken for another with a chance of 10^-24.
 */
#ifndef SOC_QUERY_BATCH_ANSWER_CACHE_H
#define SOC_QUERY_BATCH_ANSWER_CACHE_H

#include "query/batch/answer.h"
#include "query/batch/row.h"

struct answer_cache;
struct answer_cache_hash; /* the state of one thread */

struct answer_cache_key {
	uint64_t low;
	uint64_t high;
};

/* Room for answers of at most `top` candidates, in about `bytes`. */
bool answer_cache_new(size_t bytes, size_t top, struct answer_cache **out, struct error *err);
void answer_cache_free(struct answer_cache *m);

bool answer_cache_hash_new(struct answer_cache_hash **out, struct error *err);
void answer_cache_hash_free(struct answer_cache_hash *h);
struct answer_cache_key answer_cache_key(struct answer_cache_hash *h, const struct batch_job *job);

/* Copy the answer into out->at, which has room for `top`; false where there is none. */
bool answer_cache_find(struct answer_cache *m, const struct answer_cache_key *key, struct answer *out);
void answer_cache_keep(struct answer_cache *m, const struct answer_cache_key *key, const struct answer *answer);

#endif
