// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <math.h>

#include "lib/base/fault.h"
#include "query/output/document.h"
#include "query/output/html_escape.h"

enum print { PRINT_TEXT, PRINT_HTML, PRINT_MARKDOWN, PRINT_COUNT };

/* What is printed, for free(); NULL with *err filled. */
static char *print(const struct document *d, enum print kind, int width, struct error *err)
{
	char *text = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);
	struct page page = { stream, width, false, PAGE_MATCH, err };
	assert_non_null(stream);
	bool ok = kind == PRINT_HTML       ? document_print_html(d, stream, err)
		  : kind == PRINT_MARKDOWN ? document_print_markdown(d, stream, err)
					   : document_print_text(d, &page, err);
	fclose(stream);
	if (ok && err->code == ERROR_NONE)
		return text;
	assert_int_not_equal(err->code, ERROR_NONE);
	free(text);
	return NULL;
}

/* Frees the document. */
static char *print_all(struct document *d, enum print kind, int width)
{
	struct error err = { 0 };
	char *text = print(d, kind, width, &err);
	assert_string_equal(err.text, "");
	document_free(d);
	return text;
}

static struct document *begin(const char *title)
{
	struct error err = { 0 };
	struct document *d = document_new(title, &err);
	assert_non_null(d);
	return d;
}

/* Everything that a document can have. */
static void build_all(struct document *d)
{
	static const struct span spans[] = { { 0, 5 }, { 13, 4 } };
	static const struct column columns[] = { { "Duty", COLUMN_TEXT },
						 { "Code", COLUMN_SHORT },
						 { "Time", COLUMN_NUMBER } };
	static const struct bar bars[] = { { "Master's degree", 0, 25, NAN, "25.0%", true },
					   { "Bachelor's degree", 0, 50, NAN, "50.0%", false } };
	static const struct bar ranges[] = { { "99-0001 Kite Fliers", 40000, 80000, 50000,
					       "$40,000 to $80,000, median $50,000", false } };
	document_paragraph(d);
	document_spans(d, SLICE("Kites in the wind are flown."), spans, COUNT(spans));
	document_section(d, 2, "parts", "Parts");
	document_source(d, "Kite Survey 1, May 2024");
	document_pair(d, "Score");
	document_printf(d, RUN_STRONG, "%.2f", 8.77);
	document_pair(d, "A name that is longer than others");
	document_text(d, RUN_PLAIN, SLICE("wrapped"));
	document_section(d, 4, "parts", "Parts of parts");
	document_item(d);
	document_text(d, RUN_CODE, SLICE("99-0001"));
	document_text(d, RUN_PLAIN, SLICE(" flies kites"));
	document_source(d, "Kite Survey 1");
	document_note(d);
	document_text(d, RUN_PLAIN, SLICE("Wind is missing."));
	document_table(d, "Duty by code", columns, COUNT(columns));
	document_row(d);
	document_cell_text(d, RUN_PLAIN, SLICE("Fly a kite in the wind over hills and fields"));
	document_cell_text(d, RUN_CODE, SLICE("99-0001"));
	document_cell_printf(d, RUN_PLAIN, "%d%%", 70);
	document_row(d);
	document_cell_text(d, RUN_PLAIN, SLICE("Rest"));
	document_table_end(d);
	document_source(d, "Kite Survey 1");
	document_bars(d, "Education", bars, COUNT(bars), 100.0);
	document_section(d, 2, "wages", "Wages");
	document_new_page(d);
	document_bars(d, "Wages", ranges, COUNT(ranges), 0.0);
	document_quote(d);
	document_text(d, RUN_PLAIN, SLICE("Fliers wanted."));
}

