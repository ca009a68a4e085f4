// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * external_sort.c - records are gathered and sorted in memory, written to parts, and merged when they are read.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/ascii.h"
#include "lib/base/fault.h"
#include "lib/base/file.h"
#include "lib/index/varint.h"
#include "query/batch/external_sort.h"

enum {
	PARTS_MAX = 32,  /* before they are merged into one */
	BLOCK = 1 << 16, /* bytes that are written at once */
};

#define WRITE_CALL(call) (fault_hit(FAULT_WRITE) ? (errno = ENOSPC, -1) : (call))

static const char hint[] = "check the free space";

/* A file of records in the order of their keys. */
struct part {
	uint64_t number;
	uint64_t size;
	int descriptor;
	bool named;
	/* While it is read: */
	struct slice bytes; /* mapped */
	size_t at;          /* behind `record` */
	struct external_sort_record record;
	bool ended;
};

struct record_place {
	size_t key; /* offset in `bytes` */
	size_t key_length;
	size_t value_length; /* the value follows its key */
};

struct external_sort {
	struct external_sort_options options;
	struct buffer bytes;
	struct record_place *places;
	size_t count;
	size_t capacity;
	struct part *parts;
	size_t part_count;
	size_t part_capacity;
	uint64_t *merged; /* numbers of named parts that are in others */
	size_t merged_count;
	size_t merged_capacity;
	uint64_t next_number;
	size_t next;                       /* of places, while they are read */
	struct external_sort_record ahead; /* the record that is read next ... */
	bool has_ahead, started;           /* ... where there is one; and whether the first one was looked for */
	struct buffer combined;            /* the value of the record that was given last */
	bool leave;
};

/* ---- records in memory ---- */

static struct slice key_of(const struct external_sort *s, size_t i)
{
	return (struct slice){ s->bytes.at + s->places[i].key, s->places[i].key_length };
}

static struct slice value_of(const struct external_sort *s, size_t i)
{
	const struct record_place *h = &s->places[i];
	return (struct slice){ s->bytes.at + h->key + h->key_length, h->value_length };
}

/* As a merge sort, which keeps the order of equal keys. */
static void merge(const struct external_sort *s, const struct record_place *from, size_t middle, size_t count,
		  struct record_place *to)
{
	size_t a = 0, b = middle;
	for (size_t i = 0; i < count; i++) {
		bool second = a == middle;
		if (a < middle && b < count) {
			struct slice x = { s->bytes.at + from[a].key, from[a].key_length };
			struct slice y = { s->bytes.at + from[b].key, from[b].key_length };
			second = slice_compare(y, x) < 0;
		}
		to[i] = second ? from[b++] : from[a++];
	}
}

static bool sort_memory(struct external_sort *s, struct error *err)
{
	if (s->count < 2)
		return true;
	struct record_place *other = memory_resize(NULL, s->count * sizeof *other), *from = s->places, *to = other;
	if (!other)
		return error_no_memory(err);
	for (size_t width = 1; width < s->count; width *= 2) {
		for (size_t i = 0; i < s->count; i += 2 * width) {
			size_t left = s->count - i, count = left < 2 * width ? left : 2 * width;
			merge(s, from + i, width < count ? width : count, count, to + i);
		}
		struct record_place *swap = from;
		from = to;
		to = swap;
	}
	if (from != s->places)
		memcpy(s->places, from, s->count * sizeof *from);
	memory_free(other);
	return true;
}

/* ---- parts ---- */

static bool part_name(const struct external_sort *s, uint64_t number, struct buffer *out, struct error *err)
{
	buffer_clear(out);
	return buffer_printf(out, err, "%s.part-%" PRIu64, s->options.beside, number) && buffer_terminate(out, err);
}

static void remove_part(const struct external_sort *s, uint64_t number)
{
	struct buffer name = { 0 };
	if (part_name(s, number, &name, NULL))
		unlink(name.at);
	buffer_free(&name);
}

/* A part of an earlier run (`flags` 0), or a new one, whose number is the next that is free.  A part that loses its name
 * at once may meet files of another sort that keep theirs: it takes the place of none. */
static bool open_part(struct external_sort *s, uint64_t number, int flags, struct part *out, struct error *err)
{
	struct buffer name = { 0 };
	*out = (struct part){ .descriptor = -1, .named = s->options.named };
	bool ok, taken;
	do {
		ok = part_name(s, number, &name, err);
		if (ok)
			out->descriptor = WRITE_CALL(open(name.at, O_RDWR | O_CLOEXEC | flags, 0600));
		taken = ok && out->descriptor < 0 && errno == EEXIST;
		out->number = number++;
	} while (taken);
	if (ok && out->descriptor < 0)
		ok = error_set_errno(err, errno, NULL, "cannot open %s", name.at);
	if (ok && !s->options.named)
		unlink(name.at);
	if (s->next_number < number)
		s->next_number = number;
	buffer_free(&name);
	return ok;
}

static void close_part(struct part *p)
{
	if (p->descriptor >= 0)
		close(p->descriptor);
	file_unmap(p->bytes);
}

