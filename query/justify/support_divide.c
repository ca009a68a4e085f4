// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * support_divide.c - the score of a code, divided among the evidence that gave it.
 */
#include <math.h>
#include <stdlib.h>

#include "lib/index/weight.h"
#include "query/justify/support_parts.h"

/* How the summands of a signal are divided. */
enum dividing { DIVIDED_NOT, DIVIDED_BY_WORDS, DIVIDED_BY_TITLES, DIVIDED_BY_HEADS };

/* What a signal reads: pieces count in it by their weight in the section, as they were counted when the index was made.  What
 * the text's signals read is that of one occupation. */
static const struct reading {
	enum dividing how;
	enum section section;
	bool scaled;
	bool of_text;
} readings[SIGNAL_COUNT] = {
	[SIGNAL_TITLE_VOTE] = { DIVIDED_BY_TITLES, SECTION_TITLES, true, false },
	[SIGNAL_TITLE_CONTAINED] = { DIVIDED_BY_TITLES, SECTION_TITLES, true, false },
	[SIGNAL_TITLE_EXACT] = { DIVIDED_BY_TITLES, SECTION_TITLES, true, false },
	[SIGNAL_TITLE_HEAD] = { DIVIDED_BY_HEADS, SECTION_TITLES, true, false },
	[SIGNAL_TITLE_PROSE] = { DIVIDED_BY_WORDS, SECTION_PROSE, false, false },
	[SIGNAL_TITLE_EXTRAS] = { DIVIDED_BY_WORDS, SECTION_EXTRAS, false, false },
	[SIGNAL_TEXT_WORDS] = { DIVIDED_BY_WORDS, SECTION_TEXT, false, true },
	[SIGNAL_TEXT_TITLES] = { DIVIDED_BY_WORDS, SECTION_TITLES, true, true },
	[SIGNAL_TEXT_BIGRAMS] = { DIVIDED_BY_WORDS, SECTION_TEXT, false, true },
	[SIGNAL_TEXT_EXTRAS] = { DIVIDED_BY_WORDS, SECTION_EXTRAS, false, true },
};

/* The score on its way to the drafts. */
struct dividing_up {
	struct making *m;
	double *weights;           /* by draft: what it weighs where the signal that is divided reads it */
	double *words;             /* by word: what of the signal no draft gave */
};

static void weigh_drafts(struct dividing_up *d, enum signal signal)
{
	const struct reading *r = &readings[signal];
	const struct making *m = d->m;
	for (size_t i = 0; i < m->draft_count; i++) {
		const struct draft *draft = &m->drafts[i];
		bool read = !r->of_text || draft->occupation == m->parts.text_occupation;
		double weight = evidence_weights[draft->kind][r->section] * (r->scaled ? draft->scale : 1.0);
		d->weights[i] = read ? weight : 0.0;
	}
}

/* ---- one summand ---- */

/* Divide among the pieces that have the words; false where none has. */
static bool divide_words(struct dividing_up *d, double amount, uint32_t word)
{
	const struct making *m = d->m;
	const uint32_t *held = m->held + m->held_first[word], *end = m->held + m->held_first[word + 1];
	double all = 0.0;
	for (const uint32_t *at = held; at < end; at++)
		all += d->weights[*at];
	for (const uint32_t *at = held; all > 0.0 && at < end; at++)
		m->drafts[*at].points += amount * d->weights[*at] / all;
	return all > 0.0;
}

/* ... among the titles that have the head word. */
static bool divide_heads(struct dividing_up *d, double amount)
{
	const struct making *m = d->m;
	double all = 0.0;
	for (size_t i = 0; i < m->draft_count; i++)
		all += m->drafts[i].heads * d->weights[i];
	for (size_t i = 0; all > 0.0 && i < m->draft_count; i++)
		m->drafts[i].points += amount * m->drafts[i].heads * d->weights[i] / all;
	return all > 0.0;
}

/* ... among the titles that are this bag; done for all bags at once (divide_titles). */
static bool divide_bag(struct dividing_up *d, double amount, uint32_t number)
{
	struct case_bag *bag = &d->m->bags[number];
	if (bag->weight <= 0.0)
		return false;
	bag->points += amount;
	return true;
}

static void divide_titles(struct dividing_up *d)
{
	const struct making *m = d->m;
	weigh_drafts(d, SIGNAL_TITLE_VOTE);
	for (size_t i = 0; i < m->draft_count; i++)
		for (size_t r = 0; r < TITLE_READINGS_MAX; r++) {
			uint32_t bag = m->drafts[i].bags[r];
			if (bag != MAP_NONE)
				m->drafts[i].points += m->bags[bag].points * d->weights[i] / m->bags[bag].weight;
		}
}

