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
	  "title|jobtitle|occupationtitle|positiontitle|occupation|position|jobname|rolename|" \
	  "role|job|statedoccupation|reportedoccupation|currentjobtitle") \
	X(TEXT, "text", \
	  "text|description|jobdescription|duties|jobduties|mainduties|tasks|maintasks|" \
	  "positiondescription|workactivities|responsibilities|jobtext|body") \
	X(INDUSTRY, "industry", "industry|naics|naicscode") \
	X(GOLD, "gold", "") \
	X(CODE, "code", "code") \
	X(BY, "decided_by", "decidedby|by|who|coder") \
	X(ON, "decided_on", "decidedon|on|when|date") \
	X(DIGEST, "text_digest", "textdigest")

enum column {
#define COLUMN_ENUM(id, name, common) COLUMN_##id,
	COLUMN_TABLE(COLUMN_ENUM)
#undef COLUMN_ENUM
		COLUMN_COUNT
};

#define COLUMN_ABSENT SIZE_MAX

struct columns {
	size_t of[COLUMN_COUNT];    /* from 0, or COLUMN_ABSENT */
	bool guessed[COLUMN_COUNT]; /* not named by the user */
};

/* How a column is asked for. */
struct column_wish {
	const char *name; /* as the user gave it; NULL: guess; "": there is none */
	bool guess;       /* whether it may be guessed at all */
};

/* Find the columns of a table whose header has been read.  One that is named has to be there, and once; a title or a
 * text there has to be.  ERROR_INPUT with the names of the columns. */
bool columns_find(struct table *t, const struct column_wish wishes[COLUMN_COUNT], struct columns *out,
		  struct error *err);

/* Those of a file of overrides. */
bool columns_of_overrides(struct table *t, struct columns *out, struct error *err);

/* The field of a row, trimmed, and as it was before it was written for a spreadsheet (csv_writer.h); empty where there is none. */
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

/* Open a file of one table and read its header. */
bool columns_open_file(const char *path, struct input_source **input_source, struct table **table, struct error *err);
/* Open the table that an input source holds. */
bool columns_open_table(struct input_source *input_source, struct table **table, struct error *err);

#endif
