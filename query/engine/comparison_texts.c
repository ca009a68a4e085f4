// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison_texts.c - the tasks that codes have in common, and those that tell them apart.
 *
 * Statements of different codes are compared through their words: each word leads to the statements that have it, so that
 * only those are looked at that share something, and a code with hundreds of tasks costs no more than their words.
 */
#include <math.h>
#include <stdlib.h>

#include "lib/base/ascii.h"
#include "query/engine/comparison_internal.h"

struct statement {
	const struct evidence *evidence;
	const struct occupation *member;
	size_t side;
	uint32_t *words;      /* numbers of its distinct words */
	struct span *written; /* where each stands first */
	size_t count;
	double norm;
	size_t group; /* of those alike, from 1; 0: none */
};

struct pair {
	double cosine;
	uint32_t one, other; /* numbers of statements, the smaller first */
};

struct tasks {
	struct comparison_words *words;
	struct comparison *x;
	struct arena *arena;
	struct error *err;
	struct statement *at;
	size_t count;
	uint32_t *starts, *having; /* by word: where its statements begin among all; the statements */
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
	if (!tokenize(t->words->index->analyzer, s->evidence->text, &words, t->err))
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
			if (!ARRAY_RESERVE(t->pairs, t->pair_capacity, t->pair_count + 1, t->err))
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
	group->occurrences++;
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
	if (x->occurrences != y->occurrences)
		return x->occurrences < y->occurrences ? 1 : -1;
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
		*own = (struct comparison_own){ .evidence = s->evidence,
						.member = s->member,
						.tells = rate(t, s),
						.order = i,
						.other = s->member != t->x->sides[s->side].members };
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

/* ---- comparison words ---- */

void comparison_words_begin(struct comparison_words *w, struct session *session, const struct comparison *x)
{
	*w = (struct comparison_words){ .index = session->index,
					.arena = &session->arena,
					.err = session->err,
					.count = x->count,
					.documents =
						x->level == LEVEL_ONET ? &session->index->onet : &session->index->soc };
	for (size_t s = 0; s < x->count; s++) {
		uint32_t document = w->documents->of[x->sides[s].asked->first];
		size_t k = s;
		for (; k > 0 && w->held[k - 1].document > document; k--) {
			w->held[k] = w->held[k - 1];
			w->sides[k] = w->sides[k - 1];
		}
		w->held[k].document = document;
		w->sides[k] = s;
	}
}

void comparison_words_free(struct comparison_words *w)
{
	map_free(&w->terms);
	memory_free(w->at);
}

bool comparison_words_look_up(struct comparison_words *w, struct slice term, uint32_t *number)
{
	struct query q;
	bool added;
	if (!map_add(&w->terms, term, number, &added, w->err))
		return false;
	if (!added)
		return true;
	if (!ARRAY_RESERVE(w->at, w->capacity, w->terms.count, w->err) ||
	    !query_read_term(w->index, term, w->arena, &q, w->err))
		return false;
	size_t n = postings_find(q.terms[0].sections[SECTION_PROSE], w->documents, w->index->count, w->held, w->count);
	struct comparison_word *word = &w->at[*number];
	*word = (struct comparison_word){ .idf = log1p((double)w->documents->count / (double)(n ? n : 1)) };
	for (size_t k = 0; k < w->count; k++)
		word->worth[w->sides[k]] = log1p((double)w->held[k].weight / WEIGHT_UNIT) * word->idf;
	return true;
}

static double worth_elsewhere(const struct comparison_words *w, uint32_t number, size_t side)
{
	double most = 0.0;
	for (size_t s = 0; s < w->count; s++)
		if (s != side)
			most = fmax(most, w->at[number].worth[s]);
	return most;
}

double comparison_words_tell(const struct comparison_words *w, uint32_t number, size_t side)
{
	return w->at[number].worth[side] - worth_elsewhere(w, number, side);
}

bool comparison_words_rare(const struct comparison_words *w, uint32_t number)
{
	return w->at[number].idf > log1p(2.0);
}

bool comparison_words_only(const struct comparison_words *w, uint32_t number, size_t side)
{
	return w->at[number].worth[side] > 0.0 && worth_elsewhere(w, number, side) <= 0.0;
}

/* ---- comparison definitions ---- */

/*
 * comparison_definitions.c - the texts that define each code, and the words by which they differ.
 */

/* ---- which texts ---- */

static bool begins_with(struct slice text, struct slice beginning)
{
	return text.length >= beginning.length && memcmp(text.at, beginning.at, beginning.length) == 0;
}

/* The definition of the SOC first; the description of O*NET where it does not say the same, but for examples and what is
 * excluded, which the SOC has behind it. */
static void find_definitions(struct comparison_side *side)
{
	static const enum evidence_kind kinds[] = { EVIDENCE_DEFINITION, EVIDENCE_DESCRIPTION };
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		size_t count;
		const struct evidence *e = occupation_evidence(&side->members[0], kinds[k], kinds[k], &count);
		for (; count > 0 && side->definition_count < COMPARISON_DEFINITIONS; count--, e++) {
			bool again =
				side->definition_count > 0 && begins_with(side->definitions[0].evidence->text, e->text);
			if (!again)
				side->definitions[side->definition_count++].evidence = e;
		}
	}
}

