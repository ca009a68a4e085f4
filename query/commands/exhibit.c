// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * exhibit.c - soc exhibit: what is asked, and where the answer goes.
 */
#include "lib/base/file.h"
#include "query/commands/command.h"
#include "query/output/exhibit_write.h"

/* ---- what is asked ---- */

/* The options that change the content; where it goes and how a terminal looks does not.  Files without their
 * folders. */
static bool begin_provenance(struct command *c, struct provenance *out)
{
	const char *path = command_index_path(c);
	size_t count = 0;
	struct provenance_option *options =
		arena_alloc(&c->session.arena, (c->options->value_count + 1) * sizeof *options, c->session.err);
	if (!path || !options || !provenance_begin(&c->session, path, out))
		return false;
	for (size_t i = 0; i < c->options->value_count; i++) {
		const struct option_value *v = &c->options->values[i];
		bool file = v->id == OPTION_INDEX || v->id == OPTION_TEXT || v->id == OPTION_DUTIES;
		if (v->id != OPTION_OUTPUT && v->id != OPTION_COLOUR && v->id != OPTION_QUIET)
			options[count++] =
				(struct provenance_option){ v->name,
							    v->value && file ? provenance_name(v->value) : v->value };
	}
	out->command = c->options->command->name;
	out->options = options;
	out->option_count = count;
	return true;
}

static bool read_codes(struct command *c, struct target_codes *out)
{
	return command_read_codes(c, out) &&
	       (out->count <= COMPARISON_MAX || error_set(c->session.err, ERROR_USAGE, "weigh the nearest of them",
							  "an exhibit weighs at most %d codes", COMPARISON_MAX));
}

static bool read_duties(struct command *c, struct exhibit *x)
{
	const char *path = options_value(c->options, OPTION_DUTIES), *text = options_value(c->options, OPTION_TEXT);
	x->has_duties = path != NULL;
	if (!path)
		return true;
	if (text && strcmp(path, "-") == 0 && strcmp(text, "-") == 0)
		return error_set(c->session.err, ERROR_USAGE, "give one of them as a file",
				 "--text and --duties cannot both be standard input");
	if (!command_read_duties(c, path, &x->sheet) ||
	    !provenance_add_file(&x->provenance, "duties", path, c->session.err))
		return false;
	x->sheet.path = provenance_name(path);
	return true;
}

static bool read_job(struct command *c, struct exhibit *x)
{
	const char *text = options_value(c->options, OPTION_TEXT);
	struct slice bytes = { "", 0 };
	if (text && !command_read_text(c, text, &bytes))
		return false;
	if (text)
		provenance_add_input(&x->provenance, "text", text, bytes);
	x->title = command_title(c);
	x->text = slice_trim(bytes);
	x->job = (struct job){ x->title, x->text };
	if (!read_duties(c, x))
		return false;
	if (x->has_duties && !x->text.length)
		x->job.text = duty_sheet_text(&c->session, &x->sheet);
	return x->job.title.length || x->job.text.length ||
	       error_set(c->session.err, ERROR_USAGE, "name the job by --title, --text or --duties", "no job is given");
}

/* Rank the parts of the sheet first, the job last: one ranker reads what it needs of the index only once, and its last
 * ranking is the one that is taken apart.  Without a text, the job of the sheet is that of the exhibit. */
static bool rank(struct command *c, struct exhibit *x)
{
	struct ranker *ranker;
	if (!ranker_new(c->session.index, &ranker, c->session.err))
		return false;
	x->ranked.ranker = ranker;
	if (x->has_duties && (!duty_finder_begin(&c->session, &x->sheet, x->title, ranker, !x->named, &x->finder) ||
			      (x->text.length && !duty_finder_rank(&x->finder, ranker, x->codes.level))))
		return false;
	if (!target_rank_with(&c->session, ranker, &x->job, x->codes.level, &x->ranked))
		return false;
	if (!x->text.length)
		x->finder.ranking = x->ranked.ranking;
	return true;
}

static size_t add_code(const char **texts, size_t count, const char *code)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(texts[i], code) == 0)
			return count;
	if (count < COMPARISON_MAX)
		texts[count++] = code;
	return count;
}

