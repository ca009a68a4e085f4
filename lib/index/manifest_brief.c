// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/index/manifest.h"

/* What stands in front of the tables of a source; within a string the quotes would have backslashes before them. */
static const char tables[] = "\"tables\":[";

/* Behind the string that begins at `at`; the end where it has none. */
static const char *skip_string(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++)
		at += *at == '\\' && at + 1 < end;
	return at < end ? at + 1 : end;
}

/* The bracket that closes the array whose first byte this is; the end where there is none. */
static const char *find_close(const char *at, const char *end)
{
	for (size_t depth = 1; at < end;) {
		if (*at == '"') {
			at = skip_string(at, end);
			continue;
		}
		depth += *at == '[';
		depth -= *at == ']';
		if (depth == 0)
			break;
		at++;
	}
	return at;
}

bool manifest_leave_tables(struct slice text, struct buffer *out, struct error *err)
{
	const char *at = text.at, *kept = at;
	if (text.length == 0)
		return true;
	const char *end = at + text.length;
	while (at < end && (at = memchr(at, '"', (size_t)(end - at)))) {
		const char *name = at;
		at = skip_string(at, end);
		if ((size_t)(end - name) < sizeof tables - 1 || memcmp(name, tables, sizeof tables - 1) != 0)
			continue;
		at = name + sizeof tables - 1;
		if (!buffer_append(out, kept, (size_t)(at - kept), err))
			return false;
		kept = at = find_close(at, end);
	}
	return buffer_append(out, kept, (size_t)(end - kept), err);
}
