// SPDX-License-Identifier: GPL-3.0-or-later
/* test_json_writer.c - answers in JSON: layout, numbers, characters that are escaped or replaced, failures of memory. */
#include "tests/unit/unit.h"

#include <jansson.h>
#include <math.h>

#include "lib/base/fault.h"
#include "query/output/json_writer.h"

#define BAD "\xEF\xBF\xBD"

static void write_nested(struct json_writer *w)
{
	json_begin_object(w, NULL);
	json_write_string(w, "text", "a");
	json_write_string(w, "nothing", NULL);
	json_begin_object(w, "empty");
	json_end_object(w);
	json_begin_array(w, "none");
	json_end_array(w);
	json_begin_array(w, "list");
	json_write_count(w, NULL, 18446744073709551615u);
	json_begin_object(w, NULL);
	json_write_bool(w, "yes", true);
	json_write_bool(w, "no", false);
	json_end_object(w);
	json_begin_array(w, NULL);
	json_write_null(w, NULL);
	json_begin_array(w, NULL);
	json_end_array(w);
	json_end_array(w);
	json_end_array(w);
	json_write_texts(w, "texts", (struct slice[]){ SLICE("x"), { NULL, 0 } }, 2);
	json_write_text_or_null(w, "no text", SLICE(""));
	json_write_text_or_null(w, "\"", SLICE("y"));
	json_end_object(w);
}

static void check(struct buffer *out, const char *wanted, size_t row)
{
	if (!slice_equal(buffer_slice(out), slice_of(wanted)))
		fail_msg("row %zu: %.*s", row, (int)out->length, out->at);
	buffer_free(out);
}

static void layout_is_indented_or_one_line(void **state)
{
	(void)state;
	struct buffer out = { 0 };
	struct json_writer lines = { .out = &out, .digits = JSON_DIGITS_MEASURED, .indented = true };
	struct json_writer line = { .out = &out, .digits = JSON_DIGITS_MEASURED };
	write_nested(&lines);
	check(&out,
	      "{\n  \"text\": \"a\",\n  \"nothing\": null,\n  \"empty\": {},\n  \"none\": [],\n  \"list\": [\n"
	      "    18446744073709551615,\n    {\n      \"yes\": true,\n      \"no\": false\n    },\n    [\n      null,\n"
	      "      []\n    ]\n  ],\n  \"texts\": [\n    \"x\",\n    \"\"\n  ],\n  \"no text\": null,\n  \"\\\"\": \"y\"\n}",
	      0);
	write_nested(&line);
	check(&out,
	      "{\"text\":\"a\",\"nothing\":null,\"empty\":{},\"none\":[],\"list\":[18446744073709551615,"
	      "{\"yes\":true,\"no\":false},[null,[]]],\"texts\":[\"x\",\"\"],\"no text\":null,\"\\\"\":\"y\"}",
	      1);
}

/* What one writer has written inside of an object stands in another one as if it had been written there. */
static void members_of_another_writer(void **state)
{
	(void)state;
	struct buffer out = { 0 }, more = { 0 };
	for (size_t before = 0; before < 2; before++) {
		struct json_writer inner = { .out = &more, .indented = true, .depth = 1 };
		struct json_writer w = { .out = &out, .indented = true };
		json_begin_array(&inner, "list");
		json_write_count(&inner, NULL, 1);
		json_end_array(&inner);
		json_begin_object(&w, NULL);
		if (before)
			json_write_null(&w, "a");
		json_write_members(&w, SLICE(""));
		json_write_members(&w, buffer_slice(&more));
		json_write_null(&w, "z");
		json_end_object(&w);
		check(&out,
		      before ? "{\n  \"a\": null,\n  \"list\": [\n    1\n  ],\n  \"z\": null\n}"
			     : "{\n  \"list\": [\n    1\n  ],\n  \"z\": null\n}",
		      before);
		buffer_free(&more);
	}
}

static void numbers_have_their_digits(void **state)
{
	(void)state;
	static const struct {
		double value;
		const char *measured, *exact;
	} rows[] = {
		{ 0.0, "0.0", "0.0" },
		{ -0.0, "-0.0", "-0.0" },
		{ 3.0, "3.0", "3.0" },
		{ 0.1, "0.1", "0.1" },
		{ 123456.789, "123457.0", "123456.789" },
		{ 1234567.0, "1.23457e6", "1234567.0" },
		{ 123456789012345.0, "1.23457e14", "123456789012345.0" },
		{ 1234567890123456.0, "1.23457e15", "1.23456789012346e15" },
		{ 1.0 / 3.0, "0.333333", "0.333333333333333" },
		{ -2.5e-7, "-2.5e-7", "-2.5e-7" },
		{ 1e300, "1e300", "1e300" },
		{ NAN, "0.0", "0.0" },
		{ -INFINITY, "0.0", "0.0" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer out = { 0 };
		struct json_writer w = { .out = &out, .digits = JSON_DIGITS_EXACT };
		json_write_real(&w, NULL, rows[i].value);
		check(&out, rows[i].exact, i);
		w = (struct json_writer){ .out = &out, .digits = JSON_DIGITS_EXACT };
		json_write_measured(&w, NULL, rows[i].value);
		check(&out, rows[i].measured, i);
		w = (struct json_writer){ .out = &out, .digits = JSON_DIGITS_MEASURED };
		json_write_real(&w, NULL, rows[i].value);
		check(&out, rows[i].measured, i);
	}
}

static void texts_are_utf8(void **state)
{
	(void)state;
	static const struct {
		struct slice text;
		const char *json;
	} rows[] = {
		{ SLICE(""), "\"\"" },
		{ { NULL, 0 }, "\"\"" },
		{ SLICE("\"\\/\b\f\n\r\t"), "\"\\\"\\\\/\\b\\f\\n\\r\\t\"" },
		{ SLICE("\x01\x1f\x7f"), "\"\\u0001\\u001F\x7f\"" },
		{ SLICE("a\0b\0"), "\"a" BAD "b" BAD "\"" },
		{ SLICE("\xFF\0caf\xC3\xA9\xC3"), "\"" BAD BAD "caf\xC3\xA9" BAD "\"" },
		{ SLICE("\0\xE2\x82\xAC\xE2\x82"), "\"" BAD "\xE2\x82\xAC" BAD BAD "\"" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer out = { 0 };
		struct json_writer w = { .out = &out };
		json_write_text(&w, NULL, rows[i].text);
		json_t *read = json_loadb(out.at, out.length, JSON_DECODE_ANY, NULL);
		ROW_CHECK(json_is_string(read), i);
		json_decref(read);
		check(&out, rows[i].json, i);
	}
}

static void failures_of_memory_are_told(void **state)
{
	(void)state;
	bool ok = false;
	for (long at = 1; !ok; at++) {
		struct buffer out = { 0 };
		struct error err = { 0 };
		struct json_writer w = { .out = &out, .err = &err, .indented = true };
		fault_arm(FAULT_MEMORY, at, false);
		json_begin_array(&w, NULL);
		for (size_t i = 0; i < 200; i++)
			write_nested(&w);
		json_end_array(&w);
		ok = fault_failures(FAULT_MEMORY) == 0;
		fault_arm(FAULT_MEMORY, 0, false);
		assert_int_equal(buffer_ok(&out), ok);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		buffer_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layout_is_indented_or_one_line), cmocka_unit_test(members_of_another_writer),
		cmocka_unit_test(numbers_have_their_digits),      cmocka_unit_test(texts_are_utf8),
		cmocka_unit_test(failures_of_memory_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
