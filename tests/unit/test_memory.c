// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/base/fault.h"
#include "lib/base/memory.h"

static void slices_compare(void **state)
{
	(void)state;
	static const struct {
		const char *a, *b;
		int order;
		bool nocase;
	} rows[] = {
		{ "", "", 0, true },           { "a", "", 1, false },       { "", "a", -1, false },
		{ "ab", "abc", -1, false },    { "abc", "abd", -1, false }, { "Abc", "aBC", -1, true },
		{ "\xC3\xA9", "z", 1, false }, { "[", "{", -1, false },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct slice a = slice_of(rows[i].a);
		struct slice b = slice_of(rows[i].b);
		int order = slice_compare(a, b);
		ROW_CHECK((order > 0) - (order < 0) == rows[i].order, i);
		ROW_CHECK(slice_equal(a, b) == (rows[i].order == 0), i);
		ROW_CHECK(slice_equal_nocase(a, b) == rows[i].nocase, i);
	}
	struct slice none = { NULL, 0 };
	assert_true(slice_equal(none, SLICE("")));
	assert_int_equal(slice_compare(none, SLICE("")), 0);
}

static void slices_trim(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "", "" },
		{ " \t\r\n", "" },
		{ "a", "a" },
		{ "  a b \n", "a b" },
		{ "\xC2\xA0 a\xC2\xA0", "a" },
		{ "\xC2\xA0", "" },
		{ "\xC3\xA0", "\xC3\xA0" }, /* ends in the byte A0, which is not a blank */
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		ROW_CHECK(slice_equal(slice_trim(slice_of(rows[i][0])), slice_of(rows[i][1])), i);
}

static void buffers_grow(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	struct error err = { 0 };
	for (int i = 0; i < 10000; i++)
		assert_true(buffer_append_byte(&b, (char)('a' + i % 26), &err));
	assert_int_equal(b.length, 10000);
	assert_int_equal(b.at[9999], 'a' + 9999 % 26);
	assert_true(buffer_terminate(&b, &err));
	assert_int_equal(b.length, 10000);
	assert_int_equal(b.at[10000], '\0');
	buffer_clear(&b);
	assert_true(buffer_printf(&b, &err, "%s-%d", "x", 5));
	assert_true(buffer_append_text(&b, "!", &err));
	assert_true(slice_equal(buffer_slice(&b), SLICE("x-5!")));
	buffer_clear(&b);
	assert_true(buffer_printf(&b, &err, "%01000d", 7));
	assert_int_equal(b.length, 1000);
	assert_false(buffer_reserve(&b, SIZE_MAX - 10, &err));
	assert_int_equal(err.code, ERROR_MEMORY);
	assert_int_equal(b.length, 1000);
	buffer_free(&b);
	assert_null(b.at);
	assert_true(buffer_append(&b, NULL, 0, NULL));
	buffer_free(&b);
}

static void arenas_hand_out(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct error err = { 0 };
	char *pieces[500];
	for (size_t round = 0; round < 3; round++) {
		for (size_t i = 0; i < COUNT(pieces); i++) {
			size_t size = i * 7 % 9000;
			pieces[i] = arena_alloc(&a, size, &err);
			assert_non_null(pieces[i]);
			assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
			for (size_t j = 0; j < size; j++)
				assert_int_equal(pieces[i][j], 0);
			memset(pieces[i], (int)(i % 255) + 1, size);
		}
		for (size_t i = 0; i < COUNT(pieces); i++) {
			size_t size = i * 7 % 9000;
			if (size > 0)
				assert_int_equal((unsigned char)pieces[i][size - 1], i % 255 + 1);
		}
		assert_true(a.total > 0);
		arena_reset(&a);
	}
	struct slice copy = arena_copy(&a, SLICE("text"), &err);
	assert_string_equal(copy.at, "text");
	copy = arena_copy(&a, (struct slice){ NULL, 0 }, &err);
	assert_non_null(copy.at);
	assert_string_equal(copy.at, "");
	assert_null(arena_alloc(&a, SIZE_MAX, &err));
	assert_int_equal(err.code, ERROR_MEMORY);
	arena_free(&a);
	assert_int_equal(a.total, 0);
	arena_free(&a);
}

