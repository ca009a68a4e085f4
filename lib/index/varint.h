// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * varint.h - numbers and strings as bytes, inside the records and blocks of an index.
 *
 * A number is a variable-length integer: seven bits a byte, the lowest first, the high bit set on all
 * bytes but the last (LEB128).  A string is its length and its bytes.
 */
#ifndef SOC_INDEX_VARINT_H
#define SOC_INDEX_VARINT_H

#include "lib/base/memory.h"

bool pack_number(struct buffer *b, uint64_t number, struct error *err);
bool pack_string(struct buffer *b, struct slice s, struct error *err);
/* The lowest `bytes` bytes of a number, at most four, the lowest first: for what is read in place. */
bool pack_little(struct buffer *b, uint32_t number, size_t bytes, struct error *err);

static inline uint32_t little2(const unsigned char *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8;
}

static inline uint32_t little4(const unsigned char *at)
{
	return little2(at) | little2(at + 2) << 16;
}

/* Reading never runs past the end: what is malformed reads as 0 and "", and `bad` stays set. */
struct unpack {
	const unsigned char *at;
	const unsigned char *end;
	bool bad;
};

static inline struct unpack unpack_begin(struct slice s)
{
	const unsigned char *at = (const unsigned char *)s.at;
	return (struct unpack){ at, at ? at + s.length : at, false };
}

/* Room in `arena` for the items whose count comes next, each of `size` bytes in memory and at least `least` bytes
 * packed; bad, and *count 0, where the rest cannot hold so many.  The memory is not cleared; NULL with ERROR_MEMORY. */
void *unpack_array(struct unpack *u, size_t least, size_t size, struct arena *arena, size_t *count, struct error *err);
/* Whether everything was read and nothing was malformed; else ERROR_DAMAGED: "the WHAT is malformed". */
bool unpack_finish(const struct unpack *u, const char *what, struct error *err);

uint64_t unpack_long_number(struct unpack *u);
struct slice unpack_long_string(struct unpack *u);

/* Nearly all numbers are one byte: that case is inline, for posting lists are read through here.  Only a copy is handed
 * on, so that who reads a list can keep where it is in registers. */
static inline uint64_t unpack_number(struct unpack *u)
{
	if (u->at < u->end && *u->at < 0x80)
		return *u->at++;
	struct unpack copy = *u;
	uint64_t number = unpack_long_number(&copy);
	*u = copy;
	return number;
}

/* Borrows the unpacked bytes; one of less than 128 of them, as nearly all have, is inline too. */
static inline struct slice unpack_string(struct unpack *u)
{
	if (u->at < u->end && *u->at < 0x80 && *u->at < u->end - u->at) {
		struct slice s = { (const char *)u->at + 1, *u->at };
		u->at += 1 + s.length;
		return s;
	}
	struct unpack copy = *u;
	struct slice s = unpack_long_string(&copy);
	*u = copy;
	return s;
}

/* Two numbers that follow each other, as in the lists of ranking: both in a byte, as nearly always, is inline too. */
struct unpack_pair {
	uint32_t first;
	uint32_t second;
};

/* 0 and 0, and bad, where either is malformed or has more than 32 bits. */
struct unpack_pair unpack_long_two(struct unpack *u);

/* False, and nothing is read, where they are not both in a byte. */
static inline bool unpack_short_two(struct unpack *u, struct unpack_pair *out)
{
	if (u->end - u->at < 2)
		return false;
	uint32_t both = little2(u->at);
	if (both & 0x8080)
		return false;
	u->at += 2;
	*out = (struct unpack_pair){ both & 0xFF, both >> 8 };
	return true;
}

static inline struct unpack_pair unpack_two(struct unpack *u)
{
	struct unpack_pair pair;
	if (unpack_short_two(u, &pair))
		return pair;
	struct unpack copy = *u;
	pair = unpack_long_two(&copy);
	*u = copy;
	return pair;
}

/* A list of pairs, each a number less the one before (the first: plus 1) and a value: whether `number` is in it, with
 * *value. */
static inline bool unpack_value(struct slice list, uint64_t number, uint32_t *value)
{
	struct unpack u = unpack_begin(list);
	for (uint64_t next = 0; u.at < u.end && next <= number;) {
		struct unpack_pair pair = unpack_two(&u);
		if (u.bad || pair.first == 0)
			return false;
		next += pair.first;
		*value = pair.second;
		if (next == number + 1)
			return true;
	}
	return false;
}

#endif
