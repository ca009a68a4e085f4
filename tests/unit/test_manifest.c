// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_manifest.c - a manifest without the tables of its sources.
 */
#include "tests/unit/unit.h"

#include "lib/index/manifest.h"

static void tables_are_left_out(void **state)
{
	static const struct {
		const char *text, *brief;
	} rows[] = {
		{ "", "" },
		{ "{}", "{}" },
		{ "{\"sources\":[{\"name\":\"a\",\"tables\":[{\"rows\":1,\"rejected\":{\"x\":[1]}},[[]]],\"b\":[2]},{"
		  "\"tables\":[]}]}",
		  "{\"sources\":[{\"name\":\"a\",\"tables\":[],\"b\":[2]},{\"tables\":[]}]}" },
		/* brackets, quotes and names within strings are text */
		{ "{\"tables\":[{\"table\":\"]\\\"],\\\\\"}],\"c\":3}", "{\"tables\":[],\"c\":3}" },
		{ "{\"name\":\"\\\"tables\\\":[1]\",\"d\":[4]}", "{\"name\":\"\\\"tables\\\":[1]\",\"d\":[4]}" },
		{ "{\"a\":\"tables\",\"tables2\":[1],\"tables\":5}",
		  "{\"a\":\"tables\",\"tables2\":[1],\"tables\":5}" },
		/* what ends too soon */
		{ "{\"tables\":[", "{\"tables\":[" },
		{ "{\"tables\":[[1]", "{\"tables\":[" },
		{ "{\"tables\":[\"", "{\"tables\":[" },
		{ "{\"tables\":[\"\\", "{\"tables\":[" },
		{ "{\"a", "{\"a" },
		{ "\"\\", "\"\\" },
		{ "\"tables\"", "\"tables\"" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer out = { 0 };
		struct error err = { 0 };
		/* Of just its own size: reading beyond is seen. */
		char *text = strdup(rows[i].text);
		assert_non_null(text);
		ROW_CHECK(manifest_leave_tables((struct slice){ text, strlen(text) }, &out, &err), i);
		ROW_CHECK(slice_equal(buffer_slice(&out), slice_of(rows[i].brief)), i);
		free(text);
		buffer_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(tables_are_left_out) };
	return cmocka_run_group_tests_name("lib/index/manifest", tests, NULL, NULL);
}
