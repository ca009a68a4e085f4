// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fuzz_json_lines.c - whatever jansson takes for an object in one line, our reader takes too, and its text is the same.
 */
#include <jansson.h>
#include <string.h>

#include "lib/base/utf8.h"
#include "lib/table/json_lines.h"
#include "lib/table/table.h"
#include "tests/fuzz/check.h"

/* jansson's idea of a line; NULL where it refuses it, or should: it passes over a NUL behind a number or a literal. */
static json_t *parse(struct slice line)
{
	if (memchr(line.at, '\0', line.length))
		return NULL;
	json_t *value = json_loadb(line.at, line.length, JSON_ALLOW_NUL, NULL);
	if (value && !json_is_object(value)) {
		json_decref(value);
		value = NULL;
	}
	return value;
}

static bool has_nul(const json_t *object)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)object, key,
			    value) if (json_is_string(value) &&
				       memchr(json_string_value(value), '\0', json_string_length(value))) return true;
	return false;
}

/* The member of this name, which we know without white space around it; NULL where there is none, or several. */
static const json_t *find_member(const json_t *object, struct slice name)
{
	const json_t *found = NULL;
	const char *key;
	size_t length, count = 0;
	json_t *value;
	json_object_keylen_foreach((json_t *)(uintptr_t)object, key, length, value)
	{
		if (!slice_equal(slice_trim((struct slice){ key, length }), name))
			continue;
		found = value;
		count++;
	}
	return count == 1 ? found : NULL;
}

static void compare(const struct slice *names, const struct table_row *row, const json_t *object)
{
	for (size_t i = 0; i < row->count; i++) {
		const json_t *value = find_member(object, names[i]);
		struct slice text = row->fields[i];
		if (!value)
			continue;
		if (json_is_null(value))
			check(text.length == 0);
		else if (json_is_string(value))
			check(slice_equal(text, (struct slice){ json_string_value(value), json_string_length(value) }));
		else if (json_is_integer(value) && text.length < 18)
			check(json_integer_value(value) == strtoll(text.at, NULL, 10));
		else
			check(text.length > 0);
	}
}

/* The line with this number, from 1. */
static struct slice line_of(struct slice all, uint64_t number)
{
	const char *end = all.at + all.length;
	for (;;) {
		const char *newline = memchr(all.at, '\n', all.length);
		size_t length = newline ? (size_t)(newline - all.at) : all.length;
		if (--number == 0)
			return (struct slice){ all.at, length };
		all = (struct slice){ newline + 1, (size_t)(end - newline - 1) };
	}
}

static void read_rows(struct table *t, struct slice all)
{
	struct error err = { 0 };
	struct table_row row;
	enum table_status status;
	size_t count;
	uint64_t line = 0;
	if (table_next_header(t, &err) != TABLE_ROW) {
		check(err.code != ERROR_NONE || all.length == 0);
		return;
	}
	const struct slice *names = table_header(t, &count);
	while ((status = table_next(t, &row, &err)) == TABLE_ROW) {
		check(row.line > line);
		line = row.line;
		json_t *object = parse(line_of(all, line));
		for (size_t i = 0; row.reject == REJECT_NONE && i < row.count; i++)
			check(slice_is_utf8(row.fields[i], NULL));
		if (object && row.reject == REJECT_NONE)
			compare(names, &row, object);
		check(!object || row.reject == REJECT_NONE || has_nul(object));
		json_decref(object);
	}
	check((status == TABLE_FAILED) == (err.code != ERROR_NONE));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct error err = { 0 };
	struct input_source *c;
	struct table *t;
	struct slice all = { (const char *)bytes, length };
	if (length == 0 || !json_lines_probe(all) || !input_source_open_memory(all, "fuzz.jsonl", NULL, &c, &err))
		return 0;
	if (all.length >= 3 && memcmp(all.at, "\xEF\xBB\xBF", 3) == 0)
		all = (struct slice){ all.at + 3, all.length - 3 };
	size_t count;
	(void)input_source_members(c, &count);
	struct table_place place = { c, 0, 0 };
	if (count == 1 && table_open(&place, &t, &err)) {
		read_rows(t, all);
		table_close(t);
	}
	input_source_close(c);
	return 0;
}
