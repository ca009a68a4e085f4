// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>
#include <xxhash.h>

#include "lib/index/pack.h"
#include "lib/index/store.h"

/* About so many bytes a bucket: small enough to scan in a microsecond, large enough that the B-tree's own
 * bytes do not count. */
#define BUCKET_BYTES 2500
#define HASH_BYTES 4
#define BUCKETS_MAX 65536u

/* The high bits of the hash choose the bucket, the low four bytes tell the keys in it apart. */
static uint32_t bucket_of(uint64_t hash, uint32_t buckets)
{
	return (uint32_t)(((hash >> 40) * buckets) >> 24);
}

static size_t bucket_key(const char *prefix, uint32_t bucket, char key[16])
{
	size_t n = strlen(prefix);
	memcpy(key, prefix, n);
	key[n++] = (char)(bucket >> 8);
	key[n++] = (char)(bucket & 0xFF);
	return n;
}

/* ---- writing ---- */

bool store_add(struct store_writer *s, struct slice key, struct slice list, struct error *err)
{
	if (!array_reserve((void **)&s->entries, &s->capacity, s->count + 1, sizeof *s->entries, err))
		return false;
	s->entries[s->count++] = (struct store_entry){ XXH3_64bits(key.at, key.length), s->lists.length,
						       list.length };
	return buffer_append(&s->lists, list.at, list.length, err);
}

