// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * soc_index_main.c - the program soc-index.
 */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "indexer/build.h"
#include "indexer/interrupt.h"
#include "indexer/verify.h"
#include "lib/base/options.h"
#include "lib/index/index_file.h"

enum { COMMAND_BUILD = 1, COMMAND_INFO, COMMAND_VERIFY };
enum { OPTION_OUTPUT = 1, OPTION_STRICT, OPTION_NO_MODEL, OPTION_RELEASE, OPTION_JSON, OPTION_QUIET, OPTION_FACTS };

static const struct option_spec build_options[] = {
	{ "output", 'o', "FILE", NULL, "the index file to write; an old one stays until the new one is complete",
	  OPTION_OUTPUT },
	{ "facts", 0, "NAME=FILE", NULL,
	  "keep all columns of a table of your own (CSV, TSV or workbook) that has a column of "
	  "codes; can be given more than once",
	  OPTION_FACTS },
	{ "release", 0, "NAME", NULL, "release number of sources that do not say theirs", OPTION_RELEASE },
	{ "strict", 0, NULL, NULL, "stop at the first row that cannot be used", OPTION_STRICT },
	{ "no-model", 0, NULL, NULL, "build without the trained model: faster, ranks less well", OPTION_NO_MODEL },
	{ 0 },
};

static const struct option_spec info_options[] = {
	{ "json", 0, NULL, NULL, "the manifest as JSON", OPTION_JSON },
	{ 0 },
};

static const struct option_spec common_options[] = {
	{ "quiet", 'q', NULL, NULL, "no progress, no warnings, no summary", OPTION_QUIET },
	{ 0 },
};

static const struct command_spec commands[] = {
	{ "build", "SOURCE...", "read releases as published and write one index file",
	  "A SOURCE is a release as published: a zip, a folder, a workbook or a text table, also gzipped.  What it is "
	  "is told from its content, not from its name.  Give one O*NET database (text, Excel or CSV edition), which "
	  "has the occupations, and any of these: SOC 2018 definitions, structure, direct match titles; the Census "
	  "index of occupations; OFLC disclosure files (LCA, PERM, prevailing wage, H-2A, H-2B, CW-1; as many quarters "
	  "and years as there are); the crosswalks SOC 2010 to 2018, O*NET-SOC 2010 to 2019, O*NET-SOC 2019 to SOC "
	  "2018, Census 2018 to SOC; and for the facts that hang on a code: the FLAG workbook of a wage year (Appendix "
	  "A, Job Zones, education), OEWS national wages, Employment Projections, the crosswalk SOC 2018 to CIP 2020, "
	  "and lists of what is STEM (O*NET, NCSES, DHS).\n\n"
	  "--facts NAME=FILE keeps a table of your own: its columns are shown under NAME by soc show, and soc search "
	  "--where 'NAME.COLUMN >= 10' asks for them.\n\n"
	  "The index is built beside FILE and renamed over it when it is complete; whatever goes wrong before leaves "
	  "FILE as it was.  Rows that cannot be used are counted by reason; who filed is never stored.",
	  build_options,
	  "soc-index build -o onet.soc db_30_1_text.zip\n"
	  "soc-index build -o all.soc db_30_1_text.zip soc/ census/ LCA_Disclosure_Data_FY2024_Q*.xlsx\n"
	  "soc-index build -o onet.soc --strict db_30_1_text/\n"
	  "soc-index build -o ours.soc db_30_1_text.zip --facts pay=our-pay.csv",
	  COMMAND_BUILD },
	{ "info", "FILE.soc", "what an index was made from, and what it holds", NULL, info_options,
	  "soc-index info onet.soc\nsoc-index info --json onet.soc", COMMAND_INFO },
	{ "verify", "FILE.soc", "check every checksum and every record of an index",
	  "Exit status 0: the file is whole.  2: it is not, and the message says what is wrong.", NULL,
	  "soc-index verify onet.soc", COMMAND_VERIFY },
	{ 0 },
};

static const int outputs[] = { OPTION_OUTPUT, 0 };

