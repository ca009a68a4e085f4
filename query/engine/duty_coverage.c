// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_coverage.c - the statements of the codes as term vectors, and the best of them for each duty.
 */
#include <math.h>

#include "query/engine/duty_coverage.h"
#include "query/engine/term_stats.h"

/* ---- the terms of the duties ---- */

static bool has_term(const uint32_t *terms, size_t count, uint32_t term)
{
	for (size_t i = 0; i < count; i++)
		if (terms[i] == term)
			return true;
	return false;
}

/* MAP_NONE where no duty has the word. */
static uint32_t term_of(const struct duty_words *w, const struct text_word *word)
{
	return word->stop || word->term.length == 0 ? MAP_NONE : map_find(&w->terms, word->term);
}

/* Number the terms of all duties, so that it is known how many there are. */
static void number_terms(struct duty_words *w, const struct slice *duties)
{
	struct session *s = w->session;
	for (size_t d = 0; d < w->count; d++) {
		struct text_words *words = &w->duties[d].words;
		text_words_copy(session_tokenize(s, duties[d]), &s->arena, words, s->err);
		for (size_t i = 0; session_ok(s) && i < words->count; i++)
			if (!words->at[i].stop)
				map_add(&w->terms, words->at[i].term, &(uint32_t){ 0 }, NULL, s->err);
	}
	for (uint32_t i = 0; i < w->terms.count; i++)
		stem_filter_add(&w->stems, map_key(&w->terms, i));
}

static void list_terms(struct duty_words *w, struct slice text, struct duty_terms *d)
{
	if (!SESSION_ARRAY(w->session, d->terms, d->words.count) ||
	    !SESSION_ARRAY(w->session, d->written, d->words.count))
		return;
	for (size_t i = 0; i < d->words.count; i++) {
		const struct text_word *word = &d->words.at[i];
		uint32_t term = term_of(w, word);
		if (term == MAP_NONE || has_term(d->terms, d->count, term))
			continue;
		d->written[d->count] = (struct slice){ text.at + word->start, word->length };
		d->terms[d->count++] = term;
		d->mass += w->idf[term];
		d->squares += w->idf[term] * w->idf[term];
	}
}

/* Which duties have each term. */
static void invert_duties(struct duty_words *w)
{
	size_t all = 0;
	for (size_t d = 0; d < w->count; d++)
		all += w->duties[d].count;
	if (!SESSION_ARRAY(w->session, w->firsts, w->terms.count) || !SESSION_ARRAY(w->session, w->having, all))
		return;
	for (size_t d = 0; d < w->count; d++)
		for (size_t i = 0; i < w->duties[d].count; i++)
			w->firsts[w->duties[d].terms[i]]++;
	for (uint32_t term = 0; term < w->terms.count; term++)
		w->firsts[term + 1] += w->firsts[term];
	/* Each is now where the duties of its term end; from there they are put in, the last first. */
	for (size_t d = w->count; d-- > 0;)
		for (size_t i = 0; i < w->duties[d].count; i++)
			w->having[--w->firsts[w->duties[d].terms[i]]] = (uint32_t)d;
}

bool duty_words_read(struct session *s, const struct slice *duties, const double *shares, size_t count,
		     struct duty_words *w)
{
	w->session = s;
	w->shares = shares;
	if (SESSION_ARRAY(s, w->duties, count))
		w->count = count;
	number_terms(w, duties);
	SESSION_ARRAY(s, w->common, count);
	SESSION_ARRAY(s, w->shared, count);
	SESSION_ARRAY(s, w->found, w->terms.count);
	SESSION_ARRAY(s, w->idf, w->terms.count);
	for (uint32_t i = 0; session_ok(s) && i < w->terms.count; i++) {
		term_idf(s->index, map_key(&w->terms, i), &w->idf[i], s->err);
		w->idf[i] = fmin(DUTY_IDF_MOST, w->idf[i]);
	}
	for (size_t d = 0; session_ok(s) && d < count; d++)
		list_terms(w, duties[d], &w->duties[d]);
	invert_duties(w);
	return session_ok(s);
}

