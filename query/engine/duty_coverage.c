// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_coverage.c - the statements of the codes as term vectors, and the best of them for each duty.
 */
#include <math.h>

#include "lib/rank/query_terms.h"
#include "query/engine/duty_coverage.h"

/* ---- the words of the duties ---- */

/* How rare a term is among the SOC codes. */
static bool find_idf(struct soc_index *index, struct slice term, double *idf, struct error *err)
{
	size_t occurrences;
	if (!term_document_frequency(index, term, &occurrences, err))
		return false;
	*idf = fmin(DUTY_IDF_MOST, log(1.0 + (double)index->soc.count / (double)(occurrences ? occurrences : 1)));
	return true;
}

/* Read the words of all duties, and number them, so that it is known how many there are. */
static bool number_words(struct soc_index *index, const struct slice *duties, struct arena *arena, struct duty_words *w,
			 struct error *err)
{
	w->words = arena_alloc(arena, (w->count + 1) * sizeof *w->words, err);
	for (size_t d = 0; w->words && d < w->count; d++) {
		struct text_words words;
		uint32_t number;
		if (!tokenize(index->analyzer, duties[d], &words, err) ||
		    !text_words_copy(words, arena, &w->words[d], err))
			return false;
		for (size_t i = 0; i < words.count; i++)
			if (!w->words[d].at[i].stop && !map_add(&w->terms, w->words[d].at[i].term, &number, NULL, err))
				return false;
	}
	for (uint32_t i = 0; i < w->terms.count; i++)
		stem_filter_add(&w->stems, map_key(&w->terms, i));
	return w->words != NULL;
}

static void note_words(const struct slice *duties, struct duty_words *w)
{
	for (size_t d = 0; d < w->count; d++) {
		struct text_words words = w->words[d];
		for (size_t i = 0; i < words.count; i++) {
			uint32_t term = words.at[i].stop ? MAP_NONE : map_find(&w->terms, words.at[i].term);
			size_t at = d * w->terms.count + term;
			if (term == MAP_NONE || w->has[at])
				continue;
			w->has[at] = 1;
			w->written[at] = (struct slice){ duties[d].at + words.at[i].start, words.at[i].length };
			w->sizes[d]++;
			w->mass[d] += w->idf[term];
			w->squares[d] += w->idf[term] * w->idf[term];
		}
	}
}

/* Which terms each duty has. */
static bool list_terms(struct duty_words *w, struct arena *arena, struct error *err)
{
	for (size_t d = 0; d < w->count; d++) {
		const unsigned char *has = w->has + d * w->terms.count;
		size_t count = 0;
		w->own[d] = arena_alloc(arena, (w->sizes[d] + 1) * sizeof *w->own[d], err);
		if (!w->own[d])
			return false;
		for (uint32_t term = 0; term < w->terms.count; term++)
			if (has[term])
				w->own[d][count++] = term;
	}
	return true;
}

/* Which duties have each term. */
static bool list_duties(struct duty_words *w, struct arena *arena, struct error *err)
{
	size_t all = 0;
	for (size_t d = 0; d < w->count; d++)
		all += w->sizes[d];
	w->firsts = arena_alloc(arena, (w->terms.count + 1) * sizeof *w->firsts, err);
	w->duties = arena_alloc(arena, (all + 1) * sizeof *w->duties, err);
	w->common = arena_alloc(arena, (w->count + 1) * sizeof *w->common, err);
	w->shared = arena_alloc(arena, (w->count + 1) * sizeof *w->shared, err);
	w->found = arena_alloc(arena, w->terms.count + 1, err);
	if (!w->firsts || !w->duties || !w->common || !w->shared || !w->found)
		return false;
	for (size_t d = 0; d < w->count; d++)
		for (size_t i = 0; i < w->sizes[d]; i++)
			w->firsts[w->own[d][i]]++;
	for (uint32_t term = 0; term < w->terms.count; term++)
		w->firsts[term + 1] += w->firsts[term];
	/* Each is now where the duties of its term end; from there they are put in, the last first. */
	for (size_t d = w->count; d-- > 0;)
		for (size_t i = 0; i < w->sizes[d]; i++)
			w->duties[--w->firsts[w->own[d][i]]] = (uint32_t)d;
	return true;
}

