// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * zip_library.h - libzip, loaded when the first zip is opened.
 *
 * Most runs read no zip, and libzip brings the libraries of its ciphers and compressions with it: loading them would be a
 * tenth of the time of a query.  Headers are those of the machine that builds, and so is the name of the
 * file that is loaded (ZIP_SONAME, from the Makefile).
 *
 * Only for archive.c, and for its tests.
 */
#ifndef SOC_TABLE_ZIP_LIBRARY_H
#define SOC_TABLE_ZIP_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>
#include <zip.h>

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

struct error;

/* The library, loaded with the first call and kept until the process ends; any thread may ask.  NULL with ERROR_IO and a
 * hint where it cannot be loaded, also at every later call. */
const struct zip_library *zip_library(struct error *err);

/* Load the library in `file`, a name as dlopen() takes it, and never unload it.  Where that cannot be done, or where it
 * lacks a function, false and why[size] says which; *out then holds nothing of use. */
bool zip_library_load(const char *file, struct zip_library *out, char *why, size_t size);

#endif
