// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * page_checksum.h - the checksums of an index file, page by page: what is read is checked first, and what is not read
 * costs nothing.  The layout is in FORMAT.md; one damage in four thousand million goes unseen.
 */
#ifndef SOC_INDEX_PAGE_CHECKSUM_H
#define SOC_INDEX_PAGE_CHECKSUM_H

#include "lib/base/memory.h"

#define BLOCK_SIZE 4096u /* a page, which is what a read brings into memory */
#define BLOCK_SUM_BYTES 4u

/* ---- writing ---- */

/* Append the sums of the blocks of `bytes`. */
bool page_checksums_sum(struct slice bytes, struct buffer *out, struct error *err);

/* ---- reading ---- */

/* Zero-initialise; page_checksums_close() after use. */
struct page_checksums {
	struct slice bytes;        /* what they are of, borrowed */
	const unsigned char *sums; /* borrowed */
	unsigned char *checked;    /* by block */
	char *path;                /* for messages */
};

/* Take `sums`, which must be of `bytes`: ERROR_DAMAGED where there are too few or too many. */
bool page_checksums_open(struct slice bytes, struct slice sums, const char *path, struct page_checksums *out,
			 struct error *err);
void page_checksums_close(struct page_checksums *b);

/* Check the blocks `first` to `last`; ERROR_DAMAGED where the bytes of one are not those that were written. */
bool page_checksums_check(struct page_checksums *b, size_t first, size_t last, struct error *err);

/* Check what holds some of these bytes, which lie within b->bytes, unless that was done before.  NULL: what is read has
 * no sums, and needs none. */
static inline bool page_checksums_need(struct page_checksums *b, const void *at, size_t length, struct error *err)
{
	if (!b || length == 0)
		return true;
	size_t from = (size_t)((const char *)at - b->bytes.at), first = from / BLOCK_SIZE,
	       last = (from + length - 1) / BLOCK_SIZE;
	return (first == last && b->checked[first]) || page_checksums_check(b, first, last, err);
}

/* Check every block. */
bool page_checksums_check_all(struct page_checksums *b, struct error *err);

#endif