bool duty_words_read(struct soc_index *index, const struct slice *duties, const double *shares, size_t count,
		     struct arena *arena, struct duty_words *w, struct error *err)
{
	w->count = count;
	w->shares = shares;
	if (!number_words(index, duties, arena, w, err))
		return false;
	size_t cells = count * w->terms.count + 1;
	w->idf = arena_alloc(arena, (w->terms.count + 1) * sizeof *w->idf, err);
	w->own = arena_alloc(arena, (count + 1) * sizeof *w->own, err);
	w->has = arena_alloc(arena, cells, err);
	w->written = arena_alloc(arena, cells * sizeof *w->written, err);
	w->mass = arena_alloc(arena, (count + 1) * sizeof *w->mass, err);
	w->sizes = arena_alloc(arena, (count + 1) * sizeof *w->sizes, err);
	w->squares = arena_alloc(arena, (count + 1) * sizeof *w->squares, err);
	if (!w->idf || !w->own || !w->has || !w->written || !w->mass || !w->squares || !w->sizes)
		return false;
	for (uint32_t i = 0; i < w->terms.count; i++)
		if (!find_idf(index, map_key(&w->terms, i), &w->idf[i], err))
			return false;
	note_words(duties, w);
	return list_terms(w, arena, err) && list_duties(w, arena, err);
}

void duty_words_free(struct duty_words *w)
{
	map_free(&w->terms);
}

/* ---- statements ---- */

/* A statement as the numbers of those of its words that any duty has. */
struct statement {
	const struct evidence *evidence;
	uint32_t *terms;
	size_t count;
	double others; /* squares of its other words */
};

/* The best of a code for one duty, best first. */
struct best {
	struct statement at[DUTY_STATEMENTS];
	double cosines[DUTY_STATEMENTS];
	size_t count;
};

static bool has_term(const struct statement *s, uint32_t term)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->terms[i] == term)
			return true;
	return false;
}

/* MAP_NONE where no duty has the word. */
static uint32_t term_of(const struct duty_words *w, const struct text_word *word)
{
	return word->stop || word->term.length == 0 ? MAP_NONE : map_find(&w->terms, word->term);
}

static bool read_statement(struct soc_index *index, const struct duty_words *w, const struct evidence *e,
			   struct arena *arena, struct statement *out, struct error *err)
{
	struct text_words words;
	*out = (struct statement){ .evidence = e };
	if (!tokenize_for(index->analyzer, e->text, &w->stems, &words, err))
		return false;
	out->terms = arena_alloc(arena, (words.count + 1) * sizeof *out->terms, err);
	if (!out->terms)
		return false;
	for (size_t i = 0; i < words.count; i++) {
		uint32_t term = term_of(w, &words.at[i]);
		if (term == MAP_NONE)
			out->others += words.at[i].stop ? 0.0 : DUTY_IDF_MOST * DUTY_IDF_MOST;
		else if (!has_term(out, term))
			out->terms[out->count++] = term;
	}
	return true;
}

/* What a statement has in common with each duty: the sum of idf^2, and the number of words. */
static void count_common(struct duty_words *w, const struct statement *s)
{
	memset(w->common, 0, w->count * sizeof *w->common);
	memset(w->shared, 0, w->count * sizeof *w->shared);
	for (size_t i = 0; i < s->count; i++) {
		uint32_t term = s->terms[i];
		double square = w->idf[term] * w->idf[term];
		for (size_t k = w->firsts[term]; k < w->firsts[term + 1]; k++) {
			w->common[w->duties[k]] += square;
			w->shared[w->duties[k]]++;
		}
	}
}

