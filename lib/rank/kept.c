// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/rank/kept.h"

/* A pair has two bytes or more. */
#define PAIR_LEAST 2

void kept_free(struct kept *k)
{
	for (size_t i = 0; k->lists && i < KEPT_LISTS; i++)
		memory_free(k->lists[i].at);
	memory_free(k->lists);
	k->lists = NULL;
}

static struct kept_list *place_of(const struct kept *k, const char *list)
{
	return &k->lists[((uintptr_t)list * 0x9E3779B97F4A7C15u) >> 32 & (KEPT_LISTS - 1)];
}

static bool decode(struct kept_list *l, struct slice list, const struct units *occupations, struct error *err)
{
	l->of = NULL;
	if (!array_reserve((void **)&l->at, &l->room, list.length / PAIR_LEAST + 1, sizeof *l->at, err))
		return false;
	l->count = holdings_decode(list, occupations, occupations->count, l->at);
	l->of = list.at;
	return true;
}

bool kept_find(struct kept *k, struct slice list, const struct units *occupations, struct kept_list **out, bool *fresh,
	       struct error *err)
{
	*out = NULL;
	*fresh = false;
	if (list.length == 0)
		return true;
	if (!k->lists)
		k->lists = memory_new(KEPT_LISTS * sizeof *k->lists, err);
	if (!k->lists)
		return false;
	struct kept_list *l = place_of(k, list.at);
	*fresh = l->of != list.at;
	if (*fresh && !decode(l, list, occupations, err))
		return false;
	*out = l;
	return true;
}
