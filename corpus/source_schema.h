// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * source_schema.h - the table of source families: which table, which columns, which record.
 *
 * A family is data: the tables it has, by the names of their files or by their columns; the columns of
 * each, by all names that they ever had; what is needed and what is optional.  Only the step from a row to
 * a record is code, one small function for each table.  To add a family, write a file like families/soc.c and
 * add it to the list at the top of source_schema.c; CONTRIBUTING.md shows how.
 */
#ifndef SOC_CORPUS_SOURCE_SCHEMA_H
#define SOC_CORPUS_SOURCE_SCHEMA_H

#include "corpus/record.h"

enum {
	FAMILY_COLUMNS = 256, /* columns of a table that we may want */
	FAMILY_NAMES = 7,     /* names of a file or a column over the years */
	FAMILY_EXTENSIONS = 3
};

enum column_need {
	COLUMN_OPTIONAL,
	COLUMN_NEEDED, /* a table without it is an error */
	COLUMN_MARK    /* needed, and the table is known by it: see table_spec.files */
};

/* What becomes of a field in the record of its row, which is rejected where that cannot be. */
enum column_use {
	USE_NONE,      /* nothing: the read function of the table asks for it */
	USE_ONET_CODE, /* a code of eight digits */
	USE_SOC_CODE,  /* a code of six digits, of any level */
	USE_TEXT,      /* a text that must not be empty */
	USE_ANYTHING,  /* a text that may be */
	USE_FLAG       /* a flag where it is "Y" */
};

struct column_spec {
	/* The newest first; ends with NULL.  Compared without case; blanks, hyphens and underscores are one.
	 * "*code": a name that ends so; "code*": one that begins so; "code*2": the second of those that begin so.
	 * "": a field without a name, the first behind the last named one. */
	const char *names[FAMILY_NAMES + 1];
	struct {
		enum column_need need;
		enum column_use use;
		size_t to; /* the member of struct record; of USE_FLAG the flag */
	} as;
};

/* clang-format off */
#define OPTIONAL { COLUMN_OPTIONAL, USE_NONE, 0 }
#define NEEDED { COLUMN_NEEDED, USE_NONE, 0 }
#define MARK { COLUMN_MARK, USE_NONE, 0 }
#define AS(need, use, member) { COLUMN_##need, USE_##use, offsetof(struct record, member) }
#define FLAG(need, flag) { COLUMN_##need, USE_FLAG, flag }
/* clang-format on */

struct row;

struct table_spec {
	const char *table; /* what summaries call it: "Alternate Titles" */
	/* A table is known by the name of its file, without extension: compared without case, and "job_titles"
	 * is "Job Titles".  Where there is no such name, it is known by its columns, whatever the file and its
	 * sheets are called: a header that has every column with a MARK. */
	const char *files[FAMILY_NAMES + 1];
	const char *without[FAMILY_NAMES + 1]; /* columns that only other tables have, which look like it */
	const char *advice;                    /* the hint where a needed column is absent; NULL: a general one */
	bool needed;                           /* a release without it is an error */
	bool every_sheet;                      /* of a workbook read all such sheets, not the first alone */
	const struct column_spec *columns;
	size_t column_count;
	const size_t *places; /* of the columns in the header, where no name says; else NULL */
	struct record record; /* what all rows have in common */
	/* Turn a row into records by row_emit(), or say why not by row_reject(); a row that says nothing is
	 * simply left alone: it is counted as read, neither as used nor as rejected.  NULL: the table is
	 * recognised, and not read by this version. */
	void (*read)(struct row *row);
};

#define COLUMNS(array) .columns = (array), .column_count = sizeof(array) / sizeof *(array)
#define TABLES(array) .tables = (array), .table_count = sizeof(array) / sizeof *(array)

enum { NOTE_YEARS = 6 };

