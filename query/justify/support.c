// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <stdlib.h>

#include "lib/rank/bags.h"
#include "query/justify/support.h"

#define READS(group) (1u << SUPPORT_##group)
#define READS_TITLES (READS(TITLES) | READS(FILINGS))
#define READS_PROSE (READS(TASKS) | READS(DEFINITION))

/* Which groups a signal reads; none where it reads no evidence that could be named.  What the text's signals read is that of
 * one occupation. */
static const struct reading {
	unsigned groups;
	bool of_text;
} readings[SIGNAL_COUNT] = {
	[SIGNAL_TITLE_VOTE] = { READS_TITLES, false },
	[SIGNAL_TITLE_CONTAINED] = { READS_TITLES, false },
	[SIGNAL_TITLE_EXACT] = { READS_TITLES, false },
	[SIGNAL_TITLE_HEAD] = { READS_TITLES, false },
	[SIGNAL_TITLE_PROSE] = { READS_PROSE, false },
	[SIGNAL_TITLE_EXTRAS] = { READS(TECHNOLOGIES), false },
	[SIGNAL_TEXT_WORDS] = { READS_PROSE | READS(TITLES), true },
	[SIGNAL_TEXT_TITLES] = { READS_TITLES, true },
	[SIGNAL_TEXT_BIGRAMS] = { READS_PROSE | READS(TITLES), true },
	[SIGNAL_TEXT_EXTRAS] = { READS(TECHNOLOGIES), true },
};

/* One word, or pair of words, of the job in one piece of evidence. */
struct holder {
	uint32_t word;
	uint32_t piece;
	double weight;
};

/* A piece on its way: what is known of it before the score is divided. */
struct draft {
	struct support_piece piece;
	uint32_t bag;                /* of a title */
	double weight;               /* of a title among those of its bag */
};

/* The case on its way. */
struct making {
	struct command *c;
	const struct job *job;
	struct attribution parts;
	struct map words;            /* stems, and pairs of them, to which something of the score belongs */
	struct slice *written;       /* by number in `words` */
	double *points;              /* ... and all that it gave */
	bool *held;                  /* ... and whether a piece has it */
	struct draft *drafts;
	size_t draft_count, draft_capacity;
	struct holder *holders;      /* ordered by word */
	size_t holder_count, holder_capacity;
	struct buffer key;
	struct support *out;
};

/* ---- the words of the score ---- */

static bool is_words(const struct contribution *x)
{
	return x->cause == CAUSE_WORD || x->cause == CAUSE_PAIR;
}

