// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_xapian.c - lib/xap on disk: what is written is read back, what is damaged is refused, and every
 * exception that a function can meet becomes an error (built with -DSOC_FAULTS).
 */
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/base/fault.h"
#include "lib/xapian/xapian_fault.h"
#include "lib/xapian/xapian_wrap.h"

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

/* Words get positions 1, 2, 3 ...; documents 1 to 3 go into the first folder, 4 and 5 into the second. */
static const struct {
	const char *text;
	const char *filter;
} documents[] = {
	{ "software developer of data base software", "Kfirst" },
	{ "data entry clerk", "Kfirst" },
	{ "data software base", "Ksecond" },
	{ "nurse of the night", "Ksecond" },
	{ "base data analyst", "Ksecond" },
};

enum { DOCUMENTS = COUNT_OF(documents), FIRST_FOLDER = 3 };

static void fill_document(xap_document *doc, size_t i)
{
	struct error err = { 0 };
	char words[128];
	uint32_t position = 0;
	snprintf(words, sizeof words, "%s", documents[i].text);
	for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
		assert_true(xap_document_add_position(doc, slice_of(word), ++position, 1, &err));
	assert_true(xap_document_add_term(doc, SLICE("Wall"), (uint32_t)i + 1, &err));
	assert_true(xap_document_add_filter(doc, slice_of(documents[i].filter), &err));
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

/* What cannot be opened as a file, xap_reader_open_fd() gets as descriptor -1. */
static bool open_path(const char *path, xap_reader **out, struct error *err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK);
	bool done = xap_reader_open_fd(fd, out, err);
	assert_true(fd < 0 || close(fd) == 0);
	return done;
}

static xap_reader *open_index(const char *path)
{
	struct error err = { 0 };
	xap_reader *r = NULL;
	assert_true(open_path(path, &r, &err));
	assert_non_null(r);
	return r;
}

static xap_reader *open_compacted(const char *dir, const char *target)
{
	struct error err = { 0 };
	assert_true(xap_compact(&dir, 1, target, &err));
	return open_index(target);
}

enum { MANY = 3000 };

/* Makes the file `many`, of several blocks of each kind: each document holds "all" seven times over, and at
 * the next position a word of its own, word0, word1, ... */
static void write_many(void)
{
	struct error err = { 0 };
	xap_writer *w = NULL;
	xap_document *doc = NULL;
	char word[16];
	assert_true(xap_writer_open("folder", &w, &err));
	assert_true(xap_document_new(&doc, &err));
	for (uint32_t i = 0; i < MANY; i++) {
		snprintf(word, sizeof word, "word%u", i);
		assert_true(xap_document_add_position(doc, slice_of(word), i % 5 + 2, 1, &err));
		assert_true(xap_document_add_position(doc, SLICE("all"), i % 5 + 1, 7, &err));
		assert_true(xap_writer_add(w, doc, NULL, &err));
		xap_document_clear(doc);
	}
	assert_true(xap_writer_close(&w, &err));
	assert_true(xap_compact((const char *const[]){ "folder" }, 1, "many", &err));
	xap_document_free(doc);
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
	(void)state;
	write_index();
	xap_reader *r = open_index("index");
	assert_int_equal(xap_reader_document_count(r), DOCUMENTS);
	assert_postings(r, "Wall", all, COUNT_OF(all));
	assert_postings(r, "software", software, COUNT_OF(software));
	assert_postings(r, "Ksecond", second, COUNT_OF(second));
	assert_postings(r, "unknown", NULL, 0);
	xap_reader_close(r);
}

/* More documents than the array holds at first, read twice into the same array. */
static void test_postings_grow(void **state)
{
	struct error err = { 0 };
	struct xap_postings p = { 0 };
	(void)state;
	write_many();
	xap_reader *r = open_index("many");
	for (int turn = 0; turn < 2; turn++) {
		assert_true(xap_reader_postings(r, SLICE("all"), &p, &err));
		assert_int_equal(p.count, MANY);
		assert_int_equal(p.at[MANY - 1].docid, MANY);
		assert_int_equal(p.at[MANY - 1].wdf, 7);
	}
	xap_postings_free(&p);
	xap_reader_close(r);
}

/* Collects `term:documents ` until `left` items have come. */
struct visited {
	char text[512];
	int left;
};

static bool note_term(void *ctx, struct slice text, uint32_t in_documents)
{
	struct visited *v = ctx;
	size_t used = strlen(v->text);
	snprintf(v->text + used, sizeof v->text - used, "%.*s:%u ", (int)text.length, text.at, in_documents);
	return --v->left > 0;
}

