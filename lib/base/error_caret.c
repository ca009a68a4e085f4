// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * error_caret.c - the line with a caret below, added to the text of an error.
 */
#include "lib/base/error_caret.h"
#include "lib/base/terminal.h"
#include "lib/base/utf8.h"

/* So many bytes of a line are shown before its place, and as many behind. */
#define AROUND 60

/* The beginning of the character at `at`, which may be the end. */
static size_t character_begin(struct slice s, size_t at)
{
	size_t begin = at;
	while (begin > 0 && at - begin < 3 && begin < s.length && utf8_continues(s.at[begin]))
		begin--;
	return begin;
}

/* Controls would move what stands behind them. */
static bool append_visible(struct buffer *out, struct slice part)
{
	bool ok = true;
	for (size_t i = 0; ok && i < part.length; i++) {
		unsigned char c = (unsigned char)part.at[i];
		ok = buffer_append_byte(out, c < 0x20 || c == 0x7F ? ' ' : (char)c, NULL);
	}
	return ok;
}

bool error_caret_add(struct error *err, struct slice line, size_t offset)
{
	struct buffer text = { 0 };
	if (!err || err->code == ERROR_NONE)
		return false;
	offset = character_begin(line, offset < line.length ? offset : line.length);
	size_t from = offset > AROUND ? character_begin(line, offset - AROUND) : 0;
	size_t to = line.length - offset > AROUND ? character_begin(line, offset + AROUND) : line.length;
	bool ok = buffer_append_text(&text, from ? "\n  ..." : "\n  ", NULL);
	size_t margin = text.length - 1;
	ok = ok && append_visible(&text, (struct slice){ line.at + from, offset - from });
	if (ok)
		margin += terminal_columns((struct slice){ text.at + margin + 1, text.length - margin - 1 });
	ok = ok && append_visible(&text, (struct slice){ line.at + offset, to - offset }) &&
	     buffer_append_text(&text, to < line.length ? "..." : "", NULL) &&
	     buffer_printf(&text, NULL, "\n%*s^", (int)margin, "");
	size_t used = strlen(err->text);
	/* All of it or nothing: half a line points nowhere. */
	if (ok && used + text.length < sizeof err->text) {
		memcpy(err->text + used, text.at, text.length);
		err->text[used + text.length] = '\0';
	}
	buffer_free(&text);
	return false;
}
