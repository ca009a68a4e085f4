// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * document_text.c - a document for a terminal.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "lib/base/terminal.h"
#include "query/output/document_internal.h"

/* Text is not set wider than it can be read; tables and figures take what there is. */
#define PROSE_MOST 100

struct printing {
	const struct document *d;
	const struct page *page;
	struct error *err;
	int indent;  /* of what stands in the section */
	bool beside; /* a heading is open: a source may join it */
	const struct block *last;
};

/* ---- lines of runs ---- */

/* Runs as one text with single spaces between words, and the style of every part of it. */
struct flow {
	struct buffer text;
	struct mark {
		size_t end; /* in `text` */
		enum run_style style;
	} * marks;
	size_t count, capacity;
	size_t at; /* what has been set */
};

static void flow_free(struct flow *f)
{
	buffer_free(&f->text);
	memory_free(f->marks);
}

static bool flow_add(struct flow *f, enum run_style style, struct slice text, struct error *err)
{
	for (size_t i = 0; i < text.length; i++) {
		bool doubled = text.at[i] == ' ' && (f->text.length == 0 || f->text.at[f->text.length - 1] == ' ');
		if (!doubled && !buffer_append_byte(&f->text, text.at[i], err))
			return false;
	}
	if (!ARRAY_RESERVE(f->marks, f->capacity, f->count + 1, err))
		return false;
	f->marks[f->count++] = (struct mark){ f->text.length, style };
	return true;
}

static bool flow_add_runs(struct flow *f, const struct printing *p, struct runs runs)
{
	bool ok = true;
	for (size_t i = runs.first; ok && i < runs.end; i++)
		ok = flow_add(f, p->d->runs[i].style, p->d->runs[i].text, p->err);
	return ok;
}

/* Where the character at `at` ends. */
static size_t next_character(struct slice text, size_t at)
{
	for (at++; at < text.length && ((unsigned char)text.at[at] & 0xC0) == 0x80; at++)
		;
	return at;
}

/* So much of a word as has room, at least a character. */
static size_t cut_word(struct slice text, size_t from, size_t to, int width)
{
	size_t at = next_character(text, from);
	for (size_t next; at < to; at = next) {
		next = next_character(text, at);
		if ((int)terminal_columns((struct slice){ text.at + from, next - from }) > width)
			break;
	}
	return at;
}

/* The next line of at most `width` columns: bytes [*from, *to); false at the end. */
static bool flow_line(struct flow *f, int width, size_t *from, size_t *to)
{
	struct slice text = buffer_slice(&f->text);
	size_t at = f->at;
	int columns = 0;
	while (at < text.length && text.at[at] == ' ')
		at++;
	*from = *to = at;
	while (at < text.length) {
		size_t word = at;
		while (word < text.length && text.at[word] == ' ')
			word++;
		size_t end = word;
		while (end < text.length && text.at[end] != ' ')
			end++;
		int wide = (int)terminal_columns((struct slice){ text.at + word, end - word }),
		    space = word > at ? 1 : 0;
		if (columns > 0 && columns + space + wide > width)
			break;
		if (wide > width)
			end = cut_word(text, word, end, width);
		columns += space + wide;
		*to = at = end;
		if (wide > width)
			break;
	}
	f->at = *to;
	return *to > *from;
}

static void put_spaces(const struct printing *p, int count)
{
	fprintf(p->page->stream, "%*s", count > 0 ? count : 0, "");
}

static enum page_style style_of(enum run_style style)
{
	static const enum page_style styles[RUN_STYLE_COUNT] = {
		[RUN_PLAIN] = PAGE_PLAIN, [RUN_STRONG] = PAGE_BOLD, [RUN_DIM] = PAGE_DIM,
		[RUN_MATCH] = PAGE_MATCH, [RUN_CODE] = PAGE_PLAIN,  [RUN_HASH] = PAGE_PLAIN
	};
	return styles[style];
}

