// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * explain_score.h - the score of one candidate, taken apart by what gave it.
 *
 * The score is a sum over features (rank.h), and each feature is a sum over words, pairs of words, pieces of words, titles, or
 * of something that the code has whatever the job is.  Here the sums are done again for one candidate, and every summand is
 * kept.  Of title_score, the log of a sum of votes, each title gets its part of the vote; of title_contained, a maximum, the
 * title gets all that has it.  In the latent space each word gets its part of the cosine, of whichever sign.
 *
 * Signals of the text are those of one occupation: at the SOC level a code has what its best occupation has.  Signals of
 * the title are, at the SOC level, those of all occupations of the code together.
 */
#ifndef SOC_RANK_EXPLAIN_SCORE_H
#define SOC_RANK_EXPLAIN_SCORE_H

#include "lib/rank/rank.h"
#include "lib/rank/features.h"

enum cause {
	CAUSE_WORD,   /* `words` is a stem of the job, or of a correction or synonym */
	CAUSE_BIGRAM, /* ... two stems with a space between */
	CAUSE_NGRAM,  /* ... a piece of a word (ngrams_of) */
	CAUSE_TITLE,  /* `title entry` is a title as a title entry of words */
	CAUSE_CODE /* what the code has by itself: how often it is filed, how many work in it, its level, the length of
			   what is said of it; of the model, what it makes of no words at all */
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
	size_t first, end;      /* the occupations whose titles and words the features of the title heard */
	size_t text_occupation; /* the one whose words the features of the text heard; `first` where there is no text */
	double residue;         /* the largest share of a feature that no summand explains: rounding.  It is added to
				         what the code has by itself, so that the amounts add up to the parts. */
};

/* Take a candidate of the last ranking of a ranker, which was of that level (LEVEL_SOC or LEVEL_ONET), apart.  False with
 * ERROR_MEMORY or an error of the index. */
bool rank_attribute(struct ranker *r, const struct candidate *c, enum code_level level, struct arena *arena,
		    struct attribution *out, struct error *err);

/* For rank_attribute(): the same from the questions and the features that the ranking left behind. */
bool attribute(struct features *s, const struct query *title, const struct query *text, enum query_kind kind,
	       const struct documents *documents, const struct candidate *c, struct arena *arena,
	       struct attribution *out, struct error *err);

#endif
