// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lru_cache.h - a bounded cache from 64-bit keys to values of a fixed size.
 *
 * Set-associative: a key can lie in one set of `ways` slots, and a new key evicts the least recently used one of its
 * set.  With one set that is exact LRU, with many it is close to it, at a cost that does not grow with the size.
 *
 * Values are the caller's: they begin as zeros, stay at their address, and an evicted one is handed on as it is, so
 * that memory it points to can be used again.  Not thread-safe.
 */
#ifndef SOC_BASE_LRU_CACHE_H
#define SOC_BASE_LRU_CACHE_H

#include "lib/base/memory.h"

struct lru_slot;

/* Zero-initialised is an empty cache that lru_cache_new() may fill and lru_cache_free() may free. */
struct lru_cache {
	struct lru_slot *slots; /* sets x ways */
	unsigned char *values;  /* by slot */
	size_t sets, ways, value_size;
	uint64_t clock; /* of uses */
};

/* Room for at least `entries` values of `value_size` bytes.  False with ERROR_MEMORY, and *c is empty. */
bool lru_cache_new(struct lru_cache *c, size_t entries, size_t ways, size_t value_size, struct error *err);

/* The value of a key, which becomes the most recently used; *hit is false where it was not there: then the value is
 * zeros or that of an evicted key, for the caller to fill.  Who cannot fill it calls lru_cache_forget(). */
void *lru_cache_get(struct lru_cache *c, uint64_t key, bool *hit);

/* Let a key be a miss at its next use; its value stays in its slot. */
void lru_cache_forget(struct lru_cache *c, uint64_t key);

/* Free all, each value by `free_value` before (NULL: values own nothing). */
void lru_cache_free(struct lru_cache *c, void (*free_value)(void *value));

#endif
