// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/base/utf8.h"
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/table/csv_reader.h"

/* Text that comes in pieces of `piece` bytes, and may break off with an error. */
struct pieces {
	struct slice left;
	size_t piece;
	bool breaks;
};

static bool read_piece(void *ctx, void *to, size_t size, size_t *got, struct error *err)
{
	struct pieces *p = ctx;
	*got = p->left.length < p->piece ? p->left.length : p->piece;
	if (*got > size)
		*got = size;
	if (*got == 0 && p->breaks)
		return error_set(err, ERROR_IO, NULL, "broke off");
	if (*got > 0)
		memcpy(to, p->left.at, *got);
	p->left.at += *got;
	p->left.length -= *got;
	return true;
}

/* All rows as one text: "1:a|b;" for fields a and b on line 1, "!long", "!bytes2" for faults, "." at the
 * end, "F" where it failed. */
static void render_as(struct slice text, struct csv_dialect dialect, size_t piece, struct buffer *out,
		      struct error *err)
{
	struct pieces pieces = { text, piece, false };
	struct csv_source source = { read_piece, &pieces };
	struct csv_reader *d = csv_reader_new(dialect, source, err);
	struct csv_row row;
	enum csv_status status;

	assert_non_null(d);
	buffer_clear(out);
	while ((status = csv_reader_next(d, &row, err)) == CSV_ROW) {
		buffer_printf(out, NULL, "%llu:", (unsigned long long)row.line);
		for (size_t i = 0; i < row.count; i++) {
			if (i > 0)
				buffer_append_byte(out, '|', NULL);
			buffer_append(out, row.fields[i].at, row.fields[i].length, NULL);
		}
		if (row.fault == CSV_TOO_LONG)
			buffer_append_text(out, "!long", NULL);
		if (row.fault == CSV_BAD_BYTES)
			buffer_printf(out, NULL, "!bytes%u", row.column);
		if (row.fault == CSV_OPEN_QUOTE)
			buffer_append_text(out, "!open", NULL);
		if (row.cut)
			buffer_append_text(out, "!cut", NULL);
		if (row.converted)
			buffer_append_text(out, "!1252", NULL);
		buffer_append_byte(out, ';', NULL);
	}
	buffer_append_byte(out, status == CSV_END ? '.' : 'F', NULL);
	csv_reader_free(d);
}

static void render(struct slice text, char delimiter, bool quotes, size_t piece, struct buffer *out, struct error *err)
{
	render_as(text, (struct csv_dialect){ delimiter, quotes, quotes, false, false, 0 }, piece, out, err);
}

