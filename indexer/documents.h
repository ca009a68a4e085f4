// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * documents.h - the third phase of a build: of every occupation one Xapian document, with every word of its evidence at
 * a position and its codes as filters, and a record.
 */
#ifndef SOC_INDEXER_DOCUMENTS_H
#define SOC_INDEXER_DOCUMENTS_H

#include "indexer/gather.h"
#include "lib/base/file.h"
#include "lib/base/progress.h"
#include "lib/index/records.h"
#include "lib/xap/xap.h"

/* Write the documents in the order of codes, and the records, deflated with `dictionary`; add each record to the content
 * digest. */
bool documents_write(const struct gathered *g, struct slice dictionary, xap_writer *w, struct store_writer *records,
		     struct sha256 *digest, struct progress *progress, struct error *err);

#endif