static void test_terms(void **state)
{
	struct error err = { 0 };
	struct visited v = { "", 100 };
	(void)state;
	write_index();
	xap_reader *r = open_index("index");
	assert_true(xap_reader_terms(r, SLICE("d"), note_term, &v, &err));
	assert_string_equal(v.text, "data:4 developer:1 ");
	v = (struct visited){ "", 100 };
	assert_true(xap_reader_terms(r, SLICE("zz"), note_term, &v, &err));
	assert_string_equal(v.text, "");
	v = (struct visited){ "", 2 };
	assert_true(xap_reader_terms(r, SLICE(""), note_term, &v, &err));
	assert_string_equal(v.text, "Kfirst:2 Ksecond:3 ");
	v = (struct visited){ "", 100 };
	assert_true(xap_reader_terms(r, SLICE(""), note_term, &v, &err));
	assert_string_equal(v.text, "Kfirst:2 Ksecond:3 Wall:5 analyst:1 base:3 clerk:1 data:4 developer:1 "
				    "entry:1 night:1 nurse:1 of:2 software:2 the:1 ");
	xap_reader_close(r);
}

/* A document is as new after xap_document_clear(), and an empty one can be stored. */
static void test_document_clear(void **state)
{
	static const struct xap_posting second[] = { { 2, 1 } };
	struct error err = { 0 };
	struct visited v = { "", 100 };
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
	xap_reader *r = open_compacted("w", "w.index");
	assert_int_equal(xap_reader_document_count(r), 2);
	assert_true(xap_reader_terms(r, SLICE(""), note_term, &v, &err));
	assert_string_equal(v.text, "only:1 ");
	assert_postings(r, "only", second, 1);
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
	(void)state;
	write_index();
	xap_reader *r = open_index("index");
	assert_string_equal(matches(r, term("Wall"), 0, 0), "1 2 3 4 5 ");
	assert_string_equal(matches(r, term("data"), 0, 0), "1 2 3 5 ");
	assert_string_equal(matches(r, term("data"), 1, 0), "2 3 5 ");
	assert_string_equal(matches(r, term("data"), 99, 0), "");
	assert_string_equal(matches(r, term("unknown"), 0, 10), "");
	assert_string_equal(matches(r, combine(XAP_AND, 2, term("data"), term("base"), NULL), 0, 0), "1 3 5 ");
	assert_string_equal(matches(r, combine(XAP_OR, 2, term("clerk"), term("nurse"), NULL), 0, 0), "2 4 ");
	assert_string_equal(matches(r, combine(XAP_AND_NOT, 3, term("data"), term("clerk"), term("analyst")), 0, 0),
			    "1 3 ");
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
	/* A word that occurs twice stands at both places, and each window ends where it should. */
	assert_string_equal(matches(r, words(xap_query_phrase, 0, "software", "developer"), 0, 0), "1 ");
	assert_string_equal(matches(r, words(xap_query_phrase, 4, "developer", "software"), 0, 0), "");
	assert_string_equal(matches(r, words(xap_query_phrase, 5, "developer", "software"), 0, 0), "1 ");
	assert_string_equal(matches(r, words(xap_query_near, 2, "analyst", "base"), 0, 0), "");
	assert_string_equal(matches(r, words(xap_query_near, 3, "analyst", "base"), 0, 0), "5 ");
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

/* Everything that takes a term or a prefix; each must refuse what does not fit. */
struct term_user {
	xap_document *doc;
	xap_reader *r;
};

typedef bool use_term(struct term_user *u, struct slice t, struct error *err);

static bool ignore_term(void *ctx, struct slice text, uint32_t in_documents)
{
	(void)ctx, (void)text, (void)in_documents;
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

static bool use_postings(struct term_user *u, struct slice t, struct error *err)
{
	struct xap_postings p = { 0 };
	bool done = xap_reader_postings(u->r, t, &p, err);
	xap_postings_free(&p);
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
	return xap_reader_terms(u->r, t, ignore_term, NULL, err);
}

static const struct {
	use_term *use;
	bool may_be_empty; /* a prefix */
} term_users[] = {
	{ use_add_term, false },   { use_add_position, false }, { use_add_filter, false }, { use_postings, false },
	{ use_query_term, false }, { use_query_phrase, false }, { use_query_near, false }, { use_terms, true },
};

static void test_terms_that_do_not_fit(void **state)
{
	struct error err = { 0 };
	struct term_user u = { 0 };
	xap_writer *w = NULL;
	char letters[XAP_TERM_MAX + 1], zeros[XAP_TERM_MAX / 2 + 1] = { 0 };
	const struct slice longest = { letters, XAP_TERM_MAX }, too_long = { letters, XAP_TERM_MAX + 1 },
			   empty = { NULL, 0 }, longest_zeros = { zeros, XAP_TERM_MAX / 2 },
			   too_many_zeros = { zeros, XAP_TERM_MAX / 2 + 1 };
	(void)state;
	memset(letters, 'x', sizeof letters);
	write_index();
	u.r = open_index("index");
	assert_true(xap_writer_open("w", &w, &err));
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
	assert_true(xap_writer_add(w, u.doc, NULL, &err));
	assert_true(xap_writer_close(&w, &err));
	xap_reader *r = open_compacted("w", "w.index");
	struct xap_postings p = { 0 };
	assert_true(xap_reader_postings(r, longest, &p, &err));
	assert_int_equal(p.count, 1);
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
	static const char *const foreign[] = { "folder", "fifo", "file" };
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
	/* Only a folder is compacted, and only one with a database, not what leads Xapian to another machine. */
	assert_int_equal(mkdir("folder", 0777), 0);
	assert_int_equal(mkfifo("fifo", 0600), 0);
	write_file("folder/XAPIANDB", "remote localhost:1\n", 19);
	write_file("file", "remote localhost:1\n", 19);
	for (size_t i = 0; i < COUNT_OF(foreign); i++) {
		struct error err = { 0 };
		dirs[1] = foreign[i];
		assert_false(xap_compact(dirs, 2, "target", &err));
		assert_int_equal(err.code, ERROR_DAMAGED);
		assert_int_equal(access("target", F_OK), -1);
	}
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
	assert_int_equal(xap_reader_document_count(r), DOCUMENTS);
	assert_string_equal(matches(r, words(xap_query_phrase, 0, "data", "base"), 0, 0), "1 ");
	xap_reader_close(r);
	assert_string_equal(matches(second, term("nurse"), 0, 0), "4 ");
	xap_reader_close(second);
	assert_true(xap_check("index", &err));
}

static void assert_refused(const char *path, enum error_code code)
{
	struct error by_open = { 0 }, by_check = { 0 };
	xap_reader *r = NULL;
	assert_false(open_path(path, &r, &by_open));
	assert_null(r);
	assert_int_equal(by_open.code, code);
	assert_true(by_open.text[0] != '\0');
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
	write_folder("one", 0, 1);
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
	/* A reader takes the one file, not the folder that it was made from. */
	assert_false(open_path("one", &r, &err));
	assert_int_equal(err.code, ERROR_DAMAGED);
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

enum { READ_POSTINGS, READ_TERMS, READ_MATCHES, READ_COUNT };

static bool count_term(void *ctx, struct slice text, uint32_t in_documents)
{
	(void)text, (void)in_documents;
	++*(size_t *)ctx;
	return true;
}

/* Read `many` in one way: all of it, or a failure that says why. */
static bool read_many(xap_reader *r, int way, struct error *err)
{
	struct xap_postings p = { 0 };
	struct buffer out = { 0 };
	size_t count = 0;
	xap_query *q = words(xap_query_phrase, 0, "all", "word2000");
	bool done = way == READ_POSTINGS ? xap_reader_postings(r, SLICE("all"), &p, err)
		    : way == READ_TERMS  ? xap_reader_terms(r, SLICE(""), count_term, &count, err)
					 : xap_reader_match(r, q, 0, 0, &out, err);
	assert_int_equal(err->code, done ? ERROR_NONE : ERROR_DAMAGED);
	assert_int_equal(p.count, done && way == READ_POSTINGS ? MANY : 0);
	assert_true(!done || way != READ_TERMS || count == MANY + 1);
	assert_int_equal(out.length, done && way == READ_MATCHES ? sizeof(struct xap_match) : 0);
	xap_postings_free(&p);
	buffer_free(&out);
	xap_query_free(q);
	return done;
}

/* Open and read a damaged `many`, and count what did not go. */
static void read_damaged(unsigned *not_opened, unsigned not_read[READ_COUNT])
{
	struct error check = { 0 }, opening = { 0 };
	xap_reader *r = NULL;
	assert_false(xap_check("many", &check));
	assert_int_equal(check.code, ERROR_DAMAGED);
	if (!open_path("many", &r, &opening)) {
		assert_int_equal(opening.code, ERROR_DAMAGED);
		++*not_opened;
		return;
	}
	for (int way = 0; way < READ_COUNT; way++) {
		struct error err = { 0 };
		not_read[way] += !read_many(r, way, &err);
	}
	xap_reader_close(r);
}

/* A damaged file may open, as Xapian reads it by and by; reading finds out where it comes to the damage, and
 * checking always.  Each block in turn is overwritten, or the file ends before it. */
static void test_damaged(void **state)
{
	enum { BLOCK = 8192 };
	unsigned not_opened = 0, not_read[READ_COUNT] = { 0 };
	char whole[BLOCK];
	(void)state;
	write_many();
	struct buffer many = read_file("many");
	for (size_t at = BLOCK; at < many.length; at += BLOCK) {
		write_file("many", many.at, at);
		read_damaged(&not_opened, not_read);
		memcpy(whole, many.at + at, BLOCK);
		memset(many.at + at, 'z', BLOCK);
		write_file("many", many.at, many.length);
		read_damaged(&not_opened, not_read);
		memcpy(many.at + at, whole, BLOCK);
	}
	assert_true(not_opened > 0);
	for (int way = 0; way < READ_COUNT; way++)
		assert_true(not_read[way] > 0);
	buffer_free(&many);
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
	int kind;    /* enum xap_fault, or XAP_FAULT_COUNT: an allocation of lib/base */
	unsigned at; /* 0: no fault */
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

static bool call_add(struct world *x)
{
	uint32_t docid = 0;
	arm(x);
	bool done = xap_writer_add(x->w, x->doc, &docid, &x->err);
	assert_int_equal(done, docid != 0);
	return done;
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

static bool call_terms(struct world *x)
{
	arm(x);
	return xap_reader_terms(x->r, SLICE("d"), ignore_term, NULL, &x->err);
}

static bool call_query_term(struct world *x)
{
	xap_query *q = NULL;
	arm(x);
	bool done = xap_query_term(SLICE("data"), &q, &x->err);
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

#define CALL(name) \
	{ \
#name, call_##name \
	}

static const struct {
	const char *name;
	bool (*call)(struct world *x);
} calls[] = {
	CALL(writer_open),  CALL(writer_close), CALL(document_new), CALL(add_term),   CALL(add_position),
	CALL(add_filter),   CALL(add),          CALL(compact),      CALL(check),      CALL(check_folder),
	CALL(open_fd),      CALL(postings),     CALL(terms),        CALL(query_term), CALL(query_combine),
	CALL(query_phrase), CALL(query_near),   CALL(match),        CALL(match_all),
};

/* What each kind of exception is to a caller. */
static const enum error_code expected_code[XAP_FAULT_COUNT + 1] = {
	[XAP_FAULT_CORRUPT] = ERROR_DAMAGED, [XAP_FAULT_OPENING] = ERROR_DAMAGED, [XAP_FAULT_SYSTEM] = ERROR_IO,
	[XAP_FAULT_VERSION] = ERROR_VERSION, [XAP_FAULT_LOCK] = ERROR_IO,         [XAP_FAULT_ARGUMENT] = ERROR_INTERNAL,
	[XAP_FAULT_RANGE] = ERROR_LIMIT,     [XAP_FAULT_MEMORY] = ERROR_MEMORY,   [XAP_FAULT_STANDARD] = ERROR_INTERNAL,
	[XAP_FAULT_TEXT] = ERROR_LIMIT,      [XAP_FAULT_NUMBER] = ERROR_INTERNAL, [XAP_FAULT_COUNT] = ERROR_MEMORY,
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
			fail_msg("%s, fault %d at step %u: done %d, hit %d, code %d, text '%s'", calls[i].name, x->kind,
				 at, done, hit, (int)x->err.code, x->err.text);
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
	assert_false(xap_query_term(SLICE("data"), &q, NULL));
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
		TEST(test_terms),
		TEST(test_document_clear),
		TEST(test_operators),
		TEST(test_weights),
		TEST(test_phrases),
		TEST(test_wrong_queries),
		TEST(test_terms_that_do_not_fit),
		TEST(test_slices_borrow),
		TEST(test_writer_and_compact_refuse),
		TEST(test_same_documents_same_bytes),
		TEST(test_open_by_descriptor),
		TEST(test_foreign_and_missing),
		TEST(test_other_version),
		TEST(test_damaged),
		TEST(test_nothing_to_free),
		TEST(test_every_exception),
#ifdef SOC_FAULTS
		TEST(test_exception_without_error),
#endif
	};
	return cmocka_run_group_tests_name("xap", tests, NULL, NULL);
}
