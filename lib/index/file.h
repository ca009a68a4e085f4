// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * file.h - the index file as a whole: glass data, and behind it a trailer by which the file knows when it
 * is damaged.
 *
 * Xapian notices few damages (and can crash on others), so nothing is given to it before the checksum has
 * been compared.  A single-file glass database may be followed by other bytes.  The trailer, little-endian:
 *
 *    32  state of SHA-256 after the glass data, or what of it is a multiple of 64 bytes (lib/base/file.h): by it the
 *        SHA-256 of the file as a whole is known without reading it
 *     8  magic "SOCINDEX"
 *     4  format version
 *     4  length of the trailer, 80
 *     8  length of the glass data
 *     8  zero, kept for later
 *    16  XXH3-128 (https://xxhash.com, canonical form) of all bytes before it
 */
#ifndef SOC_INDEX_FILE_H
#define SOC_INDEX_FILE_H

#include "lib/base/memory.h"
#include "lib/xap/xap.h"

/* Raised when a program of today could misread an index of yesterday, or the other way round. */
#define INDEX_FORMAT 3

/* Append the trailer to a compacted database; the file is complete then, but not yet published. */
bool index_file_seal(const char *path, struct error *err);

/* Check the trailer and the checksum, and open the database.  ERROR_IO: not there or not readable;
 * ERROR_DAMAGED: cut short, changed, or no index at all; ERROR_VERSION: of another format.  The hints name
 * the command to run. */
bool index_file_open(const char *path, xap_reader **out, struct error *err);

/* Which file it is that was opened. */
struct index_identity {
	uint64_t bytes;
	char sha256[65];     /* of the whole file, as sha256sum(1) prints it; it rests on the trailer, which the checksum guards
				against damage, and which index_file_verify() holds against every byte */
};

/* The same, and which file it is. */
bool index_file_open_known(const char *path, xap_reader **out, struct index_identity *identity, struct error *err);

/* Read every byte, and hold the SHA-256 of the file against `identity`; ERROR_DAMAGED where they differ. */
bool index_file_verify(const char *path, const struct index_identity *identity, struct error *err);

#endif
