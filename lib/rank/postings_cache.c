// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/rank/postings_cache.h"
#include "lib/rank/query_terms.h"
#include "lib/rank/simd.h"

/* A list can lie in so many places. */
#define SET_LISTS 4

void kept_free(struct kept *k)
{
	for (size_t i = 0; k->lists && i < KEPT_LISTS; i++)
		memory_free(k->lists[i].at);
	memory_free(k->lists);
	k->lists = NULL;
}

/* The place of a list, at the front of its set: its own, or that of the one that was not met for longest. */
static struct kept_list *find_place(const struct kept *k, const char *list)
{
	size_t set = (size_t)(((uint64_t)(uintptr_t)list * 0x9E3779B97F4A7C15u) >> 32) % (KEPT_LISTS / SET_LISTS);
	struct kept_list *front = &k->lists[set * SET_LISTS], found;
	size_t at = 0;
	while (at + 1 < SET_LISTS && front[at].of != list)
		at++;
	if (at == 0)
		return front;
	found = front[at];
	memmove(front + 1, front, at * sizeof *front);
	*front = found;
	return front;
}

static bool decode(struct kept_list *l, struct slice list, const struct documents *occupations, struct error *err)
{
	l->of = NULL;
	if (!ARRAY_RESERVE(l->at, l->room, postings_most(list) + 1, err))
		return false;
	l->count = postings_decode(list, occupations, occupations->count, l->at);
	l->of = list.at;
	return true;
}

bool kept_find(struct kept *k, struct slice list, const struct documents *occupations, struct kept_list **out,
	       bool *fresh, struct error *err)
{
	*out = NULL;
	*fresh = false;
	if (list.length == 0)
		return true;
	if (!k->lists)
		k->lists = memory_new(KEPT_LISTS * sizeof *k->lists, err);
	if (!k->lists)
		return false;
	struct kept_list *l = find_place(k, list.at);
	*fresh = l->of != list.at;
	if (*fresh && !decode(l, list, occupations, err))
		return false;
	*out = l;
	return true;
}

/* ---- dense ---- */

/* Bytes of a list that is worth it: a pair has two or more. */
#define LONG 200

void dense_free(struct dense *d)
{
	for (size_t i = 0; d->lists && i < DENSE_LISTS; i++)
		memory_free(d->lists[i].numbers);
	memory_free(d->lists);
	d->lists = NULL;
}

static struct dense_list *place_of(const struct dense *d, const char *list)
{
	return &d->lists[((uintptr_t)list * 0x9E3779B97F4A7C15u) >> 32 & (DENSE_LISTS - 1)];
}

static void unpack(struct slice list, size_t codes, float *numbers)
{
	struct posting_cursor p = posting_cursor_begin(list, codes);
	uint32_t code, number;
	memset(numbers, 0, vector_room(codes) * sizeof *numbers);
	while (posting_cursor_next(&p, &code, &number))
		numbers[code] = (float)number;
}

bool dense_find(struct dense *d, struct slice list, size_t codes, const float **out, struct error *err)
{
	*out = NULL;
	if (list.length < LONG)
		return true;
	if (!d->lists)
		d->lists = memory_new(DENSE_LISTS * sizeof *d->lists, err);
	if (!d->lists)
		return false;
	struct dense_list *l = place_of(d, list.at);
	if (!l->numbers)
		l->numbers = memory_new(vector_room(codes) * sizeof *l->numbers, err);
	if (!l->numbers)
		return false;
	if (l->of != list.at)
		unpack(list, codes, l->numbers);
	l->of = list.at;
	*out = l->numbers;
	return true;
}
