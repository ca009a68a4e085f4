// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/document/markup.h"

bool markup_put_text(struct slice text, struct buffer *out, struct error *err)
{
	size_t from = 0;
	for (size_t at = 0; at <= text.length; at++) {
		unsigned char c = at < text.length ? (unsigned char)text.at[at] : 0;
		bool special = c < ' ' || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'';
		if (!special)
			continue;
		if (!buffer_append(out, text.at + from, at - from, err) ||
		    (at < text.length && !buffer_printf(out, err, "&#%u;", c < ' ' ? 0xFFFDu : c)))
			return false;
		from = at + 1;
	}
	return true;
}
