// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * file.h - the index file as a whole: glass data, and behind it a trailer by which the file knows when it
 * is damaged.
 *
 * Xapian notices few damages (and can crash on others), so nothing is given to it before the checksum has
 * been compared.  A single-file glass database may be followed by other bytes.  The trailer, little-endian:
 *
 *     8  magic "SOCINDEX"
 *     4  format version
 *     4  length of the trailer, 48
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

#endif
