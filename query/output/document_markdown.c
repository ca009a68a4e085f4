// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * document_markdown.c - a document as Markdown: CommonMark with the tables of GitHub.
 *
 * Every block is one line, so that only its beginning can be taken for a mark of lists, headings or quotations; within
 * it, every character that CommonMark could take for markup stands behind a backslash.
 */
#include <math.h>

#include "lib/base/ascii.h"
#include "query/output/document_internal.h"

struct markdown {
	const struct document *d;
	struct buffer *out;
	struct error *err;
	bool beginning; /* of a line: nothing but its own marks stands before */
	const struct block *last;
};

static void put(struct markdown *m, const char *text)
{
	buffer_append_text(m->out, text, m->err);
}

/* ---- text ---- */

/* "12." and "12)" begin a list. */
static size_t list_number(struct slice text)
{
	size_t n = 0;
	while (n < text.length && n < 9 && ascii_is_digit(text.at[n]))
		n++;
	return n > 0 && n < text.length && (text.at[n] == '.' || text.at[n] == ')') ? n : 0;
}

/* "&name;" and "&#1;" are characters. */
static bool is_entity(struct slice text, size_t at)
{
	size_t end = at + 1;
	while (end < text.length &&
	       (ascii_is_letter(text.at[end]) || ascii_is_digit(text.at[end]) || text.at[end] == '#'))
		end++;
	return end > at + 1 && end < text.length && text.at[end] == ';';
}

/* Addresses are made links: http://, www., anybody@any.where */
static bool begins_address(struct slice text, size_t at)
{
	if (text.at[at] == ':')
		return text.length - at > 2 && text.at[at + 1] == '/' && text.at[at + 2] == '/';
	return at >= 3 && (text.at[at - 1] | 32) == 'w' && (text.at[at - 2] | 32) == 'w' &&
	       (text.at[at - 3] | 32) == 'w';
}

static bool is_markup(struct slice text, size_t at, bool beginning)
{
	char c = text.at[at];
	if (strchr("\\`*_[]<>|~@", c))
		return c != '\0';
	if (c == '&')
		return is_entity(text, at);
	if (c == '#')
		return at == 0 || text.at[at - 1] == ' ';
	if (c == ':' || (c == '.' && begins_address(text, at)))
		return begins_address(text, at);
	return beginning && at == 0 && strchr("-+=", c) && c != '\0';
}

static void put_text(struct markdown *m, struct slice text)
{
	size_t number = m->beginning ? list_number(text) : 0;
	for (size_t i = 0; i < text.length && buffer_ok(m->out); i++) {
		if (is_markup(text, i, m->beginning) || (number && i == number))
			buffer_append_byte(m->out, '\\', m->err);
		buffer_append_byte(m->out, text.at[i], m->err);
	}
	m->beginning = m->beginning && text.length == 0;
}

/* Stars make text strong only where its ends look like those of words; else it stays as it is. */
static bool can_be_strong(const struct document *d, struct runs runs, size_t at)
{
	struct slice text = slice_trim(d->runs[at].text);
	if (text.length == 0)
		return false;
	struct slice before = at > runs.first ? d->runs[at - 1].text : SLICE(" "),
		     after = at + 1 < runs.end ? d->runs[at + 1].text : SLICE(" ");
	char first = text.at[0], last = text.at[text.length - 1];
	bool word =
		(ascii_is_letter(first) || ascii_is_digit(first)) && (ascii_is_letter(last) || ascii_is_digit(last));
	bool apart = (text.at > d->runs[at].text.at || before.at[before.length - 1] == ' ') &&
		     (text.length < d->runs[at].text.length || after.at[0] == ' ');
	return word || apart;
}

static void put_run(struct markdown *m, struct runs runs, size_t at)
{
	const struct run *run = &m->d->runs[at];
	struct slice text = slice_trim(run->text);
	bool strong = (run->style == RUN_STRONG || run->style == RUN_MATCH) && can_be_strong(m->d, runs, at);
	if (!strong) {
		put_text(m, run->text);
		return;
	}
	put(m, text.at > run->text.at ? " **" : "**");
	m->beginning = false;
	put_text(m, text);
	put(m, text.at + text.length < run->text.at + run->text.length ? "** " : "**");
}

static void put_runs(struct markdown *m, struct runs runs)
{
	for (size_t i = runs.first; i < runs.end; i++)
		put_run(m, runs, i);
}

/* ---- blocks ---- */

/* The marks before a line; the text behind them may begin with what would be a mark. */
static void begin_line(struct markdown *m, const char *marks)
{
	put(m, marks);
	m->beginning = true;
}

