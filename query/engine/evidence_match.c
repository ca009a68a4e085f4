// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evidence_match.c - the words of a job with their weights, and the pieces of an occupation's evidence that have them.
 */
#include <math.h>

#include "query/engine/evidence_match.h"
#include "query/engine/term_stats.h"

/* ---- the words of a job ---- */

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
		w->squares += w->idf[i] * w->idf[i];
	}
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
	if (ranking->part_count == 0 && ranking->weighted.span_weights.count == 0)
		return true;
	float *weights = arena_alloc(arena, (w->own + 1) * sizeof *weights, err);
	if (!weights || !find_weights(index, job, ranking, w, weights, err))
		return false;
	w->squares = 0.0;
	for (size_t i = 0; i < w->own; i++) {
		w->little[i] = weights[i] < TITLE_PART_LITTLE;
		w->idf[i] *= w->little[i] ? (double)weights[i] : 1.0;
		w->squares += w->idf[i] * w->idf[i];
	}
	return true;
}

/* ---- corrections and synonyms ---- */

/* A synonym weighs so much of what its words would. */
#define SYNONYM_WEIGHT 0.6

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
				w->idf[g->others[k]] *= SYNONYM_WEIGHT;
	}
}

static bool expand_words(struct soc_index *index, const struct expansion *expansions, size_t count, struct arena *arena,
			 struct job_words *w, struct error *err)
{
	if (count == 0)
		return true;
	if (!add_groups(index, expansions, count, arena, w, err))
		return false;
	double *idf = arena_alloc(arena, (w->terms.count + 1) * sizeof *idf, err);
	if (!idf || !make_scratch(w, arena, err))
		return false;
	memcpy(idf, w->idf, w->own * sizeof *idf);
	w->idf = idf;
	for (uint32_t i = (uint32_t)w->own; i < w->terms.count; i++)
		if (!term_idf(index, map_key(&w->terms, i), &idf[i], err))
			return false;
	weigh_groups(expansions, w);
	w->squares = 0.0;
	for (size_t i = 0; i < w->own; i++)
		w->squares += idf[i] * idf[i];
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; expansions[i].kind == EXPANSION_SPELLING && k < w->groups[i].other_count; k++)
			w->squares += idf[w->groups[i].others[k]] * idf[w->groups[i].others[k]];
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
	double common = 0.0, squares = 0.0;
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
			squares += words.at[i].stop ? 0.0 : OTHER_IDF * OTHER_IDF;
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
			squares += square;
			w->met[met++] = number;
		}
		w->seen[number] = 1;
	}
	if (!explain(w, met, explained))
		out->span_count = 0;
	common -= counted_twice(w);
	forget_met(w, met);
	out->cosine = cosine_of(common, squares, w->squares > 0.0 ? w->squares : 1.0);
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

/* Keep a match among the best of its group, a text once. */
static void keep_match(struct evidence_matches *out, const struct evidence_match *match, size_t limit)
{
	enum match_group group = group_of(match->evidence.kind);
	for (size_t k = 0; k < out->count[group]; k++)
		if (slice_equal_nocase(out->at[group][k].evidence.text, match->evidence.text))
			return;
	best_insert(out->at[group], &out->count[group], limit, match, sizeof *match);
}

/* ---- all evidence of one occupation ---- */

bool job_words_unexplained(const struct job_words *w, const unsigned char *explained, struct arena *arena,
			   struct slice **words, size_t *count, struct error *err)
{
	*words = arena_alloc(arena, (w->own + 1) * sizeof **words, err);
	for (size_t i = 0; *words && i < w->own; i++)
		if (!explained[i] && !w->little[i])
			(*words)[(*count)++] = w->written[i];
	return *words != NULL;
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
			keep_match(out, &r, limit);
	}
	return job_words_unexplained(words, explained, arena, &out->unexplained, &out->unexplained_count, err);
}

bool evidence_match_find(struct soc_index *index, struct job_words *words, size_t occupation, size_t limit,
			 struct arena *arena, struct evidence_matches *out, struct error *err)
{
	struct occupation o;
	*out = (struct evidence_matches){ 0 };
	return soc_index_occupation(index, occupation, arena, &o, err) &&
	       evidence_match_find_in(index, words, &o, limit, arena, out, err);
}
