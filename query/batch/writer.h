// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * writer.h - answers as JSON Lines, CSV or TSV; docs/formats.md describes them.
 */
#ifndef SOC_QUERY_BATCH_WRITER_H
#define SOC_QUERY_BATCH_WRITER_H

#include "query/batch/answer.h"
#include "query/batch/decision.h"
#include "query/batch/row.h"
#include "query/engine/other_codes.h"
#include "query/output/format.h"

struct writer_options {
	enum format format; /* FORMAT_JSONL, FORMAT_CSV, FORMAT_TSV */
	bool with_id;       /* rows have ids of their own */
	bool keep;          /* the columns of the input go through */
	bool wide;          /* of a table: one line a row, `top` candidates beside each other */
	bool excel;         /* of CSV: a byte order mark, and codes that no spreadsheet takes for dates */
	bool automatic;     /* say at which level each row is answered */
	bool reasons;       /* of a table: there is a column for them */
	bool overrides;     /* people have decided rows: what they may say besides codes */
	unsigned with;      /* WITH_...; what they need of `other` is there */
	struct other_codes other;
	size_t top;
	struct thresholds thresholds;
	const struct slice *columns; /* names of the columns that are kept; borrowed */
	size_t column_count;
};

/* Read only once it is made: several threads may share it. */
struct writer {
	struct writer_options options;
	struct buffer *keys; /* by column: its name as a JSON key, with the colon */
};

/* Zero-initialise; writer_free() after use. */
bool writer_init(struct writer *w, const struct writer_options *options, struct error *err);
void writer_free(struct writer *w);

/* The header, where the format has one; appended to *out. */
bool writer_begin(const struct writer *w, struct buffer *out, struct error *err);
/* One row with its answer; appended to *out.  `scratch` keeps its memory. */
bool writer_put(const struct writer *w, const struct batch_row *row, const struct answer *a, struct buffer *out,
		struct buffer *scratch, struct error *err);

#endif
