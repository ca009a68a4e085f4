// SPDX-License-Identifier: GPL-3.0-or-later
/* bloom_filter.c - a Bloom filter: making one, adding keys, asking. */
#include <xxhash.h>

#include "lib/index/bloom_filter.h"

#define FILTER_PROBES 4

bool bloom_filter_make(size_t keys, size_t bits, struct buffer *out, struct error *err)
{
	size_t bytes = keys * bits / 8 + 1;
	buffer_clear(out);
	if (!buffer_reserve(out, bytes, err))
		return false;
	memset(out->at, 0, bytes);
	out->length = bytes;
	return true;
}

/* The bit of one probe: the two halves of one hash make all of them (Kirsch and Mitzenmacher, 2006). */
static size_t filter_bit(uint64_t hash, uint32_t probe, size_t bytes)
{
	uint32_t mixed = (uint32_t)hash + probe * (uint32_t)(hash >> 32);
	return (size_t)((uint64_t)mixed * (bytes * 8) >> 32);
}

void bloom_filter_add(struct buffer *filter, struct slice key)
{
	uint64_t hash = XXH3_64bits(key.at, key.length);
	for (uint32_t i = 0; i < FILTER_PROBES; i++) {
		size_t bit = filter_bit(hash, i, filter->length);
		filter->at[bit / 8] = (char)(filter->at[bit / 8] | 1 << bit % 8);
	}
}

bool bloom_filter_has(struct slice filter, struct slice key)
{
	if (filter.length == 0)
		return false;
	uint64_t hash = XXH3_64bits(key.at, key.length);
	for (uint32_t i = 0; i < FILTER_PROBES; i++) {
		size_t bit = filter_bit(hash, i, filter.length);
		if (!((unsigned char)filter.at[bit / 8] >> bit % 8 & 1))
			return false;
	}
	return true;
}
