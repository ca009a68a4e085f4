// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison.h - codes side by side: what tells them apart, and what they have in common.
 *
 * A code of six digits has all that is said of the occupations under it; its Job Zone, its education and its definition
 * are those of the first of them, whose eight digits end in .00.
 *
 * Two statements of tasks are called alike where the cosine of their words, each weighed by its idf among the codes, is
 * at least COMPARISON_ALIKE (docs/compare.md says how that was measured).  What a statement tells is worked out as in
 * query/engine/term_stats.h.
 */
#ifndef SOC_QUERY_ENGINE_COMPARISON_H
#define SOC_QUERY_ENGINE_COMPARISON_H

#include "query/engine/fact_lookup.h"
#include "query/engine/target_codes.h"

#define COMPARISON_MIN 2
#define COMPARISON_MAX 6   /* codes: a table of more is not read */
#define COMPARISON_SHOWN 5 /* of tasks and titles of each kind, where nobody says how many */
#define COMPARISON_ALIKE 0.55

/* ---- what is said of each ---- */

/* A text that defines a code, with the words that stand in no definition of the others; numbers are none, and neither
 * are words that stand in the descriptions and tasks of most codes. */
struct comparison_definition {
	const struct evidence *evidence;
	struct span *spans;
	size_t span_count;
};

#define COMPARISON_DEFINITIONS 2 /* of the SOC, and of O*NET where that differs */

struct comparison_side {
	const struct target_code *asked;
	struct code own;            /* that of the first occupation under it, on which facts hang too */
	struct occupation *members; /* the occupations under it */
	size_t member_count;
	struct code groups[LEVEL_COUNT];
	struct comparison_definition definitions[COMPARISON_DEFINITIONS];
	size_t definition_count;
	bool has_advanced; /* whether workers were asked about their education */
	bool advanced_suppressed;
	double advanced; /* per cent with a master's degree or more */
	uint32_t advanced_source;
};

/* ---- rows: what can be read across ---- */

enum comparison_section {
	COMPARISON_FIT,
	COMPARISON_CLASSIFICATION,
	COMPARISON_WORK,
	COMPARISON_PREPARATION,
	COMPARISON_PROFESSION,
	COMPARISON_WAGES,
	COMPARISON_DEGREES,
	COMPARISON_STEM,
	COMPARISON_OUTLOOK,
	COMPARISON_CUSTOM,
	COMPARISON_SECTION_COUNT
};

/* Facts with no source of their own: counted or worked out. */
#define COMPARISON_NO_SOURCE UINT32_MAX

struct comparison_row {
	enum comparison_section section;
	const char *key; /* in JSON; NUL-terminated */
	const char *label;
	bool glance; /* it belongs among the differences at a glance, where it differs */
	bool differs;
	struct slice values[COMPARISON_MAX]; /* as people read them; empty: nothing is said of this code */
	struct slice of[COMPARISON_MAX];     /* the code that it was published for, where that is another */
	enum fact_way ways[COMPARISON_MAX];
	const char *absent; /* what it says where there is no value */
	uint32_t source;
};

/* ---- lists: tasks, activities, technologies, filed titles ---- */

/* What two or more have. */
struct comparison_common {
	const struct evidence *of[COMPARISON_MAX]; /* NULL: this one does not have it */
	const struct occupation *member[COMPARISON_MAX];
	uint32_t filings[COMPARISON_MAX];
	size_t occurrences;
	double alike; /* of tasks: the least cosine by which they were joined; else 1 */
	size_t order; /* in which it was found: of equal ones the first stays before */
};

/* What one alone has. */
struct comparison_own {
	const struct evidence *evidence;
	const struct occupation *member;
	bool other;         /* of tasks: of another occupation under the code than the first */
	double tells;       /* of tasks */
	struct span *spans; /* words that no description or task of the others has */
	size_t span_count;
	size_t order;
};

struct comparison_list {
	struct comparison_common *common; /* the most alike, the most asked for or the most filed first */
	size_t common_count;
	struct comparison_own
		*own[COMPARISON_MAX]; /* the most telling or the most asked for first, of tasks those of the first
							occupation before the others'; of filed titles none */
	size_t own_count[COMPARISON_MAX];
	size_t totals[COMPARISON_MAX];    /* how many each has; titles that are spelt differently may count twice */
	uint64_t filings[COMPARISON_MAX]; /* of filed titles: how many filings they stand for */
};

/* ---- how far each fits a job ---- */

#define COMPARISON_WORDS 6

struct comparison_fit {
	const struct candidate *candidate;    /* NULL: it is not among the ranked, for nothing is known of it */
	size_t place;                         /* from 0 */
	struct slice words[COMPARISON_WORDS]; /* of the job, as written: those that tell most for this code */
	size_t word_count;
	struct evidence_match task; /* the most like the job; span_count 0: none is */
	const struct occupation *task_member;
};

/* A feature by which the first of those compared is ahead of the others or behind. */
struct comparison_feature {
	enum feature feature;
	double spread; /* the most of any less the least of any */
};

/* ---- all of it ---- */

struct comparison {
	size_t count;
	struct comparison_side sides[COMPARISON_MAX];
	enum code_level level;
	enum code_level shared; /* the finest level at which all are in one group */
	bool related;           /* whether any group holds all: else `shared` means nothing */
	struct comparison_row *rows;
	size_t row_count;
	struct comparison_list tasks, activities, technologies, titles;
	const struct job *job; /* NULL: none was given */
	size_t ranked;         /* how many codes were */
	struct comparison_fit fits[COMPARISON_MAX];
	struct comparison_feature features[FEATURE_COUNT]; /* the widest spread first */
	size_t feature_count;
	size_t best;         /* which of those compared the ranking has before the others */
	size_t limit;        /* of tasks and titles of each kind that are written */
	const char *for_all; /* how one gets all of them: "--all", where nobody says something else */
};

/* The digit by which two codes are told apart first, from 1, the hyphen not counted; and the level of the groups that
 * part there.  0 where they are the same. */
size_t comparison_digit(const struct code *a, const struct code *b, enum code_level *level);

/* Compare codes; `ranked` is NULL where no job is given, else of the level of the codes; it and the codes are borrowed.
 * `limit` is how much will be written of each list.  Everything lives in s->arena.  ERROR_USAGE where the codes are too
 * few or too many. */
bool comparison_find(struct session *s, const struct target_codes *codes, struct target_ranking *ranked, size_t limit,
		     struct comparison *out);

#endif
