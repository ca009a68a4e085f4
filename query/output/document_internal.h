// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * document_internal.h - how a document is kept between its building and its printing.
 *
 * Blocks stand in their order; the runs of text, rows and bars of each stand together in one array for all.  Every text
 * is clean already: UTF-8 without control characters, direction marks or line breaks.
 */
#ifndef SOC_QUERY_OUTPUT_DOCUMENT_INTERNAL_H
#define SOC_QUERY_OUTPUT_DOCUMENT_INTERNAL_H

#include "query/output/document.h"

struct run {
	enum run_style style;
	struct slice text;
};

/* Runs [first, end) of the document. */
struct runs {
	size_t first, end;
};

enum block_kind {
	BLOCK_SECTION,
	BLOCK_SOURCE,
	BLOCK_PARAGRAPH,
	BLOCK_QUOTE,
	BLOCK_NOTE,
	BLOCK_ITEM,
	BLOCK_PAIR,
	BLOCK_TABLE,
	BLOCK_BARS
};

struct block {
	enum block_kind kind;
	struct slice name; /* a section's heading, a pair's name, a table's or figure's caption, a source */
	struct slice id;   /* of a section, table or figure; unique */
	struct runs runs;
	int depth;         /* of a section: 1 for those right below the title, whatever their levels were */
	bool new_page;     /* a section that begins a page where it is printed */
	bool laid_out;     /* in the text of a listing it stands as follows */
	const char *first; /* before its runs; NULL: a section without a heading */
	int indent;        /* of its lines, or LAYOUT_UNWRAPPED */
	const struct column *columns;
	size_t column_count;
	size_t first_cell, cell_count; /* of a table: whole rows; cell_count is a multiple of column_count */
	const struct bar *bars;
	size_t bar_count;
	double most; /* of bars: where the scale ends */
};

#define DEPTH_MOST 8

struct document {
	struct arena arena;
	struct error error; /* the first failure */
	struct slice title;
	struct slice running; /* what stands above each printed page */
	struct block *blocks;
	size_t block_count, block_capacity;
	struct run *runs;
	size_t run_count, run_capacity;
	struct runs *cells;
	size_t cell_count, cell_capacity;
	struct buffer scratch;
	unsigned named[BLOCK_BARS + 1]; /* by kind, of tables and figures: the number that the last of them got */
	int levels[DEPTH_MOST];         /* of the sections that are open */
	int depth;
	bool listing;
	bool in_table;    /* rows and cells may come */
	size_t row_cells; /* cells that the row has */
};

/* The text of runs as one piece, at the end of *out. */
bool document_flatten(const struct document *d, struct runs runs, struct buffer *out, struct error *err);

/* The cell of a table: row from 0. */
static inline struct runs document_cell_at(const struct document *d, const struct block *table, size_t row,
					   size_t column)
{
	return d->cells[table->first_cell + row * table->column_count + column];
}

/* The span of a bar on a scale of `size`: clamped to it. */
static inline double document_bar_place(const struct block *b, double value, double size)
{
	double share = b->most > 0.0 ? value / b->most : 0.0;
	return (share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share) * size;
}

/* A document as it was put into a buffer, to a stream. */
bool document_write(struct slice printed, FILE *stream, struct error *err);

/* A figure as SVG, at the end of *out. */
void document_put_svg(const struct block *figure, struct buffer *out, struct error *err);

#endif
