// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * synonyms.h - mines acronyms and abbreviations from the evidence, joins the project's own list, and writes
 * what lib/index/schema.h describes.
 *
 * The releases write "CEO (Chief Executive Officer)", "Hospice Certified Nursing Assistant (Hospice CNA)", give a
 * short title beside the long one, and put an acronym in brackets behind its words in a task.  The two sides are
 * aligned word by word; what differs has to be an acronym of the words opposite, or an abbreviation of the one word
 * opposite, by its letters.
 */
#ifndef SOC_INDEXER_SYNONYMS_H
#define SOC_INDEXER_SYNONYMS_H

#include "indexer/collect.h"
#include "indexer/vocabulary.h"

struct synonyms;

/* Meanings of one acronym, and acronyms of one meaning, that are kept at most. */
#define SYNONYMS_OF_ONE 3

/* NULL with ERROR_MEMORY. */
struct synonyms *synonyms_new(struct error *err);
void synonyms_free(struct synonyms *s);

/* Mine one piece of evidence of one occupation; occupations come in order. */
bool synonyms_mine(struct synonyms *s, const struct evidence *e, uint32_t occupation, struct error *err);

/* After the last piece: add the project's list, and choose.  An acronym that the words of the evidence show to be
 * an everyday word too is not mined, and what the list has of it is guarded. */
bool synonyms_finish(struct synonyms *s, const struct vocabulary *words, struct error *err);

/* A word that is also written apart: `apart` has a space, and the evidence has it where `both` holds. */
bool synonyms_add_joined(struct synonyms *s, struct slice joined, struct slice apart, bool both, struct error *err);

/* Put the lists into the store, and the filter among the records. */
bool synonyms_write(const struct synonyms *s, struct hash_table_writer *lists, struct hash_table_writer *records,
		    struct error *err);

/* What was found, for the manifest. */
struct synonym_counts {
	size_t mined;  /* pairs of an acronym or abbreviation and its meaning, kept from the releases */
	size_t listed; /* from the project's list */
	size_t joined; /* words that are also written apart */
};
struct synonym_counts synonyms_count(const struct synonyms *s);

#endif
