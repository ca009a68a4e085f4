// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * options_man.c - the manual page, in man(7).
 */
#include <stdio.h>

#include "lib/base/options_internal.h"

/* Text as text: nothing in it is taken for a request or an escape, and a dash stays a dash. */
static void roff_text(FILE *stream, const char *text, size_t length, bool line_start)
{
	if (line_start && length > 0 && (*text == '.' || *text == '\''))
		fputs("\\&", stream);
	for (size_t i = 0; i < length; i++) {
		switch (text[i]) {
		case '\\':
			fputs("\\e", stream);
			break;
		case '-':
			fputs("\\-", stream);
			break;
		case '"':
			fputs("\\(dq", stream);
			break;
		case '\'':
			fputs("\\(aq", stream);
			break;
		case '`':
			fputs("\\(ga", stream);
			break;
		case '~':
			fputs("\\(ti", stream);
			break;
		case '^':
			fputs("\\(ha", stream);
			break;
		default:
			fputc(text[i], stream);
		}
	}
}

static void roff(FILE *stream, const char *text)
{
	roff_text(stream, text, strlen(text), false);
}

/* Paragraphs as options_help.c reads them: empty lines part, lines that begin with a blank stay. */
static void roff_paragraphs(FILE *stream, const char *text, const char *paragraph)
{
	bool kept_before = false;
	while (*text) {
		size_t length = strcspn(text, "\n");
		bool kept = *text == ' ' || *text == '\t';
		if (kept != kept_before)
			fputs(kept ? ".nf\n" : ".fi\n", stream);
		kept_before = kept;
		if (length == 0)
			fprintf(stream, "%s\n", paragraph);
		else {
			roff_text(stream, text, length, true);
			fputc('\n', stream);
		}
		text += length;
		text += *text == '\n';
	}
	if (kept_before)
		fputs(".fi\n", stream);
}

static void roff_lines(FILE *stream, const char *text)
{
	fputs(".PP\n.nf\n.RS 4\n", stream);
	while (*text) {
		size_t length = strcspn(text, "\n");
		roff_text(stream, text, length, true);
		fputc('\n', stream);
		text += length;
		text += *text == '\n';
	}
	fputs(".RE\n.fi\n", stream);
}

static void roff_options(FILE *stream, const struct option_spec *table)
{
	for (const struct option_spec *o = table; o && o->name; o++) {
		fputs(".TP\n", stream);
		if (o->letter)
			fprintf(stream, "\\fB\\-%c\\fR, ", o->letter);
		fputs("\\fB\\-\\-", stream);
		roff(stream, o->name);
		fputs("\\fR", stream);
		if (o->argument) {
			fputs(" \\fI", stream);
			roff(stream, o->argument);
			fputs("\\fR", stream);
		}
		fputc('\n', stream);
		roff_text(stream, o->help, strlen(o->help), true);
		const char *rest = o->choices;
		bool first = true;
		for (struct slice c = options_next_choice(&rest); c.length > 0;
		     c = options_next_choice(&rest)) {
			fprintf(stream, "%s\\fB", first ? ": " : !*rest ? " or " : ", ");
			roff_text(stream, c.at, c.length, false);
			fputs("\\fR", stream);
			first = false;
		}
		fputs(".\n", stream);
	}
}

static void roff_command(FILE *stream, const struct program_spec *program, const struct command_spec *c)
{
	fputs(".SS \"", stream);
	roff(stream, program->name);
	fputc(' ', stream);
	roff(stream, c->name);
	fputs(" [OPTION...]", stream);
	if (c->arguments) {
		fputc(' ', stream);
		roff(stream, c->arguments);
	}
	fputs("\"\n", stream);
	roff_text(stream, c->summary, strlen(c->summary), true);
	fputs(".\n", stream);
	if (c->details) {
		fputs(".PP\n", stream);
		roff_paragraphs(stream, c->details, ".PP");
	}
	roff_options(stream, c->options);
	if (c->examples) {
		fputs(".PP\nExamples:\n", stream);
		roff_lines(stream, c->examples);
	}
}

void options_print_man(FILE *stream, const struct program_spec *program)
{
	fputs(".\\\" Made from the table of commands and options; do not edit.\n.TH ", stream);
	for (const char *c = program->name; *c; c++) {
		char upper[2] = { *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c, '\0' };
		roff(stream, upper);
	}
	fprintf(stream, " 1 \"\" \"%s %s\" \"User Commands\"\n.SH NAME\n", program->name, program->version);
	roff(stream, program->name);
	fputs(" \\- ", stream);
	roff(stream, program->summary);
	fputs("\n.SH SYNOPSIS\n", stream);
	for (const struct command_spec *c = program->commands; c && c->name; c++) {
		fputs(c == program->commands ? "" : ".br\n", stream);
		fputs("\\fB", stream);
		roff(stream, program->name);
		fputc(' ', stream);
		roff(stream, c->name);
		fputs("\\fR [\\fIOPTION\\fR...]", stream);
		if (c->arguments) {
			fputs(" \\fI", stream);
			roff(stream, c->arguments);
			fputs("\\fR", stream);
		}
		fputc('\n', stream);
	}
	if (program->details) {
		fputs(".SH DESCRIPTION\n", stream);
		roff_paragraphs(stream, program->details, ".PP");
	}
	fputs(".SH COMMANDS\n", stream);
	for (const struct command_spec *c = program->commands; c && c->name; c++)
		roff_command(stream, program, c);
	fputs(".SH OPTIONS OF EVERY COMMAND\n", stream);
	roff_options(stream, program->common);
	roff_options(stream, options_standard);
	fputs(".SH EXIT STATUS\n", stream);
	fputs(".TP\n0\nFound, or done.\n.TP\n1\nNothing found.\n.TP\n2\nAn error; standard error says which, "
	      "and what to do.\n", stream);
	if (program->environment) {
		fputs(".SH ENVIRONMENT\n", stream);
		roff_paragraphs(stream, program->environment, ".PP");
	}
	if (program->files) {
		fputs(".SH FILES\n", stream);
		roff_paragraphs(stream, program->files, ".PP");
	}
}
