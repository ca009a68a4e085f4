// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fact_filter.h - conditions on facts: --advanced-degree, --wage, --stem, --degree and --where of soc search.
 *
 * An occupation fulfils a condition by its own facts or by those of the code that stands for it (fact_lookup.h).  What is
 * not published fulfils none; of "at least $239,200" it is known that it is not less.  Where a source contradicts
 * itself, one of its values is enough.
 */
#ifndef SOC_QUERY_ENGINE_FACT_FILTER_H
#define SOC_QUERY_ENGINE_FACT_FILTER_H

#include "lib/rank/rank.h"
#include "query/engine/session.h"

enum fact_test {
	FACT_TEST_RANGE, /* a number between two ends */
	FACT_TEST_EQUAL, /* a text, without case */
	FACT_TEST_UNEQUAL,
	FACT_TEST_WORDS, /* all words of `text` stand in it, as words are compared in a search */
	FACT_TEST_STEM,  /* on one of `lists` */
	FACT_TEST_DEGREE /* a field of study whose title has all words of `text`, or whose CIP code is or begins so */
};

struct fact_condition {
	enum fact_key key; /* FACT_CUSTOM: the column is named by `table` and `column` */
	struct slice table;
	struct slice column;
	enum fact_test test;
	double low, high;   /* -INFINITY, INFINITY where open */
	bool above, below;  /* the end itself is not meant */
	struct slice text;  /* in the arena of whoever read it */
	unsigned lists;     /* bits of enum stem_list (fact_lookup.h) */
	const char *option; /* by which it was given, for messages: "--wage" */
};

struct fact_conditions {
	struct fact_condition *at;
	size_t count;
};

/* Read the value of an option; ERROR_USAGE says what would be right.  Texts are copied to `arena`. */
bool fact_read_percent(struct slice value, struct fact_condition *out, struct error *err); /* `50`, `25..75` */
bool fact_read_wage(struct slice value, struct fact_condition *out, struct error *err);    /* `100000`, `80k..120k` */
bool fact_read_stem(const char *value, struct fact_condition *out);                        /* NULL is any */
bool fact_read_degree(struct slice value, struct fact_condition *out, struct error *err);  /* `14.1901`, words */
bool fact_read_where(struct slice value, struct fact_condition *out, struct error *err);   /* `pay.median >= 10` */

/* Leave in `set`, by occupation, those that fulfil all conditions.  Loads the facts.  ERROR_USAGE where the index has
 * no such facts, with the source that gives them as a hint. */
bool fact_conditions_apply(struct session *s, const struct fact_conditions *conditions, unsigned char *set);

/* What an occupation has to show for a condition: *figure, by which answers are ordered, the highest first, and for
 * people a text appended to *out, such as "median annual wage $133,080 (OEWS May 2024)".  False where it does not
 * fulfil it. */
bool fact_condition_show(struct session *s, const struct fact_condition *c, const struct code *code, double *figure,
			 struct buffer *out);

/* Why no occupation at all fulfils a condition on fields of study: appended to *out. */
bool fact_degree_without_occupation(struct session *s, const struct fact_condition *c, struct buffer *out);

/* The condition in words: "median annual wage from 100000 on". */
bool fact_condition_describe(const struct fact_condition *c, struct buffer *out, struct error *err);

/* Order candidates by what they have to show for the first condition, the highest first, then for the next, then by
 * code.  Each becomes the one of its allowed occupations that has the most to show. */
bool fact_filter_order(struct session *s, const struct fact_conditions *conditions, const unsigned char *allow,
		       struct ranking *ranking);

/* Append what an occupation has to show for all conditions to the empty *out, semicolons between them. */
bool fact_filter_describe(struct session *s, const struct fact_conditions *conditions, size_t occupation,
			  struct buffer *out);

#endif
