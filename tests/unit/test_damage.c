// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_damage.c - ten thousand indexes with one byte changed: whoever reads the byte is told, at its first reading.
 */
#include <fcntl.h>
#include <unistd.h>

#include "lib/index/open_index.h"
#include "tests/unit/index_make.h"

#define FLIPS 10000

static uint64_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX generator */
	return *state >> 33;
}

static void every_flip_is_found(void **state)
{
	(void)state;
	const char *path = make_sample_index("flipped.soc");
	int fd = open(path, O_RDWR);
	off_t size = lseek(fd, 0, SEEK_END);
	uint64_t random = 20261120;
	assert_true(fd >= 0 && size > 0);
	for (size_t i = 0; i < FLIPS; i++) {
		struct soc_index *index = NULL;
		struct error err = { 0 };
		off_t at = (off_t)(next_random(&random) % (uint64_t)size);
		unsigned char byte, changed;
		assert_int_equal(pread(fd, &byte, 1, at), 1);
		changed = (unsigned char)(byte ^ (1u << next_random(&random) % 8));
		assert_int_equal(pwrite(fd, &changed, 1, at), 1);
		ROW_CHECK(!soc_index_open(path, &index, &err) || !page_checksums_check_all(&index->file.blocks, &err),
			  i);
		ROW_CHECK(err.code == ERROR_DAMAGED || err.code == ERROR_VERSION, i);
		ROW_CHECK(strstr(err.hint, "soc-index build"), i);
		soc_index_close(index);
		assert_int_equal(pwrite(fd, &byte, 1, at), 1);
	}
	struct soc_index *whole = NULL;
	struct error err = { 0 };
	assert_true(soc_index_open(path, &whole, &err));
	soc_index_close(whole);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_flip_is_found) };
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
