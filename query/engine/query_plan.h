// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * query_plan.h - from the tree of a query to what is ranked and which occupations are allowed.
 *
 * What is ranked: all words of the query but those that are negated, those of phrases and fields among them, in
 * their order, as one text.  Codes, groups and zones are not ranked.
 *
 * What is allowed: bare words leave nothing out.  Whatever else stands in the outermost list must hold: phrases,
 * +x, field:x, word*, NEAR, expressions of AND and OR; -x and NOT x must not.  Inside such an expression words must
 * hold too, each anywhere in the occupation's evidence (of the field, where one is given).  Stop words are not
 * indexed: alone they ask for nothing, in a phrase they keep their place.
 *
 * word* stands for all terms of the index that can come from a word that begins so.  Terms are stems: "engineering"
 * is indexed as "engin", so that the terms that begin with "engineer" are not enough.  Therefore also the stems of
 * what the beginning becomes with the usual endings of English (engineer, engineers, engineering ...) are looked up.
 * What it cannot tell apart are words of one stem: engineer* finds "engine" too.
 */
#ifndef SOC_QUERY_ENGINE_QUERY_PLAN_H
#define SOC_QUERY_ENGINE_QUERY_PLAN_H

#include "query/engine/trace.h"
#include "query/engine/fact_filter.h"
#include "query/engine/query_parser.h"
#include "lib/rank/rank.h"

#define PLAN_EXPANSION_MAX 1000 /* terms that all word* of a query together may stand for */

/* What is asked for beside the query: --zone, --group, --kind, and conditions on facts. */
struct plan_filters {
	unsigned zones;               /* bits; 0: all */
	unsigned kinds;               /* bits of fields that hold words; 0: all */
	struct filter_group *groups;  /* any of these */
	size_t group_count;           /* 0: all */
	struct fact_conditions facts; /* all of them */
};

struct plan {
	struct slice words;   /* what is ranked; the query's own bytes, or in the arena */
	unsigned char *allow; /* by occupation; NULL allows all */
	bool demands;  /* something that the query names must hold: what is allowed is found, ranked words or not */
	bool filtered; /* codes, groups, zones or facts are asked for */
};

/* Make a plan.  ERROR_USAGE or ERROR_LIMIT, with the place in the query, where it cannot be. */
bool plan_make(struct session *s, struct parsed_query *q, const struct plan_filters *filters, struct plan *out);

/* With --kind: only occupations are allowed where some word of the job stands in evidence of these kinds.  To be
 * called when it is known what the job is. */
bool plan_restrict_kinds(struct session *s, const struct plan_filters *filters, const struct job *job,
			 struct plan *plan);

/* The options of rank_job() that the plan decides. */
void plan_apply(const struct plan *plan, const struct job *job, struct rank_options *options);

/* How many occupations are allowed. */
size_t plan_allowed(const struct soc_index *index, const struct plan *plan);

/* In how many occupations a term (folded and stemmed) stands, in any field of `kinds` (0: all). */
bool plan_count_term(struct soc_index *index, struct slice term, unsigned kinds, size_t *count, struct error *err);

/* Explain the query, its parts, and the filter. */
bool plan_trace(const struct soc_index *index, const struct parsed_query *q, const struct plan_filters *filters,
		const struct plan *plan, struct trace *e, struct error *err);

#endif
