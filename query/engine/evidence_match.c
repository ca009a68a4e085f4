// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evidence_match.c - the words of a job with their weights, and the pieces of an occupation's evidence that have them.
 */
#include <math.h>
#include <stdlib.h>

#include "query/engine/evidence_match.h"
#include "lib/rank/query_terms.h"

/* ---- the words of a job ---- */

/* How rare a term is among the units. */
static bool term_idf(struct soc_index *index, struct slice term, double *idf, struct error *err)
{
	size_t occurrences;
	if (!term_document_frequency(index, term, &occurrences, err))
		return false;
	*idf = log(1.0 + (double)index->soc.count / (double)(occurrences ? occurrences : 1));
	return true;
}

static bool add_words(struct job_words *w, struct slice text, struct soc_index *index, struct error *err)
{
	struct text_words words;
	if (!tokenize(index->analyzer, text, &words, err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		uint32_t number;
		bool added;
		if (words.at[i].stop)
			continue;
		if (!map_add(&w->terms, words.at[i].term, &number, &added, err))
			return false;
		stem_filter_add(&w->stems, words.at[i].term);
		if (added)
			w->written[number] = (struct slice){ text.at + words.at[i].start, words.at[i].length };
	}
	return true;
}

static bool make_scratch(struct job_words *w, struct arena *arena, struct error *err)
{
	w->seen = arena_alloc(arena, w->terms.count + 1, err);
	w->met = arena_alloc(arena, (w->terms.count + 1) * sizeof *w->met, err);
	return w->seen && w->met;
}

static bool read_words(struct soc_index *index, const struct job *job, struct arena *arena, struct job_words *w,
		       struct error *err)
{
	/* A word takes at least one byte and one separator. */
	size_t most = (job->title.length + job->text.length) / 2 + 4;
	w->written = arena_alloc(arena, most * sizeof *w->written, err);
	if (!w->written || !add_words(w, job->title, index, err) || !add_words(w, job->text, index, err))
		return false;
	w->idf = arena_alloc(arena, (w->terms.count + 1) * sizeof *w->idf, err);
	w->little = arena_alloc(arena, w->terms.count + 1, err);
	if (!w->idf || !w->little || !make_scratch(w, arena, err))
		return false;
	w->own = w->terms.count;
	for (uint32_t i = 0; i < w->terms.count; i++) {
		if (!term_idf(index, map_key(&w->terms, i), &w->idf[i], err))
			return false;
		w->norm += w->idf[i] * w->idf[i];
	}
	w->norm = sqrt(w->norm);
	return true;
}

/* ---- what counts little ---- */

static float part_weight(const struct ranking *r, const char *at)
{
	for (size_t i = 0; i < r->part_count; i++) {
		struct slice written = r->parts[i].written;
		if (at >= written.at && at < written.at + written.length)
			return title_rule_specs[r->parts[i].rule].weight;
	}
	return 1.0f;
}

/* The weight with which each word counts at most, by its number. */
static bool find_weights(struct soc_index *index, const struct job *job, const struct ranking *r,
			 const struct job_words *w, float *weights, struct error *err)
{
	struct text_words words;
	const struct span_weights *text = &r->weighted.span_weights;
	if (!tokenize(index->analyzer, job->title, &words, err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		uint32_t number = map_find(&w->terms, words.at[i].term);
		if (number != MAP_NONE)
			weights[number] = fmaxf(weights[number], part_weight(r, job->title.at + words.at[i].start));
	}
	if (!tokenize(index->analyzer, job->text, &words, err))
		return false;
	for (size_t i = 0, span = 0; i < words.count; i++) {
		uint32_t number = map_find(&w->terms, words.at[i].term), start = words.at[i].start;
		while (span < text->count && text->at[span].start + text->at[span].length <= start)
			span++;
		bool inside = span < text->count && text->at[span].start <= start;
		if (number != MAP_NONE)
			weights[number] = fmaxf(weights[number], inside ? text->at[span].weight : 1.0f);
	}
	return true;
}

static bool weigh_words(struct soc_index *index, const struct job *job, const struct ranking *ranking,
			struct arena *arena, struct job_words *w, struct error *err)
{
	double norm = 0.0;
	if (ranking->part_count == 0 && ranking->weighted.span_weights.count == 0)
		return true;
	float *weights = arena_alloc(arena, (w->own + 1) * sizeof *weights, err);
	if (!weights || !find_weights(index, job, ranking, w, weights, err))
		return false;
	for (size_t i = 0; i < w->own; i++) {
		w->little[i] = weights[i] < TITLE_PART_LITTLE;
		w->idf[i] *= w->little[i] ? (double)weights[i] : 1.0;
		norm += w->idf[i] * w->idf[i];
	}
	w->norm = norm > 0.0 ? sqrt(norm) : 1.0;
	return true;
}

/* ---- corrections and synonyms ---- */

/* A synonym is worth so much of the rarity of its words. */
#define SYNONYM_WORTH 0.6

/* The numbers of the terms of a text, in the arena; new terms are added to the job's. */
static bool number_words(struct soc_index *index, struct slice text, struct arena *arena, struct job_words *w,
			 uint32_t **out, size_t *count, struct error *err)
{
	struct text_words words;
	*count = 0;
	if (!tokenize(index->analyzer, text, &words, err))
		return false;
	*out = arena_alloc(arena, (words.count + 1) * sizeof **out, err);
	if (!*out)
		return false;
	for (size_t i = 0; i < words.count; i++) {
		if (words.at[i].stop)
			continue;
		if (!map_add(&w->terms, words.at[i].term, &(*out)[(*count)++], NULL, err))
			return false;
		stem_filter_add(&w->stems, words.at[i].term);
	}
	return true;
}

static bool add_groups(struct soc_index *index, const struct expansion *at, size_t count, struct arena *arena,
		       struct job_words *w, struct error *err)
{
	w->groups = arena_alloc(arena, (count + 1) * sizeof *w->groups, err);
	for (size_t i = 0; w->groups && i < count; i++) {
		struct word_group *g = &w->groups[i];
		if (!number_words(index, at[i].written, arena, w, &g->own, &g->own_count, err) ||
		    !number_words(index, at[i].words, arena, w, &g->others, &g->other_count, err))
			return false;
		w->group_count++;
	}
	return w->groups != NULL;
}

/* What a misspelt word weighed, its correction weighs now; a synonym weighs less than its words would. */
static void weigh_groups(const struct expansion *at, struct job_words *w)
{
	for (size_t i = 0; i < w->group_count; i++) {
		const struct word_group *g = &w->groups[i];
		for (size_t k = 0; at[i].kind == EXPANSION_SPELLING && k < g->own_count; k++)
			w->idf[g->own[k]] = 0.0;
		for (size_t k = 0; at[i].kind == EXPANSION_SYNONYM && k < g->other_count; k++)
			if (g->others[k] >= w->own)
				w->idf[g->others[k]] *= SYNONYM_WORTH;
	}
}

static bool expand_words(struct soc_index *index, const struct expansion *expansions, size_t count, struct arena *arena,
			 struct job_words *w, struct error *err)
{
	if (count == 0)
		return true;
	if (!add_groups(index, expansions, count, arena, w, err))
		return false;
	double *idf = arena_alloc(arena, (w->terms.count + 1) * sizeof *idf, err), norm = 0.0;
	if (!idf || !make_scratch(w, arena, err))
		return false;
	memcpy(idf, w->idf, w->own * sizeof *idf);
	w->idf = idf;
	for (uint32_t i = (uint32_t)w->own; i < w->terms.count; i++)
		if (!term_idf(index, map_key(&w->terms, i), &idf[i], err))
			return false;
	weigh_groups(expansions, w);
	for (size_t i = 0; i < w->own; i++)
		norm += idf[i] * idf[i];
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; expansions[i].kind == EXPANSION_SPELLING && k < w->groups[i].other_count; k++)
			norm += idf[w->groups[i].others[k]] * idf[w->groups[i].others[k]];
	w->norm = norm > 0.0 ? sqrt(norm) : 1.0;
	return true;
}

bool job_words_read(struct soc_index *index, const struct job *job, const struct ranking *ranking, struct arena *arena,
		    struct job_words *w, struct error *err)
{
	return read_words(index, job, arena, w, err) &&
	       (!ranking || (weigh_words(index, job, ranking, arena, w, err) &&
			     expand_words(index, ranking->expansions, ranking->expansion_count, arena, w, err)));
}

void job_words_free(struct job_words *w)
{
	map_free(&w->terms);
}

/* ---- one piece of evidence ---- */

/* A word that the job does not have counts as a rather rare one. */
#define OTHER_IDF 4.0

static bool all_seen(const struct job_words *w, const uint32_t *terms, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!w->seen[terms[i]])
			return false;
	return true;
}