static void put_caption(struct markdown *m, const struct block *b)
{
	if (b->name.length == 0)
		return;
	put(m, "**");
	put_text(m, slice_trim(b->name));
	put(m, "**\n\n");
}

static void put_table(struct markdown *m, const struct block *b)
{
	static const char *const rules[] = {
		[COLUMN_TEXT] = " --- |", [COLUMN_SHORT] = " --- |", [COLUMN_NUMBER] = " ---: |"
	};
	put_caption(m, b);
	put(m, "|");
	for (size_t c = 0; c < b->column_count; c++) {
		put(m, " ");
		put_text(m, slice_of(b->columns[c].heading));
		put(m, " |");
	}
	put(m, "\n|");
	for (size_t c = 0; c < b->column_count; c++)
		put(m, rules[b->columns[c].kind]);
	put(m, "\n");
	for (size_t cell = 0; cell < b->cell_count; cell++) {
		put(m, cell % b->column_count ? " " : "| ");
		put_runs(m, m->d->cells[b->first_cell + cell]);
		put(m, (cell + 1) % b->column_count ? " |" : " |\n");
	}
}

/* A table of labels and values; of bars that begin at 0, one of blocks besides. */
static void put_bars(struct markdown *m, const struct block *b)
{
	enum { BLOCKS = 20 };
	put_caption(m, b);
	put(m, "| | | |\n| --- | ---: | --- |\n");
	for (size_t i = 0; i < b->bar_count; i++) {
		const struct bar *bar = &b->bars[i];
		put(m, bar->strong ? "| **" : "| ");
		put_text(m, slice_trim(slice_of(bar->label)));
		put(m, bar->strong ? "** | " : " | ");
		put_text(m, slice_of(bar->value));
		put(m, " | ");
		for (long n = bar->from > 0.0 ? 0 : lround(document_bar_place(b, bar->to, BLOCKS)); n > 0; n--)
			put(m, "\xE2\x96\x88");
		put(m, " |\n");
	}
}

static bool joins(const struct markdown *m, const struct block *b)
{
	return m->last && m->last->kind == b->kind && (b->kind == BLOCK_ITEM || b->kind == BLOCK_PAIR);
}

static void put_block(struct markdown *m, const struct block *b)
{
	static const char hashes[] = "######";
	int level = b->depth < 5 ? b->depth + 1 : 6;
	if ((b->kind == BLOCK_TABLE && b->cell_count == 0) || (b->kind == BLOCK_BARS && b->bar_count == 0))
		return;
	put(m, joins(m, b) ? "" : "\n");
	m->beginning = false;
	switch (b->kind) {
	case BLOCK_SECTION:
		put(m, hashes + 6 - level);
		put(m, " ");
		put_text(m, b->name);
		break;
	case BLOCK_SOURCE:
		put(m, "Source: ");
		put_text(m, b->name);
		break;
	case BLOCK_PARAGRAPH:
		begin_line(m, "");
		put_runs(m, b->runs);
		break;
	case BLOCK_QUOTE:
		begin_line(m, "> ");
		put_runs(m, b->runs);
		break;
	case BLOCK_NOTE:
		put(m, "> **Note:** ");
		put_runs(m, b->runs);
		break;
	case BLOCK_ITEM:
		begin_line(m, "- ");
		put_runs(m, b->runs);
		break;
	case BLOCK_PAIR:
		put(m, "* "); /* stars: a list of its own behind one with hyphens */
		if (b->name.length) {
			put(m, "**");
			put_text(m, slice_trim(b->name));
			put(m, ":** ");
		}
		put_runs(m, b->runs);
		break;
	case BLOCK_TABLE:
		put_table(m, b);
		m->last = b;
		return;
	case BLOCK_BARS:
		put_bars(m, b);
		m->last = b;
		return;
	}
	put(m, "\n");
	m->last = b;
}

bool document_put_markdown(const struct document *d, struct buffer *out, struct error *err)
{
	struct markdown m = { .d = d, .out = out, .err = err };
	if (!document_finish(d, err))
		return false;
	put(&m, "# ");
	put_text(&m, d->title);
	put(&m, "\n");
	for (size_t i = 0; buffer_ok(out) && i < d->block_count; i++)
		put_block(&m, &d->blocks[i]);
	return buffer_ok(out);
}

bool document_print_markdown(const struct document *d, FILE *stream, struct error *err)
{
	struct buffer out = { 0 };
	bool ok = document_put_markdown(d, &out, err) && document_write(buffer_slice(&out), stream, err);
	buffer_free(&out);
	return ok;
}
