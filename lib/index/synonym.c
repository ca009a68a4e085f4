// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/index/synonym.h"

bool synonym_pack(const struct synonym *s, struct buffer *out, struct error *err)
{
	return pack_number(out, s->flags, err) && pack_number(out, s->share, err) &&
	       pack_string(out, s->words, err);
}

bool synonym_unpack(struct unpack *u, struct synonym *out)
{
	if (u->at >= u->end)
		return false;
	out->flags = (uint32_t)unpack_number(u);
	out->share = (uint32_t)unpack_number(u);
	out->words = unpack_string(u);
	return !u->bad && out->share >= 1 && out->share <= 100;
}
