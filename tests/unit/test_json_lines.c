// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/base/fault.h"
#include "lib/table/csv_reader.h"
#include "lib/table/json_lines.h"
#include "lib/table/table.h"

/* All rows as one text: the names of the columns, then for each row "LINE:a|b;", a reason in front of the fields of
 * one that is rejected. */
static void render(struct slice text, struct buffer *out, struct error *err)
{
	struct input_source *c;
	struct table *t = NULL;
	struct table_row row;
	size_t count;
	buffer_clear(out);
	assert_true(input_source_open_memory(text, "rows.jsonl", NULL, &c, err));
	struct table_place place = { c, 0, 0 };
	if (table_open(&place, &t, err) && table_next_header(t, err) == TABLE_ROW) {
		assert_string_equal(table_format_name(t), "JSON Lines");
		const struct slice *header = table_header(t, &count);
		for (size_t i = 0; i < count; i++)
			buffer_printf(out, NULL, "%s%.*s", i ? "|" : "", (int)header[i].length, header[i].at);
		buffer_append_byte(out, ';', NULL);
		while (table_next(t, &row, err) == TABLE_ROW) {
			buffer_printf(out, NULL, "%llu:", (unsigned long long)row.line);
			if (row.reject != REJECT_NONE)
				buffer_printf(out, NULL, "!%s", reject_reason_name(row.reject));
			for (size_t i = 0; row.reject == REJECT_NONE && i < row.count; i++)
				buffer_printf(out, NULL, "%s%.*s", i ? "|" : "", (int)row.fields[i].length,
					      row.fields[i].at);
			buffer_append_text(out, row.cut ? "!cut;" : ";", NULL);
		}
	}
	buffer_terminate(out, NULL);
	table_close(t);
	input_source_close(c);
}

