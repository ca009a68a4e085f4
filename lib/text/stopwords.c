// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * stopwords.c - the lists of stop words and grades.
 */
#include "lib/text/stopwords.h"

#include <stdlib.h>

#define LISTED_MAX 6 /* bytes of the longest word in a list */

/* Sorted, for bsearch().  Words such as `not` and `no` stay terms: duties are told by what they exclude; and so does
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

/* Those of other languages which are spelt as an English word ("die", "per", "la" in names of places) are left out. */
static const char *const foreign_stop_words[] = {
	"aux", "avec", "con", "da",   "dans", "das", "de", "del", "della", "der", "des", "di",   "dos", "du",
	"een", "el",   "em",  "en",   "es",   "est", "et", "het", "il",    "las", "le",  "les",  "los", "mit",
	"och", "para", "por", "pour", "qui",  "sur", "um", "und", "une",   "van", "von", "voor", "zum", "zur",
};

/* A word may have any bytes, a NUL too: what is listed ends at its own. */
static int compare_word(const void *key, const void *element)
{
	const struct slice *word = key;
	const char *listed = *(const char *const *)element;
	for (size_t i = 0; i < word->length; i++)
		if (listed[i] == '\0' || word->at[i] != listed[i])
			return (unsigned char)word->at[i] < (unsigned char)listed[i] ? -1 : 1;
	return listed[word->length] ? -1 : 0;
}

static bool is_listed(struct slice word, const char *const *list, size_t bytes)
{
	return word.length <= LISTED_MAX && bsearch(&word, list, bytes / sizeof *list, sizeof *list, compare_word);
}

bool text_is_stop(struct slice word)
{
	return is_listed(word, stop_words, sizeof stop_words);
}

bool text_is_grade(struct slice word)
{
	return is_listed(word, grade_words, sizeof grade_words);
}

bool text_is_foreign_stop(struct slice word)
{
	return is_listed(word, foreign_stop_words, sizeof foreign_stop_words);
}
