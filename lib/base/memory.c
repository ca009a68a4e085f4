// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * memory.c - slices, heap, buffers, arenas and arrays.
 */
#define _DEFAULT_SOURCE /* sbrk(), madvise() */
#include "lib/base/memory.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

#include "lib/base/ascii.h"
#include "lib/base/fault.h"

/* ---- slices ---- */

int slice_compare(struct slice a, struct slice b)
{
	size_t common = a.length < b.length ? a.length : b.length;
	int order = common > 0 ? memcmp(a.at, b.at, common) : 0;
	if (order != 0)
		return order;
	return a.length < b.length ? -1 : a.length > b.length;
}

bool slice_equal_nocase(struct slice a, struct slice b)
{
	if (a.length != b.length)
		return false;
	for (size_t i = 0; i < a.length; i++)
		if (ascii_to_lower(a.at[i]) != ascii_to_lower(b.at[i]))
			return false;
	return true;
}

bool slice_begins_nocase(struct slice s, struct slice with)
{
	return s.length >= with.length && slice_equal_nocase((struct slice){ s.at, with.length }, with);
}

bool slice_ends_nocase(struct slice s, struct slice with)
{
	return s.length >= with.length &&
	       slice_equal_nocase((struct slice){ s.at + s.length - with.length, with.length }, with);
}

static bool ascii_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct slice slice_trim(struct slice s)
{
	for (size_t blank = 1; blank > 0 && s.length > 0;) {
		blank = ascii_space(s.at[0]) ? 1 : s.length >= 2 && memcmp(s.at, "\xC2\xA0", 2) == 0 ? 2 : 0;
		s = (struct slice){ s.at + blank, s.length - blank };
	}
	for (size_t blank = 1; blank > 0 && s.length > 0; s.length -= blank) {
		const char *end = s.at + s.length;
		blank = ascii_space(end[-1]) ? 1 : s.length >= 2 && memcmp(end - 2, "\xC2\xA0", 2) == 0 ? 2 : 0;
	}
	return s;
}

/* ---- heap ---- */

#if defined(__GLIBC__) && defined(MADV_HUGEPAGE)

#define LARGE_PAGE ((uintptr_t)2 << 20)
#define HEAP_AHEAD (48 << 20)
#define PROBE (256u << 10)

