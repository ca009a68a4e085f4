// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/corpus_make.h"

#include "lib/table/input_source.h"
#include "lib/table/sniff.h"

#define A SLICE("first\tfile\n")
#define B SLICE("second file")

/* A member as one piece; false where it cannot be read. */
static bool read_member(struct input_source *c, size_t member, struct buffer *out, struct error *err)
{
	struct stream *s = NULL;
	char block[1000];
	size_t got = 1;
	buffer_clear(out);
	bool ok = stream_open(c, member, &s, err);
	while (ok && got > 0) {
		ok = stream_read(s, block, sizeof block, &got, err);
		if (ok)
			buffer_append(out, block, got, NULL);
	}
	stream_close(s);
	return ok;
}

/* Members as one text: "path=content;". */
static void list(const char *path, struct buffer *out)
{
	struct input_source *c;
	struct error err = { 0 };
	struct buffer content = { 0 };
	size_t count;

	buffer_clear(out);
	if (!input_source_open(path, NULL, &c, &err))
		fail_msg("%s: %s", err.file, err.text);
	const struct input_source_member *members = input_source_members(c, &count);
	for (size_t i = 0; i < count; i++) {
		if (!read_member(c, i, &content, &err))
			fail_msg("%s: %s", err.file, err.text);
		buffer_printf(out, NULL, "%s(%s)=", members[i].path, members[i].name);
		buffer_append(out, content.at, content.length, NULL);
		buffer_append_byte(out, ';', NULL);
	}
	buffer_terminate(out, NULL);
	input_source_close(c);
	buffer_free(&content);
}

static void containers_are_alike(void **state)
{
	(void)state;
	static const struct make_entry entries[] = {
		{ "rel/b.txt", B },
		{ "rel/a.txt", A },
		{ "rel/empty.txt", { "", 0 } },
		{ "rel/", { "", 0 } },
	};
	struct buffer out = { 0 };

	list(make_zip("two.zip", entries, 3, ZIP_EM_NONE), &out);
	assert_string_equal(out.at, "rel/a.txt(a.txt)=first\tfile\n;rel/b.txt(b.txt)=second file;"
				    "rel/empty.txt(empty.txt)=;");
	/* The name says nothing, the content all. */
	struct slice zip = make_load(make_path("two.zip"));
	list(make_gzip("two.dat", zip), &out);
	assert_string_equal(out.at, "rel/a.txt(a.txt)=first\tfile\n;rel/b.txt(b.txt)=second file;"
				    "rel/empty.txt(empty.txt)=;");
	make_free(zip);

	make_dir("dir");
	make_dir("dir/rel");
	make_dir("dir/rel/deep");
	make_file("dir/top.txt", A);
	make_file("dir/.hidden", B);
	make_gzip("dir/rel/a.txt.gz", A);
	make_file("dir/rel/deep/c.txt", B);
	assert_int_equal(symlink("nowhere", make_path("dir/dangling")), 0);
	list(make_path("dir"), &out);
	assert_string_equal(out.at, "rel/a.txt.gz(a.txt)=first\tfile\n;top.txt(top.txt)=first\tfile\n;");

	list(make_file("plain.txt", A), &out);
	assert_string_equal(out.at, "plain.txt(plain.txt)=first\tfile\n;");
	list(make_gzip("packed.txt.GZ", B), &out);
	assert_string_equal(out.at, "packed.txt.GZ(packed.txt)=second file;");
	buffer_free(&out);
}

static void gzip_may_follow_gzip(void **state)
{
	(void)state;
	struct buffer out = { 0 };
	struct slice one = make_load(make_gzip("one.gz", A));
	struct slice two = make_load(make_gzip("two.gz", B));

	buffer_append(&out, one.at, one.length, NULL);
	buffer_append(&out, two.at, two.length, NULL);
	buffer_append(&out, "\0\0\0\0", 4, NULL);
	make_file("both.gz", buffer_slice(&out));
	list(make_path("both.gz"), &out);
	assert_string_equal(out.at, "both.gz(both)=first\tfile\nsecond file;");
	make_free(one);
	make_free(two);
	buffer_free(&out);
}

