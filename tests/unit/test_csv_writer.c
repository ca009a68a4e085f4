// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/table/csv_writer.h"

static const struct csv_dialect csv = { .delimiter = ',', .quotes = true }, tsv = { .delimiter = '\t' };

/* What is written for rows of fields, read back from the stream. */
struct page {
	FILE *stream;
	char text[4096];
	size_t length;
};

static struct csv_writer begin(struct page *p, struct csv_dialect dialect)
{
	p->stream = tmpfile();
	assert_non_null(p->stream);
	return (struct csv_writer){ .stream = p->stream, .dialect = dialect };
}

static void end(struct page *p)
{
	rewind(p->stream);
	p->length = fread(p->text, 1, sizeof p->text - 1, p->stream);
	p->text[p->length] = '\0';
	fclose(p->stream);
}

static void fields(void **state)
{
	(void)state;
#define BAD "\xEF\xBF\xBD"
	static const struct {
		struct slice value;
		const char *csv;
		const char *tsv;
	} rows[] = {
		{ { "plain", 5 }, "plain", "plain" },
		{ { "a,b", 3 }, "\"a,b\"", "a,b" },
		{ { "say \"a\"", 7 }, "\"say \"\"a\"\"\"", "say \"a\"" },
		{ { "a\tb", 3 }, "a b", "a b" },
		{ { "a\tb,", 4 }, "\"a\tb,\"", "a b," },
		{ { "a\nb", 3 }, "\"a\nb\"", "a b" },
		{ { "a\r\nb", 4 }, "\"a\r\nb\"", "a  b" },
		{ { " a", 2 }, "\" a\"", " a" },
		{ { "a ", 2 }, "\"a \"", "a " },
		{ { "caf\xC3\xA9", 5 }, "caf\xC3\xA9", "caf\xC3\xA9" },
		{ { "\033[31m", 5 }, BAD "[31m", BAD "[31m" },
		{ { "\033,\"", 3 }, "\"" BAD ",\"\"\"", BAD ",\"" },
		{ { "\xFF", 1 }, BAD, BAD },
		{ { "", 0 }, "", "" },
		{ { NULL, 0 }, "", "" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct page p;
		struct csv_writer o = begin(&p, csv);
		char wanted[64];
		csv_put(&o, rows[i].value);
		csv_put_text(&o, "z");
		csv_end(&o);
		end(&p);
		snprintf(wanted, sizeof wanted, "%s,z\r\n", rows[i].csv);
		ROW_CHECK(strcmp(p.text, wanted) == 0, i);
		o = begin(&p, tsv);
		csv_put(&o, rows[i].value);
		csv_put_text(&o, "z");
		csv_end(&o);
		end(&p);
		snprintf(wanted, sizeof wanted, "%s\tz\n", rows[i].tsv);
		ROW_CHECK(strcmp(p.text, wanted) == 0, i);
	}
}

static void numbers_and_headers(void **state)
{
	(void)state;
	struct page p;
	struct csv_writer o = begin(&p, csv);
	csv_header(&o, "rank code score");
	csv_put_count(&o, 18446744073709551615u);
	csv_put_real(&o, 8.3099999);
	csv_put_real(&o, -0.000012345678);
	csv_end(&o);
	csv_put_text(&o, "");
	csv_end(&o);
	end(&p);
	assert_string_equal(p.text, "rank,code,score\r\n18446744073709551615,8.31,-1.23457e-05\r\n\"\"\r\n");
}

/* The reader of this project reads what the writer wrote. */
static bool read_page(void *ctx, void *to, size_t size, size_t *got, struct error *err)
{
	struct slice *rest = ctx;
	(void)err;
	*got = size < rest->length ? size : rest->length;
	memcpy(to, rest->at, *got);
	rest->at += *got;
	rest->length -= *got;
	return true;
}

static void reads_back(void **state)
{
	(void)state;
	static const char *const values[] = { "a", "",           "b,c",  "\"",       "\"\"",    ",",
					      " ", "line\nline", "\r\n", "x\"y,z\"", "\xC3\xA9" };
	struct page p;
	struct csv_writer o = begin(&p, csv);
	for (size_t row = 0; row < COUNT(values); row++) {
		for (size_t i = 0; i < COUNT(values); i++)
			csv_put_text(&o, values[(i + row) % COUNT(values)]);
		csv_end(&o);
	}
	end(&p);
	struct slice rest = { p.text, p.length };
	struct csv_reader *d = csv_reader_new(csv, (struct csv_source){ read_page, &rest }, NULL);
	struct csv_row r;
	size_t row = 0;
	while (csv_reader_next(d, &r, NULL) == CSV_ROW) {
		ROW_CHECK(r.fault == CSV_FINE && r.count == COUNT(values), row);
		for (size_t i = 0; i < COUNT(values); i++)
			ROW_CHECK(slice_equal(r.fields[i], slice_of(values[(i + row) % COUNT(values)])), row);
		row++;
	}
	assert_int_equal(row, COUNT(values));
	csv_reader_free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields),
		cmocka_unit_test(numbers_and_headers),
		cmocka_unit_test(reads_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
