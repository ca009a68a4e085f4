// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * invert.h - the second phase of a build: from evidence to what ranking reads (lib/index/FORMAT.md).
 */
#ifndef SOC_INDEXER_INVERT_H
#define SOC_INDEXER_INVERT_H

#include "indexer/collect.h"
#include "indexer/synonyms.h"
#include "indexer/classifier_train.h"
#include "lib/base/file.h"
#include "lib/index/index_file.h"
#include "lib/index/hash_table.h"

struct inverted;

struct invert_options {
	bool model; /* train one */
	/* Asked for each title, with the SOC code of its label (0, 1, 2 ...) and what it weighs: true leaves it out.
	 * NULL: none. */
	bool (*leave_out)(void *ctx, enum evidence_kind kind, struct slice title, struct text_words words, uint32_t soc,
			  double weight);
	void *ctx;
};

/* Build all lists in memory, and train the model.  Reads `g`, changes nothing in it. */
bool invert(const struct collected *g, const struct invert_options *options, struct inverted **out, struct error *err);
/* Write what ranking reads: the parts of the file, and the records that spelling and synonyms need; the catalogue joins the
 * content digest. */
bool inverted_write(struct inverted *v, struct hash_table_writer *records, struct index_parts *parts,
		    struct sha256 *digest, struct error *err);
/* What was learned from; zeros without a model. */
struct training inverted_training(const struct inverted *v);
/* How many titles, as title entries of words, stand under more than one SOC code; known after inverted_write(). */
size_t inverted_shared_titles(const struct inverted *v);
/* How many synonyms there are, and how many words to correct to; known after inverted_write(). */
struct synonym_counts inverted_synonyms(const struct inverted *v);
size_t inverted_vocabulary(const struct inverted *v);
void inverted_free(struct inverted *v);

#endif
