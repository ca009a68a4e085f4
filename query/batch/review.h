// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * review.h - the review queue: rows that people have to decide, the titles of the most rows first.
 *
 * Rows of equal jobs, as job_key.h compares them, are one line, with their number, the candidates of the first of them
 * and the evidence of each.  The column `code` is empty: filled in, with a code or with the number of a candidate, the
 * file can be given to --overrides.
 */
#ifndef SOC_QUERY_BATCH_REVIEW_H
#define SOC_QUERY_BATCH_REVIEW_H

#include "lib/base/memory.h"
#include "lib/base/progress.h"
#include "query/batch/answer.h"
#include "query/batch/row.h"
#include "query/batch/decision.h"
#include "query/batch/review_head.h"
#include "query/batch/external_sort.h"

/* Lines with evidence: more than people read, and each costs a millisecond. */
enum { REVIEW_EVIDENCE = 20000 };

/* One line of the queue. */
struct review_line {
	uint64_t rows;
	uint64_t first; /* number of the first row */
	enum decision decision;
	struct slice id; /* of the first row, as all that follows */
	struct slice title;
	struct slice industry;
	struct slice text;   /* cut */
	struct slice digest; /* of the whole text, or JOB_DIGEST_ANY */
	struct slice reason;
	size_t count; /* candidates */
	struct review_candidate {
		struct slice soc;
		uint32_t occupation;
		double confidence; /* in thousandths */
	} candidates[REVIEW_CANDIDATES];
};

bool review_pack(const struct review_line *line, struct buffer *out, struct error *err);
/* Borrows `bytes`; false where they are malformed. */
bool review_unpack(struct slice bytes, struct review_line *out);
/* Two lines of one key as one: a external_sort_combine. */
bool review_combine(struct slice first, struct slice second, struct buffer *out, struct error *err);

/* The line of one row, packed; appended to *out. */
bool review_pack_row(const struct batch_row *row, const char *digest, const struct answer *a,
		     const struct thresholds *t, struct buffer *scratch, struct buffer *out, struct error *err);

/* Write the queue: `lines` are combined already, by their keys.  It takes the place of an earlier one as a whole, when all
 * is written. */
struct review_target {
	const char *path;
	const struct earlier_queue *earlier; /* what of it stays; NULL: nothing */
	bool excel;
	size_t jobs;
	size_t memory;             /* bytes of lines that are sorted in memory */
	const char *index;         /* path */
	struct progress *progress; /* may be NULL */
};

struct review_count {
	uint64_t written; /* new lines */
	uint64_t kept;    /* of the earlier queue */
};
bool review_write(struct external_sort *lines, const struct review_target *target, struct soc_index *index,
		  struct review_count *count, struct error *err);

#endif
