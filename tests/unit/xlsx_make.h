// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xlsx_make.h - workbooks for tests: the parts that a test does not give are the simplest that there are.
 */
#ifndef SOC_TESTS_UNIT_XLSX_MAKE_H
#define SOC_TESTS_UNIT_XLSX_MAKE_H

#include "tests/unit/corpus_make.h"

#define MAIN_NS "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define REL_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE_NS "http://schemas.openxmlformats.org/package/2006/"

/* A worksheet with these rows. */
#define SHEET(rows) \
	"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<worksheet xmlns=\"" MAIN_NS \
	"\"><dimension ref=\"A1:B2\"/><sheetData>" rows "</sheetData></worksheet>"
#define STRINGS(items) "<sst xmlns=\"" MAIN_NS "\">" items "</sst>"
#define STYLES(content) "<styleSheet xmlns=\"" MAIN_NS "\">" content "</styleSheet>"
#define WORKBOOK(content) "<workbook xmlns=\"" MAIN_NS "\" xmlns:r=\"" REL_NS "\">" content "</workbook>"
#define RELS(content) "<Relationships xmlns=\"" PACKAGE_NS "relationships\">" content "</Relationships>"
#define REL(id, type, target) "<Relationship Id=\"" id "\" Type=\"" REL_NS "/" type "\" Target=\"" target "\"/>"
#define TYPES(content) "<Types xmlns=\"" PACKAGE_NS "content-types\">" content "</Types>"
#define MAIN_TYPE(part) \
	"<Override PartName=\"" part "\" ContentType=\"application/vnd.openxmlformats-officedocument." \
	"spreadsheetml.sheet.main+xml\"/>"

/* A cell with an inline string. */
#define TEXT(at, text) "<c r=\"" at "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"

/* NULL: the usual one; "": none. */
struct make_book {
	const char *sheet;
	const char *strings;
	const char *styles;
	const char *workbook;
	const char *rels;
	const char *types;
	const char *package;       /* _rels/.rels */
	struct make_entry more[4]; /* other parts */
};

static inline const char *make_book(const char *name, const struct make_book *b)
{
	struct make_entry entries[16];
	size_t count = 0;
	const struct {
		const char *path;
		const char *given;
		const char *usual;
	} parts[] = {
		{ "[Content_Types].xml", b->types, TYPES(MAIN_TYPE("/xl/workbook.xml")) },
		{ "_rels/.rels", b->package, RELS(REL("rId1", "officeDocument", "xl/workbook.xml")) },
		{ "xl/workbook.xml", b->workbook,
		  WORKBOOK("<sheets><sheet name=\"Sheet 1\" sheetId=\"1\" r:id=\"rId1\"/></sheets>") },
		{ "xl/_rels/workbook.xml.rels", b->rels,
		  RELS(REL("rId1", "worksheet", "worksheets/sheet1.xml")
			       REL("rId2", "sharedStrings", "sharedStrings.xml") REL("rId3", "styles", "styles.xml")) },
		{ "xl/worksheets/sheet1.xml", b->sheet, SHEET("") },
		{ "xl/sharedStrings.xml", b->strings, "" },
		{ "xl/styles.xml", b->styles, "" },
	};
	for (size_t i = 0; i < COUNT(parts); i++) {
		const char *content = parts[i].given ? parts[i].given : parts[i].usual;
		if (*content)
			entries[count++] = (struct make_entry){ parts[i].path, slice_of(content) };
	}
	for (size_t i = 0; i < COUNT(b->more) && b->more[i].name; i++)
		entries[count++] = b->more[i];
	return make_zip(name, entries, count, ZIP_EM_NONE);
}

#endif
