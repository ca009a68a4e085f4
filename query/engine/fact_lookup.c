// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fact_lookup.c - the fact that stands for a code, its own or that of a code above it.
 */
#include "query/engine/fact_lookup.h"

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

/* The first occupation whose code is not before `text`. */
static size_t lower_bound(const struct soc_index *index, struct slice text)
{
	size_t low = 0, high = index->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (slice_compare(slice_of(index->entries[middle].code.text), text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The occupation with a code, or the first under its six digits; NULL where there is none. */
static const struct entry *find_entry(const struct soc_index *index, struct slice text)
{
	size_t at = lower_bound(index, text);
	bool shape = text.length == 7 || text.length == 10;
	bool found = shape && at < index->count && memcmp(index->entries[at].code.text, text.at, text.length) == 0;
	return found ? &index->entries[at] : NULL;
}

static bool is_detailed(const struct soc_index *index, struct slice text)
{
	return text.length == 7 && find_entry(index, text);
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

/* The groups and patterns that hold a code, from the nearest on: 51-919X, 51-9190, 51-91XX, 51-9100, 51-9XXX,
 * 51-9000. */
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
	const struct entry *e = find_entry(index, text);
	if (e)
		return e->title;
	const struct group *g = groups_find(&index->groups, &code);
	if (g && g->title.length)
		return g->title;
	for (size_t i = 0; i < index->facts.count; i++) {
		const struct fact_series *s = &index->facts.at[i];
		size_t count;
		const struct fact *f =
			s->key == FACT_WAGE_TITLE || s->key == FACT_OUTLOOK_TITLE ? facts_of(s, text, &count) : NULL;
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

/* ---- STEM ---- */

static const struct {
	const char *name;
	enum fact_key key;
} stem_lists[STEM_LIST_COUNT] = {
	[STEM_ONET] = { "onet", FACT_STEM_ONET },
	[STEM_NCSES] = { "ncses", FACT_STEM_NCSES },
	[STEM_DHS] = { "dhs", FACT_STEM_DHS },
};

const char *stem_list_name(enum stem_list list)
{
	return stem_lists[list].name;
}

static bool is_in_part(struct slice note)
{
	struct slice mark = SLICE(FACT_IN_PART);
	for (size_t i = 0; i + mark.length <= note.length; i++)
		if (memcmp(note.at + i, mark.at, mark.length) == 0)
			return true;
	return false;
}

static bool is_class(struct slice text)
{
	return !(text.length >= 3 && slice_equal_nocase((struct slice){ text.at, 3 }, SLICE("NON")));
}

/* Fields of study: "NO MATCH" is none. */
static void judge_fields(const struct soc_index *index, const struct fact_answer *a, struct stem_verdict *out)
{
	for (size_t i = 0; i < a->count; i++) {
		out->fields += !slice_equal(a->at[i].text, SLICE(FACT_NO_DEGREE));
		out->on_list += fact_is_stem_degree(index, a->at[i].text);
	}
	out->said = out->fields > 0;
	out->stem = out->said && 2 * out->on_list >= out->fields;
}

bool fact_stem(const struct soc_index *index, enum stem_list list, const struct code *code, struct stem_verdict *out)
{
	const struct fact_series *series = facts_series(&index->facts, stem_lists[list].key);
	const struct fact_series *asked = list == STEM_DHS ? facts_series(&index->facts, FACT_DEGREE) : series;
	*out = (struct stem_verdict){ 0 };
	if (!series || !asked)
		return false;
	struct fact_answer a = fact_find(index, asked, code);
	out->source = series->source;
	out->said = a.count > 0;
	if (list == STEM_DHS)
		judge_fields(index, &a, out);
	for (size_t i = 0; list == STEM_ONET && i < a.count; i++)
		out->stem |= !is_in_part(a.at[i].note);
	for (size_t i = 0; list == STEM_NCSES && i < a.count; i++)
		out->stem |= is_class(a.at[i].text);
	out->partly = list == STEM_ONET && a.count > 0 && !out->stem;
	return true;
}

/* ---- codes ---- */

bool codes_name_occupation(const struct soc_index *index, const struct code *code, size_t from, size_t to)
{
	if (to - from == 1)
		return true;
	struct code soc = code_soc(&index->entries[to - 1].code), first = code_soc(&index->entries[from].code);
	return strcmp(soc.text, code->text) == 0 && strcmp(first.text, code->text) == 0;
}

struct slice codes_group_title(const struct soc_index *index, const struct code *code)
{
	const struct group *g = groups_find(&index->groups, code);
	return g ? g->title : SLICE("");
}

void codes_find_nearest(const struct soc_index *index, const struct code *code, size_t most, size_t *from, size_t *to)
{
	struct code major = code_at_level(code, LEVEL_MAJOR);
	size_t first = 0, end = index->count, place = 0;
	if (!soc_index_range(index, &major, &first, &end)) {
		first = 0;
		end = index->count;
	}
	while (place < index->count && strcmp(index->entries[place].code.text, code->text) < 0)
		place++;
	*from = place > first + most / 2 ? place - most / 2 : first;
	if (*from + most > end)
		*from = end - first > most ? end - most : first;
	*to = *from + most < end ? *from + most : end;
}

struct slice category_short_name(struct slice name, size_t room)
{
	for (size_t i = 1; i + 3 <= name.length; i++)
		if (memcmp(name.at + i, " - ", 3) == 0)
			name.length = i;
	if (name.length <= room)
		return name;
	name.length = room;
	while (name.length > 0 && name.at[name.length] != ' ')
		name.length--;
	return name;
}

bool fact_code_known(const struct soc_index *index, const struct code *code)
{
	size_t count;
	for (size_t i = 0; i < index->facts.count; i++)
		if (facts_of(&index->facts.at[i], slice_of(code->text), &count))
			return true;
	return false;
}

bool fact_taken_from(const struct soc_index *index, size_t number, const struct code *code)
{
	for (size_t i = 0; i < index->facts.count; i++) {
		struct fact_answer a = fact_find(index, &index->facts.at[i], &index->entries[number].code);
		if (a.count && slice_equal(a.at->code, slice_of(code->text)))
			return true;
	}
	return false;
}
