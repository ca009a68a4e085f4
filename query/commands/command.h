// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * command.h - what the sub-commands of soc share: their options, where the index is, how output looks.
 */
#ifndef SOC_QUERY_COMMANDS_COMMAND_H
#define SOC_QUERY_COMMANDS_COMMAND_H

#include "query/engine/duty_sheet.h"
#include "query/engine/query_plan.h"
#include "query/engine/target_codes.h"
#include "query/output/format.h"
#include "query/output/terminal_page.h"

struct document;

enum option_id {
	OPTION_INDEX = 1,
	OPTION_FORMAT,
	OPTION_LEVEL,
	OPTION_LIMIT,
	OPTION_OFFSET,
	OPTION_COLOUR,
	OPTION_QUIET,
	OPTION_TITLE,
	OPTION_TEXT,
	OPTION_ID,
	OPTION_REGEX,
	OPTION_ZONE,
	OPTION_GROUP,
	OPTION_KIND,
	OPTION_EXPLAIN,
	OPTION_NO_SYNONYMS,
	OPTION_NO_SPELLING,
	OPTION_NO_CLEANING,
	OPTION_EMPLOYER_AFTER_COMMA,
	OPTION_SECTION,
	OPTION_ALL,
	OPTION_ADVANCED_DEGREE,
	OPTION_WAGE,
	OPTION_STEM,
	OPTION_DEGREE,
	OPTION_WHERE,
	OPTION_FACTS,
	OPTION_OUTPUT,
	OPTION_DUTIES,
	OPTION_CODES,
	OPTION_WITH,
};

/* How a command ended; the program's exit status. */
enum outcome { OUTCOME_FOUND = 0, OUTCOME_NOTHING = 1, OUTCOME_ERROR = 2 };

struct command {
	const struct options *options;
	struct session session; /* what the engine answers from */
	struct page page;       /* standard output */
	enum format format;
	bool quiet;
};

/* Where the index is: --index, else $SOC_INDEX, else $XDG_DATA_HOME/soc/current.soc.  In the arena of the session. */
const char *command_index_path(struct command *c);

/* The level that --level names; *automatic for `auto`. */
enum code_level command_level(const struct command *c, bool *automatic);

/* How words are expanded: everything but what --no-synonyms, --no-spelling and --no-cleaning switch off, and what
 * --employer-after-comma adds. */
unsigned command_expand(const struct command *c);

/* What --with names, of `allowed`: WITH_... of other_codes.h. */
bool command_read_with(const struct command *c, unsigned allowed, unsigned *with);

/* Say on standard error that the index holds the sample corpus; once, and not when quiet. */
bool command_tell_sample(struct command *c);

/* All of a file, or of standard input for "-", in the arena of the session; at most 64 MiB. */
bool command_read_file(struct command *c, const char *path, struct slice *out);
/* The same of a job's text: ERROR_INPUT where it is a document or an archive instead, which would be read as words of
 * no sense. */
bool command_read_text(struct command *c, const char *path, struct slice *out);

/* --zone, --group, --kind and the conditions on facts, each of which can be given more than once. */
bool command_read_filters(struct command *c, struct plan_filters *out);

/* target_codes_read(), and say on standard error which codes of older editions stand for others. */
bool command_read_targets(struct command *c, const char *const *texts, size_t count, struct target_codes *out);

/* The codes of --codes A,B,C, as target_codes_read() reads them; none where it was not given.  ERROR_USAGE where the
 * list or an entry of it is empty. */
bool command_read_codes(struct command *c, struct target_codes *out);

/* --title, trimmed; empty where it was not given. */
struct slice command_title(const struct command *c);
/* The job of --title and --text; both empty where neither was given. */
bool command_read_job(struct command *c, struct job *out);

/* Read a duty sheet from a file, or from standard input for "-", and say on standard error which columns were taken for
 * what. */
bool command_read_duties(struct command *c, const char *path, struct duty_sheet *out);

/* Print a document in the format of the command, and free it; all but text ends with whose content it shows.  False where
 * it is NULL, or cannot be printed. */
bool command_print_document(struct command *c, struct document *d);

enum outcome command_search(struct command *c);
enum outcome command_regex(struct command *c);
enum outcome command_show(struct command *c);
enum outcome command_code(struct command *c);
enum outcome command_crosswalk(struct command *c);
enum outcome command_fields(struct command *c);
enum outcome command_ask(struct command *c);
enum outcome command_why(struct command *c);
enum outcome command_compare(struct command *c);
enum outcome command_duties(struct command *c);
enum outcome command_exhibit(struct command *c);

#endif
