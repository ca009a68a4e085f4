// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * code_resolver.h - which occupation a code means: of any level of detail, of this edition or an older one.
 */
#ifndef SOC_INDEXER_CODE_RESOLVER_H
#define SOC_INDEXER_CODE_RESOLVER_H

#include "corpus/record.h"
#include "lib/base/string_map.h"

/* The occupation with the least code under a SOC code. */
struct first_under {
	struct code code;
	uint32_t draft;
};

/* Where an old code leads. */
struct successor {
	struct code to;
	uint32_t count; /* of distinct successors; more than one leads nowhere */
};

/* Zero-initialise; resolver_free() after use. */
struct resolver {
	struct map soc; /* SOC code -> number in `first` */
	struct first_under *first;
	size_t first_capacity;
	struct map old; /* old code -> number in `successors` */
	struct successor *successors;
	size_t successor_capacity;
	struct map groups; /* every code of at most six digits that holds an occupation */
};

bool resolver_add_occupation(struct resolver *r, const struct code *code, uint32_t draft, struct error *err);
bool resolver_add_crossing(struct resolver *r, const struct code *from, const struct code *to, struct error *err);

/* The occupation that a code means, among those whose own codes are `codes`: itself; else what its crosswalk
 * leads to; else the first under its six digits.  REJECT_NONE and *draft, or REJECT_UNKNOWN_CODE, or
 * REJECT_AMBIGUOUS where an old code leads to several. */
enum reject_reason resolve(const struct resolver *r, const struct map *codes, const struct code *code, uint32_t *draft);

/* Which codes facts may hang on. */
enum resolve_scope {
	RESOLVE_SOC,    /* a detailed SOC code, or 99-9999, which stands for none */
	RESOLVE_SURVEY, /* a SOC code of any level, 00-0000 for all, or a code that is not of the SOC and lies in a
				 broad group of it: surveys have such for several detailed occupations together */
	RESOLVE_ANY     /* an occupation's own, or a SOC code of any level */
};

/* The code that facts published under `code` hang on: itself, or what its crosswalk leads to, where that is one.
 * REJECT_NONE and *to; or REJECT_UNKNOWN_CODE or REJECT_AMBIGUOUS. */
enum reject_reason resolve_code(const struct resolver *r, const struct map *codes, const struct code *code,
				enum resolve_scope scope, struct code *to);

void resolver_free(struct resolver *r);

#endif
