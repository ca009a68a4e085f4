// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * options.c - read a command line by the program's table.
 */
#include "lib/base/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "lib/base/edit_distance.h"
#include "lib/base/options_internal.h"

const struct option_spec options_standard[] = {
	{ "help", 'h', NULL, NULL, "Show this help and exit", OPTION_HELP },
	{ "version", 'V', NULL, NULL, "Show the version and exit", OPTION_VERSION },
	{ 0 },
};

void options_tables(const struct program_spec *program, const struct command_spec *command,
		    const struct option_spec *tables[OPTION_TABLES])
{
	tables[0] = command ? command->options : NULL;
	tables[1] = program->common;
	tables[2] = options_standard;
}

bool options_argument_is_file(const char *argument)
{
	return argument && (strstr(argument, "FILE") || strstr(argument, "FOLDER") || strstr(argument, "SOURCE"));
}

struct slice options_next_choice(const char **rest)
{
	struct slice choice = { *rest, 0 };
	if (*rest) {
		choice.length = strcspn(*rest, "|");
		*rest += choice.length;
		if (**rest == '|')
			(*rest)++;
	}
	return choice;
}

/* ---- the nearest known name ---- */

struct nearest {
	struct slice wanted;
	struct slice best;
	unsigned distance;
};

/* Names of the table have at most EDIT_WORD_MAX bytes. */
static void nearest_offer(struct nearest *n, struct slice name)
{
	unsigned allowed = n->wanted.length < 4 ? 1 : n->wanted.length < 6 ? 2 : 3;
	unsigned distance = edit_distance(name, n->wanted, allowed);
	/* What somebody shortened is near, too. */
	if (n->wanted.length >= 2 && name.length > n->wanted.length &&
	    memcmp(name.at, n->wanted.at, n->wanted.length) == 0)
		distance = 1;
	if (distance <= allowed && (!n->best.at || distance < n->distance)) {
		n->best = name;
		n->distance = distance;
	}
}

/* ---- finding ---- */

