// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * soc_main.c - the program soc.
 */

#include "lib/base/terminal.h"
#include "query/commands/code.h"
#include "query/commands/command.h"

enum {
	COMMAND_SEARCH = 1,
	COMMAND_SHOW,
	COMMAND_CODE,
	COMMAND_CROSSWALK,
	COMMAND_FIELDS,
	COMMAND_ASK,
	COMMAND_WHY,
	COMMAND_COMPARE,
	COMMAND_DUTIES,
	COMMAND_EXHIBIT
};

#define LEVELS "onet|soc|broad|minor|major|auto"

/* How the words of a job are read. */
#define WORD_OPTIONS \
	{ "no-synonyms", 0, NULL, NULL, "take acronyms and abbreviations as they stand", OPTION_NO_SYNONYMS }, \
		{ "no-spelling",     0, NULL, NULL, "take words that the index does not know as they stand", \
		  OPTION_NO_SPELLING }, \
		{ "no-cleaning", \
		  0, \
		  NULL, \
		  NULL, \
		  "let everything count in full, also what is not the work: pay, place, benefits", \
		  OPTION_NO_CLEANING }, \
	{ \
		"employer-after-comma", 0, NULL, NULL, \
			"what stands behind the last comma of a title is an employer, and counts half", \
			OPTION_EMPLOYER_AFTER_COMMA \
	}

static const struct option_spec search_options[] = {
	{ "title", 't', "TITLE", NULL, "the job's title", OPTION_TITLE },
	{ "text", 0, "FILE", NULL, "the job's duties or advertisement, from a file or - for standard input",
	  OPTION_TEXT },
	{ "level", 'l', "LEVEL", LEVELS,
	  "how many digits the codes have: onet 8, soc 6 (the default), groups fewer; auto chooses", OPTION_LEVEL },
	{ "zone", 'z', "ZONES", NULL, "only occupations of these Job Zones: 4, or 4-5, or 1,3-4", OPTION_ZONE },
	{ "group", 'g', "CODES", NULL, "only codes that begin so, or lie under it: 15, or 15-12, or 15-1252,29",
	  OPTION_GROUP },
	{ "kind", 'k', "KINDS", NULL,
	  "only evidence of these kinds counts: title, description, task, activity, "
	  "technology, tool; a comma between them",
	  OPTION_KIND },
	{ "advanced-degree", 0, "PERCENT", NULL,
	  "only where at least so many per cent of the workers asked report a master's "
	  "degree or more; or a range, 25..75",
	  OPTION_ADVANCED_DEGREE },
	{ "wage", 0, "DOLLARS", NULL,
	  "only where the median annual wage is at least so much: 100000 or 100k; or a range, 80000..120000",
	  OPTION_WAGE },
	{ "stem", 0, "[LIST]", "any|onet|ncses|dhs",
	  "only what a list calls STEM: that of O*NET, the classes of the NCSES, or that of the DHS, which must have "
	  "half of the fields of study that lead to it; any of them where none is named",
	  OPTION_STEM },
	{ "degree", 0, "FIELD", NULL,
	  "only where a field of study leads to it whose title has these words, or whose CIP code "
	  "is or begins so: 14.1901, 14.19, 14",
	  OPTION_DEGREE },
	{ "where", 'w', "CONDITION", NULL,
	  "only where a fact is so: 'outlook_growth > 10', 'entry_education ~ bachelor', or "
	  "'NAME.COLUMN = text' of a table of your own; soc fields --facts lists the facts",
	  OPTION_WHERE },
	{ "regex", 0, "PATTERN", NULL,
	  "list the titles and tasks that a Perl regular expression matches, instead of "
	  "ranking; case counts where PATTERN has a capital letter",
	  OPTION_REGEX },
	{ "limit", 'n', "N", NULL, "show at most N codes (10), or with --regex N matches (100)", OPTION_LIMIT },
	{ "top", 0, "N", NULL, "the same as --limit", OPTION_LIMIT },
	{ "offset", 0, "N", NULL, "leave out the first N", OPTION_OFFSET },
	{ "with", 0, "LIST", NULL,
	  "say besides of each code: census (Census 2018), soc2010, group (broad, minor and major); a comma between "
	  "them",
	  OPTION_WITH },
	WORD_OPTIONS,
	{ "format", 'f', "FORMAT", FORMAT_CHOICES, "how to print (text)", OPTION_FORMAT },
	{ "explain", 0, NULL, NULL, "print each stage from the text to the ranking", OPTION_EXPLAIN },
	{ 0 },
};