/* What a source says of itself. */
struct release_note {
	char release[32]; /* "30.1" */
	char date[32];    /* "December 2025" */
	char title[64];   /* where it is more than the family's title with the release behind it */
	/* Of a disclosure file: */
	enum programme programme; /* PROGRAMME_COUNT: not known */
	bool by_rows;             /* the rows say their programme themselves */
	int year;                 /* fiscal; 0: not known */
	int quarter;              /* 1 to 4; 0: the whole year, or not known */
	struct {
		int year;
		unsigned rows;
	} years[NOTE_YEARS]; /* seen in the first rows */
};

/* What a source can be told by, beside its rows. */
struct clues {
	const struct slice *header;
	size_t header_count;
	const char *names[3]; /* of the file, its sheet, the zip around it; never NULL */
	const char *option;   /* --release; may be NULL */
};

struct family {
	const char *name;                /* "onet" */
	const char *title;               /* "O*NET": with the release behind it, a source's title */
	const char *what;                /* "an O*NET database" */
	const char *advice;              /* the hint where something is missing */
	const char *edition;             /* the release, where there is only one and the title says it; or NULL */
	bool single;                     /* one release of it in one index, no more */
	const struct table_spec *tables; /* in the order in which they are read */
	size_t table_count;
	const char *extensions[FAMILY_EXTENSIONS + 1]; /* of files known by name: ".txt", the usual one first */
	const char *empty;                             /* a field that says nothing: "n/a"; may be NULL */
	const char *note_file; /* where a release says which it is: "Read Me.txt"; may be NULL */
	/* Read the note from the first bytes of that file; false where it says nothing. */
	bool (*read_note)(struct slice head, struct release_note *note);
	/* Read it from the name of a file or folder; may be NULL. */
	bool (*read_name)(struct slice name, struct release_note *note);
	/* Look at one of the first rows, then make up one's mind; both may be NULL.  ERROR_INPUT: it cannot be
	 * told what it is; the caller adds the place. */
	void (*look)(const struct row *row, struct release_note *note);
	bool (*identify)(const struct clues *clues, struct release_note *note, struct error *err);
};

extern const struct family family_onet;
extern const struct family family_soc_definitions;
extern const struct family family_soc_structure;
extern const struct family family_soc_titles;
extern const struct family family_soc_2010_2018;
extern const struct family family_onet_2010_2019;
extern const struct family family_onet_2019_soc;
extern const struct family family_census_2018_soc;
extern const struct family family_census_index;
extern const struct family family_oflc;
extern const struct family family_flag;
extern const struct family family_oews;
extern const struct family family_projections;
extern const struct family family_cip;
extern const struct family family_stem_cip;
extern const struct family family_stem_census;
extern const struct family family_stem_onet;

/* All of them, in the order in which they are read. */
const struct family *const *family_list(size_t *count);

/* The table that a file belongs to by its name ("Alternate Titles.txt"); false where it is none.  *spec is
 * NULL for the file of the release note. */
bool family_find(const char *file_name, const struct family **family, const struct table_spec **spec);

/* The table that a header belongs to by its columns; false where it is none.  Then *nearest is the column
 * that the nearest table lacks; a miss of more marks than *lacking leaves all three as they are. */
struct near_miss {
	const struct family *family; /* NULL: nothing was near */
	const struct table_spec *spec;
	const struct column_spec *column;
	size_t there; /* marks that are there */
	size_t lacking;
};
bool family_match(const struct slice *header, size_t count, const struct family **family,
		  const struct table_spec **spec, struct near_miss *nearest);

/* Whether a header has a column of that name, compared as column_spec.names says. */
bool family_has_column(const struct slice *header, size_t count, const char *name);

/* Where the columns of a table are in a file: the index of the field, or SIZE_MAX where it is absent. */
struct binding {
	size_t field[FAMILY_COLUMNS];
};

/* Find the columns by name, in any order.  ERROR_INPUT names the table, the column and its accepted names;
 * the caller adds the place. */