/* Bytes [from, to) in their styles; how many columns they took. */
static int put_line(const struct printing *p, const struct flow *f, size_t from, size_t to)
{
	int columns = 0;
	size_t begin = 0;
	for (size_t i = 0; i < f->count && begin < to; begin = f->marks[i++].end) {
		size_t first = begin > from ? begin : from, end = f->marks[i].end < to ? f->marks[i].end : to;
		if (first >= end)
			continue;
		page_write(p->page, style_of(f->marks[i].style), "%.*s", (int)(end - first), f->text.at + first);
		columns += (int)terminal_columns((struct slice){ f->text.at + first, end - first });
	}
	return columns;
}

static int prose_width(const struct printing *p)
{
	return p->page->width < PROSE_MOST ? p->page->width : PROSE_MOST;
}

/* All lines of a flow, the first of them beginning where the cursor stands, at column `indent`. */
static void put_flow(const struct printing *p, struct flow *f, int indent, int width)
{
	size_t from, to;
	bool first = true;
	while (flow_line(f, width - indent, &from, &to)) {
		if (!first)
			put_spaces(p, indent);
		put_line(p, f, from, to);
		fputc('\n', p->page->stream);
		first = false;
	}
	if (first)
		fputc('\n', p->page->stream);
}

/* ---- paragraphs ---- */

/* Blocks that belong together stand without an empty line between them. */
static bool joins(const struct printing *p, const struct block *b)
{
	enum block_kind last = p->last ? p->last->kind : BLOCK_SECTION;
	if (!p->last || last == BLOCK_SECTION)
		return true;
	if (b->kind == BLOCK_SOURCE)
		return true;
	return last == b->kind && (b->kind == BLOCK_ITEM || b->kind == BLOCK_PAIR);
}

static bool put_item(const struct printing *p, const struct block *b)
{
	struct flow f = { 0 };
	bool ok = flow_add_runs(&f, p, b->runs);
	put_spaces(p, p->indent);
	fputs("- ", p->page->stream);
	if (ok)
		put_flow(p, &f, p->indent + 2, prose_width(p));
	flow_free(&f);
	return ok;
}

/* So wide is the widest name of the pairs that stand together; a name that is wider gets a line of its own. */
static int name_width(const struct printing *p, const struct block *b)
{
	enum { MOST = 22 };
	const struct block *first = b, *end = p->d->blocks + p->d->block_count;
	int width = 0;
	while (first > p->d->blocks && first[-1].kind == BLOCK_PAIR)
		first--;
	for (; first < end && first->kind == BLOCK_PAIR; first++) {
		int columns = (int)terminal_columns(first->name);
		width = columns <= MOST && columns > width ? columns : width;
	}
	return width ? width : 4;
}

static bool put_pair(const struct printing *p, const struct block *b)
{
	struct flow f = { 0 };
	int width = name_width(p, b), indent = p->indent + width + 2;
	bool ok = flow_add_runs(&f, p, b->runs);
	int columns = (int)terminal_columns(b->name);
	put_spaces(p, p->indent);
	page_write(p->page, PAGE_DIM, "%s", b->name.at);
	if (columns > width) {
		fputc('\n', p->page->stream);
		put_spaces(p, indent);
	} else {
		put_spaces(p, width + 2 - columns);
	}
	if (ok)
		put_flow(p, &f, indent, prose_width(p) > indent + 20 ? prose_width(p) : indent + 20);
	flow_free(&f);
	return ok;
}

static bool put_paragraph(const struct printing *p, const struct block *b)
{
	static const char *const labels[] = { [BLOCK_QUOTE] = "| ", [BLOCK_NOTE] = "! " };
	const char *label = b->kind == BLOCK_PARAGRAPH ? "" : labels[b->kind];
	struct flow f = { 0 };
	bool ok = flow_add_runs(&f, p, b->runs);
	size_t from, to;
	int width = prose_width(p) - p->indent - (int)strlen(label);
	while (ok && flow_line(&f, width, &from, &to)) {
		put_spaces(p, p->indent);
		page_write(p->page, b->kind == BLOCK_NOTE ? PAGE_BOLD : PAGE_DIM, "%s", label);
		put_line(p, &f, from, to);
		fputc('\n', p->page->stream);
	}
	flow_free(&f);
	return ok;
}

