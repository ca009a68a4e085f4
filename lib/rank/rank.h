// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rank.h - from a job to ranked codes.
 *
 * A job has a title and a text; either may be missing.  They are two questions: each is answered by signals
 * of its own, every signal is a sum over what matched, and the score of a code is the sum of its parts:
 *
 *     score(code) = sum over signals s of  weight(s) x value(s, job, code)
 *
 * so that any score can be taken apart again.
 */
#ifndef SOC_RANK_RANK_H
#define SOC_RANK_RANK_H

#include "lib/rank/title_cleaning.h"
#include "lib/rank/query_expansion.h"
#include "lib/rank/sentence_weighting.h"

/* X(ID, key, what it says); the weights stand in weights.def. */
#define SIGNAL_TABLE(X) \
	X(TITLE_VOTE, "title_vote", "titles like this one, each voting for its codes") \
	X(TITLE_CONTAINED, "title_contained", "a known title that stands wholly in this one") \
	X(TITLE_EXACT, "title_exact", "the very words of the title, in whatever order") \
	X(TITLE_HEAD, "title_head", "the head word of the title") \
	X(TITLE_GRAMS, "title_grams", "pieces of words, as they stand in titles") \
	X(TITLE_PROSE, "title_prose", "the title's words in descriptions and tasks") \
	X(TITLE_EXTRAS, "title_extras", "the title's words among technologies and tools") \
	X(TITLE_PRIOR, "title_prior", "how often the code is filed at all") \
	X(TITLE_EMPLOYMENT, "title_employment", "how many people work under the code") \
	X(TITLE_LEVEL, "title_level", "a manager, supervisor or professor that no word of the title names") \
	X(TITLE_LATENT, "title_latent", "the company that the title's words keep") \
	X(TITLE_MODEL, "title_model", "what the trained model makes of the title") \
	X(TEXT_WORDS, "text_words", "the text's words in everything said of the code") \
	X(TEXT_TITLES, "text_titles", "the text's words in titles") \
	X(TEXT_BIGRAMS, "text_bigrams", "pairs of adjacent words of the text") \
	X(TEXT_EXTRAS, "text_extras", "the text's words among technologies and tools") \
	X(TEXT_LATENT, "text_latent", "the company that the text's words keep") \
	X(TEXT_MODEL, "text_model", "what the trained model makes of the text")

enum signal {
#define SIGNAL_ENUM(id, key, what) SIGNAL_##id,
	SIGNAL_TABLE(SIGNAL_ENUM)
#undef SIGNAL_ENUM
		SIGNAL_COUNT
};

/* What was asked: the weights differ, for a title says more where there is no text. */
enum asked_kind { ASKED_TITLE, ASKED_TEXT, ASKED_BOTH, ASKED_COUNT };

struct signal_spec {
	const char *key;
	const char *what;
};

extern const struct signal_spec signal_specs[SIGNAL_COUNT];
extern const double signal_weights[SIGNAL_COUNT][ASKED_COUNT]; /* weights.def */

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
	bool unmatched;             /* what is allowed is ranked whether anything of the job is in it or not */
	bool codes_alone; /* of candidates only code, score and its parts are asked for: confidence is 0, and occupation
					and title are the first under the code */
};

struct candidate {
	struct code code;   /* at the level of the ranking */
	struct slice title; /* of the best occupation under it; borrowed from the index */
	size_t occupation;  /* the best occupation under it, which gave the score */
	double score;
	bool matched;               /* something of the job was found in it */
	double confidence;          /* that it is right (confidence.h): 0 to 1, and 1 over all codes that are allowed */
	double parts[SIGNAL_COUNT]; /* value times weight; at levels of codes they add up to the score */
	double values[SIGNAL_COUNT]; /* before weighing */
};

struct ranking {
	enum code_level level; /* what it is, where it was chosen automatically */
	struct candidate *at;  /* best first; equal scores in the order of codes */
	size_t count;
	size_t found;                       /* how many there were before limit and offset */
	double share, prior;                /* of the first SOC or O*NET-SOC code, as confidence.h has them */
	const struct rewording *rewordings; /* how words of the job were read besides as they stand */
	size_t rewording_count;
	const struct title_part *parts; /* what of the title is not the occupation; borrows the job's title */
	size_t part_count;
	struct weighed_text weighed; /* what of the text is not the work; borrows the job's text */
};

struct ranker;

/* A ranker holds the scratch memory of one thread; it borrows the index. */
bool ranker_new(struct soc_index *index, struct ranker **out, struct error *err);
void ranker_free(struct ranker *r);

/* Rank; the ranking belongs to the ranker and lasts until its next call.  Nothing known in the job gives
 * count 0 and true. */
bool rank_job(struct ranker *r, const struct job *job, const struct rank_options *options, struct ranking *out,
	      struct error *err);

#endif
