// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/base/ascii.h"
#include "query/justify/comparison_parts.h"

/* ---- the classification ---- */

size_t comparison_digit(const struct code *a, const struct code *b, enum code_level *level)
{
	size_t digit = 0, i = 0;
	if (strcmp(a->text, b->text) == 0)
		return 0;
	for (; a->text[i] == b->text[i]; i++)
		digit += a->text[i] >= '0' && a->text[i] <= '9';
	*level = LEVEL_ONET;
	for (int l = LEVEL_SOC; l >= LEVEL_MAJOR; l--) {
		struct code one = code_at_level(a, (enum code_level)l), other = code_at_level(b, (enum code_level)l);
		if (strcmp(one.text, other.text) != 0)
			*level = (enum code_level)l;
	}
	return digit + 1;
}

static void find_groups(struct comparison *x)
{
	for (size_t s = 0; s < x->count; s++)
		for (int level = 0; level < LEVEL_COUNT; level++)
			x->sides[s].groups[level] = code_at_level(&x->sides[s].asked->code, (enum code_level)level);
	for (int level = LEVEL_MAJOR; level <= LEVEL_SOC; level++) {
		for (size_t s = 1; s < x->count; s++)
			if (strcmp(x->sides[s].groups[level].text, x->sides[0].groups[level].text) != 0)
				return;
		x->related = true;
		x->shared = (enum code_level)level;
	}
}

/* ---- what is said of each ---- */

static bool read_side(struct command *c, const struct asked_code *asked, struct comparison_side *side)
{
	*side = (struct comparison_side){ .asked = asked, .own = c->index->entries[asked->first].code };
	side->members = arena_alloc(&c->arena, (asked->end - asked->first) * sizeof *side->members, c->err);
	for (size_t n = asked->first; side->members && n < asked->end; n++)
		if (!soc_index_occupation(c->index, n, &c->arena, &side->members[side->member_count++], c->err))
			return false;
	if (side->members)
		side->has_advanced = education_advanced(&side->members[0], &side->advanced, &side->advanced_suppressed,
							&side->advanced_source);
	return side->members != NULL;
}

static bool begins_with(struct slice text, struct slice beginning)
{
	return text.length >= beginning.length && memcmp(text.at, beginning.at, beginning.length) == 0;
}

/* The definition of the SOC first; the description of O*NET where it does not say the same, but for examples and what is
 * excluded, which the SOC has behind it. */
static void find_definitions(struct comparison_side *side)
{
	static const enum evidence_kind kinds[] = { EVIDENCE_DEFINITION, EVIDENCE_DESCRIPTION };
	const struct occupation *o = &side->members[0];
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		for (size_t i = 0; i < o->evidence_count; i++) {
			const struct evidence *e = &o->evidence[i];
			bool again = side->definition_count > 0 && begins_with(side->definitions[0].evidence->text, e->text);
			if (e->kind == kinds[k] && !again && side->definition_count < COMPARISON_DEFINITIONS)
				side->definitions[side->definition_count++].evidence = e;
		}
}

/* ---- the words that only one definition has ---- */

/* Which sides have a word in their definitions, as bits by its number. */
struct defining {
	struct map terms;
	unsigned *sides;
	size_t capacity;
};

static bool note_words(struct command *c, struct slice text, size_t side, struct defining *d)
{
	struct text_words words;
	if (!text_analyze(c->index->analyzer, text, &words, c->err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		uint32_t number;
		bool added;
		if (!map_add(&d->terms, words.at[i].term, &number, &added, c->err) ||
		    !array_reserve((void **)&d->sides, &d->capacity, d->terms.count, sizeof *d->sides, c->err))
			return false;
		d->sides[number] = (added ? 0 : d->sides[number]) | 1u << side;
	}
	return true;
}

static bool mark_words(struct command *c, const struct defining *d, size_t side, struct comparison_definition *out)
{
	struct text_words words;
	if (!text_analyze(c->index->analyzer, out->evidence->text, &words, c->err))
		return false;
	out->spans = arena_alloc(&c->arena, (words.count + 1) * sizeof *out->spans, c->err);
	for (size_t i = 0; out->spans && i < words.count; i++)
		if (!words.at[i].stop && !ascii_is_digit(*words.at[i].folded.at) && d->sides[map_find(&d->terms, words.at[i].term)] == 1u << side)
			out->spans[out->span_count++] = (struct span){ words.at[i].start, words.at[i].length };
	return out->spans != NULL;
}

static bool compare_definitions(struct command *c, struct comparison *x)
{
	struct defining d = { 0 };
	bool ok = true;
	for (size_t s = 0; s < x->count; s++) {
		find_definitions(&x->sides[s]);
		for (size_t i = 0; ok && i < x->sides[s].definition_count; i++)
			ok = note_words(c, x->sides[s].definitions[i].evidence->text, s, &d);
	}
	for (size_t s = 0; s < x->count; s++)
		for (size_t i = 0; ok && i < x->sides[s].definition_count; i++)
			ok = mark_words(c, &d, s, &x->sides[s].definitions[i]);
	map_free(&d.terms);
	memory_free(d.sides);
	return ok;
}

/* ---- all of it ---- */

static bool read_sides(struct command *c, const struct asked_codes *codes, struct comparison *x)
{
	if (codes->count < COMPARISON_MIN || codes->count > COMPARISON_MAX)
		return error_set(c->err, ERROR_USAGE, "name two to six codes, such as soc compare 15-2051 15-1252",
				 codes->count < COMPARISON_MIN ? "there is nothing to compare %s with"
							       : "more than six codes cannot be read side by side",
				 codes->count == 1 ? codes->at[0].code.text : "it");
	for (size_t s = 0; s < codes->count; s++)
		if (!read_side(c, &codes->at[s], &x->sides[x->count++]))
			return false;
	find_groups(x);
	return true;
}

static bool need_all(struct command *c)
{
	return soc_index_need_manifest(c->index, c->err) && soc_index_need_reference(c->index, c->err) &&
	       soc_index_need_groups(c->index, c->err) && soc_index_need_facts(c->index, c->err);
}

bool comparison_find(struct command *c, const struct asked_codes *codes, const struct job *job, const struct ranking *ranking,
		     size_t limit, struct comparison *out)
{
	struct comparison_words words = { 0 };
	*out = (struct comparison){ .level = codes->level, .job = ranking ? job : NULL, .limit = limit };
	bool ok = read_sides(c, codes, out) && need_all(c) && compare_definitions(c, out) &&
		  comparison_words_begin(&words, c, out) && comparison_find_tasks(&words, out) &&
		  comparison_find_lists(c, out) && (!ranking || comparison_find_fit(&words, c, ranking, out)) &&
		  comparison_find_rows(c, out);
	comparison_words_free(&words);
	return ok;
}