static const struct {
	const char *text, *rows;
} cases[] = {
	{ "{\"id\":\"1\",\"title\":\"Nurse\"}\n{\"title\":\"Clerk\",\"id\":\"2\"}\n", "id|title;1:1|Nurse;2:2|Clerk;" },
	{ "\xEF\xBB\xBF{\"a\":\"x\"}", "a;1:x;" },
	{ "\n \t\r\n{\"a\":\"x\"}\r\n\n{\"a\":\"y\"}\n\n", "a;3:x;5:y;" },
	/* what may be missing or more; the last of two */
	{ "{\"a\":\"x\",\"b\":\"y\"}\n{\"b\":\"z\"}\n{}\n{\"c\":\"w\",\"a\":\"v\"}\n",
	  "a|b|c;1:x|y|;2:|z|;3:||;4:v||w;" },
	{ "{\"a\":\"x\",\"a\":\"y\"}\n", "a;1:y;" },
	/* values of every kind */
	{ "{\"a\":17}\n{\"a\":18.50}\n{\"a\":-0}\n{\"a\":1e5}\n{\"a\":12345678901234567890123}\n",
	  "a;1:17;2:18.50;3:-0;4:1e5;5:12345678901234567890123;" },
	{ "{\"a\":true}\n{\"a\":false}\n{\"a\":null}\n", "a;1:true;2:false;3:;" },
	{ "{\"a\": [1, {\"b\": [ ]}, \"x]\"] }\n{\"a\":{\"b\":{}, \"c\":[[]]}}\n",
	  "a;1:[1, {\"b\": [ ]}, \"x]\"];2:{\"b\":{}, \"c\":[[]]};" },
	/* escapes */
	{ "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}\n", "a;1:\"\\/\b\f\n\r\t;" },
	{ "{\"a\":\"\\u0041\\u00e9\\u20ac\\ud83d\\ude00\"}\n", "a;1:A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80;" },
	{ "{\"a\":\"\\ud83dx\\ude00\"}\n", "a;1:\xEF\xBF\xBDx\xEF\xBF\xBD;" },
	{ "{\"a\":\"\\ud83d\\u0041\"}\n", "a;1:\xEF\xBF\xBD"
					  "A;" },
	{ "{\"\\u0061\":\"x\"}\n{\"a\":\"y\"}\n", "a;1:x;2:y;" },
	/* what is no object, also before the first one that is */
	{ "{\"a\":\"x\"}\nnot\n[1]\n\"a\"\n{\"a\":\"y\"}\n",
	  "a;1:x;2:!not a JSON object;3:!not a JSON object;4:!not a JSON object;5:y;" },
	{ "{oh\n{\"a\":\"x\"}\n", "a;1:!not a JSON object;2:x;" },
	{ "{\"z\":1,}\n{\"a\":\"x\"}\n", "a;1:!not a JSON object;2:x;" },
	{ "{}\n{\"a\":\"x\"}\n", "a;1:;2:x;" },
	{ "{\"a\":\"x\"}\n{\"a\":\"y\"\n{\"a\":\"z\"}}\n{\"a\":\"w\"} x\n",
	  "a;1:x;2:!not a JSON object;3:!not a JSON object;4:!not a JSON object;" },
	{ "{\"a\":\"x\"}\n{\"a\":01}\n{\"a\":1.}\n{\"a\":+1}\n{\"a\":.5}\n{\"a\":1e}\n{\"a\":tru}\n{\"a\":\"\\x\"}\n"
	  "{\"a\":\"\\u12g4\"}\n{\"a\":\"\t\"}\n{\"a\":[1,]}\n{\"a\":[1}\n{\"a\":{\"b\"}}\n{\"a\" "
	  "\"b\"}\n{a:1}\n{\"a\":}\n",
	  "a;1:x;2:!not a JSON object;3:!not a JSON object;4:!not a JSON object;5:!not a JSON object;"
	  "6:!not a JSON object;7:!not a JSON object;8:!not a JSON object;9:!not a JSON object;10:!not a JSON object;"
	  "11:!not a JSON object;12:!not a JSON object;13:!not a JSON object;14:!not a JSON object;"
	  "15:!not a JSON object;16:!not a JSON object;" },
	{ "{\"a\":\"x\"}\n{\"a\":\"\xFF\"}\n{\"a\":\"\\u0000\"}\n", "a;1:x;2:!invalid UTF-8;3:!invalid UTF-8;" },
};

static void lines_are_rows(void **state)
{
	(void)state;
	struct buffer out = { 0 };
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct error err = { 0 };
		/* A copy of the very size, so that the sanitizer sees one byte too many. */
		size_t length = strlen(cases[i].text);
		char *copy = malloc(length);
		assert_non_null(copy);
		memcpy(copy, cases[i].text, length);
		render((struct slice){ copy, length }, &out, &err);
		free(copy);
		if (strcmp(out.at, cases[i].rows) != 0 || err.code != ERROR_NONE)
			fail_msg("row %zu: %s\nwanted: %s\n%s", i, out.at, cases[i].rows, err.text);
	}
	buffer_free(&out);
}

static void what_is_no_jsonl_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *error;
	} refused[] = {
		{ "[{\"a\":\"x\"},\n{\"a\":\"y\"}]\n", "JSON array" },
		{ "{\n\"a\":\"x\"\n}\n", "no line of its beginning" },
		{ "{}\n{}\n", "no line of its beginning" },
		{ "[{\"a\":\"x\"},{\"a\":\"y\"}]", "JSON array" },
		{ "{\"a\":{\"0\":\"x\",\"1\":\"y\"},\"b\":{\"0\":\"z\"}}\n", "a whole table" },
		{ "{\"columns\":[\"a\"],\"index\":[0],\"data\":[[\"x\"]]}\n", "a whole table" },
	};
	struct buffer out = { 0 };
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct error err = { 0 };
		render(slice_of(refused[i].text), &out, &err);
		ROW_CHECK(err.code == ERROR_INPUT && strstr(err.text, refused[i].error) && err.hint[0], i);
	}
	buffer_free(&out);
}