static bool number_words(struct making *m)
{
	uint32_t number;
	for (size_t i = 0; i < m->parts.count; i++)
		if (is_words(&m->parts.at[i]) && !map_add(&m->words, m->parts.at[i].words, &number, NULL, m->c->err))
			return false;
	size_t room = m->words.count + 1;
	m->written = arena_alloc(&m->c->arena, room * sizeof *m->written, m->c->err);
	m->points = arena_alloc(&m->c->arena, room * sizeof *m->points, m->c->err);
	m->held = arena_alloc(&m->c->arena, room * sizeof *m->held, m->c->err);
	for (size_t i = 0; i < m->parts.count; i++)
		if (m->points && is_words(&m->parts.at[i]))
			m->points[map_find(&m->words, m->parts.at[i].words)] += m->parts.at[i].amount;
	return m->written && m->points && m->held;
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
static bool read_written(struct making *m, struct slice text)
{
	struct text_words words;
	const struct text_word *before = NULL;
	if (!text_analyze(m->c->index->analyzer, text, &words, m->c->err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		const struct text_word *w = &words.at[i];
		uint32_t pair = MAP_NONE;
		before = w->clause ? NULL : before;
		if (w->stop)
			continue;
		if (before && !find_pair(m, before->term, w->term, &pair))
			return false;
		note_written(m, map_find(&m->words, w->term), text, w->start, w->start + w->length);
		if (before)
			note_written(m, pair, text, before->start, w->start + w->length);
		before = w;
	}
	return true;
}

/* A correction or a synonym stands for a word of the job. */
static bool name_words(struct making *m, const struct ranking *ranking)
{
	if (!read_written(m, m->job->title) || !read_written(m, m->job->text))
		return false;
	for (size_t i = 0; i < ranking->rewording_count; i++)
		if (!read_written(m, ranking->rewordings[i].words))
			return false;
	for (uint32_t w = 0; w < m->words.count; w++)
		if (!m->written[w].length && !(m->written[w] = arena_copy(&m->c->arena, map_key(&m->words, w), m->c->err)).at)
			return false;
	return true;
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

static bool hold(struct making *m, uint32_t word, double weight)
{
	if (word == MAP_NONE)
		return true;
	if (!array_reserve((void **)&m->holders, &m->holder_capacity, m->holder_count + 1, sizeof *m->holders, m->c->err))
		return false;
	m->holders[m->holder_count++] = (struct holder){ word, (uint32_t)m->draft_count, weight };
	m->held[word] = true;
	return true;
}

static void mark(struct support_piece *p, const struct text_word *w)
{
	p->spans[p->span_count++] = (struct span){ w->start, w->length };
}

/* Find the words of the score in a piece; it is kept where it has any. */
static bool read_words(struct making *m, struct support_piece *p)
{
	struct text_words words;
	const struct text_word *before = NULL;
	if (!text_analyze(m->c->index->analyzer, p->evidence.text, &words, m->c->err))
		return false;
	p->spans = arena_alloc(&m->c->arena, (words.count + 1) * sizeof *p->spans, m->c->err);
	for (size_t i = 0; p->spans && i < words.count; i++) {
		const struct text_word *w = &words.at[i];
		uint32_t word, pair = MAP_NONE;
		before = w->clause ? NULL : before;
		if (w->stop)
			continue;
		word = map_find(&m->words, w->term);
		if ((before && !find_pair(m, before->term, w->term, &pair)) || !hold(m, word, 1.0) || !hold(m, pair, 1.0))
			return false;
		if (word != MAP_NONE)
			mark(p, w);
		before = w;
	}
	return p->spans != NULL;
}

static bool read_piece(struct making *m, const struct evidence *e, size_t occupation)
{
	struct draft d = { .piece = { .evidence = *e, .occupation = occupation, .group = group_of(e->kind) }, .bag = BAG_NONE,
			   .weight = e->kind == EVIDENCE_FILED_TITLE ? 2.0 * log1p(e->count) : 1.0 };
	if (!read_words(m, &d.piece))
		return false;
	if (d.piece.span_count == 0)
		return true;
	if (READS_TITLES & 1u << d.piece.group &&
	    !bag_find(m->c->index, e->text, &m->c->arena, &d.bag, m->c->err))
		return false;
	if (!array_reserve((void **)&m->drafts, &m->draft_capacity, m->draft_count + 1, sizeof *m->drafts, m->c->err))
		return false;
	m->drafts[m->draft_count++] = d;
	return true;
}

static int compare_holders(const void *a, const void *b)
{
	const struct holder *x = a, *y = b;
	return x->word != y->word ? (x->word < y->word ? -1 : 1) : (x->piece > y->piece) - (x->piece < y->piece);
}

static bool read_evidence(struct making *m)
{
	for (size_t o = m->parts.first; o < m->parts.end; o++) {
		struct occupation record;
		if (!soc_index_occupation(m->c->index, o, &m->c->arena, &record, m->c->err))
			return false;
		for (size_t i = 0; i < record.evidence_count; i++)
			if (!read_piece(m, &record.evidence[i], o))
				return false;
	}
	if (m->holder_count)
		qsort(m->holders, m->holder_count, sizeof *m->holders, compare_holders);
	return true;
}

/* ---- dividing ---- */

static bool is_read(const struct making *m, const struct contribution *x, uint32_t piece)
{
	const struct reading *r = &readings[x->signal];
	const struct support_piece *p = &m->drafts[piece].piece;
	return r->groups & 1u << p->group && (!r->of_text || p->occupation == m->parts.text_occupation);
}

/* Divide among the pieces that have the words; false where none has. */
static bool divide_words(struct making *m, const struct contribution *x)
{
	uint32_t word = map_find(&m->words, x->words);
	const struct holder sought = { word, 0, 0.0 };
	size_t low = 0, high = m->holder_count;
	double all = 0.0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare_holders(&m->holders[middle], &sought) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t i = low; i < m->holder_count && m->holders[i].word == word; i++)
		all += is_read(m, x, m->holders[i].piece) ? m->holders[i].weight : 0.0;
	for (size_t i = low; all > 0.0 && i < m->holder_count && m->holders[i].word == word; i++)
		if (is_read(m, x, m->holders[i].piece))
			m->drafts[m->holders[i].piece].piece.points += x->amount * m->holders[i].weight / all;
	return all > 0.0;
}

/* Divide among the titles that are this bag. */
static bool divide_title(struct making *m, const struct contribution *x)
{
	double all = 0.0;
	for (size_t i = 0; i < m->draft_count; i++)
		all += m->drafts[i].bag == x->bag ? m->drafts[i].weight : 0.0;
	for (size_t i = 0; all > 0.0 && i < m->draft_count; i++)
		if (m->drafts[i].bag == x->bag)
			m->drafts[i].piece.points += x->amount * m->drafts[i].weight / all;
	return all > 0.0;
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
		if (x->signal != signal || (x->cause == CAUSE_TITLE ? divide_title(m, x) : is_words(x) && divide_words(m, x)))
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
	qsort(m->out->rests, m->out->rest_count, sizeof *m->out->rests, compare_rests);
	return list_words(m, m->points, &m->out->words, &m->out->word_count);
}

/* ---- in order ---- */

static int compare_pieces(const void *a, const void *b)
{
	const struct support_piece *x = a, *y = b;
	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	if (x->points != y->points)
		return x->points > y->points ? -1 : 1;
	if (x->occupation != y->occupation)
		return x->occupation < y->occupation ? -1 : 1;
	return x->evidence.text.at < y->evidence.text.at ? -1 : x->evidence.text.at > y->evidence.text.at;
}

static bool order_pieces(struct making *m)
{
	struct support *s = m->out;
	size_t count = 0;
	s->pieces = arena_alloc(&m->c->arena, (m->draft_count + 1) * sizeof *s->pieces, m->c->err);
	for (size_t i = 0; s->pieces && i < m->draft_count; i++)
		if (m->drafts[i].piece.points != 0.0)
			s->pieces[count++] = m->drafts[i].piece;
	if (!s->pieces)
		return false;
	qsort(s->pieces, count, sizeof *s->pieces, compare_pieces);
	for (size_t i = 0, g = 0; g <= SUPPORT_GROUP_COUNT; g++) {
		for (; i < count && s->pieces[i].group < g; i++)
			s->points[s->pieces[i].group] += s->pieces[i].points;
		s->first[g] = i;
	}
	return true;
}

/* ---- what nothing explains ---- */

/* Whether another occupation of the code has a word. */
static bool is_held(struct making *m, struct slice word, bool *out)
{
	struct text_words words;
	uint32_t number = MAP_NONE;
	if (!text_analyze(m->c->index->analyzer, word, &words, m->c->err))
		return false;
	if (words.count)
		number = map_find(&m->words, words.at[0].term);
	*out = number != MAP_NONE && m->held[number];
	return true;
}

static bool find_unexplained(struct making *m, const struct ranking *ranking)
{
	struct command *c = m->c;
	struct job_words words = { 0 };
	struct reasons reasons;
	bool ok = job_words_read(c->index, m->job, &c->arena, &words, c->err) &&
		  job_words_weigh(c->index, m->job, ranking, &c->arena, &words, c->err) &&
		  job_words_expand(c->index, ranking->rewordings, ranking->rewording_count, &c->arena, &words, c->err) &&
		  reasons_find(c->index, &words, m->out->candidate->occupation, 1, &c->arena, &reasons, c->err);
	m->out->unexplained = ok ? reasons.unexplained : NULL;
	for (size_t i = 0; ok && i < reasons.unexplained_count; i++) {
		bool held;
		ok = is_held(m, reasons.unexplained[i], &held);
		if (ok && !held)
			m->out->unexplained[m->out->unexplained_count++] = reasons.unexplained[i];
	}
	job_words_free(&words);
	return ok;
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
	if (!text_analyze(m->c->index->analyzer, sentence, &words, m->c->err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		uint32_t word = words.at[i].stop ? MAP_NONE : map_find(&m->words, words.at[i].term);
		all += !words.at[i].stop;
		held += word != MAP_NONE && m->held[word];
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

bool support_find(struct command *c, const struct job *job, struct ranker *ranker, const struct ranking *ranking,
		  enum code_level level, size_t place, struct support *out)
{
	const struct candidate *candidate = &ranking->at[place];
	struct making m = { .c = c, .job = job, .out = out };
	*out = (struct support){ .code = candidate->code, .title = title_of(c->index, &candidate->code), .candidate = candidate,
				 .place = place, .ranked = ranking->count };
	bool ok = rank_attribute(ranker, candidate, level, &c->arena, &m.parts, c->err) && number_words(&m) && name_words(&m, ranking) &&
		  read_evidence(&m) && divide(&m) && order_pieces(&m) && find_unexplained(&m, ranking) &&
		  find_sentences(&m, ranking);
	map_free(&m.words);
	memory_free(m.drafts);
	memory_free(m.holders);
	buffer_free(&m.key);
	return ok;
}
