// SPDX-License-Identifier: GPL-3.0-or-later
/* test_postings.c - posting lists: decoded by document, counted, searched, and cached. */
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/base/fault.h"
#include "lib/rank/postings_cache.h"

/* ---- one list ---- */

enum { OCCUPATIONS = 6, UNITS = 3 };

/* Occupations 0 and 1 share a unit, and so do 3, 4 and 5. */
static uint16_t of[OCCUPATIONS] = { 0, 0, 1, 2, 2, 2 };
static const struct documents documents = { .count = UNITS, .of = of };

static const struct {
	struct slice list;
	size_t count;
	struct posting held[UNITS];
} lists[] = {
	{ { NULL, 0 }, 0, { { 0, 0.0f } } },
	{ { "\x01\x04", 2 }, 1, { { 0, 4.0f } } },
	{ { "\x01\x04\x01\x03", 4 }, 1, { { 0, 7.0f } } },
	{ { "\x02\x05\x01\x02\x03\x01", 6 }, 3, { { 0, 5.0f }, { 1, 2.0f }, { 2, 1.0f } } },
	{ { "\x04\x01\x01\x02\x01\x03", 6 }, 1, { { 2, 6.0f } } },
	{ { "\x03\xAC\x02\x01\x01", 5 }, 2, { { 1, 300.0f }, { 2, 1.0f } } },
	/* What is malformed ends the list: a step of 0, one behind the last occupation, half a pair, a number without its end. */
	{ { "\x01\x04\x00\x03\x01\x01", 6 }, 1, { { 0, 4.0f } } },
	{ { "\x03\x04\x04\x03", 4 }, 1, { { 1, 4.0f } } },
	{ { "\x07\x04", 2 }, 0, { { 0, 0.0f } } },
	{ { "\x03\x04\x01", 3 }, 1, { { 1, 4.0f } } },
	{ { "\x03\x04\x01\x80", 4 }, 1, { { 1, 4.0f } } },
	{ { "\x03\x04\xFF\xFF\xFF\xFF\x1F\x01", 8 }, 1, { { 1, 4.0f } } },
	{ { "\x03\x04\x01\xFF\xFF\xFF\xFF\x1F", 8 }, 1, { { 1, 4.0f } } },
};

static void lists_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++) {
		struct posting held[UNITS], asked[UNITS] = { { 0, 9.0f }, { 1, 9.0f }, { 2, 9.0f } };
		size_t count = postings_decode(lists[i].list, &documents, OCCUPATIONS, held);
		ROW_CHECK(count == lists[i].count, i);
		ROW_CHECK(postings_find(lists[i].list, &documents, OCCUPATIONS, NULL, 0) == count, i);
		ROW_CHECK(postings_find(lists[i].list, &documents, OCCUPATIONS, asked, UNITS) == count, i);
		float sum = 0.0f;
		for (size_t k = 0; k < count; k++) {
			ROW_CHECK(held[k].document == lists[i].held[k].document &&
					  held[k].weight == lists[i].held[k].weight,
				  i);
			ROW_CHECK(asked[held[k].document].weight == held[k].weight, i);
			sum += held[k].weight;
		}
		for (size_t u = 0; u < UNITS; u++)
			sum -= asked[u].weight;
		ROW_CHECK(sum == 0.0f, i);
	}
}

/* ---- the cache ---- */

enum { MANY = 3 * SPARSE_LISTS_MAX };

/* Each list is one pair, by which it can be told. */
static char pairs[MANY][2];

static struct slice make_list(size_t i)
{
	pairs[i][0] = (char)(1 + i % OCCUPATIONS);
	pairs[i][1] = (char)(1 + i % 100);
	return (struct slice){ pairs[i], 2 };
}

static void check_list(struct postings_cache *k, size_t i, bool *fresh)
{
	static uint16_t self[OCCUPATIONS] = { 0, 1, 2, 3, 4, 5 };
	const struct documents occupations = { .count = OCCUPATIONS, .of = self };
	struct cached_postings *l;
	ROW_CHECK(postings_cache_sparse(k, make_list(i), &occupations, &l, fresh, NULL), i);
	ROW_CHECK(l && l->count == 1 && l->at[0].document == i % OCCUPATIONS, i);
	/* As whoever gets a fresh one may do. */
	if (*fresh)
		l->at[0].weight *= -1.0f;
	ROW_CHECK(l->at[0].weight == -(float)(1 + i % 100), i);
}

static void lists_are_cached(void **state)
{
	(void)state;
	struct postings_cache k = { 0 };
	struct cached_postings *l;
	bool fresh;
	assert_true(postings_cache_sparse(&k, (struct slice){ NULL, 0 }, &documents, &l, &fresh, NULL));
	assert_true(!l && !fresh);
	for (size_t i = 0; i < MANY; i++) {
		check_list(&k, i, &fresh);
		ROW_CHECK(fresh, i);
		check_list(&k, i, &fresh);
		ROW_CHECK(!fresh, i);
	}
	/* A list that is met again and again stays, whatever comes between; of all others many have gone, and are right again. */
	size_t again = 0;
	check_list(&k, 0, &fresh);
	for (size_t i = 1; i < MANY; i++) {
		check_list(&k, i, &fresh);
		again += fresh;
		check_list(&k, 0, &fresh);
		ROW_CHECK(!fresh, i);
	}
	assert_true(again >= MANY - SPARSE_LISTS_MAX);
	postings_cache_free(&k);
	assert_null(k.sparse.slots);
}

#ifdef SOC_FAULTS
static void failures_are_told(void **state)
{
	(void)state;
	long n = 0;
	bool ok;
	do {
		struct postings_cache k = { 0 };
		struct error err = { 0 };
		struct cached_postings *l;
		bool fresh;
		fault_arm(FAULT_MEMORY, ++n, false);
		ok = postings_cache_sparse(&k, make_list(0), &documents, &l, &fresh, &err);
		fault_arm(FAULT_MEMORY, 0, false);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		/* What could not be read is not taken for read. */
		assert_true(postings_cache_sparse(&k, make_list(0), &documents, &l, &fresh, NULL));
		assert_true(fresh == !ok && l->count == 1);
		postings_cache_free(&k);
	} while (!ok);
	assert_true(n > 2);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_read),
		cmocka_unit_test(lists_are_cached),
#ifdef SOC_FAULTS
		cmocka_unit_test(failures_are_told),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
