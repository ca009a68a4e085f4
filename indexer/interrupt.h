// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * interrupt.h - whether the user wants a build to stop.
 */
#ifndef SOC_INDEXER_INTERRUPT_H
#define SOC_INDEXER_INTERRUPT_H

#include <signal.h>

#include "lib/base/error.h"

/* Set by a signal handler: the build stops at the next record or document, cleans up, and returns ERROR_STOPPED. */
extern volatile sig_atomic_t build_interrupted;

/* True, with ERROR_STOPPED, where it is set. */
bool build_stopped(struct error *err);

#endif