static const struct program_spec program = {
	.name = "soc-index",
	.version = SOC_VERSION,
	.summary = "build the index that soc answers from",
	.details = "soc-index reads releases of the Department of Labor and its neighbours and writes one "
		   "compressed file with everything in it: postings, evidence texts and a manifest of its "
		   "sources.  Messages go to standard error.  Exit status: 0 done, 2 error.",
	.commands = commands,
	.common = common_options,
	.outputs = outputs,
	.environment = "SOURCE_DATE_EPOCH: the build date to record, in seconds since 1970.\n"
		       "COLUMNS: the width of the help text.",
};

static void interrupt(int signal_number)
{
	(void)signal_number;
	build_interrupted = 1;
}

/* Take a signal, unless whoever started the program wanted it ignored (nohup). */
static void catch_signal(int signal_number)
{
	struct sigaction old, action = { .sa_handler = interrupt };
	sigemptyset(&action.sa_mask);
	if (sigaction(signal_number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
		sigaction(signal_number, &action, NULL);
}

/* What ends a build lets it clean up first; a closed pipe and a file size limit become errors of the call that
 * met them. */
static void catch_signals(void)
{
	catch_signal(SIGINT);
	catch_signal(SIGTERM);
	catch_signal(SIGHUP);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
}

/* The values of --facts: NAME=FILE.  NAME ends at the first "=", in memory of its own. */
static bool read_own(const struct options *o, struct arena *arena, struct build_options *build, struct error *err)
{
	struct corpus_user_table *own = arena_alloc(arena, (o->value_count + 1) * sizeof *own, err);
	build->own = own;
	for (size_t i = 0; own && i < o->value_count; i++) {
		const char *value = o->values[i].value, *equals = value ? strchr(value, '=') : NULL;
		if (o->values[i].id != OPTION_FACTS)
			continue;
		if (!equals || equals[1] == '\0')
			return error_set(err, ERROR_USAGE, "write a name and a file: --facts pay=our-pay.csv",
					 "--facts '%s' names no file", value);
		struct slice name = arena_copy(arena, (struct slice){ value, (size_t)(equals - value) }, err);
		if (!name.at)
			return false;
		own[build->own_count++] = (struct corpus_user_table){ name.at, equals + 1 };
	}
	return own != NULL;
}

static bool run_build(const struct options *o, struct error *err)
{
	struct arena arena = { 0 };
	bool quiet = options_given(o, OPTION_QUIET);
	struct build_options build = {
		.target = options_value(o, OPTION_OUTPUT),
		.sources = o->operands,
		.source_count = o->operand_count,
		.strict = options_given(o, OPTION_STRICT),
		.no_model = options_given(o, OPTION_NO_MODEL),
		.release = options_value(o, OPTION_RELEASE),
		.quiet = quiet,
	};
	if (!build.target)
		return error_set(err, ERROR_USAGE, "soc-index build -o FILE.soc SOURCE...", "no index file is named");
	if (build.source_count == 0)
		return error_set(err, ERROR_USAGE, "give an O*NET release as published, such as db_30_1_text.zip",
				 "no source is named");
	/* An old index may stand among the sources: it is none of them, and the new one takes its place. */
	if (!options_check_outputs(o, NULL, index_file_is(build.target), err))
		return false;
	catch_signals();
	build.progress = progress_new(stderr, quiet ? PROGRESS_QUIET : PROGRESS_AUTO);
	bool ok = read_own(o, &arena, &build, err) && build_index(&build, err);
	progress_free(build.progress);
	arena_free(&arena);
	return ok;
}

static bool run(const struct options *o, struct error *err)
{
	if (o->command->id == COMMAND_BUILD)
		return run_build(o, err);
	if (o->operand_count != 1)
		return error_set(err, ERROR_USAGE, "soc-index --help shows the commands", "%s takes one index file",
				 o->command->name);
	if (o->command->id == COMMAND_INFO)
		return inspect_info(o->operands[0], options_given(o, OPTION_JSON), err);
	return inspect_verify(o->operands[0], options_given(o, OPTION_QUIET), err);
}

static int run_status(const struct options *o, struct error *err)
{
	return run(o, err) ? 0 : 2;
}

int main(int argc, char **argv)
{
	return options_main(&program, argc, argv, run_status);
}
