// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duties.c - soc duties: a duty sheet against codes.
 */
#include "query/engine/duty_table.h"
#include "query/output/provenance.h"

/* ---- what is asked ---- */

static bool read_path(struct command *c, const char **path)
{
	if (c->options->operand_count != 1)
		return error_set(c->err, ERROR_USAGE, "such as soc duties duties.txt, or - for standard input",
				 c->options->operand_count ? "a duty sheet is one file" : "no duty sheet is named");
	*path = c->options->operands[0];
	return true;
}

/* ---- the command ---- */

static bool print_document(struct command *c, const struct duty_table *t)
{
	struct buffer title = { 0 };
	bool named = buffer_printf(&title, c->err, "Duties%s%.*s", t->title.length ? ": " : "", (int)t->title.length,
				   t->title.at) &&
		     buffer_terminate(&title, c->err);
	struct document *d = named ? document_new(title.at, c->err) : NULL;
	buffer_free(&title);
	if (!d)
		return false;
	duty_table_write(t, c, d, 1);
	bool ok = attribution_print(c, d);
	document_free(d);
	return ok;
}

enum outcome command_duties(struct command *c)
{
	const char *path = NULL;
	struct target_codes codes;
	struct duty_sheet sheet;
	struct duty_table table;
	if (!read_path(c, &path) || !target_codes_option(c, &codes) || !command_tell_sample(c) ||
	    !duty_sheet_read(c, path, &sheet) || !duty_table_find(c, &sheet, codes.count ? &codes : NULL, &table))
		return OUTCOME_ERROR;
	if (c->format == FORMAT_JSON)
		format_print_json(duty_table_json(&table, c));
	else if (!print_document(c, &table))
		return OUTCOME_ERROR;
	return table.leading_count ? OUTCOME_FOUND : OUTCOME_NOTHING;
}
