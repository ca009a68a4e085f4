// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * search_regex.c - soc search --regex: the titles and tasks that a regular expression matches.
 */
#include "query/commands/command.h"
#include "query/output/regex_write.h"

#define DEFAULT_LIMIT 100

/* What belongs to ranking has no meaning here. */
static bool check_options(const struct command *c)
{
	static const struct {
		int id;
		const char *name;
	} others[] = { { OPTION_TITLE, "--title" },
		       { OPTION_TEXT, "--text" },
		       { OPTION_LEVEL, "--level" },
		       { OPTION_EXPLAIN, "--explain" } };
	const char *hint = "with --regex go --zone, --group, --kind, --limit, --offset and --format; "
			   "put a pattern with blanks in quotation marks";
	if (c->options->operand_count > 0)
		return error_set(c->session.err, ERROR_USAGE, hint,
				 "--regex takes one pattern and no TEXT, but '%s' is left over",
				 c->options->operands[0]);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (options_given(c->options, others[i].id))
			return error_set(c->session.err, ERROR_USAGE, hint,
					 "%s does not go with --regex, which ranks nothing", others[i].name);
	return true;
}

/* --zone, --group and --kind choose here as they do in a search. */
static bool read_filters(struct command *c, struct regex_request *out)
{
	struct plan_filters filters;
	struct parsed_query nothing = { 0 };
	struct plan plan;
	if (!command_read_filters(c, &filters) || !plan_make(&c->session, &nothing, &filters, &plan))
		return false;
	out->allow = plan.allow;
	for (size_t k = 0; filters.kinds && k < EVIDENCE_KIND_COUNT; k++)
		out->kinds[k] = filters.kinds & 1u << evidence_specs[k].field;
	return true;
}

static bool read_request(struct command *c, const char *pattern, struct regex_request *out)
{
	long limit = DEFAULT_LIMIT, offset = 0;
	struct error *err = c->session.err;
	if (!options_number(c->options, OPTION_LIMIT, 1, 100000, &limit, err) ||
	    !options_number(c->options, OPTION_OFFSET, 0, 100000, &offset, err))
		return false;
	out->limit = (size_t)limit;
	out->offset = (size_t)offset;
	regex_default_kinds(out->kinds);
	return read_filters(c, out) && regex_new(slice_of(pattern), &out->pattern, err);
}

static void tell_totals(const struct regex_totals *t)
{
	fflush(stdout); /* on a terminal or in one file, the sum stands below what it sums up */
	if (t->found == 0)
		fputs("soc: nothing matches\n", stderr);
	else if (t->told == 0)
		fprintf(stderr, "soc: no more matches: --offset is behind the last of %zu\n", t->found);
	else if (t->told < t->found)
		fprintf(stderr, "soc: %zu of %zu matches, in %zu occupation%s; --limit and --offset show others\n",
			t->told, t->found, t->occupations, t->occupations == 1 ? "" : "s");
	else
		fprintf(stderr, "soc: %zu match%s in %zu occupation%s\n", t->found, t->found == 1 ? "" : "es",
			t->occupations, t->occupations == 1 ? "" : "s");
	if (t->given_up)
		fprintf(stderr,
			"soc: on %zu text%s the pattern was given up after %d steps: "
			"whether it matches there is not known\n",
			t->given_up, t->given_up == 1 ? "" : "s", REGEX_STEPS_MAX);
}

enum outcome command_regex(struct command *c)
{
	struct regex_request request = { 0 };
	struct regex_totals totals = { 0 };
	struct regex_output out = { &c->session, &c->page, c->format, .d = NULL };
	const char *pattern = options_value(c->options, OPTION_REGEX);
	bool ok = check_options(c) && read_request(c, pattern, &request) && command_tell_sample(c) &&
		  soc_index_need_manifest(c->session.index, c->session.err);
	ok = ok && regex_write_begin(&out, pattern) &&
	     regex_scan(c->session.index, &request, (struct regex_listener){ regex_write_match, &out }, &totals,
			c->session.err);
	if (ok)
		regex_write_end(&out, pattern, &request, &totals);
	if (!ok)
		document_free(out.d);
	else if (out.d)
		ok = command_print_document(c, out.d);
	if (ok && !c->quiet)
		tell_totals(&totals);
	buffer_free(&out.text);
	regex_free(request.pattern);
	return !ok ? OUTCOME_ERROR : totals.told ? OUTCOME_FOUND : OUTCOME_NOTHING;
}
