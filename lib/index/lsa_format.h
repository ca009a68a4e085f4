// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * lsa_format.h - the latent space of an index: words that keep the same company lie near each other in it, and so do a text
 * and an occupation that share few words but speak of the same things.
 *
 * Latent semantic analysis (Deerwester et al., 1990): A has a row for each occupation and a column for each term of its
 * text section (ranking.h), with
 *
 *     a(o, t) = ln(1 + tf(o, t)) x idf(t) / the row's length        idf(t) = ln(1 + occupations / those that hold t)
 *
 * and A is about U S V', of rank LSA_RANK.  An occupation lies at its row of U S; a term at its row of V times its idf; a
 * question at the sum of its terms, each by the square root of how often it stands there.  How near a question is to an
 * occupation is the cosine of the angle between them.
 *
 * An index that was built without the trained model has no such space.
 *
 * Both are kept as signed bytes, the largest number of a vector being 127: of occupations only the direction counts;
 * a term's vector has before it what to multiply it with.
 *
 *     occupation   (PART_LSA of the file, file.h) one direction after the other: a byte of each occupation, in their
 *                  order
 *     term         (section SECTION_LSA of its entry; terms of one occupation alone have none) number: the largest
 *                  absolute number, times LSA_UNIT; LSA_RANK bytes
 */
#ifndef SOC_INDEX_LSA_FORMAT_H
#define SOC_INDEX_LSA_FORMAT_H

#include "lib/index/varint.h"

#define LSA_RANK 64
#define LSA_UNIT 4096.0f

#endif
