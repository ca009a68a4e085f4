// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * posting_pairs.h - lists of pairs (lib/index/varint.h), eight at a time.
 *
 * A question for one occupation or for all codes goes through hundreds of lists, of which nearly all numbers are one byte.
 */
#ifndef SOC_RANK_POSTING_PAIRS_H
#define SOC_RANK_POSTING_PAIRS_H

#include "lib/index/varint.h"

#define PAIRS_AT_ONCE 8

/* What the next eight pairs are together. */
struct pairs_sum {
	uint32_t first;
	uint32_t second;
};

/* The lowest of eight bytes first. */
static inline uint64_t pairs_little8(const unsigned char *at)
{
	return (uint64_t)little4(at) | (uint64_t)little4(at + 4) << 32;
}

/* The sums of the next eight pairs, which lie in the 16 bytes at u->at: nothing is passed over.  False where one of their numbers
 * has more than a byte, a first one is 0, as in no sound list, or fewer pairs are left. */
static inline bool pairs_sum_eight(const struct unpack *u, struct pairs_sum *out)
{
	const uint64_t even = 0x00FF00FF00FF00FFu, longer = 0x8080808080808080u, all = 0x0001000100010001u;
	if (u->end - u->at < 2 * PAIRS_AT_ONCE)
		return false;
	uint64_t four = pairs_little8(u->at), others = pairs_little8(u->at + 8);
	uint64_t firsts = four & even, other_firsts = others & even, most = 0x7F * all;
	if (((four | others) & longer) || (~((firsts + most) & (other_firsts + most)) & (longer & even)))
		return false;
	/* Added up in the highest of four parts. */
	out->first = (uint32_t)((firsts + other_firsts) * all >> 48);
	out->second = (uint32_t)(((four >> 8 & even) + (others >> 8 & even)) * all >> 48);
	return true;
}

#endif