static const struct option_spec show_options[] = {
	{ "section", 's', "SECTIONS", NULL,
	  "only these parts of the page, a comma between them: description, titles, tasks, zone, education, "
	  "profession, wages, degrees, stem, outlook, own, filed, activities, technologies, related, members",
	  OPTION_SECTION },
	{ "all", 'a', NULL, NULL, "every title, task and field of study, not the first of them and how many there are",
	  OPTION_ALL },
	{ "format", 'f', "FORMAT", FORMAT_CHOICES, "how to print (text); csv and tsv list the members of groups",
	  OPTION_FORMAT },
	{ 0 },
};

/* The query language, as query/engine/query_parser.h has it. */
static const char search_details[] =
	"TEXT is a title, a description of duties, or both: a short line is a title, a sentence tells of duties, and "
	"what follows a title behind a colon or in the lines below tells of its duties.  --title and --text say it "
	"outright.  Grade, shift, pay, place and employer in a title count for little, and so do sentences about pay, "
	"benefits, the employer or how to apply.  For each code: the titles and tasks that matched, and the words of "
	"the job that nothing in the code explains.\n"
	"\n"
	"Words alone rank the codes and leave none out.  What is written so must hold, and ranks besides:\n"
	"\n"
	"  \"data warehouse\"         a phrase, in one title, task or other piece of evidence\n"
	"  +icu                     a word that must stand somewhere\n"
	"  title:nurse              a word in a field (soc fields lists them); also\n"
	"                           task:\"test software\", title:(nurse OR midwife)\n"
	"  engineer*                a word that begins so\n"
	"  test NEAR/5 software     within five words of each other; NEAR is NEAR/10\n"
	"  (a OR b) AND NOT c       in capitals, with brackets; words side by side bind\n"
	"                           closest, OR least\n"
	"  15-1252.00  15-12        a code or the beginning of one: only codes under it;\n"
	"                           also group:15, zone:4-5, code:15-1252\n"
	"  -manager  -\"team lead\"   must not stand anywhere; is not ranked\n"
	"\n"
	"Pasted titles are text: brackets group only beside an operator; + and - count only right before a word, at "
	"its beginning; AND, OR, NOT and NEAR are text in a TITLE ALL IN CAPITALS; nothing is an operator in text of "
	"several lines, nor in --title and --text.  --explain shows what was understood.";

/* The facts, for the manual page and the help. */
#define FACT_LINE(id, key, label, kind, section, unit, what) "  " key "  " what "\n"
static const char fields_details[] =
	"The fields of evidence are for FIELD:WORD in a query.  With --facts, what hangs on a code, for soc search "
	"--where:\n"
	"\n" FACT_TABLE(FACT_LINE) "  NAME.COLUMN  a column of a table of your own\n"
				   "\n"
				   "A condition compares a number (annual_median >= 100000, outlook_growth = 5..10), a "
				   "text (wage_basis = hourly, entry_training != None), or looks for words "
				   "(entry_education ~ bachelor).  What is not published fulfils none; of \"at least "
				   "$239,200\" it is known that it is not less.";

static const struct option_spec crosswalk_options[] = {
	{ "format", 'f', "FORMAT", FORMAT_CHOICES, "how to print (text)", OPTION_FORMAT },
	{ 0 },
};

static const struct option_spec fields_options[] = {
	{ "facts", 0, NULL, NULL, "list instead the facts that hang on a code, for soc search --where", OPTION_FACTS },
	{ "format", 'f', "FORMAT", "text|json", "how to print (text)", OPTION_FORMAT },
	{ 0 },
};

