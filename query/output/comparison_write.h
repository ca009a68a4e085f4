// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison_write.h - a comparison as sections of a document, and for programs.
 */
#ifndef SOC_QUERY_OUTPUT_COMPARISON_WRITE_H
#define SOC_QUERY_OUTPUT_COMPARISON_WRITE_H

#include "query/engine/comparison.h"
#include "query/output/document.h"
#include "query/output/json_writer.h"

/* Add the sections of the comparison to a document, with headings of `level` and below. */
void comparison_write(const struct comparison *x, const struct session *s, struct document *d, int level);

/* The same content for programs (docs/formats.md): the members of the object that is open.  Lists have all there is. */
void comparison_json(const struct comparison *x, const struct session *s, struct json_writer *w);

struct text {
	const struct comparison *x;
	const struct session *session;
	struct document *d;
	int level; /* of the headings */
};

/* The sources of the rows of a table, numbered as they come. */
struct text_notes {
	uint32_t sources[16];
	size_t count;
};

/* The sections of the lists (comparison_write_lists.c) and of the facts (comparison_write_facts.c). */
void comparison_write_lists(const struct text *t);
void comparison_write_facts(const struct text *t);

/* ---- pieces (comparison_text.c) ---- */

/* Where something comes from; nothing for COMPARISON_NO_SOURCE. */
void text_source(const struct text *t, uint32_t source);
/* A pair that is named after a code. */
void text_pair(const struct text *t, size_t side);
/* The occupation that something is said of, where the code has several. */
void text_member(const struct text *t, size_t side, const struct occupation *member);

/* Begin a table with a column for each code, of text or of numbers. */
void text_table(const struct text *t, const char *caption);
void text_number_table(const struct text *t, const char *caption);
/* A row of it; the number of its source stands beside its label where `notes` is not NULL. */
void text_row(const struct text *t, const struct comparison_row *row, struct text_notes *notes);
/* The sources that were numbered, in a paragraph. */
void text_end_notes(const struct text *t, const struct text_notes *notes);
/* The rows of a section as a table; nothing where it has none. */
void text_section_table(const struct text *t, enum comparison_section section, const char *caption);
/* Its first row; NULL where it has none. */
const struct comparison_row *text_first_row(const struct text *t, enum comparison_section section);

#endif
