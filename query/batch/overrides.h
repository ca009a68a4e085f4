// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * overrides.h - decisions that people have made: a job, and its code.
 *
 * A table of any kind that soc code reads, with a column `code` and a column `title` (or `text`, for jobs without a
 * title), and where there are such `industry`, `decided_by` and `decided_on`.  A row without a code decides nothing,
 * so that a review queue can be given as it comes back.  In place of a code there may be up to three, of which the first
 * fits best, "uncodable", or a kind of not_occupation.h.
 *
 * Jobs are compared as job_key.h does it.  A decision in a review queue is of the job that stands there, with its text and
 * its industry.  In another table a text or an industry that is not given is any: there the decision that says most of a
 * job goes before others.  A later row goes before an earlier one.
 */
#ifndef SOC_QUERY_BATCH_OVERRIDES_H
#define SOC_QUERY_BATCH_OVERRIDES_H

#include <stdatomic.h>

#include "lib/base/string_map.h"
#include "lib/index/open_index.h"
#include "query/batch/answer.h"
#include "query/batch/job_key.h"
#include "query/engine/code_lookup.h"

enum { OVERRIDE_CODES = 3 };

/* What somebody has written for a job: codes in their order, that none fits, or what it is instead of an occupation. */
struct override {
	struct override_code {
		struct code code;    /* as decided: eight digits, six, or a group */
		struct slice title;  /* of that code */
		uint32_t occupation; /* of that code; the first of a group */
	} codes[OVERRIDE_CODES];
	size_t count; /* 0: one of the next two */
	bool uncodable;
	enum not_occupation not_occupation;
	struct slice by;      /* may be empty */
	struct slice on;      /* may be empty */
	struct slice comment; /* may be empty */
	uint64_t line;
	atomic_bool met; /* a row has been searched for that has this job */
};

struct overrides {
	struct map keys;
	struct override *at; /* by number in `keys` */
	size_t capacity;
	bool shapes[JOB_SHAPE_COUNT]; /* which keys there are */
	size_t open;                  /* rows without a code */
	size_t changed;               /* rows that a later one changes */
	size_t origins[ORIGIN_COUNT]; /* decisions by what their codes are: some are led over from older editions */
	struct arena arena;
};

/* Read a file.  A code may be written in any way that code_reader.h knows, and is led over from an older edition where it
 * has become one code; what is no code, or none of the index, is an error with its line.  Zero-initialise
 * *out; overrides_free() after use. */
bool overrides_read(const char *path, struct soc_index *index, struct overrides *out, struct error *err);
void overrides_free(struct overrides *o);

/* The decision for a job, or NULL in *found; it has been met then.  `scratch` keeps its memory.  Several threads may call
 * it, each with a key and a scratch of its own. */
bool overrides_find(const struct overrides *o, const struct job_key *key, struct buffer *scratch,
		    const struct override **found, struct error *err);

/* A hash of all decisions, whatever their order and lines. */
uint64_t overrides_hash(const struct overrides *o);
/* Say on standard error which decisions no row has met, with their lines; `path` is what they were read from. */
void overrides_tell_unmet(const struct overrides *o, const char *path);

/* "decided by Lee on 2026-01-31"; appended to *out. */
bool override_describe(const struct override *o, struct buffer *out, struct error *err);

#endif