bool family_bind(const struct table_spec *spec, const struct slice *header, size_t count, struct binding *out,
		 struct error *err);

/* The names of a column, for messages: `"Job Title" or "Alternate Title"`. */
void family_column_names(const struct column_spec *column, char *to, size_t size);

/* ---- one row, for the read functions ---- */

/* A read function for tables of which the columns say all, and what others begin with: the record as far as the columns
 * say it.  False: the row has been rejected. */
void row_read(struct row *row);
bool row_record(struct row *row, struct record *out);

struct row {
	/* By column of the table: trimmed, empty where the release says nothing or has no such column. */
	struct slice fields[FAMILY_COLUMNS];
	const struct table_spec *spec;
	const struct record_sink *sink;
	const struct release_note *note;
	struct error *err;
	uint32_t source; /* index into corpus_sources() */
	/* What came of it: */
	bool used;   /* a record was taken */
	bool failed; /* the sink failed: *err is filled */
	enum reject_reason why;
	int column;      /* of the table, which is to blame; -1: none */
	int code_column; /* where the code came from; -1: none */
};

/* Cut the bound fields out of a row as read, and forget the outcome of the last one. */
void row_begin(struct row *row, const struct family *family, const struct table_spec *spec,
	       const struct binding *binding, const struct slice *fields, size_t count);

/* Each of the following takes one column.  False: the row has been rejected, with the reason. */
bool row_code(struct row *row, int column, struct code *out);      /* any shape; must not be empty */
bool row_onet_code(struct row *row, int column, struct code *out); /* eight digits */
bool row_soc_code(struct row *row, int column, struct code *out);  /* six digits, of any level */
bool row_text(struct row *row, int column, struct slice *out);     /* must not be empty */
bool row_integer(struct row *row, int column, int low, int high, int *out);
bool row_decimal(struct row *row, int column, double low, double high, double *out);

bool row_says(const struct row *row, int column, const char *value); /* without case */
bool row_empty(const struct row *row, int column);
bool row_reject(struct row *row, enum reject_reason why, int column); /* always false */
/* A code with its last digits left open, such as 51-91XX. */
bool row_is_pattern(struct slice text);
/* Hand a record, of which the source is filled in here, to the sink; false where it was not used. */
bool row_emit(struct row *row, struct record *record);

/* ---- the facts of one row ---- */

/* Facts that a read function has found in a row.  Zero-initialise. */
struct row_facts {
	struct record_fact at[FAMILY_COLUMNS];
	size_t count;
};

/* Take a column as a fact, whose kind says what must stand there; an empty field, and a dash where a text is
 * expected, is no fact.  The fact, to which a note may be added, or NULL where there is none; false in *ok where
 * the row has been rejected. */
struct record_fact *row_fact(struct row *row, int column, enum fact_key key, struct row_facts *facts, bool *ok);

/* As row_fact() for columns that follow each other, as their keys do; false where the row has been rejected. */
bool row_facts(struct row *row, int first_column, enum fact_key first, enum fact_key last, struct row_facts *facts);

/* A CIP code: 14.1901.  False: the row has been rejected. */
bool row_cip(struct row *row, int column, struct slice *out);

/* Hand the facts to the sink as one record; `r` says whose they are.  A row without facts says nothing. */
void row_emit_facts(struct row *row, struct record *r, const struct row_facts *facts);

/* ---- what a source says of itself ---- */

/* Where one of the names by which a file is known has a text of this shape, the first that has; NULL where none has.  In
 * the shape `d` is any digit, and `|` a place that is not between two digits. */
const char *clues_find(const struct clues *clues, const char *shape);

/* The year in one of the names by which a file is known, such as 2024 of "dhs_stem_cip_2024.csv", into
 * note->release; nothing where there is none.  For family.identify. */
bool identify_by_year(const struct clues *clues, struct release_note *note, struct error *err);

#endif
