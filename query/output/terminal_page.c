// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * terminal_page.c - wrapping, colours and marks of text for a terminal.
 */
#include <stdarg.h>

#include "lib/base/ascii.h"
#include "lib/base/terminal.h"
#include "query/output/terminal_page.h"

static const char *const style_on[] = { "", "\033[1m", "\033[2m", "\033[1;33m" };

static void begin_style(const struct page *p, enum page_style style)
{
	if (p->colour && style != PAGE_PLAIN)
		fputs(style_on[style], p->stream);
}

static void end_style(const struct page *p, enum page_style style)
{
	if (p->colour && style != PAGE_PLAIN)
		fputs("\033[0m", p->stream);
}

/* Text that cannot steer the terminal. */
static void put_clean(const struct page *p, struct slice text)
{
	struct buffer clean = { 0 };
	if (terminal_clean(text, &clean, p->err))
		fwrite(clean.at, 1, clean.length, p->stream);
	buffer_free(&clean);
}

void page_write(const struct page *p, enum page_style style, const char *format, ...)
{
	struct buffer text = { 0 };
	va_list args;
	va_start(args, format);
	begin_style(p, style);
	if (buffer_vprintf(&text, p->err, format, args) && text.length > 0)
		put_clean(p, (struct slice){ text.at, text.length });
	va_end(args);
	end_style(p, style);
	buffer_free(&text);
}

/* One word of a paragraph, in which spans may begin and end. */
static void put_word(const struct page *p, struct slice text, size_t from, size_t to, const struct span *spans,
		     size_t span_count)
{
	for (size_t i = 0; p->colour && i < span_count && from < to; i++) {
		size_t start = spans[i].start, end = start + spans[i].length;
		if (end <= from || start >= to)
			continue;
		if (start > from) {
			put_clean(p, (struct slice){ text.at + from, start - from });
			from = start;
		}
		end = end > to ? to : end;
		begin_style(p, p->match);
		put_clean(p, (struct slice){ text.at + from, end - from });
		end_style(p, p->match);
		from = end;
	}
	if (from < to)
		put_clean(p, (struct slice){ text.at + from, to - from });
}

void page_paragraph(const struct page *p, const char *first, int indent, struct slice text, const struct span *spans,
		    size_t span_count)
{
	int column = (int)terminal_columns(slice_of(first));
	fputs(first, p->stream);
	for (; column < indent; column++)
		fputc(' ', p->stream);
	bool fresh = true;
	for (size_t at = 0; at < text.length;) {
		size_t from = at;
		while (at < text.length && !ascii_is_space(text.at[at]))
			at++;
		int columns = (int)terminal_columns((struct slice){ text.at + from, at - from });
		if (!fresh && column + 1 + columns > p->width) {
			fprintf(p->stream, "\n%*s", indent, "");
			column = indent;
			fresh = true;
		}
		if (!fresh) {
			fputc(' ', p->stream);
			column++;
		}
		put_word(p, text, from, at, spans, span_count);
		column += columns;
		fresh = false;
		while (at < text.length && ascii_is_space(text.at[at]))
			at++;
	}
	fputc('\n', p->stream);
}

void page_heading(const struct page *p, const char *text)
{
	fputc('\n', p->stream);
	page_write(p, PAGE_BOLD, "%s", text);
	fputc('\n', p->stream);
}

void page_heading_beside(const struct page *p, const char *text, const char *source)
{
	bool fits = terminal_columns(slice_of(text)) + 2 + terminal_columns(slice_of(source)) <= (size_t)p->width;
	fputc('\n', p->stream);
	page_write(p, PAGE_BOLD, "%s", text);
	if (!fits)
		fputc('\n', p->stream);
	page_write(p, PAGE_DIM, "  %s", source);
	fputc('\n', p->stream);
}
