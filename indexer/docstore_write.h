// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * docstore_write.h - the third phase of a build: of every occupation one Xapian document, with the terms of its
 * evidence by field, and a record.
 */
#ifndef SOC_INDEXER_DOCSTORE_WRITE_H
#define SOC_INDEXER_DOCSTORE_WRITE_H

#include "indexer/collect.h"
#include "lib/base/file.h"
#include "lib/base/progress.h"
#include "lib/xapian/xapian_wrap.h"

/* Write the documents in the order of codes, and the records, deflated with `dictionary`; add each record to the
 * content digest. */
bool docstore_write(const struct collected *g, struct slice dictionary, xap_writer *w,
		    struct hash_table_writer *records, struct sha256 *digest, struct progress *progress,
		    struct error *err);

/* Append the texts that many occupations share, the dictionary for deflating their records: at most DICTIONARY_MAX
 * bytes, the most frequent text last; the same evidence gives the same bytes. */
bool dictionary_make(const struct collected *g, struct buffer *out, struct error *err);

#endif
