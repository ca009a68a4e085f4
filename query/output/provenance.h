// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * provenance.h - where a document comes from: the index and its sources with their checksums, the program, the date, and the
 * options, so that anyone who has the same files can make it again; whose data it shows, and under which licence.
 */
#ifndef SOC_QUERY_OUTPUT_PROVENANCE_H
#define SOC_QUERY_OUTPUT_PROVENANCE_H

#include <jansson.h>

#include "query/commands/command.h"
#include "query/output/document.h"

/* A file that was read besides the index. */
struct provenance_input {
	const char *option; /* "text"; borrowed */
	const char *path;   /* borrowed */
	const char *name;   /* without its folder */
	uint64_t bytes;
	char sha256[65]; /* empty: not known, nor are the bytes */
};

#define PROVENANCE_INPUTS 4

struct provenance {
	char written[32];       /* ISO 8601 in UTC */
	char day[32];           /* "November 21, 2026" */
	const char *index_name; /* without its folder; borrowed */
	struct provenance_input inputs[PROVENANCE_INPUTS];
	size_t input_count;
};

/* The date is now, or $SOURCE_DATE_EPOCH; ERROR_USAGE where that is set and no number of seconds since 1970.  Zero-initialises
 * *out. */
bool provenance_find(struct command *c, struct provenance *out);

/* Add a file that the option named, with the bytes that were read of it. */
bool provenance_add_input(struct command *c, struct provenance *p, int option, struct slice bytes);
/* The same for one that somebody else has read; of standard input, and of what is no regular file, only the name is known. */
bool provenance_add_file(struct command *c, struct provenance *p, int option);

/* The last part of a path; "standard input" for "-".  Folders are the machine's own, and often say for whom somebody works. */
const char *provenance_name(const char *path);

/* Sections from `level` on; a failure is remembered in the document. */
void provenance_write(const struct provenance *p, const struct command *c, struct document *d, int level);

/* The same as JSON, a new reference; NULL where memory failed. */
json_t *provenance_json(const struct provenance *p, const struct command *c);

/* Whose content is shown, as the licence of the O*NET database wants it, and that it is not legal advice: the end of a
 * document of soc why, compare and duties.  A failure is remembered in the document. */
void attribution_write(const struct command *c, struct document *d);

/* Print a document of soc why, compare or duties in the format of the command; all but text ends with whose content it shows. */
bool attribution_print(struct command *c, struct document *d);

#endif
