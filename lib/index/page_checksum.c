// SPDX-License-Identifier: GPL-3.0-or-later
/* page_checksum.c - the checksum of each page of a file, made once and compared when a page is first read. */
#include <xxhash.h>
#if defined(__x86_64__) && __has_include(<xxh_x86dispatch.h>)
#include <xxh_x86dispatch.h> /* the widest vectors that this processor has */
#endif

#include "lib/index/page_checksum.h"
#include "lib/index/varint.h"

static size_t count_blocks(struct slice bytes)
{
	return bytes.length / BLOCK_SIZE + (bytes.length % BLOCK_SIZE != 0);
}

static uint32_t sum_of(struct slice bytes, size_t block)
{
	size_t from = block * BLOCK_SIZE, left = bytes.length - from;
	return (uint32_t)XXH3_64bits(bytes.at + from, left < BLOCK_SIZE ? left : BLOCK_SIZE);
}

bool page_checksums_sum(struct slice bytes, struct buffer *out, struct error *err)
{
	bool ok = true;
	for (size_t block = 0; ok && block < count_blocks(bytes); block++)
		ok = pack_little(out, sum_of(bytes, block), BLOCK_SUM_BYTES, err);
	return ok;
}

static bool damaged(const struct page_checksums *b, size_t block, struct error *err)
{
	return error_set(
		err, ERROR_DAMAGED,
		"copy the file again from where it is whole, or build it anew: soc-index build -o FILE.soc RELEASE...",
		"%s is damaged: its bytes from %zu on do not match their checksum", b->path, block * BLOCK_SIZE);
}

bool page_checksums_open(struct slice bytes, struct slice sums, const char *path, struct page_checksums *out,
			 struct error *err)
{
	size_t count = count_blocks(bytes);
	*out = (struct page_checksums){ .bytes = bytes, .sums = (const unsigned char *)sums.at };
	out->path = memory_new(strlen(path) + 1, err);
	out->checked = memory_new(count + 1, err);
	if (!out->path || !out->checked) {
		page_checksums_close(out);
		return false;
	}
	memcpy(out->path, path, strlen(path) + 1);
	return sums.length == count * BLOCK_SUM_BYTES || damaged(out, 0, err);
}

void page_checksums_close(struct page_checksums *b)
{
	memory_free(b->path);
	memory_free(b->checked);
	*b = (struct page_checksums){ 0 };
}

bool page_checksums_check(struct page_checksums *b, size_t first, size_t last, struct error *err)
{
	for (size_t block = first; block <= last; block++) {
		if (b->checked[block])
			continue;
		if (sum_of(b->bytes, block) != little4(b->sums + block * BLOCK_SUM_BYTES))
			return damaged(b, block, err);
		b->checked[block] = 1;
	}
	return true;
}

bool page_checksums_check_all(struct page_checksums *b, struct error *err)
{
	size_t count = count_blocks(b->bytes);
	return count == 0 || page_checksums_check(b, 0, count - 1, err);
}
