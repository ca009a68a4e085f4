// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * classifier_features.h - the classifier: its formula, its features, and the numbers that it is stored in.
 *
 * A multinomial logistic regression over SOC codes, trained on the titles and on the tasks and descriptions of an
 * index while that is built.  With the features f of a title or of a text,
 *
 *     s(code) = bias(code) + scale x sum over f of value(f) x weight(f, code)
 *     P(code) = exp(s(code)) / sum over all codes of exp(s)
 *
 * where a title has the scale 1 and a text of n words 1 / sqrt(1 + n / CLASSIFIER_TEXT_WORDS), for its words are not
 * independent of each other.  Stop words have no features.
 *
 * Biases and weights are stored times CLASSIFIER_UNIT, rounded; the layout is in FORMAT.md.
 */
#ifndef SOC_INDEX_CLASSIFIER_FEATURES_H
#define SOC_INDEX_CLASSIFIER_FEATURES_H

#include "lib/index/varint.h"
#include "lib/text/tokenizer.h"

#define CLASSIFIER_UNIT 32.0
#define CLASSIFIER_TEXT_WORDS 3.0f

/*
 * X(ID, letter, value, in texts, what it is)
 *
 * The values say how fast the weights of a kind are learned beside the others; measured on the development sets.
 */
#define CLASSIFIER_FEATURE_TABLE(X) \
	X(WORD, 'w', 1.0f, true, "a word") \
	X(PAIR, 'p', 0.7f, true, "two words next to each other, in one clause") \
	X(HEAD, 'h', 0.7f, false, "the head word of a title") \
	X(FIRST, 'f', 0.4f, false, "the first word of a title") \
	X(GRAM, 'g', 0.2f, true, "a character n-gram of a word (ngrams_of)")

enum classifier_feature_kind {
#define CLASSIFIER_FEATURE_ENUM(id, letter, value, in_texts, what) CLASSIFIER_FEATURE_##id,
	CLASSIFIER_FEATURE_TABLE(CLASSIFIER_FEATURE_ENUM)
#undef CLASSIFIER_FEATURE_ENUM
		CLASSIFIER_FEATURE_KIND_COUNT
};

struct classifier_feature_spec {
	char letter;
	float value;
	bool in_texts;
	const char *what;
};

extern const struct classifier_feature_spec classifier_feature_specs[CLASSIFIER_FEATURE_KIND_COUNT];

enum classifier_input { CLASSIFIER_TITLE, CLASSIFIER_TEXT };

/* Takes one feature: its key, borrowed for the call, and its value times the weights of its words. */
typedef bool (*feature_sink)(void *ctx, struct slice key, float value, struct error *err);

/* Hand the features of a word by itself to `sink`: of its term and of its character n-grams. */
bool classifier_word_features(const struct text_word *word, enum classifier_input input, feature_sink sink, void *ctx,
			      struct error *err);
/* Hand the other features of a title or text to `sink`: of words in their places.  Together they are
 * classifier_features(), in another order. */
bool classifier_place_features(struct text_words words, const float *weights, enum classifier_input input,
			       feature_sink sink, void *ctx, struct error *err);

/* Hand every feature of a title or text to `sink`, one that comes twice twice.  weights[i] is what part of word i
 * counts; NULL: all whole.  Stops where `sink` returns false. */
bool classifier_features(struct text_words words, const float *weights, enum classifier_input input, feature_sink sink,
			 void *ctx, struct error *err);

/* The scale of a title or text. */
float classifier_scale(struct text_words words, const float *weights, enum classifier_input input);

/* Append a signed number (FORMAT.md), and read one. */
bool classifier_pack(struct buffer *b, int64_t number, struct error *err);

/* The weights of a list that has one for every code, borrowed from it; NULL where it has pairs. */
static inline const signed char *classifier_dense(struct slice list, size_t codes)
{
	return list.length == codes + 1 && list.at[0] == 0 ? (const signed char *)list.at + 1 : NULL;
}

static inline float classifier_number(uint32_t stored)
{
	return (float)((int32_t)(stored >> 1) ^ -(int32_t)(stored & 1));
}

static inline float classifier_unpack(struct unpack *u)
{
	uint64_t n = unpack_number(u);
	u->bad |= n > UINT32_MAX;
	return classifier_number((uint32_t)n);
}

#endif
