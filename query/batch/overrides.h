// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * overrides.h - decisions that people have made: a title, maybe an industry, and its code.
 *
 * A table of any kind that soc code reads, with a column `code` and a column `title` (or `text`, for jobs without a
 * title), and where there are such `industry`, `decided_by` and `decided_on`.  A row without a code decides nothing,
 * so that a review queue can be given as it comes back.  Titles are compared by their words, without regard to case,
 * accents and punctuation; a decision for an industry goes before one for all, a later row before an earlier one.
 */
#ifndef SOC_QUERY_BATCH_OVERRIDES_H
#define SOC_QUERY_BATCH_OVERRIDES_H

#include "lib/base/string_map.h"
#include "lib/index/open_index.h"
#include "query/batch/answer.h"
#include "query/batch/row.h"

struct override {
	struct code code;    /* as decided: eight digits, six, or a group */
	struct slice title;  /* of that code */
	uint32_t occupation; /* of that code; the first of a group */
	struct slice by;     /* may be empty */
	struct slice on;     /* may be empty */
	uint64_t line;
};

struct overrides {
	struct map keys;
	struct override *at; /* by number in `keys` */
	size_t capacity;
	size_t open;    /* rows without a code */
	size_t changed; /* rows that a later one changes */
	struct arena arena;
};

/* Read a file.  A code that is none, or that the index does not have, is an error with its line.  Zero-initialise
 * *out; overrides_free() after use. */
bool overrides_read(const char *path, struct soc_index *index, struct overrides *out, struct error *err);
void overrides_free(struct overrides *o);

/* The decision for a job, or NULL in *found.  `scratch` keeps its memory.  Several threads may call it, each with an
 * analyzer of its own. */
bool overrides_find(const struct overrides *o, const struct batch_job *job, struct tokenizer *analyzer,
		    struct buffer *scratch, const struct override **found, struct error *err);

/* The key by which jobs are compared, appended to *key: *words bytes of the title (or text), then those of the industry
 * where there is one.  A job without words is found by no decision. */
bool override_key(const struct batch_job *job, struct tokenizer *analyzer, struct buffer *key, size_t *words,
		  struct error *err);

/* "decided by Lee on 2026-01-31"; appended to *out. */
bool override_describe(const struct override *o, struct buffer *out, struct error *err);

#endif