static bool write_block(struct part *p, struct buffer *block, struct error *err)
{
	size_t done = 0;
	while (done < block->length) {
		ssize_t n = WRITE_CALL(write(p->descriptor, block->at + done, block->length - done));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return error_set_errno(err, n < 0 ? errno : EIO, hint,
					       "cannot write a part of the review queue");
		done += (size_t)n;
	}
	p->size += done;
	buffer_clear(block);
	return true;
}

static bool write_record(struct part *p, const struct external_sort_record *r, struct buffer *block, struct error *err)
{
	return pack_string(block, r->key, err) && pack_string(block, r->value, err) &&
	       (block->length < BLOCK || write_block(p, block, err));
}

static bool add_part(struct external_sort *s, struct part *p, struct error *err)
{
	if (!ARRAY_RESERVE(s->parts, s->part_capacity, s->part_count + 1, err))
		return false;
	s->parts[s->part_count++] = *p;
	return true;
}

/* ---- reading: all records in order, those of equal keys combined ---- */

static bool malformed(struct error *err)
{
	return error_set(err, ERROR_INPUT, "begin anew without --resume", "a part of the review queue is malformed");
}

/* The next record of a part into p->record. */
static bool advance(struct part *p, struct error *err)
{
	struct unpack u = unpack_begin((struct slice){ p->bytes.at + p->at, p->bytes.length - p->at });
	p->ended = p->at == p->bytes.length;
	if (p->ended)
		return true;
	p->record.key = unpack_string(&u);
	p->record.value = unpack_string(&u);
	p->at = (size_t)((const char *)u.at - p->bytes.at);
	return !u.bad || malformed(err);
}

/* Begin to read what is in memory, or all parts. */
static bool rewind_all(struct external_sort *s, struct error *err)
{
	s->next = 0;
	s->started = false;
	for (size_t i = 0; i < s->part_count; i++) {
		struct part *p = &s->parts[i];
		file_unmap(p->bytes);
		p->at = 0;
		if (!file_map_descriptor(p->descriptor, "a part of the review queue", &p->bytes, err))
			return false;
		if (p->bytes.length != p->size)
			return malformed(err);
		if (!advance(p, err))
			return false;
	}
	return true;
}

/* The next record of those in memory, or of all parts, into s->ahead; equal keys in the order of adding. */
typedef bool (*record_source)(struct external_sort *s, struct error *err);

static bool next_in_memory(struct external_sort *s, struct error *err)
{
	(void)err;
	s->has_ahead = s->next < s->count;
	if (s->has_ahead) {
		s->ahead = (struct external_sort_record){ key_of(s, s->next), value_of(s, s->next) };
		s->next++;
	}
	return true;
}

static bool next_of_parts(struct external_sort *s, struct error *err)
{
	struct part *least = NULL;
	for (size_t i = 0; i < s->part_count; i++) {
		struct part *p = &s->parts[i];
		if (!p->ended && (!least || slice_compare(p->record.key, least->record.key) < 0))
			least = p;
	}
	s->has_ahead = least != NULL;
	if (!least)
		return true;
	s->ahead = least->record;
	return advance(least, err);
}

/* Records stay where they are while they are read: only combined values are copied. */
static bool next_record(struct external_sort *s, record_source next, struct external_sort_record *out, bool *found,
			struct error *err)
{
	if (!s->started && !next(s, err))
		return false;
	s->started = true;
	*found = s->has_ahead;
	*out = s->ahead;
	if (!*found)
		return true;
	if (!next(s, err))
		return false;
	if (!s->options.combine || !s->has_ahead || !slice_equal(s->ahead.key, out->key))
		return true;
	buffer_clear(&s->combined);
	if (!buffer_append(&s->combined, out->value.at, out->value.length, err))
		return false;
	while (s->has_ahead && slice_equal(s->ahead.key, out->key)) {
		struct buffer both = { 0 };
		bool ok = s->options.combine(buffer_slice(&s->combined), s->ahead.value, &both, err);
		buffer_free(&s->combined);
		s->combined = both;
		if (!ok || !next(s, err))
			return false;
	}
	out->value = buffer_slice(&s->combined);
	return true;
}

/* ---- writing ---- */

/* Write all records that `next` gives to a new part. */
static bool write_part(struct external_sort *s, record_source next, struct part *p, struct error *err)
{
	struct external_sort_record r;
	struct buffer block = { 0 };
	bool found, ok = open_part(s, s->next_number, O_CREAT | (s->options.named ? O_TRUNC : O_EXCL), p, err);
	while (ok && (ok = next_record(s, next, &r, &found, err)) && found)
		ok = write_record(p, &r, &block, err);
	ok = ok && write_block(p, &block, err) &&
	     (!p->named || WRITE_CALL(fdatasync(p->descriptor)) == 0 ||
	      error_set_errno(err, errno, hint, "cannot write a part of the review queue"));
	buffer_free(&block);
	if (ok)
		return true;
	if (p->descriptor >= 0 && p->named)
		remove_part(s, p->number);
	close_part(p);
	return false;
}

