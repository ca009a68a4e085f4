// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * stopwords.c - words without a meaning of their own.
 */
#include "lib/text/tokenizer.h"

/* Sorted, to be searched by halves.  Words such as `not` and `no` stay terms: duties are told by what they exclude; and so does
 * `it`, which in titles is information technology. */
static const char *const stop_words[] = {
	"a",    "an",   "and",   "any",  "are", "as",  "at",   "be",    "been", "by",   "can",   "etc",  "for",
	"from", "had",  "has",   "have", "he",  "her", "his",  "if",    "in",   "into", "is",    "its",  "may",
	"of",   "on",   "or",    "our",  "she", "so",  "such", "than",  "that", "the",  "their", "them", "these",
	"they", "this", "those", "to",   "was", "we",  "were", "which", "who",  "will", "with",  "you",  "your",
};

static const char *const grade_words[] = {
	"1", "2", "3", "4", "5", "i", "ii", "iii", "iv", "jr", "junior", "senior", "sr", "v", "vi",
};

/* A word may have any bytes, a NUL too: what is listed ends at its own. */
static int compare_word(struct slice word, const char *listed)
{
	for (size_t i = 0; i < word.length; i++)
		if (listed[i] == '\0' || word.at[i] != listed[i])
			return (unsigned char)word.at[i] < (unsigned char)listed[i] ? -1 : 1;
	return listed[word.length] ? -1 : 0;
}

static bool is_listed(struct slice word, const char *const *list, size_t bytes)
{
	size_t low = 0, high = bytes / sizeof *list;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_word(word, list[middle]);
		if (order == 0)
			return true;
		low = order > 0 ? middle + 1 : low;
		high = order < 0 ? middle : high;
	}
	return false;
}

bool text_is_stop(struct slice word)
{
	return word.length <= 5 && is_listed(word, stop_words, sizeof stop_words);
}

bool text_is_grade(struct slice word)
{
	return word.length <= TEXT_LISTED_MAX && is_listed(word, grade_words, sizeof grade_words);
}

/* A word behind which the qualifications of a title begin. */
static bool ends_clause(const struct text_word *w)
{
	static const char *const prepositions[] = { "at", "for", "in", "of", "to", "with" };
	return w->stop && is_listed(w->term, prepositions, sizeof prepositions);
}

const struct text_word *text_head(struct text_words title)
{
	const struct text_word *head = NULL;
	for (size_t i = 0; i < title.count; i++) {
		const struct text_word *w = &title.at[i];
		if (head && (w->clause || ends_clause(w)))
			return head;
		if (!w->stop && !w->grade)
			head = w;
	}
	for (size_t i = title.count; !head && i-- > 0;)
		if (!title.at[i].stop)
			head = &title.at[i];
	return head;
}
