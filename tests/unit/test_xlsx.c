// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/xlsx_make.h"

#include "lib/base/fault.h"
#include "lib/table/table.h"

/* ---- reading ---- */

/* All rows of a sheet as "line:field|field|...;"; rejected ones with the reason.  False with *err filled. */
static bool dump_sheet(struct input_source *c, size_t member, uint32_t sheet, const size_t *want, size_t want_count,
		       struct buffer *out, struct error *err)
{
	struct table_place place = { c, member, sheet };
	struct table_row row;
	struct table *t;
	size_t count;
	buffer_clear(out);
	if (!table_open(&place, &t, err))
		return false;
	enum table_status status = table_next_header(t, err);
	if (status == TABLE_ROW) {
		const struct slice *header = table_header(t, &count);
		buffer_printf(out, NULL, "%llu:", (unsigned long long)table_header_line(t));
		for (size_t i = 0; i < count; i++)
			buffer_printf(out, NULL, "%s|", header[i].at);
		buffer_append_byte(out, ';', NULL);
		if (want && !table_want(t, want, want_count, err))
			status = TABLE_FAILED;
	}
	while (status == TABLE_ROW && (status = table_next(t, &row, err)) == TABLE_ROW) {
		buffer_printf(out, NULL, "%llu:", (unsigned long long)row.line);
		if (row.reject != REJECT_NONE)
			buffer_printf(out, NULL, "(%s, %u)", reject_reason_name(row.reject), row.column);
		for (size_t i = 0; i < row.count && row.reject == REJECT_NONE; i++) {
			buffer_append(out, row.fields[i].at, row.fields[i].length, NULL);
			buffer_append_byte(out, '|', NULL);
		}
		buffer_append_byte(out, ';', NULL);
	}
	buffer_terminate(out, NULL);
	table_close(t);
	assert_true((status == TABLE_FAILED) == (err->code != ERROR_NONE));
	return status == TABLE_END;
}

static bool dump_file(const char *path, uint32_t sheet, struct buffer *out, struct error *err)
{
	struct input_source *c;
	if (!input_source_open(path, NULL, &c, err))
		return false;
	bool ok = dump_sheet(c, 0, sheet, NULL, 0, out, err);
	input_source_close(c);
	return ok;
}

static void expect(const struct make_book *book, const char *text, size_t row)
{
	struct buffer out = { 0 };
	struct error err = { 0 };
	const char *path = make_book("book.xlsx", book);
	if (!dump_file(path, 0, &out, &err))
		fail_msg("row %zu: %s: %s", row, err.file, err.text);
	if (strcmp(out.at, text) != 0)
		fail_msg("row %zu: \"%s\", not \"%s\"", row, out.at, text);
	buffer_free(&out);
}

/* ---- cells ---- */

