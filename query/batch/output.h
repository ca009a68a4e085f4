// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * output.h - where the rows go: a descriptor that only ever ends with a whole row.
 */
#ifndef SOC_QUERY_BATCH_OUTPUT_H
#define SOC_QUERY_BATCH_OUTPUT_H

#include "lib/base/memory.h"

struct output {
	int descriptor;
	const char *name; /* for messages; borrowed */
	bool own;         /* to be closed */
	uint64_t written; /* bytes, also those of an earlier run that it goes on behind */
};

/* A file; `from` bytes of what is in it stay (0: it is made anew).  ERROR_IO. */
bool output_open(const char *path, uint64_t from, struct output *out, struct error *err);
/* Standard output. */
struct output output_standard(void);

/* Write bytes that make up whole rows, which end at the offsets `ends` (ascending).  Where it fails, a file is cut
 * behind the last row that is whole; without `ends` it is as if nothing had been written. */
bool output_write(struct output *o, struct slice bytes, const size_t *ends, size_t count, struct error *err);
/* Until this returns true a crash of the machine may lose what was written. */
bool output_sync(struct output *o, struct error *err);
/* Errors that come late come here.  Safe to call twice. */
bool output_close(struct output *o, struct error *err);

#endif
