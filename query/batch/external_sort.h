// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * external_sort.h - more records than memory holds, in the order of their keys; equal keys become one record.
 *
 * Records are gathered in memory.  When that is full they are sorted, equal ones are combined, and what is left is
 * written to a part beside the file that they are for; parts are merged at the end, or when there are many.  A run that
 * may have to go on later writes a part at each of its checkpoints and remembers their names; else a part has lost
 * its name before anything is in it, and is gone with the process.
 */
#ifndef SOC_QUERY_BATCH_EXTERNAL_SORT_H
#define SOC_QUERY_BATCH_EXTERNAL_SORT_H

#include "lib/base/memory.h"

struct sorter_record {
	struct slice key;
	struct slice value;
};

/* Make one value of two with the same key, appended to *out; `first` is the one that was added first. */
typedef bool (*sorter_combine)(struct slice first, struct slice second, struct buffer *out, struct error *err);

struct sorter_options {
	const char *beside;     /* parts are named after this path */
	sorter_combine combine; /* NULL: every record stays, those of equal keys in the order of adding */
	size_t memory;          /* bytes to gather before they are written */
	bool named;             /* parts keep their names, to be found again */
};

struct sorter;

bool sorter_new(const struct sorter_options *options, struct sorter **out, struct error *err);
bool sorter_add(struct sorter *s, struct slice key, struct slice value, struct error *err);

/* Write what is in memory to a part, and see that it is on the disk. */
bool sorter_flush(struct sorter *s, struct error *err);
/* The parts that make up all records so far, after sorter_flush(): number and size of each. */
size_t sorter_parts(const struct sorter *s);
uint64_t sorter_part_number(const struct sorter *s, size_t part);
uint64_t sorter_part_size(const struct sorter *s, size_t part);
/* Take up a part of an earlier run; ERROR_INPUT where it is not there or has another size. */
bool sorter_restore(struct sorter *s, uint64_t number, uint64_t size, struct error *err);
/* Remove parts that were merged into others: nothing needs them once the newer ones are remembered. */
void sorter_forget_merged(struct sorter *s);

/* Begin to read all records in order; nothing can be added any more. */
bool sorter_rewind(struct sorter *s, struct error *err);
/* The next record, borrowed until the call after; false in *found at the end. */
bool sorter_next(struct sorter *s, struct sorter_record *out, bool *found, struct error *err);

/* Remove all parts as well. */
void sorter_free(struct sorter *s);
/* Leave the named parts where they are. */
void sorter_leave(struct sorter *s);

#endif
