// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>

#include "query/justify/comparison_parts.h"

void comparison_words_begin(struct comparison_words *w, struct command *c, const struct comparison *x)
{
	*w = (struct comparison_words){ .index = c->index, .arena = &c->arena, .err = c->err, .count = x->count,
					.units = x->level == LEVEL_ONET ? &c->index->onet : &c->index->soc };
	for (size_t s = 0; s < x->count; s++) {
		uint32_t unit = w->units->of[x->sides[s].asked->first];
		size_t k = s;
		for (; k > 0 && w->held[k - 1].unit > unit; k--) {
			w->held[k] = w->held[k - 1];
			w->sides[k] = w->sides[k - 1];
		}
		w->held[k].unit = unit;
		w->sides[k] = s;
	}
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
	size_t n = holdings_find(q.terms[0].sections[SECTION_PROSE], w->units, w->index->count, w->held, w->count);
	struct comparison_word *word = &w->at[*number];
	*word = (struct comparison_word){ .idf = log1p((double)w->units->count / (double)(n ? n : 1)) };
	for (size_t k = 0; k < w->count; k++)
		word->worth[w->sides[k]] = log1p((double)w->held[k].weight / WEIGHT_UNIT) * word->idf;
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