static double find_norm(const struct duty_words *w, const struct statement *s)
{
	double norm = s->others;
	for (size_t i = 0; i < s->count; i++)
		norm += w->idf[s->terms[i]] * w->idf[s->terms[i]];
	return norm;
}

/* After count_common(); 0 where they have too little in common. */
static double find_cosine(const struct duty_words *w, double norm, size_t duty)
{
	if (w->shared[duty] == 0 || (w->shared[duty] == 1 && w->sizes[duty] > 1))
		return 0.0;
	return w->common[duty] > 0.0 ? fmin(1.0, w->common[duty] / sqrt(norm * w->squares[duty])) : 0.0;
}

/* Of equal ones the first stays before. */
static void keep(struct best *b, const struct statement *s, double cosine)
{
	size_t at = b->count;
	while (at > 0 && b->cosines[at - 1] < cosine)
		at--;
	if (at == DUTY_STATEMENTS)
		return;
	b->count += b->count < DUTY_STATEMENTS;
	for (size_t i = b->count - 1; i > at; i--) {
		b->at[i] = b->at[i - 1];
		b->cosines[i] = b->cosines[i - 1];
	}
	b->at[at] = *s;
	b->cosines[at] = cosine;
}

/* The statements of one field of an occupation; *any where it has some. */
static bool weigh_field(struct soc_index *index, struct duty_words *w, const struct occupation *o, enum field field,
			struct arena *arena, struct best *best, bool *any, struct error *err)
{
	for (size_t i = 0; i < o->evidence_count; i++) {
		struct statement s;
		if (evidence_specs[o->evidence[i].kind].field != field)
			continue;
		*any = true;
		if (!read_statement(index, w, &o->evidence[i], arena, &s, err))
			return false;
		if (s.count == 0)
			continue;
		count_common(w, &s);
		double norm = find_norm(w, &s);
		for (size_t d = 0; d < w->count; d++) {
			double cosine = find_cosine(w, norm, d);
			if (cosine >= DUTY_COSINE_LEAST)
				keep(&best[d], &s, cosine);
		}
	}
	return true;
}

/* ---- what they cover ---- */

static bool find_spans(struct soc_index *index, const struct duty_words *w, size_t duty, struct arena *arena,
		       struct duty_coverage *m, struct error *err)
{
	struct text_words words;
	if (!tokenize_for(index->analyzer, m->statement.text, &w->stems, &words, err))
		return false;
	m->spans = arena_alloc(arena, (words.count + 1) * sizeof *m->spans, err);
	for (size_t i = 0; m->spans && i < words.count; i++) {
		uint32_t term = term_of(w, &words.at[i]);
		if (term != MAP_NONE && w->has[duty * w->terms.count + term])
			m->spans[m->span_count++] = (struct span){ words.at[i].start, words.at[i].length };
	}
	return m->spans != NULL;
}

/* Note the terms of the best statements, or forget them. */
static void note_found(struct duty_words *w, const struct best *b, unsigned char found)
{
	for (size_t i = 0; i < b->count; i++)
		for (size_t k = 0; k < b->at[i].count; k++)
			w->found[b->at[i].terms[k]] = found;
}

static double find_coverage(struct duty_words *w, size_t duty, const struct best *b)
{
	const uint32_t *own = w->own[duty];
	double covered = 0.0;
	if (b->count == 0)
		return 0.0;
	note_found(w, b, 1);
	for (size_t i = 0; i < w->sizes[duty]; i++)
		if (w->found[own[i]])
			covered += w->idf[own[i]];
	note_found(w, b, 0);
	return w->mass[duty] > 0.0 ? fmin(1.0, covered / w->mass[duty]) : 0.0;
}

