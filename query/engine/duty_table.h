// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_table.h - a duty sheet against codes, duty by duty, with the classification rules that apply.
 *
 * How far a code covers a duty is in duty_coverage.h.  Of the whole job, with the share of the time of each duty:
 *
 *     coverage of a code     sum over duties of share x coverage of the duty by the code: 0 to 1
 *     a duty is covered      where some code covers DUTY_COVERED of it; the others are what nothing covers
 *     time of a code         the shares of the covered duties that fall to it: of the codes that cover a duty, and have
 *                            DUTY_NEAR of the largest coverage of it or more, it falls to the one that is first
 *                            in the ranking of the whole job
 *     combination            the codes with a time of DUTY_LARGE or more, where there are two or more
 *
 * These bounds were chosen on duties of the Occupational Outlook Handbook, asked without title, times or codes.  Of 336
 * occupations alone, the code with the most time was right for 88%, and a combination was named for 7%; of 250 sheets
 * with three duties of each of two occupations a combination was named for 71%, and both codes in it were right for
 * 44%.  So a combination is a reason to look, not a finding.
 *
 * Without codes of the user's, these are weighed: the leading ones of the ranking of title and all duties together,
 * what the title alone leads to, and the codes that lead for single duties which have much of the time.
 */
#ifndef SOC_QUERY_ENGINE_DUTY_TABLE_H
#define SOC_QUERY_ENGINE_DUTY_TABLE_H

#include "query/engine/duty_coverage.h"
#include "query/engine/duty_sheet.h"
#include "query/engine/soc_rules.h"
#include "query/engine/target_codes.h"

/*
 * a duty sheet of which tables are made: what those have in common, worked out once, and which codes a table is
 * of where the user names none.
 */

enum {
	DUTY_LEADING = 4,  /* so many codes of the ranking of the whole job are weighed ... */
	DUTY_CODES = 6,    /* ... and so many at most where none are named */
	DUTIES_RANKED = 24 /* single duties are ranked for so many of them, those with the most time */
};

/* Why a code is weighed. */
enum duty_reason { DUTY_NAMED, DUTY_LEADS_JOB, DUTY_LEADS_TITLE, DUTY_LEADS_DUTIES, DUTY_REASON_COUNT };

struct duty_choice {
	struct code code; /* of six digits */
	enum duty_reason reason;
	double time; /* of the duties for which it leads */
};

struct duty_choices {
	struct duty_choice at[DUTIES_RANKED + DUTY_LEADING + 1];
	size_t count;
};

struct duty_finder {
	struct session *session;
	const struct duty_sheet *sheet;
	struct job job;              /* the title that was given, and all duties */
	struct ranking ranking;      /* of this job; borrowed, and set by whoever has ranked it */
	struct duty_choices leaders; /* of single duties */
	struct code title_leads;     /* to which the title alone leads; empty where there is none */
	struct duty_words words;
};

/* Read a sheet and the title of its job, which are borrowed, and ask what the title alone leads to, and where codes are
 * to be chosen, what single duties lead to: the ranker reads for it what the ranking of the whole job needs too.
 * duty_finder_free() after use, whatever became of it. */
bool duty_finder_begin(struct session *s, const struct duty_sheet *sheet, struct slice title, struct ranker *ranker,
		       bool choosing, struct duty_finder *f);
void duty_finder_free(struct duty_finder *f);

/* Rank all codes for the job of the sheet, as target_rank() does, and keep the ranking when the ranker goes on to other
 * jobs. */
bool duty_finder_rank(struct duty_finder *f, struct ranker *ranker, enum code_level level);

#define DUTY_COVERED 0.3
#define DUTY_NEAR 0.6
#define DUTY_LARGE 0.3

struct duty_code {
	struct target_code asked;
	size_t occupation; /* under it: the one whose statements are shown */
	enum duty_reason reason;
	size_t place;             /* in the ranking of the job, from 0 */
	double score, confidence; /* there; 0 where the ranking does not have it */
	double coverage;          /* of the job: 0 to 1 */
	double time;              /* of the duties that fall to it: 0 to 1 */
	size_t duties;            /* how many */
	struct skill skill;
};

struct duty_row {
	const struct duty *duty;
	struct text_words words;   /* of the duty */
	struct duty_coverage *at;  /* by code */
	size_t best;               /* the code to which it falls; DUTY_NOBODY where it is not covered */
	double coverage;           /* by the code that covers it most */
	struct slice *unexplained; /* words that the statements of none of the codes have */
	size_t unexplained_count;
	bool supervises; /* it tells of supervising people (soc_rules.h) */
};

#define DUTY_NOBODY SIZE_MAX

struct duty_table {
	const struct duty_sheet *sheet;
	struct slice title; /* of the job; empty: none */
	enum code_level level;
	bool named; /* the codes are the user's; else they are in the order of their coverage */
	struct duty_code *codes;
	size_t code_count;
	struct duty_row *rows; /* in the order of the sheet */
	size_t row_count;
	double uncovered;        /* share of the time of duties that no code covers */
	double supervising;      /* share of the time of duties that tell of supervising people */
	size_t *leading;         /* the codes with much of the time, most first; else the one with the most */
	size_t leading_count;    /* 2 or more: a combination of occupations; 0: nothing covers anything */
	struct code title_leads; /* of six digits: to which the title alone leads; empty where there is none */
	struct rule_findings rules;
};

/* Weigh a sheet for a job with that title (empty: none); both are borrowed.  `codes` NULL: find them.  Everything lives
 * in s->arena. */
bool duty_table_find(struct session *s, const struct duty_sheet *sheet, struct slice title,
		     const struct target_codes *codes, struct duty_table *out);

/* The same of a sheet that has been read and ranked: several tables can be made of one.  ERROR_INPUT where codes are to
 * be chosen and none has anything of the job. */
bool duty_table_make(struct duty_finder *f, const struct target_codes *codes, struct duty_table *out);
/* Only as far as it takes to know the codes that lead: without skills, rules, and the words that nothing explains. */
bool duty_table_begin(struct duty_finder *f, const struct target_codes *codes, struct duty_table *out);

/* "named", "leads_job", "leads_title", "leads_duties". */
const char *duty_reason_name(enum duty_reason reason);

#endif
