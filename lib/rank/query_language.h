// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * query_language.h - whether a title or a text is in English, as far as the index can tell.
 *
 * Language identification by function words, and by words that the index does not know: "Chef de projet" has a word that
 * the index knows, and means no chef.
 */
#ifndef SOC_RANK_QUERY_LANGUAGE_H
#define SOC_RANK_QUERY_LANGUAGE_H

#include "lib/rank/query_terms.h"

/* Words of a query that count in full. */
struct language_counts {
	size_t words;
	size_t function; /* function words of other languages */
	size_t unknown;  /* other words that the index does not know */
};

/* Count the words of a query; before its spelling is corrected, for that turns "projet" into a project. */
struct language_counts language_count(const struct query *q);

/* Whether most words are of no known English, with a function word of another language among them. */
bool language_is_foreign(const struct language_counts *c);

#endif
