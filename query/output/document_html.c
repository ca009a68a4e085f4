// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * document_html.c - a document as one page of HTML: nothing is loaded from anywhere, and no script runs.
 */
#include <stdarg.h>

#include "lib/base/ascii.h"
#include "query/output/document_internal.h"
#include "query/output/html_escape.h"

/* A table of contents stands in front of so many main sections or more. */
#define CONTENTS_LEAST 5

struct html {
	const struct document *d;
	struct buffer *out;
	struct error *err;
	int depth;            /* sections that are open */
	enum block_kind list; /* BLOCK_ITEM or BLOCK_PAIR where a list of them is open, else BLOCK_SECTION */
};

/* Ink and rules on white.  Contrast with what lies behind: #1b2430 15.6, #4b5867 7.2, #1f4068 10.5; the background of
 * matches #fff0b3 leaves #1b2430 13.7. */
static const char style[] =
	"*{box-sizing:border-box}\n"
	"html{font:17px/1.55 Charter,'Bitstream Charter','Source Serif 4',Cambria,Georgia,serif;"
	"color:#1b2430;background:#e7ebf0;-webkit-text-size-adjust:100%}\n"
	"body{margin:0}\n"
	"main{max-width:54rem;margin:2rem auto;padding:3rem 3.5rem 3.5rem;background:#fff;border-top:6px solid #1f4068;"
	"box-shadow:0 1px 4px #1b243033}\n"
	"h1,h2,h3,h4,h5,h6{color:#1f4068;line-height:1.25;text-wrap:balance}\n"
	"h1{font-size:1.9rem;font-weight:600;margin:0 0 1.4rem;padding-bottom:1rem;border-bottom:1px solid #c3cdd8}\n"
	"h2{font-size:1.4rem;font-weight:600;margin:2.6rem 0 .8rem}\n"
	"h3{font-size:1.12rem;margin:1.9rem 0 .5rem}\n"
	"h4,h5,h6{font-size:1rem;margin:1.4rem 0 .3rem;color:#1b2430}\n"
	"p,ul,dl,figure,blockquote,.scroll{margin:0 0 .9rem}\n"
	"ul{padding-left:1.25rem}\nli{margin:0 0 .35rem}\nli::marker{color:#4b5867}\n"
	"dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.3rem 1.4rem}\n"
	"dt{max-width:15rem;color:#4b5867;font:.82rem/1.9 system-ui,'Segoe UI',Helvetica,Arial,sans-serif}\n"
	"dd{margin:0;min-width:0}\n"
	"blockquote{padding:.1rem 0 .1rem 1.1rem;border-left:3px solid #c3cdd8;color:#333d49}\n"
	"blockquote p{margin:0 0 .5rem}\nblockquote p:last-child{margin:0}\n"
	".note{padding:.6rem .9rem;border-left:4px solid #a15c00;background:#fff7e8}\n"
	".source,figcaption,caption,table,nav,svg{font-family:system-ui,'Segoe UI',Helvetica,Arial,sans-serif}\n"
	".source{font-size:.78rem;color:#4b5867;margin-top:-.35rem}\n"
	".dim{color:#4b5867;font-size:.88em}\n"
	".code{white-space:nowrap;font-variant-numeric:tabular-nums}\n"
	"code{font:.92em/1.4 ui-monospace,Consolas,'DejaVu Sans Mono',monospace;word-break:break-all}\n"
	"mark{color:inherit;background:#fff0b3;border-radius:2px;padding:0 .08em}\n"
	"nav{font-size:.86rem;margin:1.6rem 0 0}\nnav ol{margin:0;padding-left:1.4rem;columns:2;column-gap:2.5rem}\n"
	"a{color:#1f4068}\n"
	".scroll{overflow-x:auto}\n.scroll:focus-visible{outline:2px solid #1f4068}\n"
	"table{width:100%;border-collapse:collapse;font-size:.8rem;line-height:1.42}\n"
	"caption,figcaption{text-align:left;font-size:.84rem;font-weight:600;color:#1b2430;padding:0 0 .4rem}\n"
	"th,td{padding:.42rem .7rem .42rem 0;text-align:left;vertical-align:top;border-bottom:1px solid #dde3ea;"
	"overflow-wrap:break-word}\n"
	"th:last-child,td:last-child{padding-right:0}\n"
	"thead th,thead td{border-bottom:2px solid #1f4068;vertical-align:bottom}\n"
	"thead th{color:#4b5867;font-weight:600}\n"
	"tbody th{font-weight:600}\ntbody th.t{font-weight:400}\n"
	".t{min-width:9rem}\n"
	".n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}\n"
	"svg{display:block;width:100%;height:auto;overflow:visible}\n"
	"p,li,dt,dd,h1,h2,h3,h4,.t{overflow-wrap:anywhere}\n"
	"@media(max-width:44rem){main{margin:0;padding:1.5rem 1.1rem}dl{grid-template-columns:1fr;gap:0}"
	"dd{margin-bottom:.5rem}nav ol{columns:1}}\n"
	"@media print{html{font-size:10pt;background:none}"
	"main{max-width:none;margin:0;padding:0;border:0;box-shadow:none}"
	".scroll{overflow:visible}.page{break-before:page}.page>h2:first-child{margin-top:0}"
	"h1,h2,h3,h4,h5,h6,caption,figcaption,h2+.source,h3+.source,h4+.source{break-after:avoid}"
	"tr,li,figure,.note,dl>*{break-inside:avoid}thead{display:table-header-group;break-after:avoid}"
	"tbody tr:first-child{break-before:avoid}p,blockquote{orphans:3;widows:3}.t{min-width:6rem}"
	"svg,mark,.note{-webkit-print-color-adjust:exact;print-color-adjust:exact}a{text-decoration:none}}\n";

