// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * utf8.h - what is a character: well-formed UTF-8 (Unicode 15, table 3-7: no overlong forms, no surrogates).
 */
#ifndef SOC_BASE_UTF8_H
#define SOC_BASE_UTF8_H

#include "lib/base/memory.h"

#define UTF8_BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* The length in bytes of the character at `at`, which lies inside `s`, and which it is; 0 where there is none. */
size_t utf8_decode(struct slice s, size_t at, int32_t *character);

/* Write a character below U+110000 to `to`, which has room for four bytes; how many it takes. */
size_t utf8_write(uint32_t character, char *to);

/* Whether bytes are well-formed UTF-8 without NUL; *bad (may be NULL) gets the first offset that is not. */
bool slice_is_utf8(struct slice s, size_t *bad);

/* Whether a byte is the second, third or fourth one of its character. */
static inline bool utf8_continues(char byte)
{
	return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The first `most` bytes, or fewer where they would end inside a character. */
static inline struct slice utf8_cut(struct slice s, size_t most)
{
	if (s.length <= most)
		return s;
	while (most > 0 && utf8_continues(s.at[most]))
		most--;
	return (struct slice){ s.at, most };
}

/* What was cut at any byte, without its last character where that is not ASCII: it may not be whole. */
static inline struct slice utf8_trim(struct slice cut)
{
	size_t length = cut.length;
	while (length > 0 && cut.length - length < 3 && utf8_continues(cut.at[length - 1]))
		length--;
	if (length > 0 && (unsigned char)cut.at[length - 1] >= 0xC0)
		cut.length = length - 1;
	return cut;
}

#endif
