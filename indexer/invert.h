// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * invert.h - the second phase of a build: from evidence to the lists that ranking reads (lib/index/ranking.h).
 */
#ifndef SOC_INDEXER_INVERT_H
#define SOC_INDEXER_INVERT_H

#include "indexer/gather.h"
#include "indexer/synonyms.h"
#include "lib/base/file.h"
#include "lib/xap/xap.h"

struct inverted;

/* Build all lists in memory.  Reads `g`, changes nothing in it. */
bool invert(const struct gathered *g, struct inverted **out, struct error *err);
/* Write the catalogue, the bag table and the lists as metadata; the catalogue joins the content digest. */
bool inverted_write(struct inverted *v, xap_writer *w, struct sha256 *digest, struct error *err);
/* How many titles, as bags of words, stand under more than one SOC code; known after inverted_write(). */
size_t inverted_shared_titles(const struct inverted *v);
/* How many synonyms there are, and how many words to correct to; known after inverted_write(). */
struct synonym_counts inverted_synonyms(const struct inverted *v);
size_t inverted_vocabulary(const struct inverted *v);
void inverted_free(struct inverted *v);

#endif