/* What one piece explains of the job's own words.  A part of a synonym explains nothing: a piece that has no more of
 * the job is none. */
static bool explain(const struct job_words *w, size_t met, unsigned char *explained)
{
	bool any = false;
	for (size_t i = 0; i < met; i++) {
		explained[w->met[i]] = 1;
		any |= w->met[i] < w->own;
	}
	for (size_t i = 0; i < w->group_count; i++) {
		const struct word_group *g = &w->groups[i];
		bool all = all_seen(w, g->others, g->other_count);
		for (size_t k = 0; all && k < g->own_count; k++)
			explained[g->own[k]] = 1;
		any |= all;
	}
	return any;
}

/* What synonyms count twice in a piece that has the job's own words too. */
static double counted_twice(const struct job_words *w)
{
	double squares = 0.0;
	for (size_t i = 0; i < w->group_count; i++) {
		const struct word_group *g = &w->groups[i];
		if (!all_seen(w, g->own, g->own_count))
			continue;
		for (size_t k = 0; k < g->other_count; k++)
			if (g->others[k] >= w->own && w->seen[g->others[k]])
				squares += w->idf[g->others[k]] * w->idf[g->others[k]];
	}
	return squares;
}

/* A piece meets few of the words: only those are cleared for the next. */
static void forget_met(const struct job_words *w, size_t met)
{
	for (size_t i = 0; i < met; i++)
		w->seen[w->met[i]] = 0;
}

