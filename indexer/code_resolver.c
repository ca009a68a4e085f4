// SPDX-License-Identifier: GPL-3.0-or-later
/* code_resolver.c - which occupation a code of a source means: exact, by its SOC code, or by a crosswalk. */
#include "indexer/code_resolver.h"

bool resolver_add_occupation(struct resolver *r, const struct code *code, uint32_t draft, struct error *err)
{
	struct code soc = code_soc(code);
	uint32_t number;
	bool added;
	if (!map_add(&r->soc, slice_of(soc.text), &number, &added, err) ||
	    !ARRAY_RESERVE(r->first, r->first_capacity, number + 1, err))
		return false;
	if (added || strcmp(code->text, r->first[number].code.text) < 0)
		r->first[number] = (struct first_under){ *code, draft };
	for (int level = LEVEL_MAJOR; level <= LEVEL_SOC; level++) {
		struct code group = code_at_level(code, (enum code_level)level);
		if (!map_add(&r->groups, slice_of(group.text), &number, NULL, err))
			return false;
	}
	return true;
}

bool resolver_add_crossing(struct resolver *r, const struct code *from, const struct code *to, struct error *err)
{
	uint32_t number;
	bool added;
	if (!map_add(&r->old, slice_of(from->text), &number, &added, err) ||
	    !ARRAY_RESERVE(r->successors, r->successor_capacity, number + 1, err))
		return false;
	struct successor *s = &r->successors[number];
	if (added)
		*s = (struct successor){ *to, 1 };
	else if (strcmp(s->to.text, to->text) != 0)
		s->count++;
	return true;
}

/* A code of this edition: an occupation's own, or a SOC code's first. */
static bool find_current(const struct resolver *r, const struct map *codes, const struct code *code, uint32_t *draft)
{
	*draft = map_find(codes, slice_of(code->text));
	if (*draft != MAP_NONE)
		return true;
	uint32_t number = code_is_onet(code) ? MAP_NONE : map_find(&r->soc, slice_of(code->text));
	if (number == MAP_NONE)
		return false;
	*draft = r->first[number].draft;
	return true;
}

static const struct successor *find_successor(const struct resolver *r, const struct code *code)
{
	uint32_t number = map_find(&r->old, slice_of(code->text));
	return number == MAP_NONE ? NULL : &r->successors[number];
}

enum reject_reason resolve(const struct resolver *r, const struct map *codes, const struct code *code, uint32_t *draft)
{
	struct code soc = code_soc(code);
	const struct code *readings[] = { code, &soc };
	enum reject_reason why = REJECT_UNKNOWN_CODE;
	for (size_t i = 0; i < 2; i++) {
		if (find_current(r, codes, readings[i], draft))
			return REJECT_NONE;
		const struct successor *s = find_successor(r, readings[i]);
		if (s && s->count == 1 && find_current(r, codes, &s->to, draft))
			return REJECT_NONE;
		if (s && s->count > 1)
			why = REJECT_AMBIGUOUS;
	}
	return why;
}

static bool in_scope(const struct resolver *r, const struct map *codes, const struct code *code,
		     enum resolve_scope scope)
{
	struct slice text = slice_of(code->text);
	if (code_is_onet(code))
		return scope == RESOLVE_ANY && map_find(codes, text) != MAP_NONE;
	if (scope == RESOLVE_SOC)
		return map_find(&r->soc, text) != MAP_NONE || strcmp(code->text, "99-9999") == 0;
	return map_find(&r->groups, text) != MAP_NONE ||
	       (scope == RESOLVE_SURVEY && strcmp(code->text, "00-0000") == 0);
}

/* A code of a survey's own, in a group that is there. */
static bool is_survey_code(const struct resolver *r, const struct code *code)
{
	struct code broad = code_at_level(code, LEVEL_BROAD);
	return !code_is_onet(code) && map_find(&r->groups, slice_of(broad.text)) != MAP_NONE;
}

enum reject_reason resolve_code(const struct resolver *r, const struct map *codes, const struct code *code,
				enum resolve_scope scope, struct code *to)
{
	*to = *code;
	if (in_scope(r, codes, code, scope))
		return REJECT_NONE;
	const struct successor *s = find_successor(r, code);
	if (s && s->count == 1 && in_scope(r, codes, &s->to, scope)) {
		*to = s->to;
		return REJECT_NONE;
	}
	if (scope == RESOLVE_SURVEY && is_survey_code(r, code))
		return REJECT_NONE;
	return s && s->count > 1 ? REJECT_AMBIGUOUS : REJECT_UNKNOWN_CODE;
}

void resolver_free(struct resolver *r)
{
	map_free(&r->soc);
	map_free(&r->old);
	map_free(&r->groups);
	memory_free(r->first);
	memory_free(r->successors);
	*r = (struct resolver){ 0 };
}
