// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * options_completion.c - completions for bash, zsh and fish.
 */
#include <stdio.h>

#include "lib/base/options_internal.h"

/* The program's name as part of a shell function's name. */
static void identifier(FILE *stream, const char *name)
{
	fputc('_', stream);
	for (; *name; name++)
		fputc(*name == '-' || *name == '.' ? '_' : *name, stream);
}

static void put_choices(FILE *stream, const char *choices)
{
	const char *rest = choices;
	const char *gap = "";
	for (struct slice c = options_next_choice(&rest); c.length > 0; c = options_next_choice(&rest)) {
		fprintf(stream, "%s%.*s", gap, (int)c.length, c.at);
		gap = " ";
	}
}

/* Text inside single quotes of a shell; brackets and colons with a backslash where zsh would read them. */
static void quoted(FILE *stream, const char *text, const char *with_backslash)
{
	for (; *text; text++) {
		if (strchr(with_backslash, *text))
			fputc('\\', stream);
		if (*text == '\'')
			fputs("'\\''", stream);
		else
			fputc(*text, stream);
	}
}

/* ---- bash ---- */

static void bash_words(FILE *stream, const struct option_spec *const tables[], int count)
{
	const char *gap = "";
	for (int i = 0; i < count; i++)
		for (const struct option_spec *o = tables[i]; o && o->name; o++) {
			fprintf(stream, "%s--%s", gap, o->name);
			if (o->letter)
				fprintf(stream, " -%c", o->letter);
			gap = " ";
		}
}

/* `case` arms: what may follow an option that takes a value. */
static void bash_values(FILE *stream, const struct option_spec *table, const char *command)
{
	for (const struct option_spec *o = table; o && o->name; o++) {
		if (!o->argument)
			continue;
		fprintf(stream, "\t%s,--%s", command, o->name);
		if (o->letter)
			fprintf(stream, "|%s,-%c", command, o->letter);
		fputs(") ", stream);
		if (o->choices) {
			fputs("words=\"", stream);
			put_choices(stream, o->choices);
			fputs("\" ;;\n", stream);
		} else {
			fputs(options_argument_is_file(o->argument) ? "files=1 ;;\n" : "return ;;\n", stream);
		}
	}
}

static void print_bash(FILE *stream, const struct program_spec *program)
{
	const struct option_spec *tables[OPTION_TABLES];

	fprintf(stream, "# bash completion for %s; made from its table of options\n", program->name);
	identifier(stream, program->name);
	fputs("()\n{\n"
	      "\tlocal current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
	      "\tlocal command= words= files= i\n"
	      "\tif [[ $current == = ]]; then current=; elif [[ $previous == = ]]; then "
	      "previous=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
	      "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	      "\t\tcase ${COMP_WORDS[i]} in\n\t\t",
	      stream);
	for (const struct command_spec *c = program->commands; c && c->name; c++)
		fprintf(stream, "%s|", c->name);
	fputs("help) command=${COMP_WORDS[i]}; break ;;\n\t\tesac\n\tdone\n"
	      "\tcase $command,$previous in\n",
	      stream);
	for (const struct command_spec *c = program->commands; c && c->name; c++)
		bash_values(stream, c->options, c->name);
	bash_values(stream, program->common, "*");
	fputs("\t*)\n\t\tcase $command in\n", stream);
	for (const struct command_spec *c = program->commands; c && c->name; c++) {
		fprintf(stream, "\t\t%s) ", c->name);
		if (options_argument_is_file(c->arguments))
			fputs("files=1; ", stream);
		fputs("words=\"", stream);
		options_tables(program, c, tables);
		bash_words(stream, tables, OPTION_TABLES);
		fputs("\" ;;\n", stream);
	}
	fputs("\t\t*) words=\"", stream);
	for (const struct command_spec *c = program->commands; c && c->name; c++)
		fprintf(stream, "%s ", c->name);
	fputs("help ", stream);
	options_tables(program, NULL, tables);
	bash_words(stream, tables, OPTION_TABLES);
	fputs("\" ;;\n\t\tesac\n"
	      "\t\t[[ $current == -* ]] && files=\n"
	      "\t\t[[ -n $command && $command != help && $current != -* ]] && words=\n"
	      "\tesac\n"
	      "\tCOMPREPLY=()\n"
	      "\t[[ -n $words ]] && COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
	      "\tif [[ -n $files ]]; then\n"
	      "\t\tlocal IFS=$'\\n'\n"
	      "\t\tcompopt -o filenames 2>/dev/null\n"
	      "\t\tCOMPREPLY+=($(compgen -f -- \"$current\"))\n"
	      "\tfi\n}\ncomplete -F ",
	      stream);
	identifier(stream, program->name);
	fprintf(stream, " %s\n", program->name);
}

/* ---- zsh ---- */

