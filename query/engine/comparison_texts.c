// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison_texts.c - what codes have in common, and what tells them apart: tasks, definitions, activities,
 * technologies, titles.
 */
#include <math.h>
#include <stdlib.h>

#include "lib/base/ascii.h"
#include "lib/rank/formulas.h"
#include "query/engine/comparison_internal.h"

/* ---- tasks: those of different codes are compared through the terms that they share ---- */

struct task {
	struct statement statement;
	const struct occupation *member;
	size_t side;
	double squares; /* of the idf of its terms, summed up */
	size_t group;   /* of those alike, from 1; 0: none */
};

struct pair {
	double cosine;
	uint32_t one, other; /* numbers of tasks, the smaller first */
};

struct tasks {
	struct contrast *contrast;
	struct session *session;
	struct comparison *x;
	struct task *at;
	size_t count;
	uint32_t *starts, *having; /* by term: where its tasks begin among all; the tasks */
	struct pair *pairs;
	size_t pair_count, pair_capacity;
};

static const struct evidence *tasks_of(const struct occupation *o, size_t *count)
{
	return occupation_evidence(o, EVIDENCE_CORE_TASK, EVIDENCE_EMERGING_TASK, count);
}

static struct task read_task(struct tasks *t, const struct evidence *e, const struct occupation *member, size_t side)
{
	struct task task = { .statement = contrast_read(t->contrast, e), .member = member, .side = side };
	for (size_t i = 0; i < task.statement.count; i++) {
		uint32_t term = task.statement.terms[i];
		contrast_weigh(t->contrast, term);
		task.squares += t->contrast->terms[term].idf * t->contrast->terms[term].idf;
	}
	return task;
}

static void read_tasks(struct tasks *t)
{
	size_t all = 0, count;
	for (size_t s = 0; s < t->x->count; s++)
		for (size_t m = 0; m < t->x->sides[s].member_count; m++) {
			tasks_of(&t->x->sides[s].members[m], &count);
			t->x->tasks.totals[s] += count;
			all += count;
		}
	if (!SESSION_ARRAY(t->session, t->at, all))
		return;
	for (size_t s = 0; s < t->x->count; s++)
		for (size_t m = 0; m < t->x->sides[s].member_count; m++) {
			const struct occupation *o = &t->x->sides[s].members[m];
			const struct evidence *e = tasks_of(o, &count);
			for (size_t i = 0; i < count; i++)
				t->at[t->count++] = read_task(t, &e[i], o, s);
		}
}

/* The tasks that have each term, in their order. */
static bool invert_tasks(struct tasks *t)
{
	size_t terms = t->contrast->numbers.count, total = 0;
	for (size_t i = 0; i < t->count; i++)
		total += t->at[i].statement.count;
	if (!SESSION_ARRAY(t->session, t->starts, terms + 1) || !SESSION_ARRAY(t->session, t->having, total))
		return false;
	/* Counted two places on, so that filling leaves each start where it belongs. */
	for (size_t i = 0; i < t->count; i++)
		for (size_t k = 0; k < t->at[i].statement.count; k++)
			t->starts[t->at[i].statement.terms[k] + 2]++;
	for (size_t n = 2; n < terms + 2; n++)
		t->starts[n] += t->starts[n - 1];
	for (size_t i = 0; i < t->count; i++)
		for (size_t k = 0; k < t->at[i].statement.count; k++)
			t->having[t->starts[t->at[i].statement.terms[k] + 1]++] = (uint32_t)i;
	return true;
}

/* What tasks of other codes behind this one have in common with it, as sums of squares in `sums`. */
static void add_common(const struct tasks *t, uint32_t one, double *sums)
{
	const struct task *task = &t->at[one];
	for (size_t k = 0; k < task->statement.count; k++) {
		uint32_t term = task->statement.terms[k];
		double idf = t->contrast->terms[term].idf;
		for (uint32_t p = t->starts[term]; p < t->starts[term + 1]; p++)
			if (t->having[p] > one && t->at[t->having[p]].side != task->side)
				sums[t->having[p]] += idf * idf;
	}
}

static void find_pairs(struct tasks *t)
{
	double *sums;
	if (!invert_tasks(t) || !SESSION_ARRAY(t->session, sums, t->count))
		return;
	for (uint32_t one = 0; one < t->count; one++) {
		add_common(t, one, sums);
		for (uint32_t other = one + 1; other < t->count; other++) {
			double cosine = cosine_of(sums[other], t->at[one].squares, t->at[other].squares);
			sums[other] = 0.0;
			if (cosine < COMPARISON_ALIKE)
				continue;
			if (!ARRAY_RESERVE(t->pairs, t->pair_capacity, t->pair_count + 1, t->session->err))
				return;
			t->pairs[t->pair_count++] = (struct pair){ cosine, one, other };
		}
	}
}

