// SPDX-License-Identifier: GPL-3.0-or-later
/* industry.c - ranks the words of an industry as a text of its own, and reorders the tied candidates of an answer by its
 * scores. */
#include <xxhash.h>

#include "lib/base/lru_cache.h"
#include "lib/soc/naics.h"
#include "query/batch/industry.h"

/* A table of jobs has few industries: without a cache each row would be ranked twice. */
enum { INDUSTRIES_MAX = 32 };

struct industry {
	struct soc_index *index;
	struct ranker *ranker;
	struct lru_cache scores; /* of an industry, by hash of its words: float *, by occupation */
};

struct slice industry_words(struct slice industry)
{
	struct slice title = naics_title(industry);
	return title.at ? title : industry;
}

bool industry_new(struct soc_index *index, struct industry **out, struct error *err)
{
	struct industry *i = memory_new(sizeof *i, err);
	*out = i;
	if (!i)
		return false;
	i->index = index;
	if (lru_cache_new(&i->scores, INDUSTRIES_MAX, INDUSTRIES_MAX, sizeof(float *), err))
		return true;
	industry_free(i);
	*out = NULL;
	return false;
}

static void free_scores(void *value)
{
	memory_free(*(float **)value);
}

void industry_free(struct industry *i)
{
	if (!i)
		return;
	lru_cache_free(&i->scores, free_scores);
	ranker_free(i->ranker);
	memory_free(i);
}

/* Score every occupation, also those in which nothing of the industry is found. */
static bool rank_words(struct industry *i, struct slice words, float *scores, struct error *err)
{
	struct rank_options options = { .level = LEVEL_ONET, .limit = i->index->count, .unmatched = true };
	struct job job = { .text = words };
	struct ranking r;
	if (!i->ranker && !ranker_new(i->index, &i->ranker, err))
		return false;
	memset(scores, 0, i->index->count * sizeof *scores);
	if (!rank_job(i->ranker, &job, &options, &r, err))
		return false;
	for (size_t k = 0; k < r.count; k++)
		scores[r.at[k].occupation] = (float)r.at[k].score;
	return true;
}

static bool find_scores(struct industry *i, struct slice industry, const float **out, struct error *err)
{
	struct slice words = industry_words(industry);
	uint64_t hash = XXH3_64bits(words.at, words.length);
	bool hit;
	float **scores = lru_cache_get(&i->scores, hash, &hit);
	if (!*scores)
		*scores = memory_new(i->index->count * sizeof **scores, err);
	if (!hit && (!*scores || !rank_words(i, words, *scores, err))) {
		lru_cache_forget(&i->scores, hash);
		return false;
	}
	*out = *scores;
	return true;
}

bool industry_break_ties(struct industry *i, struct slice industry, struct answer *answer, struct error *err)
{
	const float *scores;
	size_t tied = 1;
	while (tied < answer->count && answer->at[tied].confidence >= INDUSTRY_TIED * answer->at[0].confidence)
		tied++;
	if (tied == 1)
		return true;
	if (!find_scores(i, industry, &scores, err))
		return false;
	for (size_t k = 1; k < tied; k++) {
		struct answer_candidate c = answer->at[k];
		size_t at = k;
		for (; at > 0 && scores[answer->at[at - 1].occupation] < scores[c.occupation]; at--)
			answer->at[at] = answer->at[at - 1];
		answer->at[at] = c;
	}
	return true;
}