static const struct option_spec code_options[] = {
	{ "title", 't', "COLUMN", NULL, "the column with the job title (else by its name)", OPTION_TITLE },
	{ "text", 0, "COLUMN", NULL, "the column with duties or a description (else by its name)", OPTION_TEXT },
	{ "id", 0, "COLUMN", NULL, "the column with the row's id (else rows are numbered)", OPTION_ID },
	{ "industry", 0, "COLUMN", NULL, "the column with the industry, as text or NAICS code: it breaks ties",
	  OPTION_INDUSTRY },
	{ "sheet", 0, "SHEET", NULL, "the sheet of a workbook, by its name or number (else the first with jobs)",
	  OPTION_SHEET },
	{ "header-row", 0, "N", NULL, "the line, or row of a sheet, that names the columns (else it is found)",
	  OPTION_HEADER_ROW },
	{ "no-header", 0, NULL, NULL, "no row names the columns: they have numbers, such as --title 2",
	  OPTION_NO_HEADER },
	{ "long-quotes", 0, NULL, NULL, "let a quoted field have more than 64 line ends", OPTION_LONG_QUOTES },
	{ "level", 'l', "LEVEL", LEVELS "|census",
	  "digits of the codes, as for search; auto chooses row by row, census stands for Census 2018 occupations",
	  OPTION_LEVEL },
	{ "edition", 0, "YEAR", "2010|2018",
	  "of the SOC (2018): candidates are codes of that edition, by the crosswalk", OPTION_EDITION },
	{ "with", 0, "LIST", NULL,
	  "say besides of each candidate: census, soc2010, group (broad, minor and major), matched (the title that "
	  "matched, its source, whether it is the same); a comma between them",
	  OPTION_WITH },
	{ "top", 'n', "N", NULL, "candidates a row (5)", OPTION_LIMIT },
	{ "limit", 0, "N", NULL, "the same as --top", OPTION_LIMIT },
	WORD_OPTIONS,
	{ "format", 'f', "FORMAT", "jsonl|csv|tsv", "how to print (jsonl): one JSON object a row, or lines of a table",
	  OPTION_FORMAT },
	{ "keep", 'k', NULL, NULL, "pass the columns of the input through", OPTION_KEEP },
	{ "wide", 'w', NULL, NULL, "of csv and tsv: one line a row, with the candidates beside each other",
	  OPTION_WIDE },
	{ "excel", 0, NULL, NULL, "of csv: for spreadsheets, which take 11-2021 for a date", OPTION_EXCEL },
	{ "accept", 0, "CONFIDENCE", NULL, "mark rows of at least this confidence accept (0.7)", OPTION_ACCEPT },
	{ "review", 0, "CONFIDENCE", NULL, "mark rows of at least this confidence review, others fail (0.4)",
	  OPTION_REVIEW },
	{ "review-file", 0, "FILE", NULL,
	  "write what is not accepted to a CSV file for people, equal jobs together, the most frequent first",
	  OPTION_REVIEW_FILE },
	{ "merge-titles", 0, NULL, NULL,
	  "of the review file: one line for equal titles, whatever their texts; its decisions are for any text",
	  OPTION_MERGE_TITLES },
	{ "overrides", 0, "FILE", NULL,
	  "take the codes of this table for its titles, before any ranking; a review file "
	  "with its codes filled in is one",
	  OPTION_OVERRIDES },
	{ "gold", 0, "COLUMN", NULL, "hold the answers against the codes of this column", OPTION_GOLD },
	{ "report", 0, "FILE", NULL, "write the summary, and what --gold found, as JSON", OPTION_REPORT },
	{ "plot", 0, "FILE", NULL, "draw what --gold found, as SVG", OPTION_PLOT },
	{ "output", 'o', "FILE", NULL, "write to a file (standard output)", OPTION_OUTPUT },
	{ "resume", 0, NULL, NULL, "go on where the run stopped that wrote the output", OPTION_RESUME },
	{ "jobs", 'j', "N", NULL, "threads (all processors)", OPTION_JOBS },
	{ 0 },
};

