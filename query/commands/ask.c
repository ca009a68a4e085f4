// SPDX-License-Identifier: GPL-3.0-or-later
/* ask.c - soc ask: settles a job by at most two questions, on a terminal or from what stands on standard input. */
#include "query/commands/command.h"
#include "lib/rank/job_split.h"
#include "query/engine/dialogue.h"

static const char *const headings[] = {
	[DIALOGUE_FIELD] = "What does the work deal with?",
	[DIALOGUE_CODE] = "Which is nearest to the job?",
};

static bool read_job(struct command *c, struct job *job)
{
	struct buffer text = { 0 };
	struct job free = { 0 };
	if (!command_read_job(c, job))
		return false;
	for (size_t i = 0; i < c->options->operand_count; i++)
		buffer_printf(&text, c->session.err, "%s%s", i ? " " : "", c->options->operands[i]);
	struct slice words = slice_trim(session_keep(&c->session, &text));
	if (words.length && !job_split(c->session.index, words, &free, c->session.err))
		return false;
	if (job->title.length)
		free = (struct job){ .title = job->title, .text = words };
	else if (job->text.length)
		free = (struct job){ .title = words, .text = job->text };
	*job = free;
	return (session_ok(&c->session) && (job->title.length || job->text.length)) ||
	       error_set(c->session.err, ERROR_USAGE, "soc ask TITLE, or --title T and --text FILE",
			 "there is no job to ask about");
}

static void print_option(const struct command *c, size_t number, const struct dialogue_option *o)
{
	struct buffer text = { 0 };
	char first[32];
	snprintf(first, sizeof first, " %2zu  ", number);
	buffer_append(&text, o->words.at, o->words.length, c->session.err);
	buffer_printf(&text, c->session.err, " (%.7s", o->code.text);
	if (o->confidence < 0.995) /* else it is the only one */
		buffer_printf(&text, c->session.err, ", %.0f%%", 100.0 * o->confidence);
	buffer_append_byte(&text, ')', c->session.err);
	page_paragraph(&c->page, first, 5, buffer_slice(&text), NULL, 0);
	if (o->statement.length)
		page_paragraph(&c->page, "", 5, o->statement, NULL, 0);
	buffer_free(&text);
}

/* The number of an option, step->count for none of them; false at the end of the input or an empty line. */
static bool read_answer(const struct command *c, const struct dialogue_step *step, size_t *option)
{
	char line[64];
	for (;;) {
		fprintf(c->page.stream, "\n1 to %zu, 0 for none of them, Enter to leave it: ", step->count);
		fflush(c->page.stream);
		if (!fgets(line, sizeof line, stdin))
			return false;
		char *end;
		long number = strtol(line, &end, 10);
		if (end == line)
			return false;
		if (*end == '\n' && number >= 0 && (size_t)number <= step->count) {
			*option = number ? (size_t)number - 1 : step->count;
			return true;
		}
	}
}

/* What is left, and what to do with it. */
static void print_result(const struct command *c, const struct ranking *r)
{
	page_heading(&c->page, r->count == 1 ? "The code" : "The codes");
	for (size_t i = 0; i < r->count; i++) {
		const struct candidate *x = &r->at[i];
		print_option(
			c, i + 1,
			&(struct dialogue_option){ .code = x->code, .words = x->title, .confidence = x->confidence });
	}
	if (r->count)
		fprintf(c->page.stream, "\nsoc show %s tells more; soc why %s makes the case for it.\n",
			r->at[0].code.text, r->at[0].code.text);
}

static bool converse(struct command *c, struct dialogue *d, struct dialogue_step *step)
{
	size_t option;
	while (dialogue_next(d, step) && step->kind != DIALOGUE_DONE) {
		page_heading(&c->page, headings[step->kind]);
		for (size_t i = 0; i < step->count; i++)
			print_option(c, i + 1, &step->at[i]);
		if (!read_answer(c, step, &option)) {
			fputc('\n', c->page.stream);
			break;
		}
		dialogue_answer(d, step, option);
	}
	return session_ok(&c->session);
}

enum outcome command_ask(struct command *c)
{
	struct job job = { 0 };
	struct rank_options options = { .level = LEVEL_SOC, .expand = c->session.expand };
	struct ranker *ranker = NULL;
	struct dialogue dialogue;
	struct dialogue_step step;
	bool ok = read_job(c, &job) && command_tell_sample(c) &&
		  soc_index_need_reference(c->session.index, c->session.err) &&
		  ranker_new(c->session.index, &ranker, c->session.err) &&
		  dialogue_begin(&dialogue, &c->session, ranker, &job, &options) && converse(c, &dialogue, &step);
	bool found = ok && step.ranking.count > 0;
	if (found)
		print_result(c, &step.ranking);
	else if (ok && !c->quiet)
		fputs("soc: no word of this is known to the index, or no code is left\n", stderr);
	ranker_free(ranker);
	return !ok ? OUTCOME_ERROR : found ? OUTCOME_FOUND : OUTCOME_NOTHING;
}
