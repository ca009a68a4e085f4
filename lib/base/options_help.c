// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * options_help.c - the text of --help.
 */
#include <stdio.h>

#include "lib/base/options_internal.h"
#include "lib/base/terminal.h"

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
			ok = buffer_append(&paragraph, text, length, NULL) &&
			     buffer_append_byte(&paragraph, ' ', NULL);
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
		for (struct slice c = options_next_choice(&rest); ok && c.length > 0;
		     c = options_next_choice(&rest)) {
			ok = buffer_append_text(&meaning, first ? ": " : !*rest ? " or " : ", ", NULL) &&
			     buffer_append(&meaning, c.at, c.length, NULL);
			first = false;
		}
		if (ok && buffer_terminate(&meaning, NULL))
			entry(stream, term, meaning.at, left, width);
		buffer_free(&meaning);
	}
}

static void command_help(FILE *stream, const struct program_spec *program,
			 const struct command_spec *command, int width)
{
	int left = options_left(command->options, options_left(program->common,
								options_left(options_standard, 0)));

	fprintf(stream, "%s %s - ", program->name, command->name);
	int at = (int)(strlen(program->name) + strlen(command->name)) + 4;
	wrap(stream, command->summary, at, 4, width);
	fprintf(stream, "\nUsage: %s %s [OPTION...]%s%s\n", program->name, command->name,
		command->arguments ? " " : "", command->arguments ? command->arguments : "");
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

void options_print_help(FILE *stream, const struct program_spec *program,
			const struct command_spec *command, int width)
{
	if (command)
		command_help(stream, program, command, width);
	else
		program_help(stream, program, width);
}