static void zip_holds_gzip(void **state)
{
	(void)state;
	struct buffer out = { 0 };
	struct slice gz = make_load(make_gzip("g.txt.gz", A));
	struct make_entry entry = { "r/g.txt.gz", gz };

	list(make_zip("holds.zip", &entry, 1, ZIP_EM_NONE), &out);
	assert_string_equal(out.at, "r/g.txt.gz(g.txt)=first\tfile\n;");
	make_free(gz);
	buffer_free(&out);
}

static void peeking_takes_nothing(void **state)
{
	(void)state;
	struct input_source *c;
	struct stream *s;
	struct slice head;
	struct error err = { 0 };
	char block[2000];
	size_t got;
	struct slice long_text = make_run(SNIFF_BYTES + 100, 'x');

	assert_true(input_source_open(make_file("long.txt", long_text), NULL, &c, &err));
	assert_true(stream_open(c, 0, &s, &err));
	assert_true(stream_peek(s, &head, &err));
	assert_int_equal(head.length, SNIFF_BYTES);
	assert_true(stream_read(s, block, sizeof block, &got, &err));
	assert_int_equal(got, SNIFF_BYTES);
	assert_true(stream_read(s, block, sizeof block, &got, &err));
	assert_int_equal(got, 100);
	assert_int_equal(stream_position(s), SNIFF_BYTES + 100);
	assert_true(stream_read(s, block, sizeof block, &got, &err));
	assert_int_equal(got, 0);
	stream_close(s);
	input_source_close(c);
	make_free(long_text);
}

/* What cannot be opened: each with its file, what is wrong, and what to do. */
static void bad_files_are_named(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		struct slice content;
		const char *text; /* in the message */
		const char *hint; /* in the hint */
	} rows[] = {
		{ "e.zip", { "", 0 }, "empty", "again" },
		{ "picture.zip", SLICE("\x89PNG\r\n\x1a\n...."), "a PNG image, not a table", "as published" },
		{ "photo.txt", SLICE("\xff\xd8\xff\xe0...."), "a JPEG image", "as published" },
		{ "paper.pdf", SLICE("%PDF-1.7\n"), "a PDF document", "as published" },
		{ "old.xls", SLICE("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1.."), "an old Excel workbook", ".xlsx" },
		{ "page.zip", SLICE("\n <!DOCTYPE HTML><html>"), "a web page", "fetch" },
		{ "page.xlsx", SLICE("\xEF\xBB\xBF<HTML>"), "a web page", "fetch" },
		{ "x.soc", SLICE("\x0f\x0dXapian Glass\x04"), "an index", "releases" },
		{ "x.7z", SLICE("7z\xbc\xaf\x27\x1c\0\0"), "a 7-Zip archive", "unpack" },
		{ "x.bz2", SLICE("BZh91AY&SY"), "a bzip2 file", "bunzip2" },
		{ "a.parquet", SLICE("PAR1\x15\4"), "Parquet", "to_csv" },
		{ "a.dta", SLICE("<stata_dta><header>"), "Stata", "export delimited" },
		{ "a.sav", SLICE("$FL2@(#) SPSS"), "SPSS", "CSV" },
		{ "pointer.zip", SLICE("version https://git-lfs.github.com/spec/v1\n"), "Git LFS", "git lfs" },
		{ "cut.zip", SLICE("PK\3\4\x14\0\0\0"), "damaged or cut off", "again" },
		{ "cut.gz", SLICE("\x1f\x8b\x08\0\0\0"), "ends too early", "again" },
		{ "bad.gz", SLICE("\x1f\x8b\x08\0\0\0\0\0\0\xff\xff\xff\xff\xff"), "damaged", "again" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct input_source *c;
		struct error err = { 0 };
		const char *path = make_file(rows[i].name, rows[i].content);
		ROW_CHECK(!input_source_open(path, NULL, &c, &err), i);
		ROW_CHECK(c == NULL, i);
		ROW_CHECK(err.code == ERROR_INPUT, i);
		ROW_CHECK(strcmp(err.file, path) == 0, i);
		ROW_CHECK(strstr(err.text, rows[i].text) != NULL, i);
		ROW_CHECK(strstr(err.hint, rows[i].hint) != NULL, i);
	}
}

static void a_picture_in_gzip_is_a_picture(void **state)
{
	(void)state;
	struct input_source *c;
	struct error err = { 0 };
	assert_false(input_source_open(make_gzip("p.gz", SLICE("\x89PNG\r\n\x1a\n....")), NULL, &c, &err));
	assert_non_null(strstr(err.text, "a PNG image"));
}