static const struct {
	struct slice text;
	bool csv;
	struct slice rows;
} cases[] = {
	/* line ends */
	{ SLICE("a\tb\nc\td\n"), false, SLICE("1:a|b;2:c|d;.") },
	{ SLICE("a\tb\r\nc\td\r\n"), false, SLICE("1:a|b;2:c|d;.") },
	{ SLICE("a\tb\rc\td\r"), false, SLICE("1:a|b;2:c|d;.") },
	{ SLICE("a\tb\r\nc\td"), false, SLICE("1:a|b;2:c|d;.") },
	{ SLICE("a\rb\nc\r\nd"), false, SLICE("1:a;2:b;3:c;4:d;.") },
	{ SLICE(""), false, SLICE(".") },
	{ SLICE("\n"), false, SLICE(".") },
	{ SLICE("\r\n\r\n"), false, SLICE(".") },
	{ SLICE("a\n\n\nb\r\n\r\nc"), false, SLICE("1:a;4:b;6:c;.") },
	{ SLICE("a"), false, SLICE("1:a;.") },
	/* the byte order mark */
	{ SLICE("\xEF\xBB\xBF"
		"a\tb\n"),
	  false, SLICE("1:a|b;.") },
	{ SLICE("\xEF\xBB\xBF"), false, SLICE(".") },
	{ SLICE("a\n\xEF\xBB\xBF"
		"b\n"),
	  false,
	  SLICE("1:a;2:\xEF\xBB\xBF"
		"b;.") },
	/* empty fields */
	{ SLICE("\t\n"), false, SLICE("1:|;.") },
	{ SLICE("\t\t"), false, SLICE("1:||;.") },
	{ SLICE("a\t\n\tb\n"), false, SLICE("1:a|;2:|b;.") },
	/* O*NET text has no quoting */
	{ SLICE("\"a\tb\"\n"), false, SLICE("1:\"a|b\";.") },
	{ SLICE("a,b\tc\n"), false, SLICE("1:a,b|c;.") },
	/* bytes that are no text */
	{ SLICE("a\t\xC3\xA9\n"), false, SLICE("1:a|\xC3\xA9;.") },
	{ SLICE("a\tb\xFF\tc\nd\n"), false, SLICE("1:a|b\xFF|c!bytes2;2:d;.") },
	{ SLICE("a\0b\tc\n"), false, SLICE("1:a\0b|c!bytes1;.") },
	{ SLICE("a\t\xC3\tc\n"), false, SLICE("1:a|\xC3|c!bytes2;.") },
	{ SLICE("a\tb\t\xED\xA0\x80\n"), false, SLICE("1:a|b|\xED\xA0\x80!bytes3;.") },
	/* CSV */
	{ SLICE("a,b\r\nc,d\r\n"), true, SLICE("1:a|b;2:c|d;.") },
	{ SLICE("\"a\",\"b\"\n"), true, SLICE("1:a|b;.") },
	{ SLICE("\"a,b\",c\n"), true, SLICE("1:a,b|c;.") },
	{ SLICE("\"say \"\"so\"\"\",c\n"), true, SLICE("1:say \"so\"|c;.") },
	{ SLICE("\"\"\"\"\n"), true, SLICE("1:\";.") },
	{ SLICE("\"\"\n"), true, SLICE("1:;.") },
	{ SLICE("\"\",\"\"\n"), true, SLICE("1:|;.") },
	{ SLICE("\"two\nlines\",b\nc,d\n"), true, SLICE("1:two\nlines|b;3:c|d;.") },
	{ SLICE("\"two\r\nlines\",b\r\nc,d\r\n"), true, SLICE("1:two\r\nlines|b;3:c|d;.") },
	{ SLICE("\"two\rlines\",b\rc,d\r"), true, SLICE("1:two\rlines|b;3:c|d;.") },
	{ SLICE("a\"b,c\"d\n"), true, SLICE("1:a\"b|c\"d;.") },
	{ SLICE("\"a\"b,c\n"), true, SLICE("1:ab|c;.") },
	{ SLICE("\"a\" \"b\",c\n"), true, SLICE("1:a \"b\"|c;.") },
	{ SLICE(" \"a\",b\n"), true, SLICE("1: \"a\"|b;.") },
	{ SLICE("a,\"b\""), true, SLICE("1:a|b;.") },
	{ SLICE("\xEF\xBB\xBF\"a\",b\n"), true, SLICE("1:a|b;.") },
	{ SLICE(",\n"), true, SLICE("1:|;.") },
	/* Windows-1252 in CSV, field by field */
	{ SLICE("a,\"\xFF\"\n"), true, SLICE("1:a|\xC3\xBF!1252;.") },
	{ SLICE("caf\xE9,b\nc,d\n"), true, SLICE("1:caf\xC3\xA9|b!1252;2:c|d;.") },
	{ SLICE("\x80\x93\x9F\xA0\xFE,\xC3\xA9,e\xE8\n"), true,
	  SLICE("1:\xE2\x82\xAC\xE2\x80\x9C\xC5\xB8\xC2\xA0\xC3\xBE|\xC3\xA9|e\xC3\xA8!1252;.") },
	{ SLICE("\"\x93so\x94,\n\x96\"\n"), true, SLICE("1:\xE2\x80\x9Cso\xE2\x80\x9D,\n\xE2\x80\x93!1252;.") },
	{ SLICE("a\xE9,b\x81\nc\xE9,d\n"), true, SLICE("1:a\xC3\xA9|b\x81!bytes2!1252;2:c\xC3\xA9|d!1252;.") },
	{ SLICE("\xE9\0,b\n"), true, SLICE("1:\xE9\0|b!bytes1;.") },
	{ SLICE("\xE9,b\0\n"), true, SLICE("1:\xC3\xA9|b\0!bytes2!1252;.") },
	{ SLICE("a,b\nc,\"d\ne,f\n"), true, SLICE("1:a|b;F") },
	{ SLICE("\""), true, SLICE("F") },
};

