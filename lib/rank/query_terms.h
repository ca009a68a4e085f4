// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * query_terms.h - the terms of a query with their posting lists, and cursors over such lists.
 */
#ifndef SOC_RANK_QUERY_TERMS_H
#define SOC_RANK_QUERY_TERMS_H

#include "lib/index/open_index.h"

/* Bytes of a text whose words count in part. */
struct weighted_span {
	uint32_t start;
	uint32_t length;
	float weight; /* 0 to 1; 0 leaves the words out */
};

/* How a text is read: what counts in part, in spans in order that do not overlap (elsewhere words count whole); and
 * where "director of engineering" stands, which is read as engineering director. */
struct span_weights {
	const struct weighted_span *at;
	size_t count;
	const struct weighted_span *turned; /* their weights mean nothing */
	size_t turned_count;
};

struct query_term {
	struct slice term;
	float count;                          /* how often it stands in the query, each time by the weight of the
						 * word; a correction and an extra term weigh less than 1 each */
	struct slice sections[SECTION_COUNT]; /* its lists; empty where the index does not know it */
	bool known;
};

/* A query: its distinct terms in byte order; its head word, character n-grams and bigrams where they are asked for, of which
 * only those that the index knows. */
struct query {
	struct text_words words; /* all of them, stop words too; in the arena */
	const float *weights;    /* by word of `words`: what part of it counts, from 0 to 1 = the whole
						 * word; whatever is made of words can be scaled by it */
	struct query_term *terms;
	size_t count;
	struct query_term head;   /* sections[0] is its list; term is empty where there is none */
	struct query_term *grams; /* sections[0] are their lists */
	size_t gram_count;
	struct query_term *bigrams; /* sections[0] are their lists */
	size_t bigram_count;
	struct query_term *extras; /* synonyms (query_expansion.h): terms that are not in the query */
	size_t extra_count;
	float extra_squares; /* sum of idf^2 of words that only their synonyms stand for */
};

enum { QUERY_HEAD = 1, QUERY_GRAMS = 2, QUERY_BIGRAMS = 4 };

/* Read what the index has for the words of `text`; `weighing` (NULL: all words count whole) says what counts less.
 * Words and terms live in `arena`, lists as long as the index. */
bool query_read(struct soc_index *index, struct slice text, const struct span_weights *weighing, unsigned what,
		struct arena *arena, struct query *out, struct error *err);

/* Put the words of a query, and its bigrams where `what` asks for them, in the order that weighing->turned
 * says.  Until then they are in the order of the text. */
bool query_turn(struct soc_index *index, const struct span_weights *weighing, unsigned what, struct arena *arena,
		struct query *q, struct error *err);

/* As query_read() for one term, already folded and stemmed. */
bool query_read_term(struct soc_index *index, struct slice term, struct arena *arena, struct query *out,
		     struct error *err);

/* In how many title entries a word stands: how many numbers its list of title entries has.  Each ends in one byte below 0x80. */
static inline size_t title_entry_list_count(struct slice list)
{
	size_t count = 0;
	for (size_t i = 0; i < list.length; i++)
		count += (unsigned char)list.at[i] < 0x80;
	return count;
}

/* A cursor over a weighted list: numbers from 0 to less than `count`, each with a weight. */
struct posting_cursor {
	struct unpack u;
	size_t count;
	size_t left; /* how many numbers lie behind the last one */
};

static inline struct posting_cursor posting_cursor_begin(struct slice list, size_t count)
{
	return (struct posting_cursor){ unpack_begin(list), count, count };
}

/* False at the end of the list, and where it is malformed. */
static inline bool posting_cursor_next(struct posting_cursor *p, uint32_t *number, uint32_t *weight)
{
	struct unpack_pair pair;
	if (!unpack_short_two(&p->u, &pair)) {
		if (p->u.at >= p->u.end)
			return false;
		pair = unpack_two(&p->u);
	}
	/* Numbers ascend: a step of 0, less 1, is more than any room that is left. */
	if ((size_t)pair.first - 1 >= p->left)
		return false;
	p->left -= pair.first;
	*number = (uint32_t)(p->count - p->left - 1);
	*weight = pair.second;
	return true;
}

/* What one document has of a term. */
struct posting {
	uint32_t document;
	float weight; /* in quarters */
};

/* Decode a weighted list by document; the weights of occupations of one document are added up.  `out` has room for
 * documents->count; returns the document frequency. */
size_t postings_decode(struct slice list, const struct documents *documents, size_t occupations, struct posting *out);

/* The postings of a few documents: sets the weights of `wanted`, which come by ascending document, to 0 where the term is not in
 * one; returns the document frequency of the term. */
size_t postings_find(struct slice list, const struct documents *documents, size_t occupations, struct posting *wanted,
		     size_t count);

/* An upper bound of the document frequency of a weighted list: a pair takes two bytes or more. */
static inline size_t postings_most(struct slice list)
{
	return list.length / 2;
}

/* The document frequency of a term among SOC codes, in titles or in descriptions and tasks, whichever is higher. */
bool term_document_frequency(struct soc_index *index, struct slice term, size_t *out, struct error *err);

#endif
