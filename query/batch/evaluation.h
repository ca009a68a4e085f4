// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evaluation.h - agreement of the first candidates with reference codes, which the column of --gold gives.
 *
 * Agreement and Cohen's kappa (1960) at 2, 3, 5 and 6 digits; agreement by production rate, the share of rows that are
 * coded without a human; calibration of the confidence; the commonest confusions.  A row may have several reference
 * codes (lib/soc/code_reader.h).  Those of older editions are led over by the crosswalks of the index.  A code of fewer digits, on either side, agrees at so many digits and not beyond.  Rows
 * that an override decided say nothing about the ranking and are left out.
 */
#ifndef SOC_QUERY_BATCH_EVALUATION_H
#define SOC_QUERY_BATCH_EVALUATION_H

#include <jansson.h>

#include "lib/base/string_map.h"
#include "lib/index/open_index.h"
#include "query/batch/worker_pool.h"
#include "query/engine/code_lookup.h"

/* Two, three, five and six digits. */
enum { EVALUATION_LEVELS = 4, EVALUATION_BINS = 1000 };

/* What is no code is listed: so many rows, and bytes of each. */
enum { EVALUATION_REJECTS = 20, EVALUATION_REJECT_SIZE = 41 };

struct evaluation_reject {
	uint64_t row;
	char text[EVALUATION_REJECT_SIZE]; /* its beginning */
};

struct evaluation_bin { /* of confidence */
	uint64_t rows;
	uint64_t right; /* at six digits */
	double sum;     /* of confidences */
};

struct evaluation {
	const struct soc_index *index;  /* with its crosswalks; NULL: codes are taken as they are written */
	uint64_t rows;                  /* compared */
	uint64_t absent;                /* rows without a reference code */
	uint64_t origins[ORIGIN_COUNT]; /* rows by what their references are; a row with several codes by one of them */
	struct evaluation_reject rejects[EVALUATION_REJECTS]; /* of ORIGIN_MALFORMED and ORIGIN_ANY_DATE */
	size_t reject_count;
	uint64_t compared[EVALUATION_LEVELS]; /* rows whose reference code has so many digits */
	uint64_t agreed[EVALUATION_LEVELS];
	struct evaluation_bin bins[EVALUATION_BINS];
	struct map pairs;    /* "reference code>predicted code" */
	uint64_t *pair_rows; /* by number */
	size_t pair_capacity;
	uint64_t other_pairs; /* rows whose pair came when there were too many */
};

/* Zero-initialise; evaluation_free() after use. */
void evaluation_free(struct evaluation *e);
bool evaluation_add(struct evaluation *e, const struct batch_row *row, const struct row_outcome *o, struct error *err);

/* Cohen's kappa at a level (0: two digits ... 3: six); NAN where all rows have one code. */
double evaluation_kappa(const struct evaluation *e, size_t level, struct error *err);

/* The least confidence at which at least a share of the rows is coded without a human, how many these are, and how
 * many of them are right. */
struct evaluation_point {
	double confidence;
	uint64_t rows;
	uint64_t right;
};
struct evaluation_point evaluation_at(const struct evaluation *e, double share);

/* The commonest pairs that differ at six digits: numbers in `pairs`, most rows first; at most `limit`.  Returns how
 * many. */
size_t evaluation_confusions(const struct evaluation *e, size_t limit, uint32_t *out);
/* The codes of a pair. */
void evaluation_pair(const struct evaluation *e, uint32_t pair, struct code *reference, struct code *predicted);

/* For people; titles come from the index. */
bool evaluation_print(FILE *stream, const struct evaluation *e, struct soc_index *index, struct error *err);
/* The same as JSON, for --report. */
json_t *evaluation_json(const struct evaluation *e, struct soc_index *index, struct error *err);
/* A calibration plot and the curve of agreement against production, as SVG; appended to *out. */
bool evaluation_plot(const struct evaluation *e, const char *title, struct buffer *out, struct error *err);

/* All counts, for the checkpoint; and back.  ERROR_INPUT where they are malformed. */
json_t *evaluation_state(struct evaluation *e);
bool evaluation_restore(const json_t *state, struct evaluation *e, struct error *err);

#endif
