// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/base/fault.h"
#include "lib/index/varint.h"

static const struct {
	uint64_t number;
	struct slice bytes;
} numbers[] = {
	{ 0, { "\0", 1 } },
	{ 1, { "\x01", 1 } },
	{ 127, { "\x7F", 1 } },
	{ 128, { "\x80\x01", 2 } },
	{ 300, { "\xAC\x02", 2 } },
	{ 16383, { "\xFF\x7F", 2 } },
	{ 16384, { "\x80\x80\x01", 3 } },
	{ UINT32_MAX, { "\xFF\xFF\xFF\xFF\x0F", 5 } },
	{ UINT64_MAX, { "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01", 10 } },
};

static void numbers_are_packed(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	for (size_t i = 0; i < COUNT(numbers); i++) {
		buffer_clear(&b);
		ROW_CHECK(pack_number(&b, numbers[i].number, NULL), i);
		ROW_CHECK(slice_equal(buffer_slice(&b), numbers[i].bytes), i);
		struct unpack u = unpack_begin(buffer_slice(&b));
		ROW_CHECK(unpack_number(&u) == numbers[i].number && !u.bad && u.at == u.end, i);
	}
	buffer_clear(&b);
	for (unsigned shift = 0; shift < 64; shift++)
		assert_true(pack_number(&b, UINT64_C(1) << shift, NULL) &&
			    pack_number(&b, (UINT64_C(1) << shift) - 1, NULL));
	struct unpack u = unpack_begin(buffer_slice(&b));
	for (unsigned shift = 0; shift < 64; shift++) {
		assert_true(unpack_number(&u) == UINT64_C(1) << shift);
		assert_true(unpack_number(&u) == (UINT64_C(1) << shift) - 1);
	}
	assert_false(u.bad);
	assert_ptr_equal(u.at, u.end);
	buffer_free(&b);
}

static void strings_are_packed(void **state)
{
	(void)state;
	static const struct slice rows[] = { { "", 0 }, { "a", 1 }, { "with\0NUL", 8 }, { NULL, 0 } };
	struct buffer b = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++)
		ROW_CHECK(pack_string(&b, rows[i], NULL), i);
	struct buffer longer = { 0 };
	for (size_t i = 0; i < 1000; i++)
		assert_true(buffer_append_byte(&longer, (char)i, NULL));
	assert_true(pack_string(&b, buffer_slice(&longer), NULL));
	struct unpack u = unpack_begin(buffer_slice(&b));
	for (size_t i = 0; i < COUNT(rows); i++)
		ROW_CHECK(slice_equal(unpack_string(&u), rows[i]) && !u.bad, i);
	assert_true(slice_equal(unpack_string(&u), buffer_slice(&longer)));
	assert_false(u.bad);
	assert_ptr_equal(u.at, u.end);
	buffer_free(&longer);
	buffer_free(&b);
}

/* Two numbers at once are what they are one by one, of any length. */
static void pairs_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(numbers); i++) {
		for (size_t k = 0; k < COUNT(numbers); k++) {
			struct buffer b = { 0 };
			bool fits = numbers[i].number <= UINT32_MAX && numbers[k].number <= UINT32_MAX;
			assert_true(buffer_append(&b, numbers[i].bytes.at, numbers[i].bytes.length, NULL) &&
				    buffer_append(&b, numbers[k].bytes.at, numbers[k].bytes.length, NULL));
			struct unpack u = unpack_begin(buffer_slice(&b));
			struct unpack_pair pair = unpack_two(&u);
			ROW_CHECK(u.bad == !fits && u.at == u.end, i);
			ROW_CHECK(pair.first == (fits ? numbers[i].number : 0) &&
					  pair.second == (fits ? numbers[k].number : 0),
				  i);
			for (size_t cut = 0; cut < b.length; cut++) {
				u = unpack_begin((struct slice){ b.at, cut });
				pair = unpack_two(&u);
				ROW_CHECK(u.bad && pair.first == 0 && pair.second == 0, i);
			}
			buffer_free(&b);
		}
	}
}

/* What is cut short or malformed reads as 0 and "", nothing behind the end is touched, and it stays so. */
static void malformed_bytes_are_told(void **state)
{
	(void)state;
	static const struct {
		struct slice bytes;
		bool string;
	} rows[] = {
		{ { NULL, 0 }, false },
		{ { "", 0 }, false },
		{ { "\x80", 1 }, false },
		{ { "\xFF\xFF", 2 }, false },
		{ { "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 11 }, false }, /* more than 64 bits */
		{ { "", 0 }, true },
		{ { "\x01", 1 }, true },
		{ { "\x05"
		    "abcd",
		    5 },
		  true },
		{ { "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"
		    "a",
		    11 },
		  true },
		{ { "\x81", 1 }, true },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t length = rows[i].bytes.length;
		char *exact = malloc(length + 1);
		assert_non_null(exact);
		if (length > 0)
			memcpy(exact, rows[i].bytes.at, length);
		struct unpack u = unpack_begin((struct slice){ rows[i].bytes.at ? exact : NULL, length });
		if (rows[i].string)
			ROW_CHECK(unpack_string(&u).length == 0, i);
		else
			ROW_CHECK(unpack_number(&u) == 0, i);
		ROW_CHECK(u.bad && u.at == u.end, i);
		ROW_CHECK(unpack_number(&u) == 0 && unpack_string(&u).length == 0 && u.bad, i);
		free(exact);
	}
	/* Every truncation of every number. */
	for (size_t i = 0; i < COUNT(numbers); i++) {
		for (size_t cut = 0; cut < numbers[i].bytes.length; cut++) {
			struct unpack u = unpack_begin((struct slice){ numbers[i].bytes.at, cut });
			ROW_CHECK(unpack_number(&u) == 0 && u.bad, i);
		}
	}
}

#ifdef SOC_FAULTS
static void failures_are_told(void **state)
{
	(void)state;
	long k = 0;
	bool ok;
	do {
		struct buffer b = { 0 };
		struct error err = { 0 };
		char text[500] = { 0 };
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = pack_number(&b, 300, &err) && pack_string(&b, (struct slice){ text, sizeof text }, &err);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		buffer_free(&b);
	} while (!ok);
	fault_arm(FAULT_MEMORY, 0, false);
	assert_true(k > 2);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_packed), cmocka_unit_test(strings_are_packed),
		cmocka_unit_test(pairs_are_read),     cmocka_unit_test(malformed_bytes_are_told),
#ifdef SOC_FAULTS
		cmocka_unit_test(failures_are_told),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
