// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * classifier_train.h - the model (lib/index/classifier_features.h) from examples: titles, tasks and descriptions with
 * their SOC codes.
 *
 * Softmax regression by stochastic gradient descent with AdaGrad steps (Duchi, Hazan and Singer, 2011), a few times
 * over the examples in an order that is always the same.  A feature has weights only for the codes that it was seen
 * with; the others share its zero, which loses nothing, as adding a constant to all weights of a feature changes
 * no probability.  The same examples give the same weights.
 */
#ifndef SOC_INDEXER_CLASSIFIER_TRAIN_H
#define SOC_INDEXER_CLASSIFIER_TRAIN_H

#include "lib/index/index_file.h"
#include "lib/index/classifier_features.h"

struct trainer;

/* NULL with ERROR_MEMORY. */
struct trainer *trainer_new(struct error *err);
void trainer_free(struct trainer *t);

/* Keep one example: `words` belong to SOC code `code` (0, 1, 2 ...) with this weight; no words, no example. */
bool trainer_add(struct trainer *t, struct text_words words, enum classifier_input input, uint32_t code, double weight,
		 struct error *err);

/* Learn the weights; call once.  `stopped` is asked now and then whether to end with its error. */
bool trainer_run(struct trainer *t, bool (*stopped)(struct error *err), struct error *err);

/* Write biases and weights. */
bool trainer_write(struct trainer *t, struct index_parts *parts, struct error *err);

/* For the manifest. */
struct training {
	uint64_t examples;
	uint64_t features; /* that have a weight */
	uint64_t weights;  /* that are not zero; known after trainer_write() */
};
struct training trainer_summary(const struct trainer *t);

#endif