static void cells_are_texts(void **state)
{
	(void)state;
	static const char strings[] = STRINGS(
		"<si><t>zero</t></si><si><t xml:space=\"preserve\"> kept </t></si><si><t>\n  cut\n </t></si>"
		"<si><r><rPr><b/></rPr><t>rich </t></r><r><t>text</t></r><rPh sb=\"0\" eb=\"1\"><t>said</t></rPh>"
		"<phoneticPr fontId=\"1\"/></si><si/><si><t>a_x000D_b &amp; &lt;c&gt; &#233;</t></si>"
		"<si><t><![CDATA[<d>]]></t></si>");
	static const char styles[] = STYLES(
		"<numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm\"/>"
		"<numFmt numFmtId=\"165\" formatCode=\"0000\"/></numFmts>"
		"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
		"<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"><alignment/></xf><xf numFmtId=\"164\"/>"
		"<xf numFmtId=\"165\"/><xf numFmtId=\"49\"/></cellXfs><cellStyles><xf numFmtId=\"14\"/></cellStyles>");
	static const struct {
		const char *cell;
		const char *text;
	} rows[] = {
		{ "<c r=\"A2\" t=\"s\"><v>0</v></c>", "zero" },
		{ "<c r=\"A2\" t=\"s\"><v>1</v></c>", " kept " },
		{ "<c r=\"A2\" t=\"s\"><v>2</v></c>", "cut" },
		{ "<c r=\"A2\" t=\"s\"><v>3</v></c>", "rich text" },
		{ "<c r=\"A2\" t=\"s\"><v>4</v></c>", "" },
		{ "<c r=\"A2\" t=\"s\"><v>5</v></c>", "a\rb & <c> \xC3\xA9" },
		{ "<c r=\"A2\" t=\"s\"><v> 6\n</v></c>", "<d>" },
		{ "<c r=\"A2\" t=\"inlineStr\"><is><t>in</t></is></c>", "in" },
		{ "<c r=\"A2\" t=\"inlineStr\"><is><r><t>a</t></r><r><t xml:space=\"preserve\"> b</t></r></is></c>",
		  "a b" },
		{ "<c r=\"A2\" t=\"inlineStr\"><is><t> x </t><rPh><t>no</t></rPh></is></c>", "x" },
		{ "<c r=\"A2\" t=\"inlineStr\"><is><t>_x0041_</t></is></c>", "A" },
		{ "<c r=\"A2\" t=\"str\"><f>A1&amp;\"x\"</f><v>formula's </v></c>", "formula's " },
		{ "<c r=\"A2\" t=\"b\"><v>1</v></c>", "TRUE" },
		{ "<c r=\"A2\" t=\"b\"><v>0</v></c>", "FALSE" },
		{ "<c r=\"A2\" t=\"e\"><v>#N/A</v></c>", "#N/A" },
		{ "<c r=\"A2\" t=\"d\"><v>2024-10-01T00:00:00</v></c>", "2024-10-01T00:00:00" },
		{ "<c r=\"A2\"><v>2024</v></c>", "2024" },
		{ "<c r=\"A2\" t=\"n\"><v>1.5E1</v></c>", "15" },
		{ "<c r=\"A2\" s=\"4\"><v>151252</v></c>", "151252" },
		{ "<c r=\"A2\"><v>15.10</v></c>", "15.1" },
		{ "<c r=\"A2\"><v>0.10000000000000001</v></c>", "0.1" },
		{ "<c r=\"A2\" s=\"1\"><v>45200</v></c>", "2023-10-01" },
		{ "<c r=\"A2\" s=\"2\"><v>45200.5</v></c>", "2023-10-01T12:00:00" },
		{ "<c r=\"A2\" s=\"3\"><v>10</v></c>", "0010" },
		{ "<c r=\"A2\" s=\"99\"><v>7</v></c>", "7" },
		{ "<c r=\"A2\" s=\"1\"><v>not a number</v></c>", "not a number" },
		{ "<c r=\"A2\"><f>1+1</f></c>", "" },
		{ "<c r=\"A2\"/>", "" },
		{ "<c r=\"A2\"><v/></c>", "" },
		{ "<c r=\"A2\"><v>1</v><extLst><ext><x><v>2</v></x></ext></extLst></c>", "12" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char sheet[1024];
		char text[128];
		snprintf(sheet, sizeof sheet,
			 SHEET("<row r=\"1\">" TEXT("A1", "h")
				       TEXT("B1", "i") "</row><row r=\"2\">%s" TEXT("B2", "!") "</row>"),
			 rows[i].cell);
		snprintf(text, sizeof text, "1:h|i|;2:%s|!|;", rows[i].text);
		const struct make_book book = { .sheet = sheet, .strings = strings, .styles = styles };
		expect(&book, text, i);
	}
}

static void days_may_count_from_1904(void **state)
{
	(void)state;
	static const struct make_book book = {
		.sheet = SHEET("<row><c><v>1</v></c></row><row><c s=\"0\"><v>43738</v></c></row>"),
		.styles = STYLES("<cellXfs><xf numFmtId=\"14\"/></cellXfs>"),
		.workbook = WORKBOOK("<workbookPr date1904=\"1\"/><sheets>"
				     "<sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"),
	};
	expect(&book, "1:1904-01-02|;2:2023-10-01|;", 0);
}

/* ---- rows ---- */

static void rows_may_be_sparse(void **state)
{
	(void)state;
	static const struct {
		const char *rows;
		const char *text;
	} rows[] = {
		/* Blank columns; cells beside the header are left out. */
		{ "<row r=\"1\">" TEXT("A1", "a") TEXT("C1", "c") "</row><row r=\"2\">" TEXT(
			  "C2", "x") "</row><row r=\"3\">" TEXT("A3", "y") TEXT("F3", "note") "</row>",
		  "1:a||c|;2:||x|;3:y|||;" },
		/* Rows and cells without their places. */
		{ "<row>"
		  "<c t=\"inlineStr\"><is><t>a</t></is></c><c t=\"inlineStr\"><is><t>b</t></is></c></row>"
		  "<row><c/><c><v>2</v></c></row>",
		  "1:a|b|;2:|2|;" },
		{ "<row r=\"3\">" TEXT("B3", "a") "<c t=\"str\"><v>b</v></c></row><row><c><v>1</v></c></row>",
		  "3:|a|b|;4:1|||;" },
		/* Out of order: each where it says; the last of two. */
		{ "<row r=\"2\">" TEXT("B2", "b")
			  TEXT("A2", "a") "</row><row r=\"1\"><c r=\"B1\"><v>1</v></c>"
					  "<c r=\"A1\"><v>2</v></c><c r=\"A1\"><v>3</v></c></row>",
		  "2:a|b|;1:3|1|;" },
		/* Rows that are missing or blank. */
		{ "<row r=\"2\" spans=\"1:9\"/><row r=\"5\">" TEXT(
			  "A5", "a") "</row><row r=\"6\"><c r=\"A6\" s=\"1\"/>"
				     "</row><row r=\"9\"><c r=\"A9\"><v>1</v></c></row>",
		  "5:a|;9:1|;" },
		/* A header of merged cells has its text in the first of them. */
		{ "<row r=\"1\">" TEXT("A1", "both") "<c r=\"B1\" s=\"1\"/></row><row r=\"2\"><c r=\"A2\"><v>1</v></c>"
						     "<c r=\"B2\"><v>2</v></c></row>",
		  "1:both|;2:1|2|;" },
		{ "<row r=\"99999999\"><c r=\"A1\"><v>1</v></c></row><row r=\"x\"><c r=\"A1\"><v>2</v></c></row>"
		  "<row r=\"1048576\"><c r=\"XFD1048576\"><v>3</v></c></row>",
		  "1:1|;2:2|;1048576:|;" },
		{ "", "" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char sheet[2048];
		snprintf(sheet, sizeof sheet, SHEET("%s"), rows[i].rows);
		const struct make_book book = { .sheet = sheet };
		expect(&book, rows[i].text, i);
	}
}

/* A preamble: the header is asked for until it suits. */
static void a_header_may_come_late(void **state)
{
	(void)state;
	static const struct make_book book = {
		.sheet = SHEET("<row r=\"1\">" TEXT("A1", "Title of the table") "</row><row r=\"4\">" TEXT("B4", "code")
				       TEXT("D4", "title") "</row><row r=\"5\">" TEXT("B5", "11-1011")
					       TEXT("D5", "x") "</row>"),
	};
	struct input_source *c;
	struct table *t;
	struct table_row row;
	struct error err = { 0 };
	size_t count;
	const char *path = make_book("late.xlsx", &book);
	assert_true(input_source_open(path, NULL, &c, &err));
	struct table_place place = { c, 0, 0 };
	assert_true(table_open(&place, &t, &err));
	assert_string_equal(table_format_name(t), "XLSX");
	const char *name = table_place_name(t);
	assert_string_equal(name + strlen(name) - 18, "late.xlsx: Sheet 1");
	assert_int_equal(table_next_header(t, &err), TABLE_ROW);
	assert_int_equal(table_next_header(t, &err), TABLE_ROW);
	const struct slice *header = table_header(t, &count);
	assert_int_equal(count, 4);
	assert_string_equal(header[3].at, "title");
	assert_int_equal(table_header_line(t), 4);
	assert_int_equal(table_next(t, &row, &err), TABLE_ROW);
	assert_int_equal(row.line, 5);
	assert_int_equal(row.count, 4);
	assert_true(slice_equal(row.fields[1], SLICE("11-1011")));
	assert_int_equal(table_next(t, &row, &err), TABLE_END);
	size_t members;
	assert_int_equal(table_position(t), input_source_members(c, &members)->size);
	table_close(t);
	input_source_close(c);
}

/* A sheet of several blocks in which anything may follow anything: what is wanted is the same whether or not
 * the rest is read. */
static void put_random_sheet(struct buffer *b, unsigned seed, const char *x)
{
	buffer_printf(b, NULL, "<%sworksheet xmlns%s=\"" MAIN_NS "\"><%ssheetData>", x, *x ? ":x" : "", x);
	unsigned r = seed;
	for (unsigned row = 1; row <= 1500; row++) {
		buffer_printf(b, NULL, "<%srow r=\"%u\">", x, row);
		for (unsigned column = 0; column < 9; column++) {
			r = r * 1103515245 + 12345;
			unsigned kind = row == 1 ? 1 : r >> 16 & 7;
			char at[32] = "";
			if ((seed & 1) == 0 || kind != 7)
				snprintf(at, sizeof at, " r=\"%c%u\"", (char)('A' + column), row);
			if (kind == 0 && at[0])
				continue;
			if (kind <= 2)
				buffer_printf(b, NULL, "<%sc%s t=\"inlineStr\"><%sis><%st>text %u</%st></%sis></%sc>",
					      x, at, x, x, r >> 20, x, x, x);
			else if (kind <= 4)
				buffer_printf(b, NULL, "<%sc%s><%sv>%u</%sv></%sc>", x, at, x, r >> 12, x, x);
			else if (kind == 5)
				buffer_printf(b, NULL, "<%sc%s s=\"1\"/>", x, at);
			else
				buffer_printf(b, NULL, "<%sc%s><%sf>A1</%sf><%sv/></%sc>", x, at, x, x, x, x);
		}
		buffer_printf(b, NULL, "</%srow>", x);
	}
	buffer_printf(b, NULL, "</%ssheetData></%sworksheet>", x, x);
	buffer_terminate(b, NULL);
}

static void what_is_wanted_stays_the_same(void **state)
{
	(void)state;
	static const size_t want[] = { 0, 6, 2, 99 };
	struct buffer sheet = { 0 };
	struct error err = { 0 };

	for (unsigned seed = 0; seed < 8; seed++) {
		buffer_clear(&sheet);
		put_random_sheet(&sheet, seed, seed & 2 ? "x:" : "");
		const struct make_book book = { .sheet = sheet.at };
		struct input_source *c;
		struct table *all;
		struct table *some;
		struct table_row a, b;
		size_t count;
		assert_true(input_source_open(make_book("random.xlsx", &book), NULL, &c, &err));
		struct table_place place = { c, 0, 0 };
		assert_true(table_open(&place, &all, &err));
		assert_true(table_open(&place, &some, &err));
		assert_int_equal(table_next_header(all, &err), TABLE_ROW);
		assert_int_equal(table_next_header(some, &err), TABLE_ROW);
		table_header(all, &count);
		assert_int_equal(count, 9);
		assert_true(table_want(some, want, COUNT(want), &err));
		size_t rows = 0;
		while (table_next(all, &a, &err) == TABLE_ROW) {
			assert_int_equal(table_next(some, &b, &err), TABLE_ROW);
			assert_int_equal(a.line, b.line);
			assert_int_equal(b.count, 9);
			for (size_t i = 0; i < 3; i++)
				assert_true(slice_equal(a.fields[want[i]], b.fields[want[i]]));
			assert_int_equal(b.fields[1].length + b.fields[8].length, 0);
			rows++;
		}
		assert_int_equal(err.code, ERROR_NONE);
		assert_int_equal(table_next(some, &b, &err), TABLE_END);
		assert_true(rows > 1000);
		table_close(all);
		table_close(some);
		input_source_close(c);
	}
	buffer_free(&sheet);
}

/* ---- parts ---- */

#define ONE_SHEET "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
#define ONE_STRING STRINGS("<si><t>found</t></si>")
#define STRICT_NS "http://purl.oclc.org/ooxml/spreadsheetml/main"
#define STRICT_REL "http://purl.oclc.org/ooxml/officeDocument/relationships"

/* The ways in which real producers write their parts. */
static void parts_are_found(void **state)
{
	(void)state;
	static const struct make_book books[] = {
		{ .sheet = SHEET(ONE_SHEET), .strings = ONE_STRING },
		/* Absolute targets (openpyxl), and ones that go up. */
		{ .sheet = SHEET(ONE_SHEET),
		  .strings = ONE_STRING,
		  .rels = RELS(REL("rId1", "worksheet", "/xl/worksheets/sheet1.xml")
				       REL("rId2", "sharedStrings", "../xl/./sharedStrings.xml")) },
		/* Any names, case and slashes. */
		{ .sheet = "",
		  .rels = RELS(REL("R9", "sharedStrings", "Text%20of%20it.XML")
				       REL("RA", "worksheet", "sheets\\ONE.xml")),
		  .workbook = WORKBOOK("<sheets><sheet name=\"S\" sheetId=\"7\" r:id=\"RA\"/></sheets>"),
		  .more = { { "xl/text of it.xml", SLICE(ONE_STRING) },
			    { "xl/Sheets/One.xml", SLICE(SHEET(ONE_SHEET)) } } },
		/* The workbook elsewhere. */
		{ .workbook = "",
		  .rels = "",
		  .sheet = "",
		  .types = TYPES(MAIN_TYPE("/book/main.xml")),
		  .package = "",
		  .more = { { "book/main.xml", SLICE(WORKBOOK("<sheets><sheet name=\"S\" r:id=\"a\"/></sheets>")) },
			    { "book/_rels/main.xml.rels",
			      SLICE(RELS(REL("a", "worksheet", "s.xml") REL("b", "sharedStrings", "t.xml"))) },
			    { "book/s.xml", SLICE(SHEET(ONE_SHEET)) },
			    { "book/t.xml", SLICE(ONE_STRING) } } },
		/* No content types to go by, and no relationships. */
		{ .sheet = SHEET(ONE_SHEET),
		  .strings = ONE_STRING,
		  .types = TYPES(""),
		  .package = RELS(""),
		  .rels = "" },
		/* The strict edition. */
		{ .sheet = "<worksheet xmlns=\"" STRICT_NS "\"><sheetData>" ONE_SHEET "</sheetData></worksheet>",
		  .strings = "<sst xmlns=\"" STRICT_NS "\"><si><t>found</t></si></sst>",
		  .workbook = "<workbook xmlns=\"" STRICT_NS "\"><sheets><sheet name=\"S\" xmlns:q=\"" STRICT_REL
			      "\" q:id=\"rId1\"/></sheets></workbook>",
		  .rels = "<Relationships xmlns=\"" PACKAGE_NS
			  "relationships\"><Relationship Id=\"rId1\" Type=\"" STRICT_REL
			  "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" STRICT_REL
			  "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>" },
		/* Every element with a prefix (the Open XML SDK); others' elements do not count. */
		{ .sheet = "<x:worksheet xmlns:x=\"" MAIN_NS
			   "\" xmlns:y=\"y\"><x:sheetData><x:row r=\"1\"><y:c r=\"A1\">"
			   "<y:v>1</y:v></y:c><c r=\"A1\"/><x:c r=\"A1\" "
			   "t=\"s\"><x:v>0</x:v></x:c></x:row></x:sheetData>"
			   "</x:worksheet>",
		  .strings = "<x:sst xmlns:x=\"" MAIN_NS "\"><x:si><x:t>found</x:t></x:si></x:sst>",
		  .workbook =
			  "<x:workbook xmlns:x=\"" MAIN_NS "\" xmlns:r=\"" REL_NS "\"><x:sheets><x:sheet name=\"S\" "
			  "r:id=\"rId1\"/></x:sheets></x:workbook>" },
		/* A sheet with nothing but a chart is none. */
		{ .sheet = SHEET(ONE_SHEET),
		  .strings = ONE_STRING,
		  .workbook = WORKBOOK(
			  "<sheets><sheet name=\"Chart\" r:id=\"c\"/><sheet name=\"S\" r:id=\"rId1\"/></sheets>"),
		  .rels = RELS(REL("c", "chartsheet", "chart.xml") REL("rId1", "worksheet", "worksheets/sheet1.xml")
				       REL("rId2", "sharedStrings", "sharedStrings.xml")) },
		/* Comments and a byte order mark. */
		{ .sheet = "\xEF\xBB\xBF<?xml version=\"1.0\"?><!-- c --><worksheet xmlns=\"" MAIN_NS
			   "\"><!-- <sheetData> -->"
			   "<sheetData>" ONE_SHEET "<!-- <row/> --></sheetData></worksheet>",
		  .strings = ONE_STRING },
	};
	for (size_t i = 0; i < COUNT(books); i++)
		expect(&books[i], "1:found|;", i);
}

static void sheets_are_listed(void **state)
{
	(void)state;
	static const struct make_book book = {
		.sheet = SHEET("<row>" TEXT("A1", "one") "</row>"),
		.workbook = WORKBOOK("<sheets><sheet name=\"First &amp; last\" sheetId=\"4\" r:id=\"rId1\"/>"
				     "<sheet name=\"Hid&#10;den\" state=\"hidden\" sheetId=\"2\" r:id=\"rId2\"/>"
				     "<sheet name=\"Gone\" sheetId=\"3\" r:id=\"rId3\"/></sheets>"),
		.rels = RELS(REL("rId1", "worksheet", "worksheets/sheet1.xml") REL("rId2", "worksheet", "two.xml")
				     REL("rId3", "worksheet", "three.xml")),
		.more = { { "xl/two.xml", SLICE(SHEET("<row>" TEXT("A1", "two") "</row>")) } },
	};
	struct input_source *c;
	struct table_sheets sheets;
	struct buffer out = { 0 };
	struct error err = { 0 };
	const char *path = make_book("sheets.xlsx", &book);

	assert_true(input_source_open(path, NULL, &c, &err));
	assert_int_equal(input_source_kind(c), INPUT_FILE);
	assert_true(table_sheets_list(c, 0, &sheets, &err));
	assert_int_equal(sheets.count, 3);
	assert_string_equal(sheets.names[0].at, "First & last");
	assert_string_equal(sheets.names[1].at, "Hid den");
	table_sheets_free(&sheets);
	input_source_close(c);
	assert_true(dump_file(path, 1, &out, &err));
	assert_string_equal(out.at, "1:two|;");
	assert_false(dump_file(path, 2, &out, &err));
	assert_non_null(strstr(err.text, "lacks the part"));
	assert_non_null(strstr(err.file, "sheets.xlsx: Gone"));
	error_clear(&err);
	assert_false(dump_file(path, 3, &out, &err));
	assert_non_null(strstr(err.text, "no sheet 4: the workbook has 3"));
	error_clear(&err);

	/* Text has one, without a name. */
	path = make_file("text.csv", SLICE("a,b\n1,2\n"));
	assert_true(input_source_open(path, NULL, &c, &err));
	assert_true(table_sheets_list(c, 0, &sheets, &err));
	assert_int_equal(sheets.count, 1);
	assert_string_equal(sheets.names[0].at, "");
	table_sheets_free(&sheets);
	size_t want = 1;
	assert_true(dump_sheet(c, 0, 0, &want, 1, &out, &err));
	assert_string_equal(out.at, "1:a|b|;2:1|2|;");
	input_source_close(c);
	assert_false(dump_file(path, 1, &out, &err));
	assert_non_null(strstr(err.text, "no sheet 2"));
	buffer_free(&out);
}

/* ---- where a workbook lies ---- */

static void a_workbook_may_lie_anywhere(void **state)
{
	(void)state;
	static const struct make_book book = { .sheet = SHEET(ONE_SHEET), .strings = ONE_STRING };
	/* Too large for memory: it goes through a file. */
	struct slice noise = make_run((size_t)9 << 20, '\0');
	unsigned r = 1;
	for (size_t i = 0; i < noise.length; i++)
		((char *)(uintptr_t)noise.at)[i] = (char)((r = r * 1103515245 + 12345) >> 16);
	struct make_book large = book;
	large.more[0] = (struct make_entry){ "docProps/thumbnail.jpeg", noise };
	struct slice small_bytes = make_load(make_book("small.xlsx", &book));
	struct slice large_bytes = make_load(make_book("large.xlsx", &large));
	const struct make_entry entries[] = {
		{ "release/Large.xlsx", large_bytes },
		{ "release/Small.xlsx", small_bytes },
	};
	const char *paths[4];
	paths[0] = make_path("small.xlsx");
	paths[1] = make_gzip("small.xlsx.gz", small_bytes);
	paths[2] = make_zip("release.zip", entries, 2, ZIP_EM_NONE);
	paths[3] = make_dir("folder");
	make_file("folder/small.xlsx", small_bytes);
	make_gzip("folder/zipped.xlsx.gz", large_bytes);

	struct buffer out = { 0 };
	struct error err = { 0 };
	struct input_source *c;
	for (size_t i = 0; i < COUNT(paths); i++) {
		size_t count;
		assert_true(input_source_open(paths[i], NULL, &c, &err));
		input_source_members(c, &count);
		ROW_CHECK(count == (i < 2 ? 1 : 2), i);
		for (size_t m = 0; m < count; m++) {
			if (!dump_sheet(c, m, 0, NULL, 0, &out, &err))
				fail_msg("%s: %s", err.file, err.text);
			ROW_CHECK(strcmp(out.at, "1:found|;") == 0, i);
		}
		input_source_close(c);
	}
	assert_true(input_source_open_memory(small_bytes, "memory.xlsx", NULL, &c, &err));
	assert_true(dump_sheet(c, 0, 0, NULL, 0, &out, &err));
	char hex[65];
	uint64_t bytes;
	assert_true(input_source_digest(c, 0, hex, &bytes, &err));
	assert_int_equal(bytes, small_bytes.length);
	input_source_close(c);
	make_free(noise);
	make_free(small_bytes);
	make_free(large_bytes);
	buffer_free(&out);
}

/* ---- bad input ---- */

#define NESTED "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"

static void bad_workbooks_are_told(void **state)
{
	(void)state;
	static const struct {
		struct make_book book;
		const char *text; /* in the message */
		const char *hint;
		const char *file; /* at the end of the place */
		uint64_t line;
		uint32_t column;
	} rows[] = {
		/* Billion laughs, and any other document type. */
		{ { .sheet = "<!DOCTYPE w [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><worksheet>&b;</worksheet>" },
		  "declares a document type",
		  "publisher",
		  "bad.xlsx: Sheet 1",
		  0,
		  0 },
		{ { .workbook = "<!DOCTYPE workbook SYSTEM \"file:///etc/passwd\"><workbook/>" },
		  "declares a document type",
		  "publisher",
		  "bad.xlsx: workbook.xml",
		  0,
		  0 },
		{ { .sheet = SHEET(ONE_SHEET), .strings = "<!DOCTYPE s [<!ENTITY % p SYSTEM \"x\">]><sst/>" },
		  "declares a document type",
		  "publisher",
		  "bad.xlsx: sharedStrings.xml",
		  0,
		  0 },
		{ { .sheet = SHEET("<row><c><v>&boom;</v></c></row>") },
		  "not well-formed",
		  "save it again",
		  "bad.xlsx: Sheet 1",
		  1,
		  0 },
		/* Shared strings. */
		{ { .sheet = SHEET("<row r=\"7\"><c r=\"C7\" t=\"s\"><v>1</v></c></row>"), .strings = ONE_STRING },
		  "the cell C7 names the shared string \"1\", but the workbook has 1",
		  "save it again",
		  "bad.xlsx: Sheet 1",
		  7,
		  3 },
		{ { .sheet = SHEET(ONE_SHEET) }, "\"0\", but the workbook has 0", "save it again", "Sheet 1", 1, 1 },
		{ { .sheet = SHEET("<row><c t=\"s\"><v>-1</v></c></row>"), .strings = ONE_STRING },
		  "string \"-1\"",
		  "save it again",
		  "Sheet 1",
		  1,
		  1 },
		{ { .sheet = SHEET("<row><c t=\"s\"><v>99999999999999999999</v></c></row>"), .strings = ONE_STRING },
		  "string \"99999999999999999999\"",
		  "save it again",
		  "Sheet 1",
		  1,
		  1 },
		{ { .sheet = SHEET(ONE_SHEET), .strings = "<sst><si><t>a</t>" },
		  "ends too early",
		  "again",
		  "bad.xlsx: sharedStrings.xml",
		  0,
		  0 },
		/* The sheet. */
		{ { .sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c" },
		  "ends too early",
		  "again",
		  "bad.xlsx: Sheet 1",
		  2,
		  0 },
		{ { .sheet = "<worksheet><sheetData>" }, "ends too early", "again", "bad.xlsx: Sheet 1", 0, 0 },
		{ { .sheet = "<worksheet><sheetData></worksheet>" },
		  "mismatched tag",
		  "save it again",
		  "Sheet 1",
		  0,
		  0 },
		{ { .sheet = SHEET("<row r=\"3\"><c r=\"A3\"><v>\x01</v></c></row>") },
		  "not well-formed",
		  "save it again",
		  "Sheet 1",
		  3,
		  0 },
		{ { .sheet = SHEET("<row r=\"3\"><c r=\"XFE3\"><v>1</v></c></row>") },
		  "\"XFE3\" lies beyond XFD",
		  "save it again",
		  "Sheet 1",
		  3,
		  0 },
		{ { .sheet = SHEET("<row r=\"3\"><c r=\"3\"><v>1</v></c></row>") },
		  "its place is \"3\"",
		  "save it again",
		  "Sheet 1",
		  3,
		  0 },
		{ { .sheet = SHEET("<row r=\"3\"><c r=\"XFD3\"/><c/></row>") },
		  "beyond XFD",
		  "save it again",
		  "Sheet 1",
		  3,
		  0 },
		{ { .sheet = "<chartsheet/>" },
		  "no worksheet: the part of the workbook is a \"chartsheet\"",
		  "save it again",
		  "Sheet 1",
		  0,
		  0 },
		{ { .sheet = "<!doctype html><html></html>" }, "not well-formed", "save it again", "Sheet 1", 0, 0 },
		{ { .sheet = "<?xml version=\"1.0\" encoding=\"x-unknown\"?><worksheet/>" },
		  "unknown encoding",
		  "save it again",
		  "Sheet 1",
		  0,
		  0 },
		/* The workbook. */
		{ { .workbook = WORKBOOK("<sheets/>") },
		  "no worksheet in this workbook",
		  "save it again",
		  "bad.xlsx",
		  0,
		  0 },
		{ { .workbook = "<document/>" },
		  "no workbook: its main part is a \"document\"",
		  "save it again",
		  "bad.xlsx: workbook.xml",
		  0,
		  0 },
		{ { .workbook = "<workbook" }, "ends too early", "again", "bad.xlsx: workbook.xml", 0, 0 },
		{ { .rels = "<Relationships><x></Relationships>" },
		  "mismatched tag",
		  "save it again",
		  "bad.xlsx: workbook.xml.rels",
		  0,
		  0 },
		{ { .styles = "<styleSheet><cellXfs>" }, "ends too early", "again", "bad.xlsx: styles.xml", 0, 0 },
		{ { .workbook = "",
		    .types = TYPES(""),
		    .package = RELS(""),
		    .more = { { "xl/workbook.bin", SLICE("binary") } } },
		  ".xlsb",
		  "as .xlsx",
		  "bad.xlsx",
		  0,
		  0 },
		{ { .workbook = "",
		    .types = TYPES(""),
		    .package = RELS(REL("a", "officeDocument", "word/document.xml")),
		    .more = { { "word/document.xml", SLICE("<w/>") } } },
		  "a Word document",
		  "table",
		  "bad.xlsx",
		  0,
		  0 },
		{ { .workbook = "", .types = TYPES(""), .package = RELS("") },
		  "without a workbook",
		  "workbook",
		  "bad.xlsx",
		  0,
		  0 },
	};
	struct buffer out = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		const char *path = make_book("bad.xlsx", &rows[i].book);
		ROW_CHECK(!dump_file(path, 0, &out, &err), i);
		if (err.code != ERROR_INPUT || !strstr(err.text, rows[i].text) || !strstr(err.hint, rows[i].hint))
			fail_msg("row %zu: %s (%s)", i, err.text, err.hint);
		size_t tail = strlen(rows[i].file);
		if (strlen(err.file) < tail || strcmp(err.file + strlen(err.file) - tail, rows[i].file) != 0 ||
		    err.line != rows[i].line || err.column != rows[i].column)
			fail_msg("row %zu: %s:%llu:%u", i, err.file, (unsigned long long)err.line, err.column);
	}
	buffer_free(&out);
}

/* A zip that lies in a zip and is no workbook. */
static void a_zip_is_no_table(void **state)
{
	(void)state;
	static const struct make_entry entry = { "a.txt", SLICE("a\tb\n") };
	struct slice inner = make_load(make_zip("inner.zip", &entry, 1, ZIP_EM_NONE));
	struct make_entry outer = { "inner.zip", inner };
	struct input_source *c;
	struct buffer out = { 0 };
	struct error err = { 0 };
	assert_true(input_source_open(make_zip("outer.zip", &outer, 1, ZIP_EM_NONE), NULL, &c, &err));
	assert_false(dump_sheet(c, 0, 0, NULL, 0, &out, &err));
	assert_non_null(strstr(err.text, "without a workbook"));
	assert_non_null(strstr(err.file, "outer.zip: inner.zip"));
	input_source_close(c);
	make_free(inner);
	error_clear(&err);
	/* Text is no package. */
	struct input_source *package;
	assert_true(input_source_open(make_file("text.txt", SLICE("a\tb\n")), NULL, &c, &err));
	assert_false(input_source_open_package(c, 0, &package, &err));
	assert_non_null(strstr(err.text, "no zip"));
	input_source_close(c);
	buffer_free(&out);
}

/* More than a cell may hold, or than we hold of a row: a row that is counted, not the end. */
static void long_texts_reject_their_row(void **state)
{
	(void)state;
	struct slice fits = make_run(32767, 'a');
	struct slice beyond = make_run(32768, 'a');
	struct buffer b = { 0 };
	struct buffer strings = { 0 };
	struct error err = { 0 };
	struct buffer out = { 0 };

	for (size_t i = 0; i < 4; i++) {
		struct slice text = i % 2 == 0 ? fits : beyond;
		buffer_clear(&b);
		buffer_clear(&strings);
		buffer_printf(&strings, NULL, "<sst><si><t>%.*s</t></si></sst>", (int)text.length, text.at);
		buffer_append_text(&b, "<worksheet><sheetData><row><c><v>1</v></c><c><v>1</v></c></row>", NULL);
		if (i < 2)
			buffer_printf(&b, NULL, "<row><c t=\"str\"><v>x</v></c><c t=\"str\"><v>%.*s</v></c></row>",
				      (int)text.length, text.at);
		else
			buffer_append_text(&b, "<row><c t=\"str\"><v>x</v></c><c t=\"s\"><v>0</v></c></row>", NULL);
		buffer_append_text(&b, "<row><c><v>1</v></c><c><v>2</v></c></row></sheetData></worksheet>", NULL);
		buffer_terminate(&b, NULL);
		buffer_terminate(&strings, NULL);
		const struct make_book book = { .sheet = b.at, .strings = strings.at };
		ROW_CHECK(dump_file(make_book("long.xlsx", &book), 0, &out, &err), i);
		if (i % 2 == 0)
			ROW_CHECK(out.length > 32767, i);
		else
			ROW_CHECK(strcmp(out.at, "1:1|1|;2:(too long, 2);3:1|2|;") == 0, i);
	}
	/* Two megabytes in one row. */
	buffer_clear(&b);
	buffer_append_text(&b, "<worksheet><sheetData><row><c><v>1</v></c></row><row>", NULL);
	for (size_t i = 0; i < 64; i++)
		buffer_printf(&b, NULL, "<c t=\"str\"><v>%.*s</v></c>", (int)fits.length, fits.at);
	buffer_append_text(&b, "</row><row><c><v>1</v></c></row></sheetData></worksheet>", NULL);
	buffer_terminate(&b, NULL);
	const struct make_book book = { .sheet = b.at };
	assert_true(dump_file(make_book("long.xlsx", &book), 0, &out, &err));
	assert_string_equal(out.at, "1:1|;2:(too long, 0);3:1|;");
	make_free(fits);
	make_free(beyond);
	buffer_free(&b);
	buffer_free(&strings);
	buffer_free(&out);
}

/* Nesting, names and tags without end: the parser's memory has a limit. */
static void the_parser_has_a_limit(void **state)
{
	(void)state;
	struct buffer out = { 0 };
	for (int kind = 0; kind < 3; kind++) {
		struct buffer b = { 0 };
		struct error err = { 0 };
		buffer_append_text(&b, "<worksheet>", NULL);
		if (kind == 2)
			buffer_append_text(&b, "<a b=\"", NULL);
		for (unsigned i = 0; b.length < (size_t)48 << 20; i++) {
			if (kind == 0)
				buffer_append_text(&b, NESTED, NULL);
			else if (kind == 1)
				buffer_printf(&b, NULL, "<a%u/>", i);
			else
				buffer_append_text(&b, "0123456789abcdef0123456789abcdef", NULL);
		}
		buffer_terminate(&b, NULL);
		const struct make_book book = { .sheet = b.at };
		assert_false(dump_file(make_book("limit.xlsx", &book), 0, &out, &err));
		if (err.code != ERROR_LIMIT || !strstr(err.text, "nested too deep"))
			fail_msg("kind %d: %d %s", kind, err.code, err.text);
		buffer_free(&b);
	}
	buffer_free(&out);
}

static void bombs_are_refused(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	struct input_source_limits limits = { 1000, 0 };
	buffer_append_text(&b, "<worksheet><sheetData>", NULL);
	for (size_t i = 0; i < 1000; i++)
		buffer_append_text(&b, "<row><c><v>1</v></c></row>", NULL);
	buffer_append_text(&b, "</sheetData></worksheet>", NULL);
	buffer_terminate(&b, NULL);
	const struct make_book book = { .sheet = b.at };
	struct input_source *c;
	struct buffer out = { 0 };
	struct error err = { 0 };
	assert_true(input_source_open(make_book("bomb.xlsx", &book), &limits, &c, &err));
	assert_false(dump_sheet(c, 0, 0, NULL, 0, &out, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_non_null(strstr(err.text, "more than 4000 bytes"));
	input_source_close(c);
	buffer_free(&b);
	buffer_free(&out);
}

/* Cut anywhere, a sheet is never taken for a whole one. */
static void a_cut_is_noticed(void **state)
{
	(void)state;
	static const char sheet[] = SHEET("<row r=\"1\">" TEXT("A1", "h") TEXT("B1", "i") "</row><row r=\"2\">" TEXT(
		"A2", "x") "<c r=\"B2\" t=\"s\"><v>0</v></c></row>");
	struct buffer out = { 0 };
	char part[sizeof sheet];
	for (size_t length = 1; length < sizeof sheet - 1; length++) {
		struct error err = { 0 };
		memcpy(part, sheet, length);
		part[length] = '\0';
		const struct make_book book = { .sheet = part, .strings = ONE_STRING };
		ROW_CHECK(!dump_file(make_book("cut.xlsx", &book), 0, &out, &err), length);
		ROW_CHECK(err.code == ERROR_INPUT, length);
	}
	buffer_free(&out);
}

#ifdef SOC_FAULTS

/* Each event of a kind fails in turn: told, nothing leaked, no half for the whole. */
static void failures_are_told(void **state)
{
	(void)state;
	static const struct make_book book = {
		.sheet = SHEET("<row r=\"1\">" TEXT(
			"A1", "h") "</row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c></row>"
				   "<row r=\"3\"><c r=\"A3\" s=\"0\"><v>1</v></c><c r=\"Z3\"><v>1</v></c></row>"),
		.strings = ONE_STRING,
		.styles = STYLES("<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/></numFmts>"
				 "<cellXfs><xf numFmtId=\"164\"/></cellXfs>"),
	};
	static const enum fault_kind kinds[] = { FAULT_MEMORY, FAULT_READ, FAULT_WRITE };
	struct slice bytes = make_load(make_book("fault.xlsx", &book));
	struct make_entry entry = { "Fault.xlsx", bytes };
	const char *paths[3];
	paths[0] = make_path("fault.xlsx");
	paths[1] = make_zip("fault.zip", &entry, 1, ZIP_EM_NONE);
	paths[2] = make_gzip("fault.xlsx.gz", bytes);
	make_free(bytes);
	struct buffer out = { 0 };
	size_t want = 0;
	assert_true(buffer_reserve(&out, 4096, NULL));
	for (size_t i = 0; i < COUNT(kinds) * COUNT(paths); i++) {
		for (long k = 1;; k++) {
			struct input_source *c = NULL;
			struct table_sheets sheets = { 0 };
			struct error err = { 0 };
			fault_arm(kinds[i / COUNT(paths)], k, false);
			bool ok = input_source_open(paths[i % COUNT(paths)], NULL, &c, &err) &&
				  table_sheets_list(c, 0, &sheets, &err) && dump_sheet(c, 0, 0, &want, 1, &out, &err);
			long failures = fault_failures(kinds[i / COUNT(paths)]);
			fault_arm(kinds[i / COUNT(paths)], 0, false);
			ROW_CHECK(ok == (err.code == ERROR_NONE), k);
			ROW_CHECK(ok || err.text[0] != '\0', k);
			if (ok)
				assert_string_equal(out.at, "1:h|;2:found|;3:1900-01-01|;");
			table_sheets_free(&sheets);
			input_source_close(c);
			if (failures == 0)
				break;
			ROW_CHECK(!ok, k);
			ROW_CHECK(k < 5000, k);
		}
	}
	buffer_free(&out);
}

#endif

/* ---- real workbooks ---- */

/* Find the header that has a field, count the rows below it that are not rejected, and look at one. */
static void check_sheet(const char *path, const char *member, const char *sheet, const char *header, size_t rows,
			size_t at, size_t field, const char *text)
{
	struct input_source *c;
	struct table_sheets sheets;
	struct table *t;
	struct table_row row;
	struct error err = { 0 };
	size_t count = 0;
	bool found = false;
	bool seen = false;

	if (!input_source_open(path, NULL, &c, &err))
		fail_msg("%s: %s", err.file, err.text);
	struct table_place place = { c, 0, 0 };
	const struct input_source_member *members = input_source_members(c, &count);
	while (member && place.member + 1 < count && strcmp(members[place.member].name, member) != 0)
		place.member++;
	assert_true(table_sheets_list(c, place.member, &sheets, &err));
	while (place.sheet + 1 < sheets.count && strcmp(sheets.names[place.sheet].at, sheet) != 0)
		place.sheet++;
	assert_string_equal(sheets.names[place.sheet].at, sheet);
	assert_true(table_open(&place, &t, &err));
	while (!found && table_next_header(t, &err) == TABLE_ROW) {
		const struct slice *names = table_header(t, &count);
		for (size_t i = 0; i < count; i++)
			found = found || strcmp(names[i].at, header) == 0;
	}
	if (!found)
		fail_msg("%s: %s: no header with \"%s\"", path, sheet, header);
	count = 0;
	while (table_next(t, &row, &err) == TABLE_ROW) {
		assert_int_equal(row.reject, REJECT_NONE);
		if (++count == at) {
			if (!slice_equal(slice_trim(row.fields[field]), slice_of(text)))
				fail_msg("%s: %s: row %zu: \"%.*s\"", path, sheet, at, (int)row.fields[field].length,
					 row.fields[field].at);
			seen = true;
		}
	}
	if (err.code != ERROR_NONE)
		fail_msg("%s: %s", err.file, err.text);
	assert_true(seen);
	if (count != rows)
		fail_msg("%s: %s: %zu rows", path, sheet, count);
	table_close(t);
	table_sheets_free(&sheets);
	input_source_close(c);
}

static void real_workbooks_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *file;
		const char *member;
		const char *sheet;
		const char *header;
		size_t rows;
		size_t at;    /* this row ... */
		size_t field; /* ... has in this field ... */
		const char *text;
	} rows[] = {
		{ "soc/soc_2018_definitions.xlsx", NULL, "2018 SOC", "SOC Code", 1447, 1447, 1, "55-3019" },
		{ "soc/soc_structure_2018.xlsx", NULL, "2018 Structure", "Detailed Occupation", 1447, 4, 3, "11-1011" },
		{ "soc/soc_2018_direct_match_title_file.xlsx", NULL, "Sorted by SOC", "2018 SOC Direct Match Title",
		  6520, 2, 2, "CEO" },
		{ "soc/2019_to_SOC_Crosswalk.xlsx", NULL, "O-NET-SOC 2019 Occupation Listi", "O*NET-SOC 2019 Code",
		  1016, 1016, 0, "55-3019.00" },
		{ "crosswalk/soc_2010_to_2018_crosswalk.xlsx", NULL, "Sorted by 2010", "2010 SOC Code", 900, 1, 2,
		  "11-1011" },
		{ "bls/national_M2024_dl.xlsx", NULL, "national_M2024_dl", "OCC_CODE", 1403, 2, 8, "11-0000" },
		{ "bls/national_M2024_dl.xlsx", NULL, "national_M2024_dl", "H_MEAN", 1403, 1, 17, "32.66" },
		{ "bls/occupation.xlsx", NULL, "Table 1.2", "Occupation type", 1117, 1, 1, "00-0000" },
		{ "bls/2018-occupation-code-list-and-crosswalk.xlsx", NULL, "OVERVIEW",
		  "2018 Census Occupation Code List, Crosswalk, and Summary of Code Changes", 13, 1, 0, "2019-09-26" },
		{ "flag/Wage Year 2025-26 Appendix A, Job Zone, and Education.xlsx", NULL, "Appendix A SOC Codes",
		  "O*NET Code", 405, 1, 0, "11-1011.00" },
		{ "flag/Wage Year 2025-26 Appendix A, Job Zone, and Education.xlsx", NULL, "All SOC Codes (Job Zones)",
		  "Job Zone", 997, 1, 5, "5" },
		{ "flag/Wage Year 2025-26 Appendix A, Job Zone, and Education.xlsx", NULL, "All SOC Codes (Education)",
		  "SOC Code", 997, 1, 1, "11-1011" },
		{ "oflc/LCA_Disclosure_Data_FY2024_Q1.xlsx", NULL, "LCA_FY2024_Q1", "JOB_TITLE", 71032, 1, 1,
		  "15-1244" },
		{ "onet/db_29_3_excel.zip", "Occupation Data.xlsx", "Occupation Data", "O*NET-SOC Code", 1016, 1016, 0,
		  "55-3019.00" },
		{ "onet/db_29_3_excel.zip", "Alternate Titles.xlsx", "Alternate Titles", "Alternate Title", 56560, 2, 2,
		  "Agency Owner" },
		{ "onet/db_29_3_excel.zip", "Sample of Reported Titles.xlsx", "Sample of Reported Titles",
		  "Reported Job Title", 7796, 1, 2, "CEO (Chief Executive Officer)" },
		{ "onet/db_29_3_excel.zip", "Task Statements.xlsx", "Task Statements", "Task ID", 18796, 1, 2, "8823" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char path[512];
		find_data(rows[i].file, path, sizeof path);
		check_sheet(path, rows[i].member, rows[i].sheet, rows[i].header, rows[i].rows, rows[i].at,
			    rows[i].field, rows[i].text);
	}
}

/* The disclosure file is there twice: the workbook must say what the text says. */
static void a_workbook_reads_as_its_text(void **state)
{
	(void)state;
	char paths[2][512];
	struct input_source *c[2];
	struct table *t[2];
	struct table_row row[2];
	struct error err = { 0 };
	size_t rows = 0;

	find_data("oflc/LCA_Disclosure_Data_FY2024_Q1.xlsx", paths[0], sizeof paths[0]);
	find_data("oflc/LCA_Disclosure_Data_FY2024_Q1.csv.gz", paths[1], sizeof paths[1]);
	for (size_t i = 0; i < 2; i++) {
		assert_true(input_source_open(paths[i], NULL, &c[i], &err));
		struct table_place place = { c[i], 0, 0 };
		assert_true(table_open(&place, &t[i], &err));
		assert_int_equal(table_next_header(t[i], &err), TABLE_ROW);
	}
	while (table_next(t[0], &row[0], &err) == TABLE_ROW) {
		assert_int_equal(table_next(t[1], &row[1], &err), TABLE_ROW);
		assert_int_equal(row[0].count, 11);
		assert_int_equal(row[1].count, 11);
		for (size_t f = 0; f < 11; f++) {
			/* The text writes a wage as 88712.0 here and there. */
			struct slice a = row[0].fields[f];
			struct slice b = row[1].fields[f];
			if (b.length > a.length && b.length - a.length == 2 && memcmp(b.at + a.length, ".0", 2) == 0)
				b.length -= 2;
			/* A text that was taken for a formula has no value: ="Early ..." */
			if (!slice_equal(a, b) && !(a.length == 0 && b.length > 2 && memcmp(b.at, "=\"", 2) == 0))
				fail_msg("row %zu, field %zu: \"%.*s\", \"%.*s\"", rows, f, (int)a.length, a.at,
					 (int)b.length, b.at);
		}
		rows++;
	}
	assert_int_equal(rows, 71032);
	assert_int_equal(err.code, ERROR_NONE);
	for (size_t i = 0; i < 2; i++) {
		table_close(t[i]);
		input_source_close(c[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_texts),
		cmocka_unit_test(days_may_count_from_1904),
		cmocka_unit_test(rows_may_be_sparse),
		cmocka_unit_test(a_header_may_come_late),
		cmocka_unit_test(what_is_wanted_stays_the_same),
		cmocka_unit_test(parts_are_found),
		cmocka_unit_test(sheets_are_listed),
		cmocka_unit_test(a_workbook_may_lie_anywhere),
		cmocka_unit_test(bad_workbooks_are_told),
		cmocka_unit_test(a_zip_is_no_table),
		cmocka_unit_test(long_texts_reject_their_row),
		cmocka_unit_test(the_parser_has_a_limit),
		cmocka_unit_test(bombs_are_refused),
		cmocka_unit_test(a_cut_is_noticed),
#ifdef SOC_FAULTS
		cmocka_unit_test(failures_are_told),
#endif
		cmocka_unit_test(real_workbooks_are_read),
		cmocka_unit_test(a_workbook_reads_as_its_text),
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
