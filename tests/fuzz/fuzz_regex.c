// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fuzz_regex.c - the first line is a pattern, the rest a text.  Whatever they are, compiling and matching ends, and
 * matches lie in the text, each behind the last; a pattern that is refused has an error with a text.
 */
#include <stdint.h>
#include <stdlib.h>

#include "lib/text/regex.h"

#define ROUNDS_MAX 20

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void find_all(struct regex *p, struct slice text)
{
	struct regex_span place;
	size_t from = 0;
	for (int i = 0; i < ROUNDS_MAX; i++) {
		if (regex_find(p, text, from, &place, NULL) != REGEX_FOUND)
			return;
		if (place.start < from || place.start > text.length || place.length > text.length - place.start)
			abort();
		size_t next = regex_after(text, place);
		if (next <= from && i > 0 && place.length == 0)
			abort();
		from = next;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct slice source = { (const char *)bytes, length }, text = { "", 0 };
	const char *end = length ? memchr(source.at, '\n', length) : NULL;
	struct regex *p = NULL;
	struct error err = { 0 };

	if (end) {
		source.length = (size_t)(end - source.at);
		text = (struct slice){ end + 1, length - source.length - 1 };
	}
	if (regex_new(source, &p, &err))
		find_all(p, text);
	else if (p || err.code == ERROR_NONE || err.text[0] == '\0')
		abort();
	regex_free(p);
	return 0;
}
