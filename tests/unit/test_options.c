// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/base/fault.h"
#include "lib/base/options.h"

enum { INDEX = 1, FORMAT, QUIET, LIMIT, ALL, OUTPUT, SEARCH = 1, SHOW, INFO };

static const struct option_spec common[] = { { "index", 'i', "FILE", NULL, "The index to ask", INDEX },
					     { "format", 'f', "FORMAT", "text|json|jsonl", "How to print", FORMAT },
					     { "quiet", 'q', NULL, NULL, "Only results", QUIET },
					     { NULL, 0, NULL, NULL, NULL, 0 } };
static const struct option_spec search_options[] = { { "limit", 'n', "N", NULL, "At most N results", LIMIT },
						     { "all", 'a', NULL, NULL, "All results: it's \"everything\"",
						       ALL },
						     { NULL, 0, NULL, NULL, NULL, 0 } };
static const struct option_spec show_options[] = { { "output", 'o', "FILE", NULL, "Where to write", OUTPUT },
						   { NULL, 0, NULL, NULL, NULL, 0 } };
static const struct command_spec commands[] = { { "search", "TEXT...", "Ranked codes for free text",
						  "First paragraph,\nin two lines.\n\n  kept  line\n\n"
						  ".dot at the start",
						  search_options, "soc search nurse\nsoc search 'team lead'", SEARCH },
						{ "show", "CODE...", "Everything known of a code", NULL, show_options,
						  NULL, SHOW },
						{ "info", NULL, "What is in the index", NULL, NULL, NULL, INFO },
						{ NULL, NULL, NULL, NULL, NULL, NULL, 0 } };
static const struct program_spec program = { .name = "soc",
					     .version = "0.1",
					     .summary = "occupation codes",
					     .details = "About.",
					     .commands = commands,
					     .common = common,
					     .environment = "SOC_INDEX: the index",
					     .files = "~/.local" };

enum { MOST = 10 };

struct row {
	const char *arguments[MOST]; /* without the program's name; ends with NULL */
	const char *seen;            /* "command|id=value ...|operands", or NULL for an error */
	const char *text;            /* part of the error's text */
	const char *hint;            /* part of its hint */
};

static const struct row rows[] = {
	{ { "search", "a", "b" }, "search||a,b", NULL, NULL },
	{ { "search", "--limit", "5", "x" }, "search|4=5|x", NULL, NULL },
	{ { "search", "--limit=5", "x" }, "search|4=5|x", NULL, NULL },
	{ { "search", "-n5", "x" }, "search|4=5|x", NULL, NULL },
	{ { "search", "-n", "5", "x" }, "search|4=5|x", NULL, NULL },
	{ { "search", "-n", "-5", "x" }, "search|4=-5|x", NULL, NULL },
	{ { "search", "-qan5", "x" }, "search|3,5,4=5|x", NULL, NULL },
	{ { "search", "x", "-q", "y", "--all" }, "search|3,5|x,y", NULL, NULL },
	{ { "-n", "5", "search", "x" }, "search|4=5|x", NULL, NULL },
	{ { "--index", "search", "show", "x" }, "show|1=search|x", NULL, NULL },
	{ { "-qi", "show", "search", "x" }, "search|3,1=show|x", NULL, NULL },
	{ { "--index=", "search", "x" }, "search|1=|x", NULL, NULL },
	{ { "search", "--", "--limit", "-x" }, "search||--limit,-x", NULL, NULL },
	{ { "search", "-" }, "search||-", NULL, NULL },
	{ { "search", "" }, "search||", NULL, NULL },
	{ { "search", "-f", "json" }, "search|2=json|", NULL, NULL },
	{ { "info" }, "info||", NULL, NULL },
	{ { "--help" }, "help", NULL, NULL },
	{ { "help" }, "help", NULL, NULL },
	{ { "help", "search" }, "search help", NULL, NULL },
	{ { "help", "help" }, "help", NULL, NULL },
	{ { "search", "-h" }, "search help", NULL, NULL },
	{ { "search", "--help", "x" }, "search help", NULL, NULL },
	{ { "-V" }, "version", NULL, NULL },
	{ { "search", "--version" }, "search version", NULL, NULL },
	{ { NULL }, NULL, "no command", "soc help" },
	{ { "-q" }, NULL, "no command", "soc help" },
	{ { "serch", "x" }, NULL, "unknown command 'serch'", "`soc search`" },
	{ { "help", "shwo" }, NULL, "unknown command 'shwo'", "`soc show`" },
	{ { "xyzzy" }, NULL, "unknown command 'xyzzy'", "lists the commands" },
	{ { "search", "--limt", "5" }, NULL, "unknown option --limt", "did you mean --limit?" },
	{ { "search", "--lim=5" }, NULL, "unknown option --lim", "did you mean --limit?" },
	{ { "search", "--output", "x" }, NULL, "unknown option --output", "option of `soc show`" },
	{ { "search", "-z" }, NULL, "unknown option -z", "put -- before" },
	{ { "search", "-quiet" }, NULL, "unknown option -u in '-quiet'", "two dashes" },
	{ { "search", "--limit" }, NULL, "--limit needs a value", "" },
	{ { "search", "-n" }, NULL, "--limit needs a value", "" },
	{ { "search", "--quiet=yes" }, NULL, "--quiet takes no value", "" },
	{ { "search", "--format", "jso" }, NULL, "--format must be text, json or jsonl, not 'jso'", "--format json?" },
	{ { "info", "x" }, NULL, "takes no arguments", "" },
};

