// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * corpus_make.h - files for the tests of corpus/: in a folder of their own, plain, as gzip, in a zip.
 */
#ifndef SOC_TESTS_UNIT_CORPUS_MAKE_H
#define SOC_TESTS_UNIT_CORPUS_MAKE_H

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>
#include <zlib.h>

#include "lib/base/memory.h"
#include "tests/unit/unit.h"

struct make_entry {
	const char *name;
	struct slice content;
};

/* The folder of this test program; every path below lies in it. */
static char make_folder[] = "/tmp/soc-test-corpus-XXXXXX";

static inline int make_set_up(void **state)
{
	(void)state;
	return mkdtemp(make_folder) ? 0 : -1;
}

static inline void make_remove(const char *path)
{
	struct stat st;
	if (lstat(path, &st) != 0)
		return;
	if (!S_ISDIR(st.st_mode)) {
		unlink(path);
		return;
	}
	DIR *d = opendir(path);
	const struct dirent *entry;
	while (d && (entry = readdir(d)) != NULL) {
		struct buffer inside = { 0 };
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (buffer_printf(&inside, NULL, "%s/%s", path, entry->d_name) && buffer_terminate(&inside, NULL))
			make_remove(inside.at);
		buffer_free(&inside);
	}
	if (d)
		closedir(d);
	rmdir(path);
}

static inline int make_tear_down(void **state)
{
	(void)state;
	make_remove(make_folder);
	struct stat st;
	return stat(make_folder, &st) == 0 ? -1 : 0;
}

/* The path of `name` in the folder; sixteen of them live at a time. */
static inline const char *make_path(const char *name)
{
	static char paths[16][512];
	static unsigned next;
	char *path = paths[next++ % 16];
	snprintf(path, sizeof paths[0], "%s%s%s", make_folder, *name ? "/" : "", name);
	return path;
}

static inline const char *make_dir(const char *name)
{
	const char *path = make_path(name);
	assert_int_equal(mkdir(path, 0700), 0);
	return path;
}

static inline const char *make_file(const char *name, struct slice content)
{
	const char *path = make_path(name);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	if (content.length > 0)
		assert_int_equal(fwrite(content.at, 1, content.length, f), content.length);
	assert_int_equal(fclose(f), 0);
	return path;
}

static inline const char *make_gzip(const char *name, struct slice content)
{
	const char *path = make_path(name);
	gzFile f = gzopen(path, "wb");
	assert_non_null(f);
	if (content.length > 0)
		assert_int_equal(gzwrite(f, content.at, (unsigned)content.length), (int)content.length);
	assert_int_equal(gzclose(f), Z_OK);
	return path;
}

static inline const char *make_zip(const char *name, const struct make_entry *entries, size_t count,
				   zip_uint16_t encryption)
{
	const char *path = make_path(name);
	zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	assert_non_null(zip);
	for (size_t i = 0; i < count; i++) {
		zip_source_t *source = zip_source_buffer(zip, entries[i].content.at, entries[i].content.length, 0);
		assert_non_null(source);
		zip_int64_t index = zip_file_add(zip, entries[i].name, source, ZIP_FL_ENC_UTF_8);
		assert_true(index >= 0);
		if (encryption != ZIP_EM_NONE)
			assert_int_equal(zip_file_set_encryption(zip, (zip_uint64_t)index, encryption, "pw"), 0);
	}
	assert_int_equal(zip_close(zip), 0);
	return path;
}

/* A sheet of a workbook: its cells as CSV without quotes, a line a row. */
struct make_sheet {
	const char *name;
	const char *rows;
};

static inline void make_sheet_xml(struct buffer *b, const char *rows)
{
	buffer_append_text(b,
			   "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
			   "<sheetData>",
			   NULL);
	for (unsigned row = 1; *rows; row++) {
		buffer_printf(b, NULL, "<row r=\"%u\">", row);
		for (char column = 'A';; column++) {
			size_t length = strcspn(rows, ",\n");
			if (length > 0)
				buffer_printf(b, NULL, "<c r=\"%c%u\" t=\"inlineStr\"><is><t>%.*s</t></is></c>", column,
					      row, (int)length, rows);
			rows += length;
			if (*rows != ',')
				break;
			rows++;
		}
		rows += *rows == '\n';
		buffer_append_text(b, "</row>", NULL);
	}
	buffer_append_text(b, "</sheetData></worksheet>", NULL);
}

/* A workbook as small as they come. */
static inline const char *make_workbook(const char *name, const struct make_sheet *sheets, size_t count)
{
	struct buffer types = { 0 }, book = { 0 }, rels = { 0 };
	struct buffer xml[8] = { { 0 } };
	struct make_entry entries[8 + 4];
	char names[8][64];

	assert_true(count <= 8);
	buffer_append_text(&types,
			   "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
			   "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package."
			   "relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/"
			   "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>",
			   NULL);
	buffer_append_text(&book,
			   "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
			   "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
			   "<sheets>",
			   NULL);
	buffer_append_text(&rels,
			   "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
			   "relationships\">",
			   NULL);
	for (size_t i = 0; i < count; i++) {
		buffer_printf(&book, NULL, "<sheet name=\"%s\" sheetId=\"%zu\" r:id=\"rId%zu\"/>", sheets[i].name,
			      i + 1, i + 1);
		buffer_printf(&rels, NULL,
			      "<Relationship Id=\"rId%zu\" Type=\"http://schemas.openxmlformats.org/"
			      "officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet%zu.xml\"/>",
			      i + 1, i + 1);
		make_sheet_xml(&xml[i], sheets[i].rows);
		snprintf(names[i], sizeof names[i], "xl/worksheets/sheet%zu.xml", i + 1);
		entries[i] = (struct make_entry){ names[i], buffer_slice(&xml[i]) };
	}
	buffer_append_text(&book, "</sheets></workbook>", NULL);
	buffer_append_text(&rels, "</Relationships>", NULL);
	entries[count] = (struct make_entry){ "[Content_Types].xml", buffer_slice(&types) };
	entries[count + 1] = (struct make_entry){
		"_rels/.rels",
		SLICE("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
		      "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
		      "relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")
	};
	entries[count + 2] = (struct make_entry){ "xl/workbook.xml", buffer_slice(&book) };
	entries[count + 3] = (struct make_entry){ "xl/_rels/workbook.xml.rels", buffer_slice(&rels) };
	const char *path = make_zip(name, entries, count + 4, ZIP_EM_NONE);
	buffer_free(&types);
	buffer_free(&book);
	buffer_free(&rels);
	for (size_t i = 0; i < count; i++)
		buffer_free(&xml[i]);
	return path;
}

/* The bytes of a file, in a block of exactly their size: free(out.at). */
static inline struct slice make_load(const char *path)
{
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	size_t length = (size_t)st.st_size;
	char *bytes = malloc(length > 0 ? length : 1);
	FILE *f = fopen(path, "rb");
	assert_non_null(bytes);
	assert_non_null(f);
	assert_int_equal(fread(bytes, 1, length, f), length);
	fclose(f);
	return (struct slice){ bytes, length };
}

/* `length` bytes of `c`. */
static inline struct slice make_run(size_t length, char c)
{
	char *bytes = malloc(length);
	assert_non_null(bytes);
	memset(bytes, c, length);
	return (struct slice){ bytes, length };
}

static inline void make_free(struct slice s)
{
	free((void *)(uintptr_t)s.at);
}

#endif