/* However the bytes come in, the rows are the same. */
static void rows_are_cut(void **state)
{
	(void)state;
	static const size_t pieces[] = { 1, 2, 3, 5, 1 << 20 };
	struct buffer out = { 0 };

	for (size_t i = 0; i < COUNT(cases); i++) {
		for (size_t p = 0; p < COUNT(pieces); p++) {
			struct error err = { 0 };
			/* A copy of the very size, so that the sanitizer sees one byte too many. */
			size_t length = cases[i].text.length;
			char *copy = malloc(length + 1);
			assert_non_null(copy);
			memcpy(copy, cases[i].text.at, length);
			render((struct slice){ copy, length }, cases[i].csv ? ',' : '\t', cases[i].csv, pieces[p], &out,
			       &err);
			free(copy);
			ROW_CHECK(slice_equal(buffer_slice(&out), cases[i].rows), i);
			ROW_CHECK((err.code != ERROR_NONE) == (out.at[out.length - 1] == 'F'), i);
		}
	}
	buffer_free(&out);
}

/* What is well formed is the same to a forgiving dialect; a quote that never closes is text. */
static void forgiving_is_no_different(void **state)
{
	(void)state;
	struct buffer out = { 0 };
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct error err = { 0 };
		bool csv = cases[i].csv;
		if (cases[i].rows.at[cases[i].rows.length - 1] != '.')
			continue;
		render_as(cases[i].text, (struct csv_dialect){ csv ? ',' : '\t', csv, csv, true, false, 0 }, 3, &out,
			  &err);
		ROW_CHECK(slice_equal(buffer_slice(&out), cases[i].rows), i);
	}
	buffer_free(&out);
}

static void open_quotes_are_forgiven(void **state)
{
	(void)state;
	static const struct {
		const char *text, *rows;
	} quotes[] = {
		{ "a,b\nc,\"d\ne,f\n", "1:a|b;2:c|\"d!open;3:e|f;." },
		{ "\"", "1:\"!open;." },
		{ "\"a\nb", "1:\"a!open;2:b;." },
		{ "\"a,b\nc\"d,e\n", "1:a,b\ncd|e;." },
		{ "\"a,\"\"b\nc,\"d\"\n", "1:a,\"b\nc,d\";." },
		{ "a,\"b\n\"c,\"d\n", "1:a|b\nc|\"d!open;." },
		{ "a,\"b\"\"\nc\n\"\"d\n", "1:a|\"b\"\"!open;2:c;3:d;." },
		{ "x,\"\xE9\ny\n", "1:x|\"\xE9!open;2:y;." },
	};
	static const size_t pieces[] = { 1, 2, 1 << 20 };
	struct buffer out = { 0 };
	for (size_t i = 0; i < COUNT(quotes); i++) {
		for (size_t p = 0; p < COUNT(pieces); p++) {
			struct error err = { 0 };
			render_as(slice_of(quotes[i].text), (struct csv_dialect){ ',', true, true, true, false, 0 },
				  pieces[p], &out, &err);
			buffer_terminate(&out, NULL);
			if (strcmp(out.at, quotes[i].rows) != 0)
				fail_msg("row %zu: %s", i, out.at);
		}
	}
	buffer_free(&out);
}

