// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * reference.h - what the numbers of a release mean: Job Zones and categories of education and training, in
 * the release's own words.
 *
 * Kept as the record "reference" (records.h), deflated.
 */
#ifndef SOC_INDEX_REFERENCE_H
#define SOC_INDEX_REFERENCE_H

#include "lib/index/pack.h"

enum { ZONE_EXPERIENCE, ZONE_EDUCATION, ZONE_TRAINING, ZONE_EXAMPLES, ZONE_TEXT_COUNT };

struct zone_reference {
	uint32_t zone;
	struct slice name;
	struct slice svp;                     /* "(7.0 to < 8.0)" */
	struct slice texts[ZONE_TEXT_COUNT];
};

struct category_reference {
	struct slice element;   /* `2.D.1` */
	struct slice name;      /* the element's name */
	struct slice scale;
	uint32_t category;
	struct slice text;
};

/* Arrays on the heap while gathered, in an arena when read; strings are borrowed. */
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
const struct category_reference *reference_category(const struct reference *r, struct slice element,
						    struct slice scale, uint32_t category);

#endif
