// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * tally.h - counts of a run: rows, answers, bands of confidence, decisions.
 */
#ifndef SOC_QUERY_BATCH_TALLY_H
#define SOC_QUERY_BATCH_TALLY_H

#include <jansson.h>

#include "query/batch/worker_pool.h"

/* The lower ends of the bands of confidence, from the highest. */
#define TALLY_BANDS \
	{ \
		0.9, 0.7, 0.5, 0.3, 0.0 \
	}
enum { TALLY_BAND_COUNT = 5 };

struct tally {
	uint64_t rows;
	uint64_t coded;          /* have a candidate */
	uint64_t overridden;     /* an override decided them; not in the bands */
	uint64_t broken;         /* could not be read */
	uint64_t not_occupation; /* say that they are none */
	uint64_t bands[TALLY_BAND_COUNT];
	uint64_t decisions[DECISION_COUNT];
	uint64_t converted; /* were Windows-1252 */
};

void tally_add(struct tally *t, const struct batch_row *row, const struct row_outcome *o);

/* The summary on `stream`; `seconds` is how long the run took, 0 to leave out the rate. */
void tally_print(FILE *stream, const struct tally *t, const struct thresholds *thresholds, double seconds);

/* The counts as an object of numbers, and back; false where it is not what tally_json() made. */
json_t *tally_json(const struct tally *t);
bool tally_read(const json_t *object, struct tally *t);
/* A member that is a count; false and 0 where it is none. */
bool tally_read_count(const json_t *object, const char *name, uint64_t *out);

#endif
