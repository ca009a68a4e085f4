// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison_tasks.c - the tasks that codes have in common, and those that tell them apart.
 *
 * Statements of different codes are compared through their words: each word leads to the statements that have it, so that
 * only those are looked at that share something, and a code with hundreds of tasks costs no more than their words.
 */
#include <math.h>
#include <stdlib.h>

#include "query/justify/comparison_parts.h"

struct statement {
	const struct evidence *evidence;
	const struct occupation *member;
	size_t side;
	uint32_t *words;             /* numbers of its distinct words */
	struct span *written;        /* where each stands first */
	size_t count;
	double norm;
	size_t group;                /* of those alike, from 1; 0: none */
};

struct pair {
	double cosine;
	uint32_t one, other;         /* numbers of statements, the smaller first */
};

struct tasks {
	struct comparison_words *words;
	struct comparison *x;
	struct arena *arena;
	struct error *err;
	struct statement *at;
	size_t count;
	uint32_t *starts, *having;   /* by word: where its statements begin among all; the statements */
	struct pair *pairs;
	size_t pair_count, pair_capacity;
};

static const struct evidence *tasks_of(const struct occupation *o, size_t *count)
{
	return occupation_evidence(o, EVIDENCE_CORE_TASK, EVIDENCE_EMERGING_TASK, count);
}

/* ---- statements ---- */

static bool read_statement(struct tasks *t, struct statement *s)
{
	struct text_words words;
	double squares = 0.0;
	if (!text_analyze(t->words->index->analyzer, s->evidence->text, &words, t->err))
		return false;
	s->words = arena_alloc(t->arena, (words.count + 1) * sizeof *s->words, t->err);
	s->written = arena_alloc(t->arena, (words.count + 1) * sizeof *s->written, t->err);
	if (!s->words || !s->written)
		return false;
	for (size_t i = 0; i < words.count; i++) {
		uint32_t number;
		size_t k = 0;
		if (words.at[i].stop)
			continue;
		if (!comparison_words_look_up(t->words, words.at[i].term, &number))
			return false;
		while (k < s->count && s->words[k] != number)
			k++;
		if (k < s->count)
			continue;
		s->words[s->count] = number;
		s->written[s->count++] = (struct span){ words.at[i].start, words.at[i].length };
		squares += t->words->at[number].idf * t->words->at[number].idf;
	}
	s->norm = sqrt(squares);
	return true;
}

static bool read_statements(struct tasks *t)
{
	size_t all = 0, count;
	for (size_t s = 0; s < t->x->count; s++)
		for (size_t m = 0; m < t->x->sides[s].member_count; m++) {
			tasks_of(&t->x->sides[s].members[m], &count);
			t->x->tasks.totals[s] += count;
			all += count;
		}
	t->at = arena_alloc(t->arena, (all + 1) * sizeof *t->at, t->err);
	for (size_t s = 0; t->at && s < t->x->count; s++)
		for (size_t m = 0; m < t->x->sides[s].member_count; m++) {
			const struct occupation *o = &t->x->sides[s].members[m];
			const struct evidence *e = tasks_of(o, &count);
			for (size_t i = 0; i < count; i++) {
				t->at[t->count] = (struct statement){ .evidence = &e[i], .member = o, .side = s };
				if (!read_statement(t, &t->at[t->count++]))
					return false;
			}
		}
	return t->at != NULL;
}

/* ---- who is alike ---- */

/* The statements that have each word, in their order. */
static bool invert(struct tasks *t)
{
	size_t words = t->words->terms.count, total = 0;
	t->starts = arena_alloc(t->arena, (words + 2) * sizeof *t->starts, t->err);
	for (size_t i = 0; i < t->count; i++)
		total += t->at[i].count;
	t->having = arena_alloc(t->arena, (total + 1) * sizeof *t->having, t->err);
	if (!t->starts || !t->having)
		return false;
	/* Counted two places on, so that filling leaves each start where it belongs. */
	for (size_t i = 0; i < t->count; i++)
		for (size_t k = 0; k < t->at[i].count; k++)
			t->starts[t->at[i].words[k] + 2]++;
	for (size_t n = 2; n < words + 2; n++)
		t->starts[n] += t->starts[n - 1];
	for (size_t i = 0; i < t->count; i++)
		for (size_t k = 0; k < t->at[i].count; k++)
			t->having[t->starts[t->at[i].words[k] + 1]++] = (uint32_t)i;
	return true;
}

/* What statements of other codes behind this one have in common with it, as sums of squares in `sums`. */
static void add_common(const struct tasks *t, uint32_t one, double *sums)
{
	const struct statement *s = &t->at[one];
	for (size_t k = 0; k < s->count; k++) {
		double idf = t->words->at[s->words[k]].idf;
		for (uint32_t p = t->starts[s->words[k]]; p < t->starts[s->words[k] + 1]; p++)
			if (t->having[p] > one && t->at[t->having[p]].side != s->side)
				sums[t->having[p]] += idf * idf;
	}
}

