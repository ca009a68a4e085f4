// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>

#include "query/search_facts.h"

#define FIGURES 4   /* conditions beyond these do not order */

struct by_figure {
	struct candidate candidate;
	double figures[FIGURES];
};

static int compare_figures(const double *a, const double *b)
{
	for (size_t i = 0; i < FIGURES; i++)
		if (a[i] != b[i])
			return a[i] > b[i] ? -1 : 1;
	return 0;
}

static int compare(const void *a, const void *b)
{
	const struct by_figure *x = a, *y = b;
	int order = compare_figures(x->figures, y->figures);
	return order ? order : strcmp(x->candidate.code.text, y->candidate.code.text);
}

static bool read_figures(struct soc_index *index, const struct fact_conditions *conditions, size_t occupation,
			 double figures[FIGURES], struct error *err)
{
	struct error failed = { 0 };
	for (size_t i = 0; i < FIGURES; i++) {
		figures[i] = 0.0;
		if (i < conditions->count)
			(void)fact_condition_show(index, &conditions->at[i], &index->entries[occupation].code, &figures[i], NULL,
						  &failed);
	}
	if (failed.code != ERROR_NONE && err->code == ERROR_NONE)
		*err = failed;
	return failed.code == ERROR_NONE;
}

/* The best of the occupations that share the candidate's six digits, or of the one that it is. */
static bool choose(struct soc_index *index, const struct fact_conditions *conditions, const unsigned char *allow,
		   enum code_level level, struct by_figure *f, struct error *err)
{
	size_t own = f->candidate.occupation, unit = index->soc.of[own];
	size_t from = level == LEVEL_ONET ? own : index->soc.first[unit];
	size_t to = level == LEVEL_ONET ? own + 1 : index->soc.first[unit + 1];
	bool any = false;
	for (size_t o = from; o < to; o++) {
		double figures[FIGURES];
		if (allow && !allow[o])
			continue;
		if (!read_figures(index, conditions, o, figures, err))
			return false;
		if (any && compare_figures(figures, f->figures) >= 0)
			continue;
		any = true;
		memcpy(f->figures, figures, sizeof figures);
		f->candidate.occupation = o;
		f->candidate.title = index->entries[o].title;
	}
	return true;
}

bool search_order_by_facts(struct soc_index *index, const struct fact_conditions *conditions, const unsigned char *allow,
			   struct ranking *ranking, struct arena *arena, struct error *err)
{
	struct by_figure *all = arena_alloc(arena, (ranking->count + 1) * sizeof *all, err);
	if (!all)
		return false;
	for (size_t i = 0; i < ranking->count; i++) {
		all[i].candidate = ranking->at[i];
		if (!choose(index, conditions, allow, ranking->level, &all[i], err))
			return false;
	}
	if (ranking->count > 1)
		qsort(all, ranking->count, sizeof *all, compare);
	for (size_t i = 0; i < ranking->count; i++)
		ranking->at[i] = all[i].candidate;
	return true;
}

bool search_show_facts(struct soc_index *index, const struct fact_conditions *conditions, size_t occupation,
		       struct buffer *out, struct error *err)
{
	double figure;
	for (size_t i = 0; i < conditions->count; i++) {
		struct buffer one = { 0 };
		bool shown = fact_condition_show(index, &conditions->at[i], &index->entries[occupation].code, &figure, &one, err);
		bool ok = !shown || ((out->length == 0 || buffer_append_text(out, "; ", err)) &&
				     buffer_append(out, one.at, one.length, err));
		buffer_free(&one);
		if (!ok || (!shown && err->code != ERROR_NONE))
			return false;
	}
	return true;
}
