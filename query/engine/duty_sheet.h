// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_sheet.h - a duty sheet: the duties of one job, each with its share of the time.
 *
 * It is a text with one duty a line (duty_line.h), or a table: CSV, TSV, Excel or JSON Lines with a header that names a
 * column of duties and mostly one of times.  In a text, a line that is indented deeper than the one above goes on with
 * it; and where a duty stands with its time like a heading, the lines below it that have a bullet and no time belong to
 * it.
 *
 * Times become shares that add up to 1:
 *
 *     per cent           must add up to 90 to 110, and are scaled to 100; so are fractions of 1 and bare numbers
 *     hours              may have any sum; they are all of one period, a day or a week
 *     some have none     the duties without a time share what the per cents leave of 100 evenly
 *     none has one       all duties have the same share
 *
 * What was done is said in `notes`.
 */
#ifndef SOC_QUERY_ENGINE_DUTY_SHEET_H
#define SOC_QUERY_ENGINE_DUTY_SHEET_H

#include "query/engine/session.h"
#include "query/engine/duty_line.h"

enum {
	DUTIES_MAX = 500,           /* of a sheet */
	DUTY_LENGTH_MAX = 16 * 1024 /* bytes of a duty */
};

#define DUTY_PERCENT_LEAST 90.0
#define DUTY_PERCENT_MOST 110.0

struct duty {
	struct slice text;     /* as written, but for its number and its time */
	struct duty_time time; /* as written */
	double share;          /* 0 to 1 */
	uint64_t line;         /* of the text, or row of the table */
};

/* A line that is no duty. */
struct duty_left {
	enum duty_line_kind kind;
	struct slice text;
	uint64_t line;
};

/* How the times were made shares. */
enum duty_times {
	DUTY_TIMES_GIVEN,  /* they add up to 100 per cent */
	DUTY_TIMES_SCALED, /* per cents that do not, hours */
	DUTY_TIMES_FILLED, /* some had none */
	DUTY_TIMES_EQUAL,  /* none had one */
	DUTY_TIMES_COUNT
};

struct duty_sheet {
	const char *path; /* "standard input" for "-" */
	struct duty *at;  /* in the order of the sheet */
	size_t count;
	struct duty_left *left; /* headings, comments, totals; not blank lines */
	size_t left_count;
	enum duty_times times;
	enum duty_unit unit; /* of those that have a time */
	enum duty_period period;
	double sum;            /* of the times as written, in that unit */
	size_t untimed;        /* duties without a time */
	struct slice notes[6]; /* sentences without a full stop: how the times and the lines were read */
	size_t note_count;
	struct slice columns; /* the note that says which columns of a table were taken; empty: none */
};

/* "given", "scaled", "filled", "equal". */
const char *duty_times_name(enum duty_times times);

/* Read the bytes of a sheet, which are borrowed; `path` names it in errors, "-" for standard input, and its ending may
 * tell what it is.  All of *out lives in s->arena.  ERROR_INPUT with file and line where there is no duty, where times
 * are negative, mixed or do not add up, or text is not UTF-8; ERROR_LIMIT where it is too long. */
bool duty_sheet_read(struct session *s, struct slice bytes, const char *path, struct duty_sheet *out);

/* The text of all duties, one a line; in s->arena. */
struct slice duty_sheet_text(struct session *s, const struct duty_sheet *sheet);

#endif