static bool finish(struct soc_index *index, struct duty_words *w, size_t duty, const struct best *b,
		   struct arena *arena, struct duty_cover *cover, struct error *err)
{
	const uint32_t *own = w->own[duty];
	unsigned char *explained = cover->explained + duty * w->terms.count;
	struct duty_coverage *m = &cover->at[duty];
	*m = (struct duty_coverage){ .statements = b->count };
	if (b->count == 0)
		return true;
	m->statement = *b->at[0].evidence;
	m->cosine = b->cosines[0];
	m->coverage = find_coverage(w, duty, b);
	note_found(w, b, 1);
	for (size_t i = 0; i < w->sizes[duty]; i++)
		explained[own[i]] = w->found[own[i]];
	note_found(w, b, 0);
	return find_spans(index, w, duty, arena, m, err);
}

/* ---- the occupations of a code ---- */

/* The best statements of one occupation for each duty; *coverage of the job. */
static bool weigh_occupation(struct session *s, struct duty_words *w, size_t number, struct best *best,
			     double *coverage)
{
	const struct occupation *o = session_occupation(s, number);
	bool any = false;
	if (!o || !weigh_field(s->index, w, o, FIELD_TASK, &s->arena, best, &any, s->err) ||
	    (!any && !weigh_field(s->index, w, o, FIELD_DESCRIPTION, &s->arena, best, &any, s->err)))
		return false;
	*coverage = 0.0;
	for (size_t d = 0; d < w->count; d++)
		*coverage += w->shares[d] * find_coverage(w, d, &best[d]);
	return true;
}

static bool match_code(struct session *s, struct duty_words *w, struct duty_cover *cover)
{
	struct best *chosen = NULL;
	double most = -1.0;
	for (size_t i = cover->first; i < cover->end; i++) {
		struct best *best = arena_alloc(&s->arena, (w->count + 1) * sizeof *best, s->err);
		double coverage;
		if (!best || !weigh_occupation(s, w, i, best, &coverage))
			return false;
		if (coverage <= most)
			continue;
		most = coverage;
		chosen = best;
		cover->occupation = i;
	}
	for (size_t d = 0; chosen && d < w->count; d++)
		if (!finish(s->index, w, d, &chosen[d], &s->arena, cover, s->err))
			return false;
	return true;
}

bool duty_words_cover(struct session *s, struct duty_words *w, size_t first, size_t end, const struct duty_cover **out)
{
	struct duty_cover *cover = w->covers;
	while (cover && (cover->first != first || cover->end != end))
		cover = cover->next;
	*out = cover;
	if (cover)
		return true;
	cover = arena_alloc(&s->arena, sizeof *cover, s->err);
	if (!cover)
		return false;
	*cover = (struct duty_cover){ .first = first,
				      .end = end,
				      .next = w->covers,
				      .at = arena_alloc(&s->arena, (w->count + 1) * sizeof *cover->at, s->err),
				      .explained = arena_alloc(&s->arena, w->count * w->terms.count + 1, s->err) };
	if (!cover->at || !cover->explained || !match_code(s, w, cover))
		return false;
	*out = w->covers = cover;
	return true;
}

static bool is_explained(size_t cell, const struct duty_cover *const *covers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (covers[i]->explained[cell])
			return true;
	return false;
}

bool duty_words_unexplained(const struct duty_words *w, size_t duty, const struct duty_cover *const *covers,
			    size_t cover_count, struct arena *arena, struct slice **words, size_t *count,
			    struct error *err)
{
	size_t first = duty * w->terms.count;
	*count = 0;
	*words = arena_alloc(arena, (w->sizes[duty] + 1) * sizeof **words, err);
	if (!*words)
		return false;
	/* Terms are numbered over all duties: put those of this one in the order in which it has them. */
	for (size_t i = 0; i < w->sizes[duty]; i++) {
		size_t cell = first + w->own[duty][i], at = *count;
		struct slice word = w->written[cell];
		if (is_explained(cell, covers, cover_count))
			continue;
		for (; at > 0 && (*words)[at - 1].at > word.at; at--)
			(*words)[at] = (*words)[at - 1];
		(*words)[at] = word;
		(*count)++;
	}
	return true;
}
