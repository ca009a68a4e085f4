// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison.c - a comparison of codes put together from its parts, and how well each fits the job.
 */
#include <math.h>
#include <stdlib.h>

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

static void read_side(struct session *s, const struct target_code *asked, struct comparison_side *side)
{
	*side = (struct comparison_side){ .asked = asked, .own = s->index->entries[asked->first].code };
	if (!SESSION_ARRAY(s, side->members, asked->end - asked->first))
		return;
	for (size_t n = asked->first; n < asked->end; n++)
		side->members[side->member_count++] = *session_occupation(s, n);
	side->has_advanced = education_advanced(&side->members[0], &side->advanced, &side->advanced_suppressed,
						&side->advanced_source);
}

/* ---- the fit: place in the ranking, and features, words and task of the job that speak for one code ---- */

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

struct scored_word {
	double score;
	struct slice word;
};

static void find_words(struct contrast *c, const struct job_words *job, struct comparison *x)
{
	struct scored_word best[COMPARISON_MAX][COMPARISON_WORDS];
	for (uint32_t i = 0; i < job->own; i++) {
		if (job->little[i] || !word_stands_alone(job->written[i]))
			continue;
		uint32_t number = contrast_add(c, map_key(&job->terms, i), job->written[i]);
		if (number == MAP_NONE)
			return;
		contrast_weigh(c, number);
		for (size_t s = 0; s < x->count; s++) {
			struct scored_word word = { contrast_of_term(c, number, s), job->written[i] };
			if (word.score > 0.0)
				best_insert(best[s], &x->fits[s].word_count, COMPARISON_WORDS, &word, sizeof word);
		}
	}
	for (size_t s = 0; s < x->count; s++)
		for (size_t i = 0; i < x->fits[s].word_count; i++)
			x->fits[s].words[i] = best[s][i].word;
}

/* The task that is most like the job. */
static void find_task(struct session *s, struct job_words *job, const struct comparison_side *side,
		      struct comparison_fit *fit)
{
	for (size_t m = 0; m < side->member_count; m++) {
		struct evidence_matches matches;
		if (!evidence_match_find_in(s->index, job, &side->members[m], 1, &s->arena, &matches, s->err))
			return;
		if (matches.count[MATCH_TASKS] == 0 || matches.at[MATCH_TASKS]->cosine <= fit->task.cosine)
			continue;
		fit->task = *matches.at[MATCH_TASKS];
		fit->task_member = &side->members[m];
	}
}

static void find_fit(struct contrast *c, struct target_ranking *ranked, struct comparison *x)
{
	find_places(&ranked->ranking, x);
	find_features(x);
	find_words(c, &ranked->words, x);
	ranked->words.kinds = 1u << FIELD_TASK;
	for (size_t s = 0; s < x->count; s++)
		find_task(c->session, &ranked->words, &x->sides[s], &x->fits[s]);
	ranked->words.kinds = 0;
}

/* ---- all of it ---- */

static bool check_count(const struct session *s, const struct target_codes *codes)
{
	if (codes->count >= COMPARISON_MIN && codes->count <= COMPARISON_MAX)
		return true;
	return error_set(s->err, ERROR_USAGE, "name two to six codes, such as soc compare 15-2051 15-1252",
			 codes->count < COMPARISON_MIN ? "there is nothing to compare %s with"
						       : "more than six codes cannot be read side by side",
			 codes->count == 1 ? codes->at[0].code.text : "it");
}

/* Before any fact is looked for: of another major group than these codes' none is. */
static bool need_all(struct session *s, const struct comparison *x)
{
	struct code codes[COMPARISON_MAX];
	for (size_t i = 0; i < x->count; i++)
		codes[i] = x->sides[i].own;
	return soc_index_need_manifest(s->index, s->err) && soc_index_need_reference(s->index, s->err) &&
	       soc_index_need_groups(s->index, s->err) && soc_index_need_facts_of(s->index, codes, x->count, s->err);
}

bool comparison_find(struct session *s, const struct target_codes *codes, struct target_ranking *ranked, size_t limit,
		     struct comparison *out)
{
	struct contrast contrast;
	*out = (struct comparison){
		.level = codes->level, .job = ranked ? ranked->job : NULL, .limit = limit, .for_all = "--all"
	};
	if (!check_count(s, codes))
		return false;
	contrast_begin(&contrast, s, codes->level);
	for (size_t i = 0; i < codes->count; i++) {
		read_side(s, &codes->at[i], &out->sides[out->count++]);
		contrast_add_code(&contrast, codes->at[i].first);
	}
	find_groups(out);
	if (session_ok(s) && need_all(s, out)) {
		comparison_find_definitions(&contrast, out);
		comparison_find_tasks(&contrast, out);
		comparison_find_list(s, out, EVIDENCE_ACTIVITY, &out->activities);
		comparison_find_list(s, out, EVIDENCE_TECHNOLOGY, &out->technologies);
		comparison_find_list(s, out, EVIDENCE_FILED_TITLE, &out->titles);
		if (ranked)
			find_fit(&contrast, ranked, out);
		comparison_find_rows(s, out);
	}
	contrast_free(&contrast);
	return session_ok(s);
}
