// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * dictionary.h - the texts that many occupations share, as a preset dictionary for deflating their records.
 */
#ifndef SOC_INDEXER_DICTIONARY_H
#define SOC_INDEXER_DICTIONARY_H

#include "indexer/gather.h"

/* Append the dictionary, at most DICTIONARY_MAX bytes, the most frequent text last; the same evidence gives the
 * same bytes. */
bool dictionary_make(const struct gathered *g, struct buffer *out, struct error *err);

#endif