static int compare_pairs(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	if (x->cosine != y->cosine)
		return x->cosine < y->cosine ? 1 : -1;
	return x->one != y->one ? (x->one < y->one ? -1 : 1) : x->other < y->other ? -1 : x->other > y->other;
}

static void join(struct comparison_common *group, size_t number, struct task *task, double cosine)
{
	group->of[task->side] = task->statement.evidence;
	group->member[task->side] = task->member;
	group->occurrences++;
	group->alike = fmin(group->alike, cosine);
	task->group = number;
}

/* The most alike are joined first; of each code one task stands in a group. */
static void join_pairs(struct tasks *t, struct comparison_list *out)
{
	if (t->pair_count > 0)
		qsort(t->pairs, t->pair_count, sizeof *t->pairs, compare_pairs);
	if (!SESSION_ARRAY(t->session, out->common, t->pair_count))
		return;
	for (size_t i = 0; i < t->pair_count; i++) {
		struct task *one = &t->at[t->pairs[i].one], *other = &t->at[t->pairs[i].other];
		if (one->group && other->group)
			continue;
		if (!one->group && !other->group) {
			struct comparison_common *group = &out->common[out->common_count];
			*group = (struct comparison_common){ .alike = 1.0, .order = out->common_count++ };
			join(group, out->common_count, one, t->pairs[i].cosine);
			join(group, out->common_count, other, t->pairs[i].cosine);
			continue;
		}
		struct task *open = one->group ? other : one;
		size_t number = one->group + other->group;
		if (!out->common[number - 1].of[open->side])
			join(&out->common[number - 1], number, open, t->pairs[i].cosine);
	}
}

