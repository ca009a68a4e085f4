// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * phrase_match.h - phrases and NEAR in fields without positions (FIELD_BAG): looked up in the evidence itself, among
 * the occupations that hold all their words.
 */
#ifndef SOC_QUERY_ENGINE_PHRASE_MATCH_H
#define SOC_QUERY_ENGINE_PHRASE_MATCH_H

#include "lib/index/open_index.h"

/* Set held[o] for every occupation with a piece of evidence in `field` in which the words of `phrase` stand next to
 * each other, in their order; a stop word matches any word.  held[] has index->count entries; others stay as they
 * are. */
bool phrase_in_text(struct soc_index *index, struct slice phrase, enum field field, unsigned char *held,
		    struct error *err);

/* The same where all words of `words`, stop words left out, stand within `window` positions, in any order. */
bool near_in_text(struct soc_index *index, struct slice words, uint32_t window, enum field field, unsigned char *held,
		  struct error *err);

#endif
