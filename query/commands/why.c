// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * why.c - soc why: the case for one code.
 */
#include "query/commands/command.h"
#include "query/output/evidence_shares_write.h"

/* So many pieces of each group; all of them. */
enum { SHOWN = 5, ALL = 100000 };

struct why {
	struct command *c;
	struct job job;
	struct target_codes codes;
	struct target_ranking asked;
	size_t limit;
	struct evidence_shares own, rival;
	bool has_rival;
};

static bool read_question(struct why *w)
{
	struct command *c = w->c;
	long limit = SHOWN;
	if (c->options->operand_count != 1)
		return error_set(c->session.err, ERROR_USAGE,
				 "such as soc why 15-2051 --title 'AI researcher'; soc compare takes several",
				 c->options->operand_count ? "why takes one code" : "no code is named");
	if (!options_number(c->options, OPTION_LIMIT, 1, ALL, &limit, c->session.err) ||
	    !command_read_targets(c, c->options->operands, 1, &w->codes) || !command_read_job(c, &w->job))
		return false;
	w->limit = options_given(c->options, OPTION_ALL) ? ALL : (size_t)limit;
	return w->job.title.length || w->job.text.length ||
	       error_set(c->session.err, ERROR_USAGE, "name it by --title T, by --text FILE, or both",
			 "no job is given");
}

/* The rival is the first of the others. */
static bool make_cases(struct why *w)
{
	struct command *c = w->c;
	const struct ranking *ranking = &w->asked.ranking;
	size_t place = target_rank_of(ranking, &w->codes.at[0].code), other = place == 0 ? 1 : 0;
	if (place == ranking->count)
		return error_set(c->session.err, ERROR_INTERNAL, NULL, "%s is not among the ranked",
				 w->codes.at[0].code.text);
	w->has_rival = other < ranking->count;
	return evidence_shares_find(&c->session, &w->asked, place, &w->own) &&
	       (!w->has_rival || evidence_shares_find(&c->session, &w->asked, other, &w->rival));
}

static bool print_document(struct why *w)
{
	struct command *c = w->c;
	char title[64];
	snprintf(title, sizeof title, "Why %s", w->codes.at[0].code.text);
	struct document *d = document_new(title, c->session.err);
	if (d)
		evidence_shares_write(&w->own, &c->session, d, 2, w->limit);
	if (d && w->has_rival)
		evidence_shares_write_rival(&w->own, &w->rival, &c->session, d, 2);
	return command_print_document(c, d);
}

static bool print_json(struct why *w)
{
	struct session *s = &w->c->session;
	struct buffer out = { 0 };
	struct json_writer json = format_json(w->c->format, JSON_DIGITS_EXACT, &out, s->err);
	format_json_begin(&json);
	evidence_shares_json(&w->own, s, &json);
	if (w->has_rival)
		evidence_shares_rival_json(&w->own, &w->rival, s, &json);
	else
		json_write_null(&json, "rival");
	return format_json_end(&json);
}

enum outcome command_why(struct command *c)
{
	struct why w = { .c = c };
	bool ok = read_question(&w) && command_tell_sample(c) &&
		  soc_index_need_manifest(c->session.index, c->session.err) &&
		  target_rank(&c->session, &w.job, w.codes.level, &w.asked) && make_cases(&w) &&
		  (c->format == FORMAT_JSON ? print_json(&w) : print_document(&w));
	target_ranking_free(&w.asked);
	return ok ? OUTCOME_FOUND : OUTCOME_ERROR;
}
