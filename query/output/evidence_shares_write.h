// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evidence_shares_write.h - what supports a code, piece by piece, as sections of a document and for programs.
 */
#ifndef SOC_QUERY_OUTPUT_EVIDENCE_SHARES_WRITE_H
#define SOC_QUERY_OUTPUT_EVIDENCE_SHARES_WRITE_H

#include "query/engine/evidence_shares.h"
#include "query/output/document.h"
#include "query/output/json_writer.h"

/* Sections of `level`: at most `limit` pieces of each group, and how much the others gave. */
void evidence_shares_write(const struct evidence_shares *s, const struct session *session, struct document *d,
			   int level, size_t limit);

/* What speaks for a rival instead: by group, and its most telling pieces and words. */
void evidence_shares_write_rival(const struct evidence_shares *own, const struct evidence_shares *rival,
				 const struct session *session, struct document *d, int level);

/* The same content, all of it: the members of the object that is open. */
void evidence_shares_json(const struct evidence_shares *s, const struct session *session, struct json_writer *w);
/* The member "rival". */
void evidence_shares_rival_json(const struct evidence_shares *own, const struct evidence_shares *rival,
				const struct session *session, struct json_writer *w);

#endif
