// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * html_escape.c - text with what is special in HTML and SVG escaped.
 */
#include "query/output/html_escape.h"

/* Control characters, and " & ' < >, as bits: nothing of what stands behind them is special. */
#define SPECIAL (0xFFFFFFFFu | 1ull << '"' | 1ull << '&' | 1ull << '\'' | 1ull << '<' | 1ull << '>')

static inline bool is_special(unsigned char c)
{
	return c < 64 && SPECIAL >> c & 1;
}

/* Whether none of eight bytes is special: they are blanks, 0x28 to 0x3B, or 0x3F and more.  What else is not, may be taken for it. */
static inline bool is_plain(const char *text)
{
	const uint64_t ones = 0x0101010101010101u, highest = 0x80 * ones;
	uint64_t eight;
	memcpy(&eight, text, sizeof eight);
	uint64_t low = eight & ~highest, not_blank = (low ^ 0x20 * ones) + 0x7F * ones;
	uint64_t from28 = low + 0x58 * ones, from3c = low + 0x44 * ones, from3f = low + 0x41 * ones;
	return !(~(eight | ~not_blank | (from28 & ~from3c) | from3f) & highest);
}

static bool put_special(unsigned char c, struct buffer *out, struct error *err)
{
	return buffer_printf(out, err, "&#%u;", c < ' ' ? 0xFFFDu : c);
}

bool markup_put_text(struct slice text, struct buffer *out, struct error *err)
{
	size_t from = 0;
	for (size_t at = 0; at < text.length;) {
		size_t left = text.length - at, stop = left < 8 ? text.length : at + 8;
		if (left >= 8 && is_plain(text.at + at)) {
			at = stop;
			continue;
		}
		for (; at < stop; at++) {
			unsigned char c = (unsigned char)text.at[at];
			if (!is_special(c))
				continue;
			if (!buffer_append(out, text.at + from, at - from, err) || !put_special(c, out, err))
				return false;
			from = at + 1;
		}
	}
	return buffer_append(out, text.at + from, text.length - from, err);
}