/* A row has three fields: a quote that swallows rows is text, and so is one that is not closed within two lines. */
static void quotes_swallow_no_rows(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t counts[4]; /* of fields, row by row */
		bool open[4];
	} rows[] = {
		{ "1,\"a,b\n2,c,\"d\"\n", { 3, 3 }, { true, false } },
		{ "1,\"a\nb\",c\n2,d,\n", { 3, 3 }, { false, false } },
		{ "1,\"a,\"\"b\"\"\nc\",d\n2,e,f\n", { 3, 3 }, { false, false } },
		{ "1,a,\"b\nc\nd\ne\"\n2,f,g\n", { 3, 1, 1, 1 }, { true, false, false, false } },
		{ "1,\"a\nb\" c,d\n2,e,f\n", { 3, 3 }, { false, false } },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		struct pieces source = { slice_of(rows[i].text), 3, false };
		struct csv_row row;
		struct csv_reader *d = csv_reader_new((struct csv_dialect){ ',', true, true, true, false, 2 },
						      (struct csv_source){ read_piece, &source }, &err);
		csv_reader_expect(d, 3);
		for (size_t k = 0; k < 4 && rows[i].counts[k] > 0; k++) {
			ROW_CHECK(csv_reader_next(d, &row, &err) == CSV_ROW, i);
			ROW_CHECK(row.count == rows[i].counts[k], i);
			ROW_CHECK((row.fault == CSV_OPEN_QUOTE) == rows[i].open[k], i);
		}
		csv_reader_free(d);
	}
}

static void open_quote_has_a_place(void **state)
{
	(void)state;
	struct buffer out = { 0 };
	struct error err = { 0 };

	render(SLICE("a,b\n\"x\ny\",\n\nc,\"d\ne\n"), ',', true, 4, &out, &err);
	assert_int_equal(err.code, ERROR_INPUT);
	assert_int_equal(err.line, 5);
	assert_non_null(strstr(err.text, "line 5"));
	assert_true(err.hint[0] != '\0');
	buffer_free(&out);
}

/* `before`, then `count` times `c`, then `after`. */
static void fill(struct buffer *b, const char *before, size_t count, char c, const char *after)
{
	buffer_clear(b);
	buffer_append_text(b, before, NULL);
	assert_true(buffer_reserve(b, count, NULL));
	memset(b->at + b->length, c, count);
	b->length += count;
	buffer_append_text(b, after, NULL);
}

static void long_rows_are_skipped(void **state)
{
	(void)state;
	static const struct {
		bool csv;
		size_t count;
		char c;
		const char *before, *after, *end; /* `end`: how the rows end */
	} rows[] = {
		{ false, CSV_LIMIT + 1, 'x', "a\n", "\nb\tc\n", "1:a;2:!long;3:b|c;." },
		{ false, 5 * CSV_LIMIT, 'x', "a\n", "\nb\tc\n", "1:a;2:!long;3:b|c;." },
		{ false, 3 * CSV_LIMIT, 'x', "a\nq\t", "\tz\r\nb\n", "1:a;2:!long;3:b;." },
		{ false, 2 * CSV_LIMIT, 'x', "", "", "1:!long;." },
		{ false, 2 * CSV_LIMIT, '\t', "a\n", "\nb\n", "1:a;2:!long;3:b;." },
		{ false, CSV_LIMIT, 'x', "", "\nb\n", "x;2:b;." },
		{ true, 2 * CSV_LIMIT, 'x', "a\n", "\nb,c\n", "1:a;2:!long;3:b|c;." },
		/* A quoted line end in the rest of a row that is skipped ends no row. */
		{ true, 2 * CSV_LIMIT, 'x', "a\n", ",\"q\nr\",s\nb,c\n", "1:a;2:!long;4:b|c;." },
		{ true, 2 * CSV_LIMIT, 'x', "a\n\"", "\",s\nb,c\n", "1:a;2:!long;3:b|c;." },
		{ true, 4 * CSV_LIMIT, 'x', "a\n\"", "\",s\nb,c\n", "1:a;F" },
		{ true, CSV_LIMIT - 4, 'x', "a\n", ",\"qq\nr\",s\nb,c\n", "1:a;2:!long;4:b|c;." },
		{ true, CSV_LIMIT - 2, 'x', "\"", "\"\nb,c\n", "x;2:b|c;." },
	};
	static const size_t pieces[] = { 4099, 1 << 16, 1 << 24 };
	struct buffer text = { 0 };
	struct buffer out = { 0 };

	for (size_t i = 0; i < COUNT(rows); i++) {
		for (size_t p = 0; p < COUNT(pieces); p++) {
			struct error err = { 0 };
			fill(&text, rows[i].before, rows[i].count, rows[i].c, rows[i].after);
			render(buffer_slice(&text), rows[i].csv ? ',' : '\t', rows[i].csv, pieces[p], &out, &err);
			size_t length = strlen(rows[i].end);
			ROW_CHECK(out.length >= length, i);
			ROW_CHECK(memcmp(out.at + out.length - length, rows[i].end, length) == 0, i);
		}
	}
	buffer_free(&text);
	buffer_free(&out);
}

