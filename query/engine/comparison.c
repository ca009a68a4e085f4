// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison.c - a comparison of codes put together from its parts, and how well each fits the job.
 */
#include <math.h>
#include <stdlib.h>

#include "lib/base/ascii.h"
#include "query/engine/comparison_internal.h"

/* ---- the classification ---- */

size_t comparison_digit(const struct code *a, const struct code *b, enum code_level *level)
{
	size_t digit = 0, i = 0;
	if (strcmp(a->text, b->text) == 0)
		return 0;
	for (; a->text[i] == b->text[i]; i++)
		digit += a->text[i] >= '0' && a->text[i] <= '9';
	*level = LEVEL_ONET;
	for (int l = LEVEL_SOC; l >= LEVEL_MAJOR; l--) {
		struct code one = code_at_level(a, (enum code_level)l), other = code_at_level(b, (enum code_level)l);
		if (strcmp(one.text, other.text) != 0)
			*level = (enum code_level)l;
	}
	return digit + 1;
}

static void find_groups(struct comparison *x)
{
	for (size_t s = 0; s < x->count; s++)
		for (int level = 0; level < LEVEL_COUNT; level++)
			x->sides[s].groups[level] = code_at_level(&x->sides[s].asked->code, (enum code_level)level);
	for (int level = LEVEL_MAJOR; level <= LEVEL_SOC; level++) {
		for (size_t s = 1; s < x->count; s++)
			if (strcmp(x->sides[s].groups[level].text, x->sides[0].groups[level].text) != 0)
				return;
		x->related = true;
		x->shared = (enum code_level)level;
	}
}

/* ---- what is said of each ---- */

static bool read_side(struct session *s, const struct target_code *asked, struct comparison_side *side)
{
	*side = (struct comparison_side){ .asked = asked, .own = s->index->entries[asked->first].code };
	side->members = arena_alloc(&s->arena, (asked->end - asked->first) * sizeof *side->members, s->err);
	for (size_t n = asked->first; side->members && n < asked->end; n++) {
		const struct occupation *member = session_occupation(s, n);
		if (!member)
			return false;
		side->members[side->member_count++] = *member;
	}
	if (side->members)
		side->has_advanced = education_advanced(&side->members[0], &side->advanced, &side->advanced_suppressed,
							&side->advanced_source);
	return side->members != NULL;
}

/* ---- all of it ---- */

static bool read_sides(struct session *session, const struct target_codes *codes, struct comparison *x)
{
	if (codes->count < COMPARISON_MIN || codes->count > COMPARISON_MAX)
		return error_set(session->err, ERROR_USAGE,
				 "name two to six codes, such as soc compare 15-2051 15-1252",
				 codes->count < COMPARISON_MIN ? "there is nothing to compare %s with"
							       : "more than six codes cannot be read side by side",
				 codes->count == 1 ? codes->at[0].code.text : "it");
	for (size_t s = 0; s < codes->count; s++)
		if (!read_side(session, &codes->at[s], &x->sides[x->count++]))
			return false;
	find_groups(x);
	return true;
}

/* Before any fact is looked for: of another major group than these codes' none is. */
static bool need_all(struct session *session, const struct comparison *x)
{
	struct code codes[COMPARISON_MAX];
	for (size_t s = 0; s < x->count; s++)
		codes[s] = x->sides[s].own;
	return soc_index_need_manifest(session->index, session->err) &&
	       soc_index_need_reference(session->index, session->err) &&
	       soc_index_need_groups(session->index, session->err) &&
	       soc_index_need_facts_of(session->index, codes, x->count, session->err);
}

bool comparison_find(struct session *s, const struct target_codes *codes, struct target_ranking *ranked, size_t limit,
		     struct comparison *out)
{
	struct comparison_words words;
	*out = (struct comparison){
		.level = codes->level, .job = ranked ? ranked->job : NULL, .limit = limit, .for_all = "--all"
	};
	if (!read_sides(s, codes, out) || !need_all(s, out))
		return false;
	comparison_words_begin(&words, s, out);
	bool ok = comparison_find_definitions(&words, out) && comparison_find_tasks(&words, out) &&
		  comparison_find_lists(s, out) && (!ranked || comparison_find_fit(&words, s, ranked, out)) &&
		  comparison_find_rows(s, out);
	comparison_words_free(&words);
	return ok;
}

/* ---- comparison fit ---- */

/*
 * comparison_fit.c - how far each code fits the job: its place in the ranking, the features that set the codes apart, the words
 * of the job that speak for one more than for the others, and the task that is most like the job.
 */

/* ---- places and features ---- */

static int compare_features(const void *a, const void *b)
{
	const struct comparison_feature *x = a, *y = b;
	if (x->spread != y->spread)
		return x->spread < y->spread ? 1 : -1;
	return x->feature < y->feature ? -1 : x->feature > y->feature;
}

static void find_places(const struct ranking *ranking, struct comparison *x)
{
	x->ranked = ranking->count;
	x->best = 0;
	for (size_t s = 0; s < x->count; s++) {
		struct comparison_fit *fit = &x->fits[s];
		fit->place = target_rank_of(ranking, &x->sides[s].asked->code);
		fit->candidate = fit->place < ranking->count ? &ranking->at[fit->place] : NULL;
		if (fit->place < x->fits[x->best].place)
			x->best = s;
	}
}

static void find_features(struct comparison *x)
{
	for (int k = 0; k < FEATURE_COUNT; k++) {
		double least = INFINITY, most = -INFINITY;
		for (size_t s = 0; s < x->count; s++) {
			const struct candidate *candidate = x->fits[s].candidate;
			if (!candidate)
				continue;
			least = fmin(least, candidate->parts[k]);
			most = fmax(most, candidate->parts[k]);
		}
		if (most > least)
			x->features[x->feature_count++] = (struct comparison_feature){ (enum feature)k, most - least };
	}
	qsort(x->features, x->feature_count, sizeof *x->features, compare_features);
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

static bool find_task(struct session *s, struct job_words *job, const struct comparison_side *side,
		      struct comparison_fit *fit)
{
	for (size_t m = 0; m < side->member_count; m++) {
		struct evidence_matches reasons;
		if (!evidence_match_find_in(s->index, job, &side->members[m], 1, &s->arena, &reasons, s->err))
			return false;
		if (reasons.count[MATCH_TASKS] == 0 || reasons.at[MATCH_TASKS]->cosine <= fit->task.cosine)
			continue;
		fit->task = *reasons.at[MATCH_TASKS];
		fit->task_member = &side->members[m];
	}
	return true;
}

bool comparison_find_fit(struct comparison_words *w, struct session *session, struct target_ranking *ranked,
			 struct comparison *x)
{
	find_places(&ranked->ranking, x);
	find_features(x);
	if (!find_words(w, &ranked->words, x))
		return false;
	bool ok = true;
	ranked->words.kinds = 1u << FIELD_TASK;
	for (size_t s = 0; ok && s < x->count; s++)
		ok = find_task(session, &ranked->words, &x->sides[s], &x->fits[s]);
	ranked->words.kinds = 0;
	return ok;
}
