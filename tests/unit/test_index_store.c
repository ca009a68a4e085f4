// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/corpus_make.h"

#include <xxhash.h>

#include "lib/base/fault.h"
#include "lib/index/pack.h"
#include "lib/index/store.h"

#define PREFIX "w"

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

static bool add_lists(struct store_writer *s, uint32_t count, struct error *err)
{
	struct buffer list = { 0 };
	char key[32];
	bool ok = true;
	for (uint32_t i = 0; ok && i < count; i++) {
		make_list(i, &list);
		ok = store_add(s, make_key(i, key), buffer_slice(&list), err);
	}
	buffer_free(&list);
	return ok;
}

/* A database folder with a store of `count` lists, in the name of the test. */
static const char *make_store(const char *name, uint32_t count)
{
	const char *folder = make_path(name);
	struct store_writer s = { 0 };
	xap_writer *w = NULL;
	struct error err = { 0 };
	assert_true(xap_writer_open(folder, &w, &err) && add_lists(&s, count, &err) &&
		    store_write(&s, PREFIX, w, &err) && xap_writer_close(&w, &err));
	store_writer_free(&s);
	return folder;
}

static void lists_are_found(void **state)
{
	(void)state;
	static const uint32_t counts[] = { 0, 1, 2, 50, 5000 };
	for (size_t c = 0; c < COUNT(counts); c++) {
		char name[32], key[32];
		struct buffer list = { 0 };
		struct slice found;
		struct store s;
		struct error err = { 0 };
		xap_reader *r = NULL;
		snprintf(name, sizeof name, "found%zu", c);
		assert_true(xap_reader_open(make_store(name, counts[c]), &r, &err));
		assert_true(store_open(r, PREFIX, &s, &err));
		assert_true(s.buckets >= 1 && (counts[c] < 5000 || s.buckets > 50));
		/* Forwards, then in jumps, so that buckets come and go. */
		for (uint32_t round = 0; round < 2; round++) {
			for (uint32_t i = 0; i < counts[c]; i++) {
				uint32_t which = round ? i * 2311u % counts[c] : i;
				make_list(which, &list);
				ROW_CHECK(store_find(&s, make_key(which, key), &found, &err), which);
				ROW_CHECK(found.at && slice_equal(found, buffer_slice(&list)), which);
			}
		}
		for (uint32_t i = counts[c]; i < counts[c] + 2000; i++) {
			ROW_CHECK(store_find(&s, make_key(i, key), &found, &err), i);
			ROW_CHECK(!found.at && found.length == 0, i);
		}
		assert_true(store_find(&s, SLICE(""), &found, &err));
		assert_null(found.at);
		assert_int_equal(err.code, ERROR_NONE);
		buffer_free(&list);
		store_close(&s);
		xap_reader_close(r);
	}
}

static void no_store_has_no_lists(void **state)
{
	(void)state;
	const char *folder = make_path("none");
	xap_writer *w = NULL;
	xap_reader *r = NULL;
	struct store s;
	struct slice found = SLICE("x");
	struct error err = { 0 };
	assert_true(xap_writer_open(folder, &w, &err) && xap_writer_close(&w, &err));
	assert_true(xap_reader_open(folder, &r, &err) && store_open(r, PREFIX, &s, &err));
	assert_int_equal(s.buckets, 0);
	assert_true(store_find(&s, SLICE("Wkey1"), &found, &err));
	assert_null(found.at);
	store_close(&s);
	store_close(&s);
	xap_reader_close(r);
}

/* A reader on a database with this one bucket (number 0 of 1). */
static xap_reader *open_bucket(const char *name, struct slice count, struct slice bucket)
{
	const char *folder = make_path(name);
	xap_writer *w = NULL;
	xap_reader *r = NULL;
	assert_true(xap_writer_open(folder, &w, NULL));
	assert_true(xap_writer_set_metadata(w, SLICE(PREFIX), count, NULL));
	assert_true(xap_writer_set_metadata(w, (struct slice){ PREFIX "\0\0", 3 }, bucket, NULL));
	assert_true(xap_writer_close(&w, NULL) && xap_reader_open(folder, &r, NULL));
	make_remove(folder);   /* what is open stays readable */
	return r;
}

/* One bucket with three entries; the hash of the last one is that of the key `Wlast`. */
static struct buffer make_bucket(void)
{
	struct buffer b = { 0 };
	uint64_t hash = XXH3_64bits("Wlast", 5);
	char bytes[4];
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(hash >> (8 * (3 - i)));
	for (int i = 0; i < 3; i++)
		assert_true(buffer_append(&b, i == 2 ? bytes : "0123", 4, NULL) &&
			    pack_string(&b, SLICE("a list"), NULL));
	return b;
}

