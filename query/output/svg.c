// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * svg.c - bars and ranges as a picture inside a page.
 */
#include <math.h>
#include <stdarg.h>

#include "lib/base/terminal.h"
#include "query/output/document_internal.h"
#include "query/output/html_escape.h"

/* In user units, of which a column of text takes some six: nobody knows the reader's fonts. */
enum {
	WIDTH = 680,
	COLUMN = 6,
	LABEL_COLUMNS = 44,
	VALUE_COLUMNS = 12,
	BAR_FROM = 278,
	BAR_TO = 596,
	ROW_BESIDE = 26,
	ROW_BELOW = 42
};

#define INK "#1b2430"
#define BAR "#6a8bad"
#define BAR_STRONG "#1f4068"
#define TRACK "#e9eef4"

struct drawing {
	struct buffer *out;
	struct error *err;
};

static void draw(struct drawing *w, const char *format, ...) ERROR_PRINTF(2, 3);
static void draw(struct drawing *w, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	buffer_vprintf(w->out, w->err, format, arguments);
	va_end(arguments);
}

static void draw_text(struct drawing *w, struct slice text)
{
	markup_put_text(text, w->out, w->err);
}

/* A text of at most so many columns, with an ellipsis where it is cut. */
static void draw_cut(struct drawing *w, struct slice text, int columns)
{
	struct slice shown = text;
	while ((int)terminal_columns(shown) > columns) {
		do
			shown.length--;
		while (shown.length > 0 && ((unsigned char)shown.at[shown.length] & 0xC0) == 0x80);
	}
	draw_text(w, shown);
	if (shown.length < text.length)
		draw(w, "\xE2\x80\xA6");
}

/* Whether every label and value has room beside its bar. */
static bool fits_beside(const struct block *b)
{
	for (size_t i = 0; i < b->bar_count; i++)
		if (terminal_columns(slice_of(b->bars[i].label)) > LABEL_COLUMNS ||
		    terminal_columns(slice_of(b->bars[i].value)) > VALUE_COLUMNS)
			return false;
	return true;
}

/* What the picture says, for whoever does not see it. */
static void draw_alternative(struct drawing *w, const struct block *b)
{
	draw(w, "<title>");
	draw_text(w, b->name.length ? b->name : SLICE("Figure"));
	draw(w, "</title>\n<desc>");
	for (size_t i = 0; i < b->bar_count; i++) {
		draw(w, "%s", i ? "; " : "");
		draw_text(w, slice_of(b->bars[i].label));
		draw(w, ": ");
		draw_text(w, slice_of(b->bars[i].value));
	}
	draw(w, "</desc>\n");
}

static void draw_bar(struct drawing *w, const struct block *b, const struct bar *bar, double x, double y, double width)
{
	double from = document_bar_place(b, bar->from, width), to = document_bar_place(b, bar->to, width);
	draw(w, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"13\" rx=\"2\" fill=\"" TRACK "\"/>", x, y, width);
	if (to > from)
		draw(w, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"13\" rx=\"2\" fill=\"%s\"/>", x + from, y,
		     to - from, bar->strong ? BAR_STRONG : BAR);
	if (!isnan(bar->mark))
		draw(w,
		     "<path d=\"M%.1f %.1fv19\" stroke=\"#fff\" stroke-width=\"5\"/><path d=\"M%.1f %.1fv19\" "
		     "stroke=\"" INK "\" stroke-width=\"2\"/>",
		     x + document_bar_place(b, bar->mark, width), y - 3, x + document_bar_place(b, bar->mark, width),
		     y - 3);
}

static void draw_beside(struct drawing *w, const struct block *b, const struct bar *bar, int y)
{
	const char *weight = bar->strong ? " font-weight=\"600\"" : "";
	draw(w, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\"%s>", BAR_FROM - 10, y + 17, weight);
	draw_text(w, slice_of(bar->label));
	draw(w, "</text>");
	draw_bar(w, b, bar, BAR_FROM, y + 6, BAR_TO - BAR_FROM);
	draw(w, "<text x=\"%d\" y=\"%d\"%s>", BAR_TO + 10, y + 17, weight);
	draw_text(w, slice_of(bar->value));
	draw(w, "</text>\n");
}

static void draw_below(struct drawing *w, const struct block *b, const struct bar *bar, int y)
{
	const char *weight = bar->strong ? " font-weight=\"600\"" : "";
	int value = (int)terminal_columns(slice_of(bar->value));
	draw(w, "<text x=\"0\" y=\"%d\"%s>", y + 14, weight);
	draw_cut(w, slice_of(bar->label), WIDTH / COLUMN - 4 - value > 20 ? WIDTH / COLUMN - 4 - value : 20);
	draw(w, "</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\"%s>", WIDTH, y + 14, weight);
	draw_text(w, slice_of(bar->value));
	draw(w, "</text>");
	draw_bar(w, b, bar, 0, y + 21, WIDTH);
	draw(w, "\n");
}

void document_put_svg(const struct block *b, struct buffer *out, struct error *err)
{
	struct drawing w = { out, err };
	bool beside = fits_beside(b);
	int row = beside ? ROW_BESIDE : ROW_BELOW;
	draw(&w, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %zu\" role=\"img\">\n", WIDTH,
	     b->bar_count * (size_t)row + 4);
	draw_alternative(&w, b);
	draw(&w, "<g font-size=\"12\" fill=\"" INK "\">\n");
	for (size_t i = 0; i < b->bar_count; i++)
		(beside ? draw_beside : draw_below)(&w, b, &b->bars[i], (int)i * row);
	draw(&w, "</g>\n</svg>\n");
}
