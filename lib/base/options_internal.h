// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * options_internal.h - what options.c and the writers of help, man page and completions share.
 */
#ifndef SOC_BASE_OPTIONS_INTERNAL_H
#define SOC_BASE_OPTIONS_INTERNAL_H

#include "lib/base/options.h"

/* --help and --version, which every command has without asking; ends with name NULL. */
extern const struct option_spec options_standard[];
enum { OPTION_HELP = -1, OPTION_VERSION = -2 };

/* The tables that apply to a command, most special first: its own, the program's common ones, the
 * standard ones.  `command` may be NULL. */
enum { OPTION_TABLES = 3 };
void options_tables(const struct program_spec *program, const struct command_spec *command,
		    const struct option_spec *tables[OPTION_TABLES]);

/* Whether the argument is the name of a file, to complete it: its name says so (FILE, FILE.soc, FOLDER). */
bool options_argument_is_file(const char *argument);

/* Walk "text|json|csv": the next choice of *rest, empty at the end. */
struct slice options_next_choice(const char **rest);

#endif
