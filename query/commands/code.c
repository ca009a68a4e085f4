// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * code.c - soc code: what the command line says, for query/batch to do.
 */
#include <signal.h>
#include <stdlib.h>

#include "query/batch/batch.h"
#include "query/batch/worker_pool.h"
#include "query/batch/review.h"
#include "query/commands/code.h"
#include "query/commands/command.h"

#define DEFAULT_TOP 5
#define JOBS_MAX 1024

static const struct {
	enum column column;
	int option;
	bool guess;
} column_options[] = {
	{ COLUMN_ID, OPTION_ID, true },      { COLUMN_TITLE, OPTION_TITLE, true },
	{ COLUMN_TEXT, OPTION_TEXT, true },  { COLUMN_INDUSTRY, OPTION_INDUSTRY, false },
	{ COLUMN_GOLD, OPTION_GOLD, false },
};

/* A share, from 0 to 1. */
static bool read_share(struct command *c, int option, const char *name, double *out)
{
	const char *text = options_value(c->options, option);
	char *end;
	if (!text)
		return true;
	*out = strtod(text, &end);
	if (end != text && *end == '\0' && *out >= 0.0 && *out <= 1.0)
		return true;
	return error_set(c->session.err, ERROR_USAGE, NULL, "--%s must be a number from 0 to 1, not '%s'", name, text);
}

static bool read_thresholds(struct command *c, struct thresholds *out)
{
	bool accept = options_given(c->options, OPTION_ACCEPT), review = options_given(c->options, OPTION_REVIEW);
	*out = (struct thresholds){ accept || review || options_given(c->options, OPTION_REVIEW_FILE), ACCEPT_DEFAULT,
				    REVIEW_DEFAULT };
	if (!read_share(c, OPTION_ACCEPT, "accept", &out->accept) ||
	    !read_share(c, OPTION_REVIEW, "review", &out->review))
		return false;
	/* One that is given moves the other out of its way. */
	if (!review && out->review > out->accept)
		out->review = out->accept;
	if (!accept && out->accept < out->review)
		out->accept = out->review;
	return out->review <= out->accept || error_set(c->session.err, ERROR_USAGE, "such as --accept 0.7 --review 0.4",
						       "--review may not be above --accept");
}

static bool read_format(struct command *c, struct writer_options *out)
{
	const char *format = options_value(c->options, OPTION_FORMAT);
	out->format = format ? format_read(format) : FORMAT_JSONL;
	out->keep = options_given(c->options, OPTION_KEEP);
	out->wide = options_given(c->options, OPTION_WIDE);
	out->excel = options_given(c->options, OPTION_EXCEL);
	if (out->excel && out->format != FORMAT_CSV)
		return error_set(c->session.err, ERROR_USAGE, "add --format csv", "--excel is a kind of CSV");
	if (out->wide && out->format == FORMAT_JSONL)
		return error_set(c->session.err, ERROR_USAGE, "add --format csv or --format tsv",
				 "--wide is for tables: a line of JSON Lines is a row already");
	return true;
}

/* --with, and what the levels and editions of other classifications imply. */
static bool read_with(struct command *c, struct batch_options *b)
{
	const char *level = options_value(c->options, OPTION_LEVEL);
	const char *edition = options_value(c->options, OPTION_EDITION);
	if (!command_read_with(c, WITH_CENSUS | WITH_SOC_2010 | WITH_GROUPS | WITH_MATCHED, &b->writer.with))
		return false;
	b->fold = OTHER_CLASSIFICATION_COUNT;
	bool census = level && strcmp(level, "census") == 0, old = edition && strcmp(edition, "2010") == 0;
	if (old && level && strcmp(level, "soc") != 0)
		return error_set(c->session.err, ERROR_USAGE, "--with soc2010 puts the codes beside those of any level",
				 "--edition 2010 is for --level soc");
	if (census || old) {
		b->fold = census ? OTHER_CENSUS_2018 : OTHER_SOC_2010;
		b->writer.with |= census ? WITH_CENSUS : WITH_SOC_2010;
	}
	return true;
}

static bool check_options(struct command *c, const struct batch_options *b)
{
	if (b->resume && !b->output)
		return error_set(c->session.err, ERROR_USAGE, "name the file that the run was to write: --output FILE",
				 "--resume has to know what to go on with");
	if (b->plot && !b->columns[COLUMN_GOLD].name)
		return error_set(c->session.err, ERROR_USAGE,
				 "add --gold COLUMN, with codes that somebody has given the rows",
				 "--plot draws how well the codes agree");
	return true;
}

