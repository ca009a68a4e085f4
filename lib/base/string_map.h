// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * string_map.h - from a string to the number under which it was first seen: 0, 1, 2 ...
 *
 * Open addressing over XXH3-64; keys are copied into the map's own arena and never leave it.
 */
#ifndef SOC_BASE_STRING_MAP_H
#define SOC_BASE_STRING_MAP_H

#include "lib/base/memory.h"

#define MAP_NONE UINT32_MAX

struct map_entry {
	uint64_t hash;
	struct slice key;
};

/* Zero-initialise; map_free() after use. */
struct map {
	struct arena keys;
	struct map_entry *entries; /* by number */
	size_t count;
	size_t capacity;
	uint32_t *slots; /* number + 1, or 0; a power of two of them */
	size_t slot_count;
};

/* The number of `key`, which is given one where it is new; *added (may be NULL) says whether it was. */
bool map_add(struct map *m, struct slice key, uint32_t *number, bool *added, struct error *err);
/* The number of `key`, or MAP_NONE. */
uint32_t map_find(const struct map *m, struct slice key);
/* The key of a number; borrowed until map_free(). */
static inline struct slice map_key(const struct map *m, uint32_t number)
{
	return m->entries[number].key;
}
void map_free(struct map *m);

#endif
