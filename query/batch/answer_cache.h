// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * answer_cache.h - answers to the jobs of late, so that repeated ones are ranked once.
 *
 * A table of fixed size that several threads share; what is new takes the place of what was not asked again.  A job is
 * known by 128 bits of hash (XXH3), not by its text: among 10^9 distinct jobs and the 10^5 that are kept, one is taken
 * for another with a chance of 10^-24.
 */
#ifndef SOC_QUERY_BATCH_ANSWER_CACHE_H
#define SOC_QUERY_BATCH_ANSWER_CACHE_H

#include "query/batch/answer.h"
#include "query/batch/row.h"

struct memo;
struct memo_hash; /* the state of one thread */

struct memo_key {
	uint64_t low;
	uint64_t high;
};

/* Room for answers of at most `top` candidates, in about `bytes`. */
bool memo_new(size_t bytes, size_t top, struct memo **out, struct error *err);
void memo_free(struct memo *m);

bool memo_hash_new(struct memo_hash **out, struct error *err);
void memo_hash_free(struct memo_hash *h);
struct memo_key memo_key(struct memo_hash *h, const struct batch_job *job);

/* Copy the answer into out->at, which has room for `top`; false where there is none. */
bool memo_find(struct memo *m, const struct memo_key *key, struct answer *out);
void memo_keep(struct memo *m, const struct memo_key *key, const struct answer *answer);

#endif
