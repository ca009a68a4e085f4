// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * options.h - one table of commands and options, and everything made from it: parsing, --help, the man
 * page, shell completions.
 */
#ifndef SOC_BASE_OPTIONS_H
#define SOC_BASE_OPTIONS_H

#include "lib/base/memory.h"

struct option_spec {
	const char *name;     /* long name without dashes: "limit" */
	char letter;          /* 'n', or 0 */
	const char *argument; /* "N", "FILE"; "[LIST]": may be left out, and is what follows only where that is one of
				   the choices, else behind a "="; NULL for a flag */
	const char *choices;  /* "text|json|jsonl": checked by the parser; NULL: anything */
	const char *help;     /* one line, no full stop */
	int id;               /* what the program switches on; > 0, unique within a program */
};

struct command_spec {
	const char *name;                  /* "search" */
	const char *arguments;             /* "TEXT..." for the usage line; NULL: takes none */
	const char *summary;               /* one line, no full stop */
	const char *details;               /* paragraphs for --help and man; may be NULL */
	const struct option_spec *options; /* ends with name NULL; may be NULL */
	const char *examples;              /* lines for --help and man; may be NULL */
	int id;
};

struct program_spec {
	const char *name;    /* "soc" */
	const char *version; /* "0.1.0" */
	const char *summary;
	const char *details;                 /* for the man page; may be NULL */
	const struct command_spec *commands; /* ends with name NULL */
	const struct option_spec *common;    /* options of every command, besides --help and --version */
	/* Ids of options, 0 behind the last; NULL: none. */
	const int *outputs; /* their FILE is written; that of others is read */
	const int *
		rewritten; /* pairs: the file of the first may be that of the second, which is read and then replaced */
	const int *apart;  /* they have no part in what is written; all others decide it */
	const char *environment; /* man section text; may be NULL */
	const char *files;
};

struct option_value {
	int id;            /* option_spec.id */
	const char *name;  /* long name, for messages */
	const char *value; /* borrowed from argv; NULL for a flag */
};

/* What a command line said.  Zero-initialise; options_free() after use. */
struct options {
	const struct program_spec *program;
	const struct command_spec *command; /* NULL: help or version was asked for the program as a whole */
	struct option_value *values;        /* in the order given */
	size_t value_count;
	const char **operands; /* what is no option; borrowed from argv */
	size_t operand_count;
	bool help;    /* -h, --help, or the command "help" */
	bool version; /* -V, --version */
};

/* Understands `--name value`, `--name=value`, `-n value`, `-nvalue`, flags grouped as `-ab`, `--` and a
 * single `-` as an operand; options may stand before or after operands and before the command.  An
 * unknown command or option is ERROR_USAGE with the nearest known one in the hint. */
bool options_parse(const struct program_spec *program, int argc, char **argv, struct options *out, struct error *err);
void options_free(struct options *o);

/* The last value given for an option id, or NULL; and whether it was given at all. */
const char *options_value(const struct options *o, int id);
bool options_given(const struct options *o, int id);
/* A whole number in [low, high] of the last value given; *out is untouched where it was not given. */
bool options_number(const struct options *o, int id, long low, long high, long *out, struct error *err);

/* Whether no file that the command line says to write is one that it says to read, or another that is written:
 * operands, options whose argument is "FILE" or "NAME=FILE", standard output, and `index`, which is read (NULL: none).
 * What is written may be no file of a folder that is read, unless `inside`.  ERROR_USAGE naming both. */
bool options_check_outputs(const struct options *o, const char *index, bool inside, struct error *err);

/* Append all that the command line says of what is written: each option that was given and is not set apart, with its
 * values.  What the files hold that are named there is not in it. */
bool options_append_deciding(const struct options *o, struct buffer *out, struct error *err);

/* The help text of the program (command NULL) or a command, wrapped to `width` columns. */
void options_print_help(FILE *stream, const struct program_spec *program, const struct command_spec *command,
			int width);
/* The manual page as man(7) source; completions for a shell: "bash", "zsh" or "fish" (false where
 * unknown). */
void options_print_man(FILE *stream, const struct program_spec *program);
bool options_print_completion(FILE *stream, const struct program_spec *program, const char *shell);

/* The hidden `PROGRAM --generate man|bash|zsh|fish` by which the build makes both: call it before
 * options_parse().  False where the command line asks for nothing of the kind; true when it was, with
 * *status the exit status (0 written, 2 unknown kind or write error). */
bool options_generate(FILE *stream, const struct program_spec *program, int argc, char **argv, int *status);

/* The life of a program: generate, parse, help, version, else `run`, which returns the exit status and fills *err
 * where that is 2.  Ends with everything written to standard output, or says that it could not be. */
int options_main(const struct program_spec *program, int argc, char **argv,
		 int (*run)(const struct options *options, struct error *err));

#endif
