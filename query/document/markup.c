// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/document/markup.h"

/* Control characters, and " & ' < >, as bits: nothing of what stands behind them is special. */
#define SPECIAL (0xFFFFFFFFu | 1ull << '"' | 1ull << '&' | 1ull << '\'' | 1ull << '<' | 1ull << '>')

static inline bool is_special(unsigned char c)
{
	return c < 64 && SPECIAL >> c & 1;
}

bool markup_put_text(struct slice text, struct buffer *out, struct error *err)
{
	size_t from = 0;
	for (size_t at = 0; at <= text.length; at++) {
		unsigned char c = at < text.length ? (unsigned char)text.at[at] : 0;
		if (!is_special(c))
			continue;
		if (!buffer_append(out, text.at + from, at - from, err) ||
		    (at < text.length && !buffer_printf(out, err, "&#%u;", c < ' ' ? 0xFFFDu : c)))
			return false;
		from = at + 1;
	}
	return true;
}
