// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * code_lookup.h - codes as people write them (lib/soc/code_reader.h), looked up in an index: a code of an older edition
 * is led over by the crosswalks, one that a spreadsheet has made a date of is led back where only one code becomes that
 * date.
 */
#ifndef SOC_QUERY_ENGINE_CODE_LOOKUP_H
#define SOC_QUERY_ENGINE_CODE_LOOKUP_H

#include "lib/index/open_index.h"
#include "lib/soc/code_reader.h"

enum code_origin {
	ORIGIN_INDEX,     /* the index has it as it is written */
	ORIGIN_LED_OVER,  /* of an older edition, and has become one code */
	ORIGIN_SPLIT,     /* of an older edition, and has become several */
	ORIGIN_DATE,      /* a date that only one code becomes */
	ORIGIN_ANY_DATE,  /* a date that several codes become, which are named, or none */
	ORIGIN_UNKNOWN,   /* the shape of a code, but neither the index nor its crosswalks have it */
	ORIGIN_NO_CODE,   /* no code, on purpose: 99-9999, n/a */
	ORIGIN_MALFORMED, /* no code at all */
	ORIGIN_COUNT
};

enum { CODE_LOOKUP_MAX = 16 };

struct code_lookup {
	enum code_origin origin;
	struct code at[CODE_LOOKUP_MAX]; /* at the level that was written; of ORIGIN_UNKNOWN the code itself */
	size_t count;                    /* 0 of ORIGIN_NO_CODE, ORIGIN_MALFORMED and some dates */
};

/* What a code that was read is in the index, which is only read: needs soc_index_need_crossings() first. */
void code_lookup(const struct soc_index *index, const struct written_code *w, struct code_lookup *out);

/* Whether what was found is one code that can be taken for what was written. */
static inline bool code_lookup_one(const struct code_lookup *l)
{
	return l->count == 1 && (l->origin == ORIGIN_INDEX || l->origin == ORIGIN_LED_OVER || l->origin == ORIGIN_DATE);
}

#endif
