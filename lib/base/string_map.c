// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * string_map.c - open addressing with linear probing.
 */
#include <xxhash.h>

#include "lib/base/string_map.h"

/* The slot where `key` stands or would stand. */
static size_t find_slot(const struct map *m, uint64_t hash, struct slice key)
{
	size_t mask = m->slot_count - 1, at = (size_t)hash & mask;
	while (m->slots[at] != 0) {
		const struct map_entry *e = &m->entries[m->slots[at] - 1];
		if (e->hash == hash && slice_equal(e->key, key))
			break;
		at = (at + 1) & mask;
	}
	return at;
}

/* Twice the slots; the entries stay where they are. */
static bool grow_slots(struct map *m, struct error *err)
{
	uint32_t *slots = NULL;
	size_t count = 0, wanted = m->slot_count ? m->slot_count * 2 : 1024;
	if (!ARRAY_RESERVE(slots, count, wanted, err))
		return false;
	memory_free(m->slots);
	m->slots = slots;
	m->slot_count = wanted;
	memset(m->slots, 0, wanted * sizeof *m->slots);
	for (size_t i = 0; i < m->count; i++)
		m->slots[find_slot(m, m->entries[i].hash, m->entries[i].key)] = (uint32_t)i + 1;
	return true;
}

bool map_add(struct map *m, struct slice key, uint32_t *number, bool *added, struct error *err)
{
	if (m->count * 2 >= m->slot_count && !grow_slots(m, err))
		return false;
	uint64_t hash = XXH3_64bits(key.at, key.length);
	size_t slot = find_slot(m, hash, key);
	if (added)
		*added = m->slots[slot] == 0;
	if (m->slots[slot] == 0) {
		if (m->count >= MAP_NONE - 1)
			return error_set(err, ERROR_LIMIT, NULL, "more than four thousand million strings");
		if (!ARRAY_RESERVE(m->entries, m->capacity, m->count + 1, err))
			return false;
		struct slice copy = arena_copy(&m->keys, key, err);
		if (!copy.at)
			return false;
		m->entries[m->count++] = (struct map_entry){ hash, copy };
		m->slots[slot] = (uint32_t)m->count;
	}
	*number = m->slots[slot] - 1;
	return true;
}

uint32_t map_find(const struct map *m, struct slice key)
{
	if (m->slot_count == 0)
		return MAP_NONE;
	size_t slot = find_slot(m, XXH3_64bits(key.at, key.length), key);
	return m->slots[slot] ? m->slots[slot] - 1 : MAP_NONE;
}

void map_free(struct map *m)
{
	memory_free(m->entries);
	memory_free(m->slots);
	arena_free(&m->keys);
	*m = (struct map){ 0 };
}