void memory_prepare(void)
{
	/* The heap grows once, by all of this; only what is touched of it takes memory.  Large pieces come from it
	 * too. */
	mallopt(M_TOP_PAD, HEAP_AHEAD);
	mallopt(M_MMAP_THRESHOLD, HEAP_AHEAD);
	mallopt(M_TRIM_THRESHOLD, 4 * HEAP_AHEAD);
	/* The probe is more than the heap has at the beginning.  No byte of the first large page may be touched before
	 * it is one. */
	uintptr_t from = ((uintptr_t)sbrk(0) + PROBE + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
	void *volatile first = malloc(PROBE);
	uintptr_t begin = (uintptr_t)first;
	free(first);
	uintptr_t end = (uintptr_t)sbrk(0) / LARGE_PAGE * LARGE_PAGE;
	if (begin == 0 || end <= from || madvise((void *)from, end - from, MADV_HUGEPAGE) != 0)
		return;
	/* Memory is handed out from the beginning: what lies before the first large page is passed over, and never
	 * touched. */
	static void *volatile passed;
	passed = begin < from ? malloc(from - begin) : NULL;
	(void)passed;
}

#else

void memory_prepare(void)
{
}

#endif

void *memory_resize(void *old, size_t size)
{
	/* realloc(p, 0) may free p: C leaves it open, so it is never asked. */
	if (size == 0 || fault_hit(FAULT_MEMORY))
		return NULL;
	return realloc(old, size);
}

void *memory_new(size_t size, struct error *err)
{
	/* calloc() does not touch the pages of a large piece, which come zeroed, and cost nothing until used. */
	void *fresh = fault_hit(FAULT_MEMORY) ? NULL : calloc(1, size > 0 ? size : 1);
	if (!fresh)
		error_no_memory(err);
	return fresh;
}

void memory_free(void *old)
{
	free(old);
}

/* ---- buffers ---- */

bool buffer_grow(struct buffer *b, size_t more, struct error *err)
{
	size_t needed = b->length + more;
	size_t capacity = b->capacity < 64 ? 64 : b->capacity;
	while (capacity < needed)
		capacity = capacity > SIZE_MAX / 2 ? needed : capacity * 2;
	char *at = b->failed || more > SIZE_MAX - b->length ? NULL : memory_resize(b->at, capacity);
	if (!at) {
		b->failed = true;
		b->capacity = b->length;
		return error_no_memory(err);
	}
	b->at = at;
	b->capacity = capacity;
	return true;
}

bool buffer_vprintf(struct buffer *b, struct error *err, const char *format, va_list arguments)
{
	va_list again;
	char small[256];

	va_copy(again, arguments);
	int wanted = vsnprintf(small, sizeof small, format, again);
	va_end(again);
	if (wanted < 0)
		return error_set(err, ERROR_INTERNAL, NULL, "a text could not be formatted");

	size_t length = (size_t)wanted;
	if (length < sizeof small)
		return buffer_append(b, small, length, err);
	if (!buffer_reserve(b, length + 1, err))
		return false;
	vsnprintf(b->at + b->length, length + 1, format, arguments);
	b->length += length;
	return true;
}

bool buffer_printf(struct buffer *b, struct error *err, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	bool ok = buffer_vprintf(b, err, format, arguments);
	va_end(arguments);
	return ok;
}

bool buffer_terminate(struct buffer *b, struct error *err)
{
	if (!buffer_reserve(b, 1, err))
		return false;
	b->at[b->length] = '\0';
	return true;
}

void buffer_free(struct buffer *b)
{
	memory_free(b->at);
	memset(b, 0, sizeof *b);
}

/* ---- arenas ---- */

enum { ARENA_FIRST = 4096, ARENA_LARGEST = 1 << 20 };

struct arena_block {
	struct arena_block *older;
	size_t size; /* bytes behind the header */
	alignas(max_align_t) char bytes[];
};

static void *arena_fail(struct arena *a, struct error *err)
{
	a->failed = true;
	error_no_memory(err);
	return NULL;
}

static struct arena_block *arena_block_new(struct arena *a, size_t size, struct error *err)
{
	struct arena_block *block = NULL;
	if (size <= SIZE_MAX - sizeof *block)
		block = memory_resize(NULL, sizeof *block + size);
	if (!block)
		return arena_fail(a, err);
	block->older = NULL;
	block->size = size;
	a->total += sizeof *block + size;
	return block;
}

void *arena_room(struct arena *a, size_t size, struct error *err)
{
	size_t align = alignof(max_align_t);
	if (size > SIZE_MAX - align)
		return arena_fail(a, err);
	/* An empty piece still has an address of its own. */
	size_t room = size == 0 ? align : (size + align - 1) / align * align;

	if (room > (size_t)(a->end - a->next)) {
		size_t usual = a->blocks ? a->blocks->size * 2 : ARENA_FIRST;
		if (usual > ARENA_LARGEST)
			usual = ARENA_LARGEST;
		if (a->blocks && room > usual / 2) {
			/* Large pieces get a block of their own behind the current one, so that what is
			 * left of that is not lost. */
			struct arena_block *own = arena_block_new(a, room, err);
			if (!own)
				return NULL;
			own->older = a->blocks->older;
			a->blocks->older = own;
			return own->bytes;
		}
		struct arena_block *block = arena_block_new(a, room > usual ? room : usual, err);
		if (!block)
			return NULL;
		block->older = a->blocks;
		a->blocks = block;
		a->next = block->bytes;
		a->end = block->bytes + block->size;
	}
	void *piece = a->next;
	a->next += room;
	return piece;
}

void *arena_alloc(struct arena *a, size_t size, struct error *err)
{
	void *piece = arena_room(a, size, err);
	return piece ? memset(piece, 0, size) : NULL;
}

struct slice arena_copy(struct arena *a, struct slice s, struct error *err)
{
	struct slice copy = { NULL, 0 };
	/* Text needs no alignment, but a common path is worth more than the few bytes saved. */
	char *at = s.length < SIZE_MAX ? arena_room(a, s.length + 1, err) : arena_fail(a, err);
	if (at) {
		if (s.length > 0)
			memcpy(at, s.at, s.length);
		at[s.length] = '\0';
		copy.at = at;
		copy.length = s.length;
	}
	return copy;
}

static void arena_drop_older(struct arena *a, struct arena_block *block)
{
	while (block) {
		struct arena_block *older = block->older;
		a->total -= sizeof *block + block->size;
		memory_free(block);
		block = older;
	}
}

void arena_reset(struct arena *a)
{
	a->failed = false;
	if (!a->blocks)
		return;
	arena_drop_older(a, a->blocks->older);
	a->blocks->older = NULL;
	a->next = a->blocks->bytes;
	a->end = a->blocks->bytes + a->blocks->size;
}

void arena_free(struct arena *a)
{
	arena_drop_older(a, a->blocks);
	memset(a, 0, sizeof *a);
}

/* ---- arrays ---- */

bool array_grow(void *items, size_t *capacity, size_t needed, size_t size, struct error *err)
{
	size_t limit = SIZE_MAX / 2 / (size > 0 ? size : 1);
	if (needed > limit)
		return error_no_memory(err);
	size_t grown = *capacity < 8 ? 8 : *capacity;
	while (grown < needed)
		grown = grown > limit / 2 ? limit : grown + grown / 2;
	/* The caller's pointer has a type of its own: it is read and written as bytes, never as a void *. */
	void *at;
	memcpy(&at, items, sizeof at);
	at = memory_resize(at, grown * size);
	if (!at)
		return error_no_memory(err);
	memcpy(items, &at, sizeof at);
	*capacity = grown;
	return true;
}
