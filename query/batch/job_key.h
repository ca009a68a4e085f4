// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * job_key.h - the key by which jobs are compared: the same title, text and industry, by their words.
 *
 * Case, accents and punctuation do not count.  A text of any length is compared by a digest of all its words, which a
 * review queue has in a column of its own.  A key may stand for any text, or for any industry.
 */
#ifndef SOC_QUERY_BATCH_JOB_KEY_H
#define SOC_QUERY_BATCH_JOB_KEY_H

#include "lib/text/tokenizer.h"
#include "query/batch/row.h"

/* "t" and 32 hexadecimal digits, which no spreadsheet takes for a number, and a NUL. */
enum { JOB_DIGEST_SIZE = 34 };

/* Takes its place in a review queue whose lines are each for any text. */
#define JOB_DIGEST_ANY "any"

/* A job as it is compared.  Zero-initialise; keeps its memory from job to job; job_key_free() after use. */
struct job_key {
	struct buffer title;          /* words, a blank behind each */
	struct buffer industry;       /* likewise */
	char digest[JOB_DIGEST_SIZE]; /* of the words of the text; empty where it has none */
};

/* What of a key is left open; shapes from the most to the least telling. */
enum job_shape { JOB_EXACT = 0, JOB_ANY_INDUSTRY = 1, JOB_ANY_TEXT = 2, JOB_SHAPE_COUNT = 4 };

/* The tokenizer is that of the calling thread. */
bool job_key_read(struct job_key *key, const struct batch_job *job, struct tokenizer *analyzer, struct error *err);
void job_key_free(struct job_key *key);

/* Whether neither title nor text have a word: nothing can be said of such a job. */
bool job_key_empty(const struct job_key *key);

/* Append the key as bytes; `shape` is a sum of what is left open. */
bool job_key_append(const struct job_key *key, unsigned shape, struct buffer *out, struct error *err);

#endif
