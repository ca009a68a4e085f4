// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_xapian.c - lib/xapian on disk: what is written is read back, what is damaged is refused, and every
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

static const struct {
	const char *text;
	const char *field;
} documents[] = {
	{ "software developer of data base software", "Kfirst" },
	{ "data entry clerk", "Kfirst" },
	{ "data software base", "Ksecond" },
	{ "nurse of the night", "Ksecond" },
	{ "base data analyst", "Ksecond" },
};

enum { DOCUMENTS = COUNT_OF(documents) };

static void add_document(xap_writer *w, size_t i)
{
	struct error err = { 0 };
	char words[128];
	snprintf(words, sizeof words, "%s", documents[i].text);
	for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
		assert_true(xap_writer_add_term(w, slice_of(word), &err));
	assert_true(xap_writer_add_term(w, SLICE("Wall"), &err));
	assert_true(xap_writer_add_term(w, slice_of(documents[i].field), &err));
	assert_true(xap_writer_end_document(w, &err));
}

static void write_folder(const char *dir)
{
	struct error err = { 0 };
	xap_writer *w = NULL;
	assert_true(xap_writer_open(dir, &w, &err));
	for (size_t i = 0; i < DOCUMENTS; i++)
		add_document(w, i);
	assert_true(xap_writer_close(&w, &err));
	assert_null(w);
}

/* Makes the file `index` from the folder `one`. */
static void write_index(void)
{
	struct error err = { 0 };
	write_folder("one");
	assert_true(xap_compact("one", "index", &err));
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
	assert_true(xap_compact(dir, target, &err));
	return open_index(target);
}

enum { MANY = 3000 };

/* Makes the file `many`, of several blocks of each kind: each document holds "all" and a word of its own, word0,
 * word1, ... */
static void write_many(void)
{
	struct error err = { 0 };
	xap_writer *w = NULL;
	char word[16];
	assert_true(xap_writer_open("folder", &w, &err));
	for (uint32_t i = 0; i < MANY; i++) {
		snprintf(word, sizeof word, "word%u", i);
		assert_true(xap_writer_add_term(w, slice_of(word), &err) &&
			    xap_writer_add_term(w, SLICE("all"), &err) && xap_writer_end_document(w, &err));
	}
	assert_true(xap_writer_close(&w, &err));
	assert_true(xap_compact("folder", "many", &err));
}

/* ------------------------------------------------------------------ reading back ---- */

