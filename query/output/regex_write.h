// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * regex_write.h - the matches of a regular expression, printed as they are found.
 */
#ifndef SOC_QUERY_OUTPUT_REGEX_WRITE_H
#define SOC_QUERY_OUTPUT_REGEX_WRITE_H

#include "query/engine/regex_scan.h"
#include "query/engine/session.h"
#include "query/output/document.h"
#include "query/output/format.h"
#include "query/output/terminal_page.h"

/* One list of matches; the first three are the caller's. */
struct regex_output {
	struct session *session;
	const struct page *page;
	enum format format;
	struct json_writer json; /* of JSON */
	struct buffer text;      /* ... and what it writes; buffer_free() after use */
	struct csv_writer rows;  /* of tables */
	const char *title;       /* of documents */
	struct document *d;      /* of text, the occupation's; of other documents, all; document_free() after use */
	size_t occupation;       /* of documents: whose matches are being written, from 1 */
};

/* False with the error of the session. */
bool regex_write_begin(struct regex_output *l, const char *pattern);
/* A regex_listener; `ctx` is the struct regex_output. */
void regex_write_match(void *ctx, const struct regex_match *m);
/* What stands around the matches of JSON; a document is left in l->d. */
void regex_write_end(struct regex_output *l, const char *pattern, const struct regex_request *request,
		     const struct regex_totals *totals);

#endif
