// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * search_write.h - the answer of soc search, in every format that it has.
 */
#ifndef SOC_QUERY_OUTPUT_SEARCH_WRITE_H
#define SOC_QUERY_OUTPUT_SEARCH_WRITE_H

#include "query/engine/session.h"
#include "query/output/document.h"
#include "query/output/format.h"
#include "query/engine/trace.h"
#include "lib/rank/rank.h"
#include "query/engine/clarifying_question.h"
#include "query/engine/evidence_match.h"
#include "query/engine/fact_filter.h"
#include "query/engine/other_codes.h"

/* An answer to be printed; everything is borrowed. */
struct search_answer {
	struct session *session;
	enum format format;
	const struct job *job;
	const struct ranking *ranking;
	size_t offset; /* how many candidates were left out before the first */
	struct job_words *words;
	const struct trace *explain;                /* NULL: nobody asked */
	const struct clarifying_question *question; /* what would decide between the first candidates; may have none */
	const struct fact_conditions *facts;        /* what candidates have to show for them is printed too */
	unsigned with;                              /* WITH_..., of which `other` has what it needs */
	const struct other_codes *other;
};

/* Append what kind of evidence it is: "official title", or "filed 226 times: LCA FY2024 226". */
bool search_describe_evidence(const struct evidence *e, struct buffer *out, struct error *err);

/* The answer as a document, to be freed by document_free(); NULL with the error of the session. */
struct document *search_write(const struct search_answer *a);

/* Print as JSON or rows. */
bool search_print(struct search_answer *a);

#endif
