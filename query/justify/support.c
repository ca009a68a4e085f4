// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <stdlib.h>

#include "lib/index/weight.h"
#include "lib/rank/bags.h"
#include "lib/text/title.h"
#include "query/justify/support.h"

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

/* One word, or pair of words, of the job in one piece of evidence. */
struct holder {
	uint32_t word;
	uint32_t piece;
};

/* A piece on its way: what is known of it before the score is divided. */
struct draft {
	struct support_piece piece;
	size_t bags[TITLE_READINGS_MAX];   /* of a title: which of the bags of the score each reading is */
	unsigned heads;              /* ... and how many have the head word of the job's title */
	double scale;
};

/* The case on its way. */
struct making {
	struct command *c;
	const struct job *job;
	struct attribution parts;
	const struct job_words *asked;   /* the words of the job, */
	struct map words;            /* ... by the same numbers, and behind them pairs of words */
	struct text_beginnings stems;   /* ... and how they begin, each of a pair too */
	struct slice *written;       /* by number in `words` */
	double *points;              /* ... and all that it gave */
	bool *gives;                 /* ... whether something of the score is its */
	bool *of_title;              /* ... whether it is of the title, or a synonym or a correction */
	bool *explained;             /* ... whether a piece explains it */
	uint32_t *seen;              /* ... the last piece that had it */
	uint32_t piece;              /* which piece of evidence is read, from 1 */
	uint32_t head;               /* the head word of the title; MAP_NONE where it gave nothing */
	uint32_t *bags;              /* the titles of the score, as bags, ascending */
	double *bag_weights;         /* ... and what the pieces that are one weigh together */
	double *bag_points;          /* ... and what they have to share */
	size_t bag_count;
	struct bag_finder finder;
	struct draft *drafts;
	size_t draft_count, draft_capacity;
	struct holder *holders;      /* by word once all have been found: those of a word begin at holder_first */
	size_t *holder_first;
	size_t holder_count, holder_capacity;
	struct buffer key;
	struct support *out;
};

/* ---- the words of the score ---- */

static bool is_words(const struct contribution *x)
{
	return x->cause == CAUSE_WORD || x->cause == CAUSE_PAIR;
}

/* Of a word, or of both of a pair. */
static void add_stems(struct making *m, struct slice words)
{
	const char *blank = memchr(words.at, ' ', words.length);
	size_t length = blank ? (size_t)(blank - words.at) : words.length;
	text_beginnings_add(&m->stems, (struct slice){ words.at, length });
	if (blank)
		text_beginnings_add(&m->stems, (struct slice){ blank + 1, words.length - length - 1 });
}

static bool number_words(struct making *m)
{
	uint32_t number;
	struct arena *arena = &m->c->arena;
	for (uint32_t i = 0; i < m->asked->terms.count; i++)
		if (!map_add(&m->words, map_key(&m->asked->terms, i), &number, NULL, m->c->err))
			return false;
	for (size_t i = 0; i < m->parts.count; i++)
		if (is_words(&m->parts.at[i]) && !map_add(&m->words, m->parts.at[i].words, &number, NULL, m->c->err))
			return false;
	for (uint32_t w = 0; w < m->words.count; w++)
		add_stems(m, map_key(&m->words, w));
	size_t room = m->words.count + 1;
	m->written = arena_alloc(arena, room * sizeof *m->written, m->c->err);
	m->points = arena_alloc(arena, room * sizeof *m->points, m->c->err);
	m->gives = arena_alloc(arena, room * sizeof *m->gives, m->c->err);
	m->of_title = arena_alloc(arena, room * sizeof *m->of_title, m->c->err);
	m->explained = arena_alloc(arena, room * sizeof *m->explained, m->c->err);
	m->seen = arena_alloc(arena, room * sizeof *m->seen, m->c->err);
	m->holder_first = arena_alloc(arena, (room + 1) * sizeof *m->holder_first, m->c->err);
	return m->written && m->points && m->gives && m->of_title && m->explained && m->seen && m->holder_first;
}

