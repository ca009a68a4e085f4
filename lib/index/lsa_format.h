// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lsa_format.h - latent semantic analysis (Deerwester et al., 1990), as an index holds it (FORMAT.md).
 *
 * A has a row for each occupation and a column for each term of its text section, with
 *
 *     a(o, t) = ln(1 + tf(o, t)) x idf(t) / the row's length        idf(t) = ln(1 + occupations / those that hold t)
 *
 * and A is about U S V', of rank LSA_RANK.  The vector of an occupation is its row of U S; that of a term its row of V
 * times its idf; that of a query the sum of its terms' vectors, each by the square root of how often it stands there.
 * Similarity is the cosine.  An index that was built without the classifier has no vectors.
 */
#ifndef SOC_INDEX_LSA_FORMAT_H
#define SOC_INDEX_LSA_FORMAT_H

#include "lib/index/varint.h"

#define LSA_RANK 64
#define LSA_UNIT 4096.0f

#endif
