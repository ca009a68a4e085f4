// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * support.c - the case for a code: its words and titles, and what nothing explains.
 */
#include <stdlib.h>

#include "query/justify/support_parts.h"

/* ---- the words of the score ---- */

/* Words and pairs get numbers; the parts of the score, that of their words. */
static bool number_words(struct making *m)
{
	uint32_t number;
	struct arena *arena = &m->c->arena;
	for (uint32_t i = 0; i < m->asked->terms.count; i++)
		if (!map_add(&m->words, map_key(&m->asked->terms, i), &number, NULL, m->c->err))
			return false;
	m->numbers = arena_alloc(arena, (m->parts.count + 1) * sizeof *m->numbers, m->c->err);
	for (size_t i = 0; m->numbers && i < m->parts.count; i++)
		if (is_words(&m->parts.at[i]) && !map_add(&m->words, m->parts.at[i].words, &m->numbers[i], NULL, m->c->err))
			return false;
	size_t room = m->words.count + 1;
	m->known = arena_alloc(arena, room * sizeof *m->known, m->c->err);
	m->written = arena_alloc(arena, room * sizeof *m->written, m->c->err);
	m->points = arena_alloc(arena, room * sizeof *m->points, m->c->err);
	m->held_first = arena_alloc(arena, room * sizeof *m->held_first, m->c->err);
	return m->numbers && m->known && m->written && m->points && m->held_first;
}

/* A pair of words that are known is found from its first word on. */
static void link_pairs(struct making *m)
{
	for (uint32_t w = 0; w < m->words.count; w++)
		m->known[w].first_pair = MAP_NONE;
	for (uint32_t w = 0; w < m->words.count; w++) {
		struct slice words = map_key(&m->words, w);
		const char *blank = memchr(words.at, ' ', words.length);
		if (!blank)
			continue;
		size_t length = (size_t)(blank - words.at);
		uint32_t first = map_find(&m->words, (struct slice){ words.at, length });
		m->known[w].second = map_find(&m->words, (struct slice){ blank + 1, words.length - length - 1 });
		if (first == MAP_NONE || m->known[w].second == MAP_NONE)
			continue;
		m->known[w].next_pair = m->known[first].first_pair;
		m->known[first].first_pair = w;
	}
}

static void sum_words(struct making *m)
{
	m->head = MAP_NONE;
	for (size_t i = 0; i < m->parts.count; i++) {
		const struct contribution *x = &m->parts.at[i];
		if (!is_words(x))
			continue;
		uint32_t number = m->numbers[i];
		m->points[number] += x->amount;
		m->known[number].gives = true;
		if (x->signal == SIGNAL_TITLE_HEAD)
			m->head = number;
	}
	for (uint32_t w = 0; w < m->words.count; w++)
		m->known[w].marked = m->known[w].gives || w >= m->asked->own || !m->asked->little[w];
}

static void note_written(struct making *m, uint32_t number, struct slice text, size_t from, size_t end)
{
	if (number != MAP_NONE && !m->written[number].length)
		m->written[number] = (struct slice){ text.at + from, end - from };
}

