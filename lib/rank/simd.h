// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * simd.h - sums over arrays by document.
 *
 * Arrays by document have room for a multiple of VECTOR_STEP, so that they can be gone through in steps of a fixed length,
 * of which compilers make vectors.  What lies behind the last document means nothing.
 */
#ifndef SOC_RANK_SIMD_H
#define SOC_RANK_SIMD_H

#include <stddef.h>

#define VECTOR_STEP 8

/* The room for so many. */
static inline size_t vector_room(size_t count)
{
	return (count + VECTOR_STEP - 1) / VECTOR_STEP * VECTOR_STEP;
}

/* sums += scale x values */
void vector_add(float *restrict sums, const float *restrict values, size_t count, float scale);

/* The same of bytes; any count. */
void vector_add_bytes(float *restrict sums, const signed char *restrict values, size_t count, float scale);

#endif