static void fill(struct buffer *b, const char *before, size_t count, char c, const char *after)
{
	buffer_append_text(b, before, NULL);
	assert_true(buffer_reserve(b, count, NULL));
	memset(b->at + b->length, c, count);
	b->length += count;
	buffer_append_text(b, after, NULL);
}

/* A line too long is cut, wherever that is; what stands before the cut is used. */
static void long_lines_are_cut(void **state)
{
	(void)state;
	static const struct {
		const char *before, *after, *rows; /* `rows`: how they begin, where one is the cut text itself */
		char c;
		size_t count;
	} lines[] = {
		{ "{\"a\":\"x\",\"b\":\"", "\"}\n", "a|b;1:", 'x', 5 * JSON_LINE_CUT },
		{ "{\"a\":\"x\"}\n{\"a\":\"y\",\"z\":\"", "\",\"a\":\"w\"}\n{\"a\":\"u\"}\n", "a|z;1:x|;2:y|x", 'x',
		  5 * JSON_LINE_CUT },
		{ "{\"a\":\"x\"}\n{\"a\":\"y\",\"z\":", "}\n{\"a\":\"u\"}\n", "a;1:x;2:!not a JSON object!cut;3:u;",
		  '[', 2 * JSON_LINE_CUT },
		{ "{\"a\":\"x\"}\n{\"a\":\"y\",", "}\n{\"a\":\"u\"}\n", "a;1:x;2:y!cut;3:u;", ' ', 2 * JSON_LINE_CUT },
		{ "{\"a\":\"x\"}\n{\"a\":\"y\",\"z\":", "}\n{\"a\":\"u\"}", "a;1:x;2:y!cut;3:u;", '1',
		  2 * JSON_LINE_CUT },
		{ "{\"a\":\"x\"}\n{\"a\":\"y\",\"", "\":1}\n{\"a\":\"u\"}", "a;1:x;2:y!cut;3:u;", 'k',
		  2 * JSON_LINE_CUT },
		{ "{\"a\":\"x\"}\n", "", "a;1:x;2:!not a JSON object!cut;", 'k', 2 * JSON_LINE_CUT },
	};
	struct buffer text = { 0 }, out = { 0 };
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct error err = { 0 };
		buffer_clear(&text);
		fill(&text, lines[i].before, lines[i].count, lines[i].c, lines[i].after);
		render(buffer_slice(&text), &out, &err);
		size_t length = strlen(lines[i].rows);
		const char *end = i == 0 ? "!cut;" : "!cut;3:u|;";
		if (i < 2 ? out.length > JSON_LINE_CUT + 40 || memcmp(out.at, lines[i].rows, length) != 0 ||
				    strcmp(out.at + out.length - strlen(end), end) != 0
			  : strcmp(out.at, lines[i].rows) != 0)
			fail_msg("row %zu: %.100s", i, out.at);
	}
	buffer_free(&text);
	buffer_free(&out);
}

/* Nesting ends where it has to; as many members as one likes. */
static void depth_and_width(void **state)
{
	(void)state;
	struct buffer text = { 0 }, out = { 0 };
	struct error err = { 0 };
	fill(&text, "{\"a\":", JSON_DEPTH_MAX, '[', "");
	fill(&text, "", JSON_DEPTH_MAX, ']', "}\n");
	fill(&text, "{\"a\":", JSON_DEPTH_MAX + 1, '[', "");
	fill(&text, "", JSON_DEPTH_MAX + 1, ']', "}\n{\"a\":\"x\"}\n");
	render(buffer_slice(&text), &out, &err);
	assert_non_null(strstr(out.at, ";2:!not a JSON object;3:x;"));
	buffer_clear(&text);
	buffer_append_byte(&text, '{', NULL);
	for (int i = 0; i < 30000; i++)
		buffer_printf(&text, NULL, "%s\"m%d\":%d", i ? "," : "", i, i);
	buffer_append_text(&text, "}\n", NULL);
	render(buffer_slice(&text), &out, &err);
	assert_non_null(strstr(out.at, "|16383;"));
	assert_null(strstr(out.at, "|16384"));
	buffer_free(&text);
	buffer_free(&out);
}

