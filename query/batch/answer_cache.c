// SPDX-License-Identifier: GPL-3.0-or-later
#include <pthread.h>
#include <xxhash.h>

#include "query/batch/answer_cache.h"

enum {
	LOCKS = 64, /* each over its part of the table */
	WAYS = 2    /* places where an answer may stand */
};

struct place {
	struct answer_cache_key key;
	enum code_level level;
	uint32_t count;
	const char *note;
	bool used;
	bool asked; /* again, since it was put here */
};

struct answer_cache {
	pthread_mutex_t locks[LOCKS];
	size_t sets; /* a multiple of LOCKS */
	size_t top;
	struct place *places;                /* by set, WAYS of each */
	struct answer_candidate *candidates; /* by place, `top` of each */
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
	*out = m;
	if (!m)
		return false;
	for (size_t i = 0; i < LOCKS; i++)
		pthread_mutex_init(&m->locks[i], NULL);
	size_t set = WAYS * (sizeof *m->places + top * sizeof *m->candidates);
	m->top = top;
	m->sets = (bytes / set / LOCKS + 1) * LOCKS;
	m->places = memory_new(m->sets * WAYS * sizeof *m->places, err);
	m->candidates = m->places ? memory_new(m->sets * WAYS * top * sizeof *m->candidates, err) : NULL;
	if (m->candidates)
		return true;
	answer_cache_free(m);
	*out = NULL;
	return false;
}

void answer_cache_free(struct answer_cache *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < LOCKS; i++)
		pthread_mutex_destroy(&m->locks[i]);
	memory_free(m->places);
	memory_free(m->candidates);
	memory_free(m);
}

/* The first place of the key's set; its lock is held. */
static size_t enter(struct answer_cache *m, const struct answer_cache_key *key)
{
	size_t set = (size_t)(key->low % m->sets);
	pthread_mutex_lock(&m->locks[set % LOCKS]);
	return set * WAYS;
}

static void leave(struct answer_cache *m, size_t place)
{
	pthread_mutex_unlock(&m->locks[place / WAYS % LOCKS]);
}

static bool is_of(const struct place *p, const struct answer_cache_key *key)
{
	return p->used && p->key.low == key->low && p->key.high == key->high;
}

bool answer_cache_find(struct answer_cache *m, const struct answer_cache_key *key, struct answer *out)
{
	size_t first = enter(m, key), i = first;
	while (i < first + WAYS && !is_of(&m->places[i], key))
		i++;
	bool found = i < first + WAYS;
	if (found) {
		struct place *p = &m->places[i];
		p->asked = true;
		out->count = p->count;
		out->level = p->level;
		out->note = p->note;
		memcpy(out->at, &m->candidates[i * m->top], p->count * sizeof *out->at);
	}
	leave(m, first);
	return found;
}

/* A place that is free, holds the same, or was not asked again; else the second, and the first has to be asked anew. */
static size_t choose(struct answer_cache *m, size_t first, const struct answer_cache_key *key)
{
	for (size_t i = first; i < first + WAYS; i++)
		if (!m->places[i].used || is_of(&m->places[i], key))
			return i;
	for (size_t i = first; i < first + WAYS; i++)
		if (!m->places[i].asked)
			return i;
	m->places[first].asked = false;
	return first + 1;
}

void answer_cache_keep(struct answer_cache *m, const struct answer_cache_key *key, const struct answer *answer)
{
	size_t first = enter(m, key), i = choose(m, first, key);
	m->places[i] = (struct place){ .key = *key,
				       .level = answer->level,
				       .count = (uint32_t)answer->count,
				       .note = answer->note,
				       .used = true };
	if (answer->count)
		memcpy(&m->candidates[i * m->top], answer->at, answer->count * sizeof *answer->at);
	leave(m, first);
}
