// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * terminal.c - the width of a terminal and of texts on it, and texts made harmless for it.
 */
#include "lib/base/terminal.h"
#include "lib/base/utf8.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <utf8proc.h>

enum { WIDTH_LEAST = 40, WIDTH_USUAL = 80, WIDTH_MOST = 200 };

int terminal_width(FILE *stream)
{
	long width = 0;
	const char *columns = getenv("COLUMNS");

	if (columns && *columns >= '0' && *columns <= '9') {
		char *end;
		width = strtol(columns, &end, 10);
		if (*end != '\0')
			width = 0;
	}
#ifdef TIOCGWINSZ
	struct winsize size;
	if (width <= 0 && stream && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0)
		width = size.ws_col;
#endif
	if (width <= 0)
		width = WIDTH_USUAL;
	return width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : (int)width;
}

bool terminal_colour(FILE *stream, const char *when)
{
	if (when && strcmp(when, "always") == 0)
		return true;
	if (when && strcmp(when, "never") == 0)
		return false;
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");
	return !(no_color && *no_color) && term && strcmp(term, "dumb") != 0 && isatty(fileno(stream)) == 1;
}

/* The next character of *rest, which must not be empty; -1 for a byte that is not UTF-8. */
static int32_t next_character(struct slice *rest, struct slice *bytes)
{
	int32_t c;
	size_t length = utf8_decode(*rest, 0, &c);
	*bytes = (struct slice){ rest->at, length > 0 ? length : 1 };
	rest->at += bytes->length;
	rest->length -= bytes->length;
	return length > 0 ? c : -1;
}

/* Nearly all text is ASCII that shows: so many bytes of it are at the beginning. */
static size_t plain_length(struct slice text)
{
	size_t length = 0;
	while (length < text.length && text.at[length] >= ' ' && text.at[length] < 0x7F)
		length++;
	return length;
}

size_t terminal_columns(struct slice text)
{
	size_t columns = 0;
	while (text.length > 0) {
		struct slice bytes;
		size_t plain = plain_length(text);
		if (plain > 0) {
			columns += plain;
			text = (struct slice){ text.at + plain, text.length - plain };
			continue;
		}
		int32_t c = next_character(&text, &bytes);
		columns += c < 0 ? 1 : (size_t)utf8proc_charwidth(c);
	}
	return columns;
}

bool terminal_clean(struct slice text, struct buffer *out, struct error *err)
{
	while (text.length > 0) {
		struct slice bytes = { text.at, plain_length(text) };
		if (bytes.length > 0) {
			if (!buffer_append(out, bytes.at, bytes.length, err))
				return false;
			text = (struct slice){ text.at + bytes.length, text.length - bytes.length };
			continue;
		}
		int32_t c = next_character(&text, &bytes);
		if ((c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029)
			bytes = SLICE(" ");
		else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200E && c <= 0x200F) || c == 0x061C ||
			 (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || (c >= 0xFDD0 && c <= 0xFDEF) ||
			 (c & 0xFFFE) == 0xFFFE)
			bytes = SLICE("\xEF\xBF\xBD");
		if (!buffer_append(out, bytes.at, bytes.length, err))
			return false;
	}
	return true;
}
