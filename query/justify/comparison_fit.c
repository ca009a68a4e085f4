// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison_fit.c - how far each code fits the job: its place in the ranking, the signals that set the codes apart, the words
 * of the job that speak for one more than for the others, and the task that is most like the job.
 */
#include <math.h>
#include <stdlib.h>

#include "lib/base/ascii.h"
#include "query/justify/comparison_parts.h"

/* ---- places and signals ---- */

static int compare_signals(const void *a, const void *b)
{
	const struct comparison_signal *x = a, *y = b;
	if (x->spread != y->spread)
		return x->spread < y->spread ? 1 : -1;
	return x->signal < y->signal ? -1 : x->signal > y->signal;
}

static void find_places(const struct ranking *ranking, struct comparison *x)
{
	x->ranked = ranking->count;
	x->best = 0;
	for (size_t s = 0; s < x->count; s++) {
		struct comparison_fit *fit = &x->fits[s];
		fit->place = asked_place(ranking, &x->sides[s].asked->code);
		fit->candidate = fit->place < ranking->count ? &ranking->at[fit->place] : NULL;
		if (fit->place < x->fits[x->best].place)
			x->best = s;
	}
}

static void find_signals(struct comparison *x)
{
	for (int k = 0; k < SIGNAL_COUNT; k++) {
		double least = INFINITY, most = -INFINITY;
		for (size_t s = 0; s < x->count; s++) {
			const struct candidate *candidate = x->fits[s].candidate;
			if (!candidate)
				continue;
			least = fmin(least, candidate->parts[k]);
			most = fmax(most, candidate->parts[k]);
		}
		if (most > least)
			x->signals[x->signal_count++] = (struct comparison_signal){ (enum signal)k, most - least };
	}
	qsort(x->signals, x->signal_count, sizeof *x->signals, compare_signals);
}

/* ---- words of the job ---- */

/* A number or a single letter says nothing by itself. */
static bool can_stand_alone(struct slice word)
{
	return word.length > 1 && !ascii_is_digit(word.at[0]);
}

static void keep_word(struct comparison_fit *fit, double kept[COMPARISON_WORDS], struct slice word, double tells)
{
	size_t k = fit->word_count;
	for (; k > 0 && kept[k - 1] < tells; k--)
		if (k < COMPARISON_WORDS) {
			kept[k] = kept[k - 1];
			fit->words[k] = fit->words[k - 1];
		}
	if (k == COMPARISON_WORDS)
		return;
	kept[k] = tells;
	fit->words[k] = word;
	fit->word_count += fit->word_count < COMPARISON_WORDS;
}

static bool find_words(struct comparison_words *w, const struct job_words *job, struct comparison *x)
{
	double kept[COMPARISON_MAX][COMPARISON_WORDS];
	for (uint32_t i = 0; i < job->own; i++) {
		uint32_t number;
		if (job->little[i] || !can_stand_alone(job->written[i]))
			continue;
		if (!comparison_words_look_up(w, map_key(&job->terms, i), &number))
			return false;
		for (size_t s = 0; s < x->count; s++) {
			double tells = comparison_words_tell(w, number, s);
			if (tells > 0.0)
				keep_word(&x->fits[s], kept[s], job->written[i], tells);
		}
	}
	return true;
}

/* ---- the task that is most like the job ---- */

static bool find_task(struct command *c, struct job_words *job, const struct comparison_side *side, struct comparison_fit *fit)
{
	for (size_t m = 0; m < side->member_count; m++) {
		struct reasons reasons;
		if (!reasons_find_in(c->index, job, &side->members[m], 1, &c->arena, &reasons, c->err))
			return false;
		if (reasons.count[REASON_TASKS] == 0 || reasons.at[REASON_TASKS]->cosine <= fit->task.cosine)
			continue;
		fit->task = *reasons.at[REASON_TASKS];
		fit->task_member = &side->members[m];
	}
	return true;
}

bool comparison_find_fit(struct comparison_words *w, struct command *c, struct asked_ranking *ranked, struct comparison *x)
{
	find_places(&ranked->ranking, x);
	find_signals(x);
	if (!find_words(w, &ranked->words, x))
		return false;
	bool ok = true;
	ranked->words.kinds = 1u << FIELD_TASK;
	for (size_t s = 0; ok && s < x->count; s++)
		ok = find_task(c, &ranked->words, &x->sides[s], &x->fits[s]);
	ranked->words.kinds = 0;
	return ok;
}
