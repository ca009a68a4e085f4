// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * compare.c - soc compare: codes side by side.
 */
#include "query/commands/command.h"
#include "query/output/comparison_write.h"

/* All that is written of each list. */
#define ALL 100000

/* "15-2051, 15-1252 and 15-1221 compared" */
static struct document *new_document(struct command *c, const struct comparison *x)
{
	struct buffer title = { 0 };
	for (size_t s = 0; s < x->count; s++)
		buffer_printf(&title, c->session.err, "%s%s",
			      s == 0              ? ""
			      : s + 1 == x->count ? " and "
						  : ", ",
			      x->sides[s].asked->code.text);
	buffer_append_text(&title, " compared", c->session.err);
	return document_new_titled(&title, c->session.err);
}

static bool print_document(struct command *c, const struct comparison *x)
{
	struct document *d = new_document(c, x);
	if (d)
		comparison_write(x, &c->session, d, 2);
	return command_print_document(c, d);
}

static bool print_json(struct command *c, const struct comparison *x)
{
	struct buffer out = { 0 };
	struct json_writer w = format_json(c->format, JSON_DIGITS_EXACT, &out, c->session.err);
	format_json_begin(&w);
	comparison_json(x, &c->session, &w);
	return format_json_end(&w);
}

static bool read_limit(struct command *c, size_t *limit)
{
	long number = COMPARISON_SHOWN;
	if (!options_number(c->options, OPTION_LIMIT, 1, 100000, &number, c->session.err))
		return false;
	*limit = options_given(c->options, OPTION_ALL) ? ALL : (size_t)number;
	return true;
}

static bool compare(struct command *c, struct target_ranking *ranked)
{
	struct target_codes codes;
	struct job job;
	struct comparison x;
	size_t limit;
	if (c->options->operand_count == 0)
		return error_set(c->session.err, ERROR_USAGE,
				 "name two to six codes, such as soc compare 15-2051 15-1252", "no code is named");
	if (!read_limit(c, &limit) ||
	    !command_read_targets(c, c->options->operands, c->options->operand_count, &codes) ||
	    !command_read_job(c, &job) || !command_tell_sample(c))
		return false;
	bool asked = job.title.length || job.text.length;
	if (asked && !target_rank(&c->session, &job, codes.level, ranked))
		return false;
	return comparison_find(&c->session, &codes, asked ? ranked : NULL, limit, &x) &&
	       (c->format == FORMAT_JSON ? print_json(c, &x) : print_document(c, &x));
}

enum outcome command_compare(struct command *c)
{
	struct target_ranking ranked = { .ranker = NULL };
	bool ok = compare(c, &ranked);
	target_ranking_free(&ranked);
	return ok ? OUTCOME_FOUND : OUTCOME_ERROR;
}
