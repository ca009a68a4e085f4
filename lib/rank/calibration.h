// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * calibration.h - from the share that the first code has of the softmax of all scores to the probability that it is
 * right.
 *
 * Scores add up features that are not independent of each other, so that their softmax is too sure of itself here
 * and not sure enough there.  A logistic regression mends that (after Platt, 1999), which also looks at how often the
 * code is filed, for titles of often filed codes are vaguer than others:
 *
 *     confidence = logistic(shift + slope x ln(p / (1 - p)) + tilt x prior + evidence x e)
 *
 * where p is the share, prior the log of the code's share of all filings beside the mean share (lib/index/open_index.h), and
 * e how much evidence there is: of a title the cosine of the most similar title in the index, of a text ln(1 + mass of its
 * words) / 5.  The softmax of a title that is like none is flatter than it should be, and that of a short text too sharp.
 *
 * The numbers stand in weights.def.  For a title there are two steps.  First an index has numbers of its own, learned on
 * titles that were kept out while it was built: so an index with much to go by knows itself from one with little.  But
 * what people ask is not just as hard as such titles are; the numbers in weights.def, applied to the outcome of the
 * first step as if that were the share, make up for this.
 */
#ifndef SOC_RANK_CALIBRATION_H
#define SOC_RANK_CALIBRATION_H

#include "lib/index/varint.h"

/* A calibration is the line inside the logistic function. */
struct calibration {
	double shift;
	double slope;
	double tilt;
	double evidence;
};

/* What a confidence is computed from. */
struct calibration_input {
	double share;
	double prior;
	double cosine;    /* of the most similar title in the index; 0: no title */
	double text_mass; /* of the words of the text (opinion_pool.h); 0: no text */
};

/* One ranking of a title, or of what is calibrated in one step, by its first code. */
struct calibration_case {
	struct calibration_input input;
	double weight; /* in fitting */
	bool right;
};

/* What shift, slope, tilt and evidence are multiplied with: for a title and for both the cosine is the evidence, for a text its mass. */
enum { CALIBRATION_TERMS = sizeof(struct calibration) / sizeof(double) };
void calibration_terms(double share, double prior, double evidence, double x[CALIBRATION_TERMS]);
double calibration_text_evidence(double text_mass);

/* The confidence in a first code, 0 to 1. */
double calibration_apply(const struct calibration *c, double share, double prior, double evidence);

/* What a ranker has: the calibration of its index, which is for titles, and those of weights.def. */
struct calibrations {
	struct calibration own, title, text, both;
};

/* The confidence where the title has this share of the weight of title and text: what that of title, text or both together would
 * be, blended by log-odds.  Where one has all the weight, it is as if it were alone. */
/* How much of it is that of both together: 0 where one has all the weight, 1 where they have the same. */
double calibration_mixed(double title_share);
double calibration_blend(const struct calibrations *c, struct calibration_input input, double title_share);

/* Fit a calibration by Newton's method; few cases leave it near { 0, 1, 0, 0 }. */
struct calibration calibration_fit(const struct calibration_case *cases, size_t n);

/* Expected calibration error (Naeini, Cooper and Hauskrecht, 2015): over ten bins of equal width, the mean distance
 * between confidence and rightness. */
double calibration_error(const struct calibration *c, const struct calibration_case *cases, size_t n);

/* For an index that has none. */
extern const struct calibration calibration_default;

/* As an index stores it: four numbers, the record "confidence" (lib/index/docstore.h), in thousandths, signed as in the model
 * (lib/index/classifier_features.h). */
#define CALIBRATION_KEY "confidence"
bool calibration_pack(const struct calibration *c, struct buffer *out, struct error *err);
/* False, and *out as it was, where `bytes` hold none. */
bool calibration_unpack(struct slice bytes, struct calibration *out);

#endif