static void describe(const struct options *o, char *out, size_t size)
{
	out[0] = '\0';
	if (o->help || o->version) {
		snprintf(out, size, "%s%s%s", o->command ? o->command->name : "", o->command ? " " : "",
			 o->help ? "help" : "version");
		return;
	}
	size_t used = (size_t)snprintf(out, size, "%s|", o->command->name);
	for (size_t i = 0; i < o->value_count; i++)
		used += (size_t)snprintf(out + used, size - used, "%s%d%s%s", i ? "," : "", o->values[i].id,
					 o->values[i].value ? "=" : "", o->values[i].value ? o->values[i].value : "");
	used += (size_t)snprintf(out + used, size - used, "|");
	for (size_t i = 0; i < o->operand_count; i++)
		used += (size_t)snprintf(out + used, size - used, "%s%s", i ? "," : "", o->operands[i]);
}

static bool parse(const struct row *row, struct options *o, struct error *err)
{
	char *argv[MOST + 2] = { (char *)(uintptr_t) "soc" };
	int argc = 1;
	for (; row->arguments[argc - 1]; argc++)
		argv[argc] = (char *)(uintptr_t)row->arguments[argc - 1];
	return options_parse(&program, argc, argv, o, err);
}

static void parses(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct options o = { 0 };
		struct error err = { 0 };
		char seen[500];
		bool ok = parse(&rows[i], &o, &err);
		if (ok != (rows[i].seen != NULL))
			fail_msg("row %zu: %s", i, ok ? "accepted" : err.text);
		if (ok) {
			describe(&o, seen, sizeof seen);
			if (strcmp(seen, rows[i].seen) != 0)
				fail_msg("row %zu: seen %s", i, seen);
		} else {
			ROW_CHECK(err.code == ERROR_USAGE, i);
			if (!strstr(err.text, rows[i].text) || !strstr(err.hint, rows[i].hint))
				fail_msg("row %zu: %s / %s", i, err.text, err.hint);
		}
		options_free(&o);
	}
}

static void values(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		long number; /* 0: refused */
	} numbers[] = {
		{ "1", 1 },
		{ "100", 100 },
		{ "007", 7 },
		{ "0", 0 },
		{ "101", 0 },
		{ "-1", 0 },
		{ "", 0 },
		{ "5x", 0 },
		{ " 5", 0 },
		{ "+5", 0 },
		{ "99999999999999999999", 0 },
		{ "0x5", 0 },
	};
	for (size_t i = 0; i < COUNT(numbers); i++) {
		struct row row = { { "search", "-n", "50", "-n", numbers[i].text }, NULL, NULL, NULL };
		struct options o = { 0 };
		struct error err = { 0 };
		long number = 0;
		assert_true(parse(&row, &o, &err));
		assert_true(options_given(&o, LIMIT));
		assert_false(options_given(&o, INDEX));
		assert_null(options_value(&o, INDEX));
		assert_string_equal(options_value(&o, LIMIT), numbers[i].text);
		bool ok = options_number(&o, LIMIT, 1, 100, &number, &err);
		ROW_CHECK(ok == (numbers[i].number > 0), i);
		ROW_CHECK(number == numbers[i].number, i);
		ROW_CHECK(options_number(&o, OUTPUT, 1, 2, &number, NULL), i);
		options_free(&o);
	}
}

