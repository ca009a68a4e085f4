// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * progress.h - how far the work is: a bar on a terminal, a line a step elsewhere, nothing when quiet.
 * Everything goes to stderr.
 */
#ifndef SOC_BASE_PROGRESS_H
#define SOC_BASE_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct progress;

enum progress_style {
	PROGRESS_AUTO, /* a bar where `stream` is a terminal (and TERM is not dumb), else lines */
	PROGRESS_BAR,
	PROGRESS_LINES,
	PROGRESS_QUIET
};

/* NULL where memory fails: every function takes NULL and then does nothing. */
struct progress *progress_new(FILE *stream, enum progress_style style);

/* Begin a step: its name, and the total of what progress_add() will count (0: unknown). */
void progress_begin(struct progress *p, const char *step, uint64_t total);
/* Cheap enough for every row: draws at most ten times a second. */
void progress_add(struct progress *p, uint64_t done);
/* The same for a step that goes through rows: the bar tells how many, how fast, and how long it may still take. */
void progress_rows(struct progress *p, uint64_t done, uint64_t rows);
/* End the step with a note ("56,505 rows used, 3 rejected"; may be NULL); in line style this is the line. */
void progress_end(struct progress *p, const char *note);
/* Take the bar away so that a message can be printed; it comes back with the next progress_add(). */
void progress_hide(struct progress *p);

void progress_free(struct progress *p);

#endif
