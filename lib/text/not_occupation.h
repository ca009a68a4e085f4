// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * not_occupation.h - answers to "what is your occupation" that name none: retired, student, n/a, 99.
 *
 * Only a whole answer is one: "student" is, "student services manager" is not.  Case, accents, punctuation and a few
 * words around it ("I am ... now") do not count.  The phrases are in not_occupation.def, in English and Spanish.
 */
#ifndef SOC_TEXT_NOT_OCCUPATION_H
#define SOC_TEXT_NOT_OCCUPATION_H

#include "lib/base/memory.h"

/* X(ID, name); in this order the more telling goes before the less telling, where a title and a text are of two
 * kinds. */
#define NOT_OCCUPATION_TABLE(X) \
	X(RETIRED, "retired") \
	X(STUDENT, "student") \
	X(HOMEMAKER, "homemaker") \
	X(UNEMPLOYED, "unemployed") \
	X(DISABLED, "disabled") \
	X(INMATE, "inmate") \
	X(REFUSED, "refused") \
	X(DONT_KNOW, "dont_know") \
	X(NONE, "none")

enum not_occupation {
	NOT_OCCUPATION_NO, /* it may be an occupation */
#define NOT_OCCUPATION_ENUM(id, name) NOT_OCCUPATION_##id,
	NOT_OCCUPATION_TABLE(NOT_OCCUPATION_ENUM)
#undef NOT_OCCUPATION_ENUM
		NOT_OCCUPATION_COUNT
};

/* "retired"; "" for NOT_OCCUPATION_NO. */
const char *not_occupation_name(enum not_occupation kind);

/* The kind of a name, in any case; NOT_OCCUPATION_NO where it is none. */
enum not_occupation not_occupation_read(struct slice name);

/* What a whole answer says; NOT_OCCUPATION_NO where it is empty, or may be an occupation.  Allocates nothing; for any
 * thread. */
enum not_occupation not_occupation_find(struct slice answer);

/* The same of a title and a text, either of which may be empty: where one of them may be an occupation, both are. */
enum not_occupation not_occupation_of_job(struct slice title, struct slice text);

#endif
