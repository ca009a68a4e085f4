// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * source_read_internal.h - a source while it is recognised and read; for corpus/ alone.
 *
 *   source_detect.c    paths -> sources with their tables
 *   user_table.c       a table of the user's own -> a source
 *   source_release.c   what a source says of itself: release, name, digest
 *   source_read.c      opening, reading, counting
 */
#ifndef SOC_CORPUS_SOURCE_READ_INTERNAL_H
#define SOC_CORPUS_SOURCE_READ_INTERNAL_H

#include "corpus/source_read.h"
#include "corpus/source_schema.h"
#include "lib/table/table.h"

/* One table of a source, found but not read yet. */
struct input {
	const struct table_spec *spec;
	struct table_place place;
	const char *sheet; /* its name, where the file has several; else "" */
	uint32_t header;   /* of the rows of the table, from 1: what is above it is a preamble */
	uint64_t size;     /* for the progress */
};

/* Parallel to struct corpus_source. */
struct source {
	const struct family *family;
	bool loose;   /* made of single files */
	bool by_name; /* known by the names of its files */
	struct input *inputs;
	size_t input_count;
	size_t input_capacity;
	struct table_place note_file; /* where the release says which it is */
	bool has_note_file;
	struct release_note note;
};

struct corpus {
	struct corpus_options options;
	struct input_source **opened;
	size_t opened_count;
	size_t opened_capacity;
	/* Two arrays of the same length: what the caller sees, and what it need not. */
	struct corpus_source *listed;
	size_t listed_capacity;
	struct source *sources;
	size_t source_count;
	size_t source_capacity;
	struct arena arena; /* the tables of the sources; the release option */
	bool read;
};

/* A new source, and a table of it; `path` as the user gave it, with the file behind it.  NULL, false: ERROR_MEMORY. */
struct source *source_add(struct corpus *c, const struct family *family, bool loose, const char *path,
			  struct error *err);
bool source_add_input(struct source *s, const struct table_spec *spec, const struct table_place *place,
		      const char *sheet, uint32_t header, struct error *err);

/* Tables of the user's own (user_table.c): find the table, its header and the column with the codes. */
extern const struct family family_user_table;
bool source_add_user_table(struct corpus *c, struct input_source *input_source, const char *name, struct error *err);

/* Give each table of an input that a family knows to its source. */
bool source_recognise(struct corpus *c, struct input_source *input_source, struct error *err);

/* Check that nothing needed is lacking, put the tables in order, and fill in what the caller sees. */
bool source_complete(struct corpus *c, size_t index, struct error *err);

/* Ask a table for its bound fields alone. */
bool source_want(struct table *table, const struct table_spec *spec, const struct binding *binding, struct error *err);

static inline const struct input_source_member *source_member(const struct table_place *place)
{
	size_t count;
	return input_source_members(place->input_source, &count) + place->member;
}

/* The last component of a path, without slashes behind it. */
struct slice source_last_component(const char *path);

#endif
