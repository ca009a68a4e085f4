// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * sniff.h - what a file is, from its first bytes, so that a wrong file is named for what it is.
 */
#ifndef SOC_TABLE_SNIFF_H
#define SOC_TABLE_SNIFF_H

#include "lib/base/memory.h"

enum { SNIFF_BYTES = 512 }; /* as much of the head as is worth having */

/* Something that is neither a table nor an archive that we read. */
struct sniff {
	const char *what; /* "a PNG image" */
	const char *hint; /* what to do, or NULL */
};

bool sniff_zip(struct slice head);
bool sniff_gzip(struct slice head);
enum sniff_utf16 { NOT_UTF16, UTF16_LITTLE_ENDIAN, UTF16_BIG_ENDIAN };
/* By its mark, or by the zeros that half of the bytes of ASCII are. */
enum sniff_utf16 sniff_utf16(struct slice head);
/* Whether it is marked-up text: a web page, XML. */
bool sniff_markup(struct slice head);
/* NULL where nothing speaks against a text table. */
const struct sniff *sniff_foreign(struct slice head);

#endif
