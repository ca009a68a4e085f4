// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>

#include "lib/rank/terms.h"
#include "query/justify/comparison_parts.h"

bool comparison_words_begin(struct comparison_words *w, struct command *c, const struct comparison *x)
{
	w->index = c->index;
	w->units = x->level == LEVEL_ONET ? &c->index->onet : &c->index->soc;
	w->arena = &c->arena;
	w->err = c->err;
	w->count = x->count;
	for (size_t s = 0; s < x->count; s++)
		w->unit[s] = w->units->of[x->sides[s].asked->first];
	w->holdings = arena_alloc(w->arena, (w->units->count + 1) * sizeof *w->holdings, w->err);
	return w->holdings != NULL;
}

void comparison_words_free(struct comparison_words *w)
{
	map_free(&w->terms);
	memory_free(w->at);
}

bool comparison_words_look_up(struct comparison_words *w, struct slice term, uint32_t *number)
{
	struct question q;
	bool added;
	if (!map_add(&w->terms, term, number, &added, w->err))
		return false;
	if (!added)
		return true;
	if (!array_reserve((void **)&w->at, &w->capacity, w->terms.count, sizeof *w->at, w->err) ||
	    !question_read_term(w->index, term, w->arena, &q, w->err))
		return false;
	size_t n = holdings_decode(q.terms[0].sections[SECTION_PROSE], w->units, w->index->count, w->holdings);
	struct comparison_word *word = &w->at[*number];
	*word = (struct comparison_word){ .idf = log1p((double)w->units->count / (double)(n ? n : 1)) };
	for (size_t i = 0; i < n; i++)
		for (size_t s = 0; s < w->count; s++)
			if (w->holdings[i].unit == w->unit[s])
				word->worth[s] = log1p((double)w->holdings[i].weight / WEIGHT_UNIT) * word->idf;
	return true;
}

static double worth_elsewhere(const struct comparison_words *w, uint32_t number, size_t side)
{
	double most = 0.0;
	for (size_t s = 0; s < w->count; s++)
		if (s != side)
			most = fmax(most, w->at[number].worth[s]);
	return most;
}

double comparison_words_tell(const struct comparison_words *w, uint32_t number, size_t side)
{
	return w->at[number].worth[side] - worth_elsewhere(w, number, side);
}

bool comparison_words_rare(const struct comparison_words *w, uint32_t number)
{
	return w->at[number].idf > log1p(2.0);
}

bool comparison_words_only(const struct comparison_words *w, uint32_t number, size_t side)
{
	return w->at[number].worth[side] > 0.0 && worth_elsewhere(w, number, side) <= 0.0;
}
