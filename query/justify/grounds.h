// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * grounds.h - what in a code matched a job: the parts of its score, the titles and tasks that are like the job, and the words of the
 * job that nothing in the code explains.
 */
#ifndef SOC_QUERY_JUSTIFY_GROUNDS_H
#define SOC_QUERY_JUSTIFY_GROUNDS_H

#include "query/document/document.h"
#include "query/justify/asked.h"

/* So many pieces of evidence of each kind. */
#define GROUNDS_SHOWN 5

struct ground {
	const struct asked_code *asked;
	const struct candidate *candidate;   /* NULL: it is not among the ranked, and nothing else is said */
	size_t place;                        /* in the ranking, from 0 */
	struct reasons reasons;              /* of its best occupation */
};

struct grounds {
	struct ground *at;                   /* in the order of the codes */
	size_t count;
};

/* Find them; the codes and the ranking are borrowed, everything else lives in c->arena. */
bool grounds_find(struct command *c, const struct job *job, const struct asked_codes *codes, const struct ranking *ranking,
		  struct grounds *out);

/* A section of `level` for each code. */
void grounds_write(const struct grounds *g, const struct command *c, struct document *d, int level);

/* An array, a new reference; NULL where memory failed. */
json_t *grounds_json(const struct grounds *g, const struct command *c);

#endif
