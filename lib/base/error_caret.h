// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * error_caret.h - an error in one line of text, shown at its place:
 *
 *     soc: the pattern is wrong: missing closing parenthesis
 *       (java
 *            ^
 */
#ifndef SOC_BASE_ERROR_CARET_H
#define SOC_BASE_ERROR_CARET_H

#include "lib/base/memory.h"

/* Add to an error that has its text the line with a caret below byte `offset` (the end of the line, where it is
 * beyond); of a long line, the part around it.  Returns false. */
bool error_caret_add(struct error *err, struct slice line, size_t offset);

#endif