static void put_source(const struct printing *p, const struct block *b)
{
	if (p->last && p->last->kind == BLOCK_SECTION)
		return; /* the heading has it */
	put_spaces(p, p->indent);
	page_write(p->page, PAGE_DIM, "(%s)", b->name.at);
	fputc('\n', p->page->stream);
}

/* The heading, with the source that follows it. */
static void put_section(struct printing *p, const struct block *b)
{
	const struct block *next = b + 1 < p->d->blocks + p->d->block_count ? b + 1 : NULL;
	int indent = b->depth > 1 ? 2 : 0;
	p->indent = indent + 2;
	fputc('\n', p->page->stream);
	put_spaces(p, indent);
	page_write(p->page, PAGE_BOLD, "%s", b->name.at);
	if (next && next->kind == BLOCK_SOURCE) {
		size_t columns = (size_t)indent + terminal_columns(b->name) + 2 + terminal_columns(next->name);
		if (columns > (size_t)p->page->width) {
			fputc('\n', p->page->stream);
			put_spaces(p, indent);
		}
		page_write(p->page, PAGE_DIM, "  %s", next->name.at);
	}
	fputc('\n', p->page->stream);
}

/* ---- tables ---- */

#define GAP 2         /* columns between columns */
#define TEXT_LEAST 14 /* a column of text is not set narrower */

struct measure {
	int most;  /* the widest cell on one line */
	int word;  /* the widest word */
	int width; /* that it gets */
};

static int widest_word(struct slice text)
{
	int most = 0;
	for (size_t at = 0; at < text.length;) {
		size_t from = at;
		while (at < text.length && text.at[at] != ' ')
			at++;
		int columns = (int)terminal_columns((struct slice){ text.at + from, at - from });
		most = columns > most ? columns : most;
		at += at < text.length;
	}
	return most;
}

static void measure_text(struct measure *m, struct slice text)
{
	int most = (int)terminal_columns(text), word = widest_word(text);
	m->most = most > m->most ? most : m->most;
	m->word = word > m->word ? word : m->word;
}

static bool measure_table(const struct printing *p, const struct block *b, struct measure *m)
{
	struct buffer text = { 0 };
	bool ok = true;
	for (size_t c = 0; ok && c < b->column_count; c++) {
		m[c] = (struct measure){ 0 };
		measure_text(&m[c], slice_of(b->columns[c].heading));
		m[c].most = b->columns[c].kind == COLUMN_NUMBER ? m[c].word : m[c].most;
		for (size_t row = 0; ok && row < b->cell_count / b->column_count; row++) {
			buffer_clear(&text);
			ok = document_flatten(p->d, document_cell_at(p->d, b, row, c), &text, p->err);
			measure_text(&m[c], buffer_slice(&text));
		}
	}
	buffer_free(&text);
	return ok;
}

/* Narrowest that a column can be. */
static int least_width(const struct column *c, const struct measure *m)
{
	if (c->kind == COLUMN_NUMBER)
		return m->most;
	int least = m->word > TEXT_LEAST ? m->word < 2 * TEXT_LEAST ? m->word : 2 * TEXT_LEAST : TEXT_LEAST;
	return least < m->most ? least : m->most;
}

/* Every column gets its least, then the short ones what they want, then those of text in turn a column more each.
 * False where there is not even room for the least. */
