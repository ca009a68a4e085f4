// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * calibration.h - from the share that the first code has of the softmax of all scores to the probability that it is
 * right.
 *
 * Scores add up features that are not independent of each other, so that their softmax is too sure of itself here
 * and not sure enough there.  A logistic regression mends that (after Platt, 1999), which also looks at how often the
 * code is filed, for titles of often filed codes are vaguer than others:
 *
 *     confidence = logistic(shift + slope x ln(p / (1 - p)) + tilt x prior)
 *
 * where p is the share and prior the log of the code's share of all filings beside the mean share (lib/index/open_index.h).
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
};

/* One ranking, by its first code. */
struct calibration_case {
	double share;
	double prior;
	double weight; /* in fitting */
	bool right;
};

/* The confidence in a first code, 0 to 1. */
double calibration_apply(const struct calibration *c, double share, double prior);

/* Fit a calibration by Newton's method; few cases leave it near { 0, 1, 0 }. */
struct calibration calibration_fit(const struct calibration_case *cases, size_t n);

/* Expected calibration error (Naeini, Cooper and Hauskrecht, 2015): over ten bins of equal width, the mean distance
 * between confidence and rightness. */
double calibration_error(const struct calibration *c, const struct calibration_case *cases, size_t n);

/* For an index that has none. */
extern const struct calibration calibration_default;

/* As an index stores it: three numbers, the record "confidence" (lib/index/docstore.h), in thousandths, signed as in the model
 * (lib/index/classifier_features.h). */
#define CALIBRATION_KEY "confidence"
bool calibration_pack(const struct calibration *c, struct buffer *out, struct error *err);
/* False where `bytes` hold none. */
bool calibration_unpack(struct slice bytes, struct calibration *out);

#endif
