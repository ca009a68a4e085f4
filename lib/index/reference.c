// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/index/reference.h"

bool reference_pack(const struct reference *r, struct buffer *out, struct error *err)
{
	bool ok = pack_number(out, r->zone_count, err);
	for (size_t i = 0; ok && i < r->zone_count; i++) {
		const struct zone_reference *z = &r->zones[i];
		ok = pack_number(out, z->zone, err) && pack_string(out, z->name, err) &&
		     pack_string(out, z->svp, err);
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
		     strchr("0123456789-", z->name.at[i]) && z->name.at[i]; i++)
			label[n++] = z->name.at[i];
	label[n] = '\0';
	if (n == 0)
		snprintf(label, ZONE_LABEL_SIZE, "%u", zone);
	return label;
}

const struct category_reference *reference_category(const struct reference *r, struct slice element,
						    struct slice scale, uint32_t category)
{
	for (size_t i = 0; i < r->category_count; i++) {
		const struct category_reference *c = &r->categories[i];
		if (c->category == category && slice_equal(c->element, element) &&
		    slice_equal(c->scale, scale))
			return c;
	}
	return NULL;
}
