// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_xap.c - lib/xap on disk: what is written is read back, what is damaged is refused, and every
 * exception that a function can meet becomes an error (built with -DSOC_FAULTS).
 */
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/base/fault.h"
#include "lib/xap/fault.h"
#include "lib/xap/xap.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* ------------------------------------------------- a folder of its own for each test ---- */

static char home[PATH_MAX];   /* where the tests were started */
static char folder[PATH_MAX]; /* where the running test is: its current directory */

/* Paths in the tests are relative to the test's folder. */
static int enter_folder(void **state)
{
	const char *parent = getenv("TMPDIR");
	(void)state;
	snprintf(folder, sizeof folder, "%s/test_xap.XXXXXX", parent && *parent ? parent : "/tmp");
	return mkdtemp(folder) && getcwd(home, sizeof home) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
	char command[PATH_MAX + 16];
	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	return chdir(home) == 0 && system(command) == 0 ? 0 : -1;
}

static void write_file(const char *path, const void *bytes, size_t length)
{
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, length, f), length);
	assert_int_equal(fclose(f), 0);
}

static struct buffer read_file(const char *path)
{
	struct buffer all = { 0 };
	char piece[65536];
	size_t length;
	FILE *f = fopen(path, "rb");
	assert_non_null(f);
	while ((length = fread(piece, 1, sizeof piece, f)) > 0)
		assert_true(buffer_append(&all, piece, length, NULL));
	fclose(f);
	return all;
}

/* ----------------------------------------------------------------- a small index ---- */

enum { SLOT_NUMBER = 1, SLOT_BYTES = 2 };

/* Words get positions 1, 2, 3 ...; documents 1 to 3 go into the first folder, 4 and 5 into the second. */
static const struct {
	const char *text;
	const char *filter;
	double number;
} documents[] = {
	{ "software developer of data base software", "Kfirst", -2.5 },
	{ "data entry clerk", "Kfirst", 0 },
	{ "data software base", "Ksecond", 1 },
	{ "nurse of the night", "Ksecond", 1e9 },
	{ "base data analyst", "Ksecond", 7 },
};

enum { DOCUMENTS = COUNT_OF(documents), FIRST_FOLDER = 3 };

static void fill_document(xap_document *doc, size_t i)
{
	struct error err = { 0 };
	char words[128], data[8] = { 'd', 'a', 't', 'a', '\0', (char)('1' + i), '\0', '\n' };
	uint32_t position = 0;
	snprintf(words, sizeof words, "%s", documents[i].text);
	for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
		assert_true(xap_document_add_position(doc, slice_of(word), ++position, 1, &err));
	assert_true(xap_document_add_term(doc, SLICE("Wall"), (uint32_t)i + 1, &err));
	assert_true(xap_document_add_filter(doc, slice_of(documents[i].filter), &err));
	assert_true(xap_document_set_data(doc, (struct slice){ data, sizeof data }, &err));
	assert_true(xap_document_set_number(doc, SLOT_NUMBER, documents[i].number, &err));
	assert_true(xap_document_set_value(doc, SLOT_BYTES, (struct slice){ data + 3, 3 }, &err));
}

static void write_folder(const char *dir, size_t from, size_t to)
{
	struct error err = { 0 };
	xap_writer *w = NULL;
	xap_document *doc = NULL;
	assert_true(xap_writer_open(dir, &w, &err));
	assert_true(xap_document_new(&doc, &err));
	for (size_t i = from; i < to; i++) {
		uint32_t docid = 0;
		fill_document(doc, i);
		assert_true(xap_writer_add(w, doc, &docid, &err));
		assert_int_equal(docid, i - from + 1);
		xap_document_clear(doc);
	}
	assert_true(xap_writer_set_metadata(w, slice_of(dir), SLICE("value\0of"), &err));
	assert_true(xap_writer_add_spelling(w, SLICE("nurse"), 4, &err));
	assert_true(xap_writer_add_synonym(w, SLICE("nurse"), slice_of(dir), &err));
	assert_true(xap_writer_close(&w, &err));
	assert_null(w);
	xap_document_free(doc);
}

/* Makes the file `index` from the folders `one` and `two`. */
static void write_index(void)
{
	struct error err = { 0 };
	const char *dirs[] = { "one", "two" };
	write_folder("one", 0, FIRST_FOLDER);
	write_folder("two", FIRST_FOLDER, DOCUMENTS);
	assert_true(xap_compact(dirs, 2, "index", &err));
	assert_int_equal(err.code, ERROR_NONE);
}

static xap_reader *open_index(const char *path)
{
	struct error err = { 0 };
	xap_reader *r = NULL;
	assert_true(xap_reader_open(path, &r, &err));
	assert_non_null(r);
	return r;
}

/* ------------------------------------------------------------------ reading back ---- */

static void assert_postings(xap_reader *r, const char *term, const struct xap_posting *expected, size_t count)
{
	struct error err = { 0 };
	struct xap_postings p = { 0 };
	assert_true(xap_reader_postings(r, slice_of(term), &p, &err));
	assert_int_equal(p.count, count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(p.at[i].docid, expected[i].docid);
		assert_int_equal(p.at[i].wdf, expected[i].wdf);
	}
	xap_postings_free(&p);
	assert_null(p.at);
}

static void test_postings(void **state)
{
	static const struct xap_posting all[] = { { 1, 1 }, { 2, 2 }, { 3, 3 }, { 4, 4 }, { 5, 5 } };
	static const struct xap_posting software[] = { { 1, 2 }, { 3, 1 } };
	static const struct xap_posting second[] = { { 3, 0 }, { 4, 0 }, { 5, 0 } };
	struct error err = { 0 };
	uint32_t in_documents = 0;
	uint64_t in_all = 0;
	(void)state;
	write_index();
	xap_reader *r = open_index("index");
	assert_int_equal(xap_reader_document_count(r), DOCUMENTS);
	assert_postings(r, "Wall", all, COUNT_OF(all));
	assert_postings(r, "software", software, COUNT_OF(software));
	assert_postings(r, "Ksecond", second, COUNT_OF(second));
	assert_postings(r, "unknown", NULL, 0);
	assert_true(xap_reader_frequency(r, SLICE("Wall"), &in_documents, &in_all, &err));
	assert_int_equal(in_documents, 5);
	assert_int_equal(in_all, 15);
	assert_true(xap_reader_frequency(r, SLICE("unknown"), &in_documents, NULL, &err));
	assert_int_equal(in_documents, 0);
	assert_true(xap_reader_frequency(r, SLICE("software"), NULL, &in_all, &err));
	assert_int_equal(in_all, 3);
	xap_reader_close(r);
}

