// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/corpus_make.h"

#include <xxhash.h>

#include "lib/base/file.h"
#include "lib/index/index_file.h"
#include "lib/index/varint.h"

#define TRAILER (32 + 8 * PART_COUNT + END)
#define END 48 /* of it: what stands at the end in every format */

/* A sealed database with a few terms; the caller gives the bytes back. */
static struct slice make_sealed(void)
{
	const char *folder = make_path("database"), *path = make_path("whole.soc");
	struct error err = { 0 };
	xap_writer *w = NULL;
	struct index_parts parts = { 0 };
	assert_true(buffer_append_text(&parts.at[PART_TITLE_ENTRIES], "some bags", &err) &&
		    buffer_append_text(&parts.at[PART_CLASSIFIER], "a model", &err));
	assert_true(xap_writer_open(folder, &w, &err) && xap_writer_add_term(w, SLICE("Tnurse"), &err) &&
		    xap_writer_end_document(w, &err) && xap_writer_close(&w, &err) && xap_compact(folder, path, &err) &&
		    index_file_seal(path, &parts, &err));
	index_parts_free(&parts);
	struct slice all = make_load(path);
	make_remove(folder);
	unlink(path);
	return all;
}

/* Read all of an open file; what can be read is right. */
static bool read_all(struct index_file *f, bool parts_too, struct error *err)
{
	xap_reader *reader;
	struct slice part;
	struct xap_postings nurse = { 0 };
	for (size_t i = 0; parts_too && i < PART_SUMS; i++) {
		if (!index_file_part(f, (enum index_part)i, &part, err))
			return false;
		assert_true(slice_equal(part, i == PART_TITLE_ENTRIES ? SLICE("some bags")
					      : i == PART_CLASSIFIER  ? SLICE("a model")
								      : SLICE("")));
	}
	if (!index_file_reader(f, &reader, err))
		return false;
	assert_true(xap_reader_postings(reader, SLICE("Tnurse"), &nurse, err) && nurse.count == 1);
	xap_postings_free(&nurse);
	return true;
}

/* Try to open these bytes, and to read them. */
static enum error_code open_these(struct slice bytes, bool parts_too, struct error *err)
{
	const char *path = make_file("try.soc", bytes);
	struct index_file f;
	error_clear(err);
	bool opened = index_file_open(path, &f, err);
	assert_true(opened || (f.reader == NULL && f.bytes.length == 0));
	bool ok = opened && read_all(&f, parts_too, err);
	assert_int_equal(ok, err->code == ERROR_NONE);
	assert_true(ok || err->text[0]);
	index_file_close(&f);
	return err->code;
}

static enum error_code open_bytes(struct slice bytes, struct error *err)
{
	return open_these(bytes, true, err);
}

static bool names_a_command(const struct error *err)
{
	return strstr(err->hint, "soc-index build -o") != NULL;
}

/* The digest of a whole file, of the sums of so many bytes and of the trailer. */
static void make_digest(const unsigned char *bytes, size_t length, size_t sums, unsigned char out[16])
{
	XXH128_canonical_t digest;
	size_t from = length - TRAILER - sums;
	XXH128_canonicalFromHash(&digest, XXH3_128bits(bytes + from, length - 16 - from));
	memcpy(out, digest.digest, 16);
}

static size_t sums_of(size_t length)
{
	/* What is before the sums, and four bytes for each block of it. */
	size_t content = length - TRAILER, blocks = 1;
	while (content - blocks * BLOCK_SUM_BYTES > blocks * BLOCK_SIZE)
		blocks++;
	return blocks * BLOCK_SUM_BYTES;
}

static void sealed_files_open(void **state)
{
	(void)state;
	struct slice all = make_sealed();
	struct error err = { 0 };
	assert_int_equal(open_bytes(all, &err), ERROR_NONE);
	/* The trailer is as file.h says. */
	const unsigned char *t = (const unsigned char *)all.at + all.length - END;
	assert_memory_equal(t, "SOCINDEX", 8);
	assert_int_equal(t[8], INDEX_FORMAT);
	assert_int_equal(t[12], TRAILER);
	size_t sums = sums_of(all.length);
	assert_int_equal(t[16] | t[17] << 8 | t[18] << 16, all.length - TRAILER - sums -
								   strlen("some bags"
									  "a model"));
	assert_int_equal(t[8 * PART_TITLE_ENTRIES - 8 * PART_COUNT], strlen("some bags"));
	assert_int_equal(t[8 * PART_CLASSIFIER - 8 * PART_COUNT], strlen("a model"));
	assert_int_equal(t[8 * PART_SUMS - 8 * PART_COUNT], sums & 0xFF);
	unsigned char digest[16];
	make_digest((const unsigned char *)all.at, all.length, sums, digest);
	assert_memory_equal(t + 32, digest, 16);
	const unsigned char *first = (const unsigned char *)all.at + all.length - TRAILER - sums;
	assert_int_equal(little4(first), (uint32_t)XXH3_64bits(all.at, BLOCK_SIZE));
	make_free(all);
}

