// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * classification.h - what the numbers of a release mean: Job Zones and categories of education and training, in
 * the release's own words.
 *
 * Kept as the record "reference", deflated.
 */
#ifndef SOC_INDEX_CLASSIFICATION_H
#define SOC_INDEX_CLASSIFICATION_H

#include "lib/index/varint.h"
#include "lib/soc/soc_code.h"

enum { ZONE_EXPERIENCE, ZONE_EDUCATION, ZONE_TRAINING, ZONE_EXAMPLES, ZONE_TEXT_COUNT };

struct zone_reference {
	uint32_t zone;
	struct slice name;
	struct slice svp; /* "(7.0 to < 8.0)" */
	struct slice texts[ZONE_TEXT_COUNT];
};

struct category_reference {
	struct slice element; /* `2.D.1` */
	struct slice name;    /* the element's name */
	struct slice scale;
	uint32_t category;
	struct slice text;
};

/* Arrays on the heap while collected, in an arena when read; strings are borrowed. */
struct reference {
	struct zone_reference *zones;
	size_t zone_count;
	size_t zone_capacity;
	struct category_reference *categories;
	size_t category_count;
	size_t category_capacity;
};

bool reference_pack(const struct reference *r, struct buffer *out, struct error *err);
bool reference_unpack(struct slice bytes, struct arena *arena, struct reference *out, struct error *err);

/* What a release calls a zone: "1-2" where its name begins "Job Zone 1-2:", else its number.  In `label`. */
#define ZONE_LABEL_SIZE 16
const char *reference_zone_label(const struct reference *r, uint32_t zone, char label[ZONE_LABEL_SIZE]);

/* The entry for a zone or a category, or NULL. */
const struct zone_reference *reference_zone(const struct reference *r, uint32_t zone);
const struct category_reference *reference_category(const struct reference *r, struct slice element, struct slice scale,
						    uint32_t category);

/*
 * the groups of the classification: titles of every level, from the SOC files; definitions stand
 * with the evidence of the occupations.
 *
 * Kept as the record "groups", deflated, in the order of codes, and one more, "groups/titles", with the titles of the
 * Census, which only `soc show` asks for.  An index without SOC files has no groups; they are then known by their codes
 * alone.
 */

#define GROUPS_KEY "groups"
#define GROUP_TITLES_KEY "groups/titles"

struct group {
	struct slice code; /* `15-0000`, `15-1200`, `15-1250`, `15-1252` */
	struct slice title;
	uint32_t source;
	/* Titles of the Census index that lead to the group and no further, such as those under 51-91XX; none where
	 * they were not asked for. */
	struct slice *titles;
	size_t title_count;
	size_t title_capacity; /* while collected; the array is then on the heap */
};

struct groups {
	struct group *at;
	size_t count;
	size_t capacity;
};

/* Append the bytes of the groups without titles of the Census, or of these titles alone; not yet deflated. */
bool groups_pack(const struct groups *g, struct buffer *out, struct error *err);
bool groups_pack_titles(const struct groups *g, struct buffer *out, struct error *err);
/* Strings borrow `bytes`, arrays come from `arena`.  Titles go to groups that were unpacked before.  ERROR_DAMAGED
 * where malformed. */
bool groups_unpack(struct slice bytes, struct arena *arena, struct groups *out, struct error *err);
bool groups_unpack_titles(struct slice bytes, struct arena *arena, struct groups *g, struct error *err);
/* The group with this code, or NULL; the groups are in the order of codes. */
const struct group *groups_find(const struct groups *g, const struct code *code);

/*
 * how codes of one edition lead to codes of another, both ways.
 *
 * Kept as the record "crosswalks", deflated: the published pairs, in the order in which
 * they were read.
 */

#define CROSSWALKS_KEY "crosswalks"

/* X(ID, name of the edition) */
#define EDITION_TABLE(X) \
	X(SOC_2010, "SOC 2010") \
	X(SOC_2018, "SOC 2018") \
	X(ONET_2010, "O*NET-SOC 2010") \
	X(ONET_2019, "O*NET-SOC 2019") \
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