static void arrays_grow(void **state)
{
	(void)state;
	size_t *items = NULL;
	size_t capacity = 0;
	struct error err = { 0 };
	for (size_t i = 0; i < 1000; i++) {
		assert_true(ARRAY_RESERVE(items, capacity, i + 1, &err));
		items[i] = i;
	}
	assert_int_equal(items[999], 999);
	assert_false(ARRAY_RESERVE(items, capacity, SIZE_MAX / 4, &err));
	assert_int_equal(err.code, ERROR_MEMORY);
	assert_int_equal(items[999], 999);
	memory_free(items);
}

#ifdef SOC_FAULTS
/* A buffer that failed takes nothing until it is cleared, even where there would be room or memory again. */
static void buffers_stay_failed(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	struct error err = { 0 };
	assert_true(buffer_append_text(&b, "kept", &err));
	assert_true(buffer_ok(&b));
	fault_arm(FAULT_MEMORY, 1, false);
	assert_false(buffer_printf(&b, &err, "%0100d", 1));
	fault_arm(FAULT_MEMORY, 0, false);
	assert_int_equal(err.code, ERROR_MEMORY);
	struct error later = { 0 };
	assert_false(buffer_append_text(&b, "x", &later));
	assert_int_equal(later.code, ERROR_MEMORY);
	assert_false(buffer_append(&b, NULL, 0, NULL));
	assert_false(buffer_append_byte(&b, 'x', NULL));
	assert_false(buffer_printf(&b, NULL, "%0500d", 1));
	assert_false(buffer_terminate(&b, NULL));
	assert_false(buffer_ok(&b));
	assert_true(slice_equal(buffer_slice(&b), SLICE("kept")));
	buffer_cut(&b, 1);
	assert_false(buffer_append_byte(&b, 'x', NULL));
	assert_true(slice_equal(buffer_slice(&b), SLICE("k")));
	buffer_clear(&b);
	assert_true(buffer_ok(&b));
	assert_true(buffer_printf(&b, NULL, "%0500d", 1));
	assert_int_equal(b.length, 500);
	buffer_cut(&b, 499);
	assert_true(buffer_append_byte(&b, 'x', NULL));
	buffer_free(&b);
	assert_true(buffer_ok(&b));
}

static void arenas_remember_failures(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct error err = { 0 };
	assert_non_null(arena_copy(&a, SLICE("kept"), &err).at);
	assert_true(arena_ok(&a));
	fault_arm(FAULT_MEMORY, 1, false);
	assert_null(arena_alloc(&a, 1 << 20, &err));
	fault_arm(FAULT_MEMORY, 0, false);
	assert_int_equal(err.code, ERROR_MEMORY);
	assert_non_null(arena_copy(&a, SLICE("kept"), NULL).at);
	assert_false(arena_ok(&a));
	arena_reset(&a);
	assert_true(arena_ok(&a));
	assert_null(arena_copy(&a, (struct slice){ "", SIZE_MAX }, NULL).at);
	assert_false(arena_ok(&a));
	arena_free(&a);
	assert_true(arena_ok(&a));
}

/* All of it once with the k-th allocation failing, until none fails: every failure is told, nothing is lost
 * (the leak checker watches). */
static bool much_work(struct error *err)
{
	struct buffer b = { 0 };
	struct arena a = { 0 };
	double *items = NULL;
	size_t capacity = 0;
	bool ok = buffer_append_text(&b, "some text", err) && buffer_printf(&b, err, "%0500d", 1) &&
		  arena_alloc(&a, 100, err) && arena_alloc(&a, 100000, err) && arena_copy(&a, SLICE("x"), err).at &&
		  arena_alloc(&a, 3900, err) && ARRAY_RESERVE(items, capacity, 1, err) &&
		  ARRAY_RESERVE(items, capacity, 100, err);
	buffer_free(&b);
	arena_free(&a);
	memory_free(items);
	return ok;
}

static void each_allocation_fails_in_turn(void **state)
{
	(void)state;
	long k = 0;
	bool ok;
	do {
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = much_work(&err);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
	} while (!ok);
	fault_arm(FAULT_MEMORY, 0, false);
	assert_true(k > 5);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slices_compare),
		cmocka_unit_test(slices_trim),
		cmocka_unit_test(buffers_grow),
		cmocka_unit_test(arenas_hand_out),
		cmocka_unit_test(arrays_grow),
#ifdef SOC_FAULTS
		cmocka_unit_test(buffers_stay_failed),
		cmocka_unit_test(arenas_remember_failures),
		cmocka_unit_test(each_allocation_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
