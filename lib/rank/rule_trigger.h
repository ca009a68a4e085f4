// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rule_trigger.h - which rules of a table a piece of text can match at all: those with a trigger in it.
 *
 * A trigger is a word (ASCII letters and digits, in small letters), a sign, 0 for a digit, or 0000 for four or more digits in a
 * word.  Looking for triggers costs a few nanoseconds a byte, much less than trying the rules' patterns.
 */
#ifndef SOC_RANK_RULE_TRIGGER_H
#define SOC_RANK_RULE_TRIGGER_H

#include "lib/base/string_map.h"

/* Sets of rules are numbers of 64 bits.  Zero-initialise; rule_trigger_free() after use. */
struct rule_trigger {
	struct map words;
	uint64_t *rules; /* by number in `words` */
	size_t capacity;
	uint64_t signs[128]; /* by ASCII character */
	uint64_t digit;      /* rules with the trigger 0, */
	uint64_t digits;     /* ... and 0000 */
};

/* Add the triggers of one rule, 0 to 63, with blanks between.  False with ERROR_MEMORY. */
bool rule_trigger_add(struct rule_trigger *t, unsigned rule, const char *list, struct error *err);

/* The set of rules that have a trigger in the text. */
uint64_t rule_trigger_find(const struct rule_trigger *t, struct slice text);

void rule_trigger_free(struct rule_trigger *t);

#endif
