// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * utf8.c - decodes and validates UTF-8, by utf8proc.
 */
#include "lib/base/utf8.h"

#include <utf8proc.h>

size_t utf8_decode(struct slice s, size_t at, int32_t *character)
{
	/* A character has at most four bytes: more need not be offered, and need not fit a signed size. */
	size_t left = s.length - at;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.at + at,
					      (utf8proc_ssize_t)(left < 4 ? left : 4), character);
	return n > 0 ? (size_t)n : 0;
}

size_t utf8_write(uint32_t character, char *to)
{
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)character, (utf8proc_uint8_t *)to);
}

bool slice_is_utf8(struct slice s, size_t *bad)
{
	int32_t character;
	for (size_t at = 0, n; at < s.length; at += n) {
		n = (unsigned char)s.at[at] < 0x80 ? s.at[at] != '\0' : utf8_decode(s, at, &character);
		if (n > 0)
			continue;
		if (bad)
			*bad = at;
		return false;
	}
	return true;
}
