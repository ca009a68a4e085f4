// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * earlier_queue.h - what stands where a review queue is to be written: what people have written there is never lost.
 *
 * A file with decisions is refused, unless it is given as overrides too.  Then its decisions stay, and so does every line
 * that somebody has written into, and what is still open and of another input.  Its other lines are made anew.
 */
#ifndef SOC_QUERY_BATCH_EARLIER_QUEUE_H
#define SOC_QUERY_BATCH_EARLIER_QUEUE_H

#include <stdatomic.h>

#include "lib/base/string_map.h"
#include "query/batch/job_key.h"

struct decision_table;

/* A job of which nothing is decided. */
struct open_line {
	atomic_bool met; /* a row of this run has it */
	bool touched;    /* somebody has written into the line */
};

/* Zero-initialise; earlier_queue_free() after use. */
struct earlier_queue {
	const char *path;
	struct map keys;
	struct open_line *at; /* by number in `keys` */
	size_t capacity;
	uint64_t hash; /* of the file as it was read */
};

/* Whether a file may be written over: ERROR_USAGE where it holds what people have written, or is no table. */
bool earlier_queue_check(const char *path, struct error *err);

/* Read the queue that is to be kept; `path` is borrowed.  ERROR_USAGE where it is none that soc code writes as CSV. */
bool earlier_queue_read(struct earlier_queue *q, const char *path, struct tokenizer *analyzer, struct error *err);
void earlier_queue_free(struct earlier_queue *q);

/* Note that a row has this job.  Several threads may call it, each with a scratch of its own. */
bool earlier_queue_meet(const struct earlier_queue *q, const struct job_key *key, struct buffer *scratch,
			struct error *err);
/* Whether the line of an open job stays as it is, though it may be among those that are made anew. */
bool earlier_queue_stays(const struct earlier_queue *q, struct slice key);
/* Whether the current line of the queue, read once more, stays. */
bool earlier_queue_keeps(const struct earlier_queue *q, const struct decision_table *line);
/* ERROR_USAGE where the file has changed since it was read. */
bool earlier_queue_is_same(const struct earlier_queue *q, struct error *err);

#endif
