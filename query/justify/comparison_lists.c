// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison_lists.c - what codes have in common and for themselves of activities, technologies and filed titles: the same id,
 * or the same text but for case and punctuation.
 */
#include <stdlib.h>

#include "lib/base/ascii.h"
#include "query/justify/comparison_parts.h"

/* One list, while it is gathered: by number of the key. */
struct gathering {
	struct arena *arena;
	struct error *err;
	struct comparison *x;
	struct comparison_list *out;
	struct map keys;
	struct comparison_common *at;
	struct buffer key;       /* scratch */
	const char *letters;     /* by byte: as it stands in a key; NUL: it separates */
	bool known_only;         /* keep nothing that no code before has */
};

/* ---- keys ---- */

/* "Senior-Software  Engineer" and "SENIOR SOFTWARE ENGINEER" are one; what is not ASCII stays. */
static void make_letters(char letters[256])
{
	for (int i = 0; i < 256; i++) {
		char c = (char)i;
		bool kept = ascii_is_letter(c) || ascii_is_digit(c) || c == '+' || c == '#' || i >= 0x80;
		letters[i] = (char)(kept ? ascii_to_lower(c) : 0);
	}
}

static bool put_key(struct gathering *g, struct slice text)
{
	const char *letters = g->letters, *at = text.at, *stop = text.at + text.length;
	buffer_clear(&g->key);
	if (!buffer_reserve(&g->key, text.length + 1, g->err))
		return false;
	char *begin = g->key.at, *end = begin;
	while (at < stop) {
		char c = letters[(unsigned char)*at++];
		if (c == 0)
			continue;
		if (end > begin)
			*end++ = ' ';
		for (; c != 0; c = at < stop ? letters[(unsigned char)*at++] : 0)
			*end++ = c;
	}
	g->key.length = (size_t)(end - begin);
	return true;
}

/* ---- gathering ---- */

/* How much employers ask for a technology: up to this. */
#define DEMAND_MOST 2

static unsigned demand(const struct evidence *e)
{
	return !e ? 0 : e->flags & EVIDENCE_IN_DEMAND ? DEMAND_MOST : e->flags & EVIDENCE_HOT ? 1 : 0;
}

/* The same thing may be said of several occupations under a code; the first stands for it, and filings are added up. */
static bool add(struct gathering *g, const struct evidence *e, const struct occupation *member, size_t side)
{
	uint32_t number;
	bool added = false;
	bool by_id = e->kind == EVIDENCE_ACTIVITY && e->id.length > 0;
	if (!by_id && !put_key(g, e->text))
		return false;
	struct slice key = by_id ? e->id : buffer_slice(&g->key);
	g->out->filings[side] += e->count;
	if (g->known_only) {
		number = map_find(&g->keys, key);
		if (number == MAP_NONE) {
			g->out->totals[side]++;
			return true;
		}
	} else if (!map_add(&g->keys, key, &number, &added, g->err)) {
		return false;
	}
	if (added) {
		g->at[number] = (struct comparison_common){ .alike = 1.0, .order = number };
	}
	struct comparison_common *c = &g->at[number];
	g->out->totals[side] += c->of[side] == NULL;
	if (!c->of[side] || e->count > c->of[side]->count || demand(e) > demand(c->of[side])) {
		c->holders += c->of[side] == NULL;
		c->of[side] = e;
		c->member[side] = member;
	}
	c->filings[side] += e->count;
	return true;
}

static bool gather_side(struct gathering *g, enum evidence_kind kind, size_t side)
{
	for (size_t m = 0; m < g->x->sides[side].member_count; m++) {
		const struct occupation *o = &g->x->sides[side].members[m];
		size_t count;
		const struct evidence *e = occupation_evidence(o, kind, kind, &count);
		for (size_t i = 0; i < count; i++)
			if (!add(g, &e[i], o, side))
				return false;
	}
	return true;
}

/* The code with the most filed titles has thousands of them, of which only those matter that another has too: it comes last. */
static size_t find_largest(const struct comparison *x)
{
	size_t largest = 0, most = 0;
	for (size_t s = 0; s < x->count; s++) {
		size_t count = 0;
		for (size_t m = 0; m < x->sides[s].member_count; m++)
			count += x->sides[s].members[m].evidence_count;
		largest = count > most ? s : largest;
		most = count > most ? count : most;
	}
	return largest;
}

