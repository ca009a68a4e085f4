// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * inverted_index.h - what invert.c counts, for the files that write postings, title entries and LSA vectors.
 */
#ifndef SOC_INDEXER_INVERTED_INDEX_H
#define SOC_INDEXER_INVERTED_INDEX_H

#include "indexer/classifier_train.h"
#include "indexer/collect.h"
#include "indexer/synonyms.h"
#include "indexer/vocabulary.h"
#include "lib/index/schema.h"
#include "lib/text/tokenizer.h"

/* The sections of words and what LSA is made of, by word; then what has keys of its own: everything that is
 * counted by occupation. */
enum counted { COUNTED_LSA = WEIGHT_LSA, COUNTED_HEADS, COUNTED_GRAMS, COUNTED_BIGRAMS, COUNTED_COUNT };

/* One key in one occupation: how much it weighs there. */
struct count {
	uint32_t key;
	uint32_t occupation;
	float weight;
};

struct counts {
	struct map keys;
	struct count *at;
	size_t count;
	size_t capacity;
	size_t occupation_from; /* where the counts of the current occupation begin */
};

/* One title entry and one of its labels. */
struct title_entry_pair {
	uint32_t title_entry;
	uint32_t occupation;
	float weight;
};

/* Which title entries the titles of the occupations are, as they stand in the file (lib/index/postings_format.h), while they are found. */
struct title_entry_lists {
	struct buffer packed;
	uint32_t *first; /* by occupation: where it begins in `packed` */
	uint32_t fresh;  /* so many new title entries follow each other, and are not packed yet */
	uint32_t next;   /* the title entry behind the last one that was not new */
};

struct invert_options;

struct inverted {
	const struct collected *g;
	const struct invert_options *options;
	struct tokenizer *analyzer;
	struct trainer *trainer; /* NULL: no model */
	uint32_t *soc_of;        /* by occupation: its SOC code, 0, 1, 2 ... */
	size_t soc_count;
	struct map words; /* the terms of all sections and of title entries */
	struct counts counted[COUNTED_COUNT];
	double (*lengths)[LENGTH_COUNT]; /* by occupation */
	double *gram_mass;               /* by occupation: weighted character n-grams */
	struct map title_entries;        /* sorted distinct word numbers -> title entry */
	struct title_entry_lists title_entry_lists;
	struct title_entry_pair *pairs;
	size_t pair_count;
	size_t pair_capacity;
	struct lsa *latent; /* NULL: no model */
	struct synonyms *synonyms;
	struct vocabulary vocabulary;
	struct buffer key;
};

/* The title entries of each word, ascending; and in how many title entries it is, which gives its idf. */
struct title_entries_by_word {
	uint32_t *first; /* words + 1 */
	uint32_t *title_entries;
};

/* Note the title entries of titles, occupation by occupation and there reading by reading: each by its number and whether it is new, a
 * reading that is none as MAP_NONE.  title_entries_end_titles() after the last one. */
bool title_entries_begin_titles(struct inverted *v, uint32_t occupation, struct error *err);
bool title_entries_note_title(struct inverted *v, uint32_t title_entry, bool added, struct error *err);
bool title_entries_end_titles(struct inverted *v, struct error *err);
/* Append them as they stand in the file. */
bool title_entries_pack_titles(const struct inverted *v, struct buffer *out, struct error *err);

/* Order the title entries by word; title_entries_by_word_free() after use. */
bool title_entries_order(const struct inverted *v, struct title_entries_by_word *out, struct error *err);
void title_entries_by_word_free(struct title_entries_by_word *b);
/* Append the plain list of the title entries that hold a word. */
bool title_entries_pack(const struct title_entries_by_word *b, uint32_t word, struct buffer *out, struct error *err);
/* Append the title entry table; folds the pairs of `v` on the way. */
bool title_entries_pack_table(struct inverted *v, const struct title_entries_by_word *by_word, struct buffer *out,
			      struct error *err);

#endif
