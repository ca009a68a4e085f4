// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * code_reader.h - codes as people write them into a column or a command: with what is around them, several in a cell, of
 * fewer digits, or as what a spreadsheet has made of them.
 *
 *   15-1252.00, 15-1252, 151252, 15125200     the published shapes (soc_code.h)
 *   15.1252, 15-1252.0, 113021.0              a point for the hyphen; a number that was given a fraction
 *   15-0000, 15-12, 15-12XX, 15               groups, at their level
 *   SOC 15-1252, 11-3021 - Title, Title (29-1141)
 *   a;b  a, b  a|b  a / b                     several
 *   Nov-21, 2021-11-01, 11/1/2021             dates: a spreadsheet reads 11-2021 as November 2021
 *   99-9999, n/a, -                           no code, on purpose
 *
 * Which codes exist is not asked here; code_lookup.h does.
 */
#ifndef SOC_SOC_CODE_READER_H
#define SOC_SOC_CODE_READER_H

#include "lib/soc/soc_code.h"

enum written_kind {
	WRITTEN_END,     /* nothing is left */
	WRITTEN_CODE,    /* a code */
	WRITTEN_NO_CODE, /* what stands where there is no code */
	WRITTEN_DATE,    /* a date, such as a spreadsheet makes of a code */
	WRITTEN_OTHER    /* none of these: all that was left */
};

struct written_code {
	enum written_kind kind;
	struct code
		code; /* of a date: the code that it was, with '?' for digits that it does not tell (11-??21); empty where no
			     code becomes such a date */
};

/* Take the next code, or what stands for one, off the front of *text.  Allocates nothing; for any thread. */
struct written_code code_reader_next(struct slice *text);

/* The code of a text that is one (code_parse()) or holds one and no more; false, and *out is empty, where it does not. */
bool code_read_one(struct slice text, struct code *out);

#endif
