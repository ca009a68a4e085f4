// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * hash_table.h - many small packed lists, each found by its key: what ranking reads for every word of a query.
 *
 * A posting list of Xapian costs about 5 us to open and 20 to 60 ns a posting; a list here costs a hash and a look into
 * a small bucket, and about 2 ns a posting, for it is read where it lies in the mapped file.  The layout is in
 * FORMAT.md.
 */
#ifndef SOC_INDEX_HASH_TABLE_H
#define SOC_INDEX_HASH_TABLE_H

#include "lib/index/page_checksum.h"

/* ---- writing ---- */

struct hash_table_entry {
	uint64_t hash;
	size_t offset; /* into `lists` */
	size_t length;
};

/* Zero-initialise. */
struct hash_table_writer {
	struct buffer lists;
	struct hash_table_entry *entries;
	size_t count;
	size_t capacity;
};

/* Keep a list under a key; a key is used once.  Any order. */
bool hash_table_add(struct hash_table_writer *s, struct slice key, struct slice list, struct error *err);
/* Append the table of all lists to `out`.  ERROR_LIMIT where they are 4 GiB or more. */
bool hash_table_write(struct hash_table_writer *s, struct buffer *out, struct error *err);
void hash_table_writer_free(struct hash_table_writer *s);

/* ---- reading ---- */

/* Borrows the bytes that it was opened on, and owns nothing. */
struct hash_table {
	struct page_checksums *blocks; /* by which bytes are checked before they are read; NULL: there is no need */
	uint32_t buckets;              /* 0: the table is empty */
	const unsigned char *ends;
	struct slice entries;
};

/* ERROR_DAMAGED where the table of buckets does not lie within the bytes.  `blocks`, which are borrowed, check what is
 * read from now on; NULL where there are none. */
bool hash_table_open(struct slice bytes, struct page_checksums *blocks, struct hash_table *out, struct error *err);
/* The list of `key`, borrowed; { NULL, 0 } where there is none. */
bool hash_table_find(const struct hash_table *s, struct slice key, struct slice *list, struct error *err);
/* Read every entry of every bucket to its end; ERROR_DAMAGED at the first that makes no sense.  *lists is how many
 * there are. */
bool hash_table_check(const struct hash_table *s, uint64_t *lists, struct error *err);

#endif