/* Columns that are not in the first object, and those that are not wanted. */
static void columns_can_be_added(void **state)
{
	(void)state;
	static const struct slice text = SLICE("{\"a\":\"x\",\"b\":\"y\"}\n{\"late\":\"z\",\"b\":\"w\"}\n");
	struct input_source *c;
	struct table *t;
	struct table_row row;
	struct error err = { 0 };
	size_t column, count;
	bool added;
	assert_true(input_source_open_memory(text, "rows.jsonl", NULL, &c, &err));
	struct table_place place = { c, 0, 0 };
	assert_true(table_open(&place, &t, &err) && table_next_header(t, &err) == TABLE_ROW);
	assert_true(table_add_column(t, SLICE("late"), &column, &added, &err) && added);
	assert_int_equal(column, 2);
	assert_true(slice_equal(table_header(t, &count)[2], SLICE("late")) && count == 3);
	assert_true(table_want(t, &column, 1, &err));
	assert_int_equal(table_next(t, &row, &err), TABLE_ROW);
	assert_int_equal(row.fields[0].length + row.fields[2].length, 0);
	assert_int_equal(table_next(t, &row, &err), TABLE_ROW);
	assert_true(slice_equal(row.fields[2], SLICE("z")) && row.fields[1].length == 0);
	assert_true(slice_equal(row.raw, SLICE("{\"late\":\"z\",\"b\":\"w\"}")));
	assert_int_equal(table_next(t, &row, &err), TABLE_END);
	table_close(t);
	input_source_close(c);
	/* A CSV has the columns that it has. */
	assert_true(input_source_open_memory(SLICE("a,b\n1,2\n"), "rows.csv", NULL, &c, &err));
	place.input_source = c;
	assert_true(table_open(&place, &t, &err) && table_next_header(t, &err) == TABLE_ROW);
	assert_true(table_add_column(t, SLICE("late"), &column, &added, &err) && !added);
	table_close(t);
	input_source_close(c);
}

static void memory_may_be_short(void **state)
{
	(void)state;
	struct buffer out = { 0 };
	for (long at = 1; at < 200; at++) {
		struct error err = { 0 };
		struct input_source *c = NULL;
		struct table *t = NULL;
		struct table_row row;
		enum table_status status = TABLE_FAILED;
		fault_arm(FAULT_MEMORY, at, false);
		bool open = input_source_open_memory(SLICE("{\"a\":\"\\u0041\",\"b\":1}\n{\"b\":2}\n"), "x", NULL, &c,
						     &err);
		struct table_place place = { c, 0, 0 };
		open = open && table_open(&place, &t, &err) && table_next_header(t, &err) == TABLE_ROW;
		while (open && (status = table_next(t, &row, &err)) == TABLE_ROW)
			;
		long failed = fault_failures(FAULT_MEMORY);
		fault_arm(FAULT_MEMORY, 0, false);
		table_close(t);
		input_source_close(c);
		ROW_CHECK((status == TABLE_END) == (err.code == ERROR_NONE), at);
		ROW_CHECK(failed == 0 || err.code == ERROR_MEMORY, at);
		if (!failed)
			break;
	}
	buffer_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_rows),       cmocka_unit_test(what_is_no_jsonl_is_refused),
		cmocka_unit_test(long_lines_are_cut),   cmocka_unit_test(depth_and_width),
		cmocka_unit_test(columns_can_be_added), cmocka_unit_test(memory_may_be_short),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
