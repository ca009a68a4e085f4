// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * opinion_pool.h - how much the title and the text of a job weigh in its score, by how much each says of the code.
 *
 * Title and text are two opinions on the code.  Their scores are logs of probabilities, so that a weighted sum of them is a
 * logarithmic opinion pool (Genest and Zidek, 1986).  A fixed weight would let "Team Leader" spoil duties that say much, and
 * "See attached." a title.  So the weights follow from the evidence:
 *
 *     share of the title = logistic(shift + entropy x H + mass x ln(1 + m_title) - ln logistic(slope x (ln(1 + m_text) - middle)))
 *
 * where H is the entropy of the codes by the title's own score, as a part of the largest that there is, and m the mass of
 * words: the sum of the inverse document frequencies of the words, each by what part of it counts.  A title that fits many
 * codes equally, of words that many codes share, says little; so does a text without words that tell codes apart.  The more
 * there is to either, the more the weights are those of a sum:
 *
 *     weight of the title = 1 - (1 - share)^overlap,   weight of the text = ratio x (1 - share^overlap)
 *
 * A share of less than OPINION_MIN is taken for none, so that a part with nothing to say changes nothing; what lies between is
 * stretched, so that weights do not jump.  The numbers stand in weights.def.
 */
#ifndef SOC_RANK_OPINION_POOL_H
#define SOC_RANK_OPINION_POOL_H

#include <stddef.h>

#define OPINION_MIN 0.10

struct opinion_pool {
	double shift, entropy, mass; /* of the title */
	double slope, middle;        /* of the text */
	double overlap, ratio;
};

/* What a job's title and text say, in numbers. */
struct opinions {
	double title_entropy; /* 0 to 1 */
	double title_mass;    /* nats; 0: no title */
	double text_mass;     /* ... no text; also where it is alone */
};

struct opinion_weights {
	double share; /* of the title: 0 to 1 */
	double title, text;
};

/* Of the product. */
extern const struct opinion_pool opinion_pool_default;

/* The weights where title and text are given. */
struct opinion_weights opinion_pool_weigh(const struct opinion_pool *pool, const struct opinions *opinions);

/* The title's part of the weights, 0 to 1; and in words what follows from it. */
double opinion_title_part(const struct opinion_weights *weights);
const char *opinion_remark(const struct opinion_weights *weights);

/* The entropy of the softmax of scores, as a part of the largest that there is: 0 where one code has all, 1 where all are equal. */
double opinion_entropy(const float *scores, size_t count);

#endif
