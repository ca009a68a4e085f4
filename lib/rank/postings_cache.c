// SPDX-License-Identifier: GPL-3.0-or-later
/* postings_cache.c - decodes posting lists into the two caches of postings_cache.h: pairs of document and weight for words,
 * whole arrays for impact lists. */
#include "lib/rank/postings_cache.h"
#include "lib/rank/simd.h"

#define WAYS 4
/* Bytes of a list that is worth an array: a pair has two or more. */
#define DENSE_LENGTH_MIN 200

static uint64_t key_of(struct slice list)
{
	return (uint64_t)(uintptr_t)list.at;
}

bool postings_cache_sparse(struct postings_cache *c, struct slice list, const struct documents *occupations,
			   struct cached_postings **out, bool *fresh, struct error *err)
{
	bool hit;
	*out = NULL;
	*fresh = false;
	if (list.length == 0)
		return true;
	if (!c->sparse.slots && !lru_cache_new(&c->sparse, SPARSE_LISTS_MAX, WAYS, sizeof **out, err))
		return false;
	struct cached_postings *p = lru_cache_get(&c->sparse, key_of(list), &hit);
	if (!hit && !ARRAY_RESERVE(p->at, p->capacity, postings_most(list) + 1, err)) {
		lru_cache_forget(&c->sparse, key_of(list));
		return false;
	}
	if (!hit)
		p->count = postings_decode(list, occupations, occupations->count, p->at);
	*fresh = !hit;
	*out = p;
	return true;
}

static void unpack_impacts(struct slice list, size_t codes, float *impacts)
{
	struct posting_cursor p = posting_cursor_begin(list, codes);
	uint32_t code, impact;
	memset(impacts, 0, vector_room(codes) * sizeof *impacts);
	while (posting_cursor_next(&p, &code, &impact))
		impacts[code] = (float)impact;
}

bool postings_cache_dense(struct postings_cache *c, struct slice list, size_t codes, const float **out,
			  struct error *err)
{
	bool hit;
	*out = NULL;
	if (list.length < DENSE_LENGTH_MIN)
		return true;
	if (!c->dense.slots && !lru_cache_new(&c->dense, DENSE_LISTS_MAX, WAYS, sizeof(float *), err))
		return false;
	float **impacts = lru_cache_get(&c->dense, key_of(list), &hit);
	if (!*impacts)
		*impacts = memory_resize(NULL, vector_room(codes) * sizeof **impacts);
	if (!*impacts) {
		lru_cache_forget(&c->dense, key_of(list));
		return error_no_memory(err);
	}
	if (!hit)
		unpack_impacts(list, codes, *impacts);
	*out = *impacts;
	return true;
}

static void free_sparse(void *value)
{
	memory_free(((struct cached_postings *)value)->at);
}

static void free_dense(void *value)
{
	memory_free(*(float **)value);
}

void postings_cache_free(struct postings_cache *c)
{
	lru_cache_free(&c->sparse, free_sparse);
	lru_cache_free(&c->dense, free_dense);
}
