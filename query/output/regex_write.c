// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * regex_write.c - the command soc search --regex, and how its answer is printed.
 */
#include "lib/index/manifest.h"
#include "query/engine/regex_scan.h"
#include "query/output/search_write.h"

#define DEFAULT_LIMIT 100

/* One call of soc search --regex. */
struct listing {
	struct command *c;
	struct regex_request request;
	struct regex_totals totals;
	json_t *list;           /* of --format json: the matches so far */
	struct csv_writer rows; /* of --format csv and tsv */
	size_t occupation;      /* of --format text: whose matches are being printed, from 1 */
};

static const char *source_title(const struct listing *l, const struct evidence *e)
{
	return manifest_source_title(l->c->index->manifest, e->source);
}

/* ---- formats ---- */

static void tell_text(struct listing *l, const struct regex_match *m)
{
	const struct page *p = &l->c->page;
	const struct entry *e = &l->c->index->entries[m->occupation];
	struct buffer text = { 0 };
	if (l->occupation != m->occupation + 1) {
		if (l->occupation > 0)
			fputc('\n', p->stream);
		page_write(p, PAGE_BOLD, "%s  %.*s", e->code.text, (int)e->title.length, e->title.at);
		fputc('\n', p->stream);
	}
	l->occupation = m->occupation + 1;
	if (buffer_append(&text, m->evidence->text.at, m->evidence->text.length, l->c->err) &&
	    buffer_append_text(&text, "  (", l->c->err) && search_describe_evidence(m->evidence, &text, l->c->err) &&
	    buffer_printf(&text, l->c->err, "; %s)", source_title(l, m->evidence)))
		page_paragraph(p, "  ", 4, buffer_slice(&text), m->spans, m->span_count);
	buffer_free(&text);
}

static json_t *json_match(const struct listing *l, const struct regex_match *m)
{
	const struct entry *e = &l->c->index->entries[m->occupation];
	json_t *spans = json_array();
	for (size_t i = 0; i < m->span_count; i++)
		json_array_append_new(spans, json_pack("[ii]", (int)m->spans[i].start, (int)m->spans[i].length));
	json_t *object = json_pack("{s:s, s:s, s:o, s:s, s:o, s:o, s:s}", "code", e->code.text, "soc",
				   code_soc(&e->code).text, "title", command_json_text(e->title), "kind",
				   evidence_specs[m->evidence->kind].key, "text", command_json_text(m->evidence->text),
				   "matched", spans, "source", source_title(l, m->evidence));
	if (m->evidence->id.length)
		json_object_set_new(object, "id", command_json_text(m->evidence->id));
	if (m->evidence->kind == EVIDENCE_FILED_TITLE)
		json_object_set_new(object, "filings", json_integer(m->evidence->count));
	return object;
}

static void put_row(struct listing *l, const struct regex_match *m)
{
	const struct entry *e = &l->c->index->entries[m->occupation];
	struct slice text = m->evidence->text, matched = SLICE("");
	if (m->span_count)
		matched = (struct slice){ text.at + m->spans[0].start, m->spans[0].length };
	csv_put_text(&l->rows, e->code.text);
	csv_put_text(&l->rows, code_soc(&e->code).text);
	csv_put(&l->rows, e->title);
	csv_put_text(&l->rows, evidence_specs[m->evidence->kind].key);
	csv_put(&l->rows, text);
	csv_put(&l->rows, matched);
	csv_put_text(&l->rows, source_title(l, m->evidence));
	csv_put(&l->rows, m->evidence->id);
	csv_end(&l->rows);
}

static void tell(void *ctx, const struct regex_match *m)
{
	struct listing *l = ctx;
	if (format_is_table(l->c->format))
		put_row(l, m);
	else if (l->c->format == FORMAT_JSONL)
		format_print_line(json_match(l, m));
	else if (l->list)
		json_array_append_new(l->list, json_match(l, m));
	else
		tell_text(l, m);
}

static void print_json(struct listing *l, const char *pattern)
{
	format_print_json(
		json_pack("{s:o, s:b, s:I, s:I, s:I, s:b, s:O}", "pattern", command_json_text(slice_of(pattern)),
			  "ignores_case", regex_ignores_case(l->request.pattern), "found", (json_int_t)l->totals.found,
			  "occupations", (json_int_t)l->totals.occupations, "given_up", (json_int_t)l->totals.given_up,
			  "sample", manifest_is_sample(l->c->index->manifest), "matches", l->list));
}

/* ---- the command ---- */

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
	const char *hint =
		"with --regex go --zone, --group, --kind, --limit, --offset and --format; put a pattern with "
		"blanks in quotation marks";
	if (c->options->operand_count > 0)
		return error_set(c->err, ERROR_USAGE, hint,
				 "--regex takes one pattern and no TEXT, but '%s' is "
				 "left over",
				 c->options->operands[0]);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (options_given(c->options, others[i].id))
			return error_set(c->err, ERROR_USAGE, hint, "%s does not go with --regex, which ranks nothing",
					 others[i].name);
	return true;
}

/* --zone, --group and --kind choose here as they do in a search. */
static bool read_filters(struct listing *l)
{
	struct command *c = l->c;
	struct plan_filters filters;
	struct parsed_query nothing = { 0 };
	struct plan plan;
	if (!command_read_filters(c, &filters) || !plan_make(c->index, &nothing, &filters, &c->arena, &plan, c->err))
		return false;
	l->request.allow = plan.allow;
	for (size_t k = 0; filters.kinds && k < EVIDENCE_KIND_COUNT; k++)
		l->request.kinds[k] = filters.kinds & 1u << evidence_specs[k].field;
	return true;
}

static bool read_request(struct listing *l, const char *pattern)
{
	const struct options *o = l->c->options;
	long limit = DEFAULT_LIMIT, offset = 0;
	if (!options_number(o, OPTION_LIMIT, 1, 100000, &limit, l->c->err) ||
	    !options_number(o, OPTION_OFFSET, 0, 100000, &offset, l->c->err))
		return false;
	l->request.limit = (size_t)limit;
	l->request.offset = (size_t)offset;
	regex_default_kinds(l->request.kinds);
	return read_filters(l) && regex_new(slice_of(pattern), &l->request.pattern, l->c->err);
}

static void tell_totals(const struct listing *l)
{
	const struct regex_totals *t = &l->totals;
	if (l->c->quiet)
		return;
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
			"soc: on %zu text%s the pattern was given up after %d steps: whether it matches there "
			"is not known\n",
			t->given_up, t->given_up == 1 ? "" : "s", PATTERN_STEPS_MAX);
}

enum outcome command_regex(struct command *c)
{
	struct listing l = { .c = c, .rows = format_rows(c->format, c->err) };
	const char *pattern = options_value(c->options, OPTION_REGEX);
	bool ok = check_options(c) && read_request(&l, pattern) && command_tell_sample(c) &&
		  soc_index_need_manifest(c->index, c->err);
	if (ok && format_is_table(c->format))
		csv_header(&l.rows, "code soc title kind text matched source id");
	if (ok && c->format == FORMAT_JSON)
		l.list = json_array();
	ok = ok && regex_scan(c->index, &l.request, (struct regex_listener){ tell, &l }, &l.totals, c->err);
	if (ok && l.list)
		print_json(&l, pattern);
	if (ok)
		tell_totals(&l);
	json_decref(l.list);
	regex_free(l.request.pattern);
	return !ok ? OUTCOME_ERROR : l.totals.told ? OUTCOME_FOUND : OUTCOME_NOTHING;
}
