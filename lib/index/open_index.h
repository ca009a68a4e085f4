// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * open_index.h - an open index: what stays in memory between queries.
 *
 * Opening reads the catalogue (45 KB); what ranking looks up word by word is read where it lies in the mapped file, and
 * everything else when a query first needs it.  A handle serves one thread.
 */
#ifndef SOC_INDEX_OPEN_INDEX_H
#define SOC_INDEX_OPEN_INDEX_H

#include <jansson.h>

#include "lib/index/classification.h"
#include "lib/index/docstore.h"
#include "lib/index/fact_store.h"
#include "lib/index/index_file.h"

/* One occupation as the catalogue has it. */
struct entry {
	struct code code;
	struct slice title;
	uint32_t zone;
};

/*
 * What is ranked: at the O*NET level each occupation for itself, at the SOC level the occupations that share
 * six digits as one.  Occupations of a document follow each other.
 */
struct documents {
	size_t count;
	uint16_t *of;                 /* by occupation: its document */
	uint16_t *first;              /* by document: its first occupation; [count] is the end */
	float *lengths[LENGTH_COUNT]; /* by document, in quarters of a word */
	double totals[LENGTH_COUNT];  /* their sums */
	float *prior;                 /* by document: log of its share of filings beside the mean share, smoothed */
	float *employment;            /* by document: log of its employment less the mean log; 0: not known */
};

/* The title entry table, as stored (FORMAT.md). */
struct title_table {
	uint32_t title_entries;
	uint32_t pair_count;
	const unsigned char *norms;
	const unsigned char *references;
	const unsigned char *pairs;
};

/* The norm of a title entry, times TITLE_ENTRY_NORM_UNIT. */
static inline uint32_t title_table_norm(const struct title_table *t, uint32_t title_entry)
{
	return little2(t->norms + 2 * (size_t)title_entry);
}

/* The parts of the facts; `wanted` is NULL until some are asked for. */
struct fact_records {
	struct slice head;
	struct fact_parts parts;
	bool *wanted;
};

struct soc_index {
	struct index_file file;
	struct arena arena; /* what lives as long as the handle */
	struct entry *entries;
	size_t count;
	struct documents onet;
	struct documents soc;
	struct hash_table lists;
	struct hash_table model; /* weights of the trained model; empty where there is none */
	struct hash_table records;
	struct title_table title_entries;
	struct slice dictionary; /* for the records of occupations; NULL until it is needed */
	struct tokenizer *analyzer;
	json_t *manifest; /* NULL until asked for */
	struct reference reference;
	struct groups groups;
	struct crossings crossings;
	struct facts facts;
	bool reference_loaded;
	bool groups_loaded;
	bool crossings_loaded;
	bool group_titles_loaded;
	bool facts_loaded; /* of the parts that are wanted */
	struct fact_records fact_records;
};

/* Open an index file, or explain why not.  *out is NULL on failure. */
bool soc_index_open(const char *path, struct soc_index **out, struct error *err);
/* The same index for another thread: ERROR_DAMAGED where another file has taken its place meanwhile. */
bool soc_index_open_again(const struct soc_index *first, const char *path, struct soc_index **out, struct error *err);
void soc_index_close(struct soc_index *index);

/* The number of the occupation with this code, or of the first under a SOC or group code; -1: none. */
int soc_index_find(const struct soc_index *index, const struct code *code);
/* All occupations under a code: numbers [*from, *to).  False where there is none. */
bool soc_index_range(const struct soc_index *index, const struct code *code, size_t *from, size_t *to);

/* Read one occupation's record; it and its strings live in `arena`. */
bool soc_index_occupation(struct soc_index *index, size_t number, struct arena *arena, struct occupation *out,
			  struct error *err);

/* Give the pieces of its evidence that are of some fields (bits) to `take` until it returns false, reading no more of
 * the record than that takes (record_visit_evidence). */
bool soc_index_visit_evidence(struct soc_index *index, size_t number, unsigned fields, struct arena *arena,
			      bool (*take)(void *ctx, const struct evidence *e), void *ctx, struct error *err);

/* Load what is loaded on demand; cheap the second time. */
bool soc_index_need_manifest(struct soc_index *index, struct error *err);
bool soc_index_need_reference(struct soc_index *index, struct error *err);
bool soc_index_need_groups(struct soc_index *index, struct error *err);
/* ... and the titles of the Census that lead to groups. */
bool soc_index_need_group_titles(struct soc_index *index, struct error *err);
bool soc_index_need_crossings(struct soc_index *index, struct error *err);
bool soc_index_need_facts(struct soc_index *index, struct error *err);
/* The facts of the major groups of some codes, where no more is asked for: of others the index then says nothing until
 * soc_index_need_facts() reads all.  Facts that were found before are found anew after either call. */
bool soc_index_need_facts_of(struct soc_index *index, const struct code *codes, size_t count, struct error *err);

#endif
