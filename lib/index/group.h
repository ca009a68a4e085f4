// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * group.h - the groups of the classification: titles of every level, from the SOC files; definitions stand
 * with the evidence of the occupations.
 *
 * Kept as one record under the metadata key "groups", deflated, in the order of codes.  An index without SOC
 * files has none; groups are then known by their codes alone.
 */
#ifndef SOC_INDEX_GROUP_H
#define SOC_INDEX_GROUP_H

#include "lib/base/code.h"
#include "lib/index/pack.h"

#define GROUPS_KEY "groups"

struct group {
	struct slice code;         /* `15-0000`, `15-1200`, `15-1250`, `15-1252` */
	struct slice title;
	uint32_t source;
	/* Titles of the Census index that lead to the group and no further, such as those under 51-91XX. */
	struct slice *titles;
	size_t title_count;
	size_t title_capacity;     /* while gathered; the array is then on the heap */
};

struct groups {
	struct group *at;
	size_t count;
	size_t capacity;
};

bool groups_pack(const struct groups *g, struct buffer *out, struct error *err);
/* Strings borrow `bytes`, arrays come from `arena`. */
bool groups_unpack(struct slice bytes, struct arena *arena, struct groups *out, struct error *err);
/* The group with this code, or NULL; the groups are in the order of codes. */
const struct group *groups_find(const struct groups *g, const struct code *code);

#endif
