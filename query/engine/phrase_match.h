// SPDX-License-Identifier: GPL-3.0-or-later
/* phrase_match.h - phrases and NEAR, looked up in the evidence of the occupations that hold all their words. */
#ifndef SOC_QUERY_ENGINE_PHRASE_MATCH_H
#define SOC_QUERY_ENGINE_PHRASE_MATCH_H

#include "lib/index/open_index.h"

/* On entry fields[o] has the bits of the fields in which occupation o holds every word of `words`, stop words left
 * out.  On return it is 1 where, in one piece of evidence of such a field, the words stand next to each other in their
 * order, a stop word between them matching any one word; or, where `window` is not 0, all within so many words in
 * any order.  Elsewhere it is 0.  fields[] has index->count entries; `index` is used by one thread at a time. */
bool phrase_match(struct soc_index *index, struct slice words, uint32_t window, unsigned char *fields,
		  struct error *err);

#endif
