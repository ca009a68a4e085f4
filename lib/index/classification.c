// SPDX-License-Identifier: GPL-3.0-or-later
/* classification.c - records of what codes and numbers mean: Job Zones and categories, SOC groups, crosswalks. */
#include <stdlib.h>

#include "lib/index/classification.h"

bool reference_pack(const struct reference *r, struct buffer *out, struct error *err)
{
	bool ok = pack_number(out, r->zone_count, err);
	for (size_t i = 0; ok && i < r->zone_count; i++) {
		const struct zone_reference *z = &r->zones[i];
		ok = pack_number(out, z->zone, err) && pack_string(out, z->name, err) && pack_string(out, z->svp, err);
		for (size_t k = 0; ok && k < ZONE_TEXT_COUNT; k++)
			ok = pack_string(out, z->texts[k], err);
	}
	ok = ok && pack_number(out, r->category_count, err);
	for (size_t i = 0; ok && i < r->category_count; i++) {
		const struct category_reference *c = &r->categories[i];
		ok = pack_string(out, c->element, err) && pack_string(out, c->name, err) &&
		     pack_string(out, c->scale, err) && pack_number(out, c->category, err) &&
		     pack_string(out, c->text, err);
	}
	return ok;
}

/* A count that is believable: each entry takes at least four bytes. */
static size_t unpack_count(struct unpack *u)
{
	uint64_t count = unpack_number(u);
	u->bad |= count > (uint64_t)(u->end - u->at) / 4;
	return u->bad ? 0 : (size_t)count;
}

bool reference_unpack(struct slice bytes, struct arena *arena, struct reference *out, struct error *err)
{
	struct unpack u = unpack_begin(bytes);
	*out = (struct reference){ 0 };
	out->zone_count = unpack_count(&u);
	out->zones = arena_alloc(arena, (out->zone_count + 1) * sizeof *out->zones, err);
	if (!out->zones)
		return false;
	for (size_t i = 0; i < out->zone_count; i++) {
		struct zone_reference *z = &out->zones[i];
		z->zone = (uint32_t)unpack_number(&u);
		z->name = unpack_string(&u);
		z->svp = unpack_string(&u);
		for (size_t k = 0; k < ZONE_TEXT_COUNT; k++)
			z->texts[k] = unpack_string(&u);
	}
	out->category_count = unpack_count(&u);
	out->categories = arena_alloc(arena, (out->category_count + 1) * sizeof *out->categories, err);
	if (!out->categories)
		return false;
	for (size_t i = 0; i < out->category_count; i++) {
		struct category_reference *c = &out->categories[i];
		c->element = unpack_string(&u);
		c->name = unpack_string(&u);
		c->scale = unpack_string(&u);
		c->category = (uint32_t)unpack_number(&u);
		c->text = unpack_string(&u);
	}
	if (u.bad || u.at != u.end)
		return error_set(err, ERROR_DAMAGED, "run soc-index verify FILE.soc, and build the index anew",
				 "the reference record is malformed");
	return true;
}

const struct zone_reference *reference_zone(const struct reference *r, uint32_t zone)
{
	for (size_t i = 0; i < r->zone_count; i++)
		if (r->zones[i].zone == zone)
			return &r->zones[i];
	return NULL;
}

const char *reference_zone_label(const struct reference *r, uint32_t zone, char label[ZONE_LABEL_SIZE])
{
	static const struct slice before = { "Job Zone ", 9 };
	const struct zone_reference *z = reference_zone(r, zone);
	size_t n = 0;
	if (z && z->name.length > before.length && memcmp(z->name.at, before.at, before.length) == 0)
		for (size_t i = before.length; i < z->name.length && n + 1 < ZONE_LABEL_SIZE &&
					       strchr("0123456789-", z->name.at[i]) && z->name.at[i];
		     i++)
			label[n++] = z->name.at[i];
	label[n] = '\0';
	if (n == 0)
		snprintf(label, ZONE_LABEL_SIZE, "%u", zone);
	return label;
}

const struct category_reference *reference_category(const struct reference *r, struct slice element, struct slice scale,
						    uint32_t category)
{
	for (size_t i = 0; i < r->category_count; i++) {
		const struct category_reference *c = &r->categories[i];
		if (c->category == category && slice_equal(c->element, element) && slice_equal(c->scale, scale))
			return c;
	}
	return NULL;
}

/* ---- group ---- */

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

/* ---- crosswalk ---- */

const char *edition_name(enum edition edition)
{
	static const char *const names[EDITION_COUNT] = {
#define EDITION_NAME(id, name) name,
		EDITION_TABLE(EDITION_NAME)
#undef EDITION_NAME
	};
	return names[edition];
}

bool crossings_pack(const struct crossings *c, struct buffer *out, struct error *err)
{
	bool ok = pack_number(out, c->count, err);
	for (size_t i = 0; ok && i < c->count; i++) {
		const struct crossing *x = &c->at[i];
		ok = pack_number(out, x->from_edition, err) && pack_number(out, x->to_edition, err) &&
		     pack_string(out, x->from, err) && pack_string(out, x->from_title, err) &&
		     pack_string(out, x->to, err) && pack_string(out, x->to_title, err) &&
		     pack_number(out, x->source, err);
	}
	return ok;
}

static enum edition unpack_edition(struct unpack *u)
{
	uint64_t edition = unpack_number(u);
	u->bad |= edition >= EDITION_COUNT;
	return edition < EDITION_COUNT ? (enum edition)edition : EDITION_SOC_2018;
}

bool crossings_unpack(struct slice bytes, struct arena *arena, struct crossings *out, struct error *err)
{
	struct unpack u = unpack_begin(bytes);
	*out = (struct crossings){ 0 };
	size_t count = unpack_number(&u);
	if (count > bytes.length / 7) /* each takes at least seven bytes */
		u.bad = true;
	out->at = arena_alloc(arena, (u.bad ? 1 : count + 1) * sizeof *out->at, err);
	if (!out->at)
		return false;
	for (; !u.bad && out->count < count; out->count++) {
		struct crossing *x = &out->at[out->count];
		x->from_edition = unpack_edition(&u);
		x->to_edition = unpack_edition(&u);
		x->from = unpack_string(&u);
		x->from_title = unpack_string(&u);
		x->to = unpack_string(&u);
		x->to_title = unpack_string(&u);
		x->source = (uint32_t)unpack_number(&u);
	}
	if (u.bad || u.at != u.end)
		return error_set(err, ERROR_DAMAGED, "run soc-index verify FILE.soc, and build the index anew",
				 "the record of crosswalks is malformed");
	return true;
}
