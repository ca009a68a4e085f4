// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xlsx_strings.h - the texts of a workbook that its cells name by number.
 *
 * Read only as far as a cell has asked for: the texts stand in the order of their first use, so that
 * looking at a header costs next to nothing.  A text takes its bytes, one to three more for its length,
 * and four for its place.
 */
#ifndef SOC_TABLE_XLSX_STRINGS_H
#define SOC_TABLE_XLSX_STRINGS_H

#include "lib/base/memory.h"
#include "lib/table/xlsx_workbook.h"

enum shared_status {
	SHARED_FOUND,
	SHARED_TOO_LONG, /* more than a cell may hold */
	SHARED_BEYOND,   /* there are not so many */
	SHARED_FAILED    /* *err filled */
};

struct xlsx_strings;

/* `w` must outlive it; it need not have shared strings. */
bool xlsx_strings_new(struct xlsx_workbook *w, struct xlsx_strings **out, struct error *err);
/* The text of a number, borrowed until xlsx_strings_free(). */
enum shared_status xlsx_strings_get(struct xlsx_strings *s, size_t index, struct slice *out, struct error *err);
/* How many have been read so far: all of them after SHARED_BEYOND. */
size_t xlsx_strings_count(const struct xlsx_strings *s);
void xlsx_strings_free(struct xlsx_strings *s);

/*
 * a text as cells and shared strings hold it, put together from its runs.
 *
 *   <is> <t>plain</t> </is>      <si> <r><t>bold</t></r> <r><t xml:space="preserve"> and not</t></r>
 *                                     <rPh><t>how it is pronounced, which is left out</t></rPh> </si>
 */

/* Zero-initialise; the bytes go to a buffer of the caller. */
struct cell_text {
	size_t begin;      /* of the text in the buffer */
	unsigned phonetic; /* elements <rPh> that are open */
	bool open;         /* inside a <t> that counts */
	bool begun;        /* there has been one */
	bool keep_first;   /* xml:space="preserve" on the first and on the last <t> */
	bool keep_last;
};

/* A text begins where the buffer ends now. */
void cell_text_begin(struct cell_text *t, const struct buffer *b);
/* An element within it. */
void cell_text_start(struct cell_text *t, const char *name, const char **attributes);
void cell_text_end(struct cell_text *t, const char *name);
/* The text is complete: cut white space that was not meant, resolve escapes. */
struct slice cell_text_finish(struct cell_text *t, struct buffer *b);

#endif
