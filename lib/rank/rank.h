// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rank.h - from a job to ranked codes.
 *
 * A job has a title and a text; either may be missing.  They are two queries with features of their own.  Every
 * feature is a sum over what matched, and the score of a code is a weighted sum of features:
 *
 *     score(code) = sum over features s of  weight(s) x value(s, job, code)
 *
 * so that any score can be explained (explain_score.h).
 */
#ifndef SOC_RANK_RANK_H
#define SOC_RANK_RANK_H

#include "lib/rank/title_cleaning.h"
#include "lib/rank/query_expansion.h"
#include "lib/rank/sentence_weighting.h"

/* X(ID, key, what it is, as `soc why` shows it); the weights stand in weights.def. */
#define FEATURE_TABLE(X) \
	X(TITLE_SIMILARITY, "title_similarity", "similar titles, each scored for its codes") \
	X(TITLE_CONTAINED, "title_contained", "a known title contained in this one") \
	X(TITLE_EXACT, "title_exact", "exact title, in any order of words") \
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

/* What a job has: the weights differ, for a title says more where there is no text. */
enum query_kind { TITLE_ONLY, TEXT_ONLY, TITLE_AND_TEXT, QUERY_KIND_COUNT };

struct feature_spec {
	const char *key;
	const char *what;
};

extern const struct feature_spec feature_specs[FEATURE_COUNT];
extern const double feature_weights[FEATURE_COUNT][QUERY_KIND_COUNT]; /* weights.def */

struct job {
	struct slice title; /* empty: none */
	struct slice text;  /* duties, an advertisement, a resume; empty: none */
};

struct rank_options {
	enum code_level level;      /* of the candidates */
	bool automatic;             /* instead: the finest level, from SOC codes upwards, at which the first is more
				        likely right than wrong */
	size_t limit;               /* at most so many ... */
	size_t offset;              /* ... after so many */
	unsigned expand;            /* EXPAND_SYNONYMS, EXPAND_SPELLING, ... */
	const unsigned char *allow; /* by occupation: 0 excludes it; NULL allows all.  Borrowed. */
	bool unmatched;             /* rank all that is allowed, also what nothing of the job matches */
	bool codes_alone; /* of candidates only code, score and its parts are asked for: confidence is 0, and occupation
					and title are the first under the code */
};

struct candidate {
	struct code code;   /* at the level of the ranking */
	struct slice title; /* of the best occupation under it; borrowed from the index */
	size_t occupation;  /* the best occupation under it, which gave the score */
	double score;
	bool matched;      /* something of the job was found in it */
	double confidence; /* that it is right (calibration.h): 0 to 1, and 1 over all codes that are allowed */
	double parts[FEATURE_COUNT];  /* value times weight; at levels of codes they add up to the score */
	double values[FEATURE_COUNT]; /* before weights */
};

struct ranking {
	enum code_level level; /* what it is, where it was chosen automatically */
	struct candidate *at;  /* best first; equal scores in the order of codes */
	size_t count;
	size_t found;                       /* how many there were before limit and offset */
	double share, prior;                /* of the first SOC or O*NET-SOC code, as calibration.h has them */
	const struct expansion *expansions; /* corrections and synonyms */
	size_t expansion_count;
	const struct title_part *parts; /* what of the title is not the occupation; borrows the job's title */
	size_t part_count;
	struct weighted_text weighted; /* what of the text is not the work; borrows the job's text */
};

struct ranker;

/* A ranker has the scratch memory and caches of one thread; it borrows the index. */
bool ranker_new(struct soc_index *index, struct ranker **out, struct error *err);
void ranker_free(struct ranker *r);

/* Rank a job.  The ranking belongs to the ranker and lasts until its next call.  A job of which the index knows nothing gives
 * count 0 and true.  False with ERROR_MEMORY or an error of the index. */
bool rank_job(struct ranker *r, const struct job *job, const struct rank_options *options, struct ranking *out,
	      struct error *err);

#endif
