// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * search.c - soc search: ranked codes for a job, each with what matched.
 */
#include "query/commands/command.h"
#include "lib/rank/job_split.h"
#include "query/engine/trace_job.h"
#include "query/engine/query_plan.h"
#include "query/output/search_write.h"
#include "query/output/trace_write.h"

#define DEFAULT_LIMIT 10

/* One search from options to answer. */
struct search {
	struct command *c;
	struct job job;
	struct parsed_query query;
	struct plan_filters filters;
	struct plan plan;
	struct trace *explain; /* NULL: nobody asked */
	struct rank_options options;
	struct ranking ranking;
	struct job_words words;
	struct clarifying_question question;
	unsigned with; /* WITH_... */
	struct other_codes other;
};

/* ---- what is asked ---- */

/* The operands as one text. */
static bool join_operands(struct search *s, struct slice *out)
{
	struct buffer text = { 0 };
	bool ok = true;
	for (size_t i = 0; ok && i < s->c->options->operand_count; i++)
		ok = (i == 0 || buffer_append_byte(&text, ' ', s->c->session.err)) &&
		     buffer_append_text(&text, s->c->options->operands[i], s->c->session.err);
	*out = ok ? arena_copy(&s->c->session.arena, buffer_slice(&text), s->c->session.err) : (struct slice){ 0 };
	buffer_free(&text);
	return ok && out->at;
}

/* Free text beside an option for one part is the other part. */
static bool split_free_text(struct search *s, struct slice text)
{
	struct job free = { 0 };
	text = slice_trim(text);
	if (s->job.title.length)
		free.text = text;
	else if (s->job.text.length)
		free.title = text;
	else if (!job_split(s->c->session.index, text, &free, s->c->session.err))
		return false;
	if (!s->job.title.length)
		s->job.title = free.title;
	if (!s->job.text.length)
		s->job.text = free.text;
	return true;
}

static bool read_job(struct search *s)
{
	struct command *c = s->c;
	const char *title = options_value(c->options, OPTION_TITLE), *text = options_value(c->options, OPTION_TEXT);
	struct slice operands;
	if (title)
		s->job.title = slice_of(title);
	if (text && !command_read_text(c, text, &s->job.text))
		return false;
	s->job.title = slice_trim(s->job.title);
	s->job.text = slice_trim(s->job.text);
	if (!command_read_filters(c, &s->filters) || !join_operands(s, &operands) ||
	    !query_parse(operands, &c->session.arena, &s->query, c->session.err) ||
	    !plan_make(&c->session, &s->query, &s->filters, &s->plan) ||
	    (slice_trim(s->plan.words).length && !split_free_text(s, s->plan.words)) ||
	    !plan_restrict_kinds(&c->session, &s->filters, &s->job, &s->plan))
		return false;
	plan_apply(&s->plan, &s->job, &s->options);
	if (s->job.title.length || s->job.text.length || s->plan.demands || s->plan.filtered)
		return true;
	if (s->plan.allow && s->query.root)
		return error_set(c->session.err, ERROR_USAGE,
				 "say what to look for; a hyphen with a space behind it is text",
				 "the query only says what to leave out");
	return error_set(c->session.err, ERROR_USAGE, "soc search TEXT..., or --title T and --text FILE",
			 "there is nothing to search for");
}

/* Explain what was read: the query, the filter, and what is ranked. */
static bool explain_plan(struct search *s)
{
	struct command *c = s->c;
	if (!options_given(c->options, OPTION_EXPLAIN))
		return true;
	s->explain = trace_new(c->session.err);
	return s->explain &&
	       plan_trace(c->session.index, &s->query, &s->filters, &s->plan, s->explain, c->session.err) &&
	       trace_job(c->session.index, &s->job, s->filters.kinds, s->explain, c->session.err);
}

static bool explain_answer(struct search *s)
{
	trace_parts(s->ranking.parts, s->ranking.part_count, s->explain);
	trace_weighed(&s->ranking.weighted, s->explain);
	trace_expansions(&s->ranking, s->explain);
	trace_ranking(&s->ranking, s->explain);
	return trace_finish(s->explain, s->c->session.err);
}

static bool read_numbers(struct search *s)
{
	long limit = DEFAULT_LIMIT, offset = 0;
	if (!options_number(s->c->options, OPTION_LIMIT, 1, 100000, &limit, s->c->session.err) ||
	    !options_number(s->c->options, OPTION_OFFSET, 0, 100000, &offset, s->c->session.err))
		return false;
	if (!command_read_with(s->c, WITH_CENSUS | WITH_SOC_2010 | WITH_GROUPS, &s->with) ||
	    !other_codes_read_with(s->c->session.index, s->with, &s->other, s->c->session.err))
		return false;
	s->options.limit = (size_t)limit;
	s->options.offset = (size_t)offset;
	s->options.level = command_level(s->c, &s->options.automatic);
	s->options.expand = command_expand(s->c);
	return true;
}

/* Where nothing but facts is asked, all that fulfil the conditions are put in order by them, and then the page is cut
 * out of it. */
