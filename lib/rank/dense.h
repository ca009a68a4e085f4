// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * dense.h - impact lists (lib/index/ranking.h) that hold a good part of all codes, unpacked: those of late are kept, for
 * the commonest pieces of words stand in most titles.
 */
#ifndef SOC_RANK_DENSE_H
#define SOC_RANK_DENSE_H

#include "lib/base/memory.h"

#define DENSE_LISTS 1024

/* Zero-initialise; dense_free() after use. */
struct dense {
	struct dense_list {
		const char *of;        /* where the list begins, by which it is known; NULL: free */
		float *numbers;        /* by code; 0 for those that are not in it */
	} *lists;
};

/* The numbers of a list by code, in *out, until the next call; NULL where it is too short to be worth it.  `list` must
 * stay where it is for as long as *d is used. */
bool dense_find(struct dense *d, struct slice list, size_t codes, const float **out, struct error *err);
void dense_free(struct dense *d);

#endif