/* How the words stand in the job: the first time counts. */
static bool read_written(struct making *m, struct slice text, bool of_title)
{
	struct text_words words;
	const struct text_word *before = NULL;
	if (!text_find(m->c->index->analyzer, text, &m->sought, &words, m->c->err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		const struct text_word *w = &words.at[i];
		before = w->clause ? NULL : before;
		if (w->stop)
			continue;
		note_written(m, w->number, text, w->start, w->start + w->length);
		if (w->number != MAP_NONE)
			m->known[w->number].of_title |= of_title;
		if (before && before->number != MAP_NONE && w->number != MAP_NONE)
			note_written(m, find_pair(m, before->number, w->number), text, before->start, w->start + w->length);
		before = w;
	}
	return true;
}

/* A correction or a synonym stands for a word of the job. */
static bool name_words(struct making *m, const struct ranking *ranking)
{
	if (!read_written(m, m->job->title, true) || !read_written(m, m->job->text, false))
		return false;
	for (size_t i = 0; i < ranking->rewording_count; i++)
		if (!read_written(m, ranking->rewordings[i].words, true))
			return false;
	for (uint32_t w = 0; w < m->words.count; w++)
		if (!m->written[w].length && !(m->written[w] = arena_copy(&m->c->arena, map_key(&m->words, w), m->c->err)).at)
			return false;
	return true;
}

/* ---- the titles of the score ---- */

/* A title that comes again has the number that it got. */
static uint32_t number_bag(struct making *m, uint32_t bag)
{
	uint32_t *slot = &m->bag_slots[bag & m->bag_mask], number = *slot;
	while (number > 0 && m->bags[number - 1].bag != bag)
		number = m->bags[number - 1].next;
	if (number > 0)
		return number - 1;
	m->bags[m->bag_count] = (struct case_bag){ .bag = bag, .next = *slot };
	*slot = ++m->bag_count;
	return *slot - 1;
}

static bool number_bags(struct making *m)
{
	size_t titles = 0, slots = 16;
	for (size_t i = 0; i < m->parts.count; i++)
		titles += m->parts.at[i].cause == CAUSE_TITLE;
	while (slots < titles)
		slots *= 2;
	m->bag_mask = (uint32_t)slots - 1;
	m->bags = arena_alloc(&m->c->arena, (titles + 1) * sizeof *m->bags, m->c->err);
	m->bag_slots = arena_alloc(&m->c->arena, slots * sizeof *m->bag_slots, m->c->err);
	for (size_t i = 0; m->bags && m->bag_slots && i < m->parts.count; i++)
		if (m->parts.at[i].cause == CAUSE_TITLE)
			m->numbers[i] = number_bag(m, m->parts.at[i].bag);
	return m->bags && m->bag_slots;
}

/* ---- what nothing explains ---- */

static bool find_unexplained(struct making *m)
{
	struct support *s = m->out;
	s->unexplained = arena_alloc(&m->c->arena, (m->asked->own + 1) * sizeof *s->unexplained, m->c->err);
	for (size_t i = 0; s->unexplained && i < m->asked->own; i++)
		if (!m->known[i].explained && !m->asked->little[i])
			s->unexplained[s->unexplained_count++] = m->asked->written[i];
	return s->unexplained != NULL;
}

/* Whether a sentence is of those that say nothing of the work. */
static bool is_lessened(const struct ranking *ranking, size_t at)
{
	const struct weighing *w = &ranking->weighed.weighing;
	for (size_t i = 0; i < w->count; i++)
		if (at >= w->at[i].start && at < (size_t)w->at[i].start + w->at[i].length)
			return w->at[i].weight < 1.0f;
	return false;
}

/* Fewer than a third of its words, of three or more, are in any evidence of the code. */
static bool is_unexplained(struct making *m, struct slice sentence, bool *out)
{
	struct text_words words;
	size_t all = 0, held = 0;
	if (!text_find(m->c->index->analyzer, sentence, &m->sought, &words, m->c->err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		uint32_t word = words.at[i].number;
		all += !words.at[i].stop;
		held += word != MAP_NONE && m->known[word].explained;
	}
	*out = all >= 3 && 3 * held < all;
	return true;
}

/* A sentence of three words has five bytes at least. */
static bool add_sentence(struct making *m, struct slice sentence)
{
	struct support *s = m->out;
	if (!s->sentences)
		s->sentences = arena_alloc(&m->c->arena, (m->job->text.length / 5 + 1) * sizeof *s->sentences, m->c->err);
	if (s->sentences)
		s->sentences[s->sentence_count++] = sentence;
	return s->sentences != NULL;
}

static bool find_sentences(struct making *m, const struct ranking *ranking)
{
	struct slice text = m->job->text, sentence;
	for (size_t at = 0; (sentence = next_sentence(text, &at)).length;) {
		bool unexplained;
		if (is_lessened(ranking, (size_t)(sentence.at - text.at)))
			continue;
		if (!is_unexplained(m, sentence, &unexplained) || (unexplained && !add_sentence(m, sentence)))
			return false;
	}
	return true;
}

/* ---- the whole ---- */

static struct slice title_of(const struct soc_index *index, const struct code *code)
{
	int number = soc_index_find(index, code);
	return number < 0 ? SLICE("") : index->entries[number].title;
}

static bool make_case(struct making *m, const struct ranking *ranking)
{
	if (!number_words(m))
		return false;
	link_pairs(m);
	sum_words(m);
	text_sought_begin(m->c->index->analyzer, &m->words, &m->sought);
	return name_words(m, ranking) && number_bags(m) && support_read(m) && support_divide(m) && support_order(m) &&
	       find_unexplained(m) && find_sentences(m, ranking);
}

bool support_find(struct command *c, const struct asked_ranking *ranked, size_t place, struct support *out)
{
	const struct ranking *ranking = &ranked->ranking;
	const struct candidate *candidate = &ranking->at[place];
	struct making m = { .c = c, .job = ranked->job, .asked = &ranked->words, .out = out };
	*out = (struct support){ .code = candidate->code, .title = title_of(c->index, &candidate->code), .candidate = candidate,
				 .place = place, .ranked = ranking->count };
	bool ok = rank_attribute(ranked->ranker, candidate, ranked->level, &c->arena, &m.parts, c->err) && make_case(&m, ranking);
	map_free(&m.words);
	memory_free(m.drafts);
	memory_free(m.spans);
	memory_free(m.holders);
	memory_free(m.held);
	return ok;
}
