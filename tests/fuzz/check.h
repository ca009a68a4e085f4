// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * check.h - what every fuzz target needs: the entry that the fuzzer and replay.c call, and an assertion that stands
 * in every build.
 */
#ifndef SOC_TESTS_FUZZ_CHECK_H
#define SOC_TESTS_FUZZ_CHECK_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static inline void check(bool ok)
{
	if (!ok)
		abort();
}

#endif
