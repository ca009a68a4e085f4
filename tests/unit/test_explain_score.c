// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>

#include "tests/unit/job_make.h"

#include "lib/rank/explain_score.h"

static struct soc_index *sample;
static struct ranker *ranker;

static int set_up(void **state)
{
	struct error err = { 0 };
	if (make_set_up(state) != 0)
		return -1;
	return soc_index_open(make_sample_index("sample.soc"), &sample, &err) && ranker_new(sample, &ranker, &err) ? 0
														   : -1;
}

static int tear_down(void **state)
{
	ranker_free(ranker);
	soc_index_close(sample);
	return make_tear_down(state);
}

/* ---- what must hold ---- */

/* What the code has by itself of a feature. */
static double of_code(const struct attribution *a, enum feature feature)
{
	double amount = 0.0;
	for (size_t i = 0; i < a->count; i++)
		if (a->at[i].feature == feature && a->at[i].cause == CAUSE_CODE)
			amount += a->at[i].amount;
	return amount;
}

static void check_sums(const struct attribution *a, const struct candidate *c, size_t row)
{
	double sums[FEATURE_COUNT] = { 0.0 }, all = 0.0;
	for (size_t i = 0; i < a->count; i++) {
		sums[a->at[i].feature] += a->at[i].amount;
		all += a->at[i].amount;
		ROW_CHECK(a->at[i].cause == CAUSE_CODE || a->at[i].amount > 0.0 ||
				  a->at[i].feature == FEATURE_TITLE_CLASSIFIER ||
				  a->at[i].feature == FEATURE_TEXT_CLASSIFIER ||
				  a->at[i].feature == FEATURE_TITLE_LATENT_SIMILARITY ||
				  a->at[i].feature == FEATURE_TEXT_LATENT_SIMILARITY,
			  row);
	}
	for (size_t s = 0; s < FEATURE_COUNT; s++)
		ROW_CHECK(fabs(sums[s] - c->parts[s]) < 1e-9, row);
	ROW_CHECK(fabs(all - c->score) < 1e-4, row);
	ROW_CHECK(a->residue < 1e-5, row);
}

/* Words apart, the model has a code's bias and what every code pays alike. */
static void check_model(const struct classifier *m, const struct ranking *r, const struct attribution *a,
			const struct candidate *c, enum feature feature, double *paid, size_t row)
{
	double weight = feature_weights[feature] * (feature_is_of_text(feature) ? r->pool.text : r->pool.title);
	if (c->parts[feature] == 0.0 || weight == 0.0 || fabs(c->parts[feature] / c->values[feature] - weight) > 1e-9)
		return;
	double now = (double)m->bias[sample->soc.of[c->occupation]] - of_code(a, feature) / weight;
	ROW_CHECK(isnan(*paid) || fabs(now - *paid) < 1e-3, row);
	*paid = now;
}

static void summands_add_up_to_the_parts(void **state)
{
	struct classifier model = { 0 };
	struct buffer title = { 0 }, text = { 0 };
	struct error err = { 0 };
	struct arena arena = { 0 };
	size_t words = 0, titles = 0, pairs = 0, pieces = 0, of_others = 0;
	(void)state;
	assert_true(classifier_load(&model, sample, &err) && model.bias);
	for (size_t row = 1; row <= 300; row++) {
		draw_from(row);
		arena_reset(&arena);
		struct job job = draw_job(sample, &title, &text, &arena);
		struct rank_options options = { .level = draw(2) ? LEVEL_SOC : LEVEL_ONET,
						.limit = sample->count,
						.expand = draw(4) ? EXPAND_ALL : 0,
						.unmatched = true };
		struct ranking r;
		double paid[2] = { NAN, NAN };
		assert_true(rank_job(ranker, &job, &options, &r, &err));
		for (size_t i = 0; i < r.count; i += 1 + draw(30)) {
			struct attribution a;
			assert_true(rank_attribute(ranker, &r.at[i], options.level, &arena, &a, &err));
			check_sums(&a, &r.at[i], row);
			check_model(&model, &r, &a, &r.at[i], FEATURE_TITLE_CLASSIFIER, &paid[0], row);
			check_model(&model, &r, &a, &r.at[i], FEATURE_TEXT_CLASSIFIER, &paid[1], row);
			for (size_t k = 0; k < a.count; k++) {
				words += a.at[k].cause == CAUSE_WORD;
				titles += a.at[k].cause == CAUSE_TITLE;
				pairs += a.at[k].cause == CAUSE_BIGRAM;
				pieces += a.at[k].cause == CAUSE_NGRAM;
			}
			of_others += a.text_occupation != a.first;
			assert_in_range(a.text_occupation, a.first, a.end - 1);
		}
	}
	assert_true(words > 1000 && titles > 300 && pairs > 100 && pieces > 1000 && of_others > 10);
	classifier_close(&model);
	arena_free(&arena);
	buffer_free(&title);
	buffer_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(summands_add_up_to_the_parts) };
	return cmocka_run_group_tests_name("lib/rank/attribute", tests, set_up, tear_down);
}
