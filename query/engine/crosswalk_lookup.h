// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * crosswalk_lookup.h - the codes that a code of an older edition has become.
 */
#ifndef SOC_QUERY_ENGINE_CROSSWALK_LOOKUP_H
#define SOC_QUERY_ENGINE_CROSSWALK_LOOKUP_H

#include "lib/index/open_index.h"

/* So many codes can one old code lead to. */
#define SUCCESSORS_MAX 64

/* Whether a pair leads from an older edition to the one that an index has. */
static inline bool crosswalk_leads_on(const struct crossing *x)
{
	return x->from_edition == EDITION_SOC_2010 || x->from_edition == EDITION_ONET_2010;
}

/* The occupations of the index that an old code leads to, through the crosswalks of 2010: their numbers, ascending;
 * returns how many (at most SUCCESSORS_MAX).  0 where it leads nowhere or is no old code.  Needs
 * soc_index_need_crossings() first. */
size_t crosswalk_successors(const struct soc_index *index, const struct code *code, size_t numbers[SUCCESSORS_MAX]);

#endif
