// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * manifest_write.h - the manifest of a build as JSON, and the same for people.
 */
#ifndef SOC_INDEXER_MANIFEST_WRITE_H
#define SOC_INDEXER_MANIFEST_WRITE_H

#include <jansson.h>

#include "corpus/source_read.h"
#include "indexer/validation.h"
#include "indexer/invert.h"

/* The manifest but for its digest (lib/index/manifest.h); the caller owns it.  NULL with ERROR_MEMORY. */
json_t *manifest_describe(const struct corpus *corpus, const struct collected *g, const struct inverted *v,
			  const struct validation *held, struct error *err);

/* Print a manifest: sources with their tables, then the content. */
void manifest_print(FILE *stream, const json_t *manifest);

#endif
