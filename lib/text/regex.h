// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * regex.h - regular expressions over text: Perl's syntax, by PCRE2 (https://www.pcre.org), in UTF-8.
 *
 * A pattern comes from the user, so nothing that it says may take memory or time without end: the work for one
 * text is bounded, and a text on which the bound is reached counts as given up, not as unmatched.
 */
#ifndef SOC_TEXT_REGEX_H
#define SOC_TEXT_REGEX_H

#include "lib/base/memory.h"

/* Bounds: bytes of a pattern, and for one text steps of backtracking, their depth, KiB of memory for them. */
enum { REGEX_LENGTH_MAX = 10000, REGEX_STEPS_MAX = 100000, REGEX_DEPTH_MAX = 20000, REGEX_HEAP_MAX = 8192 };

enum regex_result {
	REGEX_FOUND,
	REGEX_ABSENT,
	REGEX_GAVE_UP, /* a bound was reached: it is not known */
	REGEX_FAILED   /* *err filled: out of memory, or a rule that is wrong */
};

/* Bytes of a text. */
struct regex_span {
	size_t start;
	size_t length; /* may be 0: `x*` matches between any two characters */
};

struct regex;

/*
 * Compile.  Case is ignored where the pattern has no capital letter of its own: `java` finds Java, `Java` does not
 * find java; `\W` and `\p{Lu}` have none.  A wrong pattern is ERROR_USAGE with a caret at the place; *out is NULL
 * then.
 */
bool regex_new(struct slice source, struct regex **out, struct error *err);
/*
 * The same for a pattern of the program's own, of many that may be asked once or often: made when it is first asked,
 * and quick to match when it has been asked some dozens of times.  `source` has to last.  It has no \Q, no range of
 * characters that ends beyond ASCII, no backslash before such a character; a wrong one fails when it is first asked.
 */
bool regex_new_rule(struct slice source, struct regex **out, struct error *err);
void regex_free(struct regex *p);

bool regex_ignores_case(const struct regex *p);

/* Find the next match that begins at byte `from` or behind it.  Bytes that are not UTF-8 match nothing.  To go
 * on, call with `from` at the end of the match; where it was empty, regex_after() says where. */
enum regex_result regex_find(struct regex *p, struct slice text, size_t from, struct regex_span *place,
			     struct error *err);

/* Where to look for a further match: behind `place`, and at least one character on where it is empty. */
size_t regex_after(struct slice text, struct regex_span place);

#endif
