// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * records.h - what an index keeps under names: PART_RECORDS of the file (file.h), a store (store.h).
 *
 *     manifest             manifest.h
 *     occupation N         the record of occupation N, 0, 1, 2 ... in the order of codes (evidence.h), two bytes behind the word
 *     dictionary           what those are deflated with (evidence.h)
 *     reference            reference.h
 *     groups, groups/titles  group.h
 *     crosswalks           crosswalk.h
 *     facts, facts/NN      facts.h
 *     vocabulary N         words of N letters, one byte behind the word (vocabulary.h); N = 0: a filter of all
 *     synonyms             a filter of what has synonyms (synonym.h)
 *     confidence           lib/rank/confidence.h
 */
#ifndef SOC_INDEX_RECORDS_H
#define SOC_INDEX_RECORDS_H

#include "lib/index/store.h"

/* Deflate bytes as record_deflate() does, without a dictionary, and keep them under a name. */
bool records_add(struct store_writer *records, struct slice name, struct slice bytes, struct error *err);

/* What stands under a name, borrowed from the file; ERROR_DAMAGED where nothing does. */
bool records_find(const struct store *records, struct slice name, struct slice *stored, struct error *err);
/* ... inflated into `arena`. */
bool records_inflate(const struct store *records, struct slice name, struct arena *arena, struct slice *out, struct error *err);

/* The name of the record of an occupation. */
#define OCCUPATION_NAME_SIZE 12
struct slice occupation_name(size_t number, char name[OCCUPATION_NAME_SIZE]);

#endif
