// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * inverted_index.h - what invert.c counts, and what bags.c, latent.c and lists.c make of it: theirs alone.
 */
#ifndef SOC_INDEXER_INVERTED_INDEX_H
#define SOC_INDEXER_INVERTED_INDEX_H

#include "indexer/invert.h"
#include "lib/index/schema.h"
#include "lib/text/tokenizer.h"

/* The sections of words and what the latent space is made of, by word; then what has keys of its own: everything that is
 * counted by occupation. */
enum counted { COUNTED_LATENT = WEIGHT_LATENT, COUNTED_HEADS, COUNTED_GRAMS, COUNTED_BIGRAMS, COUNTED_COUNT };

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

/* One bag and one occupation that it speaks for. */
struct bag_pair {
	uint32_t bag;
	uint32_t occupation;
	float weight;
};

/* Which bags the titles of the occupations are, as they stand in the file (lib/index/postings_format.h), while they are found. */
struct title_bags {
	struct buffer packed;
	uint32_t *first; /* by occupation: where it begins in `packed` */
	uint32_t fresh;  /* so many new bags follow each other, and are not packed yet */
	uint32_t next;   /* the bag behind the last one that was not new */
};

struct inverted {
	const struct gathered *g;
	const struct invert_options *options;
	struct text_analyzer *analyzer;
	struct trainer *trainer; /* NULL: no model */
	uint32_t *soc_of;        /* by occupation: its SOC code, 0, 1, 2 ... */
	size_t soc_count;
	struct map words; /* the terms of all sections and of bags */
	struct counts counted[COUNTED_COUNT];
	double (*lengths)[LENGTH_COUNT]; /* by occupation */
	double *gram_mass;               /* by occupation: weighted character n-grams */
	struct map bags;                 /* sorted distinct word numbers -> bag */
	struct title_bags title_bags;
	struct bag_pair *pairs;
	size_t pair_count;
	size_t pair_capacity;
	struct latent *latent; /* NULL: no model */
	struct synonyms *synonyms;
	struct vocabulary vocabulary;
	struct buffer key;
};

/* The bags of each word, ascending; and in how many bags it is, which gives its idf. */
struct bags_by_word {
	uint32_t *first; /* words + 1 */
	uint32_t *bags;
};

/* Note the bags of titles, occupation by occupation and there reading by reading: each by its number and whether it is new, a
 * reading that is none as MAP_NONE.  bags_end_titles() after the last one. */
bool bags_begin_titles(struct inverted *v, uint32_t occupation, struct error *err);
bool bags_note_title(struct inverted *v, uint32_t bag, bool added, struct error *err);
bool bags_end_titles(struct inverted *v, struct error *err);
/* Append them as they stand in the file. */
bool bags_pack_titles(const struct inverted *v, struct buffer *out, struct error *err);

/* Order the bags by word; bags_by_word_free() after use. */
bool bags_order(const struct inverted *v, struct bags_by_word *out, struct error *err);
void bags_by_word_free(struct bags_by_word *b);
/* Append the plain list of the bags that hold a word. */
bool bags_pack(const struct bags_by_word *b, uint32_t word, struct buffer *out, struct error *err);
/* Append the bag table; folds the pairs of `v` on the way. */
bool bags_pack_table(struct inverted *v, const struct bags_by_word *by_word, struct buffer *out, struct error *err);

#endif
