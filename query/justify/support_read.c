// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * support_read.c - the evidence of a code, and which words and titles of the score it has.
 */
#include "lib/index/weight.h"
#include "lib/rank/bags.h"
#include "query/justify/support_parts.h"

static enum support_group group_of(enum evidence_kind kind)
{
	switch (evidence_specs[kind].field) {
	case FIELD_TITLE: return kind == EVIDENCE_FILED_TITLE ? SUPPORT_FILINGS : SUPPORT_TITLES;
	case FIELD_TASK: return SUPPORT_TASKS;
	case FIELD_DESCRIPTION: return SUPPORT_DEFINITION;
	case FIELD_ACTIVITY: return SUPPORT_ACTIVITIES;
	default: return SUPPORT_TECHNOLOGIES;
	}
}

/* ---- words ---- */

/* Note that the piece has a word, where that counts. */
static inline bool hold(struct making *m, uint32_t word)
{
	if (!m->known[word].gives)
		return true;
	if (m->holder_count == m->holder_capacity &&
	    !array_reserve((void **)&m->holders, &m->holder_capacity, m->holder_count + 1, sizeof *m->holders, m->c->err))
		return false;
	m->holders[m->holder_count++] = (struct holder){ word, (uint32_t)m->draft_count };
	m->held_first[word]++;
	return true;
}