static const struct command_spec *find_command(const struct program_spec *program, const char *name)
{
	for (const struct command_spec *c = program->commands; c && c->name; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

static const struct option_spec *find_in(const struct option_spec *table, struct slice name, char letter)
{
	for (const struct option_spec *o = table; o && o->name; o++)
		if (letter ? o->letter == letter : slice_equal(slice_of(o->name), name))
			return o;
	return NULL;
}

static const struct option_spec *find_option(const struct program_spec *program, const struct command_spec *command,
					     struct slice name, char letter)
{
	const struct option_spec *tables[OPTION_TABLES];
	const struct option_spec *found = NULL;
	options_tables(program, command, tables);
	for (int i = 0; i < OPTION_TABLES && !found; i++)
		found = find_in(tables[i], name, letter);
	return found;
}

/* Before the command is known: the option of that name of any command. */
static const struct option_spec *find_anywhere(const struct program_spec *program, struct slice name, char letter)
{
	const struct option_spec *found = find_option(program, NULL, name, letter);
	for (const struct command_spec *c = program->commands; c && c->name && !found; c++)
		found = find_in(c->options, name, letter);
	return found;
}

static struct slice long_name(const char *argument)
{
	struct slice name = { argument + 2, strcspn(argument + 2, "=") };
	return name;
}

static bool is_option(const char *argument)
{
	return argument[0] == '-' && argument[1] != '\0';
}

/* Whether the argument is an option whose value is the next argument. */
static bool takes_next(const struct program_spec *program, const struct command_spec *command, const char *argument)
{
	const struct option_spec *o;
	if (argument[1] == '-') {
		struct slice name = long_name(argument);
		o = command ? find_option(program, command, name, 0) : find_anywhere(program, name, 0);
		return o && o->argument && o->argument[0] != '[' && name.at[name.length] != '=';
	}
	for (const char *letter = argument + 1; *letter; letter++) {
		struct slice none = { NULL, 0 };
		o = command ? find_option(program, command, none, *letter) : find_anywhere(program, none, *letter);
		if (!o)
			return false;
		if (o->argument)
			return letter[1] == '\0';
	}
	return false;
}

/* The first argument that is neither an option nor the value of one; argc where there is none. */
static int first_word(const struct program_spec *program, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--") == 0)
			return i + 1;
		if (!is_option(argv[i]))
			return i;
		if (takes_next(program, NULL, argv[i]))
			i++;
	}
	return argc;
}

/* ---- errors ---- */

static bool unknown_command(const struct program_spec *program, const char *name, struct error *err)
{
	struct nearest near = { slice_of(name), { NULL, 0 }, 0 };
	char hint[200];

	for (const struct command_spec *c = program->commands; c && c->name; c++)
		nearest_offer(&near, slice_of(c->name));
	nearest_offer(&near, SLICE("help"));
	if (near.best.at)
		snprintf(hint, sizeof hint, "did you mean `%s %.*s`?  `%s help` lists the commands", program->name,
			 (int)near.best.length, near.best.at, program->name);
	else
		snprintf(hint, sizeof hint, "`%s help` lists the commands", program->name);
	return error_set(err, ERROR_USAGE, hint, "unknown command '%s'", name);
}

static bool unknown_option(const struct program_spec *program, const struct command_spec *command, struct slice name,
			   char letter, struct error *err)
{
	struct nearest near = { name, { NULL, 0 }, 0 };
	const struct option_spec *tables[OPTION_TABLES];
	char hint[300];
	char shown[80];

	if (letter)
		snprintf(shown, sizeof shown, "-%c", letter);
	else
		snprintf(shown, sizeof shown, "--%.*s", name.length > 60 ? 60 : (int)name.length, name.at);

	options_tables(program, command, tables);
	for (int i = 0; i < OPTION_TABLES && !letter; i++)
		for (const struct option_spec *o = tables[i]; o && o->name; o++)
			nearest_offer(&near, slice_of(o->name));
	const struct command_spec *owner = program->commands;
	while (owner && owner->name && !find_in(owner->options, name, letter))
		owner++;
	const char *gap = command ? " " : "", *of = command ? command->name : "";
	if (owner && owner->name && owner != command)
		snprintf(hint, sizeof hint, "%s is an option of `%s %s`", shown, program->name, owner->name);
	else if (near.best.at)
		snprintf(hint, sizeof hint, "did you mean --%.*s?  `%s help%s%s` lists the options",
			 (int)near.best.length, near.best.at, program->name, gap, of);
	else
		snprintf(hint, sizeof hint,
			 "`%s help%s%s` lists the options; put -- before text that begins with a dash", program->name,
			 gap, of);
	return error_set(err, ERROR_USAGE, hint, "unknown option %s", shown);
}

/* ---- parsing ---- */

static bool check_choice(const struct option_spec *o, const char *value, struct error *err)
{
	struct nearest near = { slice_of(value), { NULL, 0 }, 0 };
	char all[256] = "";
	char hint[100] = "";
	size_t used = 0;
	const char *rest = o->choices;

	for (struct slice c = options_next_choice(&rest); c.length > 0; c = options_next_choice(&rest)) {
		if (slice_equal(c, slice_of(value)))
			return true;
		nearest_offer(&near, c);
		if (used < sizeof all)
			used += (size_t)snprintf(all + used, sizeof all - used, "%s%.*s",
						 used == 0 ? ""
						 : *rest   ? ", "
							   : " or ",
						 (int)c.length, c.at);
	}
	if (near.best.at)
		snprintf(hint, sizeof hint, "did you mean --%s %.*s?", o->name, (int)near.best.length, near.best.at);
	return error_set(err, ERROR_USAGE, hint, "--%s must be %s, not '%s'", o->name, all, value);
}

static bool take_option(const struct option_spec *o, const char *value, struct options *out, struct error *err)
{
	out->help |= o->id == OPTION_HELP;
	out->version |= o->id == OPTION_VERSION;
	if (o->id > 0)
		out->values[out->value_count++] = (struct option_value){ o->id, o->name, value };
	return !value || !o->choices || check_choice(o, value, err);
}

static bool is_choice(const struct option_spec *o, const char *value)
{
	const char *rest = o->choices;
	for (struct slice c = options_next_choice(&rest); value && c.length > 0; c = options_next_choice(&rest))
		if (slice_equal(c, slice_of(value)))
			return true;
	return false;
}

/* Whether the value of an option may be left out. */
static bool is_optional(const struct option_spec *o)
{
	return o->argument && o->argument[0] == '[';
}

static bool no_value(const struct option_spec *o, struct error *err)
{
	return error_set(err, ERROR_USAGE, NULL, "--%s needs a value: --%s %s", o->name, o->name, o->argument);
}

/* One argument that begins with two dashes; *used_next says whether `next` was its value. */
static bool parse_long(const struct program_spec *program, const char *argument, const char *next, bool *used_next,
		       struct options *out, struct error *err)
{
	struct slice name = long_name(argument);
	const char *value = name.at[name.length] == '=' ? name.at + name.length + 1 : NULL;
	const struct option_spec *o = find_option(program, out->command, name, 0);

	if (!o)
		return unknown_option(program, out->command, name, 0, err);
	if (!o->argument && value)
		return error_set(err, ERROR_USAGE, NULL, "--%s takes no value", o->name);
	if (o->argument && !value && (!is_optional(o) || is_choice(o, next))) {
		value = next;
		*used_next = true;
	}
	if (o->argument && !value && !is_optional(o))
		return no_value(o, err);
	return take_option(o, value, out, err);
}

/* `-n value`, `-nvalue`, and flags in a group. */
static bool parse_letters(const struct program_spec *program, const char *argument, const char *next, bool *used_next,
			  struct options *out, struct error *err)
{
	for (const char *letter = argument + 1; *letter; letter++) {
		struct slice none = { NULL, 0 };
		const struct option_spec *o = find_option(program, out->command, none, *letter);
		if (!o && letter != argument + 1)
			return error_set(err, ERROR_USAGE, "long options begin with two dashes",
					 "unknown option -%c in '%s'", *letter, argument);
		if (!o)
			return unknown_option(program, out->command, none, *letter, err);
		if (o->argument) {
			const char *value = letter[1] ? letter + 1 : next;
			*used_next = letter[1] == '\0';
			return value ? take_option(o, value, out, err) : no_value(o, err);
		}
		if (!take_option(o, NULL, out, err))
			return false;
	}
	return true;
}

/* Room for as many values and operands as there are characters, so that nothing grows while parsing. */
static bool make_room(int argc, char **argv, struct options *out, struct error *err)
{
	size_t most = 1;
	for (int i = 1; i < argc; i++)
		most += argv[i][0] == '-' && argv[i][1] != '-' ? strlen(argv[i]) : 1;
	out->values = memory_new(most * sizeof *out->values, err);
	if (out->values)
		out->operands = memory_new(most * sizeof *out->operands, err);
	return out->operands != NULL;
}

static bool take_command(const struct program_spec *program, const char *name, struct options *out, struct error *err)
{
	out->command = find_command(program, name);
	return out->command || unknown_command(program, name, err);
}

/* All arguments but the one that names the command, argv[word]. */
static bool parse_arguments(const struct program_spec *program, int argc, char **argv, int word, struct options *out,
			    struct error *err)
{
	bool ok = true, only_operands = false;
	for (int i = 1; ok && i < argc; i++) {
		const char *next = i + 1 < argc ? argv[i + 1] : NULL;
		bool used_next = false;
		if (!only_operands && strcmp(argv[i], "--") == 0)
			only_operands = true;
		else if (!only_operands && is_option(argv[i]))
			ok = (argv[i][1] == '-' ? parse_long : parse_letters)(program, argv[i], next, &used_next, out,
									      err);
		else if (i != word)
			out->operands[out->operand_count++] = argv[i];
		i += used_next;
	}
	return ok;
}

static bool parse(const struct program_spec *program, int argc, char **argv, struct options *out, struct error *err)
{
	/* The command comes first: what an option means depends on it. */
	int word = first_word(program, argc, argv);
	bool asks_help = word < argc && strcmp(argv[word], "help") == 0 && !find_command(program, "help");
	if ((word < argc && !asks_help && !take_command(program, argv[word], out, err)) ||
	    !parse_arguments(program, argc, argv, word, out, err))
		return false;
	if (asks_help) {
		out->help = true;
		if (out->operand_count > 0 && strcmp(out->operands[0], "help") != 0 &&
		    !take_command(program, out->operands[0], out, err))
			return false;
		out->operand_count = 0;
	}
	if (out->help || out->version)
		return true;
	if (!out->command) {
		char hint[100];
		snprintf(hint, sizeof hint, "`%s help` lists the commands", program->name);
		return error_set(err, ERROR_USAGE, hint, "no command given");
	}
	return out->command->arguments || out->operand_count == 0 ||
	       error_set(err, ERROR_USAGE, NULL, "`%s %s` takes no arguments, but was given '%s'", program->name,
			 out->command->name, out->operands[0]);
}

bool options_parse(const struct program_spec *program, int argc, char **argv, struct options *out, struct error *err)
{
	*out = (struct options){ .program = program };
	if (make_room(argc, argv, out, err) && parse(program, argc, argv, out, err))
		return true;
	options_free(out);
	return false;
}

void options_free(struct options *o)
{
	memory_free(o->values);
	memory_free(o->operands);
	memset(o, 0, sizeof *o);
}

/* ---- reading what was parsed ---- */

static const struct option_value *last_value(const struct options *o, int id)
{
	for (size_t i = o->value_count; i > 0; i--)
		if (o->values[i - 1].id == id)
			return &o->values[i - 1];
	return NULL;
}

const char *options_value(const struct options *o, int id)
{
	const struct option_value *v = last_value(o, id);
	return v ? v->value : NULL;
}

bool options_given(const struct options *o, int id)
{
	return last_value(o, id) != NULL;
}

bool options_number(const struct options *o, int id, long low, long high, long *out, struct error *err)
{
	const struct option_value *v = last_value(o, id);
	if (!v)
		return true;
	const char *text = v->value ? v->value : "";
	char *end;
	errno = 0;
	long number = strtol(text, &end, 10);
	bool digits = (*text >= '0' && *text <= '9') || (*text == '-' && text[1] >= '0' && text[1] <= '9');
	if (!digits || *end != '\0' || errno != 0 || number < low || number > high)
		return error_set(err, ERROR_USAGE, NULL, "--%s must be a whole number from %ld to %ld, not '%s'",
				 v->name, low, high, text);
	*out = number;
	return true;
}
