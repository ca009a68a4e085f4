// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * provenance.h - where a document comes from: the index and its sources with their checksums, the program, the date,
 * and the options, so that anyone who has the same files can make it again; whose data it shows, and under which
 * licence.
 */
#ifndef SOC_QUERY_OUTPUT_PROVENANCE_H
#define SOC_QUERY_OUTPUT_PROVENANCE_H

#include "query/engine/session.h"
#include "query/output/document.h"
#include "query/output/json_writer.h"

/* A file that was read besides the index. */
struct provenance_input {
	const char *option; /* "text"; borrowed */
	const char *path;   /* borrowed */
	const char *name;   /* without its folder */
	uint64_t bytes;
	char sha256[65]; /* empty: not known, nor are the bytes */
};

/* An option of the command line that changes the content of the document. */
struct provenance_option {
	const char *name;  /* without its hyphens */
	const char *value; /* files without their folders; NULL for a flag */
};

#define PROVENANCE_INPUTS 4

struct provenance {
	char written[32];       /* ISO 8601 in UTC */
	char day[32];           /* "November 21, 2026" */
	const char *index_name; /* without its folder; borrowed */
	const char *command;    /* "exhibit"; with the options, the caller's and borrowed */
	const struct provenance_option *options;
	size_t option_count;
	struct provenance_input inputs[PROVENANCE_INPUTS];
	size_t input_count;
};

/* The date is now, or $SOURCE_DATE_EPOCH; ERROR_USAGE where that is set and no number of seconds since 1970.
 * Zero-initialises *out; the path of the index is borrowed. */
bool provenance_begin(struct session *s, const char *index_path, struct provenance *out);

/* Add a file that the option named, with the bytes that were read of it. */
void provenance_add_input(struct provenance *p, const char *option, const char *path, struct slice bytes);
/* The same for one that somebody else has read; of standard input, and of what is no regular file, only the name is
 * known. */
bool provenance_add_file(struct provenance *p, const char *option, const char *path, struct error *err);

/* The last part of a path; "standard input" for "-".  Folders are the machine's own, and often say for whom somebody
 * works. */
const char *provenance_name(const char *path);

/* Sections from `level` on; a failure is remembered in the document. */
void provenance_write(const struct provenance *p, const struct session *s, struct document *d, int level);

/* The member "provenance" with the same. */
void provenance_json(const struct provenance *p, const struct session *s, struct json_writer *w);

/* Whose content is shown, as the licence of the O*NET database wants it, and that it is not legal advice: the end of a
 * document of soc why, compare and duties.  A failure is remembered in the document. */
void attribution_write(const struct session *s, struct document *d);

#endif
