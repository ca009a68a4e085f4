// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * verify.h - soc-index info and verify.
 */
#ifndef SOC_INDEXER_VERIFY_H
#define SOC_INDEXER_VERIFY_H

#include "lib/base/error.h"

/* Print the manifest of an index file to standard output. */
bool inspect_info(const char *path, bool json, struct error *err);

/* Check the checksums, Xapian's structures, every record, every list and the content digest; ERROR_DAMAGED
 * at the first fault. */
bool inspect_verify(const char *path, bool quiet, struct error *err);

#endif
