// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * store.h - many small packed lists, each found by its key: what ranking reads for every word of a query.
 *
 * A posting list of Xapian costs about 5 us to open and 20 to 60 ns a posting; a list in a store costs one
 * lookup of metadata (2 us; nothing when its bucket has been read before) and about 2 ns a posting.  A store is a
 * number of buckets, each one metadata value; the bucket and four more bytes of the XXH3-64 hash of a key stand
 * for the key: among 150,000 keys, one unknown word in 30 million is taken for another.
 *
 *     bucket    key PREFIX + two bytes (big-endian), value: entries, ordered by their hash
 *     entry     4 bytes of hash, number: length, then the list
 *     PREFIX    alone: the number of buckets
 */
#ifndef SOC_INDEX_STORE_H
#define SOC_INDEX_STORE_H

#include "lib/base/memory.h"
#include "lib/xap/xap.h"

/* ---- writing ---- */

struct store_entry {
	uint64_t hash;
	size_t offset;     /* into `lists` */
	size_t length;
};

/* Zero-initialise. */
struct store_writer {
	struct buffer lists;
	struct store_entry *entries;
	size_t count;
	size_t capacity;
};

/* Keep a list under a key; a key is used once.  Any order. */
bool store_add(struct store_writer *s, struct slice key, struct slice list, struct error *err);
/* Write all to the database under `prefix`. */
bool store_write(struct store_writer *s, const char *prefix, xap_writer *w, struct error *err);
void store_writer_free(struct store_writer *s);

/* ---- reading ---- */

/* A list that was looked for of late; a bucket has to be walked to find one. */
struct store_found {
	uint64_t hash;           /* of its key; 0: free */
	struct slice list;
};

#define STORE_FOUND 4096

struct store {
	xap_reader *reader;      /* borrowed */
	char prefix[8];
	uint32_t buckets;        /* 0: the index has no such store */
	struct slice *read;      /* by bucket: its bytes once they have been read, at NULL before */
	struct store_found *found;   /* STORE_FOUND of them, by hash */
	struct buffer scratch;
	struct arena arena;
};

/* Zero-initialise *out; store_close() after use. */
bool store_open(xap_reader *r, const char *prefix, struct store *out, struct error *err);
/* The list of `key`, borrowed until store_close(); { NULL, 0 } where there is none. */
bool store_find(struct store *s, struct slice key, struct slice *list, struct error *err);
/* Read every bucket and every entry in it to its end; ERROR_DAMAGED at the first that makes no sense.  *lists is
 * how many there are. */
bool store_check(struct store *s, uint64_t *lists, struct error *err);
void store_close(struct store *s);

#endif
