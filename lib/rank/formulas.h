// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * formulas.h - the formulas of the features, each once: for sums over all documents (features.c), for one document
 * (explain_score.c), and for the term weights of query/engine.
 */
#ifndef SOC_RANK_FORMULAS_H
#define SOC_RANK_FORMULAS_H

#include <math.h>

#include "lib/index/open_index.h"

/* Constants of the formulas, measured on the development sets. */
#define TITLE_SHARPNESS 7.0f  /* a title of cosine c scores exp(7 c) */
#define TITLE_SMOOTHING 10.0f /* of head words */
#define TEXT_SMOOTHING 30.0f  /* of a text's words in titles */
#define EXACT_SMOOTHING 0.5f
#define DIRECT_MATCH_LEAD 12.0f /* how far behind a code may be that is to lead by rule */
#define LISTED_LEAD 2.0f
#define LISTED_POWER 6.0f /* of the part of a title's weight that is where it is listed, not only filed */
#define LEAD_MARGIN 0.05f /* how far it leads then */
#define BM25_K1 1.2f
#define BM25_B 0.5f
#define LSA_SHARPNESS 10.0f /* of a cosine in the latent space, which counts by its square */
#define LM_MU 1000.0        /* Dirichlet prior, in words */

/* ---- inverse document frequency: a term of frequency n among so many documents; in float where all titles are compared ---- */

static inline double idf_value(size_t documents, size_t n)
{
	return log(1.0 + (double)documents / (double)(n ? n : 1));
}

static inline float idf_value_float(size_t documents, size_t n)
{
	return logf(1.0f + (float)documents / (n ? (float)n : 1.0f));
}

/* ---- BM25 (Robertson and Zaragoza, 2009) over one kind of list ---- */

struct bm25 {
	float weight;  /* of a term, by its inverse document frequency */
	float average; /* length */
};

static inline struct bm25 bm25_begin(const struct documents *documents, enum length length, size_t occurrences,
				     float scale)
{
	float all = (float)documents->count, n = (float)occurrences;
	float idf = logf(1.0f + (all - n + 0.5f) / (n + 0.5f));
	return (struct bm25){ scale * idf * (BM25_K1 + 1.0f), (float)documents->totals[length] / all };
}

/* The length norm of a document; never 0. */
static inline float bm25_norm(const struct bm25 *b, float length)
{
	return BM25_K1 * (1.0f - BM25_B + BM25_B * length / b->average);
}

/* `held` is the weight of the posting. */
static inline float bm25_normed(const struct bm25 *b, float held, float norm)
{
	float tf = held / (float)WEIGHT_UNIT;
	return b->weight * tf / (tf + norm);
}

static inline float bm25_value(const struct bm25 *b, float held, float length)
{
	return bm25_normed(b, held, bm25_norm(b, length));
}

/* ---- lift: log(1 + tf / (k x the document's share of all terms)) ---- */

static inline float lift_mass(const struct documents *documents, enum length length, float smoothing)
{
	return (float)(documents->totals[length] / WEIGHT_UNIT) / smoothing;
}

static inline float lift_value(float mass, float held, float length)
{
	return logf(1.0f + held * mass / length);
}

/* ---- the language model of Zhai and Lafferty (2001) with a Dirichlet prior: matched terms, and a penalty for the length ---- */

/* `sum` is that of all postings of the term. */
static inline float language_rarity(const struct documents *documents, float sum)
{
	return (float)(documents->totals[LENGTH_TEXT] / (LM_MU * WEIGHT_UNIT)) / sum;
}

static inline float language_value(float rarity, float held)
{
	return logf(1.0f + held * rarity);
}

static inline float language_length(float length)
{
	float mu = (float)(LM_MU * WEIGHT_UNIT);
	return logf(mu / (mu + length + 1.0f));
}

/* ---- latent similarity: the square of a cosine; nothing below 0 ---- */

static inline float lsa_similarity(float cosine)
{
	return cosine > 0.0f ? LSA_SHARPNESS * cosine * cosine : 0.0f;
}

/* ---- titles: a title entry scores for each of its labels by the label's share of the entry, times its weight there ---- */

/* A document that a title entry is listed under, with the weight of its titles there. */
struct label {
	uint32_t document;
	float weight;
	unsigned publishers; /* TITLE_ENTRY_SOC, ...: who lists the title there */
};

/* At most so many occupations share a title. */
#define LABELS_MAX 1024

static inline float title_entry_score(float weight, float total)
{
	return weight * weight / total;
}

static inline float title_entry_exact(float weight, float total)
{
	return weight / (total + EXACT_SMOOTHING);
}

static inline size_t add_label(const struct soc_index *index, const struct documents *documents, struct label *to,
			       size_t count, uint32_t occupation, uint32_t weight)
{
	uint32_t document = documents->of[occupation < index->count ? occupation : 0];
	unsigned publishers = weight & ~TITLE_ENTRY_WEIGHT_MAX;
	float x = (float)(weight & TITLE_ENTRY_WEIGHT_MAX) / (float)TITLE_ENTRY_WEIGHT_UNIT;
	if (count > 0 && to[count - 1].document == document) {
		to[count - 1].weight += x;
		to[count - 1].publishers |= publishers;
		return count;
	}
	to[count] = (struct label){ document, x, publishers };
	return count + 1;
}

/* The labels of a title entry; returns how many. */
static inline size_t read_labels(const struct soc_index *index, const struct documents *documents, uint32_t title_entry,
				 struct label to[LABELS_MAX])
{
	const struct title_table *t = &index->title_entries;
	uint32_t reference = little4(t->references + 4 * (size_t)title_entry);
	if (reference & TITLE_ENTRY_SINGLE)
		return add_label(index, documents, to, 0, reference >> 16 & 0x7FFF, reference & 0xFFFF);
	size_t count = 0;
	for (uint32_t i = reference; i < t->pair_count && count < LABELS_MAX; i++) {
		const unsigned char *pair = t->pairs + 4 * (size_t)i;
		count = add_label(index, documents, to, count, little2(pair) & ~TITLE_ENTRY_LAST, little2(pair + 2));
		if (little2(pair) & TITLE_ENTRY_LAST)
			break;
	}
	return count;
}

#endif
