// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * external_sort.h - more records than memory holds, in the order of their keys; equal keys may become one record.
 *
 * Records are gathered in memory.  When that is full they are sorted, those of equal keys are combined, and the rest is
 * written to a part, a file FILE.part-N beside the file that they are for; parts are merged at the end, or when there
 * are many.  A run that may be resumed writes a part at each of its checkpoints and keeps their names; else a part is
 * unlinked before anything is in it, and ends with the process.  Several sorts may stand beside one file where at most
 * one keeps names.
 */
#ifndef SOC_QUERY_BATCH_EXTERNAL_SORT_H
#define SOC_QUERY_BATCH_EXTERNAL_SORT_H

#include "lib/base/memory.h"

struct external_sort_record {
	struct slice key;
	struct slice value;
};

/* Make one value of two with the same key, appended to *out; `first` is the one that was added first. */
typedef bool (*external_sort_combine)(struct slice first, struct slice second, struct buffer *out, struct error *err);

struct external_sort_options {
	const char *beside;            /* parts are named after this path */
	external_sort_combine combine; /* NULL: every record stays, those of equal keys in the order of adding */
	size_t memory;                 /* bytes to gather before they are written */
	bool named;                    /* parts keep their names, to be found again */
};

struct external_sort;

bool external_sort_new(const struct external_sort_options *options, struct external_sort **out, struct error *err);
bool external_sort_add(struct external_sort *s, struct slice key, struct slice value, struct error *err);

/* Write what is in memory to a part, and see that it is on the disk. */
bool external_sort_flush(struct external_sort *s, struct error *err);
/* The parts that make up all records so far, after external_sort_flush(): number and size of each. */
size_t external_sort_parts(const struct external_sort *s);
void external_sort_part(const struct external_sort *s, size_t part, uint64_t *number, uint64_t *size);
/* Take up a part of an earlier run; ERROR_INPUT where it is not there or has another size. */
bool external_sort_restore(struct external_sort *s, uint64_t number, uint64_t size, struct error *err);
/* Remove parts that were merged into others: nothing needs them once the newer ones are remembered. */
void external_sort_forget_merged(struct external_sort *s);

/* Begin to read all records in order; nothing can be added any more. */
bool external_sort_rewind(struct external_sort *s, struct error *err);
/* The next record, borrowed until the call after; false in *found at the end. */
bool external_sort_next(struct external_sort *s, struct external_sort_record *out, bool *found, struct error *err);

/* Remove all parts as well. */
void external_sort_free(struct external_sort *s);
/* Leave the named parts where they are. */
void external_sort_leave(struct external_sort *s);

#endif
