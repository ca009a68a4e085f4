// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/base/fault.h"
#include "lib/base/string_map.h"

static struct slice make_key(uint32_t number, char key[32])
{
	return (struct slice){ key, (size_t)snprintf(key, 32, "key %u", number * 7919u) };
}

static void keys_get_numbers(void **state)
{
	(void)state;
	static const struct {
		struct slice key;
		uint32_t number;
		bool added;
	} rows[] = {
		{ { "one", 3 }, 0, true },   { { "two", 3 }, 1, true },  { { "one", 3 }, 0, false },
		{ { "", 0 }, 2, true },      { { NULL, 0 }, 2, false },  { { "on", 2 }, 3, true },
		{ { "a\0b", 3 }, 4, true },  { { "a\0c", 3 }, 5, true }, { { "a", 1 }, 6, true },
		{ { "a\0b", 3 }, 4, false },
	};
	struct map m = { 0 };
	assert_int_equal(map_find(&m, SLICE("one")), MAP_NONE);
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint32_t number = 99;
		bool added;
		ROW_CHECK(map_add(&m, rows[i].key, &number, i % 2 ? &added : NULL, NULL), i);
		ROW_CHECK(number == rows[i].number && (i % 2 == 0 || added == rows[i].added), i);
		ROW_CHECK(map_find(&m, rows[i].key) == number && slice_equal(map_key(&m, number), rows[i].key), i);
	}
	assert_int_equal(m.count, 7);
	assert_int_equal(map_find(&m, SLICE("three")), MAP_NONE);
	map_free(&m);
	assert_int_equal(m.count, 0);
	assert_int_equal(map_find(&m, SLICE("one")), MAP_NONE);
	map_free(&m);
}

static void keys_are_copied(void **state)
{
	(void)state;
	struct map m = { 0 };
	char key[] = "mine";
	uint32_t number;
	assert_true(map_add(&m, slice_of(key), &number, NULL, NULL));
	key[0] = 'd';
	assert_int_equal(map_find(&m, SLICE("mine")), number);
	assert_int_equal(map_find(&m, SLICE("dine")), MAP_NONE);
	map_free(&m);
}

static void maps_grow(void **state)
{
	(void)state;
	struct map m = { 0 };
	char key[32];
	for (uint32_t round = 0; round < 2; round++) {
		for (uint32_t i = 0; i < 20000; i++) {
			uint32_t number;
			bool added;
			assert_true(map_add(&m, make_key(i, key), &number, &added, NULL));
			assert_int_equal(number, i);
			assert_int_equal(added, round == 0);
		}
	}
	for (uint32_t i = 0; i < 20000; i++) {
		assert_int_equal(map_find(&m, make_key(i, key)), i);
		assert_true(slice_equal(map_key(&m, i), make_key(i, key)));
		assert_int_equal(map_find(&m, make_key(i + 20000, key)), MAP_NONE);
	}
	map_free(&m);
}

#ifdef SOC_FAULTS
/* A failure loses nothing that was in the map, and the same call works the next time. */
static void each_allocation_fails_in_turn(void **state)
{
	(void)state;
	struct map m = { 0 };
	char key[32];
	long failures = 0;
	for (uint32_t i = 0; i < 3000; i++) {
		struct error err = { 0 };
		uint32_t number = 0;
		long k = 0;
		bool ok;
		do {
			error_clear(&err);
			fault_arm(FAULT_MEMORY, ++k, false);
			ok = map_add(&m, make_key(i, key), &number, NULL, &err);
			failures += fault_failures(FAULT_MEMORY);
			assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
			assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
			assert_int_equal(map_find(&m, make_key(i, key)), ok ? i : MAP_NONE);
		} while (!ok);
		assert_int_equal(number, i);
		assert_int_equal(m.count, i + 1);
	}
	fault_arm(FAULT_MEMORY, 0, false);
	assert_true(failures > 10);
	for (uint32_t i = 0; i < 3000; i++)
		assert_int_equal(map_find(&m, make_key(i, key)), i);
	map_free(&m);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_get_numbers),
		cmocka_unit_test(keys_are_copied),
		cmocka_unit_test(maps_grow),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_allocation_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
