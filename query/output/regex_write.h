// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * regex_write.h - the matches of a regular expression, printed as they are found.
 */
#ifndef SOC_QUERY_OUTPUT_REGEX_WRITE_H
#define SOC_QUERY_OUTPUT_REGEX_WRITE_H

#include "query/engine/regex_scan.h"
#include "query/engine/session.h"
#include "query/output/format.h"
#include "query/output/terminal_page.h"

/* One list of matches; the first three are the caller's. */
struct regex_output {
	struct session *session;
	const struct page *page;
	enum format format;
	json_t *list;           /* of JSON: the matches so far; json_decref() after use */
	struct csv_writer rows; /* of tables */
	size_t occupation;      /* of text: whose matches are being printed, from 1 */
};

void regex_write_begin(struct regex_output *l);
/* A regex_listener; `ctx` is the struct regex_output. */
void regex_write_match(void *ctx, const struct regex_match *m);
/* What stands behind or around the matches. */
void regex_write_end(struct regex_output *l, const char *pattern, const struct regex_request *request,
		     const struct regex_totals *totals);

#endif