/* Whether there were pieces to divide it among. */
static bool divide_one(struct dividing_up *d, const struct contribution *x, uint32_t number)
{
	switch (readings[x->signal].how) {
	case DIVIDED_BY_WORDS: return is_words(x) && divide_words(d, x->amount, number);
	case DIVIDED_BY_TITLES: return x->cause == CAUSE_TITLE && divide_bag(d, x->amount, number);
	case DIVIDED_BY_HEADS: return is_words(x) && divide_heads(d, x->amount);
	case DIVIDED_NOT: break;
	}
	return false;
}

/* ---- what is left ---- */

static int compare_words(const void *a, const void *b)
{
	const struct support_word *x = a, *y = b;
	if (fabs(x->points) != fabs(y->points))
		return fabs(x->points) > fabs(y->points) ? -1 : 1;
	return x->word.at < y->word.at ? -1 : x->word.at > y->word.at;
}

/* The words of which something is left, the most telling first. */
static bool list_words(struct making *m, const double *points, struct support_word **out, size_t *count)
{
	size_t some = 0;
	for (uint32_t w = 0; w < m->words.count; w++)
		some += points[w] != 0.0;
	*count = 0;
	*out = arena_alloc(&m->c->arena, (some + 1) * sizeof **out, m->c->err);
	for (uint32_t w = 0; *out && w < m->words.count; w++)
		if (points[w] != 0.0)
			(*out)[(*count)++] = (struct support_word){ m->written[w], points[w] };
	if (*out && *count)
		qsort(*out, *count, sizeof **out, compare_words);
	return *out != NULL;
}

static int compare_rests(const void *a, const void *b)
{
	const struct support_rest *x = a, *y = b;
	if (fabs(x->points) != fabs(y->points))
		return fabs(x->points) > fabs(y->points) ? -1 : 1;
	return (int)x->signal - (int)y->signal;
}

/* Divide a signal's parts, which are `count` of `order`; what of it no piece gave is left. */
static bool divide_signal(struct dividing_up *d, enum signal signal, const uint32_t *order, size_t count)
{
	struct making *m = d->m;
	struct support_rest r = { .signal = signal };
	memset(d->words, 0, m->words.count * sizeof *d->words);
	if (readings[signal].how == DIVIDED_BY_WORDS || readings[signal].how == DIVIDED_BY_HEADS)
		weigh_drafts(d, signal);
	for (size_t i = 0; i < count; i++) {
		const struct contribution *x = &m->parts.at[order[i]];
		uint32_t number = m->numbers[order[i]];
		if (divide_one(d, x, number))
			continue;
		r.points += x->amount;
		if (is_words(x))
			d->words[number] += x->amount;
	}
	if (r.points == 0.0)
		return true;
	if (!list_words(m, d->words, &r.words, &r.word_count))
		return false;
	m->out->rests[m->out->rest_count++] = r;
	return true;
}

/* ---- the whole ---- */

/* The parts of each signal, in the order in which they came; those of a signal begin at first[signal]. */
static void order_parts(const struct making *m, size_t first[SIGNAL_COUNT + 1], uint32_t *order)
{
	size_t next[SIGNAL_COUNT] = { 0 };
	memset(first, 0, (SIGNAL_COUNT + 1) * sizeof *first);
	for (size_t i = 0; i < m->parts.count; i++)
		first[m->parts.at[i].signal + 1]++;
	for (size_t s = 0; s < SIGNAL_COUNT; s++) {
		first[s + 1] += first[s];
		next[s] = first[s];
	}
	for (size_t i = 0; i < m->parts.count; i++)
		order[next[m->parts.at[i].signal]++] = (uint32_t)i;
}

static bool divide_all(struct dividing_up *d, uint32_t *order)
{
	struct support *s = d->m->out;
	size_t first[SIGNAL_COUNT + 1];
	order_parts(d->m, first, order);
	for (size_t i = 0; i < SIGNAL_COUNT; i++)
		if (first[i + 1] > first[i] && !divide_signal(d, (enum signal)i, order + first[i], first[i + 1] - first[i]))
			return false;
	divide_titles(d);
	qsort(s->rests, s->rest_count, sizeof *s->rests, compare_rests);
	return list_words(d->m, d->m->points, &s->words, &s->word_count);
}

bool support_divide(struct making *m)
{
	struct dividing_up d = { .m = m };
	d.words = memory_resize(NULL, (m->words.count + 1) * sizeof *d.words);
	d.weights = memory_resize(NULL, (m->draft_count + 1) * sizeof *d.weights);
	uint32_t *order = memory_resize(NULL, (m->parts.count + 1) * sizeof *order);
	bool ok = (d.words && d.weights && order) || error_no_memory(m->c->err);
	m->out->rests = ok ? arena_alloc(&m->c->arena, SIGNAL_COUNT * sizeof *m->out->rests, m->c->err) : NULL;
	ok = m->out->rests && divide_all(&d, order);
	memory_free(d.words);
	memory_free(d.weights);
	memory_free(order);
	return ok;
}