static bool share_width(const struct block *b, struct measure *m, int room)
{
	room -= GAP * (int)(b->column_count - 1);
	for (size_t c = 0; c < b->column_count; c++) {
		m[c].width = least_width(&b->columns[c], &m[c]);
		room -= m[c].width;
	}
	if (room < 0)
		return false;
	for (int pass = 0; pass < 2; pass++) {
		bool grown = true;
		while (room > 0 && grown) {
			grown = false;
			for (size_t c = 0; c < b->column_count && room > 0; c++) {
				if ((b->columns[c].kind == COLUMN_TEXT) != (pass == 1) || m[c].width >= m[c].most)
					continue;
				m[c].width++;
				room--;
				grown = true;
			}
		}
	}
	return true;
}

/* One row of cells, each a flow, on as many lines as the tallest needs. */
static void put_cells(const struct printing *p, const struct block *b, const struct measure *m, struct flow *cells)
{
	bool more = true;
	for (int line = 0; more; line++) {
		int at = 0, column = 0;
		more = false;
		for (size_t c = 0; c < b->column_count; c++) {
			size_t from, to;
			bool set = flow_line(&cells[c], m[c].width, &from, &to);
			more |= cells[c].at < cells[c].text.length;
			if (set) {
				int wide = (int)terminal_columns((struct slice){ cells[c].text.at + from, to - from });
				int left = b->columns[c].kind == COLUMN_NUMBER ? m[c].width - wide : 0;
				put_spaces(p, p->indent + column + left - at);
				at = p->indent + column + left + put_line(p, &cells[c], from, to);
			}
			column += m[c].width + GAP;
		}
		fputc('\n', p->page->stream);
	}
}

static bool put_heading_row(const struct printing *p, const struct block *b, const struct measure *m,
			    struct flow *cells)
{
	static const char rule[] = "----------------------------------------";
	bool ok = true;
	for (size_t c = 0; ok && c < b->column_count; c++)
		ok = flow_add(&cells[c], RUN_STRONG, slice_of(b->columns[c].heading), p->err);
	if (ok)
		put_cells(p, b, m, cells);
	put_spaces(p, p->indent);
	for (size_t c = 0; ok && c < b->column_count; c++) {
		for (int left = m[c].width; left > 0; left -= (int)sizeof rule - 1)
			page_write(p->page, PAGE_DIM, "%.*s", left, rule);
		fputs(c + 1 < b->column_count ? "  " : "\n", p->page->stream);
	}
	return ok;
}

static void clear_flows(struct flow *cells, size_t count)
{
	for (size_t c = 0; c < count; c++) {
		flow_free(&cells[c]);
		cells[c] = (struct flow){ 0 };
	}
}

static bool put_table_rows(const struct printing *p, const struct block *b, const struct measure *m, struct flow *cells)
{
	bool ok = put_heading_row(p, b, m, cells);
	for (size_t row = 0; ok && row < b->cell_count / b->column_count; row++) {
		clear_flows(cells, b->column_count);
		for (size_t c = 0; ok && c < b->column_count; c++)
			ok = flow_add_runs(&cells[c], p, document_cell_at(p->d, b, row, c));
		if (ok)
			put_cells(p, b, m, cells);
	}
	clear_flows(cells, b->column_count);
	return ok;
}

/* Where a terminal is too narrow for the columns, each row is a heading with a line for each column. */
static bool put_table_stacked(const struct printing *p, const struct block *b)
{
	bool ok = true;
	for (size_t row = 0; ok && row < b->cell_count / b->column_count; row++) {
		for (size_t c = 0; ok && c < b->column_count; c++) {
			struct runs runs = document_cell_at(p->d, b, row, c);
			struct flow f = { 0 };
			ok = (c == 0 || (flow_add(&f, RUN_DIM, slice_of(b->columns[c].heading), p->err) &&
					 flow_add(&f, RUN_DIM, SLICE(": "), p->err))) &&
			     flow_add_runs(&f, p, runs);
			if (ok && (runs.end > runs.first || c == 0)) {
				put_spaces(p, p->indent + (c == 0 ? 0 : 2));
				put_flow(p, &f, p->indent + (c == 0 ? 0 : 4), prose_width(p));
			}
			flow_free(&f);
		}
	}
	return ok;
}

