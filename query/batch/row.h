// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * row.h - one row of the table that is coded, whatever file it came from.
 */
#ifndef SOC_QUERY_BATCH_ROW_H
#define SOC_QUERY_BATCH_ROW_H

#include "lib/base/memory.h"

struct batch_row {
	uint64_t number; /* of data, from 1; bad rows count */
	struct slice id;
	struct slice title;
	struct slice text;
	struct slice industry;
	struct slice reference;   /* a code that somebody has given it already */
	const char *note;         /* what is wrong with it as such; NULL: nothing */
	bool broken;              /* ... so that it cannot be coded */
	struct slice raw;         /* of JSON Lines: the object as it is written */
	const struct slice *kept; /* the columns that are passed through */
	size_t kept_count;
};

/* What a row is coded from: equal ones have equal answers. */
struct batch_job {
	struct slice title;
	struct slice text;
	struct slice industry;
};

static inline struct batch_job batch_row_job(const struct batch_row *row)
{
	return (struct batch_job){ row->title, row->text, row->industry };
}

#endif
