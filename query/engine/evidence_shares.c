// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evidence_shares.c - the score of a code divided among its evidence; what no evidence gave, and what no evidence
 * explains.
 *
 * A code has some thousand pieces of evidence, so what is kept of each of them on the way is small, and words, pairs
 * and title entries are numbers.
 */
#include <math.h>
#include <stdlib.h>
#include <xxhash.h>

#include "lib/index/schema.h"
#include "lib/rank/title_match.h"
#include "lib/text/title_variants.h"
#include "query/engine/evidence_shares.h"

/* A word of the job or of the score, or a pair of them. */
struct score_word {
	uint32_t seen;       /* the last piece that had it */
	uint32_t first_pair; /* the first of the pairs that begin with it; MAP_NONE: there is none */
	uint32_t next_pair;  /* of a pair: the next one that begins with the same word */
	uint32_t second;     /* ... and its second word */
	bool gives;          /* whether something of the score is its */
	bool of_title;       /* whether it is of the title, or a synonym or a correction */
	bool marked;         /* whether it is marked in what has it: unless it counts little */
};

/* A title of the score, as a title entry. */
struct score_title {
	uint32_t title_entry;
	uint32_t next; /* the next one of the same remainder, by its number plus 1 */
	double weight; /* what the pieces that are this title weigh together, */
	double points; /* ... and what they have to share */
};

/* A piece that has a word of the job, before the score is divided. */
struct matched_piece {
	const struct evidence *evidence;
	struct span *spans;
	double scale;
	double points;
	uint32_t span_count;
	uint32_t occupation;
	uint32_t title_entries
		[TITLE_VARIANTS_MAX]; /* of a title: the title entry of the score that each variant is; MAP_NONE: none */
	unsigned char kind, group;
	unsigned char heads; /* ... and how many have the head word of the job's title */
};

/* One word in one piece. */
struct occurrence {
	uint32_t word;
	uint32_t piece;
};

/* The shares on their way. */
struct builder {
	struct session *session;
	const struct job *job;
	struct attribution parts;
	uint32_t *numbers;             /* by part: of its word or pair, or of its title entry */
	const struct job_words *asked; /* the words of the job, */
	struct map words; /* ... by the same numbers, and behind them other words of the score and pairs of words */
	struct stem_set sought;   /* all of them */
	struct score_word *known; /* by number in `words`, */
	unsigned char *explained; /* ... whether a piece explains it, */
	struct slice *written;    /* ... as they stand in the job */
	double *points;           /* ... and all that each gave */
	uint32_t head;            /* the head word of the title; MAP_NONE where it gave nothing */
	struct score_title *title_entries;
	uint32_t title_entry_count;
	uint32_t *title_entry_slots; /* by the remainder of a title entry: the first one's number plus 1; 0: none */
	uint32_t title_entry_mask;
	uint32_t piece;               /* which piece of evidence is read, from 1 */
	struct matched_piece *pieces; /* in the order of their occupations and records */
	size_t piece_count, piece_capacity;
	struct span *spans; /* of the piece that is read */
	size_t span_count, span_capacity;
	struct span *span_room; /* for those that are kept */
	size_t span_left;
	struct occurrence *occurrences; /* in the order of the pieces */
	size_t occurrence_count, occurrence_capacity;
	uint32_t
		*postings; /* by word: the pieces that have it, ascending, as often as they do; those of a word begin */
	size_t *first_posting; /* ... here */
	struct evidence_shares *out;
};

/* Whether it is of a word or a pair. */
static inline bool is_words(const struct contribution *x)
{
	return x->cause == CAUSE_WORD || x->cause == CAUSE_BIGRAM;
}

/* The number of a pair of words that follow each other; MAP_NONE where it is none of the score. */
static inline uint32_t find_pair(const struct builder *m, uint32_t first, uint32_t second)
{
	uint32_t pair = m->known[first].first_pair;
	while (pair != MAP_NONE && m->known[pair].second != second)
		pair = m->known[pair].next_pair;
	return pair;
}

