// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>

#include "lib/index/group.h"

bool groups_pack(const struct groups *g, struct buffer *out, struct error *err)
{
	bool ok = pack_number(out, g->count, err);
	for (size_t i = 0; ok && i < g->count; i++)
		ok = pack_string(out, g->at[i].code, err) && pack_string(out, g->at[i].title, err) &&
		     pack_number(out, g->at[i].source, err);
	return ok;
}

bool groups_pack_titles(const struct groups *g, struct buffer *out, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < g->count; i++) {
		ok = pack_number(out, g->at[i].title_count, err);
		for (size_t k = 0; ok && k < g->at[i].title_count; k++)
			ok = pack_string(out, g->at[i].titles[k], err);
	}
	return ok;
}

static bool refuse_damage(struct error *err)
{
	return error_set(err, ERROR_DAMAGED, "run soc-index verify FILE.soc, and build the index anew",
			 "the record of groups is malformed");
}

bool groups_unpack(struct slice bytes, struct arena *arena, struct groups *out, struct error *err)
{
	struct unpack u = unpack_begin(bytes);
	*out = (struct groups){ 0 };
	uint64_t count = unpack_number(&u);
	if (count > bytes.length / 3)
		u.bad = true;
	count = u.bad ? 0 : count;
	out->at = arena_alloc(arena, (count + 1) * sizeof *out->at, err);
	if (!out->at)
		return false;
	for (; out->count < count; out->count++) {
		struct group *g = &out->at[out->count];
		g->code = unpack_string(&u);
		g->title = unpack_string(&u);
		g->source = (uint32_t)unpack_number(&u);
	}
	return (!u.bad && u.at == u.end) || refuse_damage(err);
}

static bool unpack_titles(struct unpack *u, struct arena *arena, struct group *g, struct error *err)
{
	uint64_t count = unpack_number(u);
	u->bad |= count > (uint64_t)(u->end - u->at);
	g->title_count = u->bad ? 0 : (size_t)count;
	g->titles = arena_alloc(arena, (g->title_count + 1) * sizeof *g->titles, err);
	for (size_t k = 0; g->titles && k < g->title_count; k++)
		g->titles[k] = unpack_string(u);
	return g->titles != NULL;
}

bool groups_unpack_titles(struct slice bytes, struct arena *arena, struct groups *g, struct error *err)
{
	struct unpack u = unpack_begin(bytes);
	for (size_t i = 0; i < g->count; i++)
		if (!unpack_titles(&u, arena, &g->at[i], err))
			return false;
	return (!u.bad && u.at == u.end) || refuse_damage(err);
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
