// SPDX-License-Identifier: GPL-3.0-or-later
/* test_opinion_pool.c - what title and text weigh, by how much each says: no jumps, no more for less, nothing for nothing. */
#include <math.h>

#include "lib/rank/opinion_pool.h"
#include "tests/unit/unit.h"

static struct opinion_weights weigh(double entropy, double title_mass, double text_mass)
{
	const struct opinions o = { .title_entropy = entropy, .title_mass = title_mass, .text_mass = text_mass };
	return opinion_pool_weigh(&opinion_pool_default, &o);
}

static void a_text_without_words_changes_nothing(void **state)
{
	(void)state;
	for (double entropy = 0.0; entropy <= 1.0; entropy += 0.1)
		for (double mass = 2.0; mass < 30.0; mass += 2.0) {
			struct opinion_weights w = weigh(entropy, mass, 0.0);
			assert_true(w.share == 1.0 && w.title == 1.0 && w.text == 0.0);
			assert_string_equal(opinion_remark(&w), "the text says nothing and does not count");
		}
}

static void a_title_without_words_changes_nothing(void **state)
{
	(void)state;
	struct opinion_weights w = weigh(1.0, 0.0, 100.0);
	assert_true(w.share == 0.0 && w.title == 0.0 && w.text > 0.0);
	assert_true(opinion_title_part(&w) == 0.0);
	assert_string_equal(opinion_remark(&w), "the title says nothing and does not count");
}

static void a_part_weighs_more_the_more_it_says(void **state)
{
	(void)state;
	for (double entropy = 0.0; entropy <= 1.0; entropy += 0.05)
		for (double title = 0.0; title <= 20.0; title += 1.0)
			for (double text = 0.0; text <= 200.0; text += 10.0) {
				double part = weigh(entropy, title, text).share;
				assert_true(part >= 0.0 && part <= 1.0);
				assert_true(weigh(entropy + 0.05, title, text).share <= part);
				assert_true(weigh(entropy, title + 1.0, text).share >= part);
				assert_true(weigh(entropy, title, text + 10.0).share <= part);
			}
}

static void weights_do_not_jump(void **state)
{
	(void)state;
	double before = NAN;
	for (double text = 0.0; text <= 60.0; text += 0.02) {
		struct opinion_weights w = weigh(0.5, 6.0, text);
		assert_true(isnan(before) || fabs(opinion_title_part(&w) - before) < 0.01);
		before = opinion_title_part(&w);
	}
}

static void entropy_is_of_the_softmax(void **state)
{
	(void)state;
	const float equal[4] = { 2.0f, 2.0f, 2.0f, 2.0f }, one[4] = { 50.0f, 0.0f, 0.0f, 0.0f },
		    two[4] = { 9.0f, 9.0f, -40.0f, -40.0f };
	assert_true(fabs(opinion_entropy(equal, 4) - 1.0) < 1e-6);
	assert_true(fabs(opinion_entropy(one, 4)) < 1e-6);
	assert_true(fabs(opinion_entropy(two, 4) - 0.5) < 1e-6);
	assert_true(opinion_entropy(one, 1) == 0.0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_without_words_changes_nothing),
		cmocka_unit_test(a_title_without_words_changes_nothing),
		cmocka_unit_test(a_part_weighs_more_the_more_it_says),
		cmocka_unit_test(weights_do_not_jump),
		cmocka_unit_test(entropy_is_of_the_softmax),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