/* The job of the commands that justify a code. */
#define JOB_OPTIONS \
	{ "title", 't', "TITLE", NULL, "the job's title", OPTION_TITLE }, \
		{ "text",     0, "FILE", NULL, "the job's duties or advertisement, from a file or - for standard input", \
		  OPTION_TEXT }, \
		WORD_OPTIONS

#define DOCUMENT_FORMAT \
	{ \
		"format", 'f', "FORMAT", FORMAT_CHOICES_DOCUMENT, "how to print (text)", OPTION_FORMAT \
	}

static const struct option_spec why_options[] = {
	JOB_OPTIONS,
	{ "limit", 'n', "N", NULL, "at most N pieces of evidence of each kind (5)", OPTION_LIMIT },
	{ "all", 'a', NULL, NULL, "every piece of evidence that has a share", OPTION_ALL },
	DOCUMENT_FORMAT,
	{ 0 },
};

static const struct option_spec ask_options[] = { JOB_OPTIONS, { 0 } };

static const struct option_spec compare_options[] = {
	JOB_OPTIONS,
	{ "limit", 'n', "N", NULL, "at most N tasks and titles of each kind (5)", OPTION_LIMIT },
	{ "all", 'a', NULL, NULL, "every task and title", OPTION_ALL },
	DOCUMENT_FORMAT,
	{ 0 },
};

static const struct option_spec duties_options[] = {
	{ "title", 't', "TITLE", NULL, "the job's title", OPTION_TITLE },
	{ "codes", 'c', "CODES", NULL, "the codes to weigh, a comma between them (else the leading candidates)",
	  OPTION_CODES },
	DOCUMENT_FORMAT,
	{ 0 },
};

static const struct option_spec exhibit_options[] = {
	JOB_OPTIONS,
	{ "duties", 'd', "FILE", NULL, "a duty sheet, as for soc duties", OPTION_DUTIES },
	{ "codes", 'c', "CODES", NULL,
	  "the codes to weigh, a comma between them, the chosen one first (else the leading candidates)",
	  OPTION_CODES },
	{ "output", 'o', "FILE", NULL, "write to a file (standard output)", OPTION_OUTPUT },
	{ "format", 'f', "FORMAT", FORMAT_CHOICES_EXHIBIT, "how to print (html)", OPTION_FORMAT },
	{ 0 },
};

static const struct option_spec common_options[] = {
	{ "index", 'i', "FILE", NULL, "the index file ($SOC_INDEX)", OPTION_INDEX },
	{ "color", 0, "WHEN", "auto|always|never", "colours (auto)", OPTION_COLOUR },
	{ "quiet", 'q', NULL, NULL, "nothing on standard error but errors", OPTION_QUIET },
	{ 0 },
};

