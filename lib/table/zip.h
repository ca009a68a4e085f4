// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * zip.h - zip archives, read only: what is in one, and the bytes of its members.
 *
 * Every function that can fail tells the place that it was given.  Errors: ERROR_INPUT with a hint
 * (damaged or cut off, encrypted, a compression that is not known, a name that leaves the archive), ERROR_IO (the file
 * cannot be read, or libzip not be loaded), ERROR_MEMORY.
 *
 * The only place that knows <zip.h>; only for input_source.c.
 */
#ifndef SOC_TABLE_ZIP_H
#define SOC_TABLE_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <zip.h>

#include "lib/base/memory.h"

/* For whatever is damaged or cut off. */
#define HINT_DAMAGED "download or copy it again, and compare its size with the original"

struct zip_archive;
struct zip_archive_file;

struct zip_archive_entry {
	const char *name; /* as it stands in the archive; owned by it */
	uint64_t size;    /* bytes it says to unpack to; 0 where it does not say */
	uint64_t packed;  /* bytes as stored; 0 likewise */
	bool folder;
};

/* Takes `file` over, also where it fails.  `place` is what messages call the archive; it is borrowed until
 * zip_archive_close(). */
bool zip_archive_open_file(FILE *file, const char *place, struct zip_archive **out, struct error *err);
/* The same from memory, which is borrowed likewise. */
bool zip_archive_open_memory(struct slice bytes, const char *place, struct zip_archive **out, struct error *err);
/* May be NULL. */
void zip_archive_close(struct zip_archive *a);

/* Entries have the numbers from 0 to below zip_archive_count(). */
uint64_t zip_archive_count(const struct zip_archive *a);
bool zip_archive_entry(const struct zip_archive *a, uint64_t number, struct zip_archive_entry *out, struct error *err);

/* The bytes of an entry, unpacked.  Several may be open at once, in one thread; `a` must outlive them, and `place`, what
 * messages call the entry, too. */
bool zip_archive_file_open(const struct zip_archive *a, uint64_t number, const char *place,
			   struct zip_archive_file **out, struct error *err);
/* At most `size` bytes; *got == 0 at the end. */
bool zip_archive_file_read(struct zip_archive_file *f, void *to, size_t size, size_t *got, struct error *err);
/* May be NULL. */
void zip_archive_file_close(struct zip_archive_file *f);

/* ---- libzip ----
 *
 * Most runs read no zip, and libzip brings the libraries of its ciphers and compressions with it: loading them would be
 * a tenth of the time of a query.  Headers are those of the machine that builds, and so is the name of the
 * file that is loaded (ZIP_SONAME, from the Makefile).  Only for zip.c and its tests.
 */

#define ZIP_FUNCTIONS(X) \
	X(zip_discard) \
	X(zip_error_code_system) \
	X(zip_error_code_zip) \
	X(zip_error_fini) \
	X(zip_error_init) \
	X(zip_error_strerror) \
	X(zip_fclose) \
	X(zip_file_get_error) \
	X(zip_fopen_index) \
	X(zip_fread) \
	X(zip_get_error) \
	X(zip_get_num_entries) \
	X(zip_open_from_source) \
	X(zip_source_buffer_create) \
	X(zip_source_filep_create) \
	X(zip_source_free) \
	X(zip_stat_index) \
	X(zip_stat_init)

/* The functions, each under its own name. */
struct zip_library {
#define MEMBER(name) __typeof__(name) *name;
	ZIP_FUNCTIONS(MEMBER)
#undef MEMBER
};

/* The library, loaded with the first call and kept until the process ends; any thread may ask.  NULL with ERROR_IO and a
 * hint where it cannot be loaded, also at every later call. */
const struct zip_library *zip_library(struct error *err);

/* Load the library in `file`, a name as dlopen() takes it, and never unload it.  Where that cannot be done, or where it
 * lacks a function, false and why[size] says which; *out then holds nothing of use. */
bool zip_library_load(const char *file, struct zip_library *out, char *why, size_t size);

#endif
