// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * weight.h - how much a piece of evidence weighs in the lists of ranking (ranking.h): what the indexer counts with, and what a
 * score is divided by among the pieces that gave it.
 */
#ifndef SOC_INDEX_WEIGHT_H
#define SOC_INDEX_WEIGHT_H

#include "lib/index/evidence.h"
#include "lib/index/ranking.h"

/* Behind the sections of words, titles as bags left out: the latent space (latent.h). */
enum { WEIGHT_LATENT = SECTION_BAGS, WEIGHT_COUNT };

/* By kind: among titles, in prose, in text, among extras, and in the latent space. */
extern const double evidence_weights[EVIDENCE_KIND_COUNT][WEIGHT_COUNT];

/* All of them times this: 1, but a filed title counts by ln(1 + filings).  Pairs of words are counted without it. */
double evidence_scale(const struct evidence *e);

#endif