static const struct command_spec commands[] = {
	{ "search", "TEXT...", "rank occupation codes for a job title or description", search_details, search_options,
	  "soc search java developer\n"
	  "soc search --title 'Team Leader' --text duties.txt\n"
	  "soc search --level onet -n 3 '\"data warehouse\" architect'\n"
	  "soc search 'engineer* -sales task:(test NEAR/5 software)'\n"
	  "soc search --zone 4-5 --group 15,17 --kind task 'designs databases'\n"
	  "soc search --degree 'mechanical engineering' --wage 100k --stem\n"
	  "soc search --advanced-degree 50 --where 'outlook_growth >= 10' scientist\n"
	  "soc search --regex '\\bnurse.*manager'",
	  COMMAND_SEARCH },
	{ "show", "CODE...", "print everything known of a code",
	  "A CODE has eight digits (15-1252.00) or six (15-1252), or is that of a group (15-1200), whose members "
	  "are listed.",
	  show_options, "soc show 15-1252.00\nsoc show --format json 29-1141", COMMAND_SHOW },
	{ "code", "[FILE|-]", "code a whole table on all processors: CSV, TSV, Excel or JSON Lines in",
	  "Reads a table with a header row, from a file or standard input, also gzipped, and writes one object or line "
	  "a row, in the order of the input, whatever is in it.  The columns are found by their names, and said.\n"
	  "\n"
	  "--accept and --review mark each row; --review-file collects what people have to look at, and can be given "
	  "back with --overrides.  --gold compares with codes that are there already.  A run with --output that was "
	  "stopped in any way goes on with --resume; rows are neither lost nor doubled.",
	  code_options,
	  "soc code --title title --text text --id id --top 3 jobs.csv\n"
	  "soc code --format csv --wide --keep --excel jobs.xlsx >coded.csv\n"
	  "soc code --accept 0.7 --review 0.4 --review-file queue.csv -o coded.jsonl jobs.csv.gz\n"
	  "soc code --overrides queue.csv --gold coded_by_hand jobs.csv\n"
	  "zcat jobs.jsonl.gz | soc code --id id --resume -o coded.jsonl",
	  COMMAND_CODE },
	{ "ask", "TEXT...", "settle a job by at most two questions",
	  "A title such as Team Leader does not say what the work is.  Asks what it deals with, then which code is "
	  "nearest by what people in it do, and ranks what the answers leave.  Where the job says enough, nothing is "
	  "asked.  TEXT is a title, a description, or both, as for search.",
	  ask_options, "soc ask 'Team Leader'\nsoc ask --title Manager --text duties.txt", COMMAND_ASK },
	{ "why", "CODE", "make the case for one code: what supports it, and what does not",
	  "Takes the score of a code for a job apart into the titles, tasks and other evidence that gave it, each with "
	  "its share and "
	  "its source; says what of the job nothing in the code explains, and what speaks for the nearest rival.",
	  why_options,
	  "soc why 15-2051 --title 'AI researcher' --text duties.txt\nsoc why --format json 29-1141 --title 'ICU "
	  "nurse'",
	  COMMAND_WHY },
	{ "compare", "CODE CODE...", "set codes side by side, differences first",
	  "Where they part in the classification, what their definitions and tasks have in common and what tells them "
	  "apart, preparation, education, wages, outlook; with a job, how well each fits it.",
	  compare_options,
	  "soc compare 15-2051 15-1252 15-1221\nsoc compare 15-2051 15-1252 --title 'AI researcher' --text duties.txt",
	  COMMAND_COMPARE },
	{ "duties", "FILE|-", "weigh a list of duties against codes, duty by duty",
	  "A duty sheet has one duty a line, with its time before it or behind it (30% design ..., design ... (12 "
	  "hours a week)), or is "
	  "a table with a column of duties and one of times.  Times become shares of the whole, and how is said.\n"
	  "\n"
	  "For each duty: how far each code covers it, by which task, and which words nothing explains.  For the job: "
	  "how much of the time "
	  "each code covers, whether it is a combination of occupations, and the rules of the SOC manual that apply.",
	  duties_options,
	  "soc duties duties.txt\nsoc duties --codes 15-2051,15-1252 --title 'AI researcher' duties.csv",
	  COMMAND_DUTIES },
	{ "exhibit", NULL, "write a dated, self-contained page with the whole case",
	  "The question, the candidates, the comparison, the duties, the reasons, and where everything comes from.  "
	  "The same input gives the same bytes but for the date, which SOURCE_DATE_EPOCH sets.",
	  exhibit_options,
	  "soc exhibit --title 'AI researcher' --text duties.txt -o exhibit.html\n"
	  "soc exhibit --duties duties.txt --codes 15-2051,15-1252 --index 2025.soc -o exhibit.html",
	  COMMAND_EXHIBIT },
	{ "crosswalk", "CODE...", "lead a code of any edition to the others, both ways",
	  "A CODE is of SOC 2010 or 2018, O*NET-SOC 2010 or 2019, or Census 2018.  Shows every published pair in which "
	  "it stands, and whether codes were split or merged.",
	  crosswalk_options, "soc crosswalk 15-1132\nsoc crosswalk --format json 15-1252", COMMAND_CROSSWALK },
	{ "fields", NULL, "list the fields of an index, and the facts that conditions can be put on", fields_details,
	  fields_options, NULL, COMMAND_FIELDS },
	{ 0 },
};