/* ---- the words of the score ---- */

/* Words and pairs get numbers; the parts of the score, that of their words. */
static bool number_words(struct builder *m)
{
	struct session *session = m->session;
	for (uint32_t i = 0; i < m->asked->terms.count; i++)
		map_add(&m->words, map_key(&m->asked->terms, i), &(uint32_t){ 0 }, NULL, session->err);
	if (!SESSION_ARRAY(session, m->numbers, m->parts.count))
		return false;
	for (size_t i = 0; i < m->parts.count; i++)
		if (is_words(&m->parts.at[i]))
			map_add(&m->words, m->parts.at[i].words, &m->numbers[i], NULL, session->err);
	SESSION_ARRAY(session, m->known, m->words.count);
	SESSION_ARRAY(session, m->explained, m->words.count);
	SESSION_ARRAY(session, m->written, m->words.count);
	SESSION_ARRAY(session, m->points, m->words.count);
	SESSION_ARRAY(session, m->first_posting, m->words.count);
	return session_ok(session);
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

static struct text_words find_words(const struct builder *m, struct slice text)
{
	struct text_words words = { 0 };
	bool ok = session_ok(m->session) &&
		  tokenize_find(m->session->index->analyzer, text, &m->sought, &words, m->session->err);
	return ok ? words : (struct text_words){ 0 };
}

/* How the words stand in the job: the first time counts. */
static void read_written(struct builder *m, struct slice text, bool of_title)
{
	struct text_words words = find_words(m, text);
	const struct text_word *before = NULL;
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
}

/* A correction or a synonym stands for a word of the job. */
static void name_words(struct builder *m, const struct ranking *ranking)
{
	read_written(m, m->job->title, true);
	read_written(m, m->job->text, false);
	for (size_t i = 0; i < ranking->expansion_count; i++)
		read_written(m, ranking->expansions[i].words, true);
	for (uint32_t w = 0; w < m->words.count; w++)
		if (!m->written[w].length)
			m->written[w] = session_copy(m->session, map_key(&m->words, w));
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
	m->title_entries[m->title_entry_count] = (struct score_title){ .title_entry = title_entry, .next = *slot };
	*slot = ++m->title_entry_count;
	return *slot - 1;
}

static void number_title_entries(struct builder *m)
{
	size_t titles = 0, slots = 16;
	for (size_t i = 0; i < m->parts.count; i++)
		titles += m->parts.at[i].cause == CAUSE_TITLE;
	while (slots < titles)
		slots *= 2;
	m->title_entry_mask = (uint32_t)slots - 1;
	if (!SESSION_ARRAY(m->session, m->title_entries, titles) ||
	    !SESSION_ARRAY(m->session, m->title_entry_slots, slots))
		return;
	for (size_t i = 0; i < m->parts.count; i++)
		if (m->parts.at[i].cause == CAUSE_TITLE)
			m->numbers[i] = number_title_entry(m, m->parts.at[i].title_entry);
}

/* ---- what nothing explains ---- */

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
static bool is_unexplained(const struct builder *m, struct slice sentence)
{
	struct text_words words = find_words(m, sentence);
	size_t all = 0, explained = 0;
	for (size_t i = 0; i < words.count; i++) {
		uint32_t word = words.at[i].number;
		all += !words.at[i].stop;
		explained += word != MAP_NONE && m->explained[word];
	}
	return all >= 3 && 3 * explained < all;
}

static void find_sentences(struct builder *m, const struct ranking *ranking)
{
	struct evidence_shares *s = m->out;
	struct slice text = m->job->text, sentence;
	/* A sentence of three words has five bytes at least. */
	if (!SESSION_ROOM(m->session, s->sentences, text.length / 5))
		return;
	for (size_t at = 0; (sentence = next_sentence(text, &at)).length;)
		if (!is_lessened(ranking, (size_t)(sentence.at - text.at)) && is_unexplained(m, sentence))
			s->sentences[s->sentence_count++] = sentence;
}

/* ---- the evidence that has words and titles of the score ---- */

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

/* Note that the piece has a word, where that counts. */
static inline void add_occurrence(struct builder *m, uint32_t word)
{
	if (!m->known[word].gives ||
	    (m->occurrence_count == m->occurrence_capacity &&
	     !ARRAY_RESERVE(m->occurrences, m->occurrence_capacity, m->occurrence_count + 1, m->session->err)))
		return;
	m->occurrences[m->occurrence_count++] = (struct occurrence){ word, (uint32_t)m->piece_count };
	m->first_posting[word]++;
}

/* Find the words of the job in one variant of a piece, which begins at `from`; whether one is of its title. */
static bool read_words(struct builder *m, struct text_words words, size_t from)
{
	uint32_t before = MAP_NONE; /* the word before, where it is one of the job's, as both of a pair are */
	bool of_title = false;
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
		add_occurrence(m, word);
		if (pair != MAP_NONE)
			add_occurrence(m, pair);
		struct score_word *known = &m->known[word];
		known->seen = m->piece;
		m->explained[word] = 1;
		of_title |= known->of_title;
		if (known->marked)
			m->spans[m->span_count++] = (struct span){ (uint32_t)(from + w->start), w->length };
	}
	return of_title;
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
			m->explained[g->own[k]] = 1;
	}
}

