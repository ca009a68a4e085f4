// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * terminal_page.h - text for people: wrapped to a width, with matched words highlighted.
 *
 * All text of releases and users passes through here, and no control character gets to the terminal.
 */
#ifndef SOC_QUERY_OUTPUT_TERMINAL_PAGE_H
#define SOC_QUERY_OUTPUT_TERMINAL_PAGE_H

#include "lib/base/memory.h"
#include "query/engine/evidence_match.h"

enum page_style { PAGE_PLAIN, PAGE_BOLD, PAGE_DIM, PAGE_MATCH };

struct page {
	FILE *stream;
	int width;
	bool colour;
	enum page_style match; /* how spans are set: PAGE_MATCH, but in a heading */
	struct error *err;     /* filled where memory fails: the page then has holes, and the command has failed */
};

/* One line: text in a style, cut at nothing. */
void page_write(const struct page *p, enum page_style style, const char *format, ...) ERROR_PRINTF(3, 4);

/* A paragraph: `first` stands before its first line, which begins at column `indent` where that is shorter;
 * further lines are indented by `indent` columns.  Spans (ascending; may be NULL) are highlighted. */
void page_paragraph(const struct page *p, const char *first, int indent, struct slice text, const struct span *spans,
		    size_t span_count);

/* A heading on a line of its own, with an empty line before; and where it comes from behind it, or below it where both
 * do not fit. */
void page_heading(const struct page *p, const char *text);
void page_heading_beside(const struct page *p, const char *text, const char *source);

#endif