/* More documents than the array holds at first, read twice into the same array. */
static void test_postings_grow(void **state)
{
	struct error err = { 0 };
	struct xap_postings p = { 0 };
	xap_writer *w = NULL;
	xap_document *doc = NULL;
	(void)state;
	assert_true(xap_writer_open("many", &w, &err));
	assert_true(xap_document_new(&doc, &err));
	assert_true(xap_document_add_term(doc, SLICE("x"), 7, &err));
	for (int i = 0; i < 3000; i++)
		assert_true(xap_writer_add(w, doc, NULL, &err));
	assert_true(xap_writer_close(&w, &err));
	xap_reader *r = open_index("many");
	for (int turn = 0; turn < 2; turn++) {
		assert_true(xap_reader_postings(r, SLICE("x"), &p, &err));
		assert_int_equal(p.count, 3000);
		assert_int_equal(p.at[2999].docid, 3000);
		assert_int_equal(p.at[2999].wdf, 7);
	}
	xap_postings_free(&p);
	xap_reader_close(r);
	xap_document_free(doc);
}

static void test_positions(void **state)
{
	struct error err = { 0 };
	struct buffer positions = { 0 };
	(void)state;
	write_index();
	xap_reader *r = open_index("index");
	assert_true(xap_reader_positions(r, 1, SLICE("software"), &positions, &err));
	assert_true(xap_reader_positions(r, 5, SLICE("analyst"), &positions, &err));
	assert_true(xap_reader_positions(r, 2, SLICE("software"), &positions, &err));
	assert_true(xap_reader_positions(r, 99, SLICE("software"), &positions, &err));
	assert_int_equal(positions.length, 3 * sizeof(uint32_t));
	assert_memory_equal(positions.at, ((uint32_t[]){ 1, 6, 3 }), positions.length);
	buffer_free(&positions);
	xap_reader_close(r);
}

static void test_documents(void **state)
{
	struct error err = { 0 };
	struct buffer out = { 0 };
	(void)state;
	write_index();
	xap_reader *r = open_index("index");
	for (uint32_t docid = 1; docid <= DOCUMENTS; docid++) {
		const char data[] = { 'd', 'a', 't', 'a', '\0', (char)('0' + docid), '\0', '\n' };
		double number = NAN;
		buffer_clear(&out);
		assert_true(xap_reader_data(r, docid, &out, &err));
		assert_int_equal(out.length, sizeof data);
		assert_memory_equal(out.at, data, sizeof data);
		assert_true(xap_reader_value(r, docid, SLOT_BYTES, &out, &err));
		assert_int_equal(out.length, sizeof data + 3);
		assert_memory_equal(out.at + sizeof data, data + 3, 3);
		assert_true(xap_reader_number(r, docid, SLOT_NUMBER, &number, &err));
		assert_true(number == documents[docid - 1].number);
	}
	buffer_clear(&out);
	assert_true(xap_reader_value(r, 1, 99, &out, &err));
	assert_int_equal(out.length, 0);
	buffer_free(&out);
	xap_reader_close(r);
}

static void test_unknown_document(void **state)
{
	static const uint32_t unknown[] = { 0, DOCUMENTS + 1, UINT32_MAX };
	struct buffer out = { 0 };
	double number = 3;
	(void)state;
	write_index();
	xap_reader *r = open_index("index");
	for (size_t i = 0; i < COUNT_OF(unknown); i++) {
		struct error data = { 0 }, value = { 0 }, as_number = { 0 };
		assert_false(xap_reader_data(r, unknown[i], &out, &data));
		assert_int_equal(data.code, ERROR_INTERNAL);
		assert_false(xap_reader_value(r, unknown[i], 1, &out, &value));
		assert_int_equal(value.code, ERROR_INTERNAL);
		assert_false(xap_reader_number(r, unknown[i], 1, &number, &as_number));
		assert_int_equal(as_number.code, ERROR_INTERNAL);
	}
	assert_int_equal(out.length, 0);
	assert_true(number == 3);
	xap_reader_close(r);
}

/* Collects `item:documents ` until `left` items have come. */
struct visited {
	char text[512];
	int left;
};

static bool note_item(void *ctx, struct slice item, uint32_t in_documents)
{
	struct visited *v = ctx;
	size_t used = strlen(v->text);
	snprintf(v->text + used, sizeof v->text - used, "%.*s:%u ", (int)item.length, item.at, in_documents);
	return --v->left > 0;
}

static void test_lists(void **state)
{
	struct error err = { 0 };
	struct visited v = { "", 100 };
	(void)state;
	write_index();
	xap_reader *r = open_index("index");
	assert_true(xap_reader_terms(r, SLICE("d"), note_item, &v, &err));
	assert_string_equal(v.text, "data:4 developer:1 ");
	v = (struct visited){ "", 2 };
	assert_true(xap_reader_terms(r, SLICE(""), note_item, &v, &err));
	assert_string_equal(v.text, "Kfirst:2 Ksecond:3 ");
	v = (struct visited){ "", 100 };
	assert_true(xap_reader_metadata_keys(r, SLICE(""), note_item, &v, &err));
	assert_string_equal(v.text, "one:0 two:0 ");
	v = (struct visited){ "", 100 };
	assert_true(xap_reader_metadata_keys(r, SLICE("t"), note_item, &v, &err));
	assert_string_equal(v.text, "two:0 ");
	v = (struct visited){ "", 100 };
	assert_true(xap_reader_synonyms(r, SLICE("nurse"), note_item, &v, &err));
	assert_string_equal(v.text, "one:0 two:0 ");
	v = (struct visited){ "", 100 };
	assert_true(xap_reader_spellings(r, note_item, &v, &err));
	assert_string_equal(v.text, "nurse:8 ");
	xap_reader_close(r);
}

static void test_metadata_and_spelling(void **state)
{
	struct error err = { 0 };
	struct buffer out = { 0 };
	(void)state;
	write_index();
	xap_reader *r = open_index("index");
	assert_true(xap_reader_metadata(r, SLICE("two"), &out, &err));
	assert_true(slice_equal(buffer_slice(&out), SLICE("value\0of")));
	buffer_clear(&out);
	assert_true(xap_reader_metadata(r, SLICE("unknown"), &out, &err));
	assert_true(xap_reader_suggest(r, SLICE("nurse"), 2, &out, &err));
	assert_true(xap_reader_suggest(r, SLICE("carpenter"), 2, &out, &err));
	assert_int_equal(out.length, 0);
	assert_true(xap_reader_suggest(r, SLICE("nurze"), 2, &out, &err));
	assert_true(slice_equal(buffer_slice(&out), SLICE("nurse")));
	buffer_free(&out);
	xap_reader_close(r);
}

