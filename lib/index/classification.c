// SPDX-License-Identifier: GPL-3.0-or-later
/* classification.c - records of what codes and numbers mean: Job Zones and categories, SOC groups, crosswalks. */
#include <stdlib.h>

#include "lib/index/classification.h"

bool reference_pack(const struct reference *r, struct buffer *out, struct error *err)
{
	pack_number(out, r->zone_count, err);
	for (size_t i = 0; i < r->zone_count; i++) {
		const struct zone_reference *z = &r->zones[i];
		pack_number(out, z->zone, err);
		pack_string(out, z->name, err);
		pack_string(out, z->svp, err);
		for (size_t k = 0; k < ZONE_TEXT_COUNT; k++)
			pack_string(out, z->texts[k], err);
	}
	pack_number(out, r->category_count, err);
	for (size_t i = 0; i < r->category_count; i++) {
		const struct category_reference *c = &r->categories[i];
		pack_string(out, c->element, err);
		pack_string(out, c->name, err);
		pack_string(out, c->scale, err);
		pack_number(out, c->category, err);
		pack_string(out, c->text, err);
	}
	return buffer_ok(out);
}

bool reference_unpack(struct slice bytes, struct arena *arena, struct reference *out, struct error *err)
{
	struct unpack u = unpack_begin(bytes);
	*out = (struct reference){ 0 };
	out->zones = unpack_array(&u, 4, sizeof *out->zones, arena, &out->zone_count, err);
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
	out->categories = unpack_array(&u, 4, sizeof *out->categories, arena, &out->category_count, err);
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
	return unpack_finish(&u, "reference record", err);
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
	pack_number(out, g->count, err);
	for (size_t i = 0; i < g->count; i++) {
		pack_string(out, g->at[i].code, err);
		pack_string(out, g->at[i].title, err);
		pack_number(out, g->at[i].source, err);
	}
	return buffer_ok(out);
}

bool groups_pack_titles(const struct groups *g, struct buffer *out, struct error *err)
{
	for (size_t i = 0; i < g->count; i++) {
		pack_number(out, g->at[i].title_count, err);
		for (size_t k = 0; k < g->at[i].title_count; k++)
			pack_string(out, g->at[i].titles[k], err);
	}
	return buffer_ok(out);
}

bool groups_unpack(struct slice bytes, struct arena *arena, struct groups *out, struct error *err)
{
	struct unpack u = unpack_begin(bytes);
	*out = (struct groups){ 0 };
	out->at = unpack_array(&u, 3, sizeof *out->at, arena, &out->count, err);
	for (size_t i = 0; out->at && i < out->count; i++) {
		struct slice code = unpack_string(&u), title = unpack_string(&u);
		out->at[i] = (struct group){ .code = code, .title = title, .source = (uint32_t)unpack_number(&u) };
	}
	if (!out->at)
		return false;
	return unpack_finish(&u, "record of groups", err);
}

bool groups_unpack_titles(struct slice bytes, struct arena *arena, struct groups *g, struct error *err)
{
	struct unpack u = unpack_begin(bytes);
	for (struct group *at = g->at; at < g->at + g->count; at++) {
		at->titles = unpack_array(&u, 1, sizeof *at->titles, arena, &at->title_count, err);
		if (!at->titles)
			return false;
		for (size_t k = 0; k < at->title_count; k++)
			at->titles[k] = unpack_string(&u);
	}
	return unpack_finish(&u, "record of groups", err);
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
	pack_number(out, c->count, err);
	for (size_t i = 0; i < c->count; i++) {
		const struct crossing *x = &c->at[i];
		pack_number(out, x->from_edition, err);
		pack_number(out, x->to_edition, err);
		pack_string(out, x->from, err);
		pack_string(out, x->from_title, err);
		pack_string(out, x->to, err);
		pack_string(out, x->to_title, err);
		pack_number(out, x->source, err);
	}
	return buffer_ok(out);
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
	out->at = unpack_array(&u, 7, sizeof *out->at, arena, &out->count, err);
	if (!out->at)
		return false;
	for (size_t i = 0; i < out->count; i++) {
		struct crossing *x = &out->at[i];
		x->from_edition = unpack_edition(&u);
		x->to_edition = unpack_edition(&u);
		x->from = unpack_string(&u);
		x->from_title = unpack_string(&u);
		x->to = unpack_string(&u);
		x->to_title = unpack_string(&u);
		x->source = (uint32_t)unpack_number(&u);
	}
	return unpack_finish(&u, "record of crosswalks", err);
}
