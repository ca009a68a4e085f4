// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/engine/fact_lookup.h"
#include "query/commands/crosswalk.h"
#include "query/engine/target_codes.h"

/* A hint has room for so many codes with their titles. */
#define CODES_NAMED 4

/* ---- what is wrong with a code ---- */

/* "15-1251.00 Computer Programmers, 15-1252.00 Software Developers and 2 more"; the occupation of each number. */
static bool name_occupations(const struct command *c, const size_t *numbers, size_t count, struct buffer *out)
{
	bool ok = true;
	for (size_t i = 0; ok && i < count && i < CODES_NAMED; i++) {
		const struct entry *e = &c->index->entries[numbers[i]];
		ok = buffer_printf(out, c->err, "%s%s %.*s",
				   i == 0           ? ""
				   : i + 1 == count ? " and "
						    : ", ",
				   e->code.text, (int)e->title.length, e->title.at);
	}
	if (ok && count > CODES_NAMED)
		ok = buffer_printf(out, c->err, " and %zu more", count - CODES_NAMED);
	return ok && buffer_terminate(out, c->err);
}

/* The error, with a hint that ends in the names of occupations; always false. */
static bool refuse(struct command *c, const char *text, const char *hint, const size_t *numbers, size_t count)
{
	struct buffer names = { 0 }, all = { 0 };
	if (name_occupations(c, numbers, count, &names) && buffer_printf(&all, c->err, "%s%s", hint, names.at) &&
	    buffer_terminate(&all, c->err))
		error_set(c->err, ERROR_USAGE, all.at, "%s", text);
	buffer_free(&names);
	buffer_free(&all);
	return false;
}

/* Its members follow each other. */
static bool refuse_group(struct command *c, const struct code *code, size_t from, size_t to)
{
	size_t numbers[CODES_NAMED + 1];
	char text[256];
	struct slice title = codes_group_title(c->index, code);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers && from + i < to; i++)
		numbers[i] = from + i;
	snprintf(text, sizeof text, "%s%s%.*s is a %s group, no occupation", code->text, title.length ? " " : "",
		 (int)(title.length < 160 ? title.length : 160), title.at ? title.at : "",
		 code_level_name(code_level(code)));
	return refuse(c, text, "name one of its occupations: ", numbers, to - from);
}

/* What an old code has become; the neighbours of any other. */
static bool refuse_absent(struct command *c, const struct code *code)
{
	size_t numbers[SUCCESSORS_MAX], from, to;
	char text[128];
	if (!soc_index_need_crossings(c->index, c->err))
		return false;
	size_t count = crosswalk_successors(c->index, code, numbers);
	if (count > 0) {
		snprintf(text, sizeof text, "%s is a code of an older edition", code->text);
		return refuse(c, text, "it has become ", numbers, count);
	}
	codes_find_nearest(c->index, code, CODES_NAMED, &from, &to);
	for (count = 0; from + count < to; count++)
		numbers[count] = from + count;
	snprintf(text, sizeof text, "the index has no code %s", code->text);
	return refuse(c, text, "the nearest are ", numbers, count);
}

/* ---- codes ---- */

static bool read_code(struct command *c, const char *text, struct target_code *out)
{
	if (!code_parse(slice_of(text), &out->code))
		return error_set(c->err, ERROR_USAGE,
				 "a code looks like 15-1252.00 or 15-1252; to find one, use soc search",
				 "'%s' is no occupation code", text);
	if (!soc_index_range(c->index, &out->code, &out->first, &out->end))
		return refuse_absent(c, &out->code);
	if (code_level(&out->code) < LEVEL_SOC)
		return soc_index_need_groups(c->index, c->err) && refuse_group(c, &out->code, out->first, out->end);
	return true;
}

/* Bring a code to the level of all. */
static void set_level(const struct command *c, enum code_level level, struct target_code *a)
{
	if (level == LEVEL_ONET) {
		a->code = c->index->entries[a->first].code;
		a->end = a->first + 1;
	}
	a->title = c->index->entries[a->first].title;
}

static bool refuse_twice(struct command *c, const struct target_codes *codes, size_t which)
{
	for (size_t i = 0; i < which; i++)
		if (strcmp(codes->at[i].code.text, codes->at[which].code.text) == 0)
			return error_set(c->err, ERROR_USAGE, "name each code once", "%s is given twice",
					 codes->at[which].code.text);
	return true;
}