/* A document is as new after xap_document_clear(), and an empty one can be stored. */
static void test_document_clear(void **state)
{
	struct error err = { 0 };
	struct buffer out = { 0 };
	xap_writer *w = NULL;
	xap_document *doc = NULL;
	(void)state;
	assert_true(xap_writer_open("w", &w, &err));
	assert_true(xap_document_new(&doc, &err));
	assert_true(xap_writer_add(w, doc, NULL, &err));
	fill_document(doc, 0);
	xap_document_clear(doc);
	xap_document_clear(doc);
	assert_true(xap_document_add_term(doc, SLICE("only"), 1, &err));
	assert_true(xap_writer_add(w, doc, NULL, &err));
	assert_true(xap_writer_close(&w, &err));
	xap_document_free(doc);
	xap_reader *r = open_index("w");
	assert_int_equal(xap_reader_document_count(r), 2);
	assert_postings(r, "software", NULL, 0);
	assert_true(xap_reader_data(r, 1, &out, &err));
	assert_true(xap_reader_data(r, 2, &out, &err));
	assert_int_equal(out.length, 0);
	xap_reader_close(r);
}

/* ------------------------------------------------------------------------ queries ---- */

/* The docids that match, as "1 3 "; consumes the query. */
static const char *matches(xap_reader *r, xap_query *q, uint32_t offset, uint32_t limit)
{
	static char text[128];
	struct error err = { 0 };
	struct buffer out = { 0 };
	struct xap_match match;
	assert_non_null(q);
	assert_true(xap_reader_match(r, q, offset, limit, &out, &err));
	text[0] = '\0';
	for (size_t at = 0; at < out.length; at += sizeof match) {
		size_t used = strlen(text);
		memcpy(&match, out.at + at, sizeof match);
		assert_true(limit != 0 || match.weight == 0);
		snprintf(text + used, sizeof text - used, "%u ", match.docid);
	}
	buffer_free(&out);
	xap_query_free(q);
	return text;
}

static xap_query *term(const char *text)
{
	xap_query *q = NULL;
	assert_true(xap_query_term(slice_of(text), &q, NULL));
	return q;
}

static xap_query *combine(enum xap_operator op, size_t count, xap_query *a, xap_query *b, xap_query *c)
{
	xap_query *parts[] = { a, b, c }, *q = NULL;
	assert_true(xap_query_combine(op, parts, count, &q, NULL));
	for (size_t i = 0; i < count; i++)
		assert_null(parts[i]);
	return q;
}

static void test_operators(void **state)
{
	xap_query *all = NULL;
	(void)state;
	write_index();
	xap_reader *r = open_index("index");
	assert_true(xap_query_all(&all, NULL));
	assert_string_equal(matches(r, all, 0, 0), "1 2 3 4 5 ");
	assert_string_equal(matches(r, term("data"), 0, 0), "1 2 3 5 ");
	assert_string_equal(matches(r, term("data"), 1, 0), "2 3 5 ");
	assert_string_equal(matches(r, term("data"), 99, 0), "");
	assert_string_equal(matches(r, term("unknown"), 0, 10), "");
	assert_string_equal(matches(r, combine(XAP_AND, 2, term("data"), term("base"), NULL), 0, 0), "1 3 5 ");
	assert_string_equal(matches(r, combine(XAP_OR, 2, term("clerk"), term("nurse"), NULL), 0, 0), "2 4 ");
	assert_string_equal(matches(r, combine(XAP_AND_NOT, 3, term("data"), term("clerk"), term("analyst")), 0,
				    0), "1 3 ");
	assert_string_equal(matches(r, combine(XAP_FILTER, 2, term("data"), term("Ksecond"), NULL), 0, 0), "3 5 ");
	assert_string_equal(matches(r, combine(XAP_MAYBE, 2, term("base"), term("software"), NULL), 0, 0), "1 3 5 ");
	assert_string_equal(matches(r, combine(XAP_OR, 1, term("nurse"), NULL, NULL), 0, 0), "4 ");
	xap_reader_close(r);
}

static void test_weights(void **state)
{
	struct error err = { 0 };
	struct buffer out = { 0 };
	struct xap_match match[2];
	(void)state;
	write_index();
	xap_reader *r = open_index("index");
	/* The rare word decides; of equals the lower docid comes first; offset and limit cut. */
	assert_string_equal(matches(r, combine(XAP_OR, 2, term("Kfirst"), term("night"), NULL), 0, 10), "4 1 2 ");
	assert_string_equal(matches(r, combine(XAP_OR, 2, term("Kfirst"), term("night"), NULL), 1, 1), "1 ");
	assert_string_equal(matches(r, term("data"), UINT32_MAX, UINT32_MAX), "");
	xap_query *q = combine(XAP_OR, 2, term("Kfirst"), term("night"), NULL);
	assert_true(xap_reader_match(r, q, 0, 2, &out, &err));
	assert_int_equal(out.length, sizeof match);
	memcpy(match, out.at, sizeof match);
	assert_true(match[0].weight > 0);
	assert_true(match[1].weight == 0);
	buffer_free(&out);
	xap_query_free(q);
	xap_reader_close(r);
}

typedef bool make_positional(const struct slice *, size_t, uint32_t, xap_query **, struct error *);

static xap_query *words(make_positional *make, uint32_t window, const char *first, const char *second)
{
	struct slice terms[] = { slice_of(first), slice_of(second) };
	xap_query *q = NULL;
	assert_true(make(terms, second ? 2 : 1, window, &q, NULL));
	return q;
}

static void test_phrases(void **state)
{
	(void)state;
	write_index();
	xap_reader *r = open_index("index");
	assert_string_equal(matches(r, words(xap_query_phrase, 0, "data", "base"), 0, 0), "1 ");
	assert_string_equal(matches(r, words(xap_query_phrase, 1, "data", "base"), 0, 0), "1 ");
	assert_string_equal(matches(r, words(xap_query_phrase, 3, "data", "base"), 0, 0), "1 3 ");
	assert_string_equal(matches(r, words(xap_query_phrase, 0, "base", "data"), 0, 0), "5 ");
	assert_string_equal(matches(r, words(xap_query_near, 0, "data", "base"), 0, 0), "1 5 ");
	assert_string_equal(matches(r, words(xap_query_near, 3, "data", "base"), 0, 0), "1 3 5 ");
	assert_string_equal(matches(r, words(xap_query_phrase, 0, "nurse", NULL), 0, 0), "4 ");
	xap_reader_close(r);
}

