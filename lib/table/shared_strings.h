// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * shared_strings.h - the texts of a workbook that its cells name by number.
 *
 * Read only as far as a cell has asked for: the texts stand in the order of their first use, so that
 * looking at a header costs next to nothing.  A text takes its bytes, one to three more for its length,
 * and four for its place.
 */
#ifndef SOC_TABLE_SHARED_STRINGS_H
#define SOC_TABLE_SHARED_STRINGS_H

#include "lib/table/workbook.h"

enum shared_status {
	SHARED_FOUND,
	SHARED_TOO_LONG,   /* more than a cell may hold */
	SHARED_BEYOND,     /* there are not so many */
	SHARED_FAILED      /* *err filled */
};

struct shared_strings;

/* `w` must outlive it; it need not have shared strings. */
bool shared_strings_new(struct workbook *w, struct shared_strings **out, struct error *err);
/* The text of a number, borrowed until shared_strings_free(). */
enum shared_status shared_strings_get(struct shared_strings *s, size_t index, struct slice *out,
				      struct error *err);
/* How many have been read so far: all of them after SHARED_BEYOND. */
size_t shared_strings_count(const struct shared_strings *s);
void shared_strings_free(struct shared_strings *s);

#endif