static bool match_evidence(struct soc_index *index, const struct job_words *w, const struct evidence *e,
			   struct arena *arena, unsigned char *explained, struct evidence_match *out, struct error *err)
{
	struct text_words words;
	double common = 0.0, norm = 0.0;
	size_t met = 0;
	*out = (struct evidence_match){ .evidence = *e };
	if (!stem_filter_in(&w->stems, e->text))
		return true;
	if (!tokenize_for(index->analyzer, e->text, &w->stems, &words, err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		bool possible = !words.at[i].stop && words.at[i].term.length > 0;
		uint32_t number = possible ? map_find(&w->terms, words.at[i].term) : MAP_NONE;
		if (number == MAP_NONE) {
			norm += words.at[i].stop ? 0.0 : OTHER_IDF * OTHER_IDF;
			continue;
		}
		if (!out->spans) {
			out->spans = arena_alloc(arena, words.count * sizeof *out->spans, err);
			if (!out->spans)
				return false;
		}
		out->spans[out->span_count++] = (struct span){ words.at[i].start, words.at[i].length };
		if (!w->seen[number]) {
			double square = w->idf[number] * w->idf[number];
			common += square;
			norm += square;
			w->met[met++] = number;
		}
		w->seen[number] = 1;
	}
	if (!explain(w, met, explained))
		out->span_count = 0;
	common -= counted_twice(w);
	forget_met(w, met);
	out->cosine = common > 0.0 ? fmin(1.0, common / (sqrt(norm) * w->norm)) : 0.0;
	return true;
}

static enum match_group group_of(enum evidence_kind kind)
{
	switch (evidence_specs[kind].field) {
	case FIELD_TITLE:
		return MATCH_TITLES;
	case FIELD_TASK:
		return MATCH_TASKS;
	default:
		return MATCH_OTHERS;
	}
}

/* Keep `r` among the best `limit` of its group; of equal ones the first stays before. */
static void keep_reason(struct evidence_matches *out, enum match_group group, const struct evidence_match *r,
			size_t limit)
{
	struct evidence_match *at = out->at[group];
	size_t n = out->count[group], i = n;
	for (size_t k = 0; k < n; k++)
		if (slice_equal_nocase(at[k].evidence.text, r->evidence.text))
			return;
	while (i > 0 && at[i - 1].cosine < r->cosine)
		i--;
	if (i == limit)
		return;
	size_t moved = (n < limit ? n : limit - 1) - i;
	memmove(&at[i + 1], &at[i], moved * sizeof *at);
	at[i] = *r;
	out->count[group] = n < limit ? n + 1 : limit;
}

/* ---- all evidence of one occupation ---- */

static bool list_unexplained(const struct job_words *w, const unsigned char *explained, struct arena *arena,
			     struct evidence_matches *out, struct error *err)
{
	out->unexplained = arena_alloc(arena, (w->terms.count + 1) * sizeof *out->unexplained, err);
	if (!out->unexplained)
		return false;
	for (uint32_t i = 0; i < w->own; i++)
		if (!explained[i] && !w->little[i])
			out->unexplained[out->unexplained_count++] = w->written[i];
	return true;
}

bool evidence_match_find_in(struct soc_index *index, struct job_words *words, const struct occupation *o, size_t limit,
			    struct arena *arena, struct evidence_matches *out, struct error *err)
{
	unsigned char *explained = arena_alloc(arena, words->terms.count + 1, err);
	*out = (struct evidence_matches){ 0 };
	if (!explained)
		return false;
	for (size_t g = 0; g < MATCH_GROUP_COUNT; g++) {
		out->at[g] = arena_alloc(arena, (limit + 1) * sizeof *out->at[g], err);
		if (!out->at[g])
			return false;
	}
	for (size_t i = 0; i < o->evidence_count; i++) {
		struct evidence_match r;
		if (words->kinds && !(words->kinds & 1u << evidence_specs[o->evidence[i].kind].field))
			continue;
		if (!match_evidence(index, words, &o->evidence[i], arena, explained, &r, err))
			return false;
		if (r.span_count > 0 && limit > 0)
			keep_reason(out, group_of(r.evidence.kind), &r, limit);
	}
	return list_unexplained(words, explained, arena, out, err);
}

bool evidence_match_find(struct soc_index *index, struct job_words *words, size_t occupation, size_t limit,
			 struct arena *arena, struct evidence_matches *out, struct error *err)
{
	struct occupation o;
	*out = (struct evidence_matches){ 0 };
	return soc_index_occupation(index, occupation, arena, &o, err) &&
	       evidence_match_find_in(index, words, &o, limit, arena, out, err);
}
