// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * invert.h - the second phase of a build: from evidence to what ranking reads (lib/index/FORMAT.md).
 */
#ifndef SOC_INDEXER_INVERT_H
#define SOC_INDEXER_INVERT_H

#include "indexer/classifier_train.h"
#include "indexer/lsa_train.h"
#include "indexer/synonyms.h"
#include "lib/base/file.h"

struct invert_options {
	bool model; /* train one */
	/* Asked for each title, with the SOC code of its label (0, 1, 2 ...) and what it weighs: true leaves it out.
	 * NULL: none. */
	bool (*leave_out)(void *ctx, enum evidence_kind kind, struct slice title, struct text_words words, uint32_t soc,
			  double weight);
	void *ctx;
};

/* ---- what is counted by occupation ---- */

/* The sections of words and what LSA is made of, by word; then what has keys of its own. */
enum counted { COUNTED_LSA = WEIGHT_LSA, COUNTED_HEADS, COUNTED_GRAMS, COUNTED_BIGRAMS, COUNTED_COUNT };

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
	unsigned publishers; /* TITLE_ENTRY_SOC, ... */
};

/* Which title entries the titles of the occupations are, as they stand in the file (lib/index/FORMAT.md), while they
 * are found. */
struct title_entry_lists {
	struct buffer packed;
	uint32_t *first; /* by occupation: where it begins in `packed` */
	uint32_t fresh;  /* so many new title entries follow each other, and are not packed yet */
	uint32_t next;   /* the title entry behind the last one that was not new */
};

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
	struct error *err; /* has the first failure; what is counted after it is of no use */
};

/* Build all lists in memory, and train the model.  Reads `g`, changes nothing in it; err is not NULL. */
bool invert(const struct collected *g, const struct invert_options *options, struct inverted **out, struct error *err);
/* Write what ranking reads: the parts of the file, and the records that spelling and synonyms need; the catalogue joins
 * the content digest. */
bool inverted_write(struct inverted *v, struct hash_table_writer *records, struct index_parts *parts,
		    struct sha256 *digest, struct error *err);
/* How many titles, as title entries of words, stand under more than one SOC code; known after inverted_write(). */
size_t inverted_shared_titles(const struct inverted *v);
void inverted_free(struct inverted *v);

/* ---- title entries ---- */

/* The title entries of each word, ascending; and in how many title entries it is, which gives its idf. */
struct title_entries_by_word {
	uint32_t *first; /* words + 1 */
	uint32_t *title_entries;
};

/* Note the title entries of titles, occupation by occupation and there reading by reading: each by its number and
 * whether it is new, a reading that is none as MAP_NONE.  Behind the last occupation one more is begun. */
void title_entries_begin_titles(struct inverted *v, uint32_t occupation);
void title_entries_note_title(struct inverted *v, uint32_t title_entry, bool added);
/* Append them as they stand in the file. */
void title_entries_pack_titles(const struct inverted *v, struct buffer *out, struct error *err);

/* Order the title entries by word; title_entries_by_word_free() after use. */
bool title_entries_order(const struct inverted *v, struct title_entries_by_word *out, struct error *err);
void title_entries_by_word_free(struct title_entries_by_word *b);
/* Append the plain list of the title entries that hold a word. */
void title_entries_pack(const struct title_entries_by_word *b, uint32_t word, struct buffer *out, struct error *err);
/* Append the title entry table; folds the pairs of `v` on the way. */
void title_entries_pack_table(struct inverted *v, const struct title_entries_by_word *by_word, struct buffer *out,
			      struct error *err);

#endif