static void test_wildcards(void **state)
{
	struct error err = { 0 };
	struct buffer out = { 0 };
	xap_query *q = NULL;
	(void)state;
	write_index();
	xap_reader *r = open_index("index");
	assert_true(xap_query_wildcard(SLICE("n"), 2, &q, &err));
	assert_string_equal(matches(r, q, 0, 0), "4 ");
	assert_true(xap_query_wildcard(SLICE("d"), 0, &q, &err));
	assert_string_equal(matches(r, q, 0, 0), "1 2 3 5 ");
	assert_true(xap_query_wildcard(SLICE("zz"), 1, &q, &err));
	assert_string_equal(matches(r, q, 0, 0), "");
	assert_true(xap_query_wildcard(SLICE("d"), 1, &q, &err));
	assert_false(xap_reader_match(r, q, 0, 10, &out, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_true(err.hint[0] != '\0');
	assert_int_equal(out.length, 0);
	xap_query_free(q);
	xap_reader_close(r);
}

static void test_ranges(void **state)
{
	static const struct {
		double low, high;
		const char *expected;
	} ranges[] = {
		{ 0, 1, "2 3 " }, { -3, -2, "1 " }, { 1, 0, "" }, { 7, 7, "5 " },
		{ -INFINITY, 0, "1 2 " }, { 1, INFINITY, "3 4 5 " },
	};
	struct error err = { 0 };
	xap_query *q = NULL;
	(void)state;
	write_index();
	xap_reader *r = open_index("index");
	for (size_t i = 0; i < COUNT_OF(ranges); i++) {
		assert_true(xap_query_range(SLOT_NUMBER, ranges[i].low, ranges[i].high, &q, &err));
		assert_string_equal(matches(r, q, 0, 0), ranges[i].expected);
	}
	q = NULL;
	assert_false(xap_query_range(SLOT_NUMBER, NAN, 1, &q, &err));
	assert_int_equal(err.code, ERROR_INTERNAL);
	assert_null(q);
	xap_reader_close(r);
}

static void test_wrong_queries(void **state)
{
	struct error no_parts = { 0 }, no_part = { 0 }, no_terms = { 0 };
	xap_query *q = NULL, *parts[] = { term("a"), NULL, term("b") };
	(void)state;
	assert_false(xap_query_combine(XAP_AND, parts, 0, &q, &no_parts));
	assert_int_equal(no_parts.code, ERROR_INTERNAL);
	assert_false(xap_query_combine(XAP_AND, parts, 3, &q, &no_part));
	assert_int_equal(no_part.code, ERROR_INTERNAL);
	assert_null(parts[0]);
	assert_null(parts[2]);
	assert_false(xap_query_phrase(NULL, 0, 0, &q, &no_terms));
	assert_int_equal(no_terms.code, ERROR_INTERNAL);
	assert_null(q);
}

/* ------------------------------------------------------------------ terms refused ---- */

/* Everything that takes a term, a key or a word; each must refuse what does not fit. */
struct term_user {
	xap_writer *w;
	xap_document *doc;
	xap_reader *r;
};

typedef bool use_term(struct term_user *u, struct slice t, struct error *err);

static bool ignore_item(void *ctx, struct slice item, uint32_t in_documents)
{
	(void)ctx, (void)item, (void)in_documents;
	return true;
}

static bool use_add_term(struct term_user *u, struct slice t, struct error *err)
{
	return xap_document_add_term(u->doc, t, 1, err);
}

static bool use_add_position(struct term_user *u, struct slice t, struct error *err)
{
	return xap_document_add_position(u->doc, t, 1, 1, err);
}

static bool use_add_filter(struct term_user *u, struct slice t, struct error *err)
{
	return xap_document_add_filter(u->doc, t, err);
}

static bool use_set_metadata(struct term_user *u, struct slice t, struct error *err)
{
	return xap_writer_set_metadata(u->w, t, SLICE("value"), err);
}

static bool use_add_spelling(struct term_user *u, struct slice t, struct error *err)
{
	return xap_writer_add_spelling(u->w, t, 1, err);
}

static bool use_add_synonym(struct term_user *u, struct slice t, struct error *err)
{
	return xap_writer_add_synonym(u->w, t, SLICE("other"), err);
}

static bool use_add_as_synonym(struct term_user *u, struct slice t, struct error *err)
{
	return xap_writer_add_synonym(u->w, SLICE("other"), t, err);
}

static bool use_postings(struct term_user *u, struct slice t, struct error *err)
{
	struct xap_postings p = { 0 };
	bool done = xap_reader_postings(u->r, t, &p, err);
	xap_postings_free(&p);
	return done;
}

static bool use_frequency(struct term_user *u, struct slice t, struct error *err)
{
	return xap_reader_frequency(u->r, t, NULL, NULL, err);
}

static bool use_positions(struct term_user *u, struct slice t, struct error *err)
{
	struct buffer out = { 0 };
	bool done = xap_reader_positions(u->r, 1, t, &out, err);
	buffer_free(&out);
	return done;
}

static bool use_metadata(struct term_user *u, struct slice t, struct error *err)
{
	struct buffer out = { 0 };
	bool done = xap_reader_metadata(u->r, t, &out, err);
	buffer_free(&out);
	return done;
}

static bool use_synonyms(struct term_user *u, struct slice t, struct error *err)
{
	return xap_reader_synonyms(u->r, t, ignore_item, NULL, err);
}

static bool use_suggest(struct term_user *u, struct slice t, struct error *err)
{
	struct buffer out = { 0 };
	bool done = xap_reader_suggest(u->r, t, 1, &out, err);
	buffer_free(&out);
	return done;
}

static bool use_query_term(struct term_user *u, struct slice t, struct error *err)
{
	xap_query *q = NULL;
	(void)u;
	bool done = xap_query_term(t, &q, err);
	xap_query_free(q);
	return done;
}

static bool use_query_phrase(struct term_user *u, struct slice t, struct error *err)
{
	const struct slice terms[] = { SLICE("other"), t };
	xap_query *q = NULL;
	(void)u;
	bool done = xap_query_phrase(terms, 2, 0, &q, err);
	xap_query_free(q);
	return done;
}

static bool use_query_near(struct term_user *u, struct slice t, struct error *err)
{
	const struct slice terms[] = { t, SLICE("other") };
	xap_query *q = NULL;
	(void)u;
	bool done = xap_query_near(terms, 2, 0, &q, err);
	xap_query_free(q);
	return done;
}

static bool use_terms(struct term_user *u, struct slice t, struct error *err)
{
	return xap_reader_terms(u->r, t, ignore_item, NULL, err);
}

static bool use_metadata_keys(struct term_user *u, struct slice t, struct error *err)
{
	return xap_reader_metadata_keys(u->r, t, ignore_item, NULL, err);
}

static bool use_wildcard(struct term_user *u, struct slice t, struct error *err)
{
	xap_query *q = NULL;
	(void)u;
	bool done = xap_query_wildcard(t, 0, &q, err);
	xap_query_free(q);
	return done;
}

static const struct {
	use_term *use;
	bool may_be_empty;   /* a prefix */
} term_users[] = {
	{ use_add_term, false }, { use_add_position, false }, { use_add_filter, false },
	{ use_set_metadata, false }, { use_add_spelling, false }, { use_add_synonym, false },
	{ use_add_as_synonym, false }, { use_postings, false }, { use_frequency, false },
	{ use_positions, false }, { use_metadata, false }, { use_synonyms, false }, { use_suggest, false },
	{ use_query_term, false }, { use_query_phrase, false }, { use_query_near, false },
	{ use_terms, true }, { use_metadata_keys, true }, { use_wildcard, true },
};

static void test_terms_that_do_not_fit(void **state)
{
	struct error err = { 0 };
	struct term_user u = { 0 };
	char letters[XAP_TERM_MAX + 1], zeros[XAP_TERM_MAX / 2 + 1] = { 0 };
	const struct slice longest = { letters, XAP_TERM_MAX }, too_long = { letters, XAP_TERM_MAX + 1 },
			   empty = { NULL, 0 }, longest_zeros = { zeros, XAP_TERM_MAX / 2 },
			   too_many_zeros = { zeros, XAP_TERM_MAX / 2 + 1 };
	(void)state;
	memset(letters, 'x', sizeof letters);
	write_index();
	u.r = open_index("index");
	assert_true(xap_writer_open("w", &u.w, &err));
	assert_true(xap_document_new(&u.doc, &err));
	for (size_t i = 0; i < COUNT_OF(term_users); i++) {
		struct error at_long = { 0 }, at_zeros = { 0 }, at_empty = { 0 };
		assert_true(term_users[i].use(&u, longest, &err));
		assert_true(term_users[i].use(&u, longest_zeros, &err));
		assert_false(term_users[i].use(&u, too_long, &at_long));
		assert_int_equal(at_long.code, ERROR_LIMIT);
		assert_false(term_users[i].use(&u, too_many_zeros, &at_zeros));
		assert_int_equal(at_zeros.code, ERROR_LIMIT);
		assert_int_equal(term_users[i].use(&u, empty, &at_empty), term_users[i].may_be_empty);
		assert_int_equal(at_empty.code, term_users[i].may_be_empty ? ERROR_NONE : ERROR_LIMIT);
	}
	/* What was let through, the disk takes. */
	assert_true(xap_writer_add(u.w, u.doc, NULL, &err));
	assert_true(xap_writer_close(&u.w, &err));
	assert_true(xap_compact((const char *const[]){ "w" }, 1, "w.index", &err));
	xap_reader *r = open_index("w.index");
	struct xap_postings p = { 0 };
	assert_true(xap_reader_postings(r, longest, &p, &err));
	assert_true(xap_reader_postings(r, longest_zeros, &p, &err));
	assert_int_equal(p.count, 1);
	xap_postings_free(&p);
	xap_reader_close(r);
	xap_reader_close(u.r);
	xap_document_free(u.doc);
}

/* A slice need not end in a NUL: what lies behind it is not read. */
static void test_slices_borrow(void **state)
{
	static const struct xap_posting expected[] = { { 4, 1 } };
	struct error err = { 0 };
	struct xap_postings p = { 0 };
	(void)state;
	write_index();
	xap_reader *r = open_index("index");
	char *exact = malloc(5);
	assert_non_null(exact);
	memcpy(exact, "nurse", 5);
	assert_true(xap_reader_postings(r, (struct slice){ exact, 5 }, &p, &err));
	assert_int_equal(p.count, 1);
	assert_memory_equal(p.at, expected, sizeof expected);
	free(exact);
	xap_postings_free(&p);
	xap_reader_close(r);
}

/* ------------------------------------------------------------------- files, folders ---- */

static void test_writer_and_compact_refuse(void **state)
{
	const char *dirs[] = { "one", "missing" };
	struct error exists = { 0 }, nothing = { 0 }, missing = { 0 }, taken = { 0 }, nowhere = { 0 };
	xap_writer *w = NULL;
	(void)state;
	write_folder("one", 0, 1);
	assert_false(xap_writer_open("one", &w, &exists));
	assert_int_equal(exists.code, ERROR_IO);
	assert_false(xap_writer_open("no/where", &w, &nowhere));
	assert_int_equal(nowhere.code, ERROR_IO);
	assert_null(w);
	assert_false(xap_compact(dirs, 0, "target", &nothing));
	assert_int_equal(nothing.code, ERROR_INTERNAL);
	assert_false(xap_compact(dirs, 2, "target", &missing));
	assert_int_equal(missing.code, ERROR_IO);
	assert_int_equal(access("target", F_OK), -1);
	write_file("target", "precious", 8);
	assert_false(xap_compact(dirs, 1, "target", &taken));
	assert_int_equal(taken.code, ERROR_IO);
	struct buffer kept = read_file("target");
	assert_true(slice_equal(buffer_slice(&kept), SLICE("precious")));
	buffer_free(&kept);
}

static void test_same_documents_same_bytes(void **state)
{
	const char *dirs[] = { "one", "two" };
	struct error err = { 0 };
	(void)state;
	write_index();
	assert_int_equal(rename("one", "old.one"), 0);
	assert_int_equal(rename("two", "old.two"), 0);
	write_folder("one", 0, FIRST_FOLDER);
	write_folder("two", FIRST_FOLDER, DOCUMENTS);
	assert_true(xap_compact(dirs, 2, "again", &err));
	struct buffer a = read_file("index"), b = read_file("again");
	assert_true(slice_equal(buffer_slice(&a), buffer_slice(&b)));
	buffer_free(&a);
	buffer_free(&b);
}

/* DESIGN section 4: a trailer of ours stands behind the glass data. */
static void test_open_by_descriptor(void **state)
{
	struct error err = { 0 };
	xap_reader *r = NULL, *second = NULL;
	struct buffer out = { 0 };
	(void)state;
	write_index();
	struct buffer index = read_file("index");
	assert_true(buffer_append(&index, "a trailer of odd length", 23, &err));
	write_file("index", index.at, index.length);
	buffer_free(&index);

	int fd = open("index", O_RDONLY);
	assert_true(fd >= 0);
	assert_int_equal(lseek(fd, 17, SEEK_SET), 17);
	assert_true(xap_reader_open_fd(fd, &r, &err));
	assert_int_equal(lseek(fd, 0, SEEK_CUR), 17);
	assert_true(xap_reader_open_fd(fd, &second, &err));
	assert_int_equal(close(fd), 0);
	assert_true(xap_reader_data(r, 5, &out, &err));
	assert_string_equal(matches(r, words(xap_query_phrase, 0, "data", "base"), 0, 0), "1 ");
	xap_reader_close(r);
	assert_string_equal(matches(second, term("nurse"), 0, 0), "4 ");
	xap_reader_close(second);
	assert_true(xap_check("index", &err));
	xap_reader_close(open_index("index"));
	buffer_free(&out);
}

static void assert_refused(const char *path, enum error_code code)
{
	struct error by_path = { 0 }, by_check = { 0 };
	xap_reader *r = NULL;
	assert_false(xap_reader_open(path, &r, &by_path));
	assert_null(r);
	assert_int_equal(by_path.code, code);
	assert_true(by_path.text[0] != '\0');
	assert_false(xap_check(path, &by_check));
	assert_int_equal(by_check.code, code);
	assert_true(by_check.text[0] != '\0');
}

static void test_foreign_and_missing(void **state)
{
	char letters[5000];
	struct error err = { 0 };
	xap_reader *r = NULL;
	(void)state;
	memset(letters, 'z', sizeof letters);
	write_file("foreign", letters, sizeof letters);
	write_file("short", letters, 10);
	write_file("empty", letters, 0);
	/* What Xapian by itself would take for a list of databases. */
	write_file("stub", "remote localhost:1\n", 19);
	assert_int_equal(mkdir("folder", 0777), 0);
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_refused("foreign", ERROR_DAMAGED);
	assert_refused("short", ERROR_DAMAGED);
	assert_refused("empty", ERROR_DAMAGED);
	assert_refused("stub", ERROR_DAMAGED);
	assert_refused("folder", ERROR_DAMAGED);
	assert_refused("fifo", ERROR_DAMAGED);
	assert_refused("missing", ERROR_IO);
	assert_false(xap_reader_open_fd(-1, &r, &err));
	assert_int_equal(err.code, ERROR_IO);
	assert_null(r);
}

static void test_other_version(void **state)
{
	(void)state;
	write_index();
	struct buffer index = read_file("index");
	index.at[15] ^= 1;
	write_file("index", index.at, index.length);
	assert_refused("index", ERROR_VERSION);
	buffer_free(&index);
}

/* A truncated file opens, as Xapian reads it by and by; reading or checking finds out. */
static void test_truncated(void **state)
{
	struct error check = { 0 }, data = { 0 };
	struct buffer out = { 0 };
	xap_reader *r = NULL;
	(void)state;
	write_index();
	struct buffer index = read_file("index");
	write_file("index", index.at, 9000);
	buffer_free(&index);
	assert_false(xap_check("index", &check));
	assert_int_equal(check.code, ERROR_DAMAGED);
	if (xap_reader_open("index", &r, &data)) {
		assert_false(xap_reader_data(r, 5, &out, &data) &&
			     xap_reader_metadata(r, SLICE("one"), &out, &data) &&
			     xap_reader_positions(r, 1, SLICE("software"), &out, &data));
	}
	assert_int_equal(data.code, ERROR_DAMAGED);
	assert_int_equal(out.length % 8, 0);
	xap_reader_close(r);
	buffer_free(&out);
}

static void test_nothing_to_free(void **state)
{
	xap_writer *w = NULL;
	struct xap_postings p = { 0 };
	(void)state;
	xap_document_free(NULL);
	xap_reader_close(NULL);
	xap_query_free(NULL);
	xap_postings_free(NULL);
	xap_postings_free(&p);
	assert_true(xap_writer_close(&w, NULL));
	assert_true(strncmp(xap_version(), "1.4.", 4) == 0);
}

/* --------------------------------------------------------------------------- faults ---- */

#ifdef SOC_FAULTS

/* What the calls below work on, and the fault that meets the next one. */
struct world {
	struct error err;
	xap_writer *w;
	xap_document *doc;
	xap_reader *r;
	int kind;      /* enum xap_fault, or XAP_FAULT_COUNT: an allocation of lib/base */
	unsigned at;   /* 0: no fault */
};

/* From here to disarm() the fault may strike. */
static void arm(const struct world *x)
{
	if (x->kind < XAP_FAULT_COUNT)
		xap_fault_arm((enum xap_fault)x->kind, x->at);
	else
		fault_arm(FAULT_MEMORY, x->at, false);
}

static bool struck(const struct world *x)
{
	return x->kind < XAP_FAULT_COUNT ? xap_fault_thrown() : fault_failures(FAULT_MEMORY) > 0;
}

static bool disarm(bool done)
{
	if (done) {
		xap_fault_arm(XAP_FAULT_NUMBER, 0);
		fault_arm(FAULT_MEMORY, 0, false);
	}
	return done;
}

/* A function that made a thing, or did not: it is there only where the call succeeded. */
static bool end_query(bool done, xap_query *q)
{
	assert_int_equal(done, q != NULL);
	xap_query_free(q);
	return done;
}

static bool end_reader(bool done, xap_reader *r)
{
	assert_int_equal(done, r != NULL);
	xap_reader_close(r);
	return done;
}

static bool end_buffer(bool done, struct buffer *b, size_t length)
{
	assert_int_equal(b->length, done ? length : 0);
	buffer_free(b);
	return done;
}

static bool call_writer_open(struct world *x)
{
	xap_writer *w = NULL;
	arm(x);
	bool done = xap_writer_open("fresh", &w, &x->err);
	assert_int_equal(done, w != NULL);
	/* A failure leaves no folder behind, so that the next try finds none. */
	assert_int_equal(access("fresh", F_OK), done ? 0 : -1);
	if (done) {
		xap_fault_arm(XAP_FAULT_NUMBER, 0);
		assert_true(xap_writer_close(&w, NULL));
		assert_int_equal(system("rm -r fresh"), 0);
	}
	return done;
}

static bool call_writer_close(struct world *x)
{
	xap_writer *w = NULL;
	assert_true(xap_writer_open("fresh", &w, NULL));
	assert_true(xap_writer_add(w, x->doc, NULL, NULL));
	arm(x);
	bool done = xap_writer_close(&w, &x->err);
	assert_null(w);
	assert_int_equal(system("rm -r fresh"), 0);
	return done;
}

static bool call_document_new(struct world *x)
{
	xap_document *doc = NULL;
	arm(x);
	bool done = xap_document_new(&doc, &x->err);
	assert_int_equal(done, doc != NULL);
	xap_document_free(doc);
	return done;
}

static bool call_add_term(struct world *x)
{
	arm(x);
	return xap_document_add_term(x->doc, SLICE("t"), 1, &x->err);
}

static bool call_add_position(struct world *x)
{
	arm(x);
	return xap_document_add_position(x->doc, SLICE("t"), 2, 1, &x->err);
}

static bool call_add_filter(struct world *x)
{
	arm(x);
	return xap_document_add_filter(x->doc, SLICE("F"), &x->err);
}

static bool call_set_data(struct world *x)
{
	arm(x);
	return xap_document_set_data(x->doc, SLICE("data"), &x->err);
}

static bool call_set_value(struct world *x)
{
	arm(x);
	return xap_document_set_value(x->doc, 3, SLICE("value"), &x->err);
}

static bool call_set_number(struct world *x)
{
	arm(x);
	return xap_document_set_number(x->doc, 4, 1.5, &x->err);
}

static bool call_add(struct world *x)
{
	uint32_t docid = 0;
	arm(x);
	bool done = xap_writer_add(x->w, x->doc, &docid, &x->err);
	assert_int_equal(done, docid != 0);
	return done;
}

static bool call_set_metadata(struct world *x)
{
	arm(x);
	return xap_writer_set_metadata(x->w, SLICE("key"), SLICE("value"), &x->err);
}

static bool call_add_spelling(struct world *x)
{
	arm(x);
	return xap_writer_add_spelling(x->w, SLICE("word"), 1, &x->err);
}

static bool call_add_synonym(struct world *x)
{
	arm(x);
	return xap_writer_add_synonym(x->w, SLICE("word"), SLICE("other"), &x->err);
}

static bool call_compact(struct world *x)
{
	const char *dirs[] = { "one", "two" };
	arm(x);
	bool done = xap_compact(dirs, 2, "compacted", &x->err);
	assert_int_equal(access("compacted", F_OK), done ? 0 : -1);
	unlink("compacted");
	return done;
}

static bool call_check(struct world *x)
{
	arm(x);
	return xap_check("index", &x->err);
}

static bool call_check_folder(struct world *x)
{
	arm(x);
	return xap_check("one", &x->err);
}

static bool call_open(struct world *x)
{
	xap_reader *r = NULL;
	arm(x);
	bool done = xap_reader_open("index", &r, &x->err);
	return end_reader(done, r);
}

static bool call_open_folder(struct world *x)
{
	xap_reader *r = NULL;
	arm(x);
	bool done = xap_reader_open("one", &r, &x->err);
	return end_reader(done, r);
}

static bool call_open_fd(struct world *x)
{
	xap_reader *r = NULL;
	int fd = open("index", O_RDONLY);
	assert_int_equal(lseek(fd, 5, SEEK_SET), 5);
	arm(x);
	bool done = xap_reader_open_fd(fd, &r, &x->err);
	assert_int_equal(lseek(fd, 0, SEEK_CUR), 5);
	assert_int_equal(close(fd), 0);
	return end_reader(done, r);
}

static bool call_postings(struct world *x)
{
	struct xap_postings p = { 0 };
	arm(x);
	bool done = xap_reader_postings(x->r, SLICE("Wall"), &p, &x->err);
	assert_int_equal(p.count, done ? DOCUMENTS : 0);
	xap_postings_free(&p);
	return done;
}

static bool call_frequency(struct world *x)
{
	uint32_t in_documents = 77;
	uint64_t in_all = 77;
	arm(x);
	bool done = xap_reader_frequency(x->r, SLICE("Wall"), &in_documents, &in_all, &x->err);
	assert_int_equal(in_documents, done ? 5 : 77);
	assert_int_equal(in_all, done ? 15 : 77);
	return done;
}

static bool call_positions(struct world *x)
{
	struct buffer out = { 0 };
	arm(x);
	bool done = xap_reader_positions(x->r, 1, SLICE("software"), &out, &x->err);
	return end_buffer(done, &out, 2 * sizeof(uint32_t));
}

static bool call_data(struct world *x)
{
	struct buffer out = { 0 };
	arm(x);
	bool done = xap_reader_data(x->r, 1, &out, &x->err);
	return end_buffer(done, &out, 8);
}

static bool call_value(struct world *x)
{
	struct buffer out = { 0 };
	arm(x);
	bool done = xap_reader_value(x->r, 1, SLOT_BYTES, &out, &x->err);
	return end_buffer(done, &out, 3);
}

static bool call_number(struct world *x)
{
	double number = 77;
	arm(x);
	bool done = xap_reader_number(x->r, 1, SLOT_NUMBER, &number, &x->err);
	assert_true(number == (done ? -2.5 : 77));
	return done;
}

static bool call_metadata(struct world *x)
{
	struct buffer out = { 0 };
	arm(x);
	bool done = xap_reader_metadata(x->r, SLICE("one"), &out, &x->err);
	return end_buffer(done, &out, 8);
}

static bool call_terms(struct world *x)
{
	arm(x);
	return xap_reader_terms(x->r, SLICE("d"), ignore_item, NULL, &x->err);
}

static bool call_metadata_keys(struct world *x)
{
	arm(x);
	return xap_reader_metadata_keys(x->r, SLICE(""), ignore_item, NULL, &x->err);
}

static bool call_synonyms(struct world *x)
{
	arm(x);
	return xap_reader_synonyms(x->r, SLICE("nurse"), ignore_item, NULL, &x->err);
}

static bool call_spellings(struct world *x)
{
	arm(x);
	return xap_reader_spellings(x->r, ignore_item, NULL, &x->err);
}

static bool call_suggest(struct world *x)
{
	struct buffer out = { 0 };
	arm(x);
	bool done = xap_reader_suggest(x->r, SLICE("nurze"), 2, &out, &x->err);
	return end_buffer(done, &out, 5);
}

static bool call_query_term(struct world *x)
{
	xap_query *q = NULL;
	arm(x);
	bool done = xap_query_term(SLICE("data"), &q, &x->err);
	return end_query(done, q);
}

static bool call_query_all(struct world *x)
{
	xap_query *q = NULL;
	arm(x);
	bool done = xap_query_all(&q, &x->err);
	return end_query(done, q);
}

/* The parts are gone in any case; that they were freed the leak checker says. */
static bool call_query_combine(struct world *x)
{
	xap_query *q = NULL, *parts[] = { term("data"), term("base"), term("nurse") };
	arm(x);
	bool done = xap_query_combine(XAP_OR, parts, 3, &q, &x->err);
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		assert_null(parts[i]);
	return end_query(done, q);
}

static bool call_query_phrase(struct world *x)
{
	xap_query *q = NULL;
	arm(x);
	bool done = xap_query_phrase((const struct slice[]){ SLICE("data"), SLICE("base") }, 2, 0, &q, &x->err);
	return end_query(done, q);
}

static bool call_query_near(struct world *x)
{
	xap_query *q = NULL;
	arm(x);
	bool done = xap_query_near((const struct slice[]){ SLICE("data"), SLICE("base") }, 2, 5, &q, &x->err);
	return end_query(done, q);
}

static bool call_query_wildcard(struct world *x)
{
	xap_query *q = NULL;
	arm(x);
	bool done = xap_query_wildcard(SLICE("d"), 10, &q, &x->err);
	return end_query(done, q);
}

static bool call_query_range(struct world *x)
{
	xap_query *q = NULL;
	arm(x);
	bool done = xap_query_range(SLOT_NUMBER, 0, 1, &q, &x->err);
	return end_query(done, q);
}

static bool call_match(struct world *x)
{
	struct buffer out = { 0 };
	xap_query *q = term("data");
	arm(x);
	bool done = xap_reader_match(x->r, q, 0, 3, &out, &x->err);
	xap_query_free(q);
	return end_buffer(done, &out, 3 * sizeof(struct xap_match));
}

static bool call_match_all(struct world *x)
{
	struct buffer out = { 0 };
	xap_query *q = term("data");
	arm(x);
	bool done = xap_reader_match(x->r, q, 0, 0, &out, &x->err);
	xap_query_free(q);
	return end_buffer(done, &out, 4 * sizeof(struct xap_match));
}

#define CALL(name) { #name, call_##name }

static const struct {
	const char *name;
	bool (*call)(struct world *x);
} calls[] = {
	CALL(writer_open), CALL(writer_close), CALL(document_new), CALL(add_term), CALL(add_position),
	CALL(add_filter), CALL(set_data), CALL(set_value), CALL(set_number), CALL(add), CALL(set_metadata),
	CALL(add_spelling), CALL(add_synonym), CALL(compact), CALL(check), CALL(check_folder), CALL(open),
	CALL(open_folder), CALL(open_fd), CALL(postings), CALL(frequency), CALL(positions), CALL(data),
	CALL(value), CALL(number), CALL(metadata), CALL(terms), CALL(metadata_keys), CALL(synonyms),
	CALL(spellings), CALL(suggest), CALL(query_term), CALL(query_all), CALL(query_combine),
	CALL(query_phrase), CALL(query_near), CALL(query_wildcard), CALL(query_range), CALL(match),
	CALL(match_all),
};

/* What each kind of exception is to a caller. */
static const enum error_code expected_code[XAP_FAULT_COUNT + 1] = {
	[XAP_FAULT_CORRUPT] = ERROR_DAMAGED,    [XAP_FAULT_OPENING] = ERROR_DAMAGED,
	[XAP_FAULT_SYSTEM] = ERROR_IO,          [XAP_FAULT_VERSION] = ERROR_VERSION,
	[XAP_FAULT_LOCK] = ERROR_IO,            [XAP_FAULT_ARGUMENT] = ERROR_INTERNAL,
	[XAP_FAULT_RANGE] = ERROR_LIMIT,        [XAP_FAULT_MEMORY] = ERROR_MEMORY,
	[XAP_FAULT_STANDARD] = ERROR_INTERNAL,  [XAP_FAULT_TEXT] = ERROR_LIMIT,
	[XAP_FAULT_NUMBER] = ERROR_INTERNAL,    [XAP_FAULT_COUNT] = ERROR_MEMORY,
};

static void enter_world(struct world *x)
{
	struct error err = { 0 };
	write_index();
	assert_true(xap_writer_open("w", &x->w, &err));
	assert_true(xap_document_new(&x->doc, &err));
	assert_true(xap_document_add_term(x->doc, SLICE("start"), 1, &err));
	x->r = open_index("index");
}

static void leave_world(struct world *x)
{
	struct error err = { 0 };
	assert_true(xap_writer_close(&x->w, &err));
	xap_document_free(x->doc);
	xap_reader_close(x->r);
}

/* Let the fault strike at step 1, 2, 3 ... of one call, until it is reached no more; after each failure
 * the same call on the same handles must succeed. */
static unsigned strike(struct world *x, size_t i)
{
	for (unsigned at = 1;; at++) {
		x->err = (struct error){ 0 };
		x->at = at;
		bool done = calls[i].call(x);
		bool hit = struck(x);
		disarm(true);
		if (done == hit || (!done && x->err.code != expected_code[x->kind]) ||
		    (!done && x->err.text[0] == '\0'))
			fail_msg("%s, fault %d at step %u: done %d, hit %d, code %d, text '%s'", calls[i].name,
				 x->kind, at, done, hit, (int)x->err.code, x->err.text);
		if (!hit)
			return at - 1;
		x->err = (struct error){ 0 };
		x->at = 0;
		assert_true(calls[i].call(x));
	}
}

static void test_every_exception(void **state)
{
	struct world x = { 0 };
	(void)state;
	enter_world(&x);
	for (size_t i = 0; i < COUNT_OF(calls); i++) {
		for (x.kind = 0; x.kind <= XAP_FAULT_COUNT; x.kind++) {
			unsigned steps = strike(&x, i);
			if (x.kind < XAP_FAULT_COUNT && steps == 0)
				fail_msg("%s has no step that can throw", calls[i].name);
		}
	}
	leave_world(&x);
}

/* Without a struct error to fill nothing is worse. */
static void test_exception_without_error(void **state)
{
	xap_query *q = NULL;
	(void)state;
	xap_fault_arm(XAP_FAULT_CORRUPT, 1);
	assert_false(xap_query_all(&q, NULL));
	assert_null(q);
}

#else

static void test_every_exception(void **state)
{
	(void)state;
	print_message("skipped: built without -DSOC_FAULTS\n");
	skip();
}

#endif

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_postings),
		TEST(test_postings_grow),
		TEST(test_positions),
		TEST(test_documents),
		TEST(test_unknown_document),
		TEST(test_lists),
		TEST(test_metadata_and_spelling),
		TEST(test_document_clear),
		TEST(test_operators),
		TEST(test_weights),
		TEST(test_phrases),
		TEST(test_wildcards),
		TEST(test_ranges),
		TEST(test_wrong_queries),
		TEST(test_terms_that_do_not_fit),
		TEST(test_slices_borrow),
		TEST(test_writer_and_compact_refuse),
		TEST(test_same_documents_same_bytes),
		TEST(test_open_by_descriptor),
		TEST(test_foreign_and_missing),
		TEST(test_other_version),
		TEST(test_truncated),
		TEST(test_nothing_to_free),
		TEST(test_every_exception),
#ifdef SOC_FAULTS
		TEST(test_exception_without_error),
#endif
	};
	return cmocka_run_group_tests_name("xap", tests, NULL, NULL);
}
