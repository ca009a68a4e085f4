// SPDX-License-Identifier: GPL-3.0-or-later
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
	for (size_t n = asked->first; side->members && n < asked->end; n++) {
		const struct occupation *member = command_occupation(c, n);
		if (!member)
			return false;
		side->members[side->member_count++] = *member;
	}
	if (side->members)
		side->has_advanced = education_advanced(&side->members[0], &side->advanced, &side->advanced_suppressed,
							&side->advanced_source);
	return side->members != NULL;
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

/* Before any fact is looked for: of another major group than these codes' none is. */
static bool need_all(struct command *c, const struct comparison *x)
{
	struct code codes[COMPARISON_MAX];
	for (size_t s = 0; s < x->count; s++)
		codes[s] = x->sides[s].own;
	return soc_index_need_manifest(c->index, c->err) && soc_index_need_reference(c->index, c->err) &&
	       soc_index_need_groups(c->index, c->err) && soc_index_need_facts_of(c->index, codes, x->count, c->err);
}

bool comparison_find(struct command *c, const struct asked_codes *codes, struct asked_ranking *ranked, size_t limit,
		     struct comparison *out)
{
	struct comparison_words words;
	*out = (struct comparison){ .level = codes->level, .job = ranked ? ranked->job : NULL, .limit = limit, .for_all = "--all" };
	if (!read_sides(c, codes, out) || !need_all(c, out))
		return false;
	comparison_words_begin(&words, c, out);
	bool ok = comparison_find_definitions(&words, out) && comparison_find_tasks(&words, out) && comparison_find_lists(c, out) &&
		  (!ranked || comparison_find_fit(&words, c, ranked, out)) && comparison_find_rows(c, out);
	comparison_words_free(&words);
	return ok;
}
