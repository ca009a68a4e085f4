// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/corpus_make.h"

#include <pthread.h>

#include "lib/base/fault.h"
#include "lib/table/zip.h"
#include "lib/table/input_source.h"

enum { THREADS = 8 };

static void *ask(void *err)
{
	return (void *)(uintptr_t)zip_library(err);
}

/* The first of the tests, so that they come before it is loaded. */
static void many_threads_load_it_once(void **state)
{
	(void)state;
	pthread_t threads[THREADS];
	struct error errors[THREADS] = { { 0 } };

	for (size_t i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, ask, &errors[i]), 0);
	const struct zip_library *library = zip_library(NULL);
	assert_non_null(library);
	for (size_t i = 0; i < THREADS; i++) {
		void *got = NULL;
		assert_int_equal(pthread_join(threads[i], &got), 0);
		ROW_CHECK(got == library, i);
		ROW_CHECK(errors[i].code == ERROR_NONE, i);
	}
#define IS_THERE(name) assert_non_null(library->name);
	ZIP_FUNCTIONS(IS_THERE)
}

static void what_cannot_be_loaded_says_why(void **state)
{
	(void)state;
	struct zip_library library;
	char why[256] = "";

	assert_false(zip_library_load("libsoc-absent.so.9", &library, why, sizeof why));
	assert_non_null(strstr(why, "libsoc-absent.so.9: "));
	assert_false(zip_library_load("libz.so.1", &library, why, sizeof why));
	assert_string_equal(why, "libz.so.1 has no function zip_discard");
	assert_false(zip_library_load("libsoc-absent.so.9", &library, why, 8));
	assert_string_equal(why, "libsoc-");
}

static void entries_are_as_stored(void **state)
{
	(void)state;
	static const struct make_entry entries[] = {
		{ "b/", { "", 0 } },
		{ "b/two.txt", SLICE("second file") },
		{ "none", { "", 0 } },
	};
	const char *path = make_zip("entries.zip", entries, COUNT(entries), ZIP_EM_NONE);
	struct slice bytes = make_load(path);
	struct zip_archive *archives[2];
	struct error err = { 0 };

	assert_true(zip_archive_open_file(fopen(path, "rb"), "a", &archives[0], &err));
	assert_true(zip_archive_open_memory(bytes, "b", &archives[1], &err));
	for (size_t i = 0; i < 2; i++) {
		struct zip_archive_entry entry;
		struct zip_archive_file *f;
		char text[64];
		size_t got;
		assert_int_equal(zip_archive_count(archives[i]), COUNT(entries));
		for (size_t k = 0; k < COUNT(entries); k++) {
			assert_true(zip_archive_entry(archives[i], k, &entry, &err));
			assert_string_equal(entry.name, entries[k].name);
			assert_int_equal(entry.size, entries[k].content.length);
			assert_int_equal(entry.folder, k == 0);
		}
		assert_true(zip_archive_file_open(archives[i], 1, "member", &f, &err));
		assert_true(zip_archive_file_read(f, text, sizeof text, &got, &err));
		assert_int_equal(got, strlen("second file"));
		assert_memory_equal(text, "second file", got);
		assert_true(zip_archive_file_read(f, text, sizeof text, &got, &err));
		assert_int_equal(got, 0);
		zip_archive_file_close(f);
		assert_int_equal(err.code, ERROR_NONE);

		assert_false(zip_archive_entry(archives[i], COUNT(entries), &entry, &err));
		assert_string_equal(err.file, i == 0 ? "a" : "b");
		error_clear(&err);
		assert_false(zip_archive_file_open(archives[i], COUNT(entries), "member", &f, &err));
		assert_null(f);
		assert_string_equal(err.file, "member");
		error_clear(&err);
		zip_archive_close(archives[i]);
	}
	zip_archive_close(NULL);
	zip_archive_file_close(NULL);
	free((void *)(uintptr_t)bytes.at);
}

static void expect_no_library(const struct error *err, const char *place)
{
	assert_int_equal(err->code, ERROR_IO);
	assert_ptr_equal(strstr(err->text, "libzip cannot be loaded: "), err->text);
	assert_non_null(strstr(err->hint, "apt-get install libzip"));
	assert_string_equal(err->file, place);
}

/* Whoever has no libzip is told so, and which file needs it. */
static void without_the_library(void **state)
{
	(void)state;
	static const struct make_entry entries[] = { { "a.txt", SLICE("a\tb\n") } };
	const char *path = make_zip("without.zip", entries, 1, ZIP_EM_NONE);
	struct slice bytes = make_load(path);
	struct zip_archive *a = NULL;
	struct input_source *c = NULL;
	struct error err = { 0 };

	fault_arm(FAULT_READ, 1, false);
	assert_false(zip_archive_open_file(fopen(path, "rb"), "some.zip", &a, &err));
	assert_null(a);
	expect_no_library(&err, "some.zip");
	error_clear(&err);
	fault_arm(FAULT_READ, 1, false);
	assert_false(zip_archive_open_memory(bytes, "memory.zip", &a, &err));
	assert_null(a);
	expect_no_library(&err, "memory.zip");
	error_clear(&err);

	/* Behind stat and open. */
	fault_arm(FAULT_READ, 3, false);
	assert_false(input_source_open(path, NULL, &c, &err));
	expect_no_library(&err, path);
	error_clear(&err);
	fault_arm(FAULT_READ, 0, false);
	assert_true(input_source_open(path, NULL, &c, &err));
	input_source_close(c);
	free((void *)(uintptr_t)bytes.at);
}

static void without_memory(void **state)
{
	(void)state;
	static const struct make_entry entries[] = { { "a.txt", SLICE("a\tb\n") } };
	const char *path = make_zip("memory.zip", entries, 1, ZIP_EM_NONE);
	struct zip_archive *a = NULL;
	struct zip_archive_file *f = NULL;
	struct error err = { 0 };

	fault_arm(FAULT_MEMORY, 1, false);
	assert_false(zip_archive_open_file(fopen(path, "rb"), "some.zip", &a, &err));
	assert_int_equal(err.code, ERROR_MEMORY);
	error_clear(&err);
	fault_arm(FAULT_MEMORY, 0, false);
	assert_true(zip_archive_open_file(fopen(path, "rb"), "some.zip", &a, &err));
	fault_arm(FAULT_MEMORY, 1, false);
	assert_false(zip_archive_file_open(a, 0, "a.txt", &f, &err));
	assert_int_equal(err.code, ERROR_MEMORY);
	fault_arm(FAULT_MEMORY, 0, false);
	zip_archive_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_threads_load_it_once),
		cmocka_unit_test(what_cannot_be_loaded_says_why),
		cmocka_unit_test(entries_are_as_stored),
		cmocka_unit_test(without_the_library),
		cmocka_unit_test(without_memory),
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
