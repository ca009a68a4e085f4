// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * features.h - the value of each feature for every document: for every SOC code or every occupation.
 */
#ifndef SOC_RANK_FEATURES_H
#define SOC_RANK_FEATURES_H

#include "lib/base/string_map.h"
#include "lib/rank/title_match.h"
#include "lib/rank/postings_cache.h"
#include "lib/rank/lsa.h"
#include "lib/rank/classifier.h"
#include "lib/rank/feature_table.h"
#include "lib/rank/query_terms.h"

/* Words that name a level, at most. */
#define LEVEL_WORDS_MAX 256

/* Scratch memory of one pass over one kind of document; arrays have room for every occupation. */
struct features {
	struct soc_index *index;
	const struct documents *documents; /* of the current pass */
	float *parts[FEATURE_COUNT]; /* by document: values before weights; all zero where not used in this pass */
	bool used[FEATURE_COUNT];
	unsigned char *matched; /* by document: something of the job matched there */
	float *dense;           /* by document, all zero between uses */
	struct posting *postings;
	float *share;   /* by occupation: language_length(); all zero until the first text */
	float *extras;  /* likewise: bm25_norm() of technologies and tools */
	float *words;   /* by occupation: FEATURE_TEXT_WORDS of the last text in a pass over codes */
	uint32_t *best; /* by SOC code: its best occupation for the text in the last pass over codes */
	struct classifier model;
	struct lsa_space latent;
	struct postings_cache cache;
	unsigned char *levels;                      /* by occupation: bits of the levels that its titles name */
	struct map level_words;                     /* the words that name one */
	unsigned char word_levels[LEVEL_WORDS_MAX]; /* by number in level_words: bits */
	struct title_matches title_entries;         /* titles similar to the query; the same in the next pass */
	bool listed;                                /* one of them is the query, and published under a code */
	float cosine;                               /* of the most similar of them */
	const struct query *compared;               /* the query that they are similar to; NULL: none yet */
};

bool features_new(struct soc_index *index, struct features *s, struct error *err);
void features_free(struct features *s);

/* Which features of a title take part in a pass. */
enum depth {
	DEPTH_ALL,
	DEPTH_BRIEF /* the strongest alone: to choose among occupations that share a code */
};

/* Begin a pass: all parts zero. */
void features_begin(struct features *s, const struct documents *documents);
/* Add the features of the text, which comes first, and of the title. */
bool features_add_text(struct features *s, const struct query *text, struct error *err);
bool features_add_title(struct features *s, const struct query *title, enum depth depth, struct error *err);

/* The mass of words of a title or text: the sum of their inverse document frequencies among occupations, each by what part of the
 * word counts (opinion_pool.h). */
bool features_mass(struct features *s, const struct query *q, double *out, struct error *err);

/* In a pass over occupations after one over codes: of the same text's features only FEATURE_TEXT_WORDS, the strongest; once. */
void features_repeat_text(struct features *s);

#endif