static void sum_words(struct making *m)
{
	m->head = MAP_NONE;
	for (size_t i = 0; i < m->parts.count; i++) {
		const struct contribution *x = &m->parts.at[i];
		if (!is_words(x))
			continue;
		uint32_t number = map_find(&m->words, x->words);
		m->points[number] += x->amount;
		m->gives[number] = true;
		if (x->signal == SIGNAL_TITLE_HEAD)
			m->head = number;
	}
}

/* A pair by its stems, with a space between. */
static bool find_pair(struct making *m, struct slice first, struct slice second, uint32_t *number)
{
	buffer_clear(&m->key);
	bool ok = buffer_append(&m->key, first.at, first.length, m->c->err) && buffer_append_byte(&m->key, ' ', m->c->err) &&
		  buffer_append(&m->key, second.at, second.length, m->c->err);
	*number = ok ? map_find(&m->words, buffer_slice(&m->key)) : MAP_NONE;
	return ok;
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
	if (!text_analyze(m->c->index->analyzer, text, &words, m->c->err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		const struct text_word *w = &words.at[i];
		uint32_t word, pair = MAP_NONE;
		before = w->clause ? NULL : before;
		if (w->stop)
			continue;
		if (before && !find_pair(m, before->term, w->term, &pair))
			return false;
		word = map_find(&m->words, w->term);
		note_written(m, word, text, w->start, w->start + w->length);
		if (word != MAP_NONE)
			m->of_title[word] |= of_title;
		if (before)
			note_written(m, pair, text, before->start, w->start + w->length);
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

static int compare_bags(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static bool list_bags(struct making *m)
{
	size_t room = m->parts.count + 1, kept = 0;
	m->bags = arena_alloc(&m->c->arena, room * sizeof *m->bags, m->c->err);
	m->bag_weights = arena_alloc(&m->c->arena, room * sizeof *m->bag_weights, m->c->err);
	m->bag_points = arena_alloc(&m->c->arena, room * sizeof *m->bag_points, m->c->err);
	if (!m->bags || !m->bag_weights || !m->bag_points)
		return false;
	for (size_t i = 0; i < m->parts.count; i++)
		if (m->parts.at[i].cause == CAUSE_TITLE)
			m->bags[m->bag_count++] = m->parts.at[i].bag;
	qsort(m->bags, m->bag_count, sizeof *m->bags, compare_bags);
	for (size_t i = 0; i < m->bag_count; i++)
		if (kept == 0 || m->bags[kept - 1] != m->bags[i])
			m->bags[kept++] = m->bags[i];
	m->bag_count = kept;
	return bag_finder_begin(&m->finder, m->c->index, m->bags, kept, m->c->err);
}

/* ---- the evidence that has them ---- */

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

static bool hold(struct making *m, uint32_t word)
{
	if (word == MAP_NONE || !m->gives[word])
		return true;
	if (!array_reserve((void **)&m->holders, &m->holder_capacity, m->holder_count + 1, sizeof *m->holders, m->c->err))
		return false;
	m->holders[m->holder_count++] = (struct holder){ word, (uint32_t)m->draft_count };
	m->holder_first[word + 1]++;
	return true;
}

/* A word of the job counts as explained, and is marked unless it is one that counts little. */
static void note_word(struct making *m, uint32_t word, struct support_piece *p, size_t start, size_t length)
{
	m->seen[word] = m->piece;
	m->explained[word] = true;
	if (m->gives[word] || word >= m->asked->own || !m->asked->little[word])
		p->spans[p->span_count++] = (struct span){ (uint32_t)start, (uint32_t)length };
}

/* Find the words of the job in one reading of a piece, which begins at `from`; *of_title is whether one is of its title. */
static bool read_words(struct making *m, struct draft *d, struct text_words words, size_t from, bool *of_title)
{
	const struct text_word *before = NULL;   /* the word before, where it is one of the job's, as both of a pair are */
	struct support_piece *p = &d->piece;
	*of_title = false;
	for (size_t i = 0; i < words.count; i++) {
		const struct text_word *w = &words.at[i];
		uint32_t pair = MAP_NONE;
		before = w->clause ? NULL : before;
		if (w->stop)
			continue;
		uint32_t word = map_find(&m->words, w->term);
		if (word == MAP_NONE) {
			before = NULL;
			continue;
		}
		if ((before && !find_pair(m, before->term, w->term, &pair)) || !hold(m, word) || !hold(m, pair))
			return false;
		note_word(m, word, p, from + w->start, w->length);
		*of_title |= m->of_title[word];
		before = w;
	}
	return true;
}

/* What a title that has a word of the job's is among those that voted. */
static bool read_title(struct making *m, struct draft *d, struct text_words words, size_t reading)
{
	const struct text_word *head = m->head != MAP_NONE ? text_head(words) : NULL;
	d->heads += head && slice_equal(head->term, map_key(&m->words, m->head));
	if (!bag_finder_find(&m->finder, words, &d->bags[reading], m->c->err))
		return false;
	m->bag_weights[d->bags[reading]] += evidence_weights[d->piece.evidence.kind][SECTION_TITLES] * d->scale;
	return true;
}

/* A synonym that stands in the piece explains what it is one of. */
static void explain_others(struct making *m)
{
	for (size_t i = 0; i < m->asked->group_count; i++) {
		const struct word_group *g = &m->asked->groups[i];
		bool all = true;
		for (size_t k = 0; k < g->other_count; k++)
			all &= m->seen[g->others[k]] == m->piece;
		for (size_t k = 0; all && k < g->own_count; k++)
			m->explained[g->own[k]] = true;
	}
}

/* Only what may be one of the bags is asked for all of its words. */
static bool analyze_reading(struct making *m, struct slice text, bool title, struct text_words *words)
{
	return title && m->bag_count > 0 ? text_analyze(m->c->index->analyzer, text, words, m->c->err)
					 : text_analyze_for(m->c->index->analyzer, text, &m->stems, words, m->c->err);
}

/* One way of reading a piece. */
static bool read_reading(struct making *m, struct draft *d, struct slice text, size_t reading)
{
	struct text_words words;
	struct support_piece *p = &d->piece;
	size_t from = (size_t)(text.at - p->evidence.text.at);
	bool title = evidence_specs[p->evidence.kind].field == FIELD_TITLE;
	if (!analyze_reading(m, text, title, &words))
		return false;
	struct span *spans = arena_alloc(&m->c->arena, (p->span_count + words.count + 1) * sizeof *spans, m->c->err);
	if (!spans)
		return false;
	if (p->span_count)
		memcpy(spans, p->spans, p->span_count * sizeof *spans);
	p->spans = spans;
	bool of_title;
	return read_words(m, d, words, from, &of_title) && (!title || !of_title || read_title(m, d, words, reading));
}

/* Read a piece; it is kept, and there is room for it, where it has a word of the job. */
static bool read_piece(struct making *m, const struct evidence *e, size_t occupation)
{
	struct draft d = { .piece = { .evidence = *e, .occupation = occupation, .group = group_of(e->kind) },
			   .scale = evidence_scale(e) };
	struct slice texts[TITLE_READINGS_MAX] = { e->text };
	size_t count = 1, holders = m->holder_count;
	m->piece++;
	if (!job_words_could_match(m->asked, e->text))
		return true;
	if (evidence_specs[e->kind].field == FIELD_TITLE)
		count = title_readings(e->text, texts);
	for (size_t i = 0; i < TITLE_READINGS_MAX; i++)
		d.bags[i] = m->bag_count;
	for (size_t i = 0; i < count; i++)
		if (!read_reading(m, &d, texts[i], i))
			return false;
	explain_others(m);
	if (d.piece.span_count == 0 && m->holder_count == holders)
		return true;
	m->drafts[m->draft_count++] = d;
	return true;
}

/* Holders by word; of a word in the order of the pieces. */
static bool order_holders(struct making *m)
{
	struct holder *ordered = memory_new((m->holder_count + 1) * sizeof *ordered, m->c->err);
	size_t *next = memory_new((m->words.count + 1) * sizeof *next, m->c->err);
	bool ok = ordered && next;
	for (size_t w = 0; ok && w < m->words.count; w++) {
		m->holder_first[w + 1] += m->holder_first[w];
		next[w] = m->holder_first[w];
	}
	for (size_t i = 0; ok && i < m->holder_count; i++)
		ordered[next[m->holders[i].word]++] = m->holders[i];
	memory_free(next);
	if (!ok) {
		memory_free(ordered);
		return false;
	}
	memory_free(m->holders);
	m->holders = ordered;
	return true;
}

static bool read_evidence(struct making *m)
{
	for (size_t o = m->parts.first; o < m->parts.end; o++) {
		const struct occupation *record = command_occupation(m->c, o);
		if (!record)
			return false;
		if (!array_reserve((void **)&m->drafts, &m->draft_capacity, m->draft_count + record->evidence_count, sizeof *m->drafts,
				   m->c->err))
			return false;
		for (size_t i = 0; i < record->evidence_count; i++)
			if (!read_piece(m, &record->evidence[i], o))
				return false;
	}
	return order_holders(m);
}

/* ---- dividing ---- */

/* What a piece weighs where a signal reads it. */
static double weight_of(const struct making *m, enum signal signal, const struct draft *d)
{
	const struct reading *r = &readings[signal];
	if (r->of_text && d->piece.occupation != m->parts.text_occupation)
		return 0.0;
	return evidence_weights[d->piece.evidence.kind][r->section] * (r->scaled ? d->scale : 1.0);
}

/* Divide among the pieces that have the words; false where none has. */
static bool divide_words(struct making *m, const struct contribution *x)
{
	uint32_t word = map_find(&m->words, x->words);
	size_t first = m->holder_first[word], end = m->holder_first[word + 1];
	double all = 0.0;
	for (size_t i = first; i < end; i++)
		all += weight_of(m, x->signal, &m->drafts[m->holders[i].piece]);
	for (size_t i = first; all > 0.0 && i < end; i++) {
		struct draft *d = &m->drafts[m->holders[i].piece];
		d->piece.points += x->amount * weight_of(m, x->signal, d) / all;
	}
	return all > 0.0;
}

/* ... among the titles that have the head word. */
static bool divide_heads(struct making *m, const struct contribution *x)
{
	double all = 0.0;
	for (size_t i = 0; i < m->draft_count; i++)
		all += m->drafts[i].heads * weight_of(m, x->signal, &m->drafts[i]);
	for (size_t i = 0; all > 0.0 && i < m->draft_count; i++)
		m->drafts[i].piece.points += x->amount * m->drafts[i].heads * weight_of(m, x->signal, &m->drafts[i]) / all;
	return all > 0.0;
}

/* ... among the titles that are this bag; done for all bags at once (divide_titles). */
static bool divide_bag(struct making *m, const struct contribution *x)
{
	const uint32_t *bag = bsearch(&x->bag, m->bags, m->bag_count, sizeof *m->bags, compare_bags);
	if (!bag || m->bag_weights[bag - m->bags] <= 0.0)
		return false;
	m->bag_points[bag - m->bags] += x->amount;
	return true;
}

static void divide_titles(struct making *m)
{
	for (size_t i = 0; i < m->draft_count; i++) {
		struct draft *d = &m->drafts[i];
		for (size_t r = 0; r < TITLE_READINGS_MAX; r++)
			if (d->bags[r] < m->bag_count)
				d->piece.points += m->bag_points[d->bags[r]] * weight_of(m, SIGNAL_TITLE_VOTE, d) /
						   m->bag_weights[d->bags[r]];
	}
}

/* Whether there were pieces to divide it among. */
static bool divide_one(struct making *m, const struct contribution *x)
{
	switch (readings[x->signal].how) {
	case DIVIDED_BY_WORDS: return is_words(x) && divide_words(m, x);
	case DIVIDED_BY_TITLES: return x->cause == CAUSE_TITLE && divide_bag(m, x);
	case DIVIDED_BY_HEADS: return is_words(x) && divide_heads(m, x);
	case DIVIDED_NOT: break;
	}
	return false;
}

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
	*count = 0;
	*out = arena_alloc(&m->c->arena, (m->words.count + 1) * sizeof **out, m->c->err);
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

/* What of a signal no piece gave. */
static bool rest_of(struct making *m, enum signal signal, double *words)
{
	struct support_rest r = { .signal = signal };
	memset(words, 0, m->words.count * sizeof *words);
	for (size_t i = 0; i < m->parts.count; i++) {
		const struct contribution *x = &m->parts.at[i];
		if (x->signal != signal || divide_one(m, x))
			continue;
		r.points += x->amount;
		if (is_words(x))
			words[map_find(&m->words, x->words)] += x->amount;
	}
	if (r.points == 0.0)
		return true;
	if (!list_words(m, words, &r.words, &r.word_count))
		return false;
	m->out->rests[m->out->rest_count++] = r;
	return true;
}

static bool divide(struct making *m)
{
	double *words = arena_alloc(&m->c->arena, (m->words.count + 1) * sizeof *words, m->c->err);
	m->out->rests = arena_alloc(&m->c->arena, SIGNAL_COUNT * sizeof *m->out->rests, m->c->err);
	for (int s = 0; s < SIGNAL_COUNT; s++)
		if (!words || !m->out->rests || !rest_of(m, (enum signal)s, words))
			return false;
	divide_titles(m);
	qsort(m->out->rests, m->out->rest_count, sizeof *m->out->rests, compare_rests);
	return list_words(m, m->points, &m->out->words, &m->out->word_count);
}

/* ---- in order ---- */

static int compare_pieces(const void *a, const void *b)
{
	const struct support_piece *x = *(const struct support_piece *const *)a, *y = *(const struct support_piece *const *)b;
	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->points != y->points)
		return x->points > y->points ? -1 : 1;
	if (x->group == SUPPORT_ACTIVITIES && x->span_count != y->span_count)
		return x->span_count > y->span_count ? -1 : 1;
	if (x->occupation != y->occupation)
		return x->occupation < y->occupation ? -1 : 1;
	return x->evidence.text.at < y->evidence.text.at ? -1 : x->evidence.text.at > y->evidence.text.at;
}

static bool order_pieces(struct making *m)
{
	struct support *s = m->out;
	size_t count = 0;
	const struct support_piece **order = arena_alloc(&m->c->arena, (m->draft_count + 1) * sizeof *order, m->c->err);
	s->pieces = arena_alloc(&m->c->arena, (m->draft_count + 1) * sizeof *s->pieces, m->c->err);
	if (!s->pieces || !order)
		return false;
	for (size_t i = 0; i < m->draft_count; i++)
		if (m->drafts[i].piece.points != 0.0 || m->drafts[i].piece.group == SUPPORT_ACTIVITIES)
			order[count++] = &m->drafts[i].piece;
	qsort(order, count, sizeof *order, compare_pieces);
	for (size_t i = 0; i < count; i++)
		s->pieces[i] = *order[i];
	for (size_t i = 0, g = 0; g <= SUPPORT_GROUP_COUNT; g++) {
		for (; i < count && s->pieces[i].group < g; i++)
			s->points[s->pieces[i].group] += s->pieces[i].points;
		s->first[g] = i;
	}
	return true;
}

/* ---- the same said again ---- */

/* Pieces stand in order already: of equal lines the first stays before. */
static int compare_lines(const void *a, const void *b)
{
	const struct support_piece *x = *(const struct support_piece *const *)a, *y = *(const struct support_piece *const *)b;
	if (x->together != y->together)
		return x->together > y->together ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* Join the pieces of a group that have the same text; `last` has room for the last of each. */
static bool join_group(struct making *m, size_t group, struct support_piece **last)
{
	struct support *s = m->out;
	struct map texts = { 0 };
	const struct support_piece **lines = s->lines + s->first_line[group];
	bool ok = true;
	for (size_t i = s->first[group]; ok && i < s->first[group + 1]; i++) {
		struct support_piece *p = &s->pieces[i];
		uint32_t line;
		bool added;
		p->together = p->points;
		ok = map_add(&texts, p->evidence.text, &line, &added, m->c->err);
		if (ok && added) {
			lines[line] = p;
		} else if (ok) {
			last[line]->same = p;
			s->pieces[lines[line] - s->pieces].together += p->points;
		}
		if (ok)
			last[line] = p;
	}
	s->first_line[group + 1] = s->first_line[group] + texts.count;
	if (ok && texts.count > 1)
		qsort(lines, texts.count, sizeof *lines, compare_lines);
	map_free(&texts);
	return ok;
}

static bool join_pieces(struct making *m)
{
	struct support *s = m->out;
	size_t room = s->first[SUPPORT_GROUP_COUNT] + 1;
	struct support_piece **last = arena_alloc(&m->c->arena, room * sizeof *last, m->c->err);
	s->lines = arena_alloc(&m->c->arena, room * sizeof *s->lines, m->c->err);
	bool ok = last && s->lines;
	for (size_t g = 0; ok && g < SUPPORT_GROUP_COUNT; g++)
		ok = join_group(m, g, last);
	return ok;
}

/* ---- what nothing explains ---- */

static bool find_unexplained(struct making *m)
{
	struct support *s = m->out;
	s->unexplained = arena_alloc(&m->c->arena, (m->asked->own + 1) * sizeof *s->unexplained, m->c->err);
	for (size_t i = 0; s->unexplained && i < m->asked->own; i++)
		if (!m->explained[i] && !m->asked->little[i])
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
	if (!text_analyze_for(m->c->index->analyzer, sentence, &m->stems, &words, m->c->err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		uint32_t word = words.at[i].stop ? MAP_NONE : map_find(&m->words, words.at[i].term);
		all += !words.at[i].stop;
		held += word != MAP_NONE && m->explained[word];
	}
	*out = all >= 3 && 3 * held < all;
	return true;
}

static bool find_sentences(struct making *m, const struct ranking *ranking)
{
	struct slice text = m->job->text, sentence;
	size_t count = 0, at = 0;
	while (next_sentence(text, &at).length)
		count++;
	m->out->sentences = arena_alloc(&m->c->arena, (count + 1) * sizeof *m->out->sentences, m->c->err);
	for (at = 0; m->out->sentences && (sentence = next_sentence(text, &at)).length;) {
		bool unexplained;
		if (is_lessened(ranking, (size_t)(sentence.at - text.at)))
			continue;
		if (!is_unexplained(m, sentence, &unexplained))
			return false;
		if (unexplained)
			m->out->sentences[m->out->sentence_count++] = sentence;
	}
	return m->out->sentences != NULL;
}

/* ---- the whole ---- */

static struct slice title_of(const struct soc_index *index, const struct code *code)
{
	int number = soc_index_find(index, code);
	return number < 0 ? SLICE("") : index->entries[number].title;
}

bool support_find(struct command *c, const struct asked_ranking *ranked, size_t place, struct support *out)
{
	const struct ranking *ranking = &ranked->ranking;
	const struct candidate *candidate = &ranking->at[place];
	struct making m = { .c = c, .job = ranked->job, .asked = &ranked->words, .out = out };
	*out = (struct support){ .code = candidate->code, .title = title_of(c->index, &candidate->code), .candidate = candidate,
				 .place = place, .ranked = ranking->count };
	bool ok = rank_attribute(ranked->ranker, candidate, ranked->level, &c->arena, &m.parts, c->err) && number_words(&m);
	if (ok)
		sum_words(&m);
	ok = ok && name_words(&m, ranking) && list_bags(&m) && read_evidence(&m) && divide(&m) && order_pieces(&m) && join_pieces(&m) &&
	     find_unexplained(&m) && find_sentences(&m, ranking);
	bag_finder_free(&m.finder);
	map_free(&m.words);
	memory_free(m.drafts);
	memory_free(m.holders);
	buffer_free(&m.key);
	return ok;
}
