// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evidence_shares.c - the case for a code: its words and titles, and what nothing explains.
 */
#include <math.h>
#include <stdlib.h>
#include <xxhash.h>

#include "lib/index/schema.h"
#include "lib/rank/title_match.h"
#include "lib/text/title_variants.h"
#include "query/engine/evidence_shares_internal.h"

/* ---- the words of the score ---- */

/* Words and pairs get numbers; the parts of the score, that of their words. */
static bool number_words(struct builder *m)
{
	uint32_t number;
	struct arena *arena = &m->session->arena;
	for (uint32_t i = 0; i < m->asked->terms.count; i++)
		if (!map_add(&m->words, map_key(&m->asked->terms, i), &number, NULL, m->session->err))
			return false;
	m->numbers = arena_alloc(arena, (m->parts.count + 1) * sizeof *m->numbers, m->session->err);
	for (size_t i = 0; m->numbers && i < m->parts.count; i++)
		if (is_words(&m->parts.at[i]) &&
		    !map_add(&m->words, m->parts.at[i].words, &m->numbers[i], NULL, m->session->err))
			return false;
	size_t room = m->words.count + 1;
	m->known = arena_alloc(arena, room * sizeof *m->known, m->session->err);
	m->written = arena_alloc(arena, room * sizeof *m->written, m->session->err);
	m->points = arena_alloc(arena, room * sizeof *m->points, m->session->err);
	m->held_first = arena_alloc(arena, room * sizeof *m->held_first, m->session->err);
	return m->numbers && m->known && m->written && m->points && m->held_first;
}

/* A pair of words that are known is found from its first word on. */
static void link_pairs(struct builder *m)
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

static void sum_words(struct builder *m)
{
	m->head = MAP_NONE;
	for (size_t i = 0; i < m->parts.count; i++) {
		const struct contribution *x = &m->parts.at[i];
		if (!is_words(x))
			continue;
		uint32_t number = m->numbers[i];
		m->points[number] += x->amount;
		m->known[number].gives = true;
		if (x->feature == FEATURE_TITLE_HEAD_WORD)
			m->head = number;
	}
	for (uint32_t w = 0; w < m->words.count; w++)
		m->known[w].marked = m->known[w].gives || w >= m->asked->own || !m->asked->little[w];
}

static void note_written(struct builder *m, uint32_t number, struct slice text, size_t from, size_t end)
{
	if (number != MAP_NONE && !m->written[number].length)
		m->written[number] = (struct slice){ text.at + from, end - from };
}

/* How the words stand in the job: the first time counts. */
static bool read_written(struct builder *m, struct slice text, bool of_title)
{
	struct text_words words;
	const struct text_word *before = NULL;
	if (!tokenize_find(m->session->index->analyzer, text, &m->sought, &words, m->session->err))
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
			note_written(m, find_pair(m, before->number, w->number), text, before->start,
				     w->start + w->length);
		before = w;
	}
	return true;
}

/* A correction or a synonym stands for a word of the job. */
static bool name_words(struct builder *m, const struct ranking *ranking)
{
	if (!read_written(m, m->job->title, true) || !read_written(m, m->job->text, false))
		return false;
	for (size_t i = 0; i < ranking->expansion_count; i++)
		if (!read_written(m, ranking->expansions[i].words, true))
			return false;
	for (uint32_t w = 0; w < m->words.count; w++)
		if (!m->written[w].length &&
		    !(m->written[w] = arena_copy(&m->session->arena, map_key(&m->words, w), m->session->err)).at)
			return false;
	return true;
}

/* ---- the titles of the score ---- */

/* A title that comes again has the number that it got. */
static uint32_t number_title_entry(struct builder *m, uint32_t title_entry)
{
	uint32_t *slot = &m->title_entry_slots[title_entry & m->title_entry_mask], number = *slot;
	while (number > 0 && m->title_entries[number - 1].title_entry != title_entry)
		number = m->title_entries[number - 1].next;
	if (number > 0)
		return number - 1;
	m->title_entries[m->title_entry_count] = (struct case_title_entry){ .title_entry = title_entry, .next = *slot };
	*slot = ++m->title_entry_count;
	return *slot - 1;
}

