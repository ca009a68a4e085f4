// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison_internal.h - how a comparison is gathered, part by part: what the files comparison_*.c share.
 */
#ifndef SOC_QUERY_ENGINE_COMPARISON_INTERNAL_H
#define SOC_QUERY_ENGINE_COMPARISON_INTERNAL_H

#include "lib/base/string_map.h"
#include "lib/rank/query_terms.h"
#include "query/engine/comparison.h"

/* ---- words and what they are worth (comparison_words.c) ---- */

struct comparison_word {
	double idf;
	double worth[COMPARISON_MAX];
};

/* The words that were asked for so far, each looked up once. */
struct comparison_words {
	struct soc_index *index;
	const struct documents *documents;
	struct arena *arena;
	struct error *err;
	size_t count; /* codes */
	struct posting held
		[COMPARISON_MAX]; /* of the codes by ascending unit: what each holds of the word that is looked up */
	size_t sides[COMPARISON_MAX]; /* whose each is */
	struct map terms;
	struct comparison_word *at; /* by number in `terms` */
	size_t capacity;
};

/* comparison_words_free() after use. */
void comparison_words_begin(struct comparison_words *w, struct session *s, const struct comparison *x);
void comparison_words_free(struct comparison_words *w);
/* The number of a term, folded and stemmed. */
bool comparison_words_look_up(struct comparison_words *w, struct slice term, uint32_t *number);
/* How much more a word is worth to a code than to any other. */
double comparison_words_tell(const struct comparison_words *w, uint32_t number, size_t side);
/* Whether the descriptions and tasks of this code have a word that those of no other have. */
bool comparison_words_only(const struct comparison_words *w, uint32_t number, size_t side);
/* Whether those of less than half of all codes have a word: else it tells nothing. */
bool comparison_words_rare(const struct comparison_words *w, uint32_t number);

/* ---- parts of the comparison; each fills what is named for it ---- */

bool comparison_find_definitions(struct comparison_words *w, struct comparison *x); /* comparison_definitions.c */
bool comparison_find_tasks(struct comparison_words *w, struct comparison *x);       /* comparison_tasks.c */
bool comparison_find_lists(struct session *s, struct comparison *x);                /* comparison_lists.c */
bool comparison_find_fit(struct comparison_words *w, struct session *s, struct target_ranking *ranked,
			 struct comparison *x);                     /* comparison_fit.c */
bool comparison_find_rows(struct session *s, struct comparison *x); /* comparison_rows.c; the last of all */

#endif
