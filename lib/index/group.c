// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>

#include "lib/index/group.h"

bool groups_pack(const struct groups *g, struct buffer *out, struct error *err)
{
	bool ok = pack_number(out, g->count, err);
	for (size_t i = 0; ok && i < g->count; i++) {
		const struct group *group = &g->at[i];
		ok = pack_string(out, group->code, err) && pack_string(out, group->title, err) &&
		     pack_number(out, group->source, err) &&
		     pack_number(out, group->title_count, err);
		for (size_t k = 0; ok && k < group->title_count; k++)
			ok = pack_string(out, group->titles[k], err);
	}
	return ok;
}

static bool unpack_group(struct unpack *u, struct arena *arena, struct group *g, struct error *err)
{
	g->code = unpack_string(u);
	g->title = unpack_string(u);
	g->source = (uint32_t)unpack_number(u);
	g->title_count = unpack_number(u);
	if (g->title_count > (size_t)(u->end - u->at)) {
		u->bad = true;
		g->title_count = 0;
	}
	g->titles = arena_alloc(arena, (g->title_count + 1) * sizeof *g->titles, err);
	for (size_t k = 0; g->titles && k < g->title_count; k++)
		g->titles[k] = unpack_string(u);
	return g->titles != NULL;
}

bool groups_unpack(struct slice bytes, struct arena *arena, struct groups *out, struct error *err)
{
	struct unpack u = unpack_begin(bytes);
	*out = (struct groups){ 0 };
	uint64_t count = unpack_number(&u);
	if (count > bytes.length / 4)
		u.bad = true;
	count = u.bad ? 0 : count;
	out->at = arena_alloc(arena, (count + 1) * sizeof *out->at, err);
	if (!out->at)
		return false;
	for (; out->count < count; out->count++)
		if (!unpack_group(&u, arena, &out->at[out->count], err))
			return false;
	if (u.bad || u.at != u.end)
		return error_set(err, ERROR_DAMAGED, "run soc-index verify FILE.soc, and build the index anew",
				 "the record of groups is malformed");
	return true;
}

static int compare_code(const void *key, const void *item)
{
	const struct code *code = key;
	const struct group *group = item;
	return slice_compare(slice_of(code->text), group->code);
}

const struct group *groups_find(const struct groups *g, const struct code *code)
{
	return g->count ? bsearch(code, g->at, g->count, sizeof *g->at, compare_code) : NULL;
}
