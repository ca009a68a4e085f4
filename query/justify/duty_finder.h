// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_finder.h - a duty sheet of which tables are made: what those have in common, worked out once, and which codes a table is
 * of where the user names none.
 */
#ifndef SOC_QUERY_JUSTIFY_DUTY_FINDER_H
#define SOC_QUERY_JUSTIFY_DUTY_FINDER_H

#include "query/justify/asked.h"
#include "query/justify/duty_match.h"
#include "query/justify/duty_sheet.h"

enum {
	DUTY_LEADING = 4,     /* so many codes of the ranking of the whole job are weighed ... */
	DUTY_CODES = 6,       /* ... and so many at most where none are named */
	DUTIES_RANKED = 24    /* single duties are ranked for so many of them, those with the most time */
};

/* Why a code is weighed. */
enum duty_reason { DUTY_NAMED, DUTY_LEADS_JOB, DUTY_LEADS_TITLE, DUTY_LEADS_DUTIES, DUTY_REASON_COUNT };

struct duty_choice {
	struct code code;            /* of six digits */
	enum duty_reason reason;
	double time;                 /* of the duties for which it leads */
};

struct duty_choices {
	struct duty_choice at[DUTIES_RANKED + DUTY_LEADING + 1];
	size_t count;
};

struct duty_finder {
	struct command *c;
	const struct duty_sheet *sheet;
	struct job job;              /* the title of --title and all duties */
	struct ranking ranking;      /* of this job; borrowed, and set by whoever has ranked it */
	struct duty_choices leaders; /* of single duties */
	struct code title_leads;     /* to which the title alone leads; empty where there is none */
	struct duty_words words;
};

/* Read a sheet, which is borrowed, and ask what the title alone leads to, and where codes are to be chosen, what single duties
 * lead to: the ranker reads for it what the ranking of the whole job needs too.  duty_finder_free() after use, whatever became of
 * it. */
bool duty_finder_begin(struct command *c, const struct duty_sheet *sheet, struct ranker *ranker, bool choosing,
		       struct duty_finder *f);
void duty_finder_free(struct duty_finder *f);

/* Rank all codes for the job of the sheet, as asked_rank() does, and keep the ranking when the ranker goes on to other jobs. */
bool duty_finder_rank(struct duty_finder *f, struct ranker *ranker, enum code_level level);

/* The codes to weigh; ERROR_INPUT where no code has anything of the job. */
bool duty_finder_choose(const struct duty_finder *f, struct duty_choices *out);

#endif
