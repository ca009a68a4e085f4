// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * crosswalk.h - how codes of one edition lead to codes of another, both ways.
 *
 * Kept as the record "crosswalks" (records.h), deflated: the published pairs, in the order in which
 * they were read.
 */
#ifndef SOC_INDEX_CROSSWALK_H
#define SOC_INDEX_CROSSWALK_H

#include "lib/index/pack.h"

#define CROSSWALKS_KEY "crosswalks"

/* X(ID, name of the edition) */
#define EDITION_TABLE(X)                        \
	X(SOC_2010, "SOC 2010")                 \
	X(SOC_2018, "SOC 2018")                 \
	X(ONET_2010, "O*NET-SOC 2010")          \
	X(ONET_2019, "O*NET-SOC 2019")          \
	X(CENSUS_2018, "Census 2018")

enum edition {
#define EDITION_ENUM(id, name) EDITION_##id,
	EDITION_TABLE(EDITION_ENUM)
#undef EDITION_ENUM
	EDITION_COUNT
};

const char *edition_name(enum edition edition);

struct crossing {
	enum edition from_edition;
	enum edition to_edition;
	struct slice from;
	struct slice from_title;
	struct slice to;
	struct slice to_title;
	uint32_t source;
};

struct crossings {
	struct crossing *at;
	size_t count;
	size_t capacity;
};

bool crossings_pack(const struct crossings *c, struct buffer *out, struct error *err);
/* Strings borrow `bytes`, the array comes from `arena`. */
bool crossings_unpack(struct slice bytes, struct arena *arena, struct crossings *out, struct error *err);

#endif
