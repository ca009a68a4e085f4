// SPDX-License-Identifier: GPL-3.0-or-later
/* test_lru_cache.c - what an LRU cache keeps, evicts and forgets, and failures of its memory. */
#include "tests/unit/unit.h"

#include "lib/base/fault.h"
#include "lib/base/lru_cache.h"

static bool get(struct lru_cache *c, uint64_t key)
{
	bool hit;
	uint64_t *value = lru_cache_get(c, key, &hit);
	if (hit)
		assert_int_equal(*value, ~key);
	*value = ~key;
	return hit;
}

static void one_set_is_exact(void **state)
{
	(void)state;
	struct lru_cache c = { 0 };
	assert_true(lru_cache_new(&c, 4, 4, sizeof(uint64_t), NULL));
	for (uint64_t key = 0; key < 4; key++)
		assert_false(get(&c, key)); /* 0 is a key like others */
	assert_true(get(&c, 0));
	assert_false(get(&c, 4)); /* in the place of 1 */
	assert_true(get(&c, 0) && get(&c, 2) && get(&c, 3) && get(&c, 4));
	assert_false(get(&c, 1)); /* in the place of 0 */
	assert_false(get(&c, 0));
	lru_cache_forget(&c, 4);
	assert_true(get(&c, 3));
	assert_false(get(&c, 4)); /* in its own place, which was free */
	assert_true(get(&c, 0) && get(&c, 1) && get(&c, 3));
	lru_cache_forget(&c, 77); /* not there */
	lru_cache_free(&c, NULL);
	assert_null(c.slots);
}

static size_t freed;

static void free_value(void *value)
{
	freed += *(uint64_t *)value != 0;
}

static void many_sets_are_filled(void **state)
{
	(void)state;
	enum { ENTRIES = 1000, STEP = 64 };
	struct lru_cache c = { 0 };
	size_t hits = 0;
	assert_true(lru_cache_new(&c, ENTRIES, 4, sizeof(uint64_t), NULL));
	/* Addresses come in steps. */
	for (uint64_t i = 1; i <= ENTRIES; i++)
		get(&c, i * STEP);
	for (uint64_t i = 1; i <= ENTRIES; i++)
		hits += get(&c, i * STEP);
	assert_true(hits > ENTRIES / 2);
	lru_cache_free(&c, free_value);
	assert_true(freed > ENTRIES / 2 && freed <= ENTRIES);
}

#ifdef SOC_FAULTS
static void failures_are_told(void **state)
{
	(void)state;
	for (long n = 1; n <= 2; n++) {
		struct lru_cache c = { 0 };
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, n, false);
		assert_false(lru_cache_new(&c, 8, 2, 16, &err));
		fault_arm(FAULT_MEMORY, 0, false);
		assert_int_equal(err.code, ERROR_MEMORY);
		assert_null(c.slots);
	}
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_set_is_exact),
		cmocka_unit_test(many_sets_are_filled),
#ifdef SOC_FAULTS
		cmocka_unit_test(failures_are_told),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
