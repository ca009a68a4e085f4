// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fuzz_xlsx.c - a workbook: every sheet can be read to its end, or the failure is told; and what is wanted of
 * it is the same whether or not the rest is read.
 *
 * An input that begins as a zip is one.  Any other is a list of parts, each behind a line "== path", which is
 * made a zip here: so the fuzzer changes XML and not packed bytes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <zip.h>

#include "lib/base/utf8.h"
#include "lib/table/csv_reader.h"
#include "lib/table/table.h"
#include "tests/fuzz/check.h"

enum { WANTED = 3, ROWS = 4096 };

/* ---- parts into a zip ---- */

static void add_part(zip_t *zip, const char *path, size_t path_length, const char *at, size_t length)
{
	char name[64];
	if (path_length == 0 || path_length >= sizeof name || memchr(path, '\0', path_length))
		return;
	memcpy(name, path, path_length);
	name[path_length] = '\0';
	zip_source_t *source = zip_source_buffer(zip, at, length, 0);
	check(source != NULL);
	zip_int64_t index = zip_file_add(zip, name, source, ZIP_FL_OVERWRITE);
	if (index < 0)
		zip_source_free(source);
	else
		zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
}

/* The next line that begins a part, or the end. */
static const char *find_part(const char *p, const char *end)
{
	for (; p < end; p++) {
		if (end - p >= 3 && memcmp(p, "== ", 3) == 0)
			return p;
		p = memchr(p, '\n', (size_t)(end - p));
		if (!p)
			return end;
	}
	return end;
}

static void add_parts(zip_t *zip, const char *p, const char *end)
{
	for (p = find_part(p, end); p < end;) {
		const char *path = p + 3;
		const char *line = memchr(path, '\n', (size_t)(end - path));
		if (!line)
			return;
		p = find_part(line + 1, end);
		add_part(zip, path, (size_t)(line - path), line + 1, (size_t)(p - line - 1));
	}
}

/* free() what comes back. */
static char *make_zip(const uint8_t *bytes, size_t length, size_t *size)
{
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = source ? zip_open_from_source(source, ZIP_TRUNCATE, NULL) : NULL;
	char *out = NULL;
	zip_stat_t st;

	check(zip != NULL);
	zip_source_keep(source);
	add_parts(zip, (const char *)bytes, (const char *)bytes + length);
	if (zip_close(zip) != 0) {
		zip_discard(zip);
	} else if (zip_source_open(source) == 0) {
		zip_stat_init(&st);
		check(zip_source_stat(source, &st) == 0);
		*size = (size_t)st.size;
		out = malloc(*size > 0 ? *size : 1);
		check(out && zip_source_read(source, out, *size) == (zip_int64_t)*size);
		zip_source_close(source);
	}
	zip_source_free(source);
	return out;
}

/* ---- reading ---- */

static const size_t wanted[WANTED] = { 0, 2, 3 };

/* The next row that has something in the first `count` columns that are wanted. */
static enum table_status next_row(struct table *t, size_t count, struct table_row *row, struct error *err)
{
	enum table_status status;
	while ((status = table_next(t, row, err)) == TABLE_ROW) {
		bool any = false;
		for (size_t i = 0; i < row->count; i++) {
			check(row->fields[i].at != NULL);
			check(slice_is_utf8(row->fields[i], NULL));
			check(row->fields[i].length == 0 || !memchr(row->fields[i].at, '\0', row->fields[i].length));
		}
		for (size_t i = 0; i < count; i++)
			any = any || (wanted[i] < row->count && row->fields[wanted[i]].length > 0);
		if (any && row->reject == REJECT_NONE)
			break;
	}
	check((status == TABLE_FAILED) == (err->code != ERROR_NONE));
	check(status != TABLE_FAILED || err->text[0] != '\0');
	return status;
}

static struct table *open_sheet(const struct table_place *place, struct error *err)
{
	struct table *t;
	if (!table_open(place, &t, err)) {
		check(err->code != ERROR_NONE && err->text[0] != '\0' && !t);
		return NULL;
	}
	enum table_status status = table_next_header(t, err);
	check((status == TABLE_FAILED) == (err->code != ERROR_NONE));
	if (status == TABLE_ROW)
		return t;
	table_close(t);
	return NULL;
}

/* Side by side: all of it, and what is wanted. */
static void read_sheet(const struct table_place *place)
{
	struct error first_error = { 0 };
	struct error second_error = { 0 };
	struct table_row a, b;
	struct table *all = open_sheet(place, &first_error);
	struct table *some = open_sheet(place, &second_error);

	size_t columns;
	size_t count = 0;

	check(!all == !some);
	if (!all)
		return;
	/* Of those that the header has. */
	table_header(all, &columns);
	while (count < WANTED && wanted[count] < columns)
		count++;
	check(table_want(some, wanted, count, &second_error));
	for (size_t rows = 0; rows < ROWS; rows++) {
		/* Rows too long for all of their texts may be short enough for those wanted, and what is wrong
		 * with the others need not be seen: from there on they may differ. */
		enum table_status status = next_row(all, count, &a, &first_error);
		enum table_status other = next_row(some, count, &b, &second_error);
		if (status != TABLE_ROW) {
			check(status == TABLE_FAILED || other == TABLE_END);
			break;
		}
		check(other == TABLE_ROW);
		check(a.line == b.line && a.count == b.count);
		for (size_t i = 0; i < count; i++)
			check(slice_equal(a.fields[wanted[i]], b.fields[wanted[i]]));
	}
	table_close(all);
	table_close(some);
}

static void read_member(struct input_source *c, size_t member)
{
	struct error err = { 0 };
	struct table_sheets sheets;
	if (!table_sheets_list(c, member, &sheets, &err)) {
		check(err.code != ERROR_NONE && err.text[0] != '\0' && sheets.count == 0);
		return;
	}
	for (size_t i = 0; i < sheets.count && i < 4; i++) {
		struct table_place place = { c, member, (uint32_t)i };
		check(slice_is_utf8(sheets.names[i], NULL));
		if (sheets.names[i].length > 0)
			read_sheet(&place);
	}
	table_sheets_free(&sheets);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct input_source_limits limits = { 1 << 20, 100 };
	struct error err = { 0 };
	struct input_source *c;
	struct slice book = { (const char *)bytes, length };
	char *made = NULL;
	size_t count = 0;

	if (length < 2 || memcmp(bytes, "PK", 2) != 0) {
		made = make_zip(bytes, length, &book.length);
		book.at = made;
		if (!made)
			return 0;
	}
	if (input_source_open_memory(book, "fuzz.xlsx", &limits, &c, &err)) {
		input_source_members(c, &count);
		for (size_t i = 0; i < count && i < 4; i++)
			read_member(c, i);
		input_source_close(c);
	}
	free(made);
	return 0;
}