static int compare_common(const void *a, const void *b)
{
	const struct comparison_common *x = a, *y = b;
	if (x->occurrences != y->occurrences)
		return x->occurrences < y->occurrences ? 1 : -1;
	if (x->alike != y->alike)
		return x->alike < y->alike ? 1 : -1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* A term may stand in a task again, in another form: each first place is marked. */
static void mark_terms(const struct tasks *t, const struct task *task, struct comparison_own *out)
{
	if (!SESSION_ROOM(t->session, out->spans, task->statement.count))
		return;
	for (size_t i = 0; i < task->statement.count; i++)
		if (contrast_has_alone(t->contrast, task->statement.terms[i], task->side))
			out->spans[out->span_count++] = task->statement.written[i];
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

/* Room for all that each side may have for itself. */
static bool make_room(struct session *session, const struct comparison *x, struct comparison_list *out)
{
	for (size_t s = 0; s < x->count; s++)
		SESSION_ARRAY(session, out->own[s], out->totals[s]);
	return session_ok(session);
}

static void find_own(const struct tasks *t, struct comparison_list *out)
{
	if (!make_room(t->session, t->x, out))
		return;
	for (size_t i = 0; i < t->count; i++) {
		const struct task *task = &t->at[i];
		if (task->group)
			continue;
		struct comparison_own *own = &out->own[task->side][out->own_count[task->side]++];
		*own = (struct comparison_own){ .evidence = task->statement.evidence,
						.member = task->member,
						.tells = contrast_of_statement(t->contrast, &task->statement,
									       task->side),
						.order = i,
						.other = task->member != t->x->sides[task->side].members };
		mark_terms(t, task, own);
	}
	for (size_t s = 0; s < t->x->count; s++)
		qsort(out->own[s], out->own_count[s], sizeof *out->own[s], compare_own);
}

void comparison_find_tasks(struct contrast *c, struct comparison *x)
{
	struct tasks t = { .contrast = c, .session = c->session, .x = x };
	read_tasks(&t);
	find_pairs(&t);
	join_pairs(&t, &x->tasks);
	if (x->tasks.common_count > 0)
		qsort(x->tasks.common, x->tasks.common_count, sizeof *x->tasks.common, compare_common);
	memory_free(t.pairs);
	find_own(&t, &x->tasks);
}

/* ---- definitions: the texts that define each code, and the words by which they differ ---- */

/* The definition of the SOC first; the description of O*NET where it does not say the same, but for examples and what
 * is excluded, which the SOC has behind it. */
static void find_definitions(struct comparison_side *side)
{
	static const enum evidence_kind kinds[] = { EVIDENCE_DEFINITION, EVIDENCE_DESCRIPTION };
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		size_t count;
		const struct evidence *e = occupation_evidence(&side->members[0], kinds[k], kinds[k], &count);
		for (; count > 0 && side->definition_count < COMPARISON_DEFINITIONS; count--, e++)
			if (side->definition_count == 0 || !slice_begins(side->definitions[0].evidence->text, e->text))
				side->definitions[side->definition_count++].evidence = e;
	}
}

/* Which sides have a term in their definitions, as bits by its number. */
struct defining {
	struct map terms;
	unsigned *sides;
	size_t capacity;
};

static void note_words(struct session *session, struct defining *d, struct text_words words, size_t side)
{
	for (size_t i = 0; i < words.count; i++) {
		uint32_t number;
		bool added;
		if (!map_add(&d->terms, words.at[i].term, &number, &added, session->err) ||
		    !ARRAY_RESERVE(d->sides, d->capacity, d->terms.count, session->err))
			return;
		d->sides[number] = (added ? 0 : d->sides[number]) | 1u << side;
	}
}

/* Words that stand in the descriptions and tasks of half of all codes tell nothing. */
static bool is_rare(struct contrast *c, struct slice term)
{
	uint32_t number = contrast_add(c, term, term);
	if (number == MAP_NONE)
		return false;
	contrast_weigh(c, number);
	return c->terms[number].idf > idf_value(2, 1);
}

static void mark_words(struct contrast *c, const struct defining *d, size_t side, struct text_words words,
		       struct comparison_definition *out)
{
	if (!SESSION_ROOM(c->session, out->spans, words.count))
		return;
	for (size_t i = 0; i < words.count; i++) {
		const struct text_word *word = &words.at[i];
		if (!word->stop && !ascii_is_digit(*word->folded.at) &&
		    d->sides[map_find(&d->terms, word->term)] == 1u << side && is_rare(c, word->term))
			out->spans[out->span_count++] = (struct span){ word->start, word->length };
	}
}

void comparison_find_definitions(struct contrast *c, struct comparison *x)
{
	struct defining d = { 0 };
	struct text_words words[COMPARISON_MAX][COMPARISON_DEFINITIONS] = { 0 };
	for (size_t s = 0; s < x->count; s++) {
		find_definitions(&x->sides[s]);
		for (size_t i = 0; i < x->sides[s].definition_count; i++) {
			struct slice text = x->sides[s].definitions[i].evidence->text;
			text_words_copy(session_tokenize(c->session, text), &c->session->arena, &words[s][i],
					c->session->err);
			note_words(c->session, &d, words[s][i], s);
		}
	}
	for (size_t s = 0; session_ok(c->session) && s < x->count; s++)
		for (size_t i = 0; i < x->sides[s].definition_count; i++)
			mark_words(c, &d, s, words[s][i], &x->sides[s].definitions[i]);
	map_free(&d.terms);
	memory_free(d.sides);
}

/* ---- lists: activities, technologies and filed titles, the same by id, or by text but for case and punctuation ---- */

/* One list, while it is gathered: by number of the key. */
struct list_builder {
	struct session *session;
	struct comparison *x;
	struct comparison_list *out;
	struct map keys;
	struct comparison_common *at;
	struct buffer key;   /* scratch */
	const char *letters; /* by byte: as it stands in a key; NUL: it separates */
	bool known_only;     /* keep nothing that no code before has */
};

/* "Senior-Software  Engineer" and "SENIOR SOFTWARE ENGINEER" are one; what is not ASCII stays. */
static void make_letters(char letters[256])
{
	for (int i = 0; i < 256; i++) {
		char c = (char)i;
		bool kept = ascii_is_letter(c) || ascii_is_digit(c) || c == '+' || c == '#' || i >= 0x80;
		letters[i] = (char)(kept ? ascii_to_lower(c) : 0);
	}
}

static bool put_key(struct list_builder *g, struct slice text)
{
	const char *letters = g->letters, *at = text.at, *stop = text.at + text.length;
	buffer_clear(&g->key);
	if (!buffer_reserve(&g->key, text.length + 1, g->session->err))
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

/* How much employers ask for a technology: up to this. */
#define DEMAND_MOST 2

static unsigned demand(const struct evidence *e)
{
	return !e ? 0 : e->flags & EVIDENCE_IN_DEMAND ? DEMAND_MOST : e->flags & EVIDENCE_HOT ? 1 : 0;
}

/* The number of the key of a piece; MAP_NONE where it is not kept, or after a failure. */
static uint32_t number_key(struct list_builder *g, const struct evidence *e)
{
	uint32_t number;
	bool added, by_id = e->kind == EVIDENCE_ACTIVITY && e->id.length > 0;
	if (!by_id && !put_key(g, e->text))
		return MAP_NONE;
	struct slice key = by_id ? e->id : buffer_slice(&g->key);
	if (g->known_only)
		return map_find(&g->keys, key);
	if (!map_add(&g->keys, key, &number, &added, g->session->err))
		return MAP_NONE;
	if (added)
		g->at[number] = (struct comparison_common){ .alike = 1.0, .order = number };
	return number;
}

/* The same thing may be said of several occupations under a code; the first stands for it, and filings are added up. */
static void add_piece(struct list_builder *g, const struct evidence *e, const struct occupation *member, size_t side)
{
	uint32_t number = number_key(g, e);
	struct comparison_common *c = &g->at[number == MAP_NONE ? 0 : number];
	g->out->filings[side] += e->count;
	g->out->totals[side] += number == MAP_NONE || c->of[side] == NULL;
	if (number == MAP_NONE)
		return;
	if (!c->of[side] || e->count > c->of[side]->count || demand(e) > demand(c->of[side])) {
		c->occurrences += c->of[side] == NULL;
		c->of[side] = e;
		c->member[side] = member;
	}
	c->filings[side] += e->count;
}

static void add_side(struct list_builder *g, enum evidence_kind kind, size_t side)
{
	for (size_t m = 0; m < g->x->sides[side].member_count; m++) {
		const struct occupation *o = &g->x->sides[side].members[m];
		size_t count;
		const struct evidence *e = occupation_evidence(o, kind, kind, &count);
		for (size_t i = 0; i < count && session_ok(g->session); i++)
			add_piece(g, &e[i], o, side);
	}
}

/* The code with the most filed titles has thousands of them, of which only those matter that another has too: it comes
 * last. */
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

static void add_sides(struct list_builder *g, enum evidence_kind kind)
{
	bool filed = kind == EVIDENCE_FILED_TITLE;
	size_t last = filed ? find_largest(g->x) : g->x->count, most = 0, count;
	for (size_t s = 0; s < g->x->count; s++)
		for (size_t m = 0; s != last && m < g->x->sides[s].member_count; m++) {
			occupation_evidence(&g->x->sides[s].members[m], kind, kind, &count);
			most += count;
		}
	/* Room for as many as there can be, at once: what one has is large to copy. */
	g->at = memory_resize(NULL, (most + 1) * sizeof *g->at);
	if (!g->at) {
		error_no_memory(g->session->err);
		return;
	}
	for (size_t s = 0; s < g->x->count; s++)
		if (s != last)
			add_side(g, kind, s);
	g->known_only = filed;
	if (filed)
		add_side(g, kind, last);
}

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
	return (uint64_t)second_most(c) << 16 | (uint64_t)c->occurrences << 8 | demands(c);
}

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	if (x->rank != y->rank)
		return x->rank < y->rank ? 1 : -1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static void list_common(struct list_builder *g)
{
	struct comparison_list *out = g->out;
	struct ranked *ranked;
	if (!SESSION_ARRAY(g->session, ranked, g->keys.count))
		return;
	for (size_t i = 0; i < g->keys.count; i++)
		if (g->at[i].occurrences > 1)
			ranked[out->common_count++] = (struct ranked){ rank_common(&g->at[i]), i };
	qsort(ranked, out->common_count, sizeof *ranked, compare_ranked);
	if (SESSION_ARRAY(g->session, out->common, out->common_count))
		for (size_t i = 0; i < out->common_count; i++)
			out->common[i] = g->at[ranked[i].number];
}

static const struct evidence *only_of(const struct comparison_common *c, size_t *side)
{
	*side = 0;
	while (!c->of[*side])
		++*side;
	return c->of[*side];
}

/* The most asked for first, of equal ones as they were found. */
static void list_own(struct list_builder *g)
{
	struct comparison_list *out = g->out;
	size_t side;
	if (!make_room(g->session, g->x, out))
		return;
	for (unsigned most = DEMAND_MOST + 1; most-- > 0;)
		for (size_t i = 0; i < g->keys.count; i++) {
			const struct evidence *e = g->at[i].occurrences == 1 ? only_of(&g->at[i], &side) : NULL;
			if (e && demand(e) == most)
				out->own[side][out->own_count[side]++] = (struct comparison_own){
					.evidence = e, .member = g->at[i].member[side], .order = i
				};
		}
}

void comparison_find_list(struct session *s, struct comparison *x, enum evidence_kind kind, struct comparison_list *out)
{
	char letters[256];
	struct list_builder g = { .session = s, .x = x, .out = out, .letters = letters };
	make_letters(letters);
	add_sides(&g, kind);
	list_common(&g);
	if (kind != EVIDENCE_FILED_TITLE)
		list_own(&g);
	map_free(&g.keys);
	memory_free(g.at);
	buffer_free(&g.key);
}
