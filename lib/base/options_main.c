// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * options_main.c - the life of a program, from its arguments to its exit status.
 */
#include "lib/base/map_guard.h"
#include "lib/base/options.h"
#include "lib/base/terminal.h"

#define STATUS_ERROR 2

/* Nothing was said unless it arrived: a full disk behind standard output is an error. */
static bool flush_output(struct error *err)
{
	return (fflush(stdout) == 0 && !ferror(stdout)) ||
	       error_set(err, ERROR_IO, "check the free space, and where the output goes", "cannot write the output");
}

bool options_generate(FILE *stream, const struct program_spec *program, int argc, char **argv, int *status)
{
	if (argc != 3 || strcmp(argv[1], "--generate") != 0)
		return false;
	bool known = true;
	if (strcmp(argv[2], "man") == 0)
		options_print_man(stream, program);
	else
		known = options_print_completion(stream, program, argv[2]);
	if (!known)
		fprintf(stderr, "%s: cannot generate '%s'\nhint: man, bash, zsh or fish\n", program->name, argv[2]);
	bool written = fflush(stream) == 0 && !ferror(stream);
	if (!written)
		fprintf(stderr, "%s: cannot write\n", program->name);
	*status = known && written ? 0 : 2;
	return true;
}

int options_main(const struct program_spec *program, int argc, char **argv,
		 int (*run)(const struct options *options, struct error *err))
{
	struct options o = { 0 };
	struct error err = { 0 };
	int status = 0;
	map_guard_begin(program->name);
	if (options_generate(stdout, program, argc, argv, &status))
		return status;
	if (!options_parse(program, argc, argv, &o, &err))
		status = STATUS_ERROR;
	else if (o.version)
		printf("%s %s\n", program->name, program->version);
	else if (o.help || !o.command)
		options_print_help(stdout, program, o.command, terminal_width(stdout));
	else
		status = run(&o, &err);
	if (!flush_output(&err))
		status = STATUS_ERROR;
	if (status == STATUS_ERROR)
		error_print(stderr, program->name, &err);
	options_free(&o);
	return status;
}