static char *written(const char *what, const struct command_spec *command)
{
	static char out[20000];
	FILE *stream = tmpfile();
	if (strcmp(what, "help") == 0)
		options_print_help(stream, &program, command, 60);
	else if (strcmp(what, "man") == 0)
		options_print_man(stream, &program);
	else
		assert_true(options_print_completion(stream, &program, what));
	rewind(stream);
	out[fread(out, 1, sizeof out - 1, stream)] = '\0';
	fclose(stream);
	return out;
}

static void help(void **state)
{
	(void)state;
	assert_string_equal(written("help", &commands[0]), "soc search - Ranked codes for free text\n"
							   "\n"
							   "Usage: soc search [OPTION...] TEXT...\n"
							   "\n"
							   "First paragraph, in two lines.\n"
							   "\n"
							   "  kept  line\n"
							   "\n"
							   ".dot at the start\n"
							   "\n"
							   "Options:\n"
							   "  -n, --limit N        At most N results\n"
							   "  -a, --all            All results: it's \"everything\"\n"
							   "\n"
							   "Common options:\n"
							   "  -i, --index FILE     The index to ask\n"
							   "  -f, --format FORMAT  How to print: text, json or jsonl\n"
							   "  -q, --quiet          Only results\n"
							   "  -h, --help           Show this help and exit\n"
							   "  -V, --version        Show the version and exit\n"
							   "\n"
							   "Examples:\n"
							   "  soc search nurse\n"
							   "  soc search 'team lead'\n");
	assert_non_null(strstr(written("help", NULL), "  info    What is in the index\n"));
}

static void generated(void **state)
{
	(void)state;
	const char *man = written("man", NULL);
	assert_non_null(strstr(man, ".TH SOC 1 "));
	assert_non_null(strstr(man, "\\fB\\-n\\fR, \\fB\\-\\-limit\\fR \\fIN\\fR\n"));
	assert_non_null(strstr(man, "\n\\&.dot at the start\n"));
	assert_non_null(strstr(written("bash", NULL), "complete -F _soc soc\n"));
	assert_non_null(strstr(written("zsh", NULL), "it'\\''s"));
	assert_non_null(strstr(written("fish", NULL), "-l limit -s n -x -d \"At most N results\""));

	char *argv[] = { (char *)(uintptr_t) "soc", (char *)(uintptr_t) "--generate", (char *)(uintptr_t) "man", NULL };
	FILE *stream = tmpfile();
	int status = 7;
	assert_true(options_generate(stream, &program, 3, argv, &status));
	assert_int_equal(status, 0);
	assert_false(options_generate(stream, &program, 2, argv, &status));
	fclose(stream);
	/* A full disk is noticed. */
	stream = fopen("/dev/full", "w");
	if (stream) {
		assert_true(options_generate(stream, &program, 3, argv, &status));
		assert_int_equal(status, 2);
		fclose(stream);
	}
}

#ifdef SOC_FAULTS
static void allocation_fails(void **state)
{
	(void)state;
	for (long k = 1; k <= 3; k++) {
		struct options o = { 0 };
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, k, false);
		bool ok = parse(&rows[1], &o, &err);
		fault_arm(FAULT_MEMORY, 0, false);
		assert_int_equal(ok, k == 3);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		options_free(&o);
	}
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses),           cmocka_unit_test(values), cmocka_unit_test(help),
		cmocka_unit_test(generated),
#ifdef SOC_FAULTS
		cmocka_unit_test(allocation_fails),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
