// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_posting_pairs.c - lists read eight pairs at a time say what they say one by one.
 */
#include "tests/unit/job_make.h"

#include "lib/rank/posting_pairs.h"
#include "lib/rank/query_terms.h"

enum { OCCUPATIONS = 400 };

/* A list of nearly all occupations; now and then a number has more than a byte, and where it is not sound, a first one is 0. */
static void draw_list(struct buffer *b, bool sound)
{
	struct error err = { 0 };
	buffer_clear(b);
	for (uint32_t next = 0, step; (step = 1 + (draw(20) ? draw(3) : draw(200)), next += step) <= OCCUPATIONS;)
		assert_true(pack_number(b, sound || draw(60) ? step : 0, &err) &&
			    pack_number(b, draw(30) ? draw(128) : draw(70000), &err));
}

static void eight_are_eight(void **state)
{
	struct buffer list = { 0 };
	size_t taken = 0, left = 0;
	(void)state;
	for (size_t row = 1; row <= 400; row++) {
		draw_from(row);
		draw_list(&list, row % 2);
		for (struct unpack u = unpack_begin(buffer_slice(&list)); u.at < u.end; unpack_two(&u)) {
			struct unpack one = u;
			struct pairs_sum eight, sum = { 0, 0 };
			bool small = true;
			size_t n = 0;
			for (; n < PAIRS_AT_ONCE && one.at < one.end; n++) {
				struct unpack_pair pair = unpack_two(&one);
				small &= pair.first > 0 && pair.first < 0x80 && pair.second < 0x80;
				sum.first += pair.first;
				sum.second += pair.second;
			}
			small &= n == PAIRS_AT_ONCE;
			ROW_CHECK(pairs_sum_eight(&u, &eight) == small, row);
			ROW_CHECK(!small || (eight.first == sum.first && eight.second == sum.second), row);
			taken += small;
			left += !small;
		}
	}
	assert_true(taken > 1000 && left > 1000);
	buffer_free(&list);
}

static void holders_are_found(void **state)
{
	struct buffer list = { 0 };
	uint16_t of[OCCUPATIONS];
	struct documents documents = { .of = of };
	struct posting all[OCCUPATIONS];
	(void)state;
	for (size_t row = 1; row <= 400; row++) {
		draw_from(row);
		draw_list(&list, row % 2);
		of[0] = 0;
		for (size_t i = 1; i < OCCUPATIONS; i++)
			of[i] = (uint16_t)(of[i - 1] + (draw(4) > 0));
		documents.count = of[OCCUPATIONS - 1] + 1u;
		size_t n = postings_decode(buffer_slice(&list), &documents, OCCUPATIONS, all);
		struct posting asked[] = { { draw(50), -1.0f }, { 100 + draw(30), -1.0f }, { 140 + draw(50), -1.0f } };
		ROW_CHECK(postings_find(buffer_slice(&list), &documents, OCCUPATIONS, NULL, 0) == n, row);
		ROW_CHECK(postings_find(buffer_slice(&list), &documents, OCCUPATIONS, asked, COUNT(asked)) == n, row);
		for (size_t k = 0; k < COUNT(asked); k++) {
			float weight = 0.0f;
			for (size_t i = 0; i < n; i++)
				weight += all[i].document == asked[k].document ? all[i].weight : 0.0f;
			ROW_CHECK(asked[k].weight == weight, row);
		}
	}
	buffer_free(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(eight_are_eight), cmocka_unit_test(holders_are_found) };
	return cmocka_run_group_tests_name("lib/rank/pairs", tests, NULL, NULL);
}
