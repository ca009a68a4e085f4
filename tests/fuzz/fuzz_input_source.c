// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fuzz_input_source.c - zip, gzip or neither: every member can be read to its end, or the failure is told;
 * no guard is passed, and names stay inside.
 */
#include <stdint.h>
#include <stdlib.h>

#include "lib/table/input_source.h"
#include "tests/fuzz/check.h"

enum { MEMBER_LIMIT = 1 << 20 };

static void read_member(struct input_source *c, size_t member, uint64_t stored)
{
	static char block[4096];
	struct error err = { 0 };
	struct stream *s = NULL;
	struct slice head;
	uint64_t total = 0;
	size_t got = 1;

	bool ok = stream_open(c, member, &s, &err) && stream_peek(s, &head, &err);
	while (ok && got > 0) {
		ok = stream_read(s, block, sizeof block, &got, &err);
		total += ok ? got : 0;
	}
	check(ok == (err.code == ERROR_NONE));
	check(ok || err.text[0] != '\0');
	/* A file stored as it is has no limit. */
	check(total <= MEMBER_LIMIT || total <= stored);
	stream_close(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct input_source_limits limits = { MEMBER_LIMIT, 100 };
	struct error err = { 0 };
	struct input_source *c;
	size_t count = 0;
	char place[64];

	if (!input_source_open_memory((struct slice){ (const char *)bytes, length }, "fuzz", &limits, &c, &err)) {
		check(err.code != ERROR_NONE && err.text[0] != '\0' && c == NULL);
		return 0;
	}
	const struct input_source_member *members = input_source_members(c, &count);
	for (size_t i = 0; i < count && i < 64; i++) {
		check(members[i].path[0] != '/' && strncmp(members[i].path, "../", 3) != 0);
		for (const char *p = members[i].path; *p; p++)
			check((unsigned char)*p >= 32);
		input_source_place(c, i, place, sizeof place);
		check(strlen(place) < sizeof place);
		read_member(c, i, length);
	}
	input_source_close(c);
	return 0;
}
