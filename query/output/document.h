// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * document.h - a document, written once and printed as text for a terminal, as HTML or as Markdown.
 *
 * A document is a sequence of blocks: sections with headings, paragraphs, lists, tables, figures.  It is built from top
 * to bottom:
 *
 *     document_section(d, 2, "wages", "Wages");
 *     document_paragraph(d);
 *     document_text(d, RUN_PLAIN, SLICE("The median is "));
 *     document_printf(d, RUN_STRONG, "$%ld", median);
 *     document_source(d, "OEWS, May 2024");
 *
 * Text that is given is copied.  All of it is taken for what people wrote, never for markup: whoever prints escapes it,
 * and leaves out control characters.  The first failure (memory) is remembered, what follows does nothing, and
 * document_finish() tells of it: so no call needs a check of its own.
 */
#ifndef SOC_QUERY_OUTPUT_DOCUMENT_H
#define SOC_QUERY_OUTPUT_DOCUMENT_H

#include "query/output/terminal_page.h"

struct document;

/* NULL with ERROR_MEMORY.  The title stands in the head of the page, and above everything. */
struct document *document_new(const char *title, struct error *err);
/* The same with the content of a buffer, which is freed. */
struct document *document_new_titled(struct buffer *title, struct error *err);
void document_free(struct document *d);

/* What stands at the top of each printed page of HTML, beside the number of the page (else the title). */
void document_running_head(struct document *d, const char *text);

/* Whether everything found its memory. */
bool document_finish(const struct document *d, struct error *err);

/* ---- runs of text: they go on the block, list item or cell that was begun last ---- */

enum run_style {
	RUN_PLAIN,
	RUN_STRONG,
	RUN_DIM,   /* says less: a source, a unit */
	RUN_MATCH, /* words that matched */
	RUN_CODE,  /* an occupation code: not broken across lines */
	RUN_HASH,  /* a checksum: of one width, broken where the line ends */
	RUN_STYLE_COUNT
};

void document_text(struct document *d, enum run_style style, struct slice text);
void document_printf(struct document *d, enum run_style style, const char *format, ...) ERROR_PRINTF(3, 4);
/* A text with the words that matched in it: spans ascend, are bytes of `text`, and may be NULL. */
void document_spans(struct document *d, struct slice text, const struct span *spans, size_t count);

/* ---- blocks ---- */

/* Begin a section: level 1 (in the document) to 4; a section lies in the one before it that has a smaller level,
 * however much smaller, so that printed headings leave out no level.  `id` names it in links: letters, digits, hyphens;
 * one that is taken gets a number. */
void document_section(struct document *d, int level, const char *id, const char *heading);
/* The section that was begun last begins a page where the document is printed. */
void document_new_page(struct document *d);
/* Where something comes from: "O*NET 30.1, December 2025".  Right behind a section's heading it stands beside it; in an
 * item, pair or cell at its end; else it is a line of its own. */
void document_source(struct document *d, const char *source);
void document_paragraph(struct document *d);
/* A paragraph of what somebody else wrote, as the job that is asked about. */
void document_quote(struct document *d);
/* A paragraph that must be seen: a warning, a condition that does not hold. */
void document_note(struct document *d);
/* Begin an item of a list; a block of another kind ends the list. */
void document_item(struct document *d);
/* Begin a pair of a name and what it says; runs go on what it says.  Adjacent pairs are a list of their own.  Without a
 * name ("") it says more of the name before. */
void document_pair(struct document *d, const char *name);
/* The block with its text: document_paragraph() or document_pair(), then document_text(). */
void document_paragraph_text(struct document *d, enum run_style style, struct slice text);
void document_pair_text(struct document *d, const char *name, enum run_style style, struct slice text);

/* ---- listings: documents whose text is made of labelled lines, as the answers of search and show are ---- */

/* In text, a listing has no title, its sections of the first level have an empty line between them, and blocks follow
 * each other without one.  Every block that takes runs then needs a layout. */
void document_listing(struct document *d);

#define LAYOUT_UNWRAPPED (-1)

/* Begin a section of the first level: "15-1252.00  Software Developers". */
void document_code_section(struct document *d, const char *code, struct slice title);

/* How the block that was begun last stands in the text of a listing: `first`, then its runs, wrapped and indented by
 * `indent` columns; or all on one line.  A section with a layout may have runs, which are its heading in text; where
 * `first` is NULL, it has no heading there.  HTML and Markdown know nothing of layouts. */
void document_layout(struct document *d, const char *first, int indent);

/* ---- tables ---- */

enum column_kind {
	COLUMN_TEXT,  /* wrapped; takes the width that is left */
	COLUMN_SHORT, /* text that is not wrapped where there is room: a code, a name */
	COLUMN_NUMBER /* aligned to the right, never wrapped */
};

struct column {
	const char *heading;
	enum column_kind kind;
};

/* Begin a table; `columns` are copied.  `caption` says what it shows.  The first cell of each row is its heading.  A
 * terminal that is too narrow gets each row as a heading with a line for each column. */
void document_table(struct document *d, const char *caption, const struct column *columns, size_t count);
void document_row(struct document *d);
/* Begin the next cell of the row; a row with fewer cells than columns is filled up, and more of them are a fault of the
 * caller (ERROR_INTERNAL at the end). */
void document_cell(struct document *d);
/* The next cell with its text: document_cell(), then document_text() or document_printf(). */
void document_cell_text(struct document *d, enum run_style style, struct slice text);
void document_cell_printf(struct document *d, enum run_style style, const char *format, ...) ERROR_PRINTF(3, 4);
/* A table without a row is not printed. */
void document_table_end(struct document *d);

/* ---- figures: a few numbers as bars, drawn as inline SVG in HTML, as bars of characters in text ---- */

struct bar {
	const char *label; /* "Master's degree", "15-1252 Software Developers" */
	double from, to;   /* from 0; or a range, as of wages: 10th to 90th percentile */
	double mark;       /* a tick within the range: the median; NAN: none */
	const char *value; /* as it is written: "27.3%", "$67,720 to $211,450, median $133,080" */
	bool strong;       /* to be told apart: what the figure is about */
};

/* `caption` says what it shows, and is its text alternative together with the labels and values; scale from 0 to `most`
 * (0: the largest).  Bars and their texts are copied. */
void document_bars(struct document *d, const char *caption, const struct bar *bars, size_t count, double most);

/* ---- printing ---- */

/* Each fills *err where memory is short or the stream fails, and where the building failed. */

/* To a terminal: wrapped to page->width, headings and matches in colour where it has colours. */
bool document_print_text(const struct document *d, const struct page *page, struct error *err);

/* One self-contained HTML page, with its style inside, no script and nothing from elsewhere; prints well on Letter and
 * A4. */
bool document_print_html(const struct document *d, FILE *stream, struct error *err);

bool document_print_markdown(const struct document *d, FILE *stream, struct error *err);

/* The same at the end of *out, for whoever writes only what is whole. */
bool document_put_html(const struct document *d, struct buffer *out, struct error *err);
bool document_put_markdown(const struct document *d, struct buffer *out, struct error *err);

#endif