static void test_text(void **state)
{
	(void)state;
	struct document *d = begin("Why kites");
	build_all(d);
	char *text = print_all(d, PRINT_TEXT, 60);
	assert_string_equal(text, "Why kites\n"
				  "Kites in the wind are flown.\n"
				  "\n"
				  "Parts  Kite Survey 1, May 2024\n"
				  "  Score  8.77\n"
				  "  A name that is longer than others\n"
				  "         wrapped\n"
				  "\n"
				  "  Parts of parts\n"
				  "    - 99-0001 flies kites (Kite Survey 1)\n"
				  "\n"
				  "    ! Wind is missing.\n"
				  "\n"
				  "    Duty by code\n"
				  "    Duty                                       Code     Time\n"
				  "    -----------------------------------------  -------  ----\n"
				  "    Fly a kite in the wind over hills and      99-0001   70%\n"
				  "    fields\n"
				  "    Rest\n"
				  "    (Kite Survey 1)\n"
				  "\n"
				  "    Education\n"
				  "    Master's degree    25.0%  ########\n"
				  "    Bachelor's degree  50.0%  ###############\n"
				  "\n"
				  "Wages\n"
				  "  Wages\n"
				  "  99-0001 Kite Fliers     $40,000 to $80,000, median $50,000\n"
				  "                        =====|==============\n"
				  "\n"
				  "  | Fliers wanted.\n");
	free(text);
}

/* Too narrow for its columns: a line for each. */
static void test_narrow(void **state)
{
	(void)state;
	struct document *d = begin("T");
	static const struct column columns[] = { { "Duty", COLUMN_TEXT },
						 { "Best statement", COLUMN_TEXT },
						 { "Best statement of another", COLUMN_TEXT } };
	document_table(d, "Duties", columns, COUNT(columns));
	for (int i = 0; i < 2; i++) {
		document_row(d);
		document_cell_text(d, RUN_PLAIN, SLICE("Fly kites over hills and fields"));
		document_cell_text(d, RUN_PLAIN, SLICE("Fly kites in gusty wind"));
	}
	char *text = print_all(d, PRINT_TEXT, 40);
	assert_string_equal(text, "T\n"
				  "Duties\n"
				  "Fly kites over hills and fields\n"
				  "  Best statement: Fly kites in gusty\n"
				  "    wind\n"
				  "Fly kites over hills and fields\n"
				  "  Best statement: Fly kites in gusty\n"
				  "    wind\n");
	free(text);
}

static void test_markdown(void **state)
{
	(void)state;
	struct document *d = begin("Why kites");
	build_all(d);
	char *text = print_all(d, PRINT_MARKDOWN, 0);
	assert_string_equal(
		text, "# Why kites\n"
		      "\n"
		      "**Kites** in the **wind** are flown.\n"
		      "\n"
		      "## Parts\n"
		      "\n"
		      "Source: Kite Survey 1, May 2024\n"
		      "\n"
		      "* **Score:** **8.77**\n"
		      "* **A name that is longer than others:** wrapped\n"
		      "\n"
		      "### Parts of parts\n"
		      "\n"
		      "- 99-0001 flies kites (Kite Survey 1)\n"
		      "\n"
		      "> **Note:** Wind is missing.\n"
		      "\n"
		      "**Duty by code**\n"
		      "\n"
		      "| Duty | Code | Time |\n"
		      "| --- | --- | ---: |\n"
		      "| Fly a kite in the wind over hills and fields | 99-0001 | 70% |\n"
		      "| Rest |  |  |\n"
		      "\n"
		      "Source: Kite Survey 1\n"
		      "\n"
		      "**Education**\n"
		      "\n"
		      "| | | |\n"
		      "| --- | ---: | --- |\n"
		      "| **Master's degree** | 25.0% | \xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88 |\n"
		      "| Bachelor's degree | 50.0% | "
		      "\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88"
		      "\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88 |\n"
		      "\n"
		      "## Wages\n"
		      "\n"
		      "**Wages**\n"
		      "\n"
		      "| | | |\n"
		      "| --- | ---: | --- |\n"
		      "| 99-0001 Kite Fliers | $40,000 to $80,000, median $50,000 |  |\n"
		      "\n"
		      "> Fliers wanted.\n");
	free(text);
}