static void put_caption(const struct printing *p, const struct block *b)
{
	if (b->name.length == 0)
		return;
	put_spaces(p, p->indent);
	struct flow f = { 0 };
	if (flow_add(&f, RUN_DIM, b->name, p->err))
		put_flow(p, &f, p->indent, prose_width(p));
	flow_free(&f);
}

static bool put_table(const struct printing *p, const struct block *b)
{
	if (b->cell_count == 0)
		return true;
	struct measure *m = memory_new(b->column_count * sizeof *m, p->err);
	struct flow *cells = memory_new(b->column_count * sizeof *cells, p->err);
	bool ok = m && cells && measure_table(p, b, m);
	if (ok) {
		put_caption(p, b);
		ok = share_width(b, m, p->page->width - p->indent) ? put_table_rows(p, b, m, cells)
								   : put_table_stacked(p, b);
	}
	memory_free(m);
	memory_free(cells);
	return ok;
}

/* ---- figures ---- */

/* '#' from 0; of a range '=' with '|' where the mark is. */
static void put_bar(const struct printing *p, const struct block *b, const struct bar *bar, int indent, int width)
{
	int from = (int)lround(document_bar_place(b, bar->from, width)),
	    to = (int)lround(document_bar_place(b, bar->to, width));
	int mark = isnan(bar->mark) ? -1 : (int)lround(document_bar_place(b, bar->mark, width));
	bool range = bar->from > 0.0 || mark >= 0;
	to = range && to == from ? from + 1 : to;
	mark = mark == width ? width - 1 : mark;
	put_spaces(p, to > 0 || mark >= 0 ? indent : 0);
	for (int i = 0; i < to || i <= mark; i++)
		fputc(i == mark ? '|' : i < from || i >= to ? ' ' : range ? '=' : '#', p->page->stream);
}

static bool put_bars(const struct printing *p, const struct block *b)
{
	enum { LABEL_LEAST = 16, LABEL_MOST = 46, BAR_LEAST = 10, BAR_MOST = 40 };
	int label = 0, value = 0, room = p->page->width - p->indent;
	bool ok = true;
	put_caption(p, b);
	for (size_t i = 0; i < b->bar_count; i++) {
		int columns = (int)terminal_columns(slice_of(b->bars[i].label));
		label = columns > label ? columns : label;
		columns = (int)terminal_columns(slice_of(b->bars[i].value));
		value = columns > value ? columns : value;
	}
	label = label > LABEL_MOST ? LABEL_MOST : label;
	int bar = room - label - value - 2 * GAP;
	bool beside = bar >= BAR_LEAST; /* else the bar stands below */
	bar = beside ? bar : room - 2 * GAP;
	bar = bar > BAR_MOST ? BAR_MOST : bar;
	for (size_t i = 0; ok && i < b->bar_count; i++) {
		struct flow f = { 0 };
		size_t from, to;
		ok = flow_add(&f, b->bars[i].strong ? RUN_STRONG : RUN_PLAIN, slice_of(b->bars[i].label), p->err);
		bool narrow = !beside && room - value - GAP < LABEL_LEAST;
		int width = beside ? label : narrow ? room : room - value - GAP, columns = 0;
		while (ok && flow_line(&f, width, &from, &to)) {
			put_spaces(p, p->indent);
			columns = put_line(p, &f, from, to);
			if (f.at < f.text.length)
				fputc('\n', p->page->stream);
		}
		if (narrow)
			fprintf(p->page->stream, "\n%*s", p->indent, "");
		put_spaces(p, narrow ? GAP : width - columns + GAP);
		put_spaces(p, narrow ? 0 : value - (int)terminal_columns(slice_of(b->bars[i].value)));
		page_write(p->page, PAGE_PLAIN, "%s", b->bars[i].value);
		if (!beside)
			fputc('\n', p->page->stream);
		put_bar(p, b, &b->bars[i], beside ? GAP : p->indent + GAP, bar);
		fputc('\n', p->page->stream);
		flow_free(&f);
	}
	return ok;
}

