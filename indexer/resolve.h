// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * resolve.h - which occupation a code means: of any level of detail, of this edition or an older one.
 */
#ifndef SOC_INDEXER_RESOLVE_H
#define SOC_INDEXER_RESOLVE_H

#include "corpus/record.h"
#include "lib/base/map.h"

/* The occupation with the least code under a SOC code. */
struct first_under {
	struct code code;
	uint32_t draft;
};

/* Where an old code leads. */
struct successor {
	struct code to;
	uint32_t count;    /* of distinct successors; more than one leads nowhere */
};

/* Zero-initialise; resolver_free() after use. */
struct resolver {
	struct map soc;                  /* SOC code -> number in `first` */
	struct first_under *first;
	size_t first_capacity;
	struct map old;                  /* old code -> number in `successors` */
	struct successor *successors;
	size_t successor_capacity;
};

bool resolver_add_occupation(struct resolver *r, const struct code *code, uint32_t draft, struct error *err);
bool resolver_add_crossing(struct resolver *r, const struct code *from, const struct code *to, struct error *err);

/* The occupation that a code means, among those whose own codes are `codes`: itself; else what its crosswalk
 * leads to; else the first under its six digits.  REJECT_NONE and *draft, or REJECT_UNKNOWN_CODE, or
 * REJECT_AMBIGUOUS where an old code leads to several. */
enum reject_reason resolve(const struct resolver *r, const struct map *codes, const struct code *code,
			   uint32_t *draft);

void resolver_free(struct resolver *r);

#endif