/* Room for as many as there can be, at once: what one has is large to copy. */
static bool make_room(struct gathering *g, enum evidence_kind kind, size_t last)
{
	size_t most = 0, count;
	for (size_t s = 0; s < g->x->count; s++)
		for (size_t m = 0; s != last && m < g->x->sides[s].member_count; m++) {
			occupation_evidence(&g->x->sides[s].members[m], kind, kind, &count);
			most += count;
		}
	g->at = memory_resize(NULL, (most + 1) * sizeof *g->at);
	return g->at || error_no_memory(g->err);
}

static bool gather(struct gathering *g, enum evidence_kind kind, bool filed)
{
	size_t last = filed ? find_largest(g->x) : g->x->count;
	if (!make_room(g, kind, last))
		return false;
	for (size_t s = 0; s < g->x->count; s++)
		if (s != last && !gather_side(g, kind, s))
			return false;
	g->known_only = filed;
	return !filed || gather_side(g, kind, last);
}

/* ---- order ---- */

static unsigned demands(const struct comparison_common *c)
{
	unsigned sum = 0;
	for (size_t s = 0; s < COMPARISON_MAX; s++)
		sum += demand(c->of[s]);
	return sum;
}

/* How often the second of those who have it most has it: both use what both file often. */
static uint32_t second_most(const struct comparison_common *c)
{
	uint32_t first = 0, second = 0;
	for (size_t s = 0; s < COMPARISON_MAX; s++)
		if (c->filings[s] > first) {
			second = first;
			first = c->filings[s];
		} else if (c->filings[s] > second) {
			second = c->filings[s];
		}
	return second;
}

/* One that several have, on its way to its place: what decides first lies in the highest bits of the rank. */
struct ranked {
	uint64_t rank;
	size_t number;
};

static uint64_t rank_common(const struct comparison_common *c)
{
	return (uint64_t)second_most(c) << 16 | (uint64_t)c->holders << 8 | demands(c);
}

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	if (x->rank != y->rank)
		return x->rank < y->rank ? 1 : -1;
	return x->number < y->number ? -1 : x->number > y->number;
}

/* ---- what is common, what is not ---- */

static bool list_common(struct gathering *g)
{
	struct comparison_list *out = g->out;
	struct ranked *ranked = memory_new((g->keys.count + 1) * sizeof *ranked, g->err);
	if (!ranked)
		return false;
	for (size_t i = 0; i < g->keys.count; i++)
		if (g->at[i].holders > 1)
			ranked[out->common_count++] = (struct ranked){ rank_common(&g->at[i]), i };
	qsort(ranked, out->common_count, sizeof *ranked, compare_ranked);
	out->common = arena_alloc(g->arena, (out->common_count + 1) * sizeof *out->common, g->err);
	for (size_t i = 0; out->common && i < out->common_count; i++)
		out->common[i] = g->at[ranked[i].number];
	memory_free(ranked);
	return out->common != NULL;
}

static const struct evidence *only_of(const struct comparison_common *c, size_t *side)
{
	*side = 0;
	while (!c->of[*side])
		++*side;
	return c->of[*side];
}

/* The most asked for first, of equal ones as they were found. */
static bool list_own(struct gathering *g)
{
	struct comparison_list *out = g->out;
	size_t side;
	for (size_t s = 0; s < g->x->count; s++) {
		out->own[s] = arena_alloc(g->arena, (out->totals[s] + 1) * sizeof *out->own[s], g->err);
		if (!out->own[s])
			return false;
	}
	for (unsigned most = DEMAND_MOST + 1; most-- > 0;)
		for (size_t i = 0; i < g->keys.count; i++) {
			const struct evidence *e = g->at[i].holders == 1 ? only_of(&g->at[i], &side) : NULL;
			if (e && demand(e) == most)
				out->own[side][out->own_count[side]++] =
					(struct comparison_own){ .evidence = e, .member = g->at[i].member[side], .order = i };
		}
	return true;
}

static bool find_list(struct command *c, struct comparison *x, enum evidence_kind kind, const char *letters,
		      struct comparison_list *out)
{
	struct gathering g = { .arena = &c->arena, .err = c->err, .x = x, .out = out, .letters = letters };
	bool filed = kind == EVIDENCE_FILED_TITLE;
	bool ok = gather(&g, kind, filed) && list_common(&g) && (filed || list_own(&g));
	map_free(&g.keys);
	memory_free(g.at);
	buffer_free(&g.key);
	return ok;
}

bool comparison_find_lists(struct command *c, struct comparison *x)
{
	char letters[256];
	make_letters(letters);
	return find_list(c, x, EVIDENCE_ACTIVITY, letters, &x->activities) &&
	       find_list(c, x, EVIDENCE_TECHNOLOGY, letters, &x->technologies) &&
	       find_list(c, x, EVIDENCE_FILED_TITLE, letters, &x->titles);
}