static inline void put(struct html *h, const char *text)
{
	buffer_append_text(h->out, text, h->err);
}

static void putf(struct html *h, const char *format, ...) ERROR_PRINTF(2, 3);
static void putf(struct html *h, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	buffer_vprintf(h->out, h->err, format, arguments);
	va_end(arguments);
}

static void put_text(struct html *h, struct slice text)
{
	markup_put_text(text, h->out, h->err);
}

/* A text that may run from right to left must not turn what stands beside it.  By first bytes: Hebrew, Arabic and all
 * scripts after them but general punctuation; the others come along, for isolating them harms nothing. */
static bool may_run_leftwards(struct slice text)
{
	size_t at = 0;
	for (uint64_t eight; at < text.length;) {
		/* ASCII does not, and most is nothing else. */
		if (text.length - at >= sizeof eight &&
		    (memcpy(&eight, text.at + at, sizeof eight), !(eight & 0x8080808080808080u))) {
			at += sizeof eight;
			continue;
		}
		unsigned char c = (unsigned char)text.at[at++];
		if (c >= 0xD6 && c != 0xE2)
			return true;
	}
	return false;
}

static void put_isolated(struct html *h, struct slice text)
{
	bool isolate = may_run_leftwards(text);
	put(h, isolate ? "<bdi>" : "");
	put_text(h, text);
	put(h, isolate ? "</bdi>" : "");
}

static void put_runs(struct html *h, struct runs runs)
{
	static const char *const tags[RUN_STYLE_COUNT][2] = {
		[RUN_PLAIN] = { "", "" },
		[RUN_STRONG] = { "<strong>", "</strong>" },
		[RUN_DIM] = { "<span class=\"dim\">", "</span>" },
		[RUN_MATCH] = { "<mark>", "</mark>" },
		[RUN_CODE] = { "<span class=\"code\">", "</span>" },
		[RUN_HASH] = { "<code>", "</code>" },
	};
	for (size_t i = runs.first; i < runs.end; i++) {
		const struct run *run = &h->d->runs[i];
		put(h, tags[run->style][0]);
		put_isolated(h, run->text);
		put(h, tags[run->style][1]);
	}
}

/* ---- head ---- */

/* A string of CSS, in which no character ends it: all but letters, digits, blanks and what is not ASCII by number. */
static void put_css_string(struct html *h, struct slice text)
{
	put(h, "\"");
	for (size_t i = 0; i < text.length && buffer_ok(h->out); i++) {
		char c = text.at[i];
		if (ascii_is_letter(c) || ascii_is_digit(c) || c == ' ' || (unsigned char)c >= 0x80)
			buffer_append_byte(h->out, c, h->err);
		else
			putf(h, "\\%06X", (unsigned)(unsigned char)c);
	}
	put(h, "\"");
}

