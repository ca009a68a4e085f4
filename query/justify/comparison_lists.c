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
	size_t capacity;
	struct buffer key;       /* scratch */
	bool known_only;         /* keep nothing that no code before has */
};

/* How much employers ask for a technology. */
static unsigned demand(const struct evidence *e)
{
	return !e ? 0 : e->flags & EVIDENCE_IN_DEMAND ? 2 : e->flags & EVIDENCE_HOT ? 1 : 0;
}

/* "Senior-Software  Engineer" and "SENIOR SOFTWARE ENGINEER" are one; what is not ASCII stays. */
static bool put_key(struct gathering *g, struct slice text)
{
	bool gap = false;
	buffer_clear(&g->key);
	if (!buffer_reserve(&g->key, text.length + 1, g->err))
		return false;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		bool kept = ascii_is_letter(c) || ascii_is_digit(c) || c == '+' || c == '#' || (unsigned char)c >= 0x80;
		if (kept && gap && g->key.length > 0)
			g->key.at[g->key.length++] = ' ';
		gap = !kept && (gap || g->key.length > 0);
		if (kept)
			g->key.at[g->key.length++] = ascii_to_lower(c);
	}
	return true;
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
		if (!array_reserve((void **)&g->at, &g->capacity, g->keys.count, sizeof *g->at, g->err))
			return false;
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

static bool gather_side(struct gathering *g, enum field field, bool filed, size_t side)
{
	for (size_t m = 0; m < g->x->sides[side].member_count; m++) {
		const struct occupation *o = &g->x->sides[side].members[m];
		for (size_t i = 0; i < o->evidence_count; i++) {
			const struct evidence *e = &o->evidence[i];
			bool wanted = evidence_specs[e->kind].field == field && (!filed || e->kind == EVIDENCE_FILED_TITLE);
			if (wanted && !add(g, e, o, side))
				return false;
		}
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

static bool gather(struct gathering *g, enum field field, bool filed)
{
	size_t last = filed ? find_largest(g->x) : g->x->count;
	for (size_t s = 0; s < g->x->count; s++)
		if (s != last && !gather_side(g, field, filed, s))
			return false;
	g->known_only = filed;
	return !filed || gather_side(g, field, filed, last);
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

static int compare_common(const void *a, const void *b)
{
	const struct comparison_common *x = a, *y = b;
	unsigned filed[] = { second_most(x), second_most(y) }, asked[] = { demands(x), demands(y) };
	if (filed[0] != filed[1])
		return filed[0] < filed[1] ? 1 : -1;
	if (x->holders != y->holders)
		return x->holders < y->holders ? 1 : -1;
	if (asked[0] != asked[1])
		return asked[0] < asked[1] ? 1 : -1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static int compare_own(const void *a, const void *b)
{
	const struct comparison_own *x = a, *y = b;
	if (demand(x->evidence) != demand(y->evidence))
		return demand(x->evidence) < demand(y->evidence) ? 1 : -1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* ---- what is common, what is not ---- */

static void share_out(struct gathering *g, bool filed)
{
	for (size_t i = 0; i < g->keys.count; i++) {
		const struct comparison_common *c = &g->at[i];
		size_t side = 0;
		if (c->holders > 1) {
			g->out->common[g->out->common_count++] = *c;
			continue;
		}
		while (!c->of[side])
			side++;
		if (!filed)
			g->out->own[side][g->out->own_count[side]++] =
				(struct comparison_own){ .evidence = c->of[side], .member = c->member[side], .order = i };
	}
}

static bool find_list(struct command *c, struct comparison *x, enum field field, bool filed, struct comparison_list *out)
{
	struct gathering g = { .arena = &c->arena, .err = c->err, .x = x, .out = out };
	bool ok = gather(&g, field, filed);
	size_t common = 0;
	for (size_t i = 0; ok && i < g.keys.count; i++)
		common += g.at[i].holders > 1;
	out->common = ok ? arena_alloc(g.arena, (common + 1) * sizeof *out->common, g.err) : NULL;
	ok = out->common != NULL;
	for (size_t s = 0; ok && s < x->count; s++) {
		out->own[s] = arena_alloc(g.arena, ((filed ? 0 : out->totals[s]) + 1) * sizeof *out->own[s], g.err);
		ok = out->own[s] != NULL;
	}
	if (ok) {
		share_out(&g, filed);
		qsort(out->common, out->common_count, sizeof *out->common, compare_common);
		for (size_t s = 0; s < x->count; s++)
			qsort(out->own[s], out->own_count[s], sizeof *out->own[s], compare_own);
	}
	map_free(&g.keys);
	memory_free(g.at);
	buffer_free(&g.key);
	return ok;
}

bool comparison_find_lists(struct command *c, struct comparison *x)
{
	return find_list(c, x, FIELD_ACTIVITY, false, &x->activities) &&
	       find_list(c, x, FIELD_TECHNOLOGY, false, &x->technologies) &&
	       find_list(c, x, FIELD_TITLE, true, &x->titles);
}
