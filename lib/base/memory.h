// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * memory.h - borrowed bytes, growing buffers, arenas.
 *
 *   slice    a (pointer, length) pair that borrows: who owns the bytes is said where it is declared
 *   buffer   bytes that grow, owned by the buffer
 *   arena    many small pieces with one common end: a phase of a build, one answer
 *
 * All of them get their memory from memory_resize(), which a build with -DSOC_FAULTS can make fail at any
 * one call (fault.h).  Code that needs a bare heap block uses the same door.
 */
#ifndef SOC_BASE_MEMORY_H
#define SOC_BASE_MEMORY_H

#include <stdarg.h>
#include <string.h>

#include "lib/base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

struct slice {
	const char *at; /* not NUL-terminated; NULL only with length 0 */
	size_t length;  /* bytes */
};

#define SLICE(literal) ((struct slice){ (literal), sizeof(literal) - 1 })

static inline struct slice slice_of(const char *text)
{
	struct slice s = { text, text ? strlen(text) : 0 };
	return s;
}

static inline bool slice_equal(struct slice a, struct slice b)
{
	return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

static inline bool slice_begins(struct slice s, struct slice with)
{
	return s.length >= with.length && (with.length == 0 || memcmp(s.at, with.at, with.length) == 0);
}

/* Take `with` off the front of *s; false where it does not stand there. */
static inline bool slice_skip(struct slice *s, struct slice with)
{
	if (!slice_begins(*s, with))
		return false;
	*s = (struct slice){ s->at + with.length, s->length - with.length };
	return true;
}

/* Order by bytes, the shorter first where one begins the other; <0, 0, >0. */
int slice_compare(struct slice a, struct slice b);

/* Equal but for the case of ASCII letters. */
bool slice_equal_nocase(struct slice a, struct slice b);
bool slice_begins_nocase(struct slice s, struct slice with);
bool slice_ends_nocase(struct slice s, struct slice with);

/* Without ASCII white space (and U+00A0) at both ends. */
struct slice slice_trim(struct slice s);

/* ---- heap ---- */

/* As realloc(): NULL where memory is short or size is 0, and `old` stays.  The bytes are not cleared. */
void *memory_resize(void *old, size_t size);
/* As calloc() for one piece of `size` bytes; NULL with ERROR_MEMORY. */
void *memory_new(size_t size, struct error *err);
void memory_free(void *old);

/* Ask the system for large pages behind the heap of a program that lives for one answer: every page of 4 KB that is
 * touched first costs a fault, and an answer touches thousands.  Where that cannot be had, nothing changes. */
void memory_prepare(void);

/* ---- buffer: zero-initialise, use, buffer_free ----
 *
 * A failure is sticky: once memory was short, *err says so, the content stays as it is, and everything that is appended
 * later is dropped with false, until buffer_clear() or buffer_free().  So a writer may append in sequence and ask once
 * at the end, by what the last call returned or by buffer_ok(). */

struct buffer {
	char *at;
	size_t length; /* bytes in use */
	size_t capacity; /* bytes that may be used; equal to length after a failure, so that each append comes to buffer_grow() */
	bool failed;
};

/* For buffer_reserve(), where there is no room yet. */
bool buffer_grow(struct buffer *b, size_t more, struct error *err);
/* Make room for `more` bytes beyond length.  False with ERROR_MEMORY; the content stays. */
static inline bool buffer_reserve(struct buffer *b, size_t more, struct error *err)
{
	return more <= b->capacity - b->length || buffer_grow(b, more, err);
}

static inline bool buffer_append(struct buffer *b, const void *bytes, size_t length, struct error *err)
{
	if (length == 0)
		return !b->failed;
	if (!buffer_reserve(b, length, err))
		return false;
	memcpy(b->at + b->length, bytes, length);
	b->length += length;
	return true;
}

static inline bool buffer_append_text(struct buffer *b, const char *text, struct error *err)
{
	return buffer_append(b, text, strlen(text), err);
}

static inline bool buffer_append_byte(struct buffer *b, char byte, struct error *err)
{
	if (!buffer_reserve(b, 1, err))
		return false;
	b->at[b->length++] = byte;
	return true;
}

bool buffer_printf(struct buffer *b, struct error *err, const char *format, ...) ERROR_PRINTF(3, 4);
bool buffer_vprintf(struct buffer *b, struct error *err, const char *format, va_list arguments) ERROR_PRINTF(3, 0);
/* Put a NUL behind the content (not counted in length). */
bool buffer_terminate(struct buffer *b, struct error *err);
/* Release the memory; the buffer is empty and usable again. */
void buffer_free(struct buffer *b);

/* Whether all that was appended since the last buffer_clear() is there. */
static inline bool buffer_ok(const struct buffer *b)
{
	return !b->failed;
}

/* Drop what lies behind the first `length` bytes; a failure stays. */
static inline void buffer_cut(struct buffer *b, size_t length)
{
	b->length = length;
	if (b->failed)
		b->capacity = length;
}

/* Empty, with its memory, and without the failure. */
static inline void buffer_clear(struct buffer *b)
{
	b->length = 0;
	b->failed = false;
}

static inline struct slice buffer_slice(const struct buffer *b)
{
	struct slice s = { b->at, b->length };
	return s;
}

/* ---- arena: zero-initialise, use, arena_free ----
 *
 * Each piece that memory was short for is NULL, with ERROR_MEMORY, and is remembered: a caller that reads none of the
 * pieces meanwhile may ask for them in sequence and then once for arena_ok().  A later piece may succeed again, as an
 * arena may outlive the call that failed. */

struct arena_block;

struct arena {
	struct arena_block *blocks;
	char *next;
	char *end;
	size_t total; /* bytes asked of the system */
	bool failed;
};

/* `size` bytes, aligned for any object, zeroed; NULL with ERROR_MEMORY. */
void *arena_alloc(struct arena *a, size_t size, struct error *err);
/* The same for what is written over at once: the bytes are whatever they were. */
void *arena_room(struct arena *a, size_t size, struct error *err);
/* A copy of `s` with a NUL behind it; .at is NULL on failure (an empty slice copies to a non-NULL ""). */
struct slice arena_copy(struct arena *a, struct slice s, struct error *err);
/* Whether memory was there for all pieces since the last arena_reset(). */
static inline bool arena_ok(const struct arena *a)
{
	return !a->failed;
}

/* Forget all pieces and the failure, keep one block for the next use. */
void arena_reset(struct arena *a);
/* Release everything. */
void arena_free(struct arena *a);

/* ---- arrays that grow ---- */

/* Make room for `wanted` elements in the array that the pointer `at` names (heap, of `capacity` elements; both are
 * lvalues); growth is geometric.  False with ERROR_MEMORY and the array as it was. */
#define ARRAY_RESERVE(at, capacity, wanted, err) array_reserve(&(at), &(capacity), (wanted), sizeof *(at), (err))
/* Put one more element, `...`, behind the `count` that are there; false with ERROR_MEMORY and nothing changed. */
#define ARRAY_ADD(at, count, capacity, err, ...) \
	(ARRAY_RESERVE(at, capacity, (count) + 1, err) && ((at)[(count)++] = __VA_ARGS__, true))

/* What ARRAY_RESERVE() stands for: `items` is the address of a pointer to any type of object of `size` bytes. */
bool array_grow(void *items, size_t *capacity, size_t needed, size_t size, struct error *err);
static inline bool array_reserve(void *items, size_t *capacity, size_t needed, size_t size, struct error *err)
{
	return needed <= *capacity || array_grow(items, capacity, needed, size, err);
}

#ifdef __cplusplus
}
#endif
#endif
