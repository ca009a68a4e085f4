// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * crosswalk_lookup.h - the codes that a code of an older edition has become.
 */
#ifndef SOC_QUERY_ENGINE_CROSSWALK_LOOKUP_H
#define SOC_QUERY_ENGINE_CROSSWALK_LOOKUP_H

#include "lib/index/open_index.h"

/* So many codes can one old code lead to. */
#define SUCCESSORS_MAX 64

/* The occupations of the index that an old code leads to, through the crosswalks of 2010: their numbers, ascending; returns how
 * many (at most SUCCESSORS_MAX).  0 where it leads nowhere or is no old code.  Needs soc_index_need_crossings() first. */
size_t crosswalk_successors(const struct soc_index *index, const struct code *code, size_t numbers[SUCCESSORS_MAX]);

#endif
