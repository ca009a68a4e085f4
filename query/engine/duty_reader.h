// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_reader.h - inside of duty_sheet.h: a sheet that is being read.
 */
#ifndef SOC_QUERY_ENGINE_DUTY_READER_H
#define SOC_QUERY_ENGINE_DUTY_READER_H

#include "query/engine/duty_sheet.h"

struct duty_reader {
	struct session *session;
	struct duty_sheet *sheet;
	size_t heading;       /* the duty to which bullets belong, from 1; 0: none */
	size_t heading_lines; /* that went to such */
	size_t last_indent;
	bool last; /* the line above was of the last duty */
};

/* An error at a line of the sheet; false. */
bool duty_reader_fail(struct duty_reader *r, uint64_t line, const char *hint, const char *format, ...)
	ERROR_PRINTF(4, 5);
/* Add a duty; the text is copied. */
bool duty_reader_add(struct duty_reader *r, struct slice text, struct duty_time time, uint64_t line);
/* Add a line that is none. */
bool duty_reader_leave(struct duty_reader *r, enum duty_line_kind kind, struct slice text, uint64_t line);
/* Add a note to the sheet. */
bool duty_reader_note(struct duty_reader *r, const char *format, ...) ERROR_PRINTF(2, 3);

/* Whether a file of this name and content is a table; read one (duty_rows.c). */
bool duty_rows_are(struct slice bytes, const char *path);
bool duty_rows_read(struct duty_reader *r, struct slice bytes);

/* Make shares of the times (duty_shares.c). */
bool duty_shares_make(struct duty_reader *r);

#endif
