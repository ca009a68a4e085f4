// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/index/crosswalk.h"

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
	if (count > bytes.length / 7)   /* each takes at least seven bytes */
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
