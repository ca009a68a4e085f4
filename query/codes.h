// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * codes.h - what a code that somebody asks for is to an index: an occupation, a group, or near to some.
 */
#ifndef SOC_QUERY_CODES_H
#define SOC_QUERY_CODES_H

#include "lib/rank/index.h"

/* Whether a code under which occupations [from, to) stand names one of them, or is a SOC code whose own occupation comes first
 * among several. */
bool codes_name_occupation(const struct soc_index *index, const struct code *code, size_t from, size_t to);

/* The title that the SOC files give a group; empty where they are not in the index (soc_index_need_groups() first). */
struct slice codes_group_title(const struct soc_index *index, const struct code *code);

/* The occupations around the place where a code would stand, in its major group where there is one: [*from, *to), at most
 * `most`. */
void codes_find_nearest(const struct soc_index *index, const struct code *code, size_t most, size_t *from, size_t *to);

#endif
