// SPDX-License-Identifier: GPL-3.0-or-later
/* query_language.c - counts the words of a query that are not English. */
#include <stdlib.h>

#include "lib/rank/query_language.h"
#include "lib/text/stopwords.h"

/* Names of employers and places say nothing of the language. */
#define WEIGHT_MIN 0.5f
/* Shorter ones are acronyms and grades. */
#define LETTERS_MIN 3

static bool is_plain(struct slice word)
{
	for (size_t i = 0; i < word.length; i++)
		if (word.at[i] >= '0' && word.at[i] <= '9')
			return false;
	return word.length >= LETTERS_MIN;
}

static int compare_to_term(const void *key, const void *item)
{
	return slice_compare(*(const struct slice *)key, ((const struct query_term *)item)->term);
}

static bool is_known(const struct query *q, struct slice term)
{
	const struct query_term *t =
		q->count ? bsearch(&term, q->terms, q->count, sizeof *q->terms, compare_to_term) : NULL;
	return !t || t->known;
}

struct language_counts language_count(const struct query *q)
{
	struct language_counts c = { 0 };
	for (size_t i = 0; i < q->words.count; i++) {
		const struct text_word *w = &q->words.at[i];
		if (q->weights[i] < WEIGHT_MIN)
			continue;
		c.words++;
		if (text_is_foreign_stop(w->folded))
			c.function++;
		else if (!w->stop && is_plain(w->folded))
			c.unknown += !is_known(q, w->term);
	}
	return c;
}

bool language_is_foreign(const struct language_counts *c)
{
	size_t foreign = c->function + c->unknown;
	return c->function > 0 && foreign > 1 && 2 * foreign > c->words;
}
