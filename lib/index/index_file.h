// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * index_file.h - the index file as a whole: Xapian's data, the parts that ranking reads, and a trailer by which the
 * file knows when it is damaged.
 *
 * A single-file glass database may be followed by other bytes.  The parts lie behind it, one after the other, and are
 * read where they lie, through a mapping of the file: what ranking asks for some thousand words of a job costs no call
 * and no copy.  Xapian notices few damages (and can crash on others), so nothing is given to it, nor read of the parts,
 * before its checksum has been compared.  That is done page by page (page_checksum.h), when something of a page is
 * first read: a title needs a few hundred of some thousand pages, and Xapian's data are read for words of fields alone.
 * The layout is in FORMAT.md.
 */
#ifndef SOC_INDEX_INDEX_FILE_H
#define SOC_INDEX_INDEX_FILE_H

#include "lib/base/map_guard.h"
#include "lib/index/hash_table.h"
#include "lib/xapian/xapian_wrap.h"

/* Raised when a program of today could misread an index of yesterday, or the other way round. */
#define INDEX_FORMAT 7

/* X(ID), in their order in the file; a part may be empty. */
#define INDEX_PARTS(X) \
	X(CATALOGUE) X(TITLE_ENTRIES) X(TITLES) X(LISTS) X(LSA) X(BIASES) X(CLASSIFIER) X(RECORDS) X(SUMS)

enum index_part {
#define INDEX_PART_ENUM(id) PART_##id,
	INDEX_PARTS(INDEX_PART_ENUM)
#undef INDEX_PART_ENUM
		PART_COUNT
};

/* ---- writing ---- */

/* The parts while they are made, but for the sums.  Zero-initialise. */
struct index_parts {
	struct buffer at[PART_SUMS];
};

void index_parts_free(struct index_parts *p);

/* Append the parts, their sums and the trailer to a compacted database; where there is no such file, one without a
 * database is made.  It is complete then, but not yet published. */
bool index_file_seal(const char *path, const struct index_parts *parts, struct error *err);

/* ---- reading ---- */

/* Which file it is that was opened. */
struct index_identity {
	uint64_t bytes;
	char sha256
		[65]; /* of the whole file as it was written, as sha256sum(1) prints it; it rests on the trailer, which has a
				checksum of its own, and index_file_verify() holds it against every byte */
};

/* An open index file.  Zero-initialise. */
struct index_file {
	struct slice parts[PART_COUNT]; /* borrowed from the mapping until index_file_close(), and not checked yet */
	struct page_checksums blocks;   /* by which they are checked, with page_checksums_need() */
	struct index_identity identity;
	struct slice bytes; /* the whole file, mapped */
	xap_reader *reader; /* NULL until it is asked for */
	int descriptor;
	struct map_stamp opened; /* what the file was */
};

/*
 * Check the trailer, by which the rest is checked when it is read.  ERROR_IO: not there or not readable; ERROR_DAMAGED:
 * cut short, changed, or no index at all; ERROR_VERSION: of another format.  The hints name the command to run.
 *
 * A file that is replaced meanwhile, as soc-index does, stays as it was opened.  One that is cut short in place ends
 * the program that reads on in it, with SIGBUS.
 */
bool index_file_open(const char *path, struct index_file *out, struct error *err);
/* Whether the file is what it was when it was opened: ERROR_DAMAGED where it has been written into meanwhile, and nothing of
 * what was read since can be trusted. */
bool index_file_is_same(const struct index_file *f, struct error *err);
/* Whether a file ends as an index of any version does. */
bool index_file_is(const char *path);
void index_file_close(struct index_file *f);

/* A part, checked as a whole; borrowed until index_file_close(). */
bool index_file_part(struct index_file *f, enum index_part part, struct slice *out, struct error *err);
/* A part that is a hash table, which checks what is read of it; borrowed likewise. */
bool index_file_hash_table(struct index_file *f, enum index_part part, struct hash_table *out, struct error *err);
/* The database, checked as a whole and opened when it is first asked for; borrowed until index_file_close(). */
bool index_file_reader(struct index_file *f, xap_reader **out, struct error *err);

/* Read every byte: hold each page against its checksum, and the SHA-256 of the file against what it says itself;
 * ERROR_DAMAGED where they differ. */
bool index_file_verify(struct index_file *f, struct error *err);

#endif