static void paths_that_cannot_be_read(void **state)
{
	(void)state;
	struct input_source *c;
	struct error err = { 0 };

	assert_false(input_source_open(make_path("missing"), NULL, &c, &err));
	assert_int_equal(err.code, ERROR_IO);
	assert_non_null(strstr(err.text, "No such file"));
	assert_string_equal(err.file, make_path("missing"));

	error_clear(&err);
	assert_false(input_source_open("/dev/null", NULL, &c, &err));
	assert_int_equal(err.code, ERROR_INPUT);
	assert_non_null(strstr(err.text, "neither a file nor a folder"));

	error_clear(&err);
	assert_false(input_source_open(make_dir("nothing"), NULL, &c, &err));
	assert_int_equal(err.code, ERROR_INPUT);
	assert_non_null(strstr(err.text, "no files"));

	/* Root reads everything. */
	if (geteuid() != 0) {
		error_clear(&err);
		const char *path = make_file("secret.txt", A);
		assert_int_equal(chmod(path, 0), 0);
		assert_false(input_source_open(path, NULL, &c, &err));
		assert_int_equal(err.code, ERROR_IO);
		assert_non_null(strstr(err.text, "Permission denied"));
	}
	assert_false(input_source_open(make_path("missing"), NULL, &c, NULL));
}

static void names_may_not_leave(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		bool leaves;
	} rows[] = {
		{ "../x.txt", true },  { "/etc/x.txt", true }, { "a/../../x.txt", true }, { "..", true },
		{ "..\\x.txt", true }, { "C:\\x.txt", true },  { "c:x.txt", true },       { "\\x.txt", true },
		{ "a/..", true },      { "a/b/x.txt", false }, { "..x/y..txt", false },   { "a/.../x", false },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct input_source *c;
		struct error err = { 0 };
		struct make_entry entry = { rows[i].name, A };
		const char *path = make_zip("leaves.zip", &entry, 1, ZIP_EM_NONE);
		ROW_CHECK(input_source_open(path, NULL, &c, &err) == !rows[i].leaves, i);
		if (rows[i].leaves) {
			ROW_CHECK(err.code == ERROR_INPUT, i);
			ROW_CHECK(strstr(err.text, rows[i].name) != NULL, i);
			ROW_CHECK(strcmp(err.file, path) == 0, i);
		}
		input_source_close(c);
	}
}

static void encrypted_members_are_refused(void **state)
{
	(void)state;
	static const zip_uint16_t kinds[] = { ZIP_EM_TRAD_PKWARE, ZIP_EM_AES_256 };
	static const struct make_entry entry = { "a.txt", A };
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct input_source *c;
		struct stream *s;
		struct error err = { 0 };
		assert_true(input_source_open(make_zip("secret.zip", &entry, 1, kinds[i]), NULL, &c, &err));
		ROW_CHECK(!stream_open(c, 0, &s, &err), i);
		ROW_CHECK(err.code == ERROR_INPUT, i);
		ROW_CHECK(strstr(err.text, "encrypted") != NULL, i);
		ROW_CHECK(strstr(err.hint, "password") != NULL, i);
		ROW_CHECK(strstr(err.file, "secret.zip: a.txt") != NULL, i);
		input_source_close(c);
	}
}

