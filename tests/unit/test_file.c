// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/fault.h"
#include "lib/base/file.h"

static char folder[] = "/tmp/soc-test-file-XXXXXX";
static char path_a[64];
static char path_b[64];

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path_a, sizeof path_a, "%s/a", folder);
	snprintf(path_b, sizeof path_b, "%s/b", folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	file_remove_folder(folder);
	struct stat st;
	return stat(folder, &st) == 0 ? -1 : 0;
}

static void put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static bool holds(const char *path, const char *text)
{
	struct slice mapped;
	if (!file_map(path, &mapped, NULL))
		return false;
	bool same = slice_equal(mapped, slice_of(text));
	file_unmap(mapped);
	return same;
}

static void maps(void **state)
{
	(void)state;
	struct slice mapped;
	struct error err = { 0 };
	put(path_a, "hello");
	assert_true(holds(path_a, "hello"));
	put(path_a, "");
	assert_true(file_map(path_a, &mapped, &err));
	assert_non_null(mapped.at);
	assert_int_equal(mapped.length, 0);
	file_unmap(mapped);

	assert_false(file_map("/nonexistent/x", &mapped, &err));
	assert_int_equal(err.code, ERROR_IO);
	error_clear(&err);
	assert_false(file_map(folder, &mapped, &err));
	assert_int_equal(err.code, ERROR_INPUT);
	error_clear(&err);
	assert_false(file_map("/dev/null", &mapped, &err));
	assert_int_equal(err.code, ERROR_INPUT);
	/* A pipe that nobody writes to must not make it wait. */
	error_clear(&err);
	char fifo[64];
	snprintf(fifo, sizeof fifo, "%s/fifo", folder);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_false(file_map(fifo, &mapped, &err));
	assert_int_equal(err.code, ERROR_INPUT);
	unlink(fifo);
}

static void publishes(void **state)
{
	(void)state;
	struct buffer temporary = { 0 };
	struct buffer other = { 0 };
	struct error err = { 0 };
	put(path_a, "old");
	assert_true(file_temporary_beside(path_a, &temporary, &err));
	assert_memory_equal(temporary.at, path_a, strlen(path_a));
	put(temporary.at, "new");
	assert_true(file_temporary_beside(path_a, &other, &err));
	assert_string_not_equal(temporary.at, other.at);
	assert_true(holds(path_a, "old"));
	assert_true(file_publish(temporary.at, path_a, &err));
	assert_true(holds(path_a, "new"));
	assert_int_equal(access(temporary.at, F_OK), -1);
	/* The temporary file is gone: nothing to publish, and the target stays. */
	assert_false(file_publish(temporary.at, path_a, &err));
	assert_int_equal(err.code, ERROR_IO);
	assert_true(holds(path_a, "new"));
	error_clear(&err);
	buffer_clear(&other);
	assert_false(file_temporary_beside("/dev/null/x", &other, &err));
	assert_int_equal(err.code, ERROR_IO);
	/* A name without a folder. */
	error_clear(&err);
	assert_int_equal(chdir(folder), 0);
	put("here.tmp", "x");
	assert_true(file_publish("here.tmp", "here", &err));
	assert_true(holds("here", "x"));
	assert_int_equal(chdir("/"), 0);
	buffer_free(&temporary);
	buffer_free(&other);
}

static void removes_a_folder_but_follows_no_link(void **state)
{
	(void)state;
	char sub[64], link[64], inside[80];
	snprintf(sub, sizeof sub, "%s/sub", folder);
	snprintf(link, sizeof link, "%s/link", folder);
	snprintf(inside, sizeof inside, "%s/x", sub);
	assert_int_equal(mkdir(sub, 0700), 0);
	put(inside, "x");
	assert_int_equal(symlink(sub, link), 0);
	file_remove_folder(link);
	assert_true(holds(inside, "x"));
	unlink(link);
	file_remove_folder(sub);
	assert_int_equal(access(sub, F_OK), -1);
	file_remove_folder(sub);
}

static void digests(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t times;
		const char *hex;
	} rows[] = {
		{ "", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "aaaaaaaaaa", 100000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char hex[65];
		struct sha256 s;
		sha256_begin(&s);
		for (size_t t = 0; t < rows[i].times; t++)
			sha256_add(&s, rows[i].text, strlen(rows[i].text));
		sha256_finish(&s, hex);
		assert_string_equal(hex, rows[i].hex);
	}
}

/* A digest that goes on from its state is the same, after any number of blocks. */
static void digests_go_on(void **state)
{
	(void)state;
	unsigned char bytes[5 * SHA256_BLOCK + 7], kept[SHA256_STATE];
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)(7 * i);
	for (size_t blocks = 0; blocks <= 5; blocks++) {
		char whole[65], resumed[65];
		struct sha256 s;
		sha256_begin(&s);
		sha256_add(&s, bytes, blocks * SHA256_BLOCK);
		sha256_state(&s, kept);
		sha256_add(&s, bytes + blocks * SHA256_BLOCK, sizeof bytes - blocks * SHA256_BLOCK);
		sha256_finish(&s, whole);
		sha256_resume(&s, kept, blocks * SHA256_BLOCK);
		sha256_add(&s, bytes + blocks * SHA256_BLOCK, sizeof bytes - blocks * SHA256_BLOCK);
		sha256_finish(&s, resumed);
		ROW_CHECK(strcmp(whole, resumed) == 0, blocks);
	}
}

#ifdef SOC_FAULTS
static void each_failure_leaves_the_target(void **state)
{
	(void)state;
	static const enum fault_kind kinds[] = { FAULT_MEMORY, FAULT_READ, FAULT_WRITE, FAULT_RENAME };
	for (size_t i = 0; i < COUNT(kinds); i++) {
		bool ok;
		long k = 0;
		do {
			struct error err = { 0 };
			struct slice mapped;
			put(path_a, "old");
			put(path_b, "new");
			fault_arm(kinds[i], ++k, false);
			ok = file_publish(path_b, path_a, &err);
			bool mapping = file_map(path_a, &mapped, &err);
			long failures = fault_failures(kinds[i]);
			fault_arm(kinds[i], 0, false);
			if (mapping)
				file_unmap(mapped);
			/* Memory is asked for only to open the folder, which may fail without harm. */
			if (kinds[i] != FAULT_MEMORY)
				assert_int_equal(ok && mapping, failures == 0);
			assert_true(holds(path_a, ok ? "new" : "old"));
			ok = failures == 0;
		} while (!ok);
	}
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps),
		cmocka_unit_test(publishes),
		cmocka_unit_test(removes_a_folder_but_follows_no_link),
		cmocka_unit_test(digests),
		cmocka_unit_test(digests_go_on),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_failure_leaves_the_target),
#endif
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
