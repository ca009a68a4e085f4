// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * column_guess.h - which column of a table means what: as the user names it, else by the names that are common.
 */
#ifndef SOC_TABLE_COLUMN_GUESS_H
#define SOC_TABLE_COLUMN_GUESS_H

#include "lib/table/csv_reader.h"
#include "lib/table/table.h"

/*
 * X(ID, what it is called in messages, common names in the order of preference)
 *
 * Names are compared by their letters and digits alone: "Job Title", job_title and JobTitle are one.
 */
#define COLUMN_TABLE(X) \
	X(ID, "id", \
	  "id|rowid|recordid|recordnumber|caseid|casenumber|respondentid|respid|personid|jobid|" \
	  "postingid|uid|uuid|identifier|key") \
	X(TITLE, "title", \
	  "title|jobtitle|workingtitle|businesstitle|primarytitle|occupationtitle|occtitle|positiontitle|occupation|" \
	  "position|classtitle|classdesc|civilservicetitle|jobname|rolename|role|job|statedoccupation|" \
	  "reportedoccupation|currentjobtitle") \
	X(TEXT, "text", \
	  "text|description|jobdescription|jobdesc|duties|jobduties|mainduties|tasks|maintasks|jobtask|jobtasks|" \
	  "positiondescription|workactivities|responsibilities|jobsummary|positionsummary|jobtext|body") \
	X(INDUSTRY, "industry", "industry|naics|naicscode") \
	X(GOLD, "gold", "") \
	X(CODE, "code", "code") \
	X(BY, "decided_by", "decidedby|by|who|coder") \
	X(ON, "decided_on", "decidedon|on|when|date") \
	X(COMMENT, "comment", "comment|comments|remark|remarks") \
	X(DIGEST, "text_digest", "textdigest")

enum column {
#define COLUMN_ENUM(id, name, common) COLUMN_##id,
	COLUMN_TABLE(COLUMN_ENUM)
#undef COLUMN_ENUM
		COLUMN_COUNT
};

#define COLUMN_ABSENT SIZE_MAX

enum { COLUMN_OTHERS = 32 }; /* columns that may stand for one thing */

struct columns {
	size_t of[COLUMN_COUNT];    /* from 0, or COLUMN_ABSENT */
	bool guessed[COLUMN_COUNT]; /* not named by the user */
	bool unseen[COLUMN_COUNT];  /* named by the user, but of the objects of JSON Lines none has had it yet */
	/* A second column that could have been taken, or COLUMN_ABSENT; and whether it would have been for its name. */
	size_t second[COLUMN_COUNT];
	bool fuller[COLUMN_COUNT];
	/* Of JSON Lines, whose rows name their own columns: all that may stand for it, in the order of preference. */
	uint16_t others[COLUMN_COUNT][COLUMN_OTHERS];
	size_t other_count[COLUMN_COUNT];
	size_t seen; /* columns of the table that have been looked at */
	bool below;  /* the header is not the first row */
};

/* How a table is laid out, as far as the user says it; all zero: it is found out. */
struct column_layout {
	const char *sheet;   /* its name, or its number from 1 */
	uint64_t header_row; /* the line, or the row of a sheet */
	bool no_header;      /* columns are called by their numbers */
	struct table_options options;
};

/* How a column is asked for. */
struct column_wish {
	const char *name; /* as the user gave it; NULL: guess; "": there is none */
	bool guess;       /* whether it may be guessed at all */
};

/* Find the columns of a table whose header has been read.  One that is named has to be there, and once, or is known by
 * its number; a title or a text there has to be, unless rows name their own columns.  ERROR_INPUT with the names of the
 * columns. */
bool columns_find(struct table *t, const struct column_wish wishes[COLUMN_COUNT], struct columns *out,
		  struct error *err);

/* Those of a file of overrides. */
bool columns_of_overrides(struct table *t, struct columns *out, struct error *err);

/* Look at the columns that have come up since, in a table whose rows name their own. */
void columns_update(struct columns *c, const struct table *t);

/* The field of a row, trimmed, and as it was before it was written for a spreadsheet (csv_writer.h); empty where there is
 * none.  Of columns that may stand for one thing the first that is not empty, so that the answer to a row does not depend
 * on other rows. */
struct slice columns_field(const struct columns *c, const struct table_row *row, enum column column);

/* Say on standard error which columns were guessed: "taking title from column Job Title"; where rows are to be known by
 * their `number`, an id that was guessed is only named. */
void columns_tell(const struct columns *c, const struct table *t, bool number);

/* Whether a name is one of the common ones, by letters and digits alone; those are lower-case letters and digits. */
bool columns_name_is(struct slice name, struct slice common);
/* The first of the common names, with "|" between, that a column of the header has, as its number; COLUMN_ABSENT. */
size_t columns_guess(const struct table *t, const char *common);
/* The names of all columns, as messages list them. */
bool columns_list(const struct table *t, struct buffer *out);

/* Open a file of one table and read its first row as the header. */
bool columns_open_file(const char *path, struct input_source **input_source, struct table **table, struct error *err);
/* Open the table that an input source holds. */
bool columns_open_table(struct input_source *input_source, struct table **table, struct error *err);

/* Open a table of jobs and find its columns: the sheet, of a workbook, and the header among the first rows, unless
 * `layout` says which.  What is to be told of that goes to `notes`, each with a line end. */
bool columns_open(struct input_source *input_source, const struct column_layout *layout,
		  const struct column_wish wishes[COLUMN_COUNT], struct table **table, struct columns *out,
		  struct buffer *notes, struct error *err);

#endif