/* ---- the words that only one definition has ---- */

/* Which sides have a word in their definitions, as bits by its number. */
struct defining {
	struct map terms;
	unsigned *sides;
	size_t capacity;
};

static bool note_words(struct comparison_words *w, struct slice text, size_t side, struct defining *d,
		       struct text_words *out)
{
	struct text_words words;
	if (!tokenize(w->index->analyzer, text, &words, w->err) || !text_words_copy(words, w->arena, out, w->err))
		return false;
	for (size_t i = 0; i < out->count; i++) {
		uint32_t number;
		bool added;
		if (!map_add(&d->terms, out->at[i].term, &number, &added, w->err) ||
		    !ARRAY_RESERVE(d->sides, d->capacity, d->terms.count, w->err))
			return false;
		d->sides[number] = (added ? 0 : d->sides[number]) | 1u << side;
	}
	return true;
}

static bool mark_definition_words(struct comparison_words *w, const struct defining *d, size_t side,
				  struct text_words words, struct comparison_definition *out)
{
	out->spans = arena_alloc(w->arena, (words.count + 1) * sizeof *out->spans, w->err);
	for (size_t i = 0; out->spans && i < words.count; i++) {
		const struct text_word *word = &words.at[i];
		uint32_t number;
		if (word->stop || ascii_is_digit(*word->folded.at) ||
		    d->sides[map_find(&d->terms, word->term)] != 1u << side)
			continue;
		if (!comparison_words_look_up(w, word->term, &number))
			return false;
		if (comparison_words_rare(w, number))
			out->spans[out->span_count++] = (struct span){ word->start, word->length };
	}
	return out->spans != NULL;
}

bool comparison_find_definitions(struct comparison_words *w, struct comparison *x)
{
	struct defining d = { 0 };
	struct text_words words[COMPARISON_MAX][COMPARISON_DEFINITIONS];
	bool ok = true;
	for (size_t s = 0; s < x->count; s++) {
		find_definitions(&x->sides[s]);
		for (size_t i = 0; ok && i < x->sides[s].definition_count; i++)
			ok = note_words(w, x->sides[s].definitions[i].evidence->text, s, &d, &words[s][i]);
	}
	for (size_t s = 0; s < x->count; s++)
		for (size_t i = 0; ok && i < x->sides[s].definition_count; i++)
			ok = mark_definition_words(w, &d, s, words[s][i], &x->sides[s].definitions[i]);
	map_free(&d.terms);
	memory_free(d.sides);
	return ok;
}

/* ---- comparison lists ---- */

/*
 * comparison_lists.c - what codes have in common and for themselves of activities, technologies and filed titles: the same id,
 * or the same text but for case and punctuation.
 */

/* One list, while it is gathered: by number of the key. */
struct gathering {
	struct arena *arena;
	struct error *err;
	struct comparison *x;
	struct comparison_list *out;
	struct map keys;
	struct comparison_common *at;
	struct buffer key;   /* scratch */
	const char *letters; /* by byte: as it stands in a key; NUL: it separates */
	bool known_only;     /* keep nothing that no code before has */
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
		c->occurrences += c->of[side] == NULL;
		c->of[side] = e;
		c->member[side] = member;
	}
	c->filings[side] += e->count;
	return true;
}

static bool collect_side(struct gathering *g, enum evidence_kind kind, size_t side)
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
		if (s != last && !collect_side(g, kind, s))
			return false;
	g->known_only = filed;
	return !filed || collect_side(g, kind, last);
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
	return (uint64_t)second_most(c) << 16 | (uint64_t)c->occurrences << 8 | demands(c);
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
		if (g->at[i].occurrences > 1)
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
			const struct evidence *e = g->at[i].occurrences == 1 ? only_of(&g->at[i], &side) : NULL;
			if (e && demand(e) == most)
				out->own[side][out->own_count[side]++] = (struct comparison_own){
					.evidence = e, .member = g->at[i].member[side], .order = i
				};
		}
	return true;
}

static bool find_list(struct session *s, struct comparison *x, enum evidence_kind kind, const char *letters,
		      struct comparison_list *out)
{
	struct gathering g = { .arena = &s->arena, .err = s->err, .x = x, .out = out, .letters = letters };
	bool filed = kind == EVIDENCE_FILED_TITLE;
	bool ok = gather(&g, kind, filed) && list_common(&g) && (filed || list_own(&g));
	map_free(&g.keys);
	memory_free(g.at);
	buffer_free(&g.key);
	return ok;
}

bool comparison_find_lists(struct session *s, struct comparison *x)
{
	char letters[256];
	make_letters(letters);
	return find_list(s, x, EVIDENCE_ACTIVITY, letters, &x->activities) &&
	       find_list(s, x, EVIDENCE_TECHNOLOGY, letters, &x->technologies) &&
	       find_list(s, x, EVIDENCE_FILED_TITLE, letters, &x->titles);
}
