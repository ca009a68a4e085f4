// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * file.h - whole files: map, digest, and replace without ever showing half of one.
 */
#ifndef SOC_BASE_FILE_H
#define SOC_BASE_FILE_H

#include <sha2.h>

#include "lib/base/memory.h"

/* Map a regular file for reading.  *out borrows the mapping until file_unmap().  An empty file maps to
 * { "", 0 }.  False with ERROR_IO; a folder is ERROR_INPUT. */
bool file_map(const char *path, struct slice *out, struct error *err);
/* The same of an open descriptor, which the mapping does not need any more; `path` is what messages call it. */
bool file_map_descriptor(int fd, const char *path, struct slice *out, struct error *err);
void file_unmap(struct slice mapped);

/* A path beside `target` that does not exist yet: `TARGET.tmp-PID-N`.  Written to `out`. */
bool file_temporary_beside(const char *target, struct buffer *out, struct error *err);

/* Remove what builds of `target` left beside it that were killed: files and folders `TARGET.tmp-PID-N` whose
 * process is gone.  What cannot be removed stays; links are never followed. */
void file_remove_leftovers(const char *target);

/* Where `path` is a symbolic link: the file that it leads to, else `path` itself; NUL-terminated in `out`. */
bool file_resolve_link(const char *path, struct buffer *out, struct error *err);

/* fsync the file, rename(2) it over `target`, fsync the folder.  Until it returns true, `target` is what
 * it was. */
bool file_publish(const char *temporary, const char *target, struct error *err);

/* Write a file whole or not at all: beside it first, then over it.  What is no regular file, such as a pipe or a
 * device, is written to as it is.  Through a symbolic link, the file that it leads to is replaced; its permissions
 * stay. */
bool file_write_whole(const char *path, struct slice bytes, struct error *err);

/* Remove a folder and what is in it (one level of files, as a Xapian database is); silent where absent. */
void file_remove_folder(const char *path);

/* SHA-256 (FIPS 180-4), by libmd, as 64 hex digits and a NUL.  A digest owns nothing: it may be dropped unfinished. */
struct sha256 {
	SHA2_CTX context;
};
void sha256_begin(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *bytes, size_t length);
void sha256_finish(struct sha256 *s, char hex[65]);

/* To go on elsewhere: the state after `length` bytes, a multiple of 64, as FIPS 180-4 writes its words; and to begin
 * there. */
#define SHA256_STATE 32
#define SHA256_BLOCK 64
void sha256_state(const struct sha256 *s, unsigned char state[SHA256_STATE]);
void sha256_resume(struct sha256 *s, const unsigned char state[SHA256_STATE], uint64_t length);

#endif
