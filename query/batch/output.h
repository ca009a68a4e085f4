// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * output.h - the output of a batch: a descriptor that ends with a whole row, also where a write fails.
 */
#ifndef SOC_QUERY_BATCH_OUTPUT_H
#define SOC_QUERY_BATCH_OUTPUT_H

#include "lib/base/memory.h"

struct output {
	int descriptor;
	const char *name;        /* for messages; borrowed */
	bool own;                /* output_close() closes it */
	uint64_t written;        /* bytes, with those of the run that is resumed */
	struct buffer target;    /* of output_open_beside(): the file that is replaced ... */
	struct buffer temporary; /* ... and the one that is written; empty: none */
};

/* A file, which keeps its first `from` bytes; `path` is borrowed.  ERROR_IO; ERROR_INPUT where it has fewer. */
bool output_open(const char *path, uint64_t from, struct output *out, struct error *err);
/* A file that is replaced as a whole by output_publish(), and stays what it was until then; through a symbolic link, the one
 * that it leads to.  What is no file, such as a pipe, is written as it is. */
bool output_open_beside(const char *path, struct output *out, struct error *err);
/* Standard output. */
struct output output_standard(void);

/* Write bytes that make up whole rows, which end at the offsets `ends` (ascending).  Where that fails, a file is cut
 * behind the last whole row; without `ends`, to what it was. */
bool output_write(struct output *o, struct slice bytes, const size_t *ends, size_t count, struct error *err);
/* See that all that was written survives a crash of the machine. */
bool output_sync(struct output *o, struct error *err);
/* Close, and put the new file in the place of the old one. */
bool output_publish(struct output *o, struct error *err);
/* Reports errors that the system reports late.  What was not published is removed.  Safe to call twice. */
bool output_close(struct output *o, struct error *err);

#endif
