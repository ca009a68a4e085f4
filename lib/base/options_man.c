// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * options_man.c - the table of options for people to read: the manual page, in man(7), and the text of --help.
 */
#include <stdio.h>

#include "lib/base/options_internal.h"
#include "lib/base/terminal.h"

/* The next line of *text, without its end; false where there is none. */
static bool next_line(const char **text, struct slice *line)
{
	if (!**text)
		return false;
	*line = (struct slice){ *text, strcspn(*text, "\n") };
	*text += line->length;
	*text += **text == '\n';
	return true;
}

/* Lines that begin with a blank stay as they are; others are filled. */
static bool is_kept(struct slice line)
{
	return line.length > 0 && (line.at[0] == ' ' || line.at[0] == '\t');
}

/* ---- the manual page ---- */

/* Text as text: nothing in it is taken for a request or an escape, and a dash stays a dash. */
static void roff_text(FILE *stream, const char *text, size_t length, bool line_start)
{
	if (line_start && length > 0 && (*text == '.' || *text == '\''))
		fputs("\\&", stream);
	static const char *const escapes[256] = { ['\\'] = "\\e",  ['-'] = "\\-",   ['"'] = "\\(dq", ['\''] = "\\(aq",
						  ['`'] = "\\(ga", ['~'] = "\\(ti", ['^'] = "\\(ha" };
	for (size_t i = 0; i < length; i++) {
		const char *escape = escapes[(unsigned char)text[i]];
		if (escape)
			fputs(escape, stream);
		else
			fputc(text[i], stream);
	}
}

/* Text between markup; nothing where there is no text. */
static void roff(FILE *stream, const char *before, const char *text, const char *after)
{
	if (!text)
		return;
	fputs(before, stream);
	roff_text(stream, text, strlen(text), false);
	fputs(after, stream);
}

/* A line of its own. */
static void roff_line(FILE *stream, struct slice line)
{
	roff_text(stream, line.at, line.length, true);
	fputc('\n', stream);
}

/* Empty lines part paragraphs. */
static void roff_paragraphs(FILE *stream, const char *text)
{
	bool kept_before = false;
	for (struct slice line; next_line(&text, &line);) {
		bool kept = is_kept(line);
		if (kept != kept_before)
			fputs(kept ? ".nf\n" : ".fi\n", stream);
		kept_before = kept;
		if (line.length == 0)
			fputs(".PP\n", stream);
		else
			roff_line(stream, line);
	}
	if (kept_before)
		fputs(".fi\n", stream);
}

static void roff_lines(FILE *stream, const char *text)
{
	fputs(".PP\n.nf\n.RS 4\n", stream);
	for (struct slice line; next_line(&text, &line);)
		roff_line(stream, line);
	fputs(".RE\n.fi\n", stream);
}

