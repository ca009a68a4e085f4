// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * other_codes.c - follows the pairs of the Census and of SOC 2010 backwards, once for all occupations of an index.
 */
#include <math.h>
#include <stdlib.h>

#include "query/engine/other_codes.h"

static const struct {
	enum edition edition;
	const char *hint;
} classifications[OTHER_CLASSIFICATION_COUNT] = {
	[OTHER_CENSUS_2018] = { EDITION_CENSUS_2018,
				"give soc-index the Census 2018 occupation code list with its SOC codes too" },
	[OTHER_SOC_2010] = { EDITION_SOC_2010,
			     "give soc-index the crosswalk from SOC 2010 to SOC 2018 of bls.gov too" },
};

/* How many digits of a code say that it lies under `to`: 6 where it is that code, fewer for a group or a pattern with X; 0
 * where it does not. */
static size_t shared_digits(struct slice to, const struct code *soc)
{
	struct code group;
	size_t digits = 0;
	if (code_parse(to, &group)) {
		if (strcmp(group.text, soc->text) == 0)
			return 6;
		enum code_level level = code_level(&group);
		struct code own = code_at_level(soc, level);
		static const size_t of_level[LEVEL_COUNT] = { 2, 3, 5, 0, 0 };
		return strcmp(own.text, group.text) == 0 ? of_level[level] : 0;
	}
	if (to.length != 7)
		return 0;
	for (size_t i = 0; i < 7; i++) {
		if (to.at[i] != 'X' && to.at[i] != soc->text[i])
			return 0;
		digits += i != 2 && to.at[i] != 'X';
	}
	return digits;
}

/* The codes that lead to `soc` with the most digits. */
static bool find_codes(struct soc_index *index, enum edition edition, const struct code *soc, struct buffer *codes,
		       struct other_code *out, struct error *err)
{
	size_t best = 0;
	buffer_clear(codes);
	for (size_t i = 0; i < index->crossings.count; i++) {
		const struct crossing *x = &index->crossings.at[i];
		size_t digits = x->from_edition == edition ? shared_digits(x->to, soc) : 0;
		if (digits == 0 || digits < best)
			continue;
		if (digits > best) {
			buffer_clear(codes);
			out->title = x->from_title;
		}
		best = digits;
		out->split = codes->length > 0;
		buffer_append_text(codes, codes->length ? "|" : "", err);
		buffer_append(codes, x->from.at, x->from.length, err);
	}
	out->code = arena_copy(&index->arena, buffer_slice(codes), err);
	return buffer_ok(codes) && out->code.at;
}

static bool has_edition(const struct soc_index *index, enum edition edition)
{
	for (size_t i = 0; i < index->crossings.count; i++)
		if (index->crossings.at[i].from_edition == edition)
			return true;
	return false;
}

bool other_codes_read(struct soc_index *index, enum other_classification which, struct other_codes *out,
		      struct error *err)
{
	enum edition edition = classifications[which].edition;
	struct buffer codes = { 0 };
	if (!soc_index_need_crossings(index, err))
		return false;
	if (!has_edition(index, edition))
		return error_set(err, ERROR_USAGE, classifications[which].hint,
				 "this index was built without the codes of %s", edition_name(edition));
	struct other_code *of = arena_alloc(&index->arena, (index->count + 1) * sizeof *of, err);
	bool ok = of != NULL;
	for (size_t i = 0; ok && i < index->count; i++) {
		struct code soc = code_soc(&index->entries[i].code);
		/* Occupations under one SOC code follow each other. */
		if (i > 0 && memcmp(index->entries[i - 1].code.text, soc.text, 7) == 0)
			of[i] = of[i - 1];
		else
			ok = find_codes(index, edition, &soc, &codes, &of[i], err);
		of[i].group = (uint32_t)i;
		for (size_t k = 0; ok && of[i].code.length && k < i; k++)
			if (slice_equal(of[k].code, of[i].code)) {
				of[i].group = (uint32_t)k;
				break;
			}
	}
	buffer_free(&codes);
	out->of[which] = of;
	return ok;
}

bool other_codes_read_with(struct soc_index *index, unsigned with, struct other_codes *out, struct error *err)
{
	return (!(with & WITH_CENSUS) || other_codes_read(index, OTHER_CENSUS_2018, out, err)) &&
	       (!(with & WITH_SOC_2010) || other_codes_read(index, OTHER_SOC_2010, out, err));
}

const struct other_code *other_code_of(const struct other_codes *o, enum other_classification which, size_t number)
{
	return o->of[which] && o->of[which][number].code.length ? &o->of[which][number] : NULL;
}

static int compare_scores(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return strcmp(x->code.text, y->code.text);
}

size_t other_codes_fold(const struct other_code *of, struct candidate *at, size_t count, uint16_t *places,
			size_t occupations)
{
	size_t kept = 0;
	memset(places, 0, occupations * sizeof *places);
	for (size_t i = 0; i < count; i++) {
		struct candidate c = at[i];
		uint16_t *place = &places[of[c.occupation].group]; /* from 1 */
		if (*place == 0) {
			at[kept++] = c;
			*place = (uint16_t)kept;
			continue;
		}
		struct candidate *best = &at[*place - 1];
		best->score += log1p(exp(c.score - best->score));
		best->confidence += c.confidence;
		best->matched |= c.matched;
	}
	qsort(at, kept, sizeof *at, compare_scores);
	return kept;
}