/* Where the rows are in the input. */
static bool read_layout(struct command *c, struct column_layout *out, bool all_columns)
{
	const struct options *o = c->options;
	long row = 0;
	if (!options_number(o, OPTION_HEADER_ROW, 1, 1L << 30, &row, c->session.err))
		return false;
	*out = (struct column_layout){ .sheet = options_value(o, OPTION_SHEET),
				       .header_row = (uint64_t)row,
				       .no_header = options_given(o, OPTION_NO_HEADER),
				       .options = { .long_quotes = options_given(o, OPTION_LONG_QUOTES),
						    .all_columns = all_columns } };
	return !out->no_header || row == 0 ||
	       error_set(c->session.err, ERROR_USAGE, NULL, "--no-header and --header-row exclude each other");
}

static bool read_options(struct command *c, struct batch_options *b)
{
	const struct options *o = c->options;
	long top = DEFAULT_TOP, jobs = (long)worker_pool_processors();
	if (o->operand_count > 1)
		return error_set(c->session.err, ERROR_USAGE, "soc code FILE", "soc code takes one table at a time");
	if (!options_number(o, OPTION_LIMIT, 1, 1000, &top, c->session.err) ||
	    !options_number(o, OPTION_JOBS, 1, JOBS_MAX, &jobs, c->session.err) || !read_format(c, &b->writer) ||
	    !read_with(c, b) || !read_thresholds(c, &b->writer.thresholds))
		return false;
	for (size_t i = 0; i < sizeof column_options / sizeof *column_options; i++)
		b->columns[column_options[i].column] =
			(struct column_wish){ options_value(o, column_options[i].option), column_options[i].guess };
	if (!read_layout(c, &b->layout, b->writer.keep && b->writer.format != FORMAT_JSONL))
		return false;
	b->input = o->operand_count ? o->operands[0] : "-";
	b->output = options_value(o, OPTION_OUTPUT);
	b->index = command_index_path(c);
	b->overrides = options_value(o, OPTION_OVERRIDES);
	b->review_file = options_value(o, OPTION_REVIEW_FILE);
	b->merge_titles = options_given(o, OPTION_MERGE_TITLES);
	b->report = options_value(o, OPTION_REPORT);
	b->plot = options_value(o, OPTION_PLOT);
	b->resume = options_given(o, OPTION_RESUME);
	b->jobs = jobs < JOBS_MAX ? (size_t)jobs : JOBS_MAX;
	b->quiet = c->quiet;
	struct buffer deciding = { 0 };
	if (options_append_deciding(o, &deciding, c->session.err))
		b->deciding = arena_copy(&c->session.arena, buffer_slice(&deciding), c->session.err);
	buffer_free(&deciding);
	b->coder.level = command_level(c, &b->coder.automatic);
	b->coder.top = b->writer.top = (size_t)top;
	/* Whoever judges an answer wants to see its rivals. */
	if (b->writer.thresholds.wanted && b->coder.top < REVIEW_CANDIDATES)
		b->coder.top = REVIEW_CANDIDATES;
	b->coder.expand = command_expand(c);
	b->writer.automatic = b->coder.automatic;
	b->writer.overrides = b->overrides != NULL;
	b->writer.reasons = b->writer.thresholds.wanted || b->overrides || b->writer.with & WITH_MATCHED;
	return b->index && b->deciding.at && check_options(c, b);
}

/* ---- signals ---- */

static void interrupt(int signal_number)
{
	(void)signal_number;
	batch_interrupted = 1;
}

/* The first one finishes the rows in hand, the second one ends the program.  One that whoever started the program
 * wanted ignored stays so (nohup). */
static void catch_signal(int signal_number)
{
	struct sigaction old, action = { .sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND };
	sigemptyset(&action.sa_mask);
	if (sigaction(signal_number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
		sigaction(signal_number, &action, NULL);
}

enum outcome command_code(struct command *c)
{
	struct batch_options b = { 0 };
	bool any = false;
	if (!read_options(c, &b))
		return OUTCOME_ERROR;
	catch_signal(SIGINT);
	catch_signal(SIGTERM);
	catch_signal(SIGHUP);
	signal(SIGPIPE, SIG_DFL); /* where nobody reads any more, nothing has to be said */
	signal(SIGXFSZ, SIG_IGN); /* a limit of the size of files becomes an error of the write that meets it */
	if (!command_tell_sample(c) || !batch_run(&b, c->session.index, &any, c->session.err))
		return OUTCOME_ERROR;
	return any ? OUTCOME_FOUND : OUTCOME_NOTHING;
}