static bool find_pairs(struct tasks *t)
{
	double *sums = arena_alloc(t->arena, (t->count + 1) * sizeof *sums, t->err);
	if (!sums)
		return false;
	for (uint32_t one = 0; one < t->count; one++) {
		add_common(t, one, sums);
		for (uint32_t other = one + 1; other < t->count; other++) {
			double cosine = sums[other] > 0.0 ? sums[other] / (t->at[one].norm * t->at[other].norm) : 0.0;
			sums[other] = 0.0;
			if (cosine < COMPARISON_ALIKE)
				continue;
			if (!array_reserve((void **)&t->pairs, &t->pair_capacity, t->pair_count + 1, sizeof *t->pairs, t->err))
				return false;
			t->pairs[t->pair_count++] = (struct pair){ cosine, one, other };
		}
	}
	return true;
}

static int compare_pairs(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	if (x->cosine != y->cosine)
		return x->cosine < y->cosine ? 1 : -1;
	return x->one != y->one ? (x->one < y->one ? -1 : 1) : x->other < y->other ? -1 : x->other > y->other;
}

static void join(struct comparison_common *group, size_t number, struct statement *s, double cosine)
{
	group->of[s->side] = s->evidence;
	group->member[s->side] = s->member;
	group->holders++;
	group->alike = fmin(group->alike, cosine);
	s->group = number;
}

/* The most alike are joined first; of each code one statement stands in a group. */
static bool join_pairs(struct tasks *t, struct comparison_list *out)
{
	if (t->pair_count > 0)
		qsort(t->pairs, t->pair_count, sizeof *t->pairs, compare_pairs);
	out->common = arena_alloc(t->arena, (t->pair_count + 1) * sizeof *out->common, t->err);
	for (size_t i = 0; out->common && i < t->pair_count; i++) {
		struct statement *one = &t->at[t->pairs[i].one], *other = &t->at[t->pairs[i].other];
		if (one->group && other->group)
			continue;
		if (!one->group && !other->group) {
			struct comparison_common *group = &out->common[out->common_count];
			*group = (struct comparison_common){ .alike = 1.0, .order = out->common_count++ };
			join(group, out->common_count, one, t->pairs[i].cosine);
			join(group, out->common_count, other, t->pairs[i].cosine);
			continue;
		}
		struct statement *open = one->group ? other : one;
		size_t number = one->group + other->group;
		if (!out->common[number - 1].of[open->side])
			join(&out->common[number - 1], number, open, t->pairs[i].cosine);
	}
	return out->common != NULL;
}

static int compare_common(const void *a, const void *b)
{
	const struct comparison_common *x = a, *y = b;
	if (x->holders != y->holders)
		return x->holders < y->holders ? 1 : -1;
	if (x->alike != y->alike)
		return x->alike < y->alike ? 1 : -1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* ---- what tells them apart ---- */

/* What is no core task is asked of fewer workers. */
#define OTHER_TASK 0.7

static double rate(const struct tasks *t, const struct statement *s)
{
	double sum = 0.0;
	bool other = s->evidence->kind == EVIDENCE_SUPPLEMENTAL_TASK || s->evidence->kind == EVIDENCE_EMERGING_TASK;
	for (size_t i = 0; i < s->count; i++)
		sum += comparison_words_tell(t->words, s->words[i], s->side);
	return s->count ? sum / sqrt((double)s->count) * (other ? OTHER_TASK : 1.0) : 0.0;
}

/* A word may stand in a statement again, in another form: each first place is marked. */
static bool mark_words(const struct tasks *t, const struct statement *s, struct comparison_own *out)
{
	out->spans = arena_alloc(t->arena, (s->count + 1) * sizeof *out->spans, t->err);
	for (size_t i = 0; out->spans && i < s->count; i++)
		if (comparison_words_only(t->words, s->words[i], s->side))
			out->spans[out->span_count++] = s->written[i];
	return out->spans != NULL;
}

static int compare_own(const void *a, const void *b)
{
	const struct comparison_own *x = a, *y = b;
	if (x->other != y->other)
		return x->other ? 1 : -1;
	if (x->tells != y->tells)
		return x->tells < y->tells ? 1 : -1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static bool find_own(const struct tasks *t, struct comparison_list *out)
{
	for (size_t s = 0; s < t->x->count; s++) {
		out->own[s] = arena_alloc(t->arena, (out->totals[s] + 1) * sizeof *out->own[s], t->err);
		if (!out->own[s])
			return false;
	}
	for (size_t i = 0; i < t->count; i++) {
		const struct statement *s = &t->at[i];
		struct comparison_own *own = &out->own[s->side][out->own_count[s->side]];
		if (s->group)
			continue;
		*own = (struct comparison_own){ .evidence = s->evidence, .member = s->member, .tells = rate(t, s),
						.order = i, .other = s->member != t->x->sides[s->side].members };
		if (!mark_words(t, s, own))
			return false;
		out->own_count[s->side]++;
	}
	for (size_t s = 0; s < t->x->count; s++)
		qsort(out->own[s], out->own_count[s], sizeof *out->own[s], compare_own);
	return true;
}

bool comparison_find_tasks(struct comparison_words *w, struct comparison *x)
{
	struct tasks t = { .words = w, .x = x, .arena = w->arena, .err = w->err };
	bool ok = read_statements(&t) && invert(&t) && find_pairs(&t) && join_pairs(&t, &x->tasks);
	if (ok && x->tasks.common_count > 0)
		qsort(x->tasks.common, x->tasks.common_count, sizeof *x->tasks.common, compare_common);
	memory_free(t.pairs);
	return ok && find_own(&t, &x->tasks);
}