/* Find the words of the job in one reading of a piece, which begins at `from`; *of_title is whether one is of its title. */
static bool read_words(struct making *m, struct text_words words, size_t from, bool *of_title)
{
	uint32_t before = MAP_NONE;   /* the word before, where it is one of the job's, as both of a pair are */
	*of_title = false;
	if (m->span_capacity - m->span_count < words.count &&
	    !array_reserve((void **)&m->spans, &m->span_capacity, m->span_count + words.count, sizeof *m->spans, m->c->err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		const struct text_word *w = &words.at[i];
		before = w->clause ? MAP_NONE : before;
		if (w->stop)
			continue;
		uint32_t word = w->number, pair = before != MAP_NONE && word != MAP_NONE ? find_pair(m, before, word) : MAP_NONE;
		before = word;
		if (word == MAP_NONE)
			continue;
		if (!hold(m, word) || (pair != MAP_NONE && !hold(m, pair)))
			return false;
		struct case_word *known = &m->known[word];
		known->seen = m->piece;
		known->explained = true;
		*of_title |= known->of_title;
		if (known->marked)
			m->spans[m->span_count++] = (struct span){ (uint32_t)(from + w->start), w->length };
	}
	return true;
}

/* A synonym that stands in the piece explains what it is one of. */
static void explain_others(struct making *m)
{
	for (size_t i = 0; i < m->asked->group_count; i++) {
		const struct word_group *g = &m->asked->groups[i];
		bool all = true;
		for (size_t k = 0; k < g->other_count; k++)
			all &= m->known[g->others[k]].seen == m->piece;
		for (size_t k = 0; all && k < g->own_count; k++)
			m->known[g->own[k]].explained = true;
	}
}

/* ---- titles ---- */

/* Which of the titles of the score a bag is; MAP_NONE where it is none. */
static uint32_t find_bag(const struct making *m, uint32_t bag)
{
	uint32_t at = m->bag_slots[bag & m->bag_mask];
	while (at > 0 && m->bags[at - 1].bag != bag)
		at = m->bags[at - 1].next;
	return at - 1;
}

/* A reading of a title that has a word of the job's title. */
static void read_title(struct making *m, struct draft *d, struct text_words words, size_t reading, uint32_t bag)
{
	const struct text_word *head = m->head != MAP_NONE ? text_head(words) : NULL;
	if (head && head->number == m->head)
		d->heads++;
	d->bags[reading] = find_bag(m, bag);
	if (d->bags[reading] == MAP_NONE)
		return;
	d->scale = d->scale > 0.0 ? d->scale : evidence_scale(d->evidence);
	m->bags[d->bags[reading]].weight += evidence_weights[d->evidence->kind][SECTION_TITLES] * d->scale;
}

/* ---- pieces ---- */

static bool read_reading(struct making *m, struct draft *d, struct slice text, size_t reading, uint32_t bag)
{
	struct text_words words;
	bool of_title;
	if (!text_find(m->c->index->analyzer, text, &m->sought, &words, m->c->err) ||
	    !read_words(m, words, (size_t)(text.at - d->evidence->text.at), &of_title))
		return false;
	if (of_title && d->group <= SUPPORT_FILINGS)
		read_title(m, d, words, reading, bag);
	return true;
}

enum { SPANS_AT_ONCE = 1024 };

static bool keep_spans(struct making *m, struct draft *d)
{
	if (m->span_left < m->span_count) {
		m->span_left = m->span_count > SPANS_AT_ONCE ? m->span_count : SPANS_AT_ONCE;
		m->span_room = arena_alloc(&m->c->arena, m->span_left * sizeof *m->span_room, m->c->err);
		if (!m->span_room)
			return false;
	}
	d->spans = m->span_room;
	d->span_count = (uint32_t)m->span_count;
	for (size_t i = 0; i < m->span_count; i++)
		m->span_room[i] = m->spans[i];
	m->span_room += m->span_count;
	m->span_left -= m->span_count;
	return true;
}

static bool keep_draft(struct making *m, struct draft *d)
{
	d->scale = d->scale > 0.0 ? d->scale : evidence_scale(d->evidence);
	m->drafts[m->draft_count++] = *d;
	return keep_spans(m, &m->drafts[m->draft_count - 1]);
}

/* Read a piece; it is kept where it has a word of the job. */
static bool read_piece(struct making *m, const struct evidence *e, size_t occupation, struct title_bags_read *bags)
{
	struct draft d = { .evidence = e, .occupation = (uint32_t)occupation, .bags = { MAP_NONE, MAP_NONE },
			   .kind = (unsigned char)e->kind, .group = (unsigned char)group_of(e->kind) };
	struct slice texts[TITLE_READINGS_MAX] = { e->text };
	bool title = d.group <= SUPPORT_FILINGS;
	size_t count = title ? title_readings(e->text, texts) : 1, holders = m->holder_count;
	uint32_t own[TITLE_READINGS_MAX] = { BAG_NONE, BAG_NONE };
	for (size_t i = 0; title && i < count; i++)
		own[i] = title_bags_next(bags);
	if (!text_beginnings_in(&m->asked->stems, e->text))
		return true;
	m->piece++;
	m->span_count = 0;
	for (size_t i = 0; i < count; i++)
		if (!read_reading(m, &d, texts[i], i, own[i]))
			return false;
	explain_others(m);
	return (m->span_count == 0 && m->holder_count == holders) || keep_draft(m, &d);
}

/* The drafts that have a word, by word.  So far there is how many each has. */
static bool order_holders(struct making *m)
{
	size_t end = 0;
	m->held = memory_resize(NULL, (m->holder_count + 1) * sizeof *m->held);
	if (!m->held)
		return error_no_memory(m->c->err);
	for (size_t w = 0; w <= m->words.count; w++)
		m->held_first[w] = end += m->held_first[w];
	for (size_t i = m->holder_count; i-- > 0;)
		m->held[--m->held_first[m->holders[i].word]] = m->holders[i].draft;
	return true;
}

/* There is room for all pieces, of which most are kept; they have a few words of the job each. */
static bool make_room(struct making *m)
{
	size_t pieces = 0;
	for (size_t o = m->parts.first; o < m->parts.end; o++) {
		const struct occupation *record = command_occupation(m->c, o);
		if (!record)
			return false;
		pieces += record->evidence_count;
	}
	return array_reserve((void **)&m->drafts, &m->draft_capacity, pieces, sizeof *m->drafts, m->c->err) &&
	       array_reserve((void **)&m->holders, &m->holder_capacity, 2 * pieces, sizeof *m->holders, m->c->err);
}

bool support_read(struct making *m)
{
	if (!make_room(m))
		return false;
	for (size_t o = m->parts.first; o < m->parts.end; o++) {
		const struct occupation *record = command_occupation(m->c, o);
		struct title_bags_read bags;
		if (!title_bags_begin(m->c->index, o, &bags, m->c->err))
			return false;
		for (size_t i = 0; i < record->evidence_count; i++)
			if (!read_piece(m, &record->evidence[i], o, &bags))
				return false;
	}
	return order_holders(m);
}
