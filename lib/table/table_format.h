// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * table_format.h - what a format of tables gives to table.c, and what a row is.
 *
 * A new format is a new file that defines a `struct table_format`, and a new row in the list of table.c; nothing else
 * changes.
 */
#ifndef SOC_TABLE_TABLE_FORMAT_H
#define SOC_TABLE_TABLE_FORMAT_H

#include "lib/table/csv_reader.h"
#include "lib/table/input_source.h"

/* Why a row is not used.  Counted per table; shown in the summary and kept in the manifest. */
enum reject_reason {
	REJECT_NONE,
	REJECT_FEW_FIELDS,    /* fewer fields than the header */
	REJECT_MANY_FIELDS,   /* more fields than the header */
	REJECT_BAD_CODE,      /* not in the shape of an occupation code */
	REJECT_UNKNOWN_CODE,  /* a code that the release's occupations do not have */
	REJECT_UNKNOWN_ID,    /* refers to a task or activity that the release does not have */
	REJECT_EMPTY,         /* a needed field is empty */
	REJECT_BAD_NUMBER,    /* a number expected */
	REJECT_BAD_UTF8,      /* invalid UTF-8, or a NUL */
	REJECT_TOO_LONG,      /* a line or field beyond the limit */
	REJECT_DUPLICATE,     /* the same row again */
	REJECT_NOT_CERTIFIED, /* a filing that was denied, withdrawn or rejected */
	REJECT_AMBIGUOUS,     /* an old code that leads to several new ones */
	REJECT_NO_CODE,       /* a row that has no code by design: a cross-reference */
	REJECT_OPEN_QUOTE,    /* a quote that is never closed */
	REJECT_BAD_JSON,      /* a line of JSON Lines that is no object */
	REJECT_REASON_COUNT
};

/* Where a table lies. */
struct table_place {
	struct input_source *input_source; /* borrowed */
	size_t member;
	uint32_t sheet; /* of a workbook, from 0; text formats have one sheet */
};

/* The sheets of a member, for table_place.sheet; text has one, without a name. */
struct table_sheets {
	const struct slice *names; /* NUL-terminated */
	const bool *hidden;        /* parallel; NULL: none is */
	size_t count;
	struct arena arena; /* of the names */
};

struct table_row {
	const struct slice *fields; /* borrowed until the next row; may be fewer than `count` where that is
					  more than the header has */
	size_t count;
	uint64_t line;             /* 1-based line, or row of a sheet, on which the row begins */
	enum reject_reason reject; /* what is wrong with the row as such; REJECT_NONE: nothing */
	uint32_t column;           /* 1-based field of that; 0: the row as a whole */
	bool converted;            /* a field of it was Windows-1252 and is now UTF-8 */
	bool cut;                  /* a field of it was cut; of a table opened to be forgiving */
	bool blank;                /* nothing is in it; of a table opened to be forgiving */
	struct slice raw;          /* of JSON Lines: the whole object as it is written; else empty */
};

enum table_status {
	TABLE_ROW,
	TABLE_END,
	TABLE_FAILED /* *err filled, with its place */
};

/* How a table is read; all false: as a release, of which nothing may be wrong. */
struct table_options {
	bool forgiving;   /* see table_open_with() */
	bool long_quotes; /* a quoted field may have more than 64 line ends */
	bool all_columns; /* of JSON Lines: all fields are wanted, and not only those with a known name */
	/* Of JSON Lines: whether a field that comes up later becomes a column. */
	bool (*is_known)(struct slice name);
};

/* What a table is opened from. */
struct table_opening {
	struct table_place place;
	struct stream *in; /* of the member; outlives the state */
	const struct table_format *format;
	struct table_options options;
};

/* A way of storing rows.  `next` gives every row as it is stored, the header among them; it may set
 * REJECT_BAD_UTF8 and REJECT_TOO_LONG. */
struct table_format {
	const char *name;
	bool (*probe)(struct slice head);
	/* No row is allocated for.  Where it fails, *state is NULL or to be closed. */
	bool (*open)(const struct table_opening *opening, void **state, struct error *err);
	enum table_status (*next)(void *state, struct table_row *row, struct error *err);
	void (*close)(void *state);
	/* A field is known by its column and not by counting: rows may leave fields out, and every row has at
	 * least as many fields as any before it. */
	bool addressed;
	struct csv_dialect dialect; /* of text with delimiters */
	/* The following may be NULL.  What sheets a member has: */
	bool (*sheets)(const struct table_place *place, struct table_sheets *out, struct error *err);
	/*  As table_want(), by column: */
	bool (*want)(void *state, const bool *wanted, size_t count, struct error *err);
	/* As table_add_column(), where the header need not name all columns; and those that are known by now: */
	bool (*add)(void *state, struct slice name, struct error *err);
	const struct slice *(*names)(const void *state, size_t *count);
	/* How many fields a row needs at least: */
	void (*expect)(void *state, size_t fields);
	/* As table_position() and table_place_name(), where the stream does not know: */
	uint64_t (*position)(const void *state);
	const char *(*place)(const void *state);
};

#endif