static bool number_title_entries(struct builder *m)
{
	size_t titles = 0, slots = 16;
	for (size_t i = 0; i < m->parts.count; i++)
		titles += m->parts.at[i].cause == CAUSE_TITLE;
	while (slots < titles)
		slots *= 2;
	m->title_entry_mask = (uint32_t)slots - 1;
	m->title_entries = arena_alloc(&m->session->arena, (titles + 1) * sizeof *m->title_entries, m->session->err);
	m->title_entry_slots = arena_alloc(&m->session->arena, slots * sizeof *m->title_entry_slots, m->session->err);
	for (size_t i = 0; m->title_entries && m->title_entry_slots && i < m->parts.count; i++)
		if (m->parts.at[i].cause == CAUSE_TITLE)
			m->numbers[i] = number_title_entry(m, m->parts.at[i].title_entry);
	return m->title_entries && m->title_entry_slots;
}

/* ---- what nothing explains ---- */

static bool find_unexplained(struct builder *m)
{
	struct evidence_shares *s = m->out;
	s->unexplained = arena_alloc(&m->session->arena, (m->asked->own + 1) * sizeof *s->unexplained, m->session->err);
	for (size_t i = 0; s->unexplained && i < m->asked->own; i++)
		if (!m->known[i].explained && !m->asked->little[i])
			s->unexplained[s->unexplained_count++] = m->asked->written[i];
	return s->unexplained != NULL;
}

/* Whether a sentence is of those that say nothing of the work. */
static bool is_lessened(const struct ranking *ranking, size_t at)
{
	const struct span_weights *w = &ranking->weighted.span_weights;
	for (size_t i = 0; i < w->count; i++)
		if (at >= w->at[i].start && at < (size_t)w->at[i].start + w->at[i].length)
			return w->at[i].weight < 1.0f;
	return false;
}