static const int outputs[] = { OPTION_OUTPUT, OPTION_REVIEW_FILE, OPTION_REPORT, OPTION_PLOT, 0 };
static const int rewritten[] = { OPTION_REVIEW_FILE, OPTION_OVERRIDES, 0 };
static const int apart[] = { OPTION_INDEX,  OPTION_COLOUR, OPTION_QUIET,
			     OPTION_OUTPUT, OPTION_REPORT, OPTION_PLOT,
			     OPTION_RESUME, OPTION_JOBS,   0 };

static const struct program_spec program = {
	.name = "soc",
	.version = SOC_VERSION,
	.summary = "find the occupation code of a job, offline, with reasons",
	.details = "soc answers from one index file, made by soc-index from releases of the Department of Labor.  "
		   "Nothing leaves the machine, and nothing is kept of what is asked.  Exit status: 0 found or done, "
		   "1 nothing found, 2 error.",
	.commands = commands,
	.common = common_options,
	.outputs = outputs,
	.rewritten = rewritten,
	.apart = apart,
	.environment = "SOC_INDEX: the index file, where --index is not given.\n"
		       "XDG_DATA_HOME: its soc/current.soc is the index where neither is given (~/.local/share).\n"
		       "NO_COLOR: where set and not empty, no colours.\n"
		       "COLUMNS: the width of the output.",
};

/* jansson says in many places that memory failed; remember it in one. */
static bool json_failed;

static void *json_memory(size_t size)
{
	void *at = memory_resize(NULL, size);
	json_failed |= at == NULL;
	return at;
}

/* What runs each command; those that need an index get it open. */
static const struct {
	enum outcome (*run)(struct command *c);
	bool without_index;
} runs[] = {
	[COMMAND_SEARCH] = { command_search, false },   [COMMAND_SHOW] = { command_show, false },
	[COMMAND_CODE] = { command_code, false },       [COMMAND_CROSSWALK] = { command_crosswalk, false },
	[COMMAND_FIELDS] = { command_fields, true },    [COMMAND_WHY] = { command_why, false },
	[COMMAND_COMPARE] = { command_compare, false }, [COMMAND_DUTIES] = { command_duties, false },
	[COMMAND_EXHIBIT] = { command_exhibit, false }, [COMMAND_ASK] = { command_ask, false },
};

static enum outcome run_command(struct command *c)
{
	int id = c->options->command->id;
	if (!runs[id].without_index) {
		const char *path = command_index_path(c);
		if (!path || !options_check_outputs(c->options, path, true, c->session.err) ||
		    !soc_index_open(path, &c->session.index, c->session.err))
			return OUTCOME_ERROR;
	}
	if (id == COMMAND_SEARCH && options_given(c->options, OPTION_REGEX))
		return command_regex(c);
	return runs[id].run(c);
}

static int run(const struct options *o, struct error *err)
{
	struct command c = {
		.options = o,
		.session.err = err,
		.format = format_read(options_value(o, OPTION_FORMAT)),
		.quiet = options_given(o, OPTION_QUIET),
		.page = { stdout, terminal_width(stdout),
			  terminal_colour(stdout,
					  options_value(o, OPTION_COLOUR) ? options_value(o, OPTION_COLOUR) : "auto"),
			  PAGE_MATCH, err },
	};
	c.session.expand = command_expand(&c);
	enum outcome outcome = run_command(&c);
	struct error late = { 0 };
	if (c.session.index && !index_file_is_same(&c.session.index->file, &late) &&
	    (err->code == ERROR_NONE || err->code == ERROR_DAMAGED))
		*err = late;
	if (json_failed) {
		error_clear(err); /* which may say that the JSON is malformed */
		error_no_memory(err);
	}
	if (err->code != ERROR_NONE)
		outcome = OUTCOME_ERROR; /* what was printed has holes */
	soc_index_close(c.session.index);
	session_free(&c.session);
	return (int)outcome;
}

int main(int argc, char **argv)
{
	memory_prepare();
	json_set_alloc_funcs(json_memory, memory_free);
	return options_main(&program, argc, argv, run);
}
