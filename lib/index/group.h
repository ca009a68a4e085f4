// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * group.h - the groups of the classification: titles of every level, from the SOC files; definitions stand
 * with the evidence of the occupations.
 *
 * Kept as the record "groups" (records.h), deflated, in the order of codes, and one more, "groups/titles", with
 * the titles of the Census, which only `soc show` asks for.  An index without SOC files has no groups; they are then known by
 * their codes alone.
 */
#ifndef SOC_INDEX_GROUP_H
#define SOC_INDEX_GROUP_H

#include "lib/base/code.h"
#include "lib/index/pack.h"

#define GROUPS_KEY "groups"
#define GROUP_TITLES_KEY "groups/titles"

struct group {
	struct slice code;         /* `15-0000`, `15-1200`, `15-1250`, `15-1252` */
	struct slice title;
	uint32_t source;
	/* Titles of the Census index that lead to the group and no further, such as those under 51-91XX; none where they were
	 * not asked for. */
	struct slice *titles;
	size_t title_count;
	size_t title_capacity;     /* while gathered; the array is then on the heap */
};

struct groups {
	struct group *at;
	size_t count;
	size_t capacity;
};

/* Append the bytes of the groups without titles of the Census, or of these titles alone; not yet deflated. */
bool groups_pack(const struct groups *g, struct buffer *out, struct error *err);
bool groups_pack_titles(const struct groups *g, struct buffer *out, struct error *err);
/* Strings borrow `bytes`, arrays come from `arena`.  Titles go to groups that were unpacked before.  ERROR_DAMAGED where
 * malformed. */
bool groups_unpack(struct slice bytes, struct arena *arena, struct groups *out, struct error *err);
bool groups_unpack_titles(struct slice bytes, struct arena *arena, struct groups *g, struct error *err);
/* The group with this code, or NULL; the groups are in the order of codes. */
const struct group *groups_find(const struct groups *g, const struct code *code);

#endif
