// SPDX-License-Identifier: GPL-3.0-or-later
/* schema.c - the tables of fields and of what evidence weighs; packing of synonyms. */
#include <math.h>

#include "lib/index/schema.h"

const double evidence_weights[EVIDENCE_KIND_COUNT][WEIGHT_COUNT] = {
	[EVIDENCE_OFFICIAL_TITLE] = { [SECTION_TITLES] = 2.0, [SECTION_TEXT] = 1.0, [WEIGHT_LSA] = 0.5 },
	[EVIDENCE_ALTERNATE_TITLE] = { [SECTION_TITLES] = 1.0, [SECTION_TEXT] = 0.5, [WEIGHT_LSA] = 0.5 },
	[EVIDENCE_SHORT_TITLE] = { [SECTION_TITLES] = 1.0, [SECTION_TEXT] = 0.5, [WEIGHT_LSA] = 0.5 },
	[EVIDENCE_REPORTED_TITLE] = { [SECTION_TITLES] = 1.5, [SECTION_TEXT] = 0.75, [WEIGHT_LSA] = 0.5 },
	[EVIDENCE_DIRECT_MATCH] = { [SECTION_TITLES] = 1.5, [SECTION_TEXT] = 0.75, [WEIGHT_LSA] = 0.5 },
	[EVIDENCE_ILLUSTRATIVE] = { [SECTION_TITLES] = 1.5, [SECTION_TEXT] = 0.75, [WEIGHT_LSA] = 0.5 },
	[EVIDENCE_CENSUS_TITLE] = { [SECTION_TITLES] = 0.7, [WEIGHT_LSA] = 0.5 },
	[EVIDENCE_FILED_TITLE] = { [SECTION_TITLES] = 2.0, [WEIGHT_LSA] = 0.2 },
	[EVIDENCE_DESCRIPTION] = { [SECTION_PROSE] = 2.0, [SECTION_TEXT] = 2.0, [WEIGHT_LSA] = 2.0 },
	[EVIDENCE_DEFINITION] = { [SECTION_PROSE] = 1.0, [SECTION_TEXT] = 1.0, [WEIGHT_LSA] = 2.0 },
	[EVIDENCE_CORE_TASK] = { [SECTION_PROSE] = 1.0, [SECTION_TEXT] = 1.0, [WEIGHT_LSA] = 1.0 },
	[EVIDENCE_SUPPLEMENTAL_TASK] = { [SECTION_PROSE] = 1.0, [SECTION_TEXT] = 1.0, [WEIGHT_LSA] = 1.0 },
	[EVIDENCE_UNRATED_TASK] = { [SECTION_PROSE] = 1.0, [SECTION_TEXT] = 1.0, [WEIGHT_LSA] = 1.0 },
	[EVIDENCE_EMERGING_TASK] = { [SECTION_PROSE] = 1.0, [SECTION_TEXT] = 1.0, [WEIGHT_LSA] = 1.0 },
	[EVIDENCE_TECHNOLOGY] = { [SECTION_EXTRAS] = 1.0 },
	[EVIDENCE_TOOL] = { [SECTION_EXTRAS] = 1.0 },
	[EVIDENCE_ACTIVITY] = { [WEIGHT_LSA] = 0.5 },
	/* Activities repeat the tasks in other words: measured, they took from the ranking as words. */
};

double evidence_scale(const struct evidence *e)
{
	return e->kind == EVIDENCE_FILED_TITLE ? log(1.0 + e->count) : 1.0;
}

/* ---- field ---- */

const struct field_spec field_specs[FIELD_COUNT] = {
#define FIELD_SPEC(id, name, prefix, help, example) { name, prefix, help, example },
	FIELD_TABLE(FIELD_SPEC)
#undef FIELD_SPEC
};

/* ---- synonym ---- */

bool synonym_pack(const struct synonym *s, struct buffer *out, struct error *err)
{
	return pack_number(out, s->flags, err) && pack_number(out, s->share, err) && pack_string(out, s->words, err);
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