/* ---- listings ---- */

/* The runs as one text, with spans where they are of another style than plain. */
static bool put_wrapped(const struct printing *p, const struct block *b)
{
	struct page page = *p->page;
	struct buffer text = { 0 };
	size_t count = b->runs.end - b->runs.first, spans = 0;
	struct span *at = memory_new((count + 1) * sizeof *at, p->err);
	bool ok = at != NULL;
	for (size_t i = b->runs.first; ok && i < b->runs.end; i++) {
		const struct run *run = &p->d->runs[i];
		if (style_of(run->style) != PAGE_PLAIN) {
			at[spans++] = (struct span){ (uint32_t)text.length, (uint32_t)run->text.length };
			page.match = style_of(run->style);
		}
		ok = buffer_append(&text, run->text.at, run->text.length, p->err);
	}
	if (ok)
		page_paragraph(&page, b->first, b->indent, buffer_slice(&text), at, spans);
	buffer_free(&text);
	memory_free(at);
	return ok;
}

static bool put_laid_out(const struct printing *p, const struct block *b)
{
	if (b->indent != LAYOUT_UNWRAPPED)
		return put_wrapped(p, b);
	fputs(b->first, p->page->stream);
	for (size_t i = b->runs.first; i < b->runs.end; i++)
		page_write(p->page, style_of(p->d->runs[i].style), "%.*s", (int)p->d->runs[i].text.length,
			   p->d->runs[i].text.at);
	fputc('\n', p->page->stream);
	return true;
}

static bool put_listed_section(const struct printing *p, const struct block *b)
{
	const struct block *next = b + 1 < p->d->blocks + p->d->block_count ? b + 1 : NULL;
	if (b->depth > 1) {
		if (next && next->kind == BLOCK_SOURCE)
			page_heading_beside(p->page, b->name.at, next->name.at);
		else
			page_heading(p->page, b->name.at);
		return true;
	}
	if (p->last)
		fputc('\n', p->page->stream);
	if (b->laid_out)
		return !b->first || put_laid_out(p, b);
	page_write(p->page, PAGE_BOLD, "%s", b->name.at);
	fputc('\n', p->page->stream);
	return true;
}

/* ---- the document ---- */

static bool put_block(struct printing *p, const struct block *b)
{
	if (p->d->listing && b->kind == BLOCK_SECTION)
		return put_listed_section(p, b);
	if (b->laid_out)
		return put_laid_out(p, b);
	if (b->kind != BLOCK_SECTION && !joins(p, b))
		fputc('\n', p->page->stream);
	switch (b->kind) {
	case BLOCK_SECTION:
		put_section(p, b);
		return true;
	case BLOCK_SOURCE:
		put_source(p, b);
		return true;
	case BLOCK_PARAGRAPH:
	case BLOCK_QUOTE:
	case BLOCK_NOTE:
		return put_paragraph(p, b);
	case BLOCK_ITEM:
		return put_item(p, b);
	case BLOCK_PAIR:
		return put_pair(p, b);
	case BLOCK_TABLE:
		return put_table(p, b);
	case BLOCK_BARS:
		return put_bars(p, b);
	}
	return true;
}

bool document_print_text(const struct document *d, const struct page *page, struct error *err)
{
	struct printing p = { .d = d, .page = page, .err = err };
	if (!document_finish(d, err))
		return false;
	if (!d->listing) {
		page_write(page, PAGE_BOLD, "%s", d->title.at);
		fputc('\n', page->stream);
	}
	for (size_t i = 0; i < d->block_count; i++) {
		const struct block *b = &d->blocks[i];
		if (!put_block(&p, b))
			return false;
		if (b->kind != BLOCK_SOURCE || !p.last || p.last->kind != BLOCK_SECTION)
			p.last = b;
	}
	return !ferror(page->stream) || error_set_errno(err, errno, NULL, "cannot write the document");
}
