// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * regex_scan.h - soc search --regex: the pieces of evidence whose text a pattern matches, in the order of codes.
 *
 * Records are read one occupation at a time, and what matches is told at once: memory is that of one record.
 */
#ifndef SOC_QUERY_ENGINE_REGEX_SCAN_H
#define SOC_QUERY_ENGINE_REGEX_SCAN_H

#include "lib/text/regex.h"
#include "lib/index/open_index.h"
#include "query/engine/evidence_match.h"

/* So many texts may be given up before the pattern as a whole is: each costs REGEX_STEPS_MAX steps. */
#define REGEX_GIVEN_UP_MAX 100

/* So many matches in one text are marked. */
#define REGEX_SPANS_MAX 64

struct regex_request {
	struct regex *pattern;
	bool kinds[EVIDENCE_KIND_COUNT]; /* those to be looked at */
	const unsigned char *allow;      /* by occupation: 0 excludes it; NULL allows all.  Borrowed. */
	size_t limit;                    /* tell at most so many ... */
	size_t offset;                   /* ... after so many */
};

/* A piece that matches; borrowed until the callback returns. */
struct regex_match {
	size_t occupation;
	const struct evidence *evidence;
	const struct span *spans;
	size_t span_count; /* 0 where only emptiness matched */
};

struct regex_totals {
	size_t found; /* pieces, told or not */
	size_t told;
	size_t occupations; /* with any of them */
	size_t given_up;    /* pieces of which nobody knows */
};

struct regex_listener {
	void (*tell)(void *ctx, const struct regex_match *match);
	void *ctx;
};

/* Titles and tasks: what is looked at where nobody says otherwise. */
void regex_default_kinds(bool kinds[EVIDENCE_KIND_COUNT]);

/* Look at every piece.  ERROR_LIMIT where more than REGEX_GIVEN_UP_MAX texts had to be given up. */
bool regex_scan(struct soc_index *index, const struct regex_request *request, struct regex_listener listener,
		struct regex_totals *totals, struct error *err);

#endif