/* Fewer than a third of its words, of three or more, are in any evidence of the code. */
static bool is_unexplained(struct builder *m, struct slice sentence, bool *out)
{
	struct text_words words;
	size_t all = 0, held = 0;
	if (!tokenize_find(m->session->index->analyzer, sentence, &m->sought, &words, m->session->err))
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
static bool add_sentence(struct builder *m, struct slice sentence)
{
	struct evidence_shares *s = m->out;
	if (!s->sentences)
		s->sentences = arena_alloc(&m->session->arena, (m->job->text.length / 5 + 1) * sizeof *s->sentences,
					   m->session->err);
	if (s->sentences)
		s->sentences[s->sentence_count++] = sentence;
	return s->sentences != NULL;
}

static bool find_sentences(struct builder *m, const struct ranking *ranking)
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

static bool make_case(struct builder *m, const struct ranking *ranking)
{
	if (!number_words(m))
		return false;
	link_pairs(m);
	sum_words(m);
	stem_set_begin(m->session->index->analyzer, &m->words, &m->sought);
	return name_words(m, ranking) && number_title_entries(m) && evidence_shares_read(m) &&
	       evidence_shares_divide(m) && evidence_shares_order(m) && find_unexplained(m) &&
	       find_sentences(m, ranking);
}

bool evidence_shares_find(struct session *s, const struct target_ranking *ranked, size_t place,
			  struct evidence_shares *out)
{
	const struct ranking *ranking = &ranked->ranking;
	const struct candidate *candidate = &ranking->at[place];
	struct builder m = { .session = s, .job = ranked->job, .asked = &ranked->words, .out = out };
	*out = (struct evidence_shares){ .code = candidate->code,
					 .title = title_of(s->index, &candidate->code),
					 .candidate = candidate,
					 .place = place,
					 .ranked = ranking->count };
	bool ok = rank_attribute(ranked->ranker, candidate, ranked->level, &s->arena, &m.parts, s->err) &&
		  make_case(&m, ranking);
	map_free(&m.words);
	memory_free(m.drafts);
	memory_free(m.spans);
	memory_free(m.occurrences);
	memory_free(m.held);
	return ok;
}

/* ---- support read ---- */

/*
 * evidence_shares_read.c - the evidence of a code, and which words and titles of the score it has.
 */

static enum evidence_share_group group_of(enum evidence_kind kind)
{
	switch (evidence_specs[kind].field) {
	case FIELD_TITLE:
		return kind == EVIDENCE_FILED_TITLE ? EVIDENCE_SHARE_FILINGS : EVIDENCE_SHARE_TITLES;
	case FIELD_TASK:
		return EVIDENCE_SHARE_TASKS;
	case FIELD_DESCRIPTION:
		return EVIDENCE_SHARE_DEFINITION;
	case FIELD_ACTIVITY:
		return EVIDENCE_SHARE_ACTIVITIES;
	default:
		return EVIDENCE_SHARE_TECHNOLOGIES;
	}
}

/* ---- words ---- */

/* Note that the piece has a word, where that counts. */
static inline bool hold(struct builder *m, uint32_t word)
{
	if (!m->known[word].gives)
		return true;
	if (m->occurrence_count == m->occurrence_capacity &&
	    !ARRAY_RESERVE(m->occurrences, m->occurrence_capacity, m->occurrence_count + 1, m->session->err))
		return false;
	m->occurrences[m->occurrence_count++] = (struct occurrence){ word, (uint32_t)m->draft_count };
	m->held_first[word]++;
	return true;
}

/* Find the words of the job in one reading of a piece, which begins at `from`; *of_title is whether one is of its title. */
static bool read_words(struct builder *m, struct text_words words, size_t from, bool *of_title)
{
	uint32_t before = MAP_NONE; /* the word before, where it is one of the job's, as both of a pair are */
	*of_title = false;
	if (m->span_capacity - m->span_count < words.count &&
	    !ARRAY_RESERVE(m->spans, m->span_capacity, m->span_count + words.count, m->session->err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		const struct text_word *w = &words.at[i];
		before = w->clause ? MAP_NONE : before;
		if (w->stop)
			continue;
		uint32_t word = w->number,
			 pair = before != MAP_NONE && word != MAP_NONE ? find_pair(m, before, word) : MAP_NONE;
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
static void explain_others(struct builder *m)
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

/* Which of the titles of the score a title entry is; MAP_NONE where it is none. */
static uint32_t find_title_entry(const struct builder *m, uint32_t title_entry)
{
	uint32_t at = m->title_entry_slots[title_entry & m->title_entry_mask];
	while (at > 0 && m->title_entries[at - 1].title_entry != title_entry)
		at = m->title_entries[at - 1].next;
	return at - 1;
}

/* A reading of a title that has a word of the job's title. */
static void read_title(struct builder *m, struct draft *d, struct text_words words, size_t reading,
		       uint32_t title_entry)
{
	const struct text_word *head = m->head != MAP_NONE ? text_head(words) : NULL;
	if (head && head->number == m->head)
		d->heads++;
	d->title_entries[reading] = find_title_entry(m, title_entry);
	if (d->title_entries[reading] == MAP_NONE)
		return;
	d->scale = d->scale > 0.0 ? d->scale : evidence_scale(d->evidence);
	m->title_entries[d->title_entries[reading]].weight +=
		evidence_weights[d->evidence->kind][SECTION_TITLES] * d->scale;
}

/* ---- pieces ---- */

static bool read_reading(struct builder *m, struct draft *d, struct slice text, size_t reading, uint32_t title_entry)
{
	struct text_words words;
	bool of_title;
	if (!tokenize_find(m->session->index->analyzer, text, &m->sought, &words, m->session->err) ||
	    !read_words(m, words, (size_t)(text.at - d->evidence->text.at), &of_title))
		return false;
	if (of_title && d->group <= EVIDENCE_SHARE_FILINGS)
		read_title(m, d, words, reading, title_entry);
	return true;
}

enum { SPANS_AT_ONCE = 1024 };

static bool keep_spans(struct builder *m, struct draft *d)
{
	if (m->span_left < m->span_count) {
		m->span_left = m->span_count > SPANS_AT_ONCE ? m->span_count : SPANS_AT_ONCE;
		m->span_room = arena_alloc(&m->session->arena, m->span_left * sizeof *m->span_room, m->session->err);
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

static bool keep_draft(struct builder *m, struct draft *d)
{
	d->scale = d->scale > 0.0 ? d->scale : evidence_scale(d->evidence);
	m->drafts[m->draft_count++] = *d;
	return keep_spans(m, &m->drafts[m->draft_count - 1]);
}

/* Read a piece; it is kept where it has a word of the job. */
static bool read_piece(struct builder *m, const struct evidence *e, size_t occupation,
		       struct title_entry_reader *title_entries)
{
	struct draft d = { .evidence = e,
			   .occupation = (uint32_t)occupation,
			   .title_entries = { MAP_NONE, MAP_NONE },
			   .kind = (unsigned char)e->kind,
			   .group = (unsigned char)group_of(e->kind) };
	struct slice texts[TITLE_VARIANTS_MAX] = { e->text };
	bool title = d.group <= EVIDENCE_SHARE_FILINGS;
	size_t count = title ? title_variants(e->text, texts) : 1, occurrences = m->occurrence_count;
	uint32_t own[TITLE_VARIANTS_MAX] = { TITLE_ENTRY_NONE, TITLE_ENTRY_NONE };
	for (size_t i = 0; title && i < count; i++)
		own[i] = title_entry_reader_next(title_entries);
	if (!stem_filter_in(&m->asked->stems, e->text))
		return true;
	m->piece++;
	m->span_count = 0;
	for (size_t i = 0; i < count; i++)
		if (!read_reading(m, &d, texts[i], i, own[i]))
			return false;
	explain_others(m);
	return (m->span_count == 0 && m->occurrence_count == occurrences) || keep_draft(m, &d);
}

/* The drafts that have a word, by word.  So far there is how many each has. */
static bool order_occurrences(struct builder *m)
{
	size_t end = 0;
	m->held = memory_resize(NULL, (m->occurrence_count + 1) * sizeof *m->held);
	if (!m->held)
		return error_no_memory(m->session->err);
	for (size_t w = 0; w <= m->words.count; w++)
		m->held_first[w] = end += m->held_first[w];
	for (size_t i = m->occurrence_count; i-- > 0;)
		m->held[--m->held_first[m->occurrences[i].word]] = m->occurrences[i].draft;
	return true;
}

/* There is room for all pieces, of which most are kept; they have a few words of the job each. */
static bool make_room(struct builder *m)
{
	size_t pieces = 0;
	for (size_t o = m->parts.first; o < m->parts.end; o++) {
		const struct occupation *record = session_occupation(m->session, o);
		if (!record)
			return false;
		pieces += record->evidence_count;
	}
	return ARRAY_RESERVE(m->drafts, m->draft_capacity, pieces, m->session->err) &&
	       ARRAY_RESERVE(m->occurrences, m->occurrence_capacity, 2 * pieces, m->session->err);
}

bool evidence_shares_read(struct builder *m)
{
	if (!make_room(m))
		return false;
	for (size_t o = m->parts.first; o < m->parts.end; o++) {
		const struct occupation *record = session_occupation(m->session, o);
		struct title_entry_reader title_entries;
		if (!title_entry_reader_begin(m->session->index, o, &title_entries, m->session->err))
			return false;
		for (size_t i = 0; i < record->evidence_count; i++)
			if (!read_piece(m, &record->evidence[i], o, &title_entries))
				return false;
	}
	return order_occurrences(m);
}

/* ---- support divide ---- */

/*
 * evidence_shares_divide.c - the score of a code, divided among the evidence that gave it.
 */

/* How the summands of a feature are divided. */
enum dividing { DIVIDED_NOT, DIVIDED_BY_WORDS, DIVIDED_BY_TITLES, DIVIDED_BY_HEADS };

/* What a feature reads: pieces count in it by their weight in the section, as they were counted when the index was made.  What
 * the text's features read is that of one occupation. */
static const struct reading {
	enum dividing how;
	enum section section;
	bool scaled;
	bool of_text;
} readings[FEATURE_COUNT] = {
	[FEATURE_TITLE_SIMILARITY] = { DIVIDED_BY_TITLES, SECTION_TITLES, true, false },
	[FEATURE_TITLE_CONTAINED] = { DIVIDED_BY_TITLES, SECTION_TITLES, true, false },
	[FEATURE_TITLE_EXACT] = { DIVIDED_BY_TITLES, SECTION_TITLES, true, false },
	[FEATURE_TITLE_HEAD_WORD] = { DIVIDED_BY_HEADS, SECTION_TITLES, true, false },
	[FEATURE_TITLE_DESCRIPTIONS] = { DIVIDED_BY_WORDS, SECTION_PROSE, false, false },
	[FEATURE_TITLE_TECHNOLOGIES] = { DIVIDED_BY_WORDS, SECTION_EXTRAS, false, false },
	[FEATURE_TEXT_WORDS] = { DIVIDED_BY_WORDS, SECTION_TEXT, false, true },
	[FEATURE_TEXT_TITLES] = { DIVIDED_BY_WORDS, SECTION_TITLES, true, true },
	[FEATURE_TEXT_BIGRAMS] = { DIVIDED_BY_WORDS, SECTION_TEXT, false, true },
	[FEATURE_TEXT_TECHNOLOGIES] = { DIVIDED_BY_WORDS, SECTION_EXTRAS, false, true },
};

/* The score on its way to the drafts. */
struct dividing_up {
	struct builder *m;
	double *weights; /* by draft: what it weighs where the feature that is divided reads it */
	double *words;   /* by word: what of the feature no draft gave */
};

static void weigh_drafts(struct dividing_up *d, enum feature feature)
{
	const struct reading *r = &readings[feature];
	const struct builder *m = d->m;
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
	const struct builder *m = d->m;
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
	const struct builder *m = d->m;
	double all = 0.0;
	for (size_t i = 0; i < m->draft_count; i++)
		all += m->drafts[i].heads * d->weights[i];
	for (size_t i = 0; all > 0.0 && i < m->draft_count; i++)
		m->drafts[i].points += amount * m->drafts[i].heads * d->weights[i] / all;
	return all > 0.0;
}

/* ... among the titles that are this title entry; done for all title entries at once (divide_titles). */
static bool divide_title_entry(struct dividing_up *d, double amount, uint32_t number)
{
	struct case_title_entry *title_entry = &d->m->title_entries[number];
	if (title_entry->weight <= 0.0)
		return false;
	title_entry->points += amount;
	return true;
}

static void divide_titles(struct dividing_up *d)
{
	const struct builder *m = d->m;
	weigh_drafts(d, FEATURE_TITLE_SIMILARITY);
	for (size_t i = 0; i < m->draft_count; i++)
		for (size_t r = 0; r < TITLE_VARIANTS_MAX; r++) {
			uint32_t title_entry = m->drafts[i].title_entries[r];
			if (title_entry != MAP_NONE)
				m->drafts[i].points += m->title_entries[title_entry].points * d->weights[i] /
						       m->title_entries[title_entry].weight;
		}
}

/* Whether there were pieces to divide it among. */
static bool divide_one(struct dividing_up *d, const struct contribution *x, uint32_t number)
{
	switch (readings[x->feature].how) {
	case DIVIDED_BY_WORDS:
		return is_words(x) && divide_words(d, x->amount, number);
	case DIVIDED_BY_TITLES:
		return x->cause == CAUSE_TITLE && divide_title_entry(d, x->amount, number);
	case DIVIDED_BY_HEADS:
		return is_words(x) && divide_heads(d, x->amount);
	case DIVIDED_NOT:
		break;
	}
	return false;
}

/* ---- what is left ---- */

static int compare_words(const void *a, const void *b)
{
	const struct evidence_share_word *x = a, *y = b;
	if (fabs(x->points) != fabs(y->points))
		return fabs(x->points) > fabs(y->points) ? -1 : 1;
	return x->word.at < y->word.at ? -1 : x->word.at > y->word.at;
}

/* The words of which something is left, the most telling first. */
static bool list_words(struct builder *m, const double *points, struct evidence_share_word **out, size_t *count)
{
	size_t some = 0;
	for (uint32_t w = 0; w < m->words.count; w++)
		some += points[w] != 0.0;
	*count = 0;
	*out = arena_alloc(&m->session->arena, (some + 1) * sizeof **out, m->session->err);
	for (uint32_t w = 0; *out && w < m->words.count; w++)
		if (points[w] != 0.0)
			(*out)[(*count)++] = (struct evidence_share_word){ m->written[w], points[w] };
	if (*out && *count)
		qsort(*out, *count, sizeof **out, compare_words);
	return *out != NULL;
}

static int compare_rests(const void *a, const void *b)
{
	const struct evidence_share_rest *x = a, *y = b;
	if (fabs(x->points) != fabs(y->points))
		return fabs(x->points) > fabs(y->points) ? -1 : 1;
	return (int)x->feature - (int)y->feature;
}

/* Divide a feature's parts, which are `count` of `order`; what of it no piece gave is left. */
static bool divide_feature(struct dividing_up *d, enum feature feature, const uint32_t *order, size_t count)
{
	struct builder *m = d->m;
	struct evidence_share_rest r = { .feature = feature };
	memset(d->words, 0, m->words.count * sizeof *d->words);
	if (readings[feature].how == DIVIDED_BY_WORDS || readings[feature].how == DIVIDED_BY_HEADS)
		weigh_drafts(d, feature);
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

/* The parts of each feature, in the order in which they came; those of a feature begin at first[feature]. */
static void order_parts(const struct builder *m, size_t first[FEATURE_COUNT + 1], uint32_t *order)
{
	size_t next[FEATURE_COUNT] = { 0 };
	memset(first, 0, (FEATURE_COUNT + 1) * sizeof *first);
	for (size_t i = 0; i < m->parts.count; i++)
		first[m->parts.at[i].feature + 1]++;
	for (size_t s = 0; s < FEATURE_COUNT; s++) {
		first[s + 1] += first[s];
		next[s] = first[s];
	}
	for (size_t i = 0; i < m->parts.count; i++)
		order[next[m->parts.at[i].feature]++] = (uint32_t)i;
}

static bool divide_all(struct dividing_up *d, uint32_t *order)
{
	struct evidence_shares *s = d->m->out;
	size_t first[FEATURE_COUNT + 1];
	order_parts(d->m, first, order);
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		if (first[i + 1] > first[i] &&
		    !divide_feature(d, (enum feature)i, order + first[i], first[i + 1] - first[i]))
			return false;
	divide_titles(d);
	qsort(s->rests, s->rest_count, sizeof *s->rests, compare_rests);
	return list_words(d->m, d->m->points, &s->words, &s->word_count);
}

bool evidence_shares_divide(struct builder *m)
{
	struct dividing_up d = { .m = m };
	d.words = memory_resize(NULL, (m->words.count + 1) * sizeof *d.words);
	d.weights = memory_resize(NULL, (m->draft_count + 1) * sizeof *d.weights);
	uint32_t *order = memory_resize(NULL, (m->parts.count + 1) * sizeof *order);
	bool ok = (d.words && d.weights && order) || error_no_memory(m->session->err);
	m->out->rests =
		ok ? arena_alloc(&m->session->arena, FEATURE_COUNT * sizeof *m->out->rests, m->session->err) : NULL;
	ok = m->out->rests && divide_all(&d, order);
	memory_free(d.words);
	memory_free(d.weights);
	memory_free(order);
	return ok;
}

/* ---- support order ---- */

/*
 * evidence_shares_order.c - the pieces of a case in order: by group, what gave most first; and what is said several times joined.
 *
 * What is sorted is small: a number to sort by, and the place of what it belongs to.
 */

/* ---- sorting ---- */

struct key {
	uint64_t by;
	uint32_t at;
};

/* A number that is the smaller the larger `points` are. */
static uint64_t descending(double points)
{
	uint64_t bits;
	points += 0.0; /* no negative zero */
	memcpy(&bits, &points, sizeof bits);
	return bits >> 63 ? bits : ~bits & ~((uint64_t)1 << 63);
}

static void insert_keys(struct key *at, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct key k = at[i];
		size_t to = i;
		for (; to > 0 && at[to - 1].by > k.by; to--)
			at[to] = at[to - 1];
		at[to] = k;
	}
}

enum { FEW_KEYS = 12 };

/* Sort keys in ascending order, those that are equal as they stand; `scratch` has room for half of them. */
static void sort_keys(struct key *at, size_t count, struct key *scratch)
{
	size_t half = count / 2;
	if (count <= FEW_KEYS) {
		insert_keys(at, count);
		return;
	}
	sort_keys(at, half, scratch);
	sort_keys(at + half, count - half, scratch);
	if (at[half - 1].by <= at[half].by)
		return;
	memcpy(scratch, at, half * sizeof *at);
	for (size_t to = 0, left = 0, right = half; left < half; to++)
		at[to] = right < count && at[right].by < scratch[left].by ? at[right++] : scratch[left++];
}

/* ---- in order ---- */

struct ordering {
	struct builder *m;
	struct key *keys;                   /* room for all drafts, */
	struct key *scratch;                /* ... and for half of them */
	uint32_t *slots;                    /* of the texts of a group, by hash: the line that has it, plus 1 */
	size_t slot_count;                  /* a power of two, twice the drafts or more */
	struct evidence_share_piece **last; /* by line of a group: its last piece */
};

/* What gave nothing is no piece of the case, but for activities, which never give. */
static bool is_piece(const struct draft *d)
{
	return d->points != 0.0 || d->group == EVIDENCE_SHARE_ACTIVITIES;
}

/* Drafts stand by occupation and in the order of its record already. */
static void list_drafts(struct ordering *o)
{
	struct evidence_shares *s = o->m->out;
	const struct draft *drafts = o->m->drafts;
	size_t next[EVIDENCE_SHARE_GROUP_COUNT] = { 0 };
	for (size_t i = 0; i < o->m->draft_count; i++)
		next[drafts[i].group] += is_piece(&drafts[i]);
	for (size_t g = 0; g < EVIDENCE_SHARE_GROUP_COUNT; g++) {
		s->first[g + 1] = s->first[g] + next[g];
		next[g] = s->first[g];
	}
	for (size_t i = 0; i < o->m->draft_count; i++)
		if (is_piece(&drafts[i]))
			o->keys[next[drafts[i].group]++] = (struct key){ descending(drafts[i].points), (uint32_t)i };
}

/* Activities that gave the same stand by their words, the most first. */
static void sort_activities(struct ordering *o, struct key *keys, size_t count)
{
	const struct draft *drafts = o->m->drafts;
	for (size_t i = 0; i < count; i++)
		keys[i].by = UINT32_MAX - drafts[keys[i].at].span_count;
	sort_keys(keys, count, o->scratch);
	for (size_t i = 0; i < count; i++)
		keys[i].by = descending(drafts[keys[i].at].points);
}

static struct evidence_share_piece piece_of(const struct draft *d)
{
	return (struct evidence_share_piece){ .evidence = d->evidence,
					      .occupation = d->occupation,
					      .group = (enum evidence_share_group)d->group,
					      .points = d->points,
					      .spans = d->spans,
					      .span_count = d->span_count };
}

static bool order_pieces(struct ordering *o)
{
	struct evidence_shares *s = o->m->out;
	list_drafts(o);
	s->pieces = arena_alloc(&o->m->session->arena, (s->first[EVIDENCE_SHARE_GROUP_COUNT] + 1) * sizeof *s->pieces,
				o->m->session->err);
	for (size_t g = 0; s->pieces && g < EVIDENCE_SHARE_GROUP_COUNT; g++) {
		struct key *keys = o->keys + s->first[g];
		size_t count = s->first[g + 1] - s->first[g];
		if (g == EVIDENCE_SHARE_ACTIVITIES)
			sort_activities(o, keys, count);
		sort_keys(keys, count, o->scratch);
		for (size_t i = 0; i < count; i++) {
			s->pieces[s->first[g] + i] = piece_of(&o->m->drafts[keys[i].at]);
			s->points[g] += s->pieces[s->first[g] + i].points;
		}
	}
	return s->pieces != NULL;
}

/* ---- the same said again ---- */

/* The line of the group that has the text; MAP_NONE where it begins one, which is noted then as number `line`. */
static uint32_t find_line(struct ordering *o, const struct evidence_share_piece *const *lines, size_t slots,
			  struct slice text, uint32_t line)
{
	size_t at = (size_t)XXH3_64bits(text.at, text.length) & (slots - 1);
	for (; o->slots[at]; at = (at + 1) & (slots - 1))
		if (slice_equal(lines[o->slots[at] - 1]->evidence->text, text))
			return o->slots[at] - 1;
	o->slots[at] = line + 1;
	return MAP_NONE;
}

/* Pieces stand in order already: of equal lines the first stays before. */
static void sort_lines(struct ordering *o, const struct evidence_share_piece **lines, size_t count)
{
	const struct evidence_share_piece *pieces = o->m->out->pieces;
	for (size_t i = 0; i < count; i++)
		o->keys[i] = (struct key){ descending(lines[i]->together), (uint32_t)(lines[i] - pieces) };
	sort_keys(o->keys, count, o->scratch);
	for (size_t i = 0; i < count; i++)
		lines[i] = &pieces[o->keys[i].at];
}

/* Join the pieces of a group that have the same text. */
static void join_group(struct ordering *o, size_t group)
{
	struct evidence_shares *s = o->m->out;
	const struct evidence_share_piece **lines = s->lines + s->first_line[group];
	size_t slots = 16, count = 0;
	while (slots < 2 * (s->first[group + 1] - s->first[group]))
		slots *= 2;
	memset(o->slots, 0, slots * sizeof *o->slots);
	for (size_t i = s->first[group]; i < s->first[group + 1]; i++) {
		struct evidence_share_piece *p = &s->pieces[i];
		uint32_t line = find_line(o, lines, slots, p->evidence->text, (uint32_t)count);
		p->together = p->points;
		if (line == MAP_NONE) {
			line = (uint32_t)count++;
			lines[line] = p;
		} else {
			o->last[line]->same = p;
			s->pieces[lines[line] - s->pieces].together += p->points;
		}
		o->last[line] = p;
	}
	s->first_line[group + 1] = s->first_line[group] + count;
	sort_lines(o, lines, count);
}

static bool join_pieces(struct ordering *o)
{
	struct evidence_shares *s = o->m->out;
	s->lines = arena_alloc(&o->m->session->arena, (s->first[EVIDENCE_SHARE_GROUP_COUNT] + 1) * sizeof *s->lines,
			       o->m->session->err);
	for (size_t g = 0; s->lines && g < EVIDENCE_SHARE_GROUP_COUNT; g++)
		join_group(o, g);
	return s->lines != NULL;
}

/* ---- the whole ---- */

bool evidence_shares_order(struct builder *m)
{
	struct ordering o = { .m = m, .slot_count = 16 };
	while (o.slot_count < 2 * m->draft_count)
		o.slot_count *= 2;
	o.keys = memory_resize(NULL, (m->draft_count + 1) * sizeof *o.keys);
	o.scratch = memory_resize(NULL, (m->draft_count / 2 + 1) * sizeof *o.scratch);
	o.slots = memory_resize(NULL, o.slot_count * sizeof *o.slots);
	o.last = memory_resize(NULL, (m->draft_count + 1) * sizeof(struct evidence_share_piece *));
	bool ok = (o.keys && o.scratch && o.slots && o.last) || error_no_memory(m->session->err);
	ok = ok && order_pieces(&o) && join_pieces(&o);
	memory_free(o.keys);
	memory_free(o.scratch);
	memory_free(o.slots);
	memory_free(o.last);
	return ok;
}