/* A cut row keeps its other fields, and takes no more memory than its limit. */
static void long_rows_are_cut(void **state)
{
	(void)state;
	static const struct {
		size_t count;
		char c;
		const char *before, *after, *end;
	} rows[] = {
		{ CSV_FIELD_CUT, 'x', "a\nq,", ",z\nb\n", "x|z;3:b;." },
		{ CSV_FIELD_CUT + 1, 'x', "a\nq,", ",z\nb\n", "x|z!cut;3:b;." },
		{ 9 * CSV_LIMIT, 'x', "a\nq,", ",z\r\nb\n", "x|z!cut;3:b;." },
		{ 9 * CSV_LIMIT, 'x', "a\nq,\"", "\"\"\n,\",\"z\"\nb\n", "x|z!cut;4:b;." },
		{ 9 * CSV_LIMIT, '\n', "\"", "\",z\n\"b\"\n", "\n|z!cut;9437186:b;." },
		{ 9 * CSV_LIMIT, 'x', "a\nq,\"", ",z\nb\n", "x!open!cut;." },
		{ CSV_FIELD_CUT - 1, 'x', "a\nq,", "\xC3\xA9,z\nb\n", "x|z!cut;3:b;." },
		{ CSV_FIELD_CUT - 2, 'x', "a\nq,", "\xC3\xA9,z\nb\n", "x\xC3\xA9|z;3:b;." },
	};
	static const size_t pieces[] = { 4099, 1 << 24 };
	struct buffer text = { 0 }, out = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		for (size_t p = 0; p < COUNT(pieces); p++) {
			struct error err = { 0 };
			fill(&text, rows[i].before, rows[i].count, rows[i].c, rows[i].after);
			render_as(buffer_slice(&text), (struct csv_dialect){ ',', true, true, true, false, 0 },
				  pieces[p], &out, &err);
			size_t length = strlen(rows[i].end);
			ROW_CHECK(out.length >= length && out.length < CSV_FIELD_CUT + 40, i);
			if (memcmp(out.at + out.length - length, rows[i].end, length) != 0)
				fail_msg("row %zu: %.*s", i, 60, out.at + out.length - 60);
		}
	}
	/* Nothing but delimiters. */
	struct error err = { 0 };
	fill(&text, "", 4 * CSV_LIMIT, ',', "\nb\n");
	struct pieces source = { buffer_slice(&text), 4096, false };
	struct csv_row row;
	struct csv_reader *d = csv_reader_new((struct csv_dialect){ ',', true, true, true, false, 0 },
					      (struct csv_source){ read_piece, &source }, &err);
	assert_int_equal(csv_reader_next(d, &row, &err), CSV_ROW);
	assert_int_equal(row.count, 4 * CSV_LIMIT + 1);
	assert_int_equal(csv_reader_next(d, &row, &err), CSV_ROW);
	assert_int_equal(row.count, 1);
	csv_reader_free(d);
	buffer_free(&text);
	buffer_free(&out);
}

