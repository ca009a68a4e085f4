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
	void *items = NULL;
	size_t capacity = 0;
	struct error err = { 0 };
	for (size_t i = 0; i < 1000; i++) {
		assert_true(array_reserve(&items, &capacity, i + 1, sizeof(size_t), &err));
		((size_t *)items)[i] = i;
	}
	assert_int_equal(((size_t *)items)[999], 999);
	assert_false(array_reserve(&items, &capacity, SIZE_MAX / 4, sizeof(size_t), &err));
	assert_int_equal(err.code, ERROR_MEMORY);
	assert_int_equal(((size_t *)items)[999], 999);
	memory_free(items);
}

#ifdef SOC_FAULTS
/* All of it once with the k-th allocation failing, until none fails: every failure is told, nothing is lost
 * (the leak checker watches). */
static bool much_work(struct error *err)
{
	struct buffer b = { 0 };
	struct arena a = { 0 };
	void *items = NULL;
	size_t capacity = 0;
	bool ok = buffer_append_text(&b, "some text", err) && buffer_printf(&b, err, "%0500d", 1) &&
		  arena_alloc(&a, 100, err) && arena_alloc(&a, 100000, err) && arena_copy(&a, SLICE("x"), err).at &&
		  arena_alloc(&a, 3900, err) && array_reserve(&items, &capacity, 1, 8, err) &&
		  array_reserve(&items, &capacity, 100, 8, err);
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
		cmocka_unit_test(each_allocation_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
