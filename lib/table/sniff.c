// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * sniff.c - the first bytes of files that are no tables.
 */
#include "lib/table/sniff.h"

#include "lib/base/utf8.h"

#define FETCH_AGAIN "the download went wrong: fetch the file itself again"
#define UNPACK "unpack it and give the folder"
#define GIVE_TABLE "give a table as text (tab-separated, CSV), or a release as published"
#define SAVE_UTF8 "save it as UTF-8 text"

/* The order matters where one begins another: the UTF-16 marks come last. */
static const struct magic {
	size_t at;
	struct slice bytes;
	bool text; /* compared without case, behind white space and a byte order mark */
	struct sniff is;
} magics[] = {
	{ 0, { "\x89PNG\r\n\x1a\n", 8 }, false, { "a PNG image", GIVE_TABLE } },
	{ 0, { "\xff\xd8\xff", 3 }, false, { "a JPEG image", GIVE_TABLE } },
	{ 0, { "GIF8", 4 }, false, { "a GIF image", GIVE_TABLE } },
	{ 0, { "%PDF-", 5 }, false, { "a PDF document", GIVE_TABLE } },
	{ 0, { "{\\rtf", 5 }, false, { "a rich text document", GIVE_TABLE } },
	{ 0,
	  { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8 },
	  false,
	  { "an old Excel workbook (.xls) or an encrypted Office file",
	    "save it as .xlsx without a password (libreoffice --convert-to xlsx FILE), or take the text edition of a release" } },
	{ 0, { "\x0f\x0dXapian", 8 }, false, { "an index of soc-index", "give the releases that it was built from" } },
	{ 0,
	  { "PAR1", 4 },
	  false,
	  { "a Parquet file",
	    "write it as CSV, such as by pandas: read_parquet(FILE).to_csv('jobs.csv', index=False)" } },
	{ 0,
	  { "<stata_dta>", 11 },
	  false,
	  { "a Stata file",
	    "write it as CSV: export delimited using jobs.csv, or pandas.read_stata(FILE).to_csv(...)" } },
	{ 0,
	  { "$FL2@(#)", 8 },
	  false,
	  { "an SPSS file", "write it as CSV: Save As, or pandas.read_spss(FILE).to_csv(...)" } },
	{ 0,
	  { "$FL3@(#)", 8 },
	  false,
	  { "an SPSS file", "write it as CSV: Save As, or pandas.read_spss(FILE).to_csv(...)" } },
	{ 0, { "SQLite format 3", 15 }, false, { "an SQLite database", GIVE_TABLE } },
	{ 0,
	  { "\x7f"
	    "ELF",
	    4 },
	  false,
	  { "a program", GIVE_TABLE } },
	{ 0, { "7z\xbc\xaf\x27\x1c", 6 }, false, { "a 7-Zip archive", UNPACK } },
	{ 0, { "Rar!\x1a\x07", 6 }, false, { "a RAR archive", UNPACK } },
	{ 0, { "BZh", 3 }, false, { "a bzip2 file", "unpack it with bunzip2" } },
	{ 0,
	  { "\xfd"
	    "7zXZ",
	    5 },
	  false,
	  { "an xz file", "unpack it with unxz" } },
	{ 0, { "\x28\xb5\x2f\xfd", 4 }, false, { "a Zstandard file", "unpack it with unzstd" } },
	{ 257, { "ustar", 5 }, false, { "a tar archive", UNPACK } },
	{ 0, { "<!doctype html", 14 }, true, { "a web page", FETCH_AGAIN } },
	{ 0, { "<html", 5 }, true, { "a web page", FETCH_AGAIN } },
	{ 0, { "<?xml", 5 }, true, { "an XML file", GIVE_TABLE } },
	{ 0,
	  { "version https://git-lfs", 23 },
	  true,
	  { "a Git LFS pointer, not the file itself", "fetch the file with `git lfs pull`" } },
	{ 0, { "\xff\xfe", 2 }, false, { "UTF-16 text", SAVE_UTF8 } },
	{ 0, { "\xfe\xff", 2 }, false, { "UTF-16 text", SAVE_UTF8 } },
};

bool sniff_zip(struct slice head)
{
	/* A member, an empty archive, the mark of a split one. */
	return slice_begins(head, SLICE("PK\3\4")) || slice_begins(head, SLICE("PK\5\6")) ||
	       slice_begins(head, SLICE("PK\7\10"));
}

bool sniff_gzip(struct slice head)
{
	return slice_begins(head, SLICE("\x1f\x8b"));
}

enum sniff_utf16 sniff_utf16(struct slice head)
{
	size_t zeros[2] = { 0, 0 }, pairs = head.length / 2;
	if (slice_begins(head, SLICE("\xff\xfe")))
		return UTF16_LITTLE_ENDIAN;
	if (slice_begins(head, SLICE("\xfe\xff")))
		return UTF16_BIG_ENDIAN;
	for (size_t i = 0; i < pairs * 2; i++)
		zeros[i % 2] += head.at[i] == '\0';
	bool little = zeros[1] > zeros[0];
	size_t most = zeros[little], least = zeros[!little];
	if (pairs < 4 || most * 2 < pairs || least * 8 > most)
		return NOT_UTF16;
	return little ? UTF16_LITTLE_ENDIAN : UTF16_BIG_ENDIAN;
}

static struct slice skip_to_text(struct slice s)
{
	(void)slice_skip(&s, SLICE(UTF8_BYTE_ORDER_MARK));
	return slice_trim(s);
}

bool sniff_markup(struct slice head)
{
	return slice_begins(skip_to_text(head), SLICE("<"));
}

const struct sniff *sniff_foreign(struct slice head)
{
	struct slice text = skip_to_text(head);

	for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
		const struct magic *m = &magics[i];
		struct slice s = m->text ? text : head;
		if (s.length < m->at + m->bytes.length)
			continue;
		struct slice part = { s.at + m->at, m->bytes.length };
		if (m->text ? slice_equal_nocase(part, m->bytes) : slice_equal(part, m->bytes))
			return &m->is;
	}
	return NULL;
}