bool target_codes_read(struct command *c, const char *const *texts, size_t count, struct target_codes *out)
{
	char hint[64];
	*out = (struct target_codes){ .level = LEVEL_SOC };
	snprintf(hint, sizeof hint, "such as soc %s 15-1252", c->options->command->name);
	if (count == 0)
		return error_set(c->err, ERROR_USAGE, hint, "no code is named");
	out->at = arena_alloc(&c->arena, count * sizeof *out->at, c->err);
	for (size_t i = 0; out->at && i < count; i++) {
		if (!read_code(c, texts[i], &out->at[i]))
			return false;
		if (code_is_onet(&out->at[i].code))
			out->level = LEVEL_ONET;
		out->count++;
	}
	for (size_t i = 0; i < out->count; i++) {
		set_level(c, out->level, &out->at[i]);
		if (!refuse_twice(c, out, i))
			return false;
	}
	return out->at != NULL;
}

/* How many entries a list has, with commas between them. */
static size_t count_entries(const char *list)
{
	size_t count = 1;
	for (; *list; list++)
		count += *list == ',';
	return count;
}

/* Each entry as a text of its own. */
static bool split_list(struct command *c, const char *list, const char **texts)
{
	static const char hint[] = "put one comma between codes, such as --codes 15-1252,15-2051";
	bool more = true;
	if (slice_trim(slice_of(list)).length == 0)
		return error_set(c->err, ERROR_USAGE, hint, "--codes names no code");
	for (size_t i = 0; more; i++) {
		size_t length = strcspn(list, ",");
		struct slice text = slice_trim((struct slice){ list, length });
		if (text.length == 0)
			return error_set(c->err, ERROR_USAGE, hint, "--codes has an empty entry, number %zu", i + 1);
		texts[i] = arena_copy(&c->arena, text, c->err).at;
		if (!texts[i])
			return false;
		more = list[length] == ',';
		list += length + more;
	}
	return true;
}

bool target_codes_option(struct command *c, struct target_codes *out)
{
	const char *list = options_value(c->options, OPTION_CODES);
	*out = (struct target_codes){ .level = LEVEL_SOC };
	if (!list)
		return true;
	size_t count = count_entries(list);
	const char **texts = arena_alloc(&c->arena, count * sizeof *texts, c->err);
	return texts && split_list(c, list, texts) && target_codes_read(c, texts, count, out);
}

/* ---- the job ---- */

bool target_job_read(struct command *c, struct job *out)
{
	const char *title = options_value(c->options, OPTION_TITLE), *text = options_value(c->options, OPTION_TEXT);
	*out = (struct job){ { "", 0 }, { "", 0 } };
	if (text && !command_read_text(c, text, &out->text))
		return false;
	if (title)
		out->title = slice_trim(slice_of(title));
	out->text = slice_trim(out->text);
	return true;
}

static bool read_words(struct command *c, struct target_ranking *r)
{
	return job_words_read(c->index, r->job, &c->arena, &r->words, c->err) &&
	       job_words_weigh(c->index, r->job, &r->ranking, &c->arena, &r->words, c->err) &&
	       job_words_expand(c->index, r->ranking.expansions, r->ranking.expansion_count, &c->arena, &r->words,
				c->err);
}

/* Codes in which nothing of the job was found go behind all others, so that ranks are those of soc search, which leaves them out. */
static bool put_matched_first(struct command *c, struct ranking *ranking)
{
	struct candidate *ordered = arena_alloc(&c->arena, (ranking->count + 1) * sizeof *ordered, c->err);
	size_t n = 0;
	for (int matched = 1; ordered && matched >= 0; matched--)
		for (size_t i = 0; i < ranking->count; i++)
			if (ranking->at[i].matched == (matched == 1))
				ordered[n++] = ranking->at[i];
	ranking->at = ordered;
	return ordered != NULL;
}

bool target_rank_job(struct command *c, struct ranker *ranker, const struct job *job, enum code_level level,
		     struct ranking *out)
{
	struct rank_options options = {
		.level = level, .limit = c->index->count, .expand = command_expand(c), .unmatched = true
	};
	return rank_job(ranker, job, &options, out, c->err) && put_matched_first(c, out);
}

bool target_rank_with(struct command *c, struct ranker *ranker, const struct job *job, enum code_level level,
		      struct target_ranking *out)
{
	*out = (struct target_ranking){ .job = job, .level = level, .ranker = ranker };
	return target_rank_job(c, ranker, job, level, &out->ranking) && read_words(c, out);
}

bool target_rank(struct command *c, const struct job *job, enum code_level level, struct target_ranking *out)
{
	struct ranker *ranker;
	*out = (struct target_ranking){ .job = job, .level = level };
	return ranker_new(c->index, &ranker, c->err) && target_rank_with(c, ranker, job, level, out);
}

void target_ranking_free(struct target_ranking *r)
{
	job_words_free(&r->words);
	ranker_free(r->ranker);
	*r = (struct target_ranking){ .ranker = NULL };
}

size_t target_rank_of(const struct ranking *ranking, const struct code *code)
{
	size_t i = 0;
	while (i < ranking->count && strcmp(ranking->at[i].code.text, code->text) != 0)
		i++;
	return i;
}