static bool asks_facts_alone(const struct search *s)
{
	return s->filters.facts.count > 0 && s->job.title.length == 0 && s->job.text.length == 0;
}

static bool rank(struct search *s, struct ranker *ranker)
{
	struct rank_options options = s->options;
	struct ranking *r = &s->ranking;
	if (!asks_facts_alone(s))
		return rank_job(ranker, &s->job, &s->options, r, s->c->session.err);
	options.limit = s->c->session.index->count;
	options.offset = 0;
	options.automatic = false;
	if (!rank_job(ranker, &s->job, &options, r, s->c->session.err) ||
	    !fact_filter_order(&s->c->session, &s->filters.facts, s->plan.allow, r))
		return false;
	size_t offset = s->options.offset < r->count ? s->options.offset : r->count;
	r->at += offset;
	r->count = r->count - offset < s->options.limit ? r->count - offset : s->options.limit;
	return true;
}

/* What would decide is asked of a job, where people read the answer, and where the first candidate is among those that
 * are shown. */
static bool find_question(struct search *s)
{
	bool asked = s->job.title.length || s->job.text.length;
	if (!asked || s->options.offset > 0 || s->c->format == FORMAT_JSONL || format_is_table(s->c->format))
		return true;
	return clarifying_question_find(&s->c->session, &s->ranking, QUESTION_FEW, QUESTION_NEAR, &s->question);
}

/* ---- the command ---- */

static bool print_answer(struct search *s)
{
	struct command *c = s->c;
	struct search_answer answer = { &c->session,       c->format, &s->job,    &s->ranking,
					s->options.offset, &s->words, s->explain, &s->question,
					&s->filters.facts, s->with,   &s->other };
	/* Rows, lines and pages have no place for what --explain tells: it goes where it does not disturb them. */
	struct page trace = c->page;
	if (c->format != FORMAT_TEXT)
		trace.stream = stderr;
	if (c->format != FORMAT_JSON)
		trace_print(s->explain, &trace);
	if (c->format != FORMAT_TEXT && !format_is_page(c->format))
		return search_print(&answer);
	return command_print_document(c, search_write(&answer));
}

static bool run(struct search *s)
{
	struct ranker *ranker = NULL;
	bool ok = read_numbers(s) && read_job(s) && command_tell_sample(s->c) && explain_plan(s) &&
		  soc_index_need_reference(s->c->session.index, s->c->session.err) &&
		  ranker_new(s->c->session.index, &ranker, s->c->session.err) && rank(s, ranker) &&
		  job_words_read(s->c->session.index, &s->job, &s->ranking, &s->c->session.arena, &s->words,
				 s->c->session.err) &&
		  find_question(s) && explain_answer(s);
	s->words.kinds = s->filters.kinds;
	ok = ok && (s->c->format == FORMAT_TEXT || soc_index_need_manifest(s->c->session.index, s->c->session.err)) &&
	     print_answer(s);
	trace_free(s->explain);
	job_words_free(&s->words);
	ranker_free(ranker);
	return ok;
}

/* Where a field of study is asked for that leads nowhere, that is why. */
static bool tell_degree(const struct search *s, bool *told)
{
	const struct fact_conditions *facts = &s->filters.facts;
	struct buffer text = { 0 };
	bool ok = true;
	*told = false;
	for (size_t i = 0; ok && i < facts->count; i++) {
		struct fact_conditions one = { &facts->at[i], 1 };
		unsigned char *set =
			facts->at[i].test == FACT_TEST_DEGREE
				? arena_alloc(&s->c->session.arena, s->c->session.index->count, s->c->session.err)
				: NULL;
		if (facts->at[i].test != FACT_TEST_DEGREE)
			continue;
		ok = set != NULL;
		if (ok)
			memset(set, 1, s->c->session.index->count);
		ok = ok && fact_conditions_apply(&s->c->session, &one, set);
		if (!ok || memchr(set, 1, s->c->session.index->count))
			continue;
		ok = fact_degree_without_occupation(&s->c->session, &facts->at[i], &text);
		*told = true;
	}
	if (ok && *told)
		fprintf(stderr, "soc: %.*s\n", (int)text.length, text.at);
	buffer_free(&text);
	return ok;
}

static bool tell_nothing(const struct search *s)
{
	bool told = false;
	if (!s->ranking.found && !tell_degree(s, &told))
		return false;
	if (!told)
		fprintf(stderr, "soc: %s\n",
			s->ranking.found ? "no more results: --offset is behind the last"
			: s->plan.allow ? "nothing holds all that is asked for: --explain tells what each part holds in"
					: "no word of this is known to the index");
	return true;
}

enum outcome command_search(struct command *c)
{
	struct search s = { .c = c };
	if (!run(&s))
		return OUTCOME_ERROR;
	if (s.ranking.count > 0)
		return OUTCOME_FOUND;
	return c->quiet || tell_nothing(&s) ? OUTCOME_NOTHING : OUTCOME_ERROR;
}
