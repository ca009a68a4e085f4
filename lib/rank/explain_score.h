// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * explain_score.h - the score of one candidate, attributed to what gave it.
 *
 * The score is a sum over features (rank.h), and each feature is a sum over words, bigrams, character n-grams, titles, or of
 * something that the code has whatever the job is.  Here the sums are done again for one candidate, and every summand is
 * listed.  Of title_similarity, the log of a sum of scores, each title gets its share of the sum; of title_contained, a maximum,
 * the title that has it gets all.  Of latent similarity each word gets its part of the cosine, of whichever sign.
 *
 * Features of the text are those of one occupation: at the SOC level a code has those of its best occupation.  Features of
 * the title are, at the SOC level, those of all occupations of the code together.
 */
#ifndef SOC_RANK_EXPLAIN_SCORE_H
#define SOC_RANK_EXPLAIN_SCORE_H

#include "lib/rank/features.h"

enum cause {
	CAUSE_WORD,   /* `words` is a stem of the job, or of a correction or synonym */
	CAUSE_BIGRAM, /* ... two stems with a space between */
	CAUSE_NGRAM,  /* ... a character n-gram (ngrams_of) */
	CAUSE_TITLE,  /* `title entry` is a title as a title entry of words */
	CAUSE_CODE /* what the code has by itself: how often it is filed, how many work in it, its level, the length of
			   what is said of it; of the classifier, its score without words */
};

struct contribution {
	enum feature feature;
	enum cause cause;
	struct slice words; /* borrows the ranking, or lives in the arena */
	uint32_t title_entry;
	double amount; /* of the score: weight x value */
};

struct attribution {
	struct contribution *at; /* in no order; a word may come several times in a feature.  In the arena. */
	size_t count;
	size_t first, end;      /* the occupations whose titles and words gave the features of the title */
	size_t text_occupation; /* the one whose words gave the features of the text; `first` where there is no text */
	double residue;         /* the largest share of a feature that no summand explains: rounding.  It is added to
				         what the code has by itself, so that the amounts add up to the parts. */
};

/* Explain the score of an occupation, or of the SOC code that it stands for, from the queries and the features that a ranking of
 * `documents` has left; `weights` are those of the features in the job, `parts` and `values` those of its candidate.  False with ERROR_MEMORY or an error of the index. */
bool explain_score(struct features *s, const struct query *title, const struct query *text,
		   const double weights[FEATURE_COUNT], const struct documents *documents, size_t occupation,
		   const double parts[FEATURE_COUNT], const double values[FEATURE_COUNT], struct arena *arena,
		   struct attribution *out, struct error *err);

#endif
