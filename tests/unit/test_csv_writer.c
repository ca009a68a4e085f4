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

/* What a spreadsheet would run is text to it, and is read back as it was; numbers stay numbers, codes are no dates. */
static void cells_for_spreadsheets(void **state)
{
	(void)state;
	static const struct {
		const char *value;
		const char *people; /* as it is written; NULL: as for programs */
	} rows[] = {
		{ "=1+1", "\"'=1+1\"" },
		{ "=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"" },
		{ "+1-555-0199", "\"'+1-555-0199\"" },
		{ "-2+3", "\"'-2+3\"" },
		{ "- drives a truck\n- loads it", "\"'- drives a truck\n- loads it\"" },
		{ "@SUM(A1)", "\"'@SUM(A1)\"" },
		{ "\tx", "\"'\tx\"" },
		{ "\r=x", "\"'\r=x\"" },
		{ "=\"a,b\"", "\"'=\"\"a,b\"\"\"" },
		{ "-", "\"'-\"" },
		{ "--5", "\"'--5\"" },
		{ "-1e", "\"'-1e\"" },
		{ "'=1", "\"''=1\"" },
		{ "''-x", "\"'''-x\"" },
		{ "'-5", NULL },
		{ "-5", NULL },
		{ "+3.25", NULL },
		{ "-1.5e-07", NULL },
		{ "'tis", NULL },
		{ "'", NULL },
		{ "a=b", NULL },
		{ "plain", NULL },
		{ "", NULL },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer plain = { 0 }, cell = { 0 };
		struct error err = { 0 };
		struct csv_writer p = { .buffer = &plain, .err = &err, .dialect = csv };
		struct csv_writer o = { .buffer = &cell, .err = &err, .dialect = csv, .purpose = CSV_FOR_PEOPLE };
		csv_put_text(&p, rows[i].value);
		csv_put_text(&o, rows[i].value);
		struct slice wanted = rows[i].people ? slice_of(rows[i].people) : buffer_slice(&plain);
		ROW_CHECK(slice_equal(buffer_slice(&cell), wanted), i);
		/* Reading it back takes off what was put there, and no more. */
		char guarded[64];
		snprintf(guarded, sizeof guarded, "%s%s", rows[i].people ? "'" : "", rows[i].value);
		ROW_CHECK(slice_equal(cell_without_guard(slice_of(guarded)), slice_of(rows[i].value)), i);
		buffer_free(&plain);
		buffer_free(&cell);
	}
	struct buffer out = { 0 };
	struct error err = { 0 };
	struct csv_writer o = { .buffer = &out, .err = &err, .dialect = csv };
	static const enum csv_purpose purposes[] = { CSV_FOR_PROGRAMS, CSV_FOR_PEOPLE, CSV_FOR_EXCEL };
	for (size_t i = 0; i < COUNT(purposes); i++) {
		o.purpose = purposes[i];
		csv_put_code(&o, SLICE("11-2021"));
	}
	assert_true(slice_equal(buffer_slice(&out), SLICE("11-2021,11-2021,\"=\"\"11-2021\"\"\"")));
	buffer_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields),
		cmocka_unit_test(numbers_and_headers),
		cmocka_unit_test(reads_back),
		cmocka_unit_test(cells_for_spreadsheets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
