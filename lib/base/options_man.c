// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * options_man.c - the manual page, in man(7).
 */
#include <stdio.h>

#include "lib/base/options_internal.h"
#include "lib/base/terminal.h"

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
		for (struct slice c = options_next_choice(&rest); c.length > 0; c = options_next_choice(&rest)) {
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
	      "and what to do.\n",
	      stream);
	if (program->environment) {
		fputs(".SH ENVIRONMENT\n", stream);
		roff_paragraphs(stream, program->environment, ".PP");
	}
	if (program->files) {
		fputs(".SH FILES\n", stream);
		roff_paragraphs(stream, program->files, ".PP");
	}
}

/* ---- options help ---- */

/*
 * options_help.c - the text of --help.
 */

enum { LEFT_MOST = 28, NAME_SIZE = 160 };

static void indent(FILE *stream, int columns)
{
	fprintf(stream, "%*s", columns, "");
}

/* Print `text` wrapped, beginning at column `at` (already there) and going on at column `left`. */
static void wrap(FILE *stream, const char *text, int at, int left, int width)
{
	bool first = true;
	while (*text) {
		size_t length = strcspn(text, " \n");
		struct slice word = { text, length };
		int columns = (int)terminal_columns(word);
		if (!first && at + 1 + columns > width) {
			fputc('\n', stream);
			indent(stream, left);
			at = left;
		} else if (!first) {
			fputc(' ', stream);
			at++;
		}
		fwrite(text, 1, length, stream);
		at += columns;
		first = false;
		text += length;
		text += strspn(text, " \n");
	}
	fputc('\n', stream);
}

/* Paragraphs: an empty line parts them, a line that begins with a blank stays as it is. */
static void paragraphs(FILE *stream, const char *text, int left, int width)
{
	struct buffer paragraph = { 0 };
	bool ok = true;
	while (*text && ok) {
		size_t length = strcspn(text, "\n");
		bool kept = *text == ' ' || *text == '\t';
		if ((length == 0 || kept) && paragraph.length > 0) {
			ok = buffer_terminate(&paragraph, NULL);
			if (ok) {
				indent(stream, left);
				wrap(stream, paragraph.at, left, left, width);
			}
			buffer_clear(&paragraph);
		}
		if (length == 0 || kept) {
			if (kept)
				indent(stream, left);
			fwrite(text, 1, length, stream);
			fputc('\n', stream);
		} else {
			ok = buffer_append(&paragraph, text, length, NULL) && buffer_append_byte(&paragraph, ' ', NULL);
		}
		text += length;
		text += *text == '\n';
	}
	if (ok && paragraph.length > 0 && buffer_terminate(&paragraph, NULL)) {
		indent(stream, left);
		wrap(stream, paragraph.at, left, left, width);
	}
	buffer_free(&paragraph);
}

/* Lines as they are. */
static void lines(FILE *stream, const char *text, int left)
{
	while (*text) {
		size_t length = strcspn(text, "\n");
		if (length > 0)
			indent(stream, left);
		fwrite(text, 1, length, stream);
		fputc('\n', stream);
		text += length;
		text += *text == '\n';
	}
}

/* A term at the left, its meaning at the right, or below where the term is long. */
static void entry(FILE *stream, const char *term, const char *meaning, int left, int width)
{
	int columns = (int)terminal_columns(slice_of(term));
	indent(stream, 2);
	fputs(term, stream);
	if (2 + columns + 2 > left) {
		fputc('\n', stream);
		indent(stream, left);
	} else {
		indent(stream, left - 2 - columns);
	}
	wrap(stream, meaning, left, left, width);
}

static void option_term(const struct option_spec *o, char term[NAME_SIZE])
{
	char letter[8] = "    ";
	if (o->letter)
		snprintf(letter, sizeof letter, "-%c, ", o->letter);
	snprintf(term, NAME_SIZE, "%s--%s%s%s", letter, o->name, o->argument ? " " : "",
		 o->argument ? o->argument : "");
}

static int options_left(const struct option_spec *table, int left)
{
	for (const struct option_spec *o = table; o && o->name; o++) {
		char term[NAME_SIZE];
		option_term(o, term);
		int wanted = 2 + (int)terminal_columns(slice_of(term)) + 2;
		if (wanted > left && wanted <= LEFT_MOST)
			left = wanted;
	}
	return left;
}

static void option_entries(FILE *stream, const struct option_spec *table, int left, int width)
{
	for (const struct option_spec *o = table; o && o->name; o++) {
		char term[NAME_SIZE];
		struct buffer meaning = { 0 };
		option_term(o, term);
		bool ok = buffer_append_text(&meaning, o->help, NULL);
		const char *rest = o->choices;
		bool first = true;
		for (struct slice c = options_next_choice(&rest); ok && c.length > 0; c = options_next_choice(&rest)) {
			ok = buffer_append_text(&meaning,
						first    ? ": "
						: !*rest ? " or "
							 : ", ",
						NULL) &&
			     buffer_append(&meaning, c.at, c.length, NULL);
			first = false;
		}
		if (ok && buffer_terminate(&meaning, NULL))
			entry(stream, term, meaning.at, left, width);
		buffer_free(&meaning);
	}
}

static void command_help(FILE *stream, const struct program_spec *program, const struct command_spec *command,
			 int width)
{
	int left = options_left(command->options, options_left(program->common, options_left(options_standard, 0)));

	fprintf(stream, "%s %s - ", program->name, command->name);
	int at = (int)(strlen(program->name) + strlen(command->name)) + 4;
	wrap(stream, command->summary, at, 4, width);
	fprintf(stream, "\nUsage: %s %s [OPTION...]%s%s\n", program->name, command->name, command->arguments ? " " : "",
		command->arguments ? command->arguments : "");
	if (command->details) {
		fputc('\n', stream);
		paragraphs(stream, command->details, 0, width);
	}
	if (command->options && command->options->name) {
		fputs("\nOptions:\n", stream);
		option_entries(stream, command->options, left, width);
	}
	fputs("\nCommon options:\n", stream);
	option_entries(stream, program->common, left, width);
	option_entries(stream, options_standard, left, width);
	if (command->examples) {
		fputs("\nExamples:\n", stream);
		lines(stream, command->examples, 2);
	}
}

static void program_help(FILE *stream, const struct program_spec *program, int width)
{
	int left = 0;

	fprintf(stream, "%s - ", program->name);
	wrap(stream, program->summary, (int)strlen(program->name) + 3, 4, width);
	fprintf(stream, "\nUsage: %s COMMAND [OPTION...] [ARGUMENT...]\n\nCommands:\n", program->name);
	for (const struct command_spec *c = program->commands; c && c->name; c++) {
		int wanted = (int)strlen(c->name) + 4;
		left = wanted > left ? wanted : left;
	}
	for (const struct command_spec *c = program->commands; c && c->name; c++)
		entry(stream, c->name, c->summary, left, width);
	fputs("\nOptions of every command:\n", stream);
	left = options_left(program->common, options_left(options_standard, 0));
	option_entries(stream, program->common, left, width);
	option_entries(stream, options_standard, left, width);
	if (program->environment) {
		fputs("\nEnvironment:\n", stream);
		paragraphs(stream, program->environment, 2, width);
	}
	fprintf(stream, "\n`%s help COMMAND` tells more.\n", program->name);
}

void options_print_help(FILE *stream, const struct program_spec *program, const struct command_spec *command, int width)
{
	if (command)
		command_help(stream, program, command, width);
	else
		program_help(stream, program, width);
}
