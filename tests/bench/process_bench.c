// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * process_bench.c - run whole commands in turn, many times, and say what each cost.
 *
 *   process_bench TIMES COMMAND ARGUMENT... [::: COMMAND ARGUMENT...]...
 *
 * Competing commands run alternately (a b c, a b c ...), because other work on the machine comes and goes.  Their
 * standard output is thrown away.  Prints a JSON array with an object for each command: wall and processor time
 * of each run in seconds, peak memory in bytes, the worst exit status.
 *
 * This is a program of its own, and a small one, because the kernel counts what the parent of a process held
 * when it was started as the process's own peak memory, and because starting a process from Python costs a
 * millisecond of its own.
 */
#define _DEFAULT_SOURCE 1 /* wait4() is no part of POSIX */
#include <fcntl.h>
#include <spawn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMMANDS_MAX = 16 };

struct cost {
	double wall;
	double cpu;
};

struct command {
	char **argv;
	struct cost *costs;
	long peak;  /* KiB */
	int status; /* the greatest */
};

extern char **environ;

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static int run_once(struct command *c, const posix_spawn_file_actions_t *actions, struct cost *cost)
{
	pid_t pid;
	int status;
	struct rusage usage;
	double begin = now();
	int fault = posix_spawnp(&pid, c->argv[0], actions, NULL, c->argv, environ);
	if (fault != 0) {
		fprintf(stderr, "process_bench: cannot run %s: %s\n", c->argv[0], strerror(fault));
		return 2;
	}
	if (wait4(pid, &status, 0, &usage) != pid) {
		perror("process_bench: wait4");
		return 2;
	}
	cost->wall = now() - begin;
	cost->cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
	if (usage.ru_maxrss > c->peak)
		c->peak = usage.ru_maxrss;
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	if (code > c->status)
		c->status = code;
	return 0;
}

static void print_times(const char *name, const struct command *c, size_t times, size_t offset)
{
	printf("\"%s\":[", name);
	for (size_t i = 0; i < times; i++)
		printf("%s%.6f", i ? "," : "", *(const double *)(const void *)((const char *)&c->costs[i] + offset));
	printf("]");
}

/* Split argv at ":::"; returns how many commands there are, 0 where that makes no sense. */
static size_t split(int argc, char **argv, struct command *commands)
{
	size_t count = 0;
	for (int i = 0; i < argc; i++) {
		if (i == 0 || strcmp(argv[i - 1], ":::") == 0) {
			if (count == COMMANDS_MAX || strcmp(argv[i], ":::") == 0)
				return 0;
			commands[count++].argv = &argv[i];
		}
	}
	if (count == 0 || strcmp(argv[argc - 1], ":::") == 0)
		return 0;
	for (int i = 0; i < argc; i++)
		if (strcmp(argv[i], ":::") == 0)
			argv[i] = NULL;
	return count;
}

int main(int argc, char **argv)
{
	struct command commands[COMMANDS_MAX] = { 0 };
	posix_spawn_file_actions_t actions;
	char *end = NULL;
	unsigned long times = argc > 2 ? strtoul(argv[1], &end, 10) : 0;
	size_t count = times > 0 && times <= 100000 && *end == '\0' ? split(argc - 2, argv + 2, commands) : 0;
	int fault = 0;
	if (count == 0) {
		fputs("usage: process_bench TIMES COMMAND ARGUMENT... [::: COMMAND ARGUMENT...]...\n", stderr);
		return 2;
	}
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	for (size_t k = 0; k < count && fault == 0; k++) {
		commands[k].costs = calloc(times, sizeof *commands[k].costs);
		fault = commands[k].costs ? 0 : 2;
	}
	for (size_t i = 0; i < times && fault == 0; i++)
		for (size_t k = 0; k < count && fault == 0; k++)
			fault = run_once(&commands[k], &actions, &commands[k].costs[i]);
	for (size_t k = 0; k < count && fault == 0; k++) {
		printf("%s{", k ? ",\n" : "[");
		print_times("wall", &commands[k], times, offsetof(struct cost, wall));
		printf(",");
		print_times("cpu", &commands[k], times, offsetof(struct cost, cpu));
		printf(",\"peak\":%ld,\"status\":%d}", commands[k].peak * 1024, commands[k].status);
	}
	if (fault == 0)
		puts("]");
	posix_spawn_file_actions_destroy(&actions);
	for (size_t k = 0; k < count; k++)
		free(commands[k].costs);
	return fault;
}
