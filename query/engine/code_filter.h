// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * code_filter.h - the values of filters: Job Zones, groups of codes, kinds of evidence.
 *
 * The same values stand in options (--zone 4-5, --group 15-12,29, --kind title,task) and in a query
 * (zone:4-5, group:15-12, code:15-1252.00), and are read here for both.
 */
#ifndef SOC_QUERY_ENGINE_CODE_FILTER_H
#define SOC_QUERY_ENGINE_CODE_FILTER_H

#include "lib/soc/soc_code.h"
#include "lib/index/schema.h"

#define FILTER_ZONE_MAX 5

/* A code, or the beginning of one: all codes that begin so, or lie under it, are meant. */
struct filter_group {
	char text[CODE_SIZE]; /* `15`, `15-1`, `15-12`, `15-125`, `15-1252`, `15-1252.00`, `15-1200` */
	size_t length;
};

/* Read a value; ERROR_USAGE says what would be right.  Sets of zones and fields are bits. */
bool filter_read_zones(struct slice value, unsigned *zones, struct error *err);  /* `4`, `4-5`, `2,4-5` */
bool filter_read_kinds(struct slice value, unsigned *fields, struct error *err); /* `title,task` */

/* Take the first group off the front of *list, which commas part; false with ERROR_USAGE where it is none. */
bool filter_next_group(struct slice *list, struct filter_group *out, struct error *err);

/* Whether text has the shape of a code or the beginning of one, with a hyphen behind its first two digits.  Full:
 * `15-1252` or `15-1252.00`. */
bool filter_is_code(struct slice text, bool *full);

#endif