/* Which of the titles of the score a title entry is; MAP_NONE where it is none. */
static uint32_t find_title_entry(const struct builder *m, uint32_t title_entry)
{
	uint32_t at = m->title_entry_slots[title_entry & m->title_entry_mask];
	while (at > 0 && m->title_entries[at - 1].title_entry != title_entry)
		at = m->title_entries[at - 1].next;
	return at - 1;
}

/* A variant of a title that has a word of the job's title. */
static void read_title(struct builder *m, struct matched_piece *d, struct text_words words, size_t variant,
		       uint32_t title_entry)
{
	const struct text_word *head = m->head != MAP_NONE ? text_head(words) : NULL;
	if (head && head->number == m->head)
		d->heads++;
	d->title_entries[variant] = find_title_entry(m, title_entry);
	if (d->title_entries[variant] == MAP_NONE)
		return;
	d->scale = d->scale > 0.0 ? d->scale : evidence_scale(d->evidence);
	m->title_entries[d->title_entries[variant]].weight +=
		evidence_weights[d->evidence->kind][SECTION_TITLES] * d->scale;
}

static void read_variant(struct builder *m, struct matched_piece *d, struct slice text, size_t variant,
			 uint32_t title_entry)
{
	struct text_words words = find_words(m, text);
	if (read_words(m, words, (size_t)(text.at - d->evidence->text.at)) && d->group <= EVIDENCE_SHARE_FILINGS)
		read_title(m, d, words, variant, title_entry);
}

enum { SPANS_AT_ONCE = 1024 };

static void keep_piece(struct builder *m, struct matched_piece *d)
{
	if (m->span_left < m->span_count) {
		m->span_left = m->span_count > SPANS_AT_ONCE ? m->span_count : SPANS_AT_ONCE;
		if (!SESSION_ROOM(m->session, m->span_room, m->span_left))
			m->span_left = m->span_count = 0;
	}
	d->spans = m->span_room;
	d->span_count = (uint32_t)m->span_count;
	for (size_t i = 0; i < m->span_count; i++)
		m->span_room[i] = m->spans[i];
	m->span_room += m->span_count;
	m->span_left -= m->span_count;
	d->scale = d->scale > 0.0 ? d->scale : evidence_scale(d->evidence);
	m->pieces[m->piece_count++] = *d;
}