/* A file that unpacks to far more than it is. */
static void bombs_are_refused(void **state)
{
	(void)state;
	struct slice zeros = make_run((size_t)40 << 20, '\0');
	struct make_entry entry = { "zeros.txt", zeros };
	const char *paths[2];
	paths[0] = make_zip("bomb.zip", &entry, 1, ZIP_EM_NONE);
	paths[1] = make_gzip("bomb.txt.gz", zeros);
	static const struct {
		struct input_source_limits limits;
		const char *text; /* NULL: may pass */
	} rows[] = {
		{ { 1000, 0 }, "more than 1000 bytes" },
		{ { 0, 0 }, "more than 1000 times" }, /* zeros pack 1,030 to 1 */
		{ { 0, 100 }, "more than 100 times" },
		{ { ((uint64_t)40 << 20) - 1, 2000 }, "more than 41943039 bytes" },
		{ { (uint64_t)40 << 20, 2000 }, NULL },
	};
	struct buffer out = { 0 };
	for (size_t i = 0; i < COUNT(rows) * 2; i++) {
		struct input_source *c;
		struct error err = { 0 };
		const char *text = rows[i / 2].text;
		assert_true(input_source_open(paths[i % 2], &rows[i / 2].limits, &c, &err) || err.code != 0);
		ROW_CHECK((c && read_member(c, 0, &out, &err)) == (text == NULL), i);
		if (text) {
			ROW_CHECK(err.code == ERROR_LIMIT, i);
			ROW_CHECK(strstr(err.text, text) != NULL, i);
			ROW_CHECK(strstr(err.file, "bomb") != NULL, i);
		} else {
			ROW_CHECK(out.length == zeros.length, i);
		}
		input_source_close(c);
	}
	make_free(zeros);
	buffer_free(&out);
}

/* Small packed files read at any ratio: 16 MiB are nobody's disk. */
static void small_files_have_no_ratio(void **state)
{
	(void)state;
	struct input_source_limits limits = { 0, 2 };
	struct input_source *c;
	struct error err = { 0 };
	struct buffer out = { 0 };
	struct slice run = make_run(1 << 20, 'x');
	assert_true(input_source_open(make_gzip("run.txt.gz", run), &limits, &c, &err));
	assert_true(read_member(c, 0, &out, &err));
	assert_int_equal(out.length, run.length);
	input_source_close(c);
	make_free(run);
	buffer_free(&out);
}

/* Read all of a container in memory; false where anything fails.  What is read as a.txt must be A. */
static bool read_all(struct slice bytes, struct buffer *out)
{
	struct input_source *c;
	struct error err = { 0 };
	size_t count = 0;
	bool ok = input_source_open_memory(bytes, "damaged", NULL, &c, &err);
	const struct input_source_member *members = ok ? input_source_members(c, &count) : NULL;
	for (size_t i = 0; i < count; i++) {
		bool read = read_member(c, i, out, &err);
		if (read && strcmp(members[i].path, "rel/a.txt") == 0)
			assert_true(slice_equal(buffer_slice(out), A));
		ok = ok && read;
	}
	assert_true(ok == (err.code == ERROR_NONE));
	assert_true(ok || err.text[0] != '\0');
	input_source_close(c);
	return ok;
}

/* Any byte flipped, any length cut: an error or the same text, never another text and never a crash. */
static void damage_is_noticed(void **state)
{
	(void)state;
	static const struct make_entry entries[] = { { "rel/a.txt", A }, { "rel/b.txt", B } };
	struct buffer out = { 0 };
	struct slice zip = make_load(make_zip("d.zip", entries, 2, ZIP_EM_NONE));
	char *copy = malloc(zip.length);
	assert_non_null(copy);

	assert_true(read_all(zip, &out));
	for (size_t cut = 0; cut < zip.length; cut++) {
		char *part = malloc(cut > 0 ? cut : 1);
		assert_non_null(part);
		memcpy(part, zip.at, cut);
		ROW_CHECK(!read_all((struct slice){ part, cut }, &out) || cut < 4, cut);
		free(part);
	}
	for (size_t i = 0; i < zip.length; i++) {
		for (unsigned bit = 0; bit < 8; bit++) {
			memcpy(copy, zip.at, zip.length);
			copy[i] = (char)((unsigned char)copy[i] ^ (1U << bit));
			(void)read_all((struct slice){ copy, zip.length }, &out);
		}
	}
	free(copy);
	make_free(zip);
	buffer_free(&out);
}