/* Where no code is named: the leading candidates, and the codes to which much of the time goes. */
static bool choose_codes(struct command *c, struct exhibit *x)
{
	const char *texts[COMPARISON_MAX];
	size_t count = 0;
	if (x->ranked.ranking.count == 0 || !x->ranked.ranking.at[0].matched)
		return error_set(c->session.err, ERROR_INPUT, "name the codes to weigh: --codes 15-1252,15-2051",
				 "no word of this job is known to the index");
	for (size_t i = 0; i < EXHIBIT_LEADING && i < x->ranked.ranking.count; i++)
		count = add_code(texts, count, x->ranked.ranking.at[i].code.text);
	if (x->has_duties && !duty_table_begin(&x->finder, NULL, &x->duties))
		return false;
	for (size_t i = 0; x->has_duties && i < x->duties.leading_count; i++)
		count = add_code(texts, count, x->duties.codes[x->duties.leading[i]].asked.code.text);
	return target_codes_read(&c->session, texts, count, &x->codes);
}

static bool make_cases(struct command *c, struct exhibit *x)
{
	x->cases = arena_alloc(&c->session.arena, (x->codes.count + 1) * sizeof *x->cases, c->session.err);
	for (size_t i = 0; x->cases && i < x->codes.count; i++) {
		size_t place = target_rank_of(&x->ranked.ranking, &x->codes.at[i].code);
		if (place < x->ranked.ranking.count &&
		    !evidence_shares_find(&c->session, &x->ranked, place, &x->cases[x->case_count++]))
			return false;
	}
	return x->cases != NULL;
}

static bool find_parts(struct command *c, struct exhibit *x)
{
	if (x->codes.count >= COMPARISON_MIN &&
	    !comparison_find(&c->session, &x->codes, &x->ranked, COMPARISON_SHOWN, &x->comparison))
		return false;
	x->comparison.for_all = "soc compare --all";
	return (!x->has_duties || duty_table_make(&x->finder, &x->codes, &x->duties)) && make_cases(c, x);
}

/* ---- where it goes ---- */

static bool put_document(const struct exhibit *x, struct command *c, struct buffer *out)
{
	struct document *d = exhibit_write(x, &c->session);
	bool ok = d && (c->format == FORMAT_MD ? document_put_markdown(d, out, c->session.err)
					       : document_put_html(d, out, c->session.err));
	document_free(d);
	return ok;
}

static bool put_json(const struct exhibit *x, struct command *c, struct buffer *out)
{
	struct json_writer w = format_json(c->format, JSON_DIGITS_EXACT, out, c->session.err);
	format_json_begin(&w);
	exhibit_json(x, &c->session, &w);
	json_end_object(&w);
	return buffer_append_byte(out, '\n', c->session.err);
}

/* All of it in memory first: what cannot be made is not begun to be written. */
static bool print(const struct exhibit *x, struct command *c)
{
	const char *path = options_value(c->options, OPTION_OUTPUT);
	struct buffer out = { 0 };
	bool ok =
		(c->format == FORMAT_JSON ? put_json : put_document)(x, c, &out) && c->session.err->code == ERROR_NONE;
	if (ok && path && strcmp(path, "-") != 0)
		ok = file_write_whole(path, buffer_slice(&out), c->session.err);
	else if (ok)
		fwrite(out.at, 1, out.length, stdout);
	buffer_free(&out);
	return ok;
}

/* ---- the command ---- */

static bool run(struct command *c, struct exhibit *x)
{
	if (!begin_provenance(c, &x->provenance) || !read_codes(c, &x->codes) || !read_job(c, x) ||
	    !command_tell_sample(c))
		return false;
	x->named = x->codes.count > 0;
	if (!rank(c, x) || (!x->named && !choose_codes(c, x)))
		return false;
	return find_parts(c, x) && print(x, c);
}

enum outcome command_exhibit(struct command *c)
{
	struct exhibit x = { .named = false };
	bool ok = run(c, &x);
	duty_finder_free(&x.finder);
	target_ranking_free(&x.ranked);
	return ok ? OUTCOME_FOUND : OUTCOME_ERROR;
}