static void put_page_rule(struct html *h)
{
	static const char font[] = "font:8.5pt system-ui,Helvetica,Arial,sans-serif;color:#4b5867";
	putf(h, "@page{margin:22mm 19mm 18mm;@top-left{%s;content:", font);
	put_css_string(h, h->d->running);
	putf(h, "}@top-right{%s;content:\"Page \" counter(page) \" of \" counter(pages)}}\n", font);
}

static void put_head(struct html *h)
{
	put(h,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
	put_text(h, h->d->title.length ? h->d->title : SLICE("Document"));
	put(h, "</title>\n<style>\n");
	put(h, style);
	put_page_rule(h);
	put(h, "</style>\n</head>\n<body>\n<main>\n<h1>");
	put_isolated(h, h->d->title);
	put(h, "</h1>\n");
}

/* ---- sections ---- */

#define ID_MOST 100

static void put_id(struct html *h, struct slice id)
{
	buffer_append(h->out, id.at, id.length < ID_MOST ? id.length : ID_MOST, h->err);
}

static void close_list(struct html *h)
{
	put(h, h->list == BLOCK_ITEM    ? "</ul>\n"
	       : h->list == BLOCK_PAIR  ? "</dl>\n"
	       : h->list == BLOCK_QUOTE ? "</blockquote>\n"
					: "");
	h->list = BLOCK_SECTION;
}

static void open_list(struct html *h, enum block_kind kind)
{
	if (h->list == kind)
		return;
	close_list(h);
	h->list = kind;
	put(h, kind == BLOCK_ITEM ? "<ul>\n" : kind == BLOCK_PAIR ? "<dl>\n" : "<blockquote>\n");
}

static void close_sections(struct html *h, int depth)
{
	for (; h->depth >= depth && h->depth > 0; h->depth--)
		put(h, "</section>\n");
}

/* h2 below the title; what lies deeper than h6 is h6. */
static void put_section(struct html *h, const struct block *b)
{
	int level = b->depth < 5 ? b->depth + 1 : 6;
	close_sections(h, b->depth);
	const char heading[] = { 'h', (char)('0' + level), '>', '\0' };
	put(h, "<section id=\"");
	put_id(h, b->id);
	put(h, b->new_page ? "\" class=\"page\">\n<" : "\">\n<");
	put(h, heading);
	put_isolated(h, b->name);
	put(h, "</");
	put(h, heading);
	put(h, "\n");
	h->depth = b->depth;
}

static void put_contents(struct html *h)
{
	const struct document *d = h->d;
	size_t count = 0;
	for (size_t i = 0; i < d->block_count; i++)
		count += d->blocks[i].kind == BLOCK_SECTION && d->blocks[i].depth == 1;
	if (count < CONTENTS_LEAST)
		return;
	put(h, "<nav aria-label=\"Contents\">\n<ol>\n");
	for (size_t i = 0; i < d->block_count; i++) {
		const struct block *b = &d->blocks[i];
		if (b->kind != BLOCK_SECTION || b->depth != 1)
			continue;
		put(h, "<li><a href=\"#");
		put_id(h, b->id);
		put(h, "\">");
		put_isolated(h, b->name);
		put(h, "</a></li>\n");
	}
	put(h, "</ol>\n</nav>\n");
}

/* ---- blocks ---- */

static void put_tagged(struct html *h, const char *open, struct runs runs, const char *close)
{
	put(h, open);
	put_runs(h, runs);
	put(h, close);
}

static const char *cell_class(enum column_kind kind)
{
	return kind == COLUMN_NUMBER ? " class=\"n\"" : kind == COLUMN_TEXT ? " class=\"t\"" : "";
}

static void put_row(struct html *h, const struct block *b, size_t row)
{
	put(h, "<tr>");
	for (size_t c = 0; c < b->column_count; c++) {
		put(h, c == 0 ? "<th scope=\"row\"" : "<td");
		put(h, cell_class(b->columns[c].kind));
		put(h, ">");
		put_runs(h, document_cell_at(h->d, b, row, c));
		put(h, c == 0 ? "</th>" : "</td>");
	}
	put(h, "</tr>\n");
}

/* The corner over the headings of rows needs none: an empty heading is read out as one. */
static void put_heading(struct html *h, const struct column *column)
{
	if (!*column->heading) {
		put(h, "<td></td>");
		return;
	}
	put(h, "<th scope=\"col\"");
	put(h, cell_class(column->kind));
	put(h, ">");
	put_isolated(h, slice_of(column->heading));
	put(h, "</th>");
}

/* What is wider than the window scrolls, by keyboard too. */
static void put_table(struct html *h, const struct block *b)
{
	if (b->cell_count == 0)
		return;
	put(h, "<div class=\"scroll\" role=\"region\" aria-labelledby=\"");
	put_id(h, b->id);
	put(h, "-c\" tabindex=\"0\">\n<table id=\"");
	put_id(h, b->id);
	put(h, "\">\n<caption id=\"");
	put_id(h, b->id);
	put(h, "-c\">");
	put_isolated(h, b->name.length ? b->name : SLICE("Table"));
	put(h, "</caption>\n<thead>\n<tr>");
	for (size_t c = 0; c < b->column_count; c++)
		put_heading(h, &b->columns[c]);
	put(h, "</tr>\n</thead>\n<tbody>\n");
	for (size_t row = 0; row < b->cell_count / b->column_count; row++)
		put_row(h, b, row);
	put(h, "</tbody>\n</table>\n</div>\n");
}

static void put_figure(struct html *h, const struct block *b)
{
	if (b->bar_count == 0)
		return;
	put(h, "<figure id=\"");
	put_id(h, b->id);
	put(h, "\">\n");
	if (b->name.length) {
		put(h, "<figcaption>");
		put_isolated(h, b->name);
		put(h, "</figcaption>\n");
	}
	document_put_svg(b, h->out, h->err);
	put(h, "</figure>\n");
}

/* Pairs without a name go on what the pair before says. */
static void put_pair(struct html *h, const struct block *b)
{
	const struct block *end = h->d->blocks + h->d->block_count;
	bool more = b + 1 < end && b[1].kind == BLOCK_PAIR && b[1].name.length == 0;
	if (b->name.length) {
		put(h, "<dt>");
		put_isolated(h, b->name);
		put(h, "</dt><dd>");
	}
	put_tagged(h, "", b->runs, !more ? "</dd>\n" : b->runs.end > b->runs.first ? "<br>\n" : "");
}

static void put_block(struct html *h, const struct block *b)
{
	if (b->kind == BLOCK_ITEM || b->kind == BLOCK_PAIR || b->kind == BLOCK_QUOTE)
		open_list(h, b->kind);
	else
		close_list(h);
	switch (b->kind) {
	case BLOCK_SECTION:
		put_section(h, b);
		break;
	case BLOCK_SOURCE:
		put(h, "<p class=\"source\">Source: ");
		put_isolated(h, b->name);
		put(h, "</p>\n");
		break;
	case BLOCK_PARAGRAPH:
		put_tagged(h, "<p>", b->runs, "</p>\n");
		break;
	case BLOCK_QUOTE:
		put_tagged(h, "<p dir=\"auto\">", b->runs, "</p>\n");
		break;
	case BLOCK_NOTE:
		put_tagged(h, "<p class=\"note\">", b->runs, "</p>\n");
		break;
	case BLOCK_ITEM:
		put_tagged(h, "<li>", b->runs, "</li>\n");
		break;
	case BLOCK_PAIR:
		put_pair(h, b);
		break;
	case BLOCK_TABLE:
		put_table(h, b);
		break;
	case BLOCK_BARS:
		put_figure(h, b);
		break;
	}
}

static void put_document(struct html *h)
{
	bool begun = false; /* a section has */
	put_head(h);
	for (size_t i = 0; i < h->d->block_count && buffer_ok(h->out); i++) {
		bool first = !begun && h->d->blocks[i].kind == BLOCK_SECTION;
		if (first) {
			close_list(h);
			put_contents(h);
		}
		begun |= first;
		put_block(h, &h->d->blocks[i]);
	}
	close_list(h);
	close_sections(h, 1);
	put(h, "</main>\n</body>\n</html>\n");
}

bool document_put_html(const struct document *d, struct buffer *out, struct error *err)
{
	struct html h = { .d = d, .out = out, .err = err, .list = BLOCK_SECTION };
	if (!document_finish(d, err))
		return false;
	put_document(&h);
	return buffer_ok(out);
}

bool document_print_html(const struct document *d, FILE *stream, struct error *err)
{
	struct buffer out = { 0 };
	bool ok = document_put_html(d, &out, err) && document_write(buffer_slice(&out), stream, err);
	buffer_free(&out);
	return ok;
}
