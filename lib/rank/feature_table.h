// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * feature_table.h - the features of the ranking (rank.h) by id, key and description, and what each weighs.  A new feature is a
 * line here, and a function in features.c and in explain_score.c; make fit writes its weight.
 */
#ifndef SOC_RANK_FEATURE_TABLE_H
#define SOC_RANK_FEATURE_TABLE_H

#include <stdbool.h>

/* X(ID, key, what it is, as `soc why` shows it); the weights stand in weights.def. */
#define FEATURE_TABLE(X) \
	X(TITLE_SIMILARITY, "title_similarity", "similar titles, each scored for its codes") \
	X(TITLE_CONTAINED, "title_contained", "a known title contained in this one") \
	X(TITLE_EXACT, "title_exact", "exact title, in any order of words") \
	X(TITLE_DIRECT_MATCH, "title_direct_match", "a title that the SOC itself lists under the code") \
	X(TITLE_LISTED, "title_listed", "a title that O*NET, the Census index or the SOC lists under the code") \
	X(TITLE_HEAD_WORD, "title_head_word", "the head word of the title") \
	X(TITLE_NGRAMS, "title_ngrams", "character n-grams of the title's words") \
	X(TITLE_DESCRIPTIONS, "title_descriptions", "the title's words in descriptions and tasks") \
	X(TITLE_TECHNOLOGIES, "title_technologies", "the title's words among technologies and tools") \
	X(TITLE_PRIOR, "title_prior", "how often the code is filed") \
	X(TITLE_EMPLOYMENT, "title_employment", "how many people work under the code") \
	X(TITLE_LEVEL, "title_level", "a manager, supervisor or professor that no word of the title names") \
	X(TITLE_LATENT_SIMILARITY, "title_latent_similarity", "latent similarity of the title (LSA)") \
	X(TITLE_CLASSIFIER, "title_classifier", "the classifier, on the title") \
	X(TEXT_WORDS, "text_words", "the text's words in everything said of the code") \
	X(TEXT_TITLES, "text_titles", "the text's words in titles") \
	X(TEXT_BIGRAMS, "text_bigrams", "bigrams of the text") \
	X(TEXT_TECHNOLOGIES, "text_technologies", "the text's words among technologies and tools") \
	X(TEXT_LATENT_SIMILARITY, "text_latent_similarity", "latent similarity of the text (LSA)") \
	X(TEXT_CLASSIFIER, "text_classifier", "the classifier, on the text")

enum feature {
#define FEATURE_ENUM(id, key, what) FEATURE_##id,
	FEATURE_TABLE(FEATURE_ENUM)
#undef FEATURE_ENUM
		FEATURE_COUNT
};

/* Features of the title come before those of the text. */
static inline bool feature_is_of_text(enum feature feature)
{
	return feature >= FEATURE_TEXT_WORDS;
}

/* Features that are no opinion on the code but a rule: a title that is listed under a code leads to it, unless the text or too much
 * else speaks against it.  Their value is what the code needs to lead, and their weight 1. */
static inline bool feature_is_rule(enum feature feature)
{
	return feature == FEATURE_TITLE_DIRECT_MATCH || feature == FEATURE_TITLE_LISTED;
}

/* What a job has. */
enum query_kind { TITLE_ONLY, TEXT_ONLY, TITLE_AND_TEXT, QUERY_KIND_COUNT };

struct feature_spec {
	const char *key;
	const char *what;
};

extern const struct feature_spec feature_specs[FEATURE_COUNT];
extern const double feature_weights[FEATURE_COUNT]; /* weights.def; in a job times the weight of its title or text */

#endif
