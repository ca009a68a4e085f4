// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/corpus_make.h"

#include "lib/base/fault.h"
#include "lib/index/hash_table.h"

/* The i-th key and its list: from nothing to a few kilobytes, so that buckets differ. */
static struct slice make_key(uint32_t i, char key[32])
{
	return (struct slice){ key, (size_t)snprintf(key, 32, "Wkey%u", i) };
}

static size_t list_length(uint32_t i)
{
	return i % 97 == 0 ? 4000 : i * 31 % 60;
}

static void make_list(uint32_t i, struct buffer *list)
{
	buffer_clear(list);
	for (size_t k = 0; k < list_length(i); k++)
		assert_true(buffer_append_byte(list, (char)(i + k * 7), NULL));
}

static bool add_lists(struct hash_table_writer *s, uint32_t count, struct error *err)
{
	struct buffer list = { 0 };
	char key[32];
	bool ok = true;
	for (uint32_t i = 0; ok && i < count; i++) {
		make_list(i, &list);
		ok = hash_table_add(s, make_key(i, key), buffer_slice(&list), err);
	}
	buffer_free(&list);
	return ok;
}

/* A store of `count` lists; the caller frees it. */
static struct buffer make_store(uint32_t count)
{
	struct hash_table_writer s = { 0 };
	struct buffer bytes = { 0 };
	struct error err = { 0 };
	assert_true(add_lists(&s, count, &err) && hash_table_write(&s, &bytes, &err));
	hash_table_writer_free(&s);
	return bytes;
}

static void lists_are_found(void **state)
{
	(void)state;
	static const uint32_t counts[] = { 0, 1, 2, 50, 5000 };
	for (size_t c = 0; c < COUNT(counts); c++) {
		char key[32];
		struct buffer list = { 0 }, bytes = make_store(counts[c]);
		struct slice found;
		struct hash_table s;
		struct error err = { 0 };
		uint64_t lists;
		assert_true(hash_table_open(buffer_slice(&bytes), NULL, &s, &err));
		assert_true((s.buckets >= 1) == (counts[c] > 0) && (counts[c] < 5000 || s.buckets > 50));
		for (uint32_t i = 0; i < counts[c]; i++) {
			make_list(i, &list);
			ROW_CHECK(hash_table_find(&s, make_key(i, key), &found, &err), i);
			ROW_CHECK(found.at && slice_equal(found, buffer_slice(&list)), i);
		}
		for (uint32_t i = counts[c]; i < counts[c] + 2000; i++) {
			ROW_CHECK(hash_table_find(&s, make_key(i, key), &found, &err), i);
			ROW_CHECK(!found.at && found.length == 0, i);
		}
		assert_true(hash_table_find(&s, SLICE(""), &found, &err));
		assert_null(found.at);
		assert_true(hash_table_check(&s, &lists, &err) && lists == counts[c]);
		assert_int_equal(err.code, ERROR_NONE);
		buffer_free(&list);
		buffer_free(&bytes);
	}
}

static void keys_are_used_once(void **state)
{
	(void)state;
	struct hash_table_writer s = { 0 };
	struct buffer bytes = { 0 };
	struct error err = { 0 };
	assert_true(hash_table_add(&s, SLICE("Wtwice"), SLICE("a"), &err) &&
		    hash_table_add(&s, SLICE("Wtwice"), SLICE("b"), &err));
	assert_false(hash_table_write(&s, &bytes, &err));
	assert_int_equal(err.code, ERROR_INTERNAL);
	hash_table_writer_free(&s);
	buffer_free(&bytes);
}

/* ---- what is damaged ---- */

static bool tells_damage(const struct error *err)
{
	return err->code == ERROR_DAMAGED && strstr(err->hint, "soc-index verify");
}

/* Every key asked for, and every entry read; what is wrong is told, and nothing is read outside. */
static bool read_all(struct slice bytes, uint32_t count, struct error *err)
{
	struct hash_table s;
	struct slice found;
	uint64_t lists;
	char key[32];
	if (!hash_table_open(bytes, NULL, &s, err))
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (!hash_table_find(&s, make_key(i, key), &found, err))
			return false;
	return hash_table_check(&s, &lists, err);
}

