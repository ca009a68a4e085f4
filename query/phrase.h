// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * phrase.h - "quoted phrases" in free text: each must stand in some piece of an occupation's evidence.
 */
#ifndef SOC_QUERY_PHRASE_H
#define SOC_QUERY_PHRASE_H

#include "query/index.h"

/* Free text without its quotation marks, and which occupations hold all the phrases. */
struct free_text {
	struct slice words;          /* what is ranked; in the arena */
	unsigned char *allow;        /* by occupation; NULL where there is no phrase */
	size_t phrases;
};

/* ERROR_USAGE with the column of a quotation mark that is never closed. */
bool free_text_read(struct soc_index *index, struct slice text, struct arena *arena, struct free_text *out,
		    struct error *err);

#endif