static void zsh_options(FILE *stream, const struct option_spec *const tables[], int count)
{
	for (int i = 0; i < count; i++) {
		for (const struct option_spec *o = tables[i]; o && o->name; o++) {
			fputs(" \\\n\t\t\t", stream);
			if (o->letter)
				fprintf(stream, "{-%c,--%s}", o->letter, o->name);
			else
				fprintf(stream, "--%s", o->name);
			fputs("'[", stream);
			quoted(stream, o->help, "[]:\\");
			fputc(']', stream);
			if (o->argument) {
				fputc(':', stream);
				quoted(stream, o->argument, "[]:\\");
				fputc(':', stream);
				if (o->choices) {
					fputc('(', stream);
					put_choices(stream, o->choices);
					fputc(')', stream);
				} else if (options_argument_is_file(o->argument)) {
					fputs("_files", stream);
				}
			}
			fputc('\'', stream);
		}
	}
}

static void print_zsh(FILE *stream, const struct program_spec *program)
{
	const struct option_spec *tables[OPTION_TABLES];

	fprintf(stream, "#compdef %s\n# zsh completion for %s; made from its table of options\n\n", program->name,
		program->name);
	identifier(stream, program->name);
	fputs("()\n{\n\tlocal context state state_descr line\n\ttypeset -A opt_args\n"
	      "\t_arguments -C -A '-*'",
	      stream);
	options_tables(program, NULL, tables);
	zsh_options(stream, tables, OPTION_TABLES);
	fputs(" \\\n\t\t\t'1:command:->command' '*::argument:->argument'\n\tcase $state in\n\tcommand)\n"
	      "\t\tlocal -a commands=(\n",
	      stream);
	for (const struct command_spec *c = program->commands; c && c->name; c++) {
		fprintf(stream, "\t\t\t'%s:", c->name);
		quoted(stream, c->summary, ":\\");
		fputs("'\n", stream);
	}
	fputs("\t\t\t'help:Show what a command does')\n\t\t_describe command commands ;;\n\targument)\n"
	      "\t\tcase $line[1] in\n",
	      stream);
	for (const struct command_spec *c = program->commands; c && c->name; c++) {
		fprintf(stream, "\t\t%s) _arguments", c->name);
		options_tables(program, c, tables);
		zsh_options(stream, tables, OPTION_TABLES);
		fprintf(stream, " \\\n\t\t\t'*:%s:%s' ;;\n", c->arguments ? "argument" : "",
			options_argument_is_file(c->arguments) ? "_files" : "");
	}
	fputs("\t\tesac ;;\n\tesac\n}\n\n", stream);
	identifier(stream, program->name);
	fputs(" \"$@\"\n", stream);
}

/* ---- fish ---- */

/* Inside single quotes fish knows the backslash, so descriptions go through double ones. */
static void fish_description(FILE *stream, const char *text)
{
	fputs(" -d \"", stream);
	for (; *text; text++) {
		if (strchr("\"$\\", *text))
			fputc('\\', stream);
		fputc(*text, stream);
	}
	fputs("\"\n", stream);
}

static void fish_options(FILE *stream, const struct program_spec *program, const char *command,
			 const struct option_spec *table)
{
	for (const struct option_spec *o = table; o && o->name; o++) {
		fprintf(stream, "complete -c %s", program->name);
		if (command)
			fprintf(stream, " -n '__fish_seen_subcommand_from %s'", command);
		fprintf(stream, " -l %s", o->name);
		if (o->letter)
			fprintf(stream, " -s %c", o->letter);
		if (o->argument) {
			fputs(options_argument_is_file(o->argument) ? " -r -F" : " -x", stream);
			if (o->choices) {
				fputs(" -a '", stream);
				put_choices(stream, o->choices);
				fputc('\'', stream);
			}
		}
		fish_description(stream, o->help);
	}
}

static void print_fish(FILE *stream, const struct program_spec *program)
{
	fprintf(stream, "# fish completion for %s; made from its table of options\n", program->name);
	for (const struct command_spec *c = program->commands; c && c->name; c++) {
		fprintf(stream, "complete -c %s -n __fish_use_subcommand -f -a %s", program->name, c->name);
		fish_description(stream, c->summary);
		if (!options_argument_is_file(c->arguments))
			fprintf(stream, "complete -c %s -n '__fish_seen_subcommand_from %s' -f\n", program->name,
				c->name);
		fish_options(stream, program, c->name, c->options);
	}
	fish_options(stream, program, NULL, program->common);
	fish_options(stream, program, NULL, options_standard);
}

bool options_print_completion(FILE *stream, const struct program_spec *program, const char *shell)
{
	if (strcmp(shell, "bash") == 0)
		print_bash(stream, program);
	else if (strcmp(shell, "zsh") == 0)
		print_zsh(stream, program);
	else if (strcmp(shell, "fish") == 0)
		print_fish(stream, program);
	else
		return false;
	return true;
}