static void cut_stores_are_refused(void **state)
{
	(void)state;
	struct buffer whole = make_store(60);
	for (size_t length = 1; length < whole.length; length++) {
		struct error err = { 0 };
		char *cut = malloc(length);
		assert_non_null(cut);
		memcpy(cut, whole.at, length); /* of its own, so that a sanitizer sees a step too far */
		ROW_CHECK(!read_all((struct slice){ cut, length }, 60, &err) && tells_damage(&err), length);
		free(cut);
	}
	buffer_free(&whole);
}

static void flipped_stores_are_read_or_refused(void **state)
{
	(void)state;
	struct buffer whole = make_store(60);
	size_t refused = 0;
	for (size_t i = 0; i < whole.length; i++) {
		for (int bit = 0; bit < 8; bit++) {
			struct error err = { 0 };
			whole.at[i] = (char)(whole.at[i] ^ (1 << bit));
			bool ok = read_all(buffer_slice(&whole), 60, &err);
			ROW_CHECK(ok ? err.code == ERROR_NONE : tells_damage(&err), i);
			refused += !ok;
			whole.at[i] = (char)(whole.at[i] ^ (1 << bit));
		}
	}
	assert_true(refused > 100);
	buffer_free(&whole);
}

static void senseless_tables_are_refused(void **state)
{
	(void)state;
	static const struct {
		struct slice bytes;
		bool opens, reads;
	} rows[] = {
		{ { "", 0 }, true, true },
		{ { "\x01\0\0\0\0\0\0\0", 8 }, true, true },              /* one bucket, empty */
		{ { "\x01\0\0\0\0\0\0\0x", 9 }, true, false },            /* a byte in no bucket */
		{ { "\x01\0\0\0\x01\0\0\0", 8 }, true, false },           /* a bucket behind the end */
		{ { "\x02\0\0\0\x01\0\0\0\0\0\0\0x", 13 }, true, false }, /* that ends before it begins */
		{ { "\0\0\0\0", 4 }, false, false },
		{ { "\x01\0\0", 3 }, false, false },
		{ { "\x02\0\0\0\0\0\0\0", 8 }, false, false },
		{ { "\xFF\xFF\xFF\xFF\0\0\0\0", 8 }, false, false },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		struct hash_table s;
		uint64_t lists;
		ROW_CHECK(hash_table_open(rows[i].bytes, NULL, &s, &err) == rows[i].opens, i);
		ROW_CHECK(rows[i].opens || tells_damage(&err), i);
		ROW_CHECK(!rows[i].opens || hash_table_check(&s, &lists, &err) == rows[i].reads, i);
		ROW_CHECK(rows[i].reads || tells_damage(&err), i);
	}
}

#ifdef SOC_FAULTS
static void each_allocation_fails_in_turn(void **state)
{
	(void)state;
	long k = 0;
	bool ok;
	do {
		struct hash_table_writer sw = { 0 };
		struct buffer list = { 0 }, bytes = { 0 };
		struct error err = { 0 };
		char key[32];
		make_list(97, &list);
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = hash_table_add(&sw, make_key(97, key), buffer_slice(&list), &err) &&
		     hash_table_add(&sw, SLICE("x"), SLICE("y"), &err) && hash_table_write(&sw, &bytes, &err);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		fault_arm(FAULT_MEMORY, 0, false);
		hash_table_writer_free(&sw);
		buffer_free(&bytes);
		buffer_free(&list);
	} while (!ok);
	assert_true(k > 3);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_found),
		cmocka_unit_test(keys_are_used_once),
		cmocka_unit_test(cut_stores_are_refused),
		cmocka_unit_test(flipped_stores_are_read_or_refused),
		cmocka_unit_test(senseless_tables_are_refused),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_allocation_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
