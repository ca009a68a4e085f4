// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * html_escape.c - text with what is special in HTML and SVG escaped.
 */
#include "query/output/html_escape.h"

/* Control characters, and " & ' < >, as bits: what is replaced. */
#define SPECIAL (0xFFFFFFFFu | 1ull << '"' | 1ull << '&' | 1ull << '\'' | 1ull << '<' | 1ull << '>')

static inline bool is_special(unsigned char c)
{
	return c < 64 && SPECIAL >> c & 1;
}

static bool put_special(unsigned char c, struct buffer *out, struct error *err)
{
	return buffer_printf(out, err, "&#%u;", c < ' ' ? 0xFFFDu : c);
}

bool markup_put_text(struct slice text, struct buffer *out, struct error *err)
{
	size_t from = 0;
	for (size_t at = 0; at < text.length; at++) {
		unsigned char c = (unsigned char)text.at[at];
		if (!is_special(c))
			continue;
		if (!buffer_append(out, text.at + from, at - from, err) || !put_special(c, out, err))
			return false;
		from = at + 1;
	}
	return buffer_append(out, text.at + from, text.length - from, err);
}
