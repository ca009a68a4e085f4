// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * review_head.h - how a review queue begins: its header, and the lines of an earlier one that stay.
 */
#ifndef SOC_QUERY_BATCH_REVIEW_HEAD_H
#define SOC_QUERY_BATCH_REVIEW_HEAD_H

#include "lib/table/csv_writer.h"
#include "query/batch/earlier_queue.h"
#include "query/batch/output.h"

struct review_head {
	const struct earlier_queue *earlier; /* NULL: there is none */
	struct tokenizer *analyzer;
	bool excel; /* a byte order mark, and codes that no spreadsheet takes for dates */
	struct output *output;
	/* What is found: */
	size_t columns; /* of all lines; REVIEW_COLUMNS are those of the queue, the others were added by people */
	uint64_t kept;  /* lines */
};

enum { REVIEW_CANDIDATES = 3 }; /* of a line */

/* code, decided_by, decided_on, comment; title to id; four of each candidate; text_digest */
enum {
	REVIEW_COLUMNS_OF_PEOPLE = 4,
	REVIEW_COLUMNS_OF_LINE = 12,
	REVIEW_COLUMNS_OF_CANDIDATE = 4,
	REVIEW_COLUMNS = REVIEW_COLUMNS_OF_LINE + REVIEW_CANDIDATES * REVIEW_COLUMNS_OF_CANDIDATE + 1
};

bool review_head_write(struct review_head *h, struct error *err);

/* A line of the queue into a buffer. */
struct csv_writer review_begin_line(bool excel, struct buffer *out, struct error *err);

#endif