/* The SHA-256 of the whole file is known without reading it, whatever its length. */
static void files_are_identified(void **state)
{
	(void)state;
	struct slice all = make_sealed();
	struct error err = { 0 };
	size_t glass = all.length - TRAILER - sums_of(all.length);
	for (size_t more = 0; more < 130; more += more == 0 ? 1 : 21) {
		struct buffer longer = { 0 };
		struct index_file f;
		char hex[65];
		assert_true(buffer_append(&longer, all.at, glass, &err));
		for (size_t i = 0; i < more; i++)
			assert_true(buffer_append_byte(&longer, (char)i, &err));
		const char *path = make_file("named.soc", buffer_slice(&longer));
		assert_true(index_file_seal(path, &(struct index_parts){ 0 }, &err) && index_file_open(path, &f, &err));
		struct slice bytes = make_load(path);
		struct sha256 sha256;
		sha256_begin(&sha256);
		sha256_add(&sha256, bytes.at, bytes.length);
		sha256_finish(&sha256, hex);
		ROW_CHECK(strcmp(hex, f.identity.sha256) == 0 && f.identity.bytes == bytes.length, more);
		ROW_CHECK(index_file_verify(&f, &err), more);
		f.identity.sha256[0] = f.identity.sha256[0] == '0' ? '1' : '0';
		ROW_CHECK(!index_file_verify(&f, &err) && err.code == ERROR_DAMAGED, more);
		index_file_close(&f);
		error_clear(&err);
		make_free(bytes);
		buffer_free(&longer);
	}
	make_free(all);
}

static void flipped_bytes_are_refused(void **state)
{
	(void)state;
	struct slice all = make_sealed();
	char *bytes = (char *)(uintptr_t)all.at;
	struct error err = { 0 };
	size_t step = all.length > 20000 ? all.length / 4000 + 1 : 1;
	for (size_t i = 0; i < all.length; i += i + 200 < all.length ? step : 1) {
		unsigned char flips[] = { (unsigned char)(1u << (i % 8)), 0xFF };
		for (size_t f = 0; f < sizeof flips; f++) {
			bytes[i] = (char)(bytes[i] ^ flips[f]);
			bool version = i >= all.length - END + 8 && i < all.length - END + 12;
			ROW_CHECK(open_bytes(all, &err) == (version ? ERROR_VERSION : ERROR_DAMAGED) &&
					  names_a_command(&err),
				  i);
			bytes[i] = (char)(bytes[i] ^ flips[f]);
		}
	}
	assert_int_equal(open_bytes(all, &err), ERROR_NONE);
	make_free(all);
}

static void truncated_files_are_refused(void **state)
{
	(void)state;
	struct slice all = make_sealed();
	struct error err = { 0 };
	size_t step = all.length / 2000 + 1;
	for (size_t length = 0; length<all.length; length += length> 100 && length + 200 < all.length ? step : 1)
		ROW_CHECK(open_bytes((struct slice){ all.at, length }, &err) == ERROR_DAMAGED && names_a_command(&err),
			  length);
	/* Something behind the trailer, or in front. */
	struct buffer longer = { 0 };
	assert_true(buffer_append(&longer, all.at, all.length, NULL) && buffer_append_byte(&longer, 0, NULL));
	assert_int_equal(open_bytes(buffer_slice(&longer), &err), ERROR_DAMAGED);
	buffer_clear(&longer);
	assert_true(buffer_append_byte(&longer, 0, NULL) && buffer_append(&longer, all.at, all.length, NULL));
	assert_int_equal(open_bytes(buffer_slice(&longer), &err), ERROR_DAMAGED);
	/* Sealed twice: the length is wrong, or the glass data is read as before; never anything else. */
	const char *path = make_file("twice.soc", all);
	assert_true(index_file_seal(path, &(struct index_parts){ 0 }, &err));
	struct slice twice = make_load(path);
	assert_int_equal(open_these(twice, false, &err), ERROR_NONE);
	buffer_free(&longer);
	make_free(twice);
	make_free(all);
}

/* Wrong fields under a right checksum. */
static void other_trailers_are_refused(void **state)
{
	(void)state;
	static const struct {
		int at; /* in the end of the trailer; before it, in the lengths of the parts */
		unsigned char value;
		enum error_code code;
		const char *text; /* in the message */
	} rows[] = {
		{ 8, 0, ERROR_VERSION, "index format 0" },
		{ 8, INDEX_FORMAT + 1, ERROR_VERSION, "index format" },
		{ 9, 1, ERROR_VERSION, "index format" },
		{ 11, 0xFF, ERROR_VERSION, "index format" },
		{ 0, 'X', ERROR_DAMAGED, "no index" },
		{ 7, 'x', ERROR_DAMAGED, "no index" },
		{ 16, 1, ERROR_DAMAGED, "length" },
		{ 23, 1, ERROR_DAMAGED, "length" },
		{ 24, 1, ERROR_NONE, "" },          /* kept for later */
		{ -1, 1, ERROR_DAMAGED, "length" }, /* the last part ... */
		{ 8 * PART_TITLE_ENTRIES - 8 * PART_COUNT, 8, ERROR_DAMAGED, "length" },
		{ 8 * PART_TITLE_ENTRIES - 8 * PART_COUNT + 7, 0xFF, ERROR_DAMAGED, "length" },
	};
	struct slice all = make_sealed();
	struct error err = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *bytes = malloc(all.length);
		assert_non_null(bytes);
		memcpy(bytes, all.at, all.length);
		bytes[(long)all.length - END + rows[i].at] = (char)rows[i].value;
		make_digest((unsigned char *)bytes, all.length, sums_of(all.length),
			    (unsigned char *)bytes + all.length - 16);
		ROW_CHECK(open_bytes((struct slice){ bytes, all.length }, &err) == rows[i].code, i);
		ROW_CHECK(strstr(err.text, rows[i].text) != NULL, i);
		ROW_CHECK(rows[i].code == ERROR_NONE || names_a_command(&err), i);
		free(bytes);
	}
	make_free(all);
}

