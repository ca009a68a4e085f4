// SPDX-License-Identifier: GPL-3.0-or-later
/* varint.c - variable-length numbers and strings, appended to a buffer and read from bytes. */
#include "lib/index/varint.h"

bool pack_number(struct buffer *b, uint64_t number, struct error *err)
{
	char bytes[10];
	size_t n = 0;
	while (number >= 0x80) {
		bytes[n++] = (char)(unsigned char)(number | 0x80);
		number >>= 7;
	}
	bytes[n++] = (char)number;
	return buffer_append(b, bytes, n, err);
}

bool pack_string(struct buffer *b, struct slice s, struct error *err)
{
	return pack_number(b, s.length, err) && buffer_append(b, s.at, s.length, err);
}

bool pack_little(struct buffer *b, uint32_t number, size_t bytes, struct error *err)
{
	const char little[4] = { (char)number, (char)(number >> 8), (char)(number >> 16), (char)(number >> 24) };
	return buffer_append(b, little, bytes, err);
}

void *unpack_array(struct unpack *u, size_t least, size_t size, struct arena *arena, size_t *count, struct error *err)
{
	uint64_t stored = unpack_number(u);
	u->bad |= stored > (uint64_t)(u->end - u->at) / least;
	*count = u->bad ? 0 : (size_t)stored;
	return arena_room(arena, (*count + 1) * size, err);
}

bool unpack_finish(const struct unpack *u, const char *what, struct error *err)
{
	return (!u->bad && u->at == u->end) ||
	       error_set(err, ERROR_DAMAGED, "run soc-index verify FILE.soc, and build the index anew",
			 "the %s is malformed", what);
}

uint64_t unpack_long_number(struct unpack *u)
{
	uint64_t number = 0;
	for (unsigned shift = 0; u->at < u->end && shift < 64; shift += 7) {
		unsigned char byte = *u->at++;
		number |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80)
			return number;
	}
	u->bad = true;
	u->at = u->end;
	return 0;
}

struct slice unpack_long_string(struct unpack *u)
{
	uint64_t length = unpack_long_number(u);
	if (length > (uint64_t)(u->end - u->at)) {
		u->bad = true;
		u->at = u->end;
		return (struct slice){ "", 0 };
	}
	struct slice s = { (const char *)u->at, (size_t)length };
	u->at += length;
	return s;
}

struct unpack_pair unpack_long_two(struct unpack *u)
{
	uint64_t first = unpack_number(u), second = unpack_number(u);
	u->bad |= first > UINT32_MAX || second > UINT32_MAX;
	return u->bad ? (struct unpack_pair){ 0, 0 } : (struct unpack_pair){ (uint32_t)first, (uint32_t)second };
}
