// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * exhibit_write.h - the whole case for the code of a job, on one page: the question, the candidates, their comparison,
 * the duties, the reasons, and where everything comes from.
 */
#ifndef SOC_QUERY_OUTPUT_EXHIBIT_WRITE_H
#define SOC_QUERY_OUTPUT_EXHIBIT_WRITE_H

#include "query/engine/comparison.h"
#include "query/engine/duty_table.h"
#include "query/engine/evidence_shares.h"
#include "query/output/document.h"
#include "query/output/provenance.h"

/* Without --codes, so many leading candidates are weighed against each other. */
#define EXHIBIT_LEADING 3
/* So many candidates are listed, and the codes that are weighed wherever they stand. */
#define EXHIBIT_CANDIDATES 10
/* So many pieces of each kind of evidence speak for a code. */
#define EXHIBIT_PIECES 5

struct exhibit {
	struct slice title; /* as given; empty: none */
	struct slice text;  /* the bytes of --text, trimmed; empty: none */
	bool has_duties;
	struct duty_sheet sheet;   /* where has_duties */
	struct duty_finder finder; /* of the sheet */
	struct duty_table duties;
	struct job job;               /* what is ranked: title and text; where there is no text, the duties */
	struct target_codes codes;    /* the one that is examined first */
	bool named;                   /* the codes are the user's */
	struct target_ranking ranked; /* of all codes, at the level of `codes` */
	struct comparison comparison;
	struct evidence_shares *cases; /* one for each of the codes that is ranked, in their order */
	size_t case_count;
	struct provenance provenance;
};

/* The document; NULL with s->err filled. */
struct document *exhibit_write(const struct exhibit *x, struct session *s);

/* The same content for programs (docs/formats.md): the members of the object that is open. */
void exhibit_json(const struct exhibit *x, const struct session *s, struct json_writer *w);

/* How far the ranking of the index at hand can be trusted, in a sentence: what it made of titles that were kept out.
 * Appended to *out; nothing where the index was not measured. */
bool exhibit_describe_trust(const struct session *s, struct buffer *out);

#endif
