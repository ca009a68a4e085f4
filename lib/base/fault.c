// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fault.c - counts events and fails those that a test has armed; empty without SOC_FAULTS.
 */
#include "lib/base/fault.h"

#ifdef SOC_FAULTS

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
	atomic_long at;
	atomic_bool lasting;
	atomic_long events;
	atomic_long failures;
} faults[FAULT_KIND_COUNT];

static const char *const fault_names[FAULT_KIND_COUNT] = {
	[FAULT_MEMORY] = "memory",
	[FAULT_READ] = "read",
	[FAULT_WRITE] = "write",
	[FAULT_RENAME] = "rename",
};

void fault_arm(enum fault_kind kind, long at, bool lasting)
{
	atomic_store(&faults[kind].at, at);
	atomic_store(&faults[kind].lasting, lasting);
	atomic_store(&faults[kind].events, 0);
	atomic_store(&faults[kind].failures, 0);
}

long fault_events(enum fault_kind kind)
{
	return atomic_load(&faults[kind].events);
}

long fault_failures(enum fault_kind kind)
{
	return atomic_load(&faults[kind].failures);
}

static void tell_counts(void)
{
	FILE *stream = fopen(getenv("SOC_FAULT_COUNTS"), "w");
	for (int kind = 0; stream && kind < FAULT_KIND_COUNT; kind++)
		fprintf(stream, "%s %ld\n", fault_names[kind], fault_events((enum fault_kind)kind));
	if (stream)
		fclose(stream);
}

/* Before main(), so that no event of any thread is missed. */
__attribute__((constructor)) static void fault_from_environment(void)
{
	const char *wish = getenv("SOC_FAULT");
	if (getenv("SOC_FAULT_COUNTS"))
		atexit(tell_counts);
	for (int kind = 0; wish && kind < FAULT_KIND_COUNT; kind++) {
		size_t length = strlen(fault_names[kind]);
		if (strncmp(wish, fault_names[kind], length) == 0 && wish[length] == ':') {
			char *end;
			long at = strtol(wish + length + 1, &end, 10);
			fault_arm((enum fault_kind)kind, at, *end == '+');
		}
	}
}

bool fault_hit(enum fault_kind kind)
{
	long now = atomic_fetch_add(&faults[kind].events, 1) + 1;
	long at = atomic_load(&faults[kind].at);
	bool hit = at > 0 && (now == at || (now > at && atomic_load(&faults[kind].lasting)));
	if (hit)
		atomic_fetch_add(&faults[kind].failures, 1);
	return hit;
}

#else

/* ISO C wants a declaration in every translation unit. */
typedef int fault_unused;

#endif
