// SPDX-License-Identifier: GPL-3.0-or-later
/* answer_cache.c - the answers to recent jobs in LRU caches that threads share: shards, each with a lock, so that threads
 * seldom wait for each other. */
#include <pthread.h>
#include <xxhash.h>

#include "lib/base/lru_cache.h"
#include "query/batch/answer_cache.h"

enum { SHARDS = 64, WAYS = 4 };

struct cached_answer {
	uint64_t high; /* of the key; the cache knows the low half */
	enum code_level level;
	uint32_t count;
	const char *note;
	struct answer_candidate candidates[]; /* room for `top` */
};

/* Each shard has a lock and the keys of a residue class. */
struct answer_cache {
	struct shard {
		pthread_mutex_t lock;
		struct lru_cache entries;
	} shards[SHARDS];
};

struct answer_cache_hash {
	XXH3_state_t *state;
};

bool answer_cache_hash_new(struct answer_cache_hash **out, struct error *err)
{
	struct answer_cache_hash *h = memory_new(sizeof *h, err);
	*out = h;
	if (!h)
		return false;
	h->state = XXH3_createState();
	return h->state || error_no_memory(err);
}

void answer_cache_hash_free(struct answer_cache_hash *h)
{
	if (h)
		XXH3_freeState(h->state);
	memory_free(h);
}

static void add(struct answer_cache_hash *h, struct slice text)
{
	uint64_t length = text.length;
	XXH3_128bits_update(h->state, &length, sizeof length);
	if (length)
		XXH3_128bits_update(h->state, text.at, text.length);
}

struct answer_cache_key answer_cache_key(struct answer_cache_hash *h, const struct batch_job *job)
{
	XXH3_128bits_reset(h->state);
	add(h, job->title);
	add(h, job->text);
	add(h, job->industry);
	XXH128_hash_t hash = XXH3_128bits_digest(h->state);
	return (struct answer_cache_key){ hash.low64, hash.high64 };
}

bool answer_cache_new(size_t bytes, size_t top, struct answer_cache **out, struct error *err)
{
	struct answer_cache *m = memory_new(sizeof *m, err);
	size_t size = sizeof(struct cached_answer) + top * sizeof(struct answer_candidate);
	bool ok = m != NULL;
	for (size_t i = 0; m && i < SHARDS; i++) {
		pthread_mutex_init(&m->shards[i].lock, NULL);
		ok = ok && lru_cache_new(&m->shards[i].entries, bytes / size / SHARDS + 1, WAYS, size, err);
	}
	if (!ok)
		answer_cache_free(m);
	*out = ok ? m : NULL;
	return ok;
}

void answer_cache_free(struct answer_cache *m)
{
	for (size_t i = 0; m && i < SHARDS; i++) {
		pthread_mutex_destroy(&m->shards[i].lock);
		lru_cache_free(&m->shards[i].entries, NULL);
	}
	memory_free(m);
}

static struct shard *lock_shard(struct answer_cache *m, const struct answer_cache_key *key)
{
	struct shard *s = &m->shards[key->high % SHARDS];
	pthread_mutex_lock(&s->lock);
	return s;
}

bool answer_cache_find(struct answer_cache *m, const struct answer_cache_key *key, struct answer *out)
{
	struct shard *s = lock_shard(m, key);
	bool hit;
	const struct cached_answer *e = lru_cache_get(&s->entries, key->low, &hit);
	hit = hit && e->high == key->high;
	if (hit) {
		out->count = e->count;
		out->level = e->level;
		out->note = e->note;
		memcpy(out->at, e->candidates, e->count * sizeof *out->at);
	} else {
		lru_cache_forget(&s->entries, key->low);
	}
	pthread_mutex_unlock(&s->lock);
	return hit;
}

void answer_cache_keep(struct answer_cache *m, const struct answer_cache_key *key, const struct answer *answer)
{
	struct shard *s = lock_shard(m, key);
	bool hit;
	struct cached_answer *e = lru_cache_get(&s->entries, key->low, &hit);
	e->high = key->high;
	e->level = answer->level;
	e->count = (uint32_t)answer->count;
	e->note = answer->note;
	if (answer->count)
		memcpy(e->candidates, answer->at, answer->count * sizeof *answer->at);
	pthread_mutex_unlock(&s->lock);
}
