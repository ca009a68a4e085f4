// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * command_make.h - one command over one index, for the tests of what takes a struct command.  Each test begins with it as new.
 */
#ifndef SOC_TESTS_UNIT_COMMAND_MAKE_H
#define SOC_TESTS_UNIT_COMMAND_MAKE_H

#include "tests/unit/index_make.h"

#include "query/commands/command.h"

static struct soc_index *opened;
static struct command_spec spec;
static struct options options;
static struct error err;
static struct command command;

/* For the group's set-up, behind make_set_up(): the command's name, and the path of its index. */
static inline int make_command(const char *name, const char *path)
{
	spec.name = name;
	return soc_index_open(path, &opened, &err) ? 0 : -1;
}

static inline int drop_command(void **state)
{
	soc_index_close(opened);
	return make_tear_down(state);
}

/* Before each test, and after it. */
static inline int begin(void **state)
{
	(void)state;
	options = (struct options){ .command = &spec };
	command = (struct command){ .options = &options,
				    .session = { .index = opened, .expand = EXPAND_ALL, .err = &err },
				    .quiet = true };
	error_clear(&err);
	return 0;
}

static inline int end(void **state)
{
	(void)state;
	session_free(&command.session);
	return 0;
}

#endif