/* Many parts become one. */
static bool merge_parts(struct external_sort *s, struct error *err)
{
	struct part one;
	if (!ARRAY_RESERVE(s->merged, s->merged_capacity, s->merged_count + s->part_count, err) ||
	    !rewind_all(s, err) || !write_part(s, next_of_parts, &one, err))
		return false;
	for (size_t i = 0; i < s->part_count; i++) {
		s->merged[s->merged_count] = s->parts[i].number;
		s->merged_count += s->parts[i].named;
		close_part(&s->parts[i]);
	}
	s->parts[0] = one;
	s->part_count = 1;
	return true;
}

bool external_sort_new(const struct external_sort_options *options, struct external_sort **out, struct error *err)
{
	*out = memory_new(sizeof **out, err);
	if (*out)
		(*out)->options = *options;
	return *out != NULL;
}

bool external_sort_flush(struct external_sort *s, struct error *err)
{
	struct part p;
	if (s->count == 0)
		return true;
	s->next = 0;
	s->started = false;
	if (!sort_memory(s, err) || !write_part(s, next_in_memory, &p, err))
		return false;
	if (!add_part(s, &p, err)) {
		close_part(&p);
		return false;
	}
	s->count = 0;
	buffer_clear(&s->bytes);
	return s->part_count < PARTS_MAX || merge_parts(s, err);
}

bool external_sort_add(struct external_sort *s, struct slice key, struct slice value, struct error *err)
{
	if (s->bytes.length + s->count * sizeof *s->places > s->options.memory && !external_sort_flush(s, err))
		return false;
	if (!ARRAY_RESERVE(s->places, s->capacity, s->count + 1, err))
		return false;
	struct record_place h = { s->bytes.length, key.length, value.length };
	if (!buffer_append(&s->bytes, key.at, key.length, err) ||
	    !buffer_append(&s->bytes, value.at, value.length, err))
		return false;
	s->places[s->count++] = h;
	return true;
}

size_t external_sort_parts(const struct external_sort *s)
{
	return s->part_count;
}

void external_sort_part(const struct external_sort *s, size_t part, uint64_t *number, uint64_t *size)
{
	*number = s->parts[part].number;
	*size = s->parts[part].size;
}

bool external_sort_restore(struct external_sort *s, uint64_t number, uint64_t size, struct error *err)
{
	struct part p;
	struct stat st;
	if (!open_part(s, number, 0, &p, err))
		return false;
	if (fstat(p.descriptor, &st) != 0 || (uint64_t)st.st_size != size) {
		close_part(&p);
		return error_set(err, ERROR_INPUT, "begin anew without --resume",
				 "a part of the review queue is not what it was");
	}
	p.size = size;
	if (add_part(s, &p, err))
		return true;
	close_part(&p);
	return false;
}

void external_sort_forget_merged(struct external_sort *s)
{
	for (size_t i = 0; i < s->merged_count; i++)
		remove_part(s, s->merged[i]);
	s->merged_count = 0;
}

bool external_sort_rewind(struct external_sort *s, struct error *err)
{
	/* Records that fit into memory need no part. */
	return (s->part_count ? external_sort_flush(s, err) : sort_memory(s, err)) && rewind_all(s, err);
}

bool external_sort_next(struct external_sort *s, struct external_sort_record *out, bool *found, struct error *err)
{
	return next_record(s, s->part_count ? next_of_parts : next_in_memory, out, found, err);
}

/* ---- the end ---- */

static bool is_part_of(const char *name, const char *file)
{
	static const char mark[] = ".part-";
	size_t length = strlen(file);
	if (strncmp(name, file, length) != 0 || strncmp(name + length, mark, sizeof mark - 1) != 0)
		return false;
	const char *at = name + length + sizeof mark - 1;
	bool any = *at != '\0';
	while (ascii_is_digit(*at))
		at++;
	return any && *at == '\0';
}

/* All named parts, also those that a process wrote that was killed before it could remember them. */
static void remove_parts(const struct external_sort *s)
{
	const char *slash = strrchr(s->options.beside, '/'), *file = slash ? slash + 1 : s->options.beside;
	struct buffer folder = { 0 };
	bool ok = slash ? buffer_append(&folder, s->options.beside, (size_t)(slash - s->options.beside) + 1, NULL)
			: buffer_append_text(&folder, ".", NULL);
	DIR *d = ok && buffer_terminate(&folder, NULL) ? opendir(folder.at) : NULL;
	const struct dirent *entry;
	while (d && (entry = readdir(d)) != NULL)
		if (is_part_of(entry->d_name, file))
			unlinkat(dirfd(d), entry->d_name, 0);
	if (d)
		closedir(d);
	buffer_free(&folder);
}

void external_sort_leave(struct external_sort *s)
{
	if (s)
		s->leave = true;
	external_sort_free(s);
}

void external_sort_free(struct external_sort *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->part_count; i++)
		close_part(&s->parts[i]);
	if (s->options.named && !s->leave)
		remove_parts(s);
	buffer_free(&s->bytes);
	buffer_free(&s->combined);
	memory_free(s->places);
	memory_free(s->parts);
	memory_free(s->merged);
	memory_free(s);
}