static void assert_postings(xap_reader *r, const char *term, const uint32_t *expected, size_t count)
{
	struct error err = { 0 };
	struct xap_postings p = { 0 };
	assert_true(xap_reader_postings(r, slice_of(term), &p, &err));
	assert_int_equal(p.count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(p.at[i], expected[i]);
	xap_postings_free(&p);
	assert_null(p.at);
}

static void test_postings(void **state)
{
	static const uint32_t all[] = { 1, 2, 3, 4, 5 }, software[] = { 1, 3 }, second[] = { 3, 4, 5 };
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
		assert_int_equal(p.at[MANY - 1], MANY);
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

/* A document may be empty, and each begins without the terms of the one before. */
static void test_documents_apart(void **state)
{
	static const uint32_t second[] = { 2 }, third[] = { 3 };
	struct error err = { 0 };
	struct visited v = { "", 100 };
	xap_writer *w = NULL;
	(void)state;
	assert_true(xap_writer_open("w", &w, &err));
	assert_true(xap_writer_end_document(w, &err));
	assert_true(xap_writer_add_term(w, SLICE("only"), &err) && xap_writer_add_term(w, SLICE("only"), &err) &&
		    xap_writer_end_document(w, &err));
	assert_true(xap_writer_add_term(w, SLICE("other"), &err) && xap_writer_end_document(w, &err));
	assert_true(xap_writer_close(&w, &err));
	xap_reader *r = open_compacted("w", "w.index");
	assert_int_equal(xap_reader_document_count(r), 3);
	assert_true(xap_reader_terms(r, SLICE(""), note_term, &v, &err));
	assert_string_equal(v.text, "only:1 other:1 ");
	assert_postings(r, "only", second, 1);
	assert_postings(r, "other", third, 1);
	xap_reader_close(r);
}

/* ------------------------------------------------------------------ terms refused ---- */

/* Everything that takes a term or a prefix; each must refuse what does not fit. */
struct term_user {
	xap_writer *w;
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
	return xap_writer_add_term(u->w, t, err);
}

static bool use_postings(struct term_user *u, struct slice t, struct error *err)
{
	struct xap_postings p = { 0 };
	bool done = xap_reader_postings(u->r, t, &p, err);
	xap_postings_free(&p);
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
	{ use_add_term, false },
	{ use_postings, false },
	{ use_terms, true },
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
	assert_true(xap_writer_end_document(u.w, &err));
	assert_true(xap_writer_close(&u.w, &err));
	xap_reader *r = open_compacted("w", "w.index");
	struct xap_postings p = { 0 };
	assert_true(xap_reader_postings(r, longest, &p, &err));
	assert_int_equal(p.count, 1);
	assert_true(xap_reader_postings(r, longest_zeros, &p, &err));
	assert_int_equal(p.count, 1);
	xap_postings_free(&p);
	xap_reader_close(r);
	xap_reader_close(u.r);
}

/* A slice need not end in a NUL: what lies behind it is not read. */
static void test_slices_borrow(void **state)
{
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
	assert_int_equal(p.at[0], 4);
	free(exact);
	xap_postings_free(&p);
	xap_reader_close(r);
}

/* ------------------------------------------------------------------- files, folders ---- */

static void test_writer_and_compact_refuse(void **state)
{
	static const char *const foreign[] = { "missing", "folder", "fifo", "file" };
	struct error exists = { 0 }, taken = { 0 }, nowhere = { 0 };
	xap_writer *w = NULL;
	(void)state;
	write_folder("one");
	assert_false(xap_writer_open("one", &w, &exists));
	assert_int_equal(exists.code, ERROR_IO);
	assert_false(xap_writer_open("no/where", &w, &nowhere));
	assert_int_equal(nowhere.code, ERROR_IO);
	assert_null(w);
	/* Only a folder with a database is compacted, not what leads Xapian to another machine. */
	assert_int_equal(mkdir("folder", 0777), 0);
	assert_int_equal(mkfifo("fifo", 0600), 0);
	write_file("folder/XAPIANDB", "remote localhost:1\n", 19);
	write_file("file", "remote localhost:1\n", 19);
	for (size_t i = 0; i < COUNT_OF(foreign); i++) {
		struct error err = { 0 };
		assert_false(xap_compact(foreign[i], "target", &err));
		assert_true(err.code == ERROR_IO || err.code == ERROR_DAMAGED);
		assert_int_equal(access("target", F_OK), -1);
	}
	write_file("target", "precious", 8);
	assert_false(xap_compact("one", "target", &taken));
	assert_int_equal(taken.code, ERROR_IO);
	struct buffer kept = read_file("target");
	assert_true(slice_equal(buffer_slice(&kept), SLICE("precious")));
	buffer_free(&kept);
}

static void test_same_documents_same_bytes(void **state)
{
	struct error err = { 0 };
	(void)state;
	write_index();
	write_folder("two");
	assert_true(xap_compact("two", "again", &err));
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
	assert_postings(r, "software", (const uint32_t[]){ 1, 3 }, 2);
	xap_reader_close(r);
	assert_postings(second, "nurse", (const uint32_t[]){ 4 }, 1);
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
	write_folder("one");
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

enum { READ_POSTINGS, READ_TERMS, READ_COUNT };

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
	size_t count = 0;
	bool done = way == READ_POSTINGS ? xap_reader_postings(r, SLICE("all"), &p, err)
					 : xap_reader_terms(r, SLICE(""), count_term, &count, err);
	assert_int_equal(err->code, done ? ERROR_NONE : ERROR_DAMAGED);
	assert_int_equal(p.count, done && way == READ_POSTINGS ? MANY : 0);
	assert_true(!done || way != READ_TERMS || count == MANY + 1);
	xap_postings_free(&p);
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
	xap_reader_close(NULL);
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

/* The reader is there only where the call succeeded. */
static bool end_reader(bool done, xap_reader *r)
{
	assert_int_equal(done, r != NULL);
	xap_reader_close(r);
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
	assert_true(xap_writer_add_term(w, SLICE("start"), NULL) && xap_writer_end_document(w, NULL));
	arm(x);
	bool done = xap_writer_close(&w, &x->err);
	assert_null(w);
	assert_int_equal(system("rm -r fresh"), 0);
	return done;
}

static bool call_add_term(struct world *x)
{
	arm(x);
	return xap_writer_add_term(x->w, SLICE("t"), &x->err);
}

static bool call_end_document(struct world *x)
{
	arm(x);
	return xap_writer_end_document(x->w, &x->err);
}

static bool call_compact(struct world *x)
{
	arm(x);
	bool done = xap_compact("one", "compacted", &x->err);
	assert_int_equal(access("compacted", F_OK), done ? 0 : -1);
	unlink("compacted");
	return done;
}

static bool call_check(struct world *x)
{
	arm(x);
	return xap_check("index", &x->err);
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

#define CALL(name) \
	{ \
#name, call_##name \
	}

static const struct {
	const char *name;
	bool (*call)(struct world *x);
} calls[] = {
	CALL(writer_open), CALL(writer_close), CALL(add_term), CALL(end_document), CALL(compact),
	CALL(check),       CALL(open_fd),      CALL(postings), CALL(terms),
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
	x->r = open_index("index");
}

static void leave_world(struct world *x)
{
	struct error err = { 0 };
	assert_true(xap_writer_close(&x->w, &err));
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
	(void)state;
	xap_fault_arm(XAP_FAULT_CORRUPT, 1);
	assert_false(xap_compact("missing", "target", NULL));
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
		TEST(test_documents_apart),
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
