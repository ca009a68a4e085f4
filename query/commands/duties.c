// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duties.c - soc duties: a duty sheet against codes.
 */
#include "query/commands/command.h"
#include "query/output/duty_write.h"

/* ---- what is asked ---- */

static bool read_path(struct command *c, const char **path)
{
	if (c->options->operand_count != 1)
		return error_set(c->session.err, ERROR_USAGE, "such as soc duties duties.txt, or - for standard input",
				 c->options->operand_count ? "a duty sheet is one file" : "no duty sheet is named");
	*path = c->options->operands[0];
	return true;
}

/* ---- the command ---- */

static bool print_document(struct command *c, const struct duty_table *t)
{
	struct buffer title = { 0 };
	buffer_printf(&title, c->session.err, "Duties%s%.*s", t->title.length ? ": " : "", (int)t->title.length,
		      t->title.at);
	struct document *d = document_new_titled(&title, c->session.err);
	if (d)
		duty_table_write(t, &c->session, d, 1);
	return command_print_document(c, d);
}

static bool print_json(struct command *c, const struct duty_table *t)
{
	struct buffer out = { 0 };
	struct json_writer w = format_json(c->format, JSON_DIGITS_MEASURED, &out, c->session.err);
	format_json_begin(&w);
	duty_table_json(t, &c->session, &w);
	return format_json_end(&w);
}

enum outcome command_duties(struct command *c)
{
	const char *path = NULL;
	struct target_codes codes;
	struct duty_sheet sheet;
	struct duty_table table;
	if (!read_path(c, &path) || !command_read_codes(c, &codes) || !command_tell_sample(c) ||
	    !command_read_duties(c, path, &sheet) ||
	    !duty_table_find(&c->session, &sheet, command_title(c), codes.count ? &codes : NULL, &table))
		return OUTCOME_ERROR;
	if (!(c->format == FORMAT_JSON ? print_json : print_document)(c, &table))
		return OUTCOME_ERROR;
	return table.leading_count ? OUTCOME_FOUND : OUTCOME_NOTHING;
}