static void damaged_buckets_are_refused(void **state)
{
	(void)state;
	struct buffer bucket = make_bucket();
	struct slice found;
	for (size_t length = 1; length <= bucket.length; length++) {
		struct error err = { 0 };
		struct store s;
		xap_reader *r = open_bucket("cut", SLICE("\x01"), (struct slice){ bucket.at, length });
		assert_true(store_open(r, PREFIX, &s, &err));
		bool ok = store_find(&s, SLICE("Wlast"), &found, &err);
		/* Whole, it is found; cut between entries, it is not there; cut inside one, it is damaged. */
		if (length == bucket.length)
			ROW_CHECK(ok && slice_equal(found, SLICE("a list")), length);
		else if (length % 11 == 0)
			ROW_CHECK(ok && !found.at, length);
		else
			ROW_CHECK(!ok && err.code == ERROR_DAMAGED && strstr(err.hint, "soc-index verify"), length);
		ROW_CHECK(ok || !found.at, length);
		store_close(&s);
		xap_reader_close(r);
	}
	for (size_t i = 0; i < bucket.length; i++) {
		for (int bit = 0; bit < 8; bit += 7) {
			struct error err = { 0 };
			struct store s;
			bucket.at[i] = (char)(bucket.at[i] ^ (1 << bit));
			xap_reader *r = open_bucket("flip", SLICE("\x01"), buffer_slice(&bucket));
			assert_true(store_open(r, PREFIX, &s, &err));
			bool ok = store_find(&s, SLICE("Wlast"), &found, &err);
			ROW_CHECK(err.code == (ok ? ERROR_NONE : ERROR_DAMAGED), i);
			store_close(&s);
			xap_reader_close(r);
			bucket.at[i] = (char)(bucket.at[i] ^ (1 << bit));
		}
	}
	buffer_free(&bucket);
}

static void senseless_counts_are_refused(void **state)
{
	(void)state;
	static const struct {
		struct slice count;
		enum error_code code;
	} rows[] = {
		{ { "\x01", 1 }, ERROR_NONE },
		{ { "\x80\x80\x04", 3 }, ERROR_NONE },                 /* 65,536 */
		{ { "\x81\x80\x04", 3 }, ERROR_DAMAGED },
		{ { "\x80", 1 }, ERROR_DAMAGED },
		{ { "\x80\x80\x80\x80\x10", 5 }, ERROR_DAMAGED },      /* 2^32 */
		{ { "\x81\x80\x80\x80\x10", 5 }, ERROR_DAMAGED },      /* 2^32 + 1 */
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		struct store s;
		xap_reader *r = open_bucket("count", rows[i].count, SLICE("x"));
		ROW_CHECK(store_open(r, PREFIX, &s, &err) == (rows[i].code == ERROR_NONE), i);
		ROW_CHECK(err.code == rows[i].code, i);
		ROW_CHECK(err.code == ERROR_NONE || strstr(err.hint, "soc-index verify"), i);
		store_close(&s);
		xap_reader_close(r);
	}
}

#ifdef SOC_FAULTS
static void each_allocation_fails_in_turn(void **state)
{
	(void)state;
	const char *folder = make_store("whole", 300);
	long k = 0;
	bool ok;
	do {
		const char *target = make_path("faulty");
		struct store_writer sw = { 0 };
		struct store s = { 0 };
		struct slice found;
		struct error err = { 0 };
		xap_writer *w = NULL;
		xap_reader *r = NULL;
		char key[32];
		struct buffer list = { 0 };
		make_list(97, &list);
		assert_true(xap_writer_open(target, &w, NULL) && xap_reader_open(folder, &r, NULL));
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = store_add(&sw, make_key(97, key), buffer_slice(&list), &err) &&
		     store_add(&sw, SLICE("x"), SLICE("y"), &err) && store_write(&sw, PREFIX, w, &err) &&
		     store_open(r, PREFIX, &s, &err) && store_find(&s, make_key(97, key), &found, &err) &&
		     store_find(&s, make_key(1, key), &found, &err);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		fault_arm(FAULT_MEMORY, 0, false);
		store_writer_free(&sw);
		store_close(&s);
		xap_reader_close(r);
		xap_writer_close(&w, NULL);
		make_remove(target);
		buffer_free(&list);
	} while (!ok);
	assert_true(k > 4);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_found),
		cmocka_unit_test(no_store_has_no_lists),
		cmocka_unit_test(damaged_buckets_are_refused),
		cmocka_unit_test(senseless_counts_are_refused),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_allocation_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
