// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rule_trigger.h - which rules of a table a piece of text needs at all: those of which some cue stands in it.
 *
 * A cue is a word (ASCII letters and digits, small), a sign, 0 for a digit, or 0000 for four or more of them in a row.
 * Looking costs a few nanoseconds a byte, much less than trying the rules' patterns.
 */
#ifndef SOC_RANK_RULE_TRIGGER_H
#define SOC_RANK_RULE_TRIGGER_H

#include "lib/base/memory.h"

struct cue;

/* Zero-initialise; rule_trigger_free() after use. */
struct rule_trigger {
	struct cue *words;
	uint64_t signs[128]; /* by ASCII character: the rules that it is a cue of */
	uint64_t digit;      /* the rules that a digit is a cue of, */
	uint64_t digits;     /* ... and those that four of them are */
};

/* Add the cues of one rule, 0 to 63, with blanks between; they have to last as long as the table.  False with
 * ERROR_MEMORY. */
bool rule_trigger_add(struct rule_trigger *c, unsigned rule, const char *list, struct error *err);

/* The rules, as a set of bits, of which some cue stands in the text. */
uint64_t rule_trigger_find(const struct rule_trigger *c, struct slice text);

void rule_trigger_free(struct rule_trigger *c);

#endif