static void many_fields_are_counted(void **state)
{
	(void)state;
	struct buffer text = { 0 };
	struct error err = { 0 };
	struct csv_row row;

	fill(&text, "", 100000, '\t', "\nb\n");
	struct pieces pieces = { buffer_slice(&text), 4096, false };
	struct csv_reader *d = csv_reader_new((struct csv_dialect){ '\t', false, false, false, false, 0 },
					      (struct csv_source){ read_piece, &pieces }, &err);
	assert_int_equal(csv_reader_next(d, &row, &err), CSV_ROW);
	assert_int_equal(row.count, 100001);
	assert_int_equal(row.fields[CSV_FIELDS - 1].length, 0);
	assert_int_equal(csv_reader_next(d, &row, &err), CSV_ROW);
	assert_int_equal(row.count, 1);
	csv_reader_free(d);
	buffer_free(&text);
}

static void broken_source_is_an_error(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct csv_row row;
	struct pieces pieces = { SLICE("a\tb\nc\td"), 3, true };
	struct csv_reader *d = csv_reader_new((struct csv_dialect){ '\t', false, false, false, false, 0 },
					      (struct csv_source){ read_piece, &pieces }, &err);
	assert_int_equal(csv_reader_next(d, &row, &err), CSV_ROW);
	/* Half a row is none. */
	assert_int_equal(csv_reader_next(d, &row, &err), CSV_FAILED);
	assert_int_equal(err.code, ERROR_IO);
	csv_reader_free(d);
}

static void utf8_is_checked(void **state)
{
	(void)state;
	static const struct {
		struct slice bytes;
		bool valid;
	} rows[] = {
		{ SLICE(""), true },
		{ SLICE("plain"), true },
		{ SLICE("\xC2\x80"), true },
		{ SLICE("\xDF\xBF"), true },
		{ SLICE("\xE0\xA0\x80"), true },
		{ SLICE("\xED\x9F\xBF"), true },
		{ SLICE("\xEF\xBF\xBF"), true },
		{ SLICE("\xF0\x90\x80\x80"), true },
		{ SLICE("\xF4\x8F\xBF\xBF"), true },
		{ SLICE("\x80"), false },
		{ SLICE("\xC0\xAF"), false },
		{ SLICE("\xC1\xBF"), false },
		{ SLICE("\xE0\x9F\xBF"), false },
		{ SLICE("\xED\xA0\x80"), false },
		{ SLICE("\xF0\x8F\xBF\xBF"), false },
		{ SLICE("\xF4\x90\x80\x80"), false },
		{ SLICE("\xF5\x80\x80\x80"), false },
		{ SLICE("\xC3"), false },
		{ SLICE("\xE2\x82"), false },
		{ SLICE("\xF0\x90\x80"), false },
		{ SLICE("\xE2\x28\xA1"), false },
		{ SLICE("\xE2\x82\x28"), false },
		{ SLICE("caf\xE9"), false },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		ROW_CHECK(slice_is_utf8(rows[i].bytes, NULL) == rows[i].valid, i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_cut),
		cmocka_unit_test(forgiving_is_no_different),
		cmocka_unit_test(open_quotes_are_forgiven),
		cmocka_unit_test(quotes_swallow_no_rows),
		cmocka_unit_test(open_quote_has_a_place),
		cmocka_unit_test(long_rows_are_skipped),
		cmocka_unit_test(long_rows_are_cut),
		cmocka_unit_test(many_fields_are_counted),
		cmocka_unit_test(broken_source_is_an_error),
		cmocka_unit_test(utf8_is_checked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