static void what_is_no_index_is_refused(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct slice zeros = make_run(5000, 0);
	struct index_file f;
	assert_int_equal(open_bytes(SLICE(""), &err), ERROR_DAMAGED);
	assert_int_equal(open_bytes(SLICE("PK\003\004"), &err), ERROR_DAMAGED);
	assert_int_equal(open_bytes(zeros, &err), ERROR_DAMAGED);
	make_free(zeros);

	error_clear(&err);
	assert_false(index_file_open(make_path("absent.soc"), &f, &err));
	assert_int_equal(err.code, ERROR_IO);
	assert_true(names_a_command(&err) && strstr(err.text, "absent.soc"));
	assert_null(f.reader);

	error_clear(&err);
	assert_false(index_file_open(make_folder, &f, &err));
	assert_int_equal(err.code, ERROR_DAMAGED);
	assert_true(names_a_command(&err));

	/* Bytes that are no database under a right trailer, and none at all: Xapian says so, without a crash. */
	const char *const paths[] = { make_file("text.soc", SLICE("this is no database")), make_path("none.soc") };
	for (size_t i = 0; i < COUNT(paths); i++) {
		xap_reader *reader;
		error_clear(&err);
		assert_true(index_file_seal(paths[i], &(struct index_parts){ 0 }, &err) &&
			    index_file_open(paths[i], &f, &err));
		ROW_CHECK(!index_file_reader(&f, &reader, &err) && !reader, i);
		ROW_CHECK(err.code == ERROR_DAMAGED && names_a_command(&err), i);
		index_file_close(&f);
	}

	error_clear(&err);
	assert_false(index_file_seal(make_path("no/folder.soc"), &(struct index_parts){ 0 }, &err));
	assert_int_equal(err.code, ERROR_IO);
}

/* A block is read once something of it is wanted, and what is wrong elsewhere is not seen. */
static void blocks_are_checked_when_they_are_read(void **state)
{
	(void)state;
	struct slice bytes = make_run(3 * BLOCK_SIZE + 7, 'x');
	struct buffer sums = { 0 };
	struct page_checksums b;
	struct error err = { 0 };
	char *at = (char *)(uintptr_t)bytes.at;
	assert_true(page_checksums_sum(bytes, &sums, &err));
	assert_int_equal(sums.length, 4 * BLOCK_SUM_BYTES);
	assert_false(page_checksums_open(bytes, (struct slice){ sums.at, sums.length - 1 }, "short.soc", &b, &err));
	assert_int_equal(err.code, ERROR_DAMAGED);
	page_checksums_close(&b);
	error_clear(&err);
	assert_true(page_checksums_open(bytes, buffer_slice(&sums), "try.soc", &b, &err));
	at[BLOCK_SIZE] = 'y';
	assert_true(page_checksums_need(&b, at, BLOCK_SIZE, &err) &&
		    page_checksums_need(&b, at + 2 * BLOCK_SIZE, BLOCK_SIZE + 7, &err));
	assert_true(page_checksums_need(&b, at + BLOCK_SIZE, 0, &err));
	assert_false(page_checksums_need(&b, at + BLOCK_SIZE - 1, 2, &err));
	assert_int_equal(err.code, ERROR_DAMAGED);
	assert_non_null(strstr(err.text, "try.soc is damaged: its bytes from 4096 on"));
	error_clear(&err);
	assert_false(page_checksums_check_all(&b, &err));
	at[BLOCK_SIZE] = 'x';
	error_clear(&err);
	assert_true(page_checksums_check_all(&b, &err) && page_checksums_need(NULL, "anything", 8, &err));
	page_checksums_close(&b);
	buffer_free(&sums);
	make_free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sealed_files_open),
		cmocka_unit_test(flipped_bytes_are_refused),
		cmocka_unit_test(truncated_files_are_refused),
		cmocka_unit_test(other_trailers_are_refused),
		cmocka_unit_test(what_is_no_index_is_refused),
		cmocka_unit_test(files_are_identified),
		cmocka_unit_test(blocks_are_checked_when_they_are_read),
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