/* Read a piece; it is kept where it has a word of the job. */
static void read_piece(struct builder *m, const struct evidence *e, size_t occupation,
		       struct title_entry_reader *title_entries)
{
	struct matched_piece d = { .evidence = e,
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
		return;
	m->piece++;
	m->span_count = 0;
	for (size_t i = 0; i < count; i++)
		read_variant(m, &d, texts[i], i, own[i]);
	explain_others(m);
	if (m->span_count > 0 || m->occurrence_count > occurrences)
		keep_piece(m, &d);
}

/* The pieces that have a word, by word.  So far there is how many each has. */
static bool invert_occurrences(struct builder *m)
{
	size_t end = 0;
	m->postings = memory_resize(NULL, (m->occurrence_count + 1) * sizeof *m->postings);
	if (!m->postings)
		return error_no_memory(m->session->err);
	for (size_t w = 0; w <= m->words.count; w++)
		m->first_posting[w] = end += m->first_posting[w];
	for (size_t i = m->occurrence_count; i-- > 0;)
		m->postings[--m->first_posting[m->occurrences[i].word]] = m->occurrences[i].piece;
	return true;
}

/* Read the evidence of the code: what has a word of the job is kept, and each word gets the pieces that have it. */
static bool read_evidence(struct builder *m)
{
	struct session *session = m->session;
	size_t pieces = 0;
	for (size_t o = m->parts.first; o < m->parts.end; o++)
		pieces += session_occupation(session, o)->evidence_count;
	/* There is room for all pieces, of which most are kept; they have a few words of the job each. */
	if (!session_ok(session) || !ARRAY_RESERVE(m->pieces, m->piece_capacity, pieces, session->err) ||
	    !ARRAY_RESERVE(m->occurrences, m->occurrence_capacity, 2 * pieces, session->err))
		return false;
	for (size_t o = m->parts.first; o < m->parts.end; o++) {
		const struct occupation *record = session_occupation(session, o);
		struct title_entry_reader title_entries;
		if (!title_entry_reader_begin(session->index, o, &title_entries, session->err))
			return false;
		for (size_t i = 0; i < record->evidence_count; i++)
			read_piece(m, &record->evidence[i], o, &title_entries);
	}
	return session_ok(session) && invert_occurrences(m);
}

/* ---- the score divided among the pieces ---- */

/* How the summands of a feature are divided. */
enum divided_by { DIVIDED_NOT, DIVIDED_BY_WORDS, DIVIDED_BY_TITLES, DIVIDED_BY_HEADS };

/* What a feature reads: pieces count in it by their weight in the section, as they were counted when the index was
 * made.  What the text's features read is that of one occupation. */
static const struct feature_evidence {
	enum divided_by how;
	enum section section;
	bool scaled;
	bool of_text;
} feature_evidence[FEATURE_COUNT] = {
	[FEATURE_TITLE_SIMILARITY] = { DIVIDED_BY_TITLES, SECTION_TITLES, true, false },
	[FEATURE_TITLE_CONTAINED] = { DIVIDED_BY_TITLES, SECTION_TITLES, true, false },
	[FEATURE_TITLE_EXACT] = { DIVIDED_BY_TITLES, SECTION_TITLES, true, false },
	[FEATURE_TITLE_DIRECT_MATCH] = { DIVIDED_BY_TITLES, SECTION_TITLES, true, false },
	[FEATURE_TITLE_LISTED] = { DIVIDED_BY_TITLES, SECTION_TITLES, true, false },
	[FEATURE_TITLE_HEAD_WORD] = { DIVIDED_BY_HEADS, SECTION_TITLES, true, false },
	[FEATURE_TITLE_DESCRIPTIONS] = { DIVIDED_BY_WORDS, SECTION_PROSE, false, false },
	[FEATURE_TITLE_TECHNOLOGIES] = { DIVIDED_BY_WORDS, SECTION_EXTRAS, false, false },
	[FEATURE_TEXT_WORDS] = { DIVIDED_BY_WORDS, SECTION_TEXT, false, true },
	[FEATURE_TEXT_TITLES] = { DIVIDED_BY_WORDS, SECTION_TITLES, true, true },
	[FEATURE_TEXT_BIGRAMS] = { DIVIDED_BY_WORDS, SECTION_TEXT, false, true },
	[FEATURE_TEXT_TECHNOLOGIES] = { DIVIDED_BY_WORDS, SECTION_EXTRAS, false, true },
};

/* The score on its way to the pieces. */
struct divider {
	struct builder *m;
	double *weights; /* by piece: what it weighs where the feature that is divided reads it */
	double *words;   /* by word: what of the feature no piece gave */
};

static void weigh_pieces(struct divider *d, enum feature feature)
{
	const struct feature_evidence *r = &feature_evidence[feature];
	const struct builder *m = d->m;
	for (size_t i = 0; i < m->piece_count; i++) {
		const struct matched_piece *piece = &m->pieces[i];
		bool read = !r->of_text || piece->occupation == m->parts.text_occupation;
		double weight = evidence_weights[piece->kind][r->section] * (r->scaled ? piece->scale : 1.0);
		d->weights[i] = read ? weight : 0.0;
	}
}

/* Divide among the pieces that have the words; false where none has. */
static bool divide_words(struct divider *d, double amount, uint32_t word)
{
	const struct builder *m = d->m;
	const uint32_t *first = m->postings + m->first_posting[word], *end = m->postings + m->first_posting[word + 1];
	double all = 0.0;
	for (const uint32_t *at = first; at < end; at++)
		all += d->weights[*at];
	for (const uint32_t *at = first; all > 0.0 && at < end; at++)
		m->pieces[*at].points += amount * d->weights[*at] / all;
	return all > 0.0;
}

/* ... among the titles that have the head word. */
static bool divide_heads(struct divider *d, double amount)
{
	const struct builder *m = d->m;
	double all = 0.0;
	for (size_t i = 0; i < m->piece_count; i++)
		all += m->pieces[i].heads * d->weights[i];
	for (size_t i = 0; all > 0.0 && i < m->piece_count; i++)
		m->pieces[i].points += amount * m->pieces[i].heads * d->weights[i] / all;
	return all > 0.0;
}

/* ... among the titles that are this title entry; done for all title entries at once (divide_titles). */
static bool divide_title_entry(struct divider *d, double amount, uint32_t number)
{
	struct score_title *title_entry = &d->m->title_entries[number];
	if (title_entry->weight <= 0.0)
		return false;
	title_entry->points += amount;
	return true;
}

static void divide_titles(struct divider *d)
{
	const struct builder *m = d->m;
	weigh_pieces(d, FEATURE_TITLE_SIMILARITY);
	for (size_t i = 0; i < m->piece_count; i++)
		for (size_t r = 0; r < TITLE_VARIANTS_MAX; r++) {
			uint32_t title_entry = m->pieces[i].title_entries[r];
			if (title_entry != MAP_NONE)
				m->pieces[i].points += m->title_entries[title_entry].points * d->weights[i] /
						       m->title_entries[title_entry].weight;
		}
}

/* Whether there were pieces to divide it among. */
static bool divide_one(struct divider *d, const struct contribution *x, uint32_t number)
{
	switch (feature_evidence[x->feature].how) {
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

static int compare_words(const void *a, const void *b)
{
	const struct evidence_share_word *x = a, *y = b;
	if (fabs(x->points) != fabs(y->points))
		return fabs(x->points) > fabs(y->points) ? -1 : 1;
	return x->word.at < y->word.at ? -1 : x->word.at > y->word.at;
}

/* The words of which something is left, the most telling first. */
static struct evidence_share_word *list_words(struct builder *m, const double *points, size_t *count)
{
	struct evidence_share_word *out;
	size_t some = 0;
	for (uint32_t w = 0; w < m->words.count; w++)
		some += points[w] != 0.0;
	*count = 0;
	if (!SESSION_ROOM(m->session, out, some))
		return NULL;
	for (uint32_t w = 0; w < m->words.count; w++)
		if (points[w] != 0.0)
			out[(*count)++] = (struct evidence_share_word){ m->written[w], points[w] };
	if (*count)
		qsort(out, *count, sizeof *out, compare_words);
	return out;
}

static int compare_rests(const void *a, const void *b)
{
	const struct evidence_share_rest *x = a, *y = b;
	if (fabs(x->points) != fabs(y->points))
		return fabs(x->points) > fabs(y->points) ? -1 : 1;
	return (int)x->feature - (int)y->feature;
}

/* Divide a feature's parts, which are `count` of `order`; what of it no piece gave is left. */
static void divide_feature(struct divider *d, enum feature feature, const uint32_t *order, size_t count)
{
	struct builder *m = d->m;
	struct evidence_share_rest r = { .feature = feature };
	memset(d->words, 0, m->words.count * sizeof *d->words);
	if (feature_evidence[feature].how == DIVIDED_BY_WORDS || feature_evidence[feature].how == DIVIDED_BY_HEADS)
		weigh_pieces(d, feature);
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
		return;
	r.words = list_words(m, d->words, &r.word_count);
	m->out->rests[m->out->rest_count++] = r;
}

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

/* Divide the score among the pieces; what none of them gave is left over. */
static void divide_score(struct builder *m)
{
	struct session *session = m->session;
	struct evidence_shares *s = m->out;
	struct divider d = { .m = m };
	size_t first[FEATURE_COUNT + 1];
	uint32_t *order;
	SESSION_ROOM(session, d.words, m->words.count);
	SESSION_ROOM(session, d.weights, m->piece_count);
	if (!SESSION_ROOM(session, order, m->parts.count) || !SESSION_ARRAY(session, s->rests, FEATURE_COUNT))
		return;
	order_parts(m, first, order);
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		if (first[i + 1] > first[i])
			divide_feature(&d, (enum feature)i, order + first[i], first[i + 1] - first[i]);
	divide_titles(&d);
	qsort(s->rests, s->rest_count, sizeof *s->rests, compare_rests);
	s->words = list_words(m, m->points, &s->word_count);
}

/* ---- the pieces in order, and those of one text joined; what is sorted is small: a key and a number ---- */

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

struct piece_sorter {
	struct builder *m;
	struct key *keys;                   /* room for all pieces, */
	struct key *scratch;                /* ... and for half of them */
	uint32_t *slots;                    /* of the texts of a group, by hash: the line that has it, plus 1 */
	size_t slot_count;                  /* a power of two, twice the pieces or more */
	struct evidence_share_piece **last; /* by line of a group: its last piece */
};

/* What gave nothing is left out, but for activities, which never give. */
static bool is_piece(const struct matched_piece *d)
{
	return d->points != 0.0 || d->group == EVIDENCE_SHARE_ACTIVITIES;
}

/* Drafts stand by occupation and in the order of its record already. */
static void list_pieces(struct piece_sorter *o)
{
	struct evidence_shares *s = o->m->out;
	const struct matched_piece *pieces = o->m->pieces;
	size_t next[EVIDENCE_SHARE_GROUP_COUNT] = { 0 };
	for (size_t i = 0; i < o->m->piece_count; i++)
		next[pieces[i].group] += is_piece(&pieces[i]);
	for (size_t g = 0; g < EVIDENCE_SHARE_GROUP_COUNT; g++) {
		s->first[g + 1] = s->first[g] + next[g];
		next[g] = s->first[g];
	}
	for (size_t i = 0; i < o->m->piece_count; i++)
		if (is_piece(&pieces[i]))
			o->keys[next[pieces[i].group]++] = (struct key){ descending(pieces[i].points), (uint32_t)i };
}

/* Activities that gave the same stand by their words, the most first. */
static void sort_activities(struct piece_sorter *o, struct key *keys, size_t count)
{
	const struct matched_piece *pieces = o->m->pieces;
	for (size_t i = 0; i < count; i++)
		keys[i].by = UINT32_MAX - pieces[keys[i].at].span_count;
	sort_keys(keys, count, o->scratch);
	for (size_t i = 0; i < count; i++)
		keys[i].by = descending(pieces[keys[i].at].points);
}

static struct evidence_share_piece piece_of(const struct matched_piece *d)
{
	return (struct evidence_share_piece){ .evidence = d->evidence,
					      .occupation = d->occupation,
					      .group = (enum evidence_share_group)d->group,
					      .points = d->points,
					      .spans = d->spans,
					      .span_count = d->span_count };
}

static void order_pieces(struct piece_sorter *o)
{
	struct evidence_shares *s = o->m->out;
	list_pieces(o);
	if (!SESSION_ROOM(o->m->session, s->pieces, s->first[EVIDENCE_SHARE_GROUP_COUNT]))
		return;
	for (size_t g = 0; g < EVIDENCE_SHARE_GROUP_COUNT; g++) {
		struct key *keys = o->keys + s->first[g];
		size_t count = s->first[g + 1] - s->first[g];
		if (g == EVIDENCE_SHARE_ACTIVITIES)
			sort_activities(o, keys, count);
		sort_keys(keys, count, o->scratch);
		for (size_t i = 0; i < count; i++) {
			s->pieces[s->first[g] + i] = piece_of(&o->m->pieces[keys[i].at]);
			s->points[g] += s->pieces[s->first[g] + i].points;
		}
	}
}

/* The line of the group that has the text; MAP_NONE where it begins one, which is noted then as number `line`. */
static uint32_t find_line(struct piece_sorter *o, const struct evidence_share_piece *const *lines, size_t slots,
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
static void sort_lines(struct piece_sorter *o, const struct evidence_share_piece **lines, size_t count)
{
	const struct evidence_share_piece *pieces = o->m->out->pieces;
	for (size_t i = 0; i < count; i++)
		o->keys[i] = (struct key){ descending(lines[i]->together), (uint32_t)(lines[i] - pieces) };
	sort_keys(o->keys, count, o->scratch);
	for (size_t i = 0; i < count; i++)
		lines[i] = &pieces[o->keys[i].at];
}

/* Join the pieces of a group that have the same text. */
static void join_group(struct piece_sorter *o, size_t group)
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

/* Put the pieces that gave something in order, and join what is said several times. */
static void sort_pieces(struct builder *m)
{
	struct evidence_shares *s = m->out;
	struct piece_sorter o = { .m = m, .slot_count = 16 };
	while (o.slot_count < 2 * m->piece_count)
		o.slot_count *= 2;
	SESSION_ROOM(m->session, o.keys, m->piece_count);
	SESSION_ROOM(m->session, o.scratch, m->piece_count / 2);
	SESSION_ROOM(m->session, o.slots, o.slot_count);
	if (!SESSION_ROOM(m->session, o.last, m->piece_count))
		return;
	order_pieces(&o);
	if (SESSION_ROOM(m->session, s->lines, s->first[EVIDENCE_SHARE_GROUP_COUNT]))
		for (size_t g = 0; g < EVIDENCE_SHARE_GROUP_COUNT; g++)
			join_group(&o, g);
}

/* ---- the whole ---- */

static struct slice title_of(const struct soc_index *index, const struct code *code)
{
	int number = soc_index_find(index, code);
	return number < 0 ? SLICE("") : index->entries[number].title;
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
					 .ranking = ranking,
					 .place = place,
					 .ranked = ranking->count };
	if (rank_attribute(ranked->ranker, candidate, ranked->level, &s->arena, &m.parts, s->err) && number_words(&m)) {
		link_pairs(&m);
		sum_words(&m);
		stem_set_begin(s->index->analyzer, &m.words, &m.sought);
		name_words(&m, ranking);
		number_title_entries(&m);
		if (read_evidence(&m)) {
			divide_score(&m);
			sort_pieces(&m);
			job_words_unexplained(m.asked, m.explained, &s->arena, &out->unexplained,
					      &out->unexplained_count, s->err);
			find_sentences(&m, ranking);
		}
	}
	map_free(&m.words);
	memory_free(m.pieces);
	memory_free(m.spans);
	memory_free(m.occurrences);
	memory_free(m.postings);
	return session_ok(s);
}
