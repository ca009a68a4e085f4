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

#include "lib/rank/calibration.h"
#include "lib/rank/feature_table.h"
#include "lib/rank/opinion_pool.h"
#include "lib/rank/title_cleaning.h"
#include "lib/rank/query_expansion.h"
#include "lib/rank/sentence_weighting.h"

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
	struct calibration_input first;     /* of the first SOC or O*NET-SOC code */
	enum query_kind kind;               /* what of the job has words */
	struct opinions opinions;           /* where title and text are given: how much each says of the code ... */
	struct opinion_weights pool;        /* ... and weighs in the score */
	bool foreign;                       /* the job is in no known English: every confidence is 0 */
	const struct expansion *expansions; /* corrections and synonyms */
	size_t expansion_count;
	const struct title_part *parts; /* what of the title is not the occupation; borrows the job's title */
	size_t part_count;
	struct weighted_text weighted; /* what of the text is not the work; borrows the job's text */
};

/* What is said where the ranking is `foreign`. */
#define RANKING_FOREIGN_NOTE "not English? No confidence is claimed"

struct ranker;

/* A ranker has the scratch memory and caches of one thread; it borrows the index. */
bool ranker_new(struct soc_index *index, struct ranker **out, struct error *err);
void ranker_free(struct ranker *r);

/* Rank a job.  The ranking belongs to the ranker and lasts until its next call.  A job of which the index knows nothing gives
 * count 0 and true.  False with ERROR_MEMORY or an error of the index. */
bool rank_job(struct ranker *r, const struct job *job, const struct rank_options *options, struct ranking *out,
	      struct error *err);

struct attribution;

/* Explain the score of a candidate of the ranker's last ranking, which was of that level (LEVEL_SOC or LEVEL_ONET): what of it is
 * due to which word and title (explain_score.h).  False with ERROR_MEMORY or an error of the index. */
bool rank_attribute(struct ranker *r, const struct candidate *c, enum code_level level, struct arena *arena,
		    struct attribution *out, struct error *err);

#endif
