// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * terminal.h - width, colour, and text that fits.
 */
#ifndef SOC_BASE_TERMINAL_H
#define SOC_BASE_TERMINAL_H

#include "lib/base/memory.h"

/* Columns of the terminal behind `stream`: $COLUMNS where it is a number, else the terminal's own, else
 * 80.  At least 40, at most 200. */
int terminal_width(FILE *stream);

/* Whether to colour: "always", "never", or "auto" (a terminal, TERM not dumb, NO_COLOR unset or empty:
 * https://no-color.org). */
bool terminal_colour(FILE *stream, const char *when);

/* Display columns of UTF-8 text (utf8proc's character widths); bytes that are not UTF-8 count as one. */
size_t terminal_columns(struct slice text);

/* Replace control characters, direction marks, what will never be a character and bytes that are not UTF-8 by U+FFFD,
 * and tabs and line breaks by a space, so that no text can steer the terminal; appended to *out. */
bool terminal_clean(struct slice text, struct buffer *out, struct error *err);

#endif
