// SPDX-License-Identifier: GPL-3.0-or-later
#include <utf8proc.h>

#include "lib/base/memory.h"

/* The length of the character at `at`; 0 where there is none. */
static size_t character_length(struct slice s, size_t at)
{
	utf8proc_int32_t character;
	unsigned char c = (unsigned char)s.at[at];
	if (c < 0x80)
		return c > 0;
	utf8proc_ssize_t n =
		utf8proc_iterate((const utf8proc_uint8_t *)s.at + at, (utf8proc_ssize_t)(s.length - at), &character);
	return n > 0 ? (size_t)n : 0;
}

bool slice_is_utf8(struct slice s, size_t *bad)
{
	for (size_t at = 0, n; at < s.length; at += n) {
		n = character_length(s, at);
		if (n > 0)
			continue;
		if (bad)
			*bad = at;
		return false;
	}
	return true;
}
