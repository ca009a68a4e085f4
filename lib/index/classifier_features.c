// SPDX-License-Identifier: GPL-3.0-or-later
/* classifier_features.c - the features of a title or text for the classifier, the same in training and in ranking. */
#include <math.h>

#include "lib/index/classifier_features.h"
#include "lib/index/postings_format.h"
#include "lib/text/ngram.h"
#include "lib/text/title_variants.h"

const struct classifier_feature_spec classifier_feature_specs[CLASSIFIER_FEATURE_KIND_COUNT] = {
#define CLASSIFIER_FEATURE_SPEC(id, letter, value, in_texts, what) { letter, value, in_texts, what },
	CLASSIFIER_FEATURE_TABLE(CLASSIFIER_FEATURE_SPEC)
#undef CLASSIFIER_FEATURE_SPEC
};

/* Where features go. */
struct feature_output {
	enum classifier_input input;
	feature_sink sink;
	void *ctx;
	struct error *err;
};

/* The key of a feature is its letter and `a`, and where there is a `b`, a space and `b`. */
static bool emit(const struct feature_output *o, enum classifier_feature_kind kind, struct slice a, struct slice b,
		 float weight)
{
	const struct classifier_feature_spec *spec = &classifier_feature_specs[kind];
	char key[RANKING_KEY_MAX];
	size_t length = 0;
	if (weight <= 0.0f || (o->input == CLASSIFIER_TEXT && !spec->in_texts))
		return true;
	key[length++] = spec->letter;
	memcpy(key + length, a.at, a.length);
	length += a.length;
	if (b.length) {
		key[length++] = ' ';
		memcpy(key + length, b.at, b.length);
		length += b.length;
	}
	return o->sink(o->ctx, (struct slice){ key, length }, spec->value * weight, o->err);
}

static bool emit_grams(const struct feature_output *o, const struct text_word *word, float weight)
{
	char padded[TEXT_WORD_MAX + 2];
	struct slice grams[TEXT_WORD_MAX];
	size_t n = ngrams_of(word->folded, padded, grams);
	for (size_t i = 0; i < n; i++)
		if (!emit(o, CLASSIFIER_FEATURE_GRAM, grams[i], SLICE(""), weight))
			return false;
	return true;
}

static float weight_of(const float *weights, size_t i)
{
	return weights ? weights[i] : 1.0f;
}

static bool emit_word(const struct feature_output *o, const struct text_word *word, float weight)
{
	return emit(o, CLASSIFIER_FEATURE_WORD, word->term, SLICE(""), weight) && emit_grams(o, word, weight);
}

/* Which of the features. */
enum { OF_WORDS = 1, OF_PLACES = 2 };

static bool emit_all(const struct feature_output *o, struct text_words words, const float *weights, unsigned which)
{
	const struct text_word *head = o->input == CLASSIFIER_TITLE ? text_head(words) : NULL;
	const struct text_word *before = NULL; /* the last word that is none of the stop words, in this clause */
	bool ok = true, first = true;
	for (size_t i = 0; ok && i < words.count; i++) {
		const struct text_word *word = &words.at[i];
		float weight = weight_of(weights, i);
		if (word->clause)
			before = NULL;
		if (word->stop)
			continue;
		if (which & OF_WORDS)
			ok = emit_word(o, word, weight);
		if (ok && which & OF_PLACES && before)
			ok = emit(o, CLASSIFIER_FEATURE_PAIR, before->term, word->term,
				  fminf(weight, weight_of(weights, (size_t)(before - words.at))));
		if (ok && which & OF_PLACES && first)
			ok = emit(o, CLASSIFIER_FEATURE_FIRST, word->term, SLICE(""), weight);
		if (ok && which & OF_PLACES && word == head)
			ok = emit(o, CLASSIFIER_FEATURE_HEAD, word->term, SLICE(""), weight);
		before = word;
		first = false;
	}
	return ok;
}

bool classifier_features(struct text_words words, const float *weights, enum classifier_input input, feature_sink sink,
			 void *ctx, struct error *err)
{
	const struct feature_output o = { input, sink, ctx, err };
	return emit_all(&o, words, weights, OF_WORDS | OF_PLACES);
}

bool classifier_word_features(const struct text_word *word, enum classifier_input input, feature_sink sink, void *ctx,
			      struct error *err)
{
	const struct feature_output o = { input, sink, ctx, err };
	return word->stop || emit_word(&o, word, 1.0f);
}

bool classifier_place_features(struct text_words words, const float *weights, enum classifier_input input,
			       feature_sink sink, void *ctx, struct error *err)
{
	const struct feature_output o = { input, sink, ctx, err };
	return emit_all(&o, words, weights, OF_PLACES);
}

float classifier_scale(struct text_words words, const float *weights, enum classifier_input input)
{
	float n = 0.0f;
	if (input == CLASSIFIER_TITLE)
		return 1.0f;
	for (size_t i = 0; i < words.count; i++)
		n += words.at[i].stop ? 0.0f : weight_of(weights, i);
	return 1.0f / sqrtf(1.0f + n / CLASSIFIER_TEXT_WORDS);
}

bool classifier_pack(struct buffer *b, int64_t number, struct error *err)
{
	return pack_number(b, number >= 0 ? 2 * (uint64_t)number : 2 * (uint64_t)-number - 1, err);
}
