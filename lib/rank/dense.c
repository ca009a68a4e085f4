// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/rank/dense.h"
#include "lib/rank/terms.h"
#include "lib/rank/vector.h"

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
	struct postings p = postings_begin(list, codes);
	uint32_t code, number;
	memset(numbers, 0, vector_room(codes) * sizeof *numbers);
	while (postings_next(&p, &code, &number))
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
