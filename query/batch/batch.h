// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * batch.h - a whole table coded: read, ranked by several threads, written, counted.
 *
 *     input_rows.h -> worker_pool.h (chunks: coder.h, writer.h) -> output.h, tally.h, evaluation.h, review.h
 *
 * The output depends on the input, the index and the options alone: not on how many threads there are, how fast the
 * input comes, or whether the run was interrupted.
 */
#ifndef SOC_QUERY_BATCH_BATCH_H
#define SOC_QUERY_BATCH_BATCH_H

#include "query/batch/coder.h"
#include "lib/table/column_guess.h"
#include "query/batch/writer.h"

struct batch_options {
	const char *input;     /* a path, or "-" */
	const char *output;    /* a path; NULL: standard output */
	const char *index;     /* path: each thread opens it for itself */
	const char *overrides; /* paths of files; NULL: none */
	const char *review_file;
	bool merge_titles; /* in the review file, whatever the texts */
	const char *report;
	const char *plot;
	bool resume; /* go on where the run stopped that wrote the output */
	struct slice
		deciding; /* all that the command line says of the output, by which a run is known again; borrowed */
	struct column_wish columns[COLUMN_COUNT];
	struct column_layout layout;
	struct coder_options coder;     /* without overrides, cache and other codes */
	struct writer_options writer;   /* without the columns and other codes */
	enum other_classification fold; /* candidates are those of this one; OTHER_CLASSIFICATION_COUNT: of the index */
	size_t jobs;
	bool quiet;
};

/* Set by a signal handler: the rows in hand are finished, and the run ends with ERROR_STOPPED. */
extern volatile int batch_interrupted;

/* Code a table; *any says whether any row has a candidate.  `index` is options->index, open for the calling thread.  Not
 * thread-safe: one run at a time, because of batch_interrupted. */
bool batch_run(const struct batch_options *options, struct soc_index *index, bool *any, struct error *err);

#endif
