// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * target_codes.c - reads codes that must be in the index, with errors that name others; and ranks all codes for a job.
 */
#include "query/engine/code_lookup.h"
#include "query/engine/fact_lookup.h"
#include "query/engine/crosswalk_lookup.h"
#include "query/engine/target_codes.h"

/* A hint has room for so many codes with their titles. */
#define CODES_NAMED 4

/* ---- what is wrong with a code ---- */

/* "15-1251.00 Computer Programmers, 15-1252.00 Software Developers and 2 more"; the occupation of each number. */
static bool name_occupations(const struct session *s, const size_t *numbers, size_t count, struct buffer *out)
{
	bool ok = true;
	for (size_t i = 0; ok && i < count && i < CODES_NAMED; i++) {
		const struct entry *e = &s->index->entries[numbers[i]];
		ok = buffer_printf(out, s->err, "%s%s %.*s",
				   i == 0           ? ""
				   : i + 1 == count ? " and "
						    : ", ",
				   e->code.text, (int)e->title.length, e->title.at);
	}
	if (ok && count > CODES_NAMED)
		ok = buffer_printf(out, s->err, " and %zu more", count - CODES_NAMED);
	return ok && buffer_terminate(out, s->err);
}

/* The error, with a hint that ends in the names of occupations; always false. */
static bool refuse(struct session *s, const char *text, const char *hint, const size_t *numbers, size_t count)
{
	struct buffer names = { 0 }, all = { 0 };
	if (name_occupations(s, numbers, count, &names) && buffer_printf(&all, s->err, "%s%s", hint, names.at) &&
	    buffer_terminate(&all, s->err))
		error_set(s->err, ERROR_USAGE, all.at, "%s", text);
	buffer_free(&names);
	buffer_free(&all);
	return false;
}

/* Its members follow each other. */
static bool refuse_group(struct session *s, const struct code *code, size_t from, size_t to)
{
	size_t numbers[CODES_NAMED + 1];
	char text[256];
	struct slice title = codes_group_title(s->index, code);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers && from + i < to; i++)
		numbers[i] = from + i;
	snprintf(text, sizeof text, "%s%s%.*s is a %s group, no occupation", code->text, title.length ? " " : "",
		 (int)(title.length < 160 ? title.length : 160), title.at ? title.at : "",
		 code_level_name(code_level(code)));
	return refuse(s, text, "name one of its occupations: ", numbers, to - from);
}

/* What an old code has become; the neighbours of any other. */
static bool refuse_absent(struct session *s, const struct code *code)
{
	size_t numbers[SUCCESSORS_MAX], from, to;
	char text[128];
	if (!soc_index_need_crossings(s->index, s->err))
		return false;
	size_t count = crosswalk_successors(s->index, code, numbers);
	if (count > 0) {
		snprintf(text, sizeof text, "%s is a code of an older edition", code->text);
		return refuse(s, text, "it has become ", numbers, count);
	}
	codes_find_nearest(s->index, code, CODES_NAMED, &from, &to);
	for (count = 0; from + count < to; count++)
		numbers[count] = from + count;
	snprintf(text, sizeof text, "the index has no code %s", code->text);
	return refuse(s, text, "the nearest are ", numbers, count);
}

/* ---- codes ---- */

/* A code that the index does not have: what it has become, where that is one. */
static bool lead_over(struct session *s, struct target_code *out)
{
	struct written_code written = { .kind = WRITTEN_CODE, .code = out->code };
	struct code_lookup found;
	if (!soc_index_need_crossings(s->index, s->err))
		return false;
	code_lookup(s->index, &written, &found);
	if (!code_lookup_one(&found) || !soc_index_range(s->index, &found.at[0], &out->first, &out->end))
		return refuse_absent(s, &out->code);
	out->older = out->code;
	out->code = found.at[0];
	return true;
}

static bool read_code(struct session *s, const char *text, struct target_code *out)
{
	if (!code_read_one(slice_of(text), &out->code))
		return error_set(s->err, ERROR_USAGE,
				 "a code looks like 15-1252.00 or 15-1252; to find one, use soc search",
				 "'%s' is no occupation code", text);
	if (!soc_index_range(s->index, &out->code, &out->first, &out->end) && !lead_over(s, out))
		return false;
	if (code_level(&out->code) < LEVEL_SOC)
		return soc_index_need_groups(s->index, s->err) && refuse_group(s, &out->code, out->first, out->end);
	return true;
}

/* Bring a code to the level of all. */
static void set_level(const struct session *s, enum code_level level, struct target_code *a)
{
	if (level == LEVEL_ONET) {
		a->code = s->index->entries[a->first].code;
		a->end = a->first + 1;
	}
	a->title = s->index->entries[a->first].title;
}

static bool refuse_twice(struct session *s, const struct target_codes *codes, size_t which)
{
	for (size_t i = 0; i < which; i++)
		if (strcmp(codes->at[i].code.text, codes->at[which].code.text) == 0)
			return error_set(s->err, ERROR_USAGE, "name each code once", "%s is given twice",
					 codes->at[which].code.text);
	return true;
}

bool target_codes_read(struct session *s, const char *const *texts, size_t count, struct target_codes *out)
{
	*out = (struct target_codes){ .level = LEVEL_SOC };
	if (count == 0)
		return error_set(s->err, ERROR_USAGE, "such as 15-1252", "no code is named");
	out->at = arena_alloc(&s->arena, count * sizeof *out->at, s->err);
	for (size_t i = 0; out->at && i < count; i++) {
		if (!read_code(s, texts[i], &out->at[i]))
			return false;
		if (code_is_onet(&out->at[i].code))
			out->level = LEVEL_ONET;
		out->count++;
	}
	for (size_t i = 0; i < out->count; i++) {
		set_level(s, out->level, &out->at[i]);
		if (!refuse_twice(s, out, i))
			return false;
	}
	return out->at != NULL;
}

/* ---- the job ---- */

/* Codes in which nothing of the job was found go behind all others, so that ranks are those of soc search, which leaves
 * them out. */
static bool put_matched_first(struct session *s, struct ranking *ranking)
{
	struct candidate *ordered = arena_alloc(&s->arena, (ranking->count + 1) * sizeof *ordered, s->err);
	size_t n = 0;
	for (int matched = 1; ordered && matched >= 0; matched--)
		for (size_t i = 0; i < ranking->count; i++)
			if (ranking->at[i].matched == (matched == 1))
				ordered[n++] = ranking->at[i];
	ranking->at = ordered;
	return ordered != NULL;
}

bool target_rank_job(struct session *s, struct ranker *ranker, const struct job *job, enum code_level level,
		     struct ranking *out)
{
	struct rank_options options = {
		.level = level, .limit = s->index->count, .expand = s->expand, .unmatched = true
	};
	return rank_job(ranker, job, &options, out, s->err) && put_matched_first(s, out);
}

bool target_rank_with(struct session *s, struct ranker *ranker, const struct job *job, enum code_level level,
		      struct target_ranking *out)
{
	*out = (struct target_ranking){ .job = job, .level = level, .ranker = ranker };
	return target_rank_job(s, ranker, job, level, &out->ranking) &&
	       job_words_read(s->index, job, &out->ranking, &s->arena, &out->words, s->err);
}

bool target_rank(struct session *s, const struct job *job, enum code_level level, struct target_ranking *out)
{
	struct ranker *ranker;
	*out = (struct target_ranking){ .job = job, .level = level };
	return ranker_new(s->index, &ranker, s->err) && target_rank_with(s, ranker, job, level, out);
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