static int compare_entries(const void *a, const void *b)
{
	const struct store_entry *x = a, *y = b;
	return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* Whether no entry from `first` on has the same bytes of hash: it would hide this one. */
static bool is_apart(const struct store_writer *s, size_t first, size_t at, struct error *err)
{
	for (size_t i = first; i < at; i++)
		if ((uint32_t)s->entries[i].hash == (uint32_t)s->entries[at].hash)
			return error_set(err, ERROR_INTERNAL, "report this, and which sources were given",
					 "two keys of the store have the same hash");
	return true;
}

static bool append_entry(const struct store_writer *s, const struct store_entry *e, struct buffer *out,
			 struct error *err)
{
	char hash[HASH_BYTES];
	for (size_t i = 0; i < HASH_BYTES; i++)
		hash[i] = (char)(e->hash >> (8 * (HASH_BYTES - 1 - i)));
	return buffer_append(out, hash, HASH_BYTES, err) &&
	       pack_string(out, (struct slice){ s->lists.at + e->offset, e->length }, err);
}

bool store_write(struct store_writer *s, const char *prefix, xap_writer *w, struct error *err)
{
	struct buffer value = { 0 };
	char key[16];
	size_t wanted = (s->lists.length + s->count * 7) / BUCKET_BYTES + 1, at = 0;
	uint32_t buckets = wanted > BUCKETS_MAX ? BUCKETS_MAX : (uint32_t)wanted;
	if (s->count > 1)
		qsort(s->entries, s->count, sizeof *s->entries, compare_entries);
	bool ok = pack_number(&value, buckets, err) &&
		  xap_writer_set_metadata(w, slice_of(prefix), buffer_slice(&value), err);
	for (uint32_t bucket = 0; ok && bucket < buckets; bucket++) {
		buffer_clear(&value);
		for (size_t first = at; ok && at < s->count && bucket_of(s->entries[at].hash, buckets) == bucket; at++)
			ok = is_apart(s, first, at, err) && append_entry(s, &s->entries[at], &value, err);
		size_t length = bucket_key(prefix, bucket, key);
		ok = ok && (value.length == 0 ||
			    xap_writer_set_metadata(w, (struct slice){ key, length }, buffer_slice(&value), err));
	}
	buffer_free(&value);
	return ok;
}

void store_writer_free(struct store_writer *s)
{
	buffer_free(&s->lists);
	memory_free(s->entries);
	*s = (struct store_writer){ 0 };
}

/* ---- reading ---- */

bool store_open(xap_reader *r, const char *prefix, struct store *out, struct error *err)
{
	*out = (struct store){ .reader = r };
	memcpy(out->prefix, prefix, strlen(prefix) + 1);
	if (!xap_reader_metadata(r, slice_of(prefix), &out->scratch, err))
		return false;
	struct unpack u = unpack_begin(buffer_slice(&out->scratch));
	uint64_t buckets = out->scratch.length ? unpack_number(&u) : 0;
	if (u.bad || buckets > BUCKETS_MAX)
		return error_set(err, ERROR_DAMAGED, "run soc-index verify FILE.soc",
				 "the store %s has no sensible number of buckets", prefix);
	out->buckets = (uint32_t)buckets;
	out->read = memory_new((out->buckets + 1) * sizeof *out->read, err);
	out->found = out->read ? memory_new(STORE_FOUND * sizeof *out->found, err) : NULL;
	return out->found != NULL;
}

/* Read a bucket once; it stays. */
static bool need_bucket(struct store *s, uint32_t bucket, struct error *err)
{
	char key[16];
	if (s->read[bucket].at)
		return true;
	buffer_clear(&s->scratch);
	size_t length = bucket_key(s->prefix, bucket, key);
	if (!xap_reader_metadata(s->reader, (struct slice){ key, length }, &s->scratch, err))
		return false;
	s->read[bucket] = arena_copy(&s->arena, buffer_slice(&s->scratch), err);
	return s->read[bucket].at != NULL;
}

static bool malformed_bucket(const struct store *s, struct error *err)
{
	return error_set(err, ERROR_DAMAGED, "run soc-index verify FILE.soc",
			 "a bucket of the store %s is malformed", s->prefix);
}

/* The next entry of a bucket; false at its end, and u->bad where it makes no sense. */
static bool next_entry(struct unpack *u, const unsigned char **hash, struct slice *list)
{
	if (u->at == u->end)
		return false;
	if (u->end - u->at < HASH_BYTES) {
		u->bad = true;
		return false;
	}
	*hash = u->at;
	u->at += HASH_BYTES;
	*list = unpack_string(u);
	return !u->bad;
}

/* The entry with this hash in a bucket that has been read. */
static bool find_entry(const struct store *s, uint32_t bucket, uint64_t hash, struct slice *list, struct error *err)
{
	unsigned char wanted[HASH_BYTES];
	for (size_t i = 0; i < HASH_BYTES; i++)
		wanted[i] = (unsigned char)(hash >> (8 * (HASH_BYTES - 1 - i)));
	struct unpack u = unpack_begin(s->read[bucket]);
	const unsigned char *found;
	struct slice entry;
	*list = (struct slice){ NULL, 0 };
	while (next_entry(&u, &found, &entry)) {
		if (memcmp(found, wanted, HASH_BYTES) == 0) {
			*list = entry;
			return true;
		}
	}
	return !u.bad || malformed_bucket(s, err);
}

bool store_find(struct store *s, struct slice key, struct slice *list, struct error *err)
{
	*list = (struct slice){ NULL, 0 };
	if (s->buckets == 0)
		return true;
	uint64_t hash = XXH3_64bits(key.at, key.length);
	struct store_found *f = &s->found[hash % STORE_FOUND];
	if (f->hash != hash || hash == 0) {
		uint32_t bucket = bucket_of(hash, s->buckets);
		f->hash = 0;
		if (!need_bucket(s, bucket, err) || !find_entry(s, bucket, hash, &f->list, err))
			return false;
		f->hash = hash;
	}
	*list = f->list;
	return true;
}

bool store_check(struct store *s, uint64_t *lists, struct error *err)
{
	const unsigned char *hash;
	struct slice entry;
	*lists = 0;
	for (uint32_t bucket = 0; bucket < s->buckets; bucket++) {
		if (!need_bucket(s, bucket, err))
			return false;
		struct unpack u = unpack_begin(s->read[bucket]);
		while (next_entry(&u, &hash, &entry))
			*lists += 1;
		if (u.bad)
			return malformed_bucket(s, err);
	}
	return true;
}

void store_close(struct store *s)
{
	memory_free(s->read);
	memory_free(s->found);
	buffer_free(&s->scratch);
	arena_free(&s->arena);
	*s = (struct store){ 0 };
}
