// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * family.h - the table of source families: which table, which columns, which record.
 *
 * A family is data: the tables it has, by the names of their files; the columns of each, by all names
 * that they ever had; what is needed and what is optional.  Only the step from a row to a record is code,
 * one small function for each table.  To add a family, write a file like onet.c and add it to the list at
 * the top of family.c.
 */
#ifndef SOC_CORPUS_FAMILY_H
#define SOC_CORPUS_FAMILY_H

#include "corpus/record.h"

enum {
	FAMILY_COLUMNS = 16,        /* columns of a table that we may want */
	FAMILY_NAMES = 3            /* names of a file or a column over the years */
};

struct column_spec {
	const char *names[FAMILY_NAMES + 1];   /* the newest first; ends with NULL */
	bool needed;                           /* a table without it is an error */
};

struct row;

struct table_spec {
	const char *table;                     /* what summaries call it: "Alternate Titles" */
	const char *files[FAMILY_NAMES + 1];   /* names without extension, compared without case */
	bool needed;                           /* a release without it is an error */
	const struct column_spec *columns;
	size_t column_count;
	/* Turn a row into records by row_emit(), or say why not by row_reject(); a row that says nothing is
	 * simply left alone: it is counted as read, neither as used nor as rejected. */
	void (*read)(struct row *row);
};

/* What a release says of itself. */
struct release_note {
	char release[32];   /* "30.1" */
	char date[32];      /* "December 2025" */
};

struct family {
	const char *name;                  /* "onet" */
	const char *title;                 /* "O*NET": with the release behind it, a source's title */
	const char *what;                  /* "the text edition of an O*NET database" */
	const char *advice;                /* the hint where something is missing */
	bool single;                       /* one release of it in one index, no more */
	const struct table_spec *tables;   /* in the order in which they are read */
	size_t table_count;
	const char *extension;             /* of the files: ".txt" */
	const char *empty;                 /* a field that says nothing: "n/a"; may be NULL */
	const char *note_file;             /* where a release says which it is: "Read Me"; may be NULL */
	/* Read the note from the first bytes of that file; false where it says nothing. */
	bool (*read_note)(struct slice head, struct release_note *note);
};

extern const struct family family_onet;

/* All of them, in the order in which they are read. */
const struct family *const *family_list(size_t *count);

/* The table that a file belongs to by its name ("Alternate Titles.txt"); false where it is none.  *spec is
 * NULL for the file of the release note. */
bool family_find(const char *file_name, const struct family **family, const struct table_spec **spec);

/* Where the columns of a table are in a file: the index of the field, or SIZE_MAX where it is absent. */
struct binding {
	size_t field[FAMILY_COLUMNS];
};

/* Find the columns by name, in any order, without case and outer white space.  ERROR_INPUT names the table,
 * the column and its accepted names; the caller adds the place. */
bool family_bind(const struct table_spec *spec, const struct slice *header, size_t count,
		 struct binding *out, struct error *err);

/* ---- one row, for the read functions ---- */

struct row {
	/* By column of the table: trimmed, empty where the release says nothing or has no such column. */
	struct slice fields[FAMILY_COLUMNS];
	const struct record_sink *sink;
	struct error *err;
	uint32_t source;            /* index into corpus_sources() */
	/* What came of it: */
	bool used;                  /* a record was taken */
	bool failed;                /* the sink failed: *err is filled */
	enum reject_reason why;
	int column;                 /* of the table, which is to blame; -1: none */
	int code_column;            /* where the code came from; -1: none */
};

/* Cut the bound fields out of a row as read, and forget the outcome of the last one. */
void row_begin(struct row *row, const struct family *family, const struct table_spec *spec,
	       const struct binding *binding, const struct slice *fields);

/* Each of the following takes one column.  False: the row has been rejected, with the reason. */
bool row_code(struct row *row, int column, struct code *out);            /* any shape; must not be empty */
bool row_onet_code(struct row *row, int column, struct code *out);       /* eight digits */
bool row_text(struct row *row, int column, struct slice *out);           /* must not be empty */
bool row_integer(struct row *row, int column, int low, int high, int *out);
bool row_decimal(struct row *row, int column, double low, double high, double *out);

bool row_says(const struct row *row, int column, const char *value);     /* without case */
bool row_empty(const struct row *row, int column);
bool row_reject(struct row *row, enum reject_reason why, int column);    /* always false */
/* Hand a record, of which the source is filled in here, to the sink; false where it was not used. */
bool row_emit(struct row *row, struct record *record);

#endif
