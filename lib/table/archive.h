// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * archive.h - zip archives, read only: what is in one, and the bytes of its members.
 *
 * Every function that can fail tells the place that it was given.  Errors: ERROR_INPUT with a hint
 * (damaged or cut off, encrypted, a compression that is not known, a name that leaves the archive), ERROR_IO (the file cannot be
 * read, or libzip not be loaded), ERROR_MEMORY.
 *
 * The only place, with zip_library, that knows <zip.h>; only for container.c.
 */
#ifndef SOC_TABLE_ARCHIVE_H
#define SOC_TABLE_ARCHIVE_H

#include <stdio.h>

#include "lib/base/memory.h"

/* For whatever is damaged or cut off. */
#define HINT_DAMAGED "download or copy it again, and compare its size with the original"

struct archive;
struct archive_file;

struct archive_entry {
	const char *name;   /* as it stands in the archive; owned by it */
	uint64_t size;      /* bytes it says to unpack to; 0 where it does not say */
	uint64_t packed;    /* bytes as stored; 0 likewise */
	bool folder;
};

/* Takes `file` over, also where it fails.  `place` is what messages call the archive; it is borrowed until archive_close(). */
bool archive_open_file(FILE *file, const char *place, struct archive **out, struct error *err);
/* The same from memory, which is borrowed likewise. */
bool archive_open_memory(struct slice bytes, const char *place, struct archive **out, struct error *err);
/* May be NULL. */
void archive_close(struct archive *a);

/* Entries have the numbers from 0 to below archive_count(). */
uint64_t archive_count(const struct archive *a);
bool archive_entry(const struct archive *a, uint64_t number, struct archive_entry *out, struct error *err);

/* The bytes of an entry, unpacked.  Several may be open at once, in one thread; `a` must outlive them, and `place`, what messages
 * call the entry, too. */
bool archive_file_open(const struct archive *a, uint64_t number, const char *place, struct archive_file **out,
		       struct error *err);
/* At most `size` bytes; *got == 0 at the end. */
bool archive_file_read(struct archive_file *f, void *to, size_t size, size_t *got, struct error *err);
/* May be NULL. */
void archive_file_close(struct archive_file *f);

#endif
