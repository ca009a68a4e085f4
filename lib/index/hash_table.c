// SPDX-License-Identifier: GPL-3.0-or-later
/* hash_table.c - writing a table of packed lists, and finding one by its key in the mapped file. */
#include <stdlib.h>
#include <xxhash.h>

#include "lib/index/varint.h"
#include "lib/index/hash_table.h"

/* About so many keys a bucket: few enough to walk past in no time, enough that its end costs half a byte a key. */
#define BUCKET_KEYS 8
/* ... and about so many bytes where lists are long: a bucket is checked as a whole. */
#define BUCKET_BYTES 16384
#define HASH_BYTES 4
/* The bits of a hash that choose the bucket. */
#define BUCKETS_MAX (1u << 24)

/* The high bits of the hash choose the bucket, the low four bytes tell the keys in it apart. */
static uint32_t bucket_of(uint64_t hash, uint32_t buckets)
{
	return (uint32_t)(((hash >> 40) * buckets) >> 24);
}

/* ---- writing ---- */

bool hash_table_add(struct hash_table_writer *s, struct slice key, struct slice list, struct error *err)
{
	struct hash_table_entry e = { XXH3_64bits(key.at, key.length), s->lists.length, list.length };
	return ARRAY_ADD(s->entries, s->count, s->capacity, err, e) &&
	       buffer_append(&s->lists, list.at, list.length, err);
}

static int compare_entries(const void *a, const void *b)
{
	const struct hash_table_entry *x = a, *y = b;
	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* Whether no entry from `first` on has the same bytes of hash: it would hide this one. */
static bool is_apart(const struct hash_table_writer *s, size_t first, size_t at, struct error *err)
{
	for (size_t i = first; i < at; i++)
		if ((uint32_t)s->entries[i].hash == (uint32_t)s->entries[at].hash)
			return error_set(err, ERROR_INTERNAL, "report this, and which sources were given",
					 "two keys of the index have the same hash");
	return true;
}

static bool append_bucket(const struct hash_table_writer *s, uint32_t bucket, uint32_t buckets, size_t *at,
			  struct buffer *out, struct error *err)
{
	for (size_t first = *at; *at < s->count && bucket_of(s->entries[*at].hash, buckets) == bucket; ++*at) {
		const struct hash_table_entry *e = &s->entries[*at];
		if (!is_apart(s, first, *at, err) || !pack_little(out, (uint32_t)e->hash, HASH_BYTES, err) ||
		    !pack_string(out, (struct slice){ s->lists.at + e->offset, e->length }, err))
			return false;
	}
	return true;
}

bool hash_table_write(struct hash_table_writer *s, struct buffer *out, struct error *err)
{
	struct buffer entries = { 0 };
	size_t wanted = s->count / BUCKET_KEYS + s->lists.length / BUCKET_BYTES + 1, at = 0;
	uint32_t buckets = wanted > BUCKETS_MAX ? BUCKETS_MAX : (uint32_t)wanted;
	if (s->count == 0)
		return true;
	qsort(s->entries, s->count, sizeof *s->entries, compare_entries);
	bool ok = pack_little(out, buckets, 4, err);
	for (uint32_t bucket = 0; ok && bucket < buckets; bucket++)
		ok = append_bucket(s, bucket, buckets, &at, &entries, err) &&
		     (entries.length <= UINT32_MAX || error_set(err, ERROR_LIMIT, "index fewer sources",
								"the lists of the index have more than 4 GiB")) &&
		     pack_little(out, (uint32_t)entries.length, 4, err);
	ok = ok && buffer_append(out, entries.at, entries.length, err);
	buffer_free(&entries);
	return ok;
}

void hash_table_writer_free(struct hash_table_writer *s)
{
	buffer_free(&s->lists);
	memory_free(s->entries);
	*s = (struct hash_table_writer){ 0 };
}

/* ---- reading ---- */

static bool malformed(struct error *err)
{
	return error_set(err, ERROR_DAMAGED, "run soc-index verify FILE.soc", "the lists of the index are malformed");
}

bool hash_table_open(struct slice bytes, struct page_checksums *blocks, struct hash_table *out, struct error *err)
{
	const unsigned char *at = (const unsigned char *)bytes.at;
	*out = (struct hash_table){ 0 };
	if (bytes.length == 0)
		return true;
	if (!page_checksums_need(blocks, bytes.at, bytes.length < 4 ? bytes.length : 4, err))
		return false;
	size_t buckets = bytes.length >= 4 ? little4(at) : 0;
	if (buckets == 0 || buckets > BUCKETS_MAX || bytes.length < 4 + 4 * buckets)
		return malformed(err);
	*out = (struct hash_table){
		blocks, (uint32_t)buckets, at + 4, { bytes.at + 4 + 4 * buckets, bytes.length - 4 - 4 * buckets }
	};
	return true;
}

/* The entries of one bucket, checked. */
static bool open_bucket(const struct hash_table *s, uint32_t bucket, struct unpack *out, struct error *err)
{
	const unsigned char *ends = s->ends + 4 * (size_t)bucket;
	if (!page_checksums_need(s->blocks, bucket ? ends - 4 : ends, bucket ? 8 : 4, err))
		return false;
	uint32_t begin = bucket ? little4(ends - 4) : 0, end = little4(ends);
	if (begin > end || end > s->entries.length)
		return malformed(err);
	*out = unpack_begin((struct slice){ s->entries.at + begin, end - begin });
	return page_checksums_need(s->blocks, out->at, end - begin, err);
}

/* The next entry of a bucket; false at its end, and u->bad where it makes no sense. */
static bool next_entry(struct unpack *u, uint32_t *hash, struct slice *list)
{
	if (u->at == u->end)
		return false;
	if (u->end - u->at < HASH_BYTES) {
		u->bad = true;
		return false;
	}
	*hash = little4(u->at);
	u->at += HASH_BYTES;
	*list = unpack_string(u);
	return !u->bad;
}

bool hash_table_find(const struct hash_table *s, struct slice key, struct slice *list, struct error *err)
{
	uint32_t found;
	struct slice entry;
	struct unpack u;
	*list = (struct slice){ NULL, 0 };
	if (s->buckets == 0)
		return true;
	uint64_t hash = XXH3_64bits(key.at, key.length);
	if (!open_bucket(s, bucket_of(hash, s->buckets), &u, err))
		return false;
	while (next_entry(&u, &found, &entry)) {
		if (found == (uint32_t)hash) {
			*list = entry;
			return true;
		}
	}
	return !u.bad || malformed(err);
}

bool hash_table_check(const struct hash_table *s, uint64_t *lists, struct error *err)
{
	uint32_t hash;
	struct slice entry;
	*lists = 0;
	for (uint32_t bucket = 0; bucket < s->buckets; bucket++) {
		struct unpack u;
		if (!open_bucket(s, bucket, &u, err))
			return false;
		while (next_entry(&u, &hash, &entry))
			*lists += 1;
		if (u.bad)
			return malformed(err);
	}
	return s->buckets == 0 || little4(s->ends + 4 * (size_t)(s->buckets - 1)) == s->entries.length ||
	       malformed(err);
}
