// SPDX-License-Identifier: GPL-3.0-or-later
/* lru_cache.c - the set-associative cache of lru_cache.h: slots with keys and ages in one array, values in another, so
 * that a search reads few cache lines. */
#include "lib/base/lru_cache.h"

struct lru_slot {
	uint64_t key;
	uint64_t used; /* the clock at its last use; 0: the slot is free */
};

bool lru_cache_new(struct lru_cache *c, size_t entries, size_t ways, size_t value_size, struct error *err)
{
	size_t sets = (entries + ways - 1) / ways;
	*c = (struct lru_cache){ .sets = sets, .ways = ways, .value_size = value_size };
	c->slots = memory_new(sets * ways * sizeof *c->slots, err);
	c->values = c->slots ? memory_new(sets * ways * value_size, err) : NULL;
	if (!c->values)
		lru_cache_free(c, NULL);
	return c->values != NULL;
}

static struct lru_slot *set_of(const struct lru_cache *c, uint64_t key)
{
	/* Fibonacci hashing, the upper half scaled to the number of sets. */
	uint64_t hash = (key * 0x9E3779B97F4A7C15u) >> 32;
	return &c->slots[(size_t)(hash * c->sets >> 32) * c->ways];
}

void *lru_cache_get(struct lru_cache *c, uint64_t key, bool *hit)
{
	struct lru_slot *set = set_of(c, key), *slot = set;
	*hit = false;
	for (size_t i = 0; i < c->ways && !*hit; i++) {
		*hit = set[i].key == key && set[i].used;
		if (*hit || set[i].used < slot->used)
			slot = &set[i];
	}
	*slot = (struct lru_slot){ key, ++c->clock };
	return c->values + (size_t)(slot - c->slots) * c->value_size;
}

void lru_cache_forget(struct lru_cache *c, uint64_t key)
{
	struct lru_slot *set = set_of(c, key);
	for (size_t i = 0; i < c->ways; i++)
		if (set[i].key == key)
			set[i].used = 0;
}

void lru_cache_free(struct lru_cache *c, void (*free_value)(void *value))
{
	for (size_t i = 0; free_value && c->values && i < c->sets * c->ways; i++)
		free_value(c->values + i * c->value_size);
	memory_free(c->values);
	memory_free(c->slots);
	*c = (struct lru_cache){ 0 };
}
