// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * industry.h - the industry of a job, as a tie-breaker and no more.
 *
 * Candidates that are nearly as likely as the first (INDUSTRY_TIED of its confidence or more) are put in the order of
 * their scores for the words of the industry, ranked as a text of their own; scores and confidences stay as they
 * are, and what is less likely stays where it is.  An industry is free text, or a code of NAICS
 * (https://www.census.gov/naics/), which stands for its title (lib/soc/naics.h).
 */
#ifndef SOC_QUERY_BATCH_INDUSTRY_H
#define SOC_QUERY_BATCH_INDUSTRY_H

#include "lib/rank/rank.h"
#include "query/batch/answer.h"

#define INDUSTRY_TIED 0.5

struct industry;

bool industry_new(struct soc_index *index, struct industry **out, struct error *err);
void industry_free(struct industry *i);

/* The words that an industry is ranked by: itself, or for a NAICS code its title. */
struct slice industry_words(struct slice industry);

/* Reorder what is tied at the head of an answer. */
bool industry_break_ties(struct industry *i, struct slice industry, struct answer *answer, struct error *err);

#endif
