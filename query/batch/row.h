// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * row.h - one row of the table that is coded, whatever its format.
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
	struct slice reference;   /* its code as people have coded it (--gold) */
	const char *note;         /* what is wrong with the row; NULL: nothing */
	bool broken;              /* ... so that it cannot be coded */
	struct slice raw;         /* of JSON Lines: the text of the object */
	const struct slice *kept; /* the columns that are passed through */
	size_t kept_count;
};

/* The fields that a row is coded from: equal jobs have equal answers. */
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
