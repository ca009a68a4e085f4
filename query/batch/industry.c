// SPDX-License-Identifier: GPL-3.0-or-later
/* industry.c - ranks the words of an industry as a text of its own, and reorders the tied candidates of an answer by its
 * scores. */
#include <xxhash.h>

#include "lib/base/ascii.h"
#include "lib/base/lru_cache.h"
#include "query/batch/industry.h"

/* A table of jobs has few industries: without a cache each row would be ranked twice. */
enum { INDUSTRIES_MAX = 32 };

struct industry {
	struct soc_index *index;
	struct ranker *ranker;
	struct lru_cache scores; /* of an industry, by hash of its words: float *, by occupation */
};

/* The sectors of NAICS 2022, by the first two digits. */
static const struct {
	unsigned from, to;
	const char *title;
} sectors[] = {
	{ 11, 11, "Agriculture, Forestry, Fishing and Hunting" },
	{ 21, 21, "Mining, Quarrying, and Oil and Gas Extraction" },
	{ 22, 22, "Utilities" },
	{ 23, 23, "Construction" },
	{ 31, 33, "Manufacturing" },
	{ 42, 42, "Wholesale Trade" },
	{ 44, 45, "Retail Trade" },
	{ 48, 49, "Transportation and Warehousing" },
	{ 51, 51, "Information" },
	{ 52, 52, "Finance and Insurance" },
	{ 53, 53, "Real Estate and Rental and Leasing" },
	{ 54, 54, "Professional, Scientific, and Technical Services" },
	{ 55, 55, "Management of Companies and Enterprises" },
	{ 56, 56, "Administrative and Support and Waste Management and Remediation Services" },
	{ 61, 61, "Educational Services" },
	{ 62, 62, "Health Care and Social Assistance" },
	{ 71, 71, "Arts, Entertainment, and Recreation" },
	{ 72, 72, "Accommodation and Food Services" },
	{ 81, 81, "Other Services (except Public Administration)" },
	{ 92, 92, "Public Administration" },
};

struct slice industry_words(struct slice industry)
{
	size_t digits = 0;
	while (digits < industry.length && ascii_is_digit(industry.at[digits]))
		digits++;
	/* 62, 6221, 622110; and 31-33 as the sector is written. */
	bool range = industry.length == 5 && digits == 2 && industry.at[2] == '-' && ascii_is_digit(industry.at[3]) &&
		     ascii_is_digit(industry.at[4]);
	if ((digits != industry.length && !range) || digits < 2 || digits > 6)
		return industry;
	unsigned sector = (unsigned)(industry.at[0] - '0') * 10 + (unsigned)(industry.at[1] - '0');
	for (size_t i = 0; i < sizeof sectors / sizeof *sectors; i++)
		if (sector >= sectors[i].from && sector <= sectors[i].to)
			return slice_of(sectors[i].title);
	return industry;
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
