// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * summary.h - the manifest of a build as JSON, and the same for people.
 */
#ifndef SOC_INDEXER_SUMMARY_H
#define SOC_INDEXER_SUMMARY_H

#include <jansson.h>

#include "corpus/corpus.h"
#include "indexer/gather.h"
#include "indexer/held_out.h"
#include "indexer/invert.h"

/* The manifest but for its digest (lib/index/manifest.h); the caller owns it.  NULL with ERROR_MEMORY. */
json_t *summary_manifest(const struct corpus *corpus, const struct gathered *g, const struct inverted *v,
			 const struct held_out *held, struct error *err);

/* Print a manifest: sources with their tables, then the content. */
void summary_print(FILE *stream, const json_t *manifest);

/* 1234567 as "1,234,567"; in a buffer of the caller's. */
const char *summary_number(uint64_t number, char text[32]);

#endif
