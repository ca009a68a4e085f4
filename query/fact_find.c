// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/fact_find.h"

const char *fact_way_name(enum fact_way way)
{
	static const char *const names[FACT_WAY_COUNT] = { "own", "soc", "survey", "group" };
	return names[way];
}

/* Take what a series says of `code`, if it says anything. */
static bool take(struct fact_answer *a, const char *code, enum fact_way way)
{
	a->at = facts_of(a->series, slice_of(code), &a->count);
	a->way = way;
	return a->at != NULL;
}

/* ---- codes of the surveys ---- */

static bool is_detailed(const struct soc_index *index, struct slice text)
{
	struct code code;
	if (!code_parse(text, &code))
		return false;
	for (size_t i = 0; i < index->count; i++) {
		struct code soc = code_soc(&index->entries[i].code);
		if (strcmp(soc.text, code.text) == 0)
			return true;
	}
	return false;
}

/* The one code in a broad group that is neither the group's nor a detailed occupation's; two leave it open which. */
static bool take_survey_code(const struct soc_index *index, struct fact_answer *a, const struct code *broad)
{
	const struct fact *found = NULL;
	for (size_t i = 0; i < a->series->count; i++) {
		const struct fact *f = &a->series->at[i];
		if (f->code.length != 7 || memcmp(f->code.at, broad->text, 6) != 0 ||
		    slice_equal(f->code, slice_of(broad->text)) || (found && slice_equal(found->code, f->code)))
			continue;
		if (is_detailed(index, f->code))
			continue;
		if (found)
			return false;
		found = f;
	}
	if (!found)
		return false;
	a->at = facts_of(a->series, found->code, &a->count);
	a->way = FACT_WAY_SURVEY;
	return true;
}

/* ---- codes of the Census ---- */

/* The groups and patterns that hold a code, from the nearest on: 51-919X, 51-9190, 51-91XX, 51-9100, 51-9XXX, 51-9000. */
static bool take_census_group(struct fact_answer *a, const struct code *soc)
{
	for (size_t open = 1; open <= 3; open++) {
		struct code pattern = *soc, group = *soc;
		for (size_t i = 7 - open; i < 7; i++) {
			pattern.text[i] = 'X';
			group.text[i] = '0';
		}
		if (take(a, pattern.text, FACT_WAY_GROUP) || take(a, group.text, FACT_WAY_GROUP))
			return true;
	}
	return false;
}

/* ---- the answer ---- */

static bool is_survey(enum fact_key key)
{
	return fact_specs[key].section == FACT_SECTION_WAGES || fact_specs[key].section == FACT_SECTION_OUTLOOK;
}

struct fact_answer fact_find(const struct soc_index *index, const struct fact_series *series, const struct code *code)
{
	struct fact_answer a = { .series = series };
	struct code soc = code_soc(code), broad = code_at_level(code, LEVEL_BROAD);
	if (!series || take(&a, code->text, FACT_WAY_OWN) || (code_is_onet(code) && take(&a, soc.text, FACT_WAY_SOC)))
		return a;
	bool detailed = strcmp(soc.text, broad.text) != 0;
	if (is_survey(series->key) && detailed && is_detailed(index, slice_of(soc.text)) &&
	    (take_survey_code(index, &a, &broad) || take(&a, broad.text, FACT_WAY_GROUP)))
		return a;
	if (series->key == FACT_STEM_NCSES && detailed && take_census_group(&a, &soc))
		return a;
	return (struct fact_answer){ .series = series };
}

bool fact_find_next(struct fact_answer *a, const struct code *code)
{
	struct code soc = code_soc(code);
	return a->series->key == FACT_CUSTOM && a->count > 0 && a->way == FACT_WAY_OWN && code_is_onet(code) &&
	       take(a, soc.text, FACT_WAY_SOC);
}

struct fact_answer fact_find_key_of(const struct soc_index *index, enum fact_key key, const struct code *code)
{
	return fact_find(index, facts_series(&index->facts, key), code);
}

struct slice fact_code_title(const struct soc_index *index, struct slice text)
{
	struct code code;
	if (!code_parse(text, &code))
		return SLICE("");
	for (size_t i = 0; i < index->count; i++) {
		const struct entry *e = &index->entries[i];
		struct code soc = code_soc(&e->code);
		if (strcmp(e->code.text, code.text) == 0 || strcmp(soc.text, code.text) == 0)
			return e->title;
	}
	const struct group *g = groups_find(&index->groups, &code);
	if (g && g->title.length)
		return g->title;
	for (size_t i = 0; i < index->facts.count; i++) {
		const struct fact_series *s = &index->facts.at[i];
		size_t count;
		const struct fact *f = s->key == FACT_WAGE_TITLE || s->key == FACT_OUTLOOK_TITLE
				       ? facts_of(s, text, &count) : NULL;
		if (f)
			return f->text;
	}
	return SLICE("");
}

bool fact_is_stem_degree(const struct soc_index *index, struct slice cip)
{
	const struct fact_series *s = facts_series(&index->facts, FACT_STEM_DHS);
	size_t count;
	return s && facts_of(s, cip, &count);
}
