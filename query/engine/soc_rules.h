// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * soc_rules.h - the rules of the SOC manual that bear on a job of several kinds of duties, and whether each applies.
 *
 * The rules stand in soc_rules.def, in our words, with their number in the manual of 2018.  The manual says more than
 * what is shown; it is at RULES_ADDRESS.  It names no measure of skill: here, it is the Job Zone, and where that is the
 * same or not known, the education that is typical for entry.
 *
 * Whether a duty tells of supervising is read from its words: "supervise" in any form, unless under somebody's
 * supervision; or a verb of leading ("oversee", "assign", "evaluate" ...) with people ("staff", "employees", "team"
 * ...) close behind it. Such a duty counts as supervising with all of its time.
 */
#ifndef SOC_QUERY_ENGINE_SOC_RULES_H
#define SOC_QUERY_ENGINE_SOC_RULES_H

#include "query/engine/session.h"
#include "query/engine/target_codes.h"

#define RULES_MANUAL "Standard Occupational Classification Manual, 2018"
#define RULES_SUPERVISOR 0.8 /* share of the time */
#define RULES_ADDRESS "https://www.bls.gov/soc/2018/soc_2018_manual.pdf"

enum rule {
#define RULE(id, key, number, text) RULE_##id,
#include "query/engine/soc_rules.def"
#undef RULE
	RULE_COUNT
};

struct rule_spec {
	const char *key;    /* in JSON */
	const char *number; /* "Coding Guideline 2" */
	const char *text;   /* what it says, in our words */
};

extern const struct rule_spec rule_specs[RULE_COUNT];

/* A rule that applies. */
struct rule_finding {
	enum rule rule;
	struct slice because; /* sentences: what in the job it is about */
};

struct rule_findings {
	struct rule_finding at[RULE_COUNT]; /* in the order of soc_rules.def */
	size_t count;
};

/* ---- skill ---- */

/* What an index says of the skill that a code requires. */
struct skill {
	uint32_t zone_low, zone_high; /* Job Zones of the occupations under it; 0: none is known */
	char zone[24];                /* "4", "3 to 5" as people read it; empty where none is known */
	struct slice svp;             /* of zone_low, where both are one; may be empty */
	struct slice entry;           /* typical education for entry; may be empty */
	unsigned entry_rank;          /* 1: no credential ... 8: a doctoral or professional degree; 0: not known */
};

/* For the occupations [first, end) of a code. */
bool skill_find(struct session *s, const struct code *code, size_t first, size_t end, struct skill *out);

enum skill_measure { SKILL_NONE, SKILL_ZONE, SKILL_ENTRY };

/* >0 where `a` requires more than `b`, <0 where less, 0 where they do not differ measurably; *by says by what. */
int skill_compare(const struct skill *a, const struct skill *b, enum skill_measure *by);

/* ---- words ---- */

/* Whether a duty of these words tells of supervising people. */
bool rules_find_supervising(struct text_words duty);

/* ---- rules ---- */

enum { RULE_CODES = 3 }; /* codes at most that have much of the time */

/* A code that has much of the time. */
struct rule_code {
	const struct target_code *target;
	const struct skill *skill;
	double time; /* of the duties that fall to it: 0 to 1 */
};

struct rule_duty {
	struct slice text;
	struct text_words words;
	bool supervises; /* it tells of supervising people */
};

/* What rules are tried on: a job whose duties have been weighed against codes. */
struct rule_case {
	struct slice title;      /* of the job; empty: none */
	struct code title_leads; /* of six digits: to which the title alone leads; empty where there is none */
	struct rule_code leading[RULE_CODES];
	size_t leading_count;
	const struct rule_duty *duties;
	size_t duty_count;
	bool named;         /* the codes are the user's */
	double uncovered;   /* share of the time of duties that no code covers */
	double supervising; /* share of the time of duties that tell of supervising people */
};

/* Find the rules that apply; texts live in s->arena. */
bool rules_find(struct session *s, const struct rule_case *job, struct rule_findings *out);

#endif