void duty_words_free(struct duty_words *w)
{
	map_free(&w->terms);
}

/* ---- statements ---- */

/* A statement as the numbers of those of its terms that any duty has. */
struct duty_statement {
	double cosine; /* with the duty for which it is among the best */
	const struct evidence *evidence;
	uint32_t *terms;
	size_t count;
	double others; /* squares of the idf of its other words */
};

/* The best of an occupation for one duty, best first. */
struct best_statements {
	struct duty_statement at[DUTY_STATEMENTS];
	size_t count;
};

static struct text_words tokenize_for_duties(struct duty_words *w, struct slice text)
{
	struct text_words words = { 0 };
	if (session_ok(w->session))
		tokenize_for(w->session->index->analyzer, text, &w->stems, &words, w->session->err);
	return session_ok(w->session) ? words : (struct text_words){ 0 };
}

static struct duty_statement read_statement(struct duty_words *w, const struct evidence *e)
{
	struct duty_statement s = { .evidence = e };
	struct text_words words = tokenize_for_duties(w, e->text);
	if (!SESSION_ROOM(w->session, s.terms, words.count))
		return s;
	for (size_t i = 0; i < words.count; i++) {
		uint32_t term = term_of(w, &words.at[i]);
		if (term == MAP_NONE)
			s.others += words.at[i].stop ? 0.0 : DUTY_IDF_MOST * DUTY_IDF_MOST;
		else if (!has_term(s.terms, s.count, term))
			s.terms[s.count++] = term;
	}
	return s;
}

/* What a statement has in common with each duty: the sum of idf^2, and the number of terms.  Returns the sum of all. */
static double count_common(struct duty_words *w, const struct duty_statement *s)
{
	double squares = s->others;
	memset(w->common, 0, w->count * sizeof *w->common);
	memset(w->shared, 0, w->count * sizeof *w->shared);
	for (size_t i = 0; i < s->count; i++) {
		uint32_t term = s->terms[i];
		double square = w->idf[term] * w->idf[term];
		squares += square;
		for (size_t k = w->firsts[term]; k < w->firsts[term + 1]; k++) {
			w->common[w->having[k]] += square;
			w->shared[w->having[k]]++;
		}
	}
	return squares;
}

/* The statements of one field of an occupation; whether it has any. */
static bool weigh_field(struct duty_words *w, const struct occupation *o, enum field field,
			struct best_statements *best)
{
	bool any = false;
	for (size_t i = 0; i < o->evidence_count; i++) {
		if (evidence_specs[o->evidence[i].kind].field != field)
			continue;
		any = true;
		struct duty_statement s = read_statement(w, &o->evidence[i]);
		double squares = count_common(w, &s);
		for (size_t d = 0; s.count > 0 && d < w->count; d++) {
			/* Two terms, or the only one of the duty. */
			bool enough = w->shared[d] > 1 || (w->shared[d] == 1 && w->duties[d].count == 1);
			s.cosine = enough ? cosine_of(w->common[d], squares, w->duties[d].squares) : 0.0;
			if (s.cosine >= DUTY_COSINE_LEAST)
				best_insert(best[d].at, &best[d].count, DUTY_STATEMENTS, &s, sizeof s);
		}
	}
	return any;
}

/* ---- what they cover ---- */

/* Note the terms of the best statements, or forget them. */
static void note_found(struct duty_words *w, const struct best_statements *b, unsigned char found)
{
	for (size_t i = 0; i < b->count; i++)
		for (size_t k = 0; k < b->at[i].count; k++)
			w->found[b->at[i].terms[k]] = found;
}

