// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fact_collect.h - facts while a build collects them: each put with the code that it hangs on, and all of them in
 * series at the end.
 */
#ifndef SOC_INDEXER_FACT_COLLECT_H
#define SOC_INDEXER_FACT_COLLECT_H

#include "indexer/code_resolver.h"
#include "lib/index/classification.h"
#include "lib/index/docstore.h"
#include "lib/index/fact_store.h"

/* A fact, and the series that it will belong to. */
struct fact_draft {
	enum fact_key key;
	uint32_t source;
	uint32_t column; /* of FACT_CUSTOM: number in `columns` */
	uint32_t order;  /* in which it came */
	bool published;  /* the code is one of O*NET-SOC as the source has it, of whatever edition */
	struct fact fact;
};

/* Zero-initialise; fact_drafts_free() after use.  Texts belong to the arena that the caller gives. */
struct fact_drafts {
	struct fact_draft *at;
	size_t count;
	size_t capacity;
	struct map rows;            /* those taken, to know one that comes again */
	struct map listed;          /* source and O*NET-SOC code of those that are `published` */
	struct map old;             /* sources that have an O*NET-SOC code of 2010 */
	struct map columns;         /* names of the user's own, in the order of their first coming */
	struct fact_number tops[2]; /* what the wage survey calls `#`: by the hour, by the year */
	struct buffer key;          /* scratch */
	struct facts facts;         /* after fact_drafts_finish() */
	struct fact *sorted;
	uint64_t by_key[FACT_KEY_COUNT];
};

/* What facts are put in place with. */
struct fact_ground {
	struct arena *strings;
	const struct resolver *resolver;
	const struct map *codes; /* of the occupations */
	const struct crossings *crossings;
};

/* Take the facts of one record of the kinds RECORD_FACTS and RECORD_WAGE_TOP. */
enum sink_verdict fact_drafts_take(struct fact_drafts *d, const struct fact_ground *ground, const struct record *r,
				   enum reject_reason *why, struct error *err);

/* Add what follows from an occupation's record: the share of advanced degrees. */
bool fact_drafts_derive(struct fact_drafts *d, const struct occupation *o, struct error *err);

/* After the last: put them in series, in d->facts. */
bool fact_drafts_finish(struct fact_drafts *d, const struct fact_ground *ground, struct error *err);

void fact_drafts_free(struct fact_drafts *d);

#endif
