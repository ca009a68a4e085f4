// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * decision_table.h - a table with decisions that people have made, row by row: a review queue, or one of their own.
 *
 * It has a column `code`, and `title` or `text`.  A review queue is known by its column `text_digest`: there a row is of
 * the job that stands in it.  In another table, a text or an industry that is empty is any.
 */
#ifndef SOC_QUERY_BATCH_DECISION_TABLE_H
#define SOC_QUERY_BATCH_DECISION_TABLE_H

#include "lib/table/column_guess.h"
#include "query/batch/job_key.h"

/* Zero-initialise; decision_table_close() after use. */
struct decision_table {
	const char *path; /* borrowed */
	struct tokenizer *analyzer;
	struct input_source *input_source;
	struct table *table;
	struct columns columns;
	bool queue;
	/* The current row: */
	struct table_row row;
	struct job_key key;
	unsigned shape;      /* of the key */
	bool decided;        /* somebody has written a code */
	bool touched;        /* ... or who, when, or a comment */
	struct buffer bytes; /* the key as job_key_append() makes it */
};

/* Open a file and find its columns; `path` and the tokenizer are borrowed.  Without a tokenizer, rows have no keys. */
bool decision_table_open(struct decision_table *t, const char *path, struct tokenizer *analyzer, struct error *err);
/* The next row; one that cannot be read is an error with its place. */
enum table_status decision_table_next(struct decision_table *t, struct error *err);
/* A field of the current row, trimmed. */
struct slice decision_table_field(const struct decision_table *t, enum column column);
void decision_table_close(struct decision_table *t);

#endif