static void test_html(void **state)
{
	static const char *const parts[] = {
		"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
		"<title>Why kites</title>",
		"<h1>Why kites</h1>\n<p><mark>Kites</mark> in the <mark>wind</mark> are flown.</p>\n<section "
		"id=\"parts\">\n"
		"<h2>Parts</h2>\n<p class=\"source\">Source: Kite Survey 1, May 2024</p>\n<dl>\n"
		"<dt>Score</dt><dd><strong>8.77</strong></dd>\n",
		"</dl>\n<section id=\"parts-2\">\n<h3>Parts of parts</h3>\n<ul>\n<li><span "
		"class=\"code\">99-0001</span> flies kites"
		"<span class=\"dim\"> (Kite Survey 1)</span></li>\n</ul>\n<p class=\"note\">Wind is missing.</p>\n",
		"<caption id=\"table-c\">Duty by code</caption>\n<thead>\n<tr><th scope=\"col\" class=\"t\">Duty</th>",
		"<tr><th scope=\"row\" class=\"t\">Rest</th><td></td><td "
		"class=\"n\"></td></tr>\n</tbody>\n</table>\n</div>\n",
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 680 56\" "
		"role=\"img\">\n<title>Education</title>\n"
		"<desc>Master&#39;s degree: 25.0%; Bachelor&#39;s degree: 50.0%</desc>\n",
		"</section>\n</section>\n<section id=\"wages\" class=\"page\">\n<h2>Wages</h2>\n",
		"<blockquote>\n<p dir=\"auto\">Fliers "
		"wanted.</p>\n</blockquote>\n</section>\n</main>\n</body>\n</html>\n",
	};
	(void)state;
	struct document *d = begin("Why kites");
	build_all(d);
	char *text = print_all(d, PRINT_HTML, 0);
	for (size_t i = 0; i < COUNT(parts); i++)
		ROW_CHECK(strstr(text, parts[i]) != NULL, i);
	free(text);
}

