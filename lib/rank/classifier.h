// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * classifier.h - the score of the trained classifier (lib/index/classifier_features.h) for a title or text.
 */
#ifndef SOC_RANK_CLASSIFIER_H
#define SOC_RANK_CLASSIFIER_H

#include "lib/base/lru_cache.h"
#include "lib/index/classifier_features.h"
#include "lib/rank/query_terms.h"

/* Zero-initialise; classifier_close() after use. */
struct classifier {
	const struct hash_table *lists; /* of the index */
	float *bias;                    /* by SOC code; NULL: not loaded, or the index has no classifier */
	float *scores;                  /* scratch, by SOC code */
	struct lru_cache words;         /* what each word says by itself for every code, by hash */
	bool loaded;
};

/* Load what the index has; cheap the second time.  ERROR_DAMAGED where it is not of this index's codes. */
bool classifier_load(struct classifier *m, struct soc_index *index, struct error *err);
void classifier_close(struct classifier *m);

/*
 * How much likelier than chance each SOC code is, in nats: ln(P(code) x number of codes), at least 0; into
 * m->scores; `codes` is how many there are.  *any is false where the index has no classifier, or it knows no feature of the query: then nothing is
 * written.
 */
bool classifier_score(struct classifier *m, size_t codes, const struct query *q, enum classifier_input input, bool *any,
		      struct error *err);

/* Receives the amount of a word (a stem) for a code; or of two words with a space between; borrowed for the call. */
typedef bool (*classifier_sink)(void *ctx, struct slice words, float amount, struct error *err);

/*
 * Explain the score of a query for one code: pass to `sink` the amount of each word (with its n-grams, as the head and as the first
 * of a title) and of each bigram.  One that comes twice is passed twice.  Their sum is the score of classifier_score() less that of
 * a query without words; nothing is passed where there is no classifier.
 */
bool classifier_explain(struct classifier *m, size_t codes, size_t code, const struct query *q,
			enum classifier_input input, classifier_sink sink, void *ctx, struct error *err);

#endif
