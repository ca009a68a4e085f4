// SPDX-License-Identifier: GPL-3.0-or-later
/* interrupt.c - the flag that a signal sets, apart so that every phase of a build can look at it. */
#include "indexer/interrupt.h"

volatile sig_atomic_t build_interrupted;

bool build_stopped(struct error *err)
{
	if (build_interrupted)
		error_set(err, ERROR_STOPPED, "what was there before is as it was", "interrupted");
	return build_interrupted != 0;
}
