// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * collect.h - the first phase of a build: records come in from corpus/ and are put with their occupation.
 */
#ifndef SOC_INDEXER_COLLECT_H
#define SOC_INDEXER_COLLECT_H

#include "indexer/fact_collect.h"
#include "indexer/filings.h"

/* An occupation with its arrays still growing. */
struct draft {
	struct occupation said; /* the arrays live on the heap until collect_free() */
	size_t evidence_capacity;
	size_t education_capacity;
	size_t related_capacity;
};

/* Zero-initialise; collect_free() after use. */
struct collected {
	struct arena strings; /* all texts */
	struct map codes;     /* code -> number in drafts, until collect_finish() puts those in order */
	struct draft *drafts;
	size_t draft_capacity;
	struct map seen;       /* what has been taken, to know a row that comes again */
	struct map activities; /* DWA id -> number in activity_titles */
	struct slice *activity_titles;
	size_t activity_capacity;
	struct reference reference; /* Job Zones and categories in words */
	struct resolver resolver;
	struct filings filings;
	size_t filed_titles;    /* how many of them are kept; known after collect_finish() */
	struct map group_codes; /* code -> number in groups.at, in order of arrival */
	struct groups groups;
	struct crossings crossings;
	struct fact_drafts facts;
	struct buffer key; /* scratch */
	uint64_t by_kind[EVIDENCE_KIND_COUNT];
};

/* A sink that puts every record where it belongs. */
struct record_sink collect_sink(struct collected *g);

/* After the last record: order the occupations by code and the evidence of each by kind.  ERROR_INPUT where
 * there is no occupation at all. */
bool collect_finish(struct collected *g, struct error *err);

void collect_free(struct collected *g);

#endif