static void roff_options(FILE *stream, const struct option_spec *table)
{
	for (const struct option_spec *o = table; o && o->name; o++) {
		fputs(".TP\n", stream);
		if (o->letter)
			fprintf(stream, "\\fB\\-%c\\fR, ", o->letter);
		roff(stream, "\\fB\\-\\-", o->name, "\\fR");
		roff(stream, " \\fI", o->argument, "\\fR");
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
	roff(stream, ".SS \"", program->name, " ");
	roff(stream, "", c->name, " [OPTION...]");
	roff(stream, " ", c->arguments, "");
	fputs("\"\n", stream);
	roff_text(stream, c->summary, strlen(c->summary), true);
	fputs(".\n", stream);
	if (c->details) {
		fputs(".PP\n", stream);
		roff_paragraphs(stream, c->details);
	}
	roff_options(stream, c->options);
	if (c->examples) {
		fputs(".PP\nExamples:\n", stream);
		roff_lines(stream, c->examples);
	}
}

static void roff_section(FILE *stream, const char *name, const char *text)
{
	if (!text)
		return;
	fprintf(stream, ".SH %s\n", name);
	roff_paragraphs(stream, text);
}

void options_print_man(FILE *stream, const struct program_spec *program)
{
	fputs(".\\\" Made from the table of commands and options; do not edit.\n.TH ", stream);
	for (const char *c = program->name; *c; c++) {
		char upper[2] = { *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c, '\0' };
		roff(stream, "", upper, "");
	}
	fprintf(stream, " 1 \"\" \"%s %s\" \"User Commands\"\n.SH NAME\n", program->name, program->version);
	roff(stream, "", program->name, " \\- ");
	roff(stream, "", program->summary, "\n.SH SYNOPSIS\n");
	for (const struct command_spec *c = program->commands; c && c->name; c++) {
		roff(stream, c == program->commands ? "\\fB" : ".br\n\\fB", program->name, " ");
		roff(stream, "", c->name, "\\fR [\\fIOPTION\\fR...]");
		roff(stream, " \\fI", c->arguments, "\\fR");
		fputc('\n', stream);
	}
	roff_section(stream, "DESCRIPTION", program->details);
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
	roff_section(stream, "ENVIRONMENT", program->environment);
	roff_section(stream, "FILES", program->files);
}

/* ---- --help ---- */

enum { LEFT_MOST = 28, NAME_SIZE = 160 };

static void indent(FILE *stream, int columns)
{
	fprintf(stream, "%*s", columns, "");
}

/* Print `text` wrapped, beginning at column `at` (already there) and going on at column `left`. */
static void wrap(FILE *stream, struct slice text, int at, int left, int width)
{
	bool first = true;
	for (size_t i = 0, end; i < text.length; i = end) {
		for (end = i; end < text.length && text.at[end] != ' ' && text.at[end] != '\n';)
			end++;
		struct slice word = { text.at + i, end - i };
		int columns = (int)terminal_columns(word);
		if (!first && at + 1 + columns > width) {
			fputc('\n', stream);
			indent(stream, left);
			at = left;
		} else if (!first) {
			fputc(' ', stream);
			at++;
		}
		fwrite(word.at, 1, word.length, stream);
		at += columns;
		first = false;
		while (end < text.length && (text.at[end] == ' ' || text.at[end] == '\n'))
			end++;
	}
	fputc('\n', stream);
}

/* How many bytes of lines that are filled begin the text. */
static size_t filled_length(const char *text)
{
	const char *end = text;
	struct slice line;
	for (const char *rest = text; next_line(&rest, &line) && line.length > 0 && !is_kept(line);)
		end = rest;
	return (size_t)(end - text);
}

static void paragraphs(FILE *stream, const char *text, int left, int width)
{
	while (*text) {
		struct slice filled = { text, filled_length(text) }, line;
		text += filled.length;
		if (filled.length > 0) {
			indent(stream, left);
			wrap(stream, filled, left, left, width);
		} else if (next_line(&text, &line)) {
			indent(stream, is_kept(line) ? left : 0);
			fprintf(stream, "%.*s\n", (int)line.length, line.at);
		}
	}
}

/* Lines as they are. */
static void lines(FILE *stream, const char *text, int left)
{
	for (struct slice line; next_line(&text, &line);) {
		indent(stream, line.length > 0 ? left : 0);
		fprintf(stream, "%.*s\n", (int)line.length, line.at);
	}
}

/* A term at the left, its meaning at the right, or below where the term is long. */
static void entry(FILE *stream, const char *term, struct slice meaning, int left, int width)
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
	struct buffer meaning = { 0 };
	for (const struct option_spec *o = table; o && o->name; o++) {
		char term[NAME_SIZE];
		option_term(o, term);
		buffer_clear(&meaning);
		buffer_append_text(&meaning, o->help, NULL);
		const char *rest = o->choices, *between = ": ";
		for (struct slice c = options_next_choice(&rest); c.length > 0; c = options_next_choice(&rest)) {
			buffer_append_text(&meaning, between, NULL);
			buffer_append(&meaning, c.at, c.length, NULL);
			between = strchr(rest, '|') ? ", " : " or ";
		}
		if (buffer_ok(&meaning))
			entry(stream, term, buffer_slice(&meaning), left, width);
	}
	buffer_free(&meaning);
}

static void command_help(FILE *stream, const struct program_spec *program, const struct command_spec *command,
			 int width)
{
	int left = options_left(command->options, options_left(program->common, options_left(options_standard, 0)));

	fprintf(stream, "%s %s - ", program->name, command->name);
	int at = (int)(strlen(program->name) + strlen(command->name)) + 4;
	wrap(stream, slice_of(command->summary), at, 4, width);
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
	wrap(stream, slice_of(program->summary), (int)strlen(program->name) + 3, 4, width);
	fprintf(stream, "\nUsage: %s COMMAND [OPTION...] [ARGUMENT...]\n\nCommands:\n", program->name);
	for (const struct command_spec *c = program->commands; c && c->name; c++) {
		int wanted = (int)strlen(c->name) + 4;
		left = wanted > left ? wanted : left;
	}
	for (const struct command_spec *c = program->commands; c && c->name; c++)
		entry(stream, c->name, slice_of(c->summary), left, width);
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