/* The coverage of a duty; `explained`, where it is not NULL, by its terms. */
static double find_coverage(struct duty_words *w, size_t duty, const struct best_statements *b,
			    unsigned char *explained)
{
	const struct duty_terms *d = &w->duties[duty];
	double covered = 0.0;
	note_found(w, b, 1);
	for (size_t i = 0; i < d->count; i++) {
		covered += w->found[d->terms[i]] ? w->idf[d->terms[i]] : 0.0;
		if (explained)
			explained[i] = w->found[d->terms[i]];
	}
	note_found(w, b, 0);
	return d->mass > 0.0 ? fmin(1.0, covered / d->mass) : 0.0;
}

static void find_spans(struct duty_words *w, const struct duty_terms *d, struct duty_coverage *m)
{
	struct text_words words = tokenize_for_duties(w, m->statement.text);
	if (!SESSION_ROOM(w->session, m->spans, words.count))
		return;
	for (size_t i = 0; i < words.count; i++) {
		uint32_t term = term_of(w, &words.at[i]);
		if (term != MAP_NONE && has_term(d->terms, d->count, term))
			m->spans[m->span_count++] = (struct span){ words.at[i].start, words.at[i].length };
	}
}

static void finish_duty(struct duty_words *w, size_t duty, const struct best_statements *b, struct duty_cover *cover)
{
	struct duty_coverage *m = &cover->at[duty];
	if (!SESSION_ARRAY(w->session, cover->explained[duty], w->duties[duty].count) || b->count == 0)
		return;
	*m = (struct duty_coverage){ .statements = b->count,
				     .statement = *b->at[0].evidence,
				     .cosine = b->at[0].cosine,
				     .coverage = find_coverage(w, duty, b, cover->explained[duty]) };
	find_spans(w, &w->duties[duty], m);
}

/* ---- the occupations of a code ---- */

/* The best statements of one occupation for each duty; *coverage of the job.  NULL after a failure. */
static const struct best_statements *weigh_occupation(struct duty_words *w, size_t number, double *coverage)
{
	const struct occupation *o = session_occupation(w->session, number);
	struct best_statements *best;
	*coverage = 0.0;
	if (!SESSION_ARRAY(w->session, best, w->count))
		return NULL;
	if (!weigh_field(w, o, FIELD_TASK, best))
		weigh_field(w, o, FIELD_DESCRIPTION, best);
	for (size_t d = 0; d < w->count; d++)
		*coverage += w->shares[d] * find_coverage(w, d, &best[d], NULL);
	return best;
}

static void match_code(struct duty_words *w, struct duty_cover *cover)
{
	const struct best_statements *chosen = NULL;
	double most = -1.0, coverage;
	for (size_t i = cover->first; i < cover->end; i++) {
		const struct best_statements *best = weigh_occupation(w, i, &coverage);
		if (coverage <= most)
			continue;
		most = coverage;
		chosen = best;
		cover->occupation = i;
	}
	for (size_t d = 0; chosen && d < w->count; d++)
		finish_duty(w, d, &chosen[d], cover);
}

const struct duty_cover *duty_words_cover(struct duty_words *w, size_t first, size_t end)
{
	struct session *s = w->session;
	struct duty_cover *cover = w->covers;
	while (cover && (cover->first != first || cover->end != end))
		cover = cover->next;
	if (cover || !SESSION_ARRAY(s, cover, 0))
		return cover;
	*cover = (struct duty_cover){ .first = first, .end = end, .next = w->covers };
	if (SESSION_ARRAY(s, cover->at, w->count) && SESSION_ARRAY(s, cover->explained, w->count))
		match_code(w, cover);
	return session_ok(s) ? w->covers = cover : NULL;
}

struct slice *duty_words_unexplained(const struct duty_words *w, size_t duty, const struct duty_cover *const *covers,
				     size_t cover_count, size_t *count)
{
	const struct duty_terms *d = &w->duties[duty];
	struct slice *words;
	*count = 0;
	if (!SESSION_ARRAY(w->session, words, d->count))
		return NULL;
	for (size_t i = 0; i < d->count; i++) {
		bool explained = false;
		for (size_t k = 0; k < cover_count; k++)
			explained |= covers[k]->explained[duty][i];
		if (!explained)
			words[(*count)++] = d->written[i];
	}
	return words;
}
