// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fault.h - the places where the tests can make the machine fail.
 *
 * In an ordinary build fault_hit() is the constant false and costs nothing.  Built with -DSOC_FAULTS, the
 * k-th event of one kind fails (and, where `lasting`, every later one too, as on a full disk); a test runs
 * the same work with k = 1, 2, 3 ... until nothing fails any more.  From outside a program the same is
 * asked for by the environment: SOC_FAULT=memory:17 or SOC_FAULT=write:3+ (the + means lasting).  How many events
 * of each kind there are to fail, a program writes at its end to the file that SOC_FAULT_COUNTS names.
 */
#ifndef SOC_BASE_FAULT_H
#define SOC_BASE_FAULT_H

#include <stdbool.h>

enum fault_kind {
	FAULT_MEMORY, /* an allocation */
	FAULT_READ,   /* open, stat, map, read */
	FAULT_WRITE,  /* write, fsync */
	FAULT_RENAME, /* rename */
	FAULT_KIND_COUNT
};

#ifdef SOC_FAULTS

/* The `at`-th event of this kind from now on fails (1 is the next; 0: none). */
void fault_arm(enum fault_kind kind, long at, bool lasting);
/* How many events of this kind came since fault_arm(); and how many of them were made to fail. */
long fault_events(enum fault_kind kind);
long fault_failures(enum fault_kind kind);
/* Count one event; true where it has to fail. */
bool fault_hit(enum fault_kind kind);

#else

#define fault_hit(kind) false

#endif
#endif