static void damaged_gzip_is_noticed(void **state)
{
	(void)state;
	struct buffer out = { 0 };
	struct slice gz = make_load(make_gzip("d.gz", A));
	char *copy = malloc(gz.length);
	assert_non_null(copy);

	for (size_t cut = 3; cut < gz.length; cut++)
		ROW_CHECK(!read_all((struct slice){ gz.at, cut }, &out), cut);
	for (size_t i = 2; i < gz.length; i++) {
		for (unsigned bit = 0; bit < 8; bit++) {
			memcpy(copy, gz.at, gz.length);
			copy[i] = (char)((unsigned char)copy[i] ^ (1U << bit));
			if (read_all((struct slice){ copy, gz.length }, &out))
				ROW_CHECK(slice_equal(buffer_slice(&out), A), i);
		}
	}
	free(copy);

	/* Behind the first member: a second one whose first bytes are damaged, and what is no member. */
	struct buffer both = { 0 };
	static const struct slice behind[] = { SLICE("\x1e\x8b"), SLICE("\x1f\x8a"), SLICE("rest"), SLICE("\0\0rest") };
	for (size_t i = 0; i < COUNT(behind); i++) {
		buffer_clear(&both);
		buffer_append(&both, gz.at, gz.length, NULL);
		buffer_append(&both, behind[i].at, behind[i].length, NULL);
		if (i < 2)
			buffer_append(&both, gz.at + 2, gz.length - 2, NULL);
		ROW_CHECK(!read_all(buffer_slice(&both), &out), i);
	}
	buffer_free(&both);
	make_free(gz);
	buffer_free(&out);
}

static void digests_are_of_files(void **state)
{
	(void)state;
	static const struct make_entry entry = { "a.txt", SLICE("abc") };
	static const char of_abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	struct input_source *c;
	struct error err = { 0 };
	char hex[65];
	char other[65];
	uint64_t bytes;

	assert_true(input_source_open(make_file("abc.txt", SLICE("abc")), NULL, &c, &err));
	assert_true(input_source_digest(c, 0, hex, &bytes, &err));
	assert_string_equal(hex, of_abc);
	assert_int_equal(bytes, 3);
	input_source_close(c);

	make_dir("digests");
	make_file("digests/x.txt", SLICE("abc"));
	make_file("digests/w.txt", SLICE("ab"));
	assert_true(input_source_open(make_path("digests"), NULL, &c, &err));
	assert_true(input_source_digest(c, 1, hex, &bytes, &err));
	assert_string_equal(hex, of_abc);
	input_source_close(c);

	/* Of a zip: the zip, on disk as in memory. */
	const char *path = make_zip("abc.zip", &entry, 1, ZIP_EM_NONE);
	struct slice zip = make_load(path);
	assert_true(input_source_open(path, NULL, &c, &err));
	assert_true(input_source_digest(c, 0, hex, &bytes, &err));
	assert_int_equal(bytes, zip.length);
	input_source_close(c);
	assert_true(input_source_open_memory(zip, "abc.zip", NULL, &c, &err));
	assert_true(input_source_digest(c, 0, other, &bytes, &err));
	assert_string_equal(hex, other);
	input_source_close(c);
	make_free(zip);
}

static void places_are_cut_in_front(void **state)
{
	(void)state;
	static const struct make_entry entries[] = { { "rel/Task Statements.txt", A } };
	struct input_source *c;
	struct error err = { 0 };
	char place[256];

	const char *path = make_zip("db.zip", entries, 1, ZIP_EM_NONE);
	assert_true(input_source_open(path, NULL, &c, &err));
	input_source_place(c, 0, place, sizeof place);
	assert_int_equal(strncmp(place, path, strlen(path)), 0);
	assert_string_equal(place + strlen(path), ": Task Statements.txt");
	input_source_place(c, 0, place, 30);
	assert_int_equal(strlen(place), 29);
	assert_string_equal(place, "...b.zip: Task Statements.txt");
	input_source_place(c, 0, place, 12);
	assert_string_equal(place, "...ents.txt");
	input_source_close(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(containers_are_alike),
		cmocka_unit_test(gzip_may_follow_gzip),
		cmocka_unit_test(zip_holds_gzip),
		cmocka_unit_test(peeking_takes_nothing),
		cmocka_unit_test(bad_files_are_named),
		cmocka_unit_test(a_picture_in_gzip_is_a_picture),
		cmocka_unit_test(paths_that_cannot_be_read),
		cmocka_unit_test(names_may_not_leave),
		cmocka_unit_test(encrypted_members_are_refused),
		cmocka_unit_test(bombs_are_refused),
		cmocka_unit_test(small_files_have_no_ratio),
		cmocka_unit_test(damage_is_noticed),
		cmocka_unit_test(damaged_gzip_is_noticed),
		cmocka_unit_test(digests_are_of_files),
		cmocka_unit_test(places_are_cut_in_front),
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
