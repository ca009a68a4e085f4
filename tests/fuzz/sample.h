// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * sample.h - an index of the sample for the fuzz targets that ask one.
 */
#ifndef SOC_TESTS_FUZZ_SAMPLE_H
#define SOC_TESTS_FUZZ_SAMPLE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "indexer/build.h"
#include "lib/index/open_index.h"
#include "tests/fuzz/check.h"

/* NULL where there is no sample. */
static struct soc_index *sample;

/* An index of the sample, which is gone from the disk as soon as it is open. */
static inline void sample_open(void)
{
	static bool tried;
	const char *source = getenv("SAMPLE") ? getenv("SAMPLE") : "corpus/sample";
	char path[] = "/tmp/soc-fuzz-sample-XXXXXX";
	struct error err = { 0 };
	if (tried)
		return;
	tried = true;
	int fd = mkstemp(path);
	if (fd < 0)
		return;
	close(fd);
	struct build_options options = { .target = path, .sources = &source, .source_count = 1, .quiet = true };
	if (access(source, R_OK) == 0)
		check(build_index(&options, &err) && soc_index_open(path, &sample, &err));
	unlink(path);
}

#endif