/* Whatever is written, it is text: in HTML, and in Markdown at the beginning of a line. */
static void test_escaping(void **state)
{
	static const struct {
		const char *text, *html, *markdown;
	} rows[] = {
		{ "a < b & \"c\" > 'd'", "a &#60; b &#38; &#34;c&#34; &#62; &#39;d&#39;", "a \\< b & \"c\" \\> 'd'" },
		{ "<script>alert(1)</script>", "&#60;script&#62;alert(1)&#60;/script&#62;",
		  "\\<script\\>alert(1)\\</script\\>" },
		{ "</style><!--", "&#60;/style&#62;&#60;!--", "\\</style\\>\\<!--" },
		{ "&lt; &#60; R&D; R&D", "&#38;lt; &#38;#60; R&#38;D; R&#38;D", "\\&lt; \\&#60; R\\&D; R&D" },
		{ "a\001b\033[1m\177",
		  "<bdi>a\xEF\xBF\xBD"
		  "b\xEF\xBF\xBD[1m\xEF\xBF\xBD</bdi>",
		  "a\xEF\xBF\xBD"
		  "b\xEF\xBF\xBD\\[1m\xEF\xBF\xBD" },
		{ "a\nb\tc\r\n\xE2\x80\xA8"
		  "d",
		  "a b c   d", "a b c   d" },
		{ "x\xE2\x80\xAEy\xE2\x81\xA6z\xD8\x9C", "<bdi>x\xEF\xBF\xBDy\xEF\xBF\xBDz\xEF\xBF\xBD</bdi>",
		  "x\xEF\xBF\xBDy\xEF\xBF\xBDz\xEF\xBF\xBD" },
		{ "\xD7\xA9\xD7\x9C", "<bdi>\xD7\xA9\xD7\x9C</bdi>", "\xD7\xA9\xD7\x9C" },
		{ "caf\xC3\xA9 \xE2\x80\x93 bar", "caf\xC3\xA9 \xE2\x80\x93 bar", "caf\xC3\xA9 \xE2\x80\x93 bar" },
		{ "bad \xFF\xC3", "<bdi>bad \xEF\xBF\xBD\xEF\xBF\xBD</bdi>", "bad \xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "\xEF\xBF\xBE\xEF\xB7\x90", "<bdi>\xEF\xBF\xBD\xEF\xBF\xBD</bdi>", "\xEF\xBF\xBD\xEF\xBF\xBD" },
		{ "# no heading", "# no heading", "\\# no heading" },
		{ "C# and F #", "C# and F #", "C# and F \\#" },
		{ "- no item", "- no item", "\\- no item" },
		{ "+ no item - here", "+ no item - here", "\\+ no item - here" },
		{ "=== no rule", "=== no rule", "\\=== no rule" },
		{ "12. no item 13. there", "12. no item 13. there", "12\\. no item 13. there" },
		{ "1) no item", "1) no item", "1\\) no item" },
		{ "*a* _b_ `c` [d](e) ~f~ |g| \\h", "*a* _b_ `c` [d](e) ~f~ |g| \\h",
		  "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\~f\\~ \\|g\\| \\\\h" },
		{ "http://a.b www.a.b x@y.z 10:30", "http://a.b www.a.b x@y.z 10:30",
		  "http\\://a.b www\\.a.b x\\@y.z 10:30" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char html[512], markdown[512];
		struct document *d = begin("T");
		document_paragraph(d);
		document_text(d, RUN_PLAIN, slice_of(rows[i].text));
		struct error err = { 0 };
		char *text = print(d, PRINT_HTML, 0, &err);
		snprintf(html, sizeof html, "<h1>T</h1>\n<p>%s</p>\n</main>", rows[i].html);
		ROW_CHECK(text && strstr(text, html), i);
		free(text);
		text = print(d, PRINT_MARKDOWN, 0, &err);
		snprintf(markdown, sizeof markdown, "# T\n\n%s\n", rows[i].markdown);
		ROW_CHECK(text && strcmp(text, markdown) == 0, i);
		free(text);
		document_free(d);
	}
}

/* Everywhere else where text can stand: nothing of it gets out. */
/* Whatever stands before and behind it, and however far from the beginning. */
static void test_markup(void **state)
{
	(void)state;
	for (unsigned c = 0; c < 256; c++)
		for (size_t at = 0; at < 20; at++) {
			char text[20], wanted[32];
			struct buffer out = { 0 };
			struct error err = { 0 };
			memset(text, at % 2 ? ' ' : 'x', sizeof text);
			text[at] = (char)c;
			bool special = c < ' ' || strchr("\"&'<>", (int)c);
			int length = snprintf(wanted, sizeof wanted, special ? "%.*s&#%u;" : "%.*s", (int)at, text,
					      c < ' ' ? 0xFFFDu : c);
			assert_true(markup_put_text((struct slice){ text, sizeof text }, &out, &err));
			ROW_CHECK(memcmp(out.at, wanted, (size_t)length) == 0, c);
			ROW_CHECK(out.length == (size_t)length + sizeof text - at - special, c);
			ROW_CHECK(memcmp(out.at + length, text + at + special, out.length - (size_t)length) == 0, c);
			buffer_free(&out);
		}
}

/* A text that is formatted may be longer than most are. */
static void test_long_texts(void **state)
{
	char word[600];
	(void)state;
	for (size_t length = 250; length < sizeof word; length += length < 260 ? 1 : 100) {
		struct error err = { 0 };
		struct buffer out = { 0 };
		struct document *d = begin("T");
		memset(word, 'v', length);
		word[length] = '\0';
		document_paragraph(d);
		document_printf(d, RUN_PLAIN, "%s.", word);
		assert_true(document_put_markdown(d, &out, &err) && buffer_append_byte(&out, '\0', &err));
		ROW_CHECK(strstr(out.at, "vv.\n"), length);
		ROW_CHECK(out.length == strlen("# T\n\n") + length + strlen(".\n") + 1, length);
		buffer_free(&out);
		document_free(d);
	}
}

static void test_escaped_everywhere(void **state)
{
	static const char bad[] = "\"'></style></title></svg></p>&amp;\033\xE2\x80\xAE|\n";
	static const struct column columns[] = { { bad, COLUMN_TEXT } };
	static const struct bar bars[] = { { bad, 0, 1, NAN, bad, false },
					   { "12345678901234567890123456789012345678901234567890", 1, 2, 1, bad,
					     true } };
	(void)state;
	struct document *d = begin(bad);
	document_running_head(d, bad);
	for (int i = 0; i < 6; i++)
		document_section(d, 1, bad, bad);
	document_source(d, bad);
	document_pair(d, bad);
	document_quote(d);
	document_text(d, RUN_MATCH, slice_of(bad));
	document_table(d, bad, columns, 1);
	document_row(d);
	document_cell_text(d, RUN_STRONG, slice_of(bad));
	document_bars(d, bad, bars, COUNT(bars), 0.0);
	struct error err = { 0 };
	char *html = print(d, PRINT_HTML, 0, &err), *page = print(d, PRINT_TEXT, 80, &err);
	assert_non_null(html);
	assert_null(strstr(html, "'>"));
	assert_null(strstr(html, "&amp;"));
	assert_null(strchr(html, '\033'));
	assert_null(strstr(html, "\xE2\x80\xAE"));
	assert_ptr_equal(strstr(html, "</style>"), strstr(html, "</style>\n</head>"));
	assert_non_null(strstr(html, "id=\"-----style---title---svg---p--amp-------\""));
	assert_null(strchr(page, '\033'));
	free(html);
	free(page);
	document_free(d);
}

/* What a caller does wrong is told, not printed. */
static void test_misuse(void **state)
{
	static const struct column columns[] = { { "A", COLUMN_TEXT } };
	(void)state;
	for (int i = 0; i < 4; i++) {
		struct error err = { 0 };
		struct document *d = begin("T");
		if (i == 0) {
			document_text(d, RUN_PLAIN, SLICE("nowhere"));
		} else if (i == 1) {
			document_row(d);
		} else {
			document_table(d, "", columns, 1);
			if (i == 3)
				document_row(d);
			document_cell(d);
			document_cell(d);
		}
		assert_null(print(d, (enum print)(i % PRINT_COUNT), 80, &err));
		assert_int_equal(err.code, ERROR_INTERNAL);
		document_free(d);
	}
}

/* Headings leave out no level, whatever the levels were. */
static void test_headings(void **state)
{
	static const int levels[] = { 3, 4, 4, 2, 4, 1, 2 };
	static const char *const expected[] = { "h2", "h3", "h3", "h2", "h3", "h2", "h3" };
	(void)state;
	struct document *d = begin("T");
	for (size_t i = 0; i < COUNT(levels); i++)
		document_section(d, levels[i], "s", "S");
	char *text = print_all(d, PRINT_HTML, 80);
	const char *at = strstr(text, "<main>");
	for (size_t i = 0; i < COUNT(levels); i++) {
		at = strstr(at + 1, ">\n<h");
		at = at && at[4] == '1' ? strstr(at + 1, ">\n<h") : at;
		ROW_CHECK(at && memcmp(at + 3, expected[i], 2) == 0, i);
	}
	free(text);
}

/* Every allocation fails once, in building and in printing: an error, and nothing lost. */
static void test_memory(void **state)
{
	(void)state;
	for (int kind = 0; kind < PRINT_COUNT; kind++) {
		bool failed = true;
		for (long at = 1; failed; at++) {
			struct error err = { 0 };
			fault_arm(FAULT_MEMORY, at, false);
			struct document *d = document_new("Why kites", &err);
			char *text = NULL;
			if (d) {
				build_all(d);
				text = print(d, (enum print)kind, 60, &err);
			}
			failed = fault_failures(FAULT_MEMORY) > 0;
			fault_arm(FAULT_MEMORY, 0, false);
			assert_true(failed == (text == NULL));
			assert_true(!failed || err.code == ERROR_MEMORY);
			free(text);
			document_free(d);
		}
	}
}

static void test_full_disk(void **state)
{
	(void)state;
	struct document *d = begin("T");
	build_all(d);
	for (int kind = 0; kind < PRINT_COUNT; kind++) {
		struct error err = { 0 };
		FILE *full = fopen("/dev/full", "w");
		struct page page = { full, 80, false, PAGE_MATCH, &err };
		assert_non_null(full);
		setvbuf(full, NULL, _IONBF, 0);
		assert_false(kind == PRINT_HTML       ? document_print_html(d, full, &err)
			     : kind == PRINT_MARKDOWN ? document_print_markdown(d, full, &err)
						      : document_print_text(d, &page, &err));
		assert_int_equal(err.code, ERROR_IO);
		fclose(full);
	}
	document_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),       cmocka_unit_test(test_narrow),
		cmocka_unit_test(test_markdown),   cmocka_unit_test(test_html),
		cmocka_unit_test(test_escaping),   cmocka_unit_test(test_markup),
		cmocka_unit_test(test_long_texts), cmocka_unit_test(test_escaped_everywhere),
		cmocka_unit_test(test_misuse),     cmocka_unit_test(test_headings),
		cmocka_unit_test(test_memory),     cmocka_unit_test(test_full_disk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
