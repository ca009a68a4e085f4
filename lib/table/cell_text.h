// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cell_text.h - a text as cells and shared strings hold it, put together from its runs.
 *
 *   <is> <t>plain</t> </is>      <si> <r><t>bold</t></r> <r><t xml:space="preserve"> and not</t></r>
 *                                     <rPh><t>how it is pronounced, which is left out</t></rPh> </si>
 */
#ifndef SOC_TABLE_CELL_TEXT_H
#define SOC_TABLE_CELL_TEXT_H

#include "lib/base/memory.h"

/* Zero-initialise; the bytes go to a buffer of the caller. */
struct cell_text {
	size_t begin;       /* of the text in the buffer */
	unsigned phonetic;  /* elements <rPh> that are open */
	bool open;          /* inside a <t> that counts */
	bool begun;         /* there has been one */
	bool keep_first;    /* xml:space="preserve" on the first and on the last <t> */
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
