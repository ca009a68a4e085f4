// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * search_facts.h - answers to conditions on facts: their order where nothing else is asked, and what each has to show.
 */
#ifndef SOC_QUERY_SEARCH_FACTS_H
#define SOC_QUERY_SEARCH_FACTS_H

#include "lib/rank/rank.h"
#include "query/fact_filter.h"

/* Order candidates by what they have to show for the first condition, the highest first, then for the next, then by
 * code.  Each becomes the one of its allowed occupations that has the most to show. */
bool search_order_by_facts(struct soc_index *index, const struct fact_conditions *conditions, const unsigned char *allow,
			   struct ranking *ranking, struct arena *arena, struct error *err);

/* Append what an occupation has to show for all conditions, semicolons between them. */
bool search_show_facts(struct soc_index *index, const struct fact_conditions *conditions, size_t occupation,
		       struct buffer *out, struct error *err);

#endif
