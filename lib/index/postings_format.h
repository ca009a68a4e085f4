// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * postings_format.h - what ranking reads: the catalogue of occupations, the table of title title entries, and the lists.
 *
 * An occupation is known by its number: 0, 1, 2 ... in the order of codes, which is its docid less one.
 *
 * Catalogue (PART_CATALOGUE of the file, file.h): the number of occupations, then for each its code, title, Job Zone
 * (0: none), and its weighted lengths, in quarters: words of each section, head words; then its filings, and the
 * employment of its SOC code (0: not known).
 *
 * A title title entry is the set of terms of one title, as titles are compared without regard to order or
 * repetition.  Bags are numbered from 0; which occupations they speak for stands in the title entry table (PART_TITLE_ENTRIES),
 * little-endian so that it needs no unpacking:
 *
 *     4                      number of title entries n
 *     4                      number of pairs m
 *     2 x n                  norm of each title entry: square root of the sum of idf(t)^2, times 256
 *     4 x n                  a title entry with one occupation: TITLE_ENTRY_SINGLE, the occupation times 65536, the weight; else
 *                            the number of its first pair
 *     (2 + 2) x m            pairs: occupation, with TITLE_ENTRY_LAST in the last of a title entry; weight
 *
 * Weights are times 64.
 *
 *     idf(t) = ln(1 + n / number of title entries that hold t)
 *
 * Which title entries the titles of an occupation are stands apart (PART_TITLES), in the order of its record and there reading by
 * reading (lib/text/title_variants.h):
 *
 *     4 x (occupations + 1)  where each occupation begins in the bytes that follow, and where the last ends
 *     ...                    numbers (pack.h)
 *
 * Bags are numbered as they first occur in the records, so most titles are the next new title entry.  An occupation begins with the
 * number of title entries before it; then come:
 *
 *     0                      a reading without a word: it is in no title entry
 *     2k - 1                 the next k readings are new title entries
 *     2s + 2                 a title entry that was there already: so many steps from the one behind the last of that kind (at
 *                            first from 0), s / 2 forth where s is even, (s + 1) / 2 back where it is odd
 *
 * Lists stand in a store (store.h, PART_LISTS).  Keys are a letter and a term:
 *
 *     W term                 six sections, each a length in bytes and then: titles, prose, text, extras
 *                            (weighted lists), title entries (a plain list), its place in the latent space (latent.h),
 *                            which is left out where it has none
 *     H term                 weighted list: occupations of titles whose head word it is
 *     G gram                 impact list: character n-grams of the words of titles
 *     B term SPACE term      weighted list: adjacent words of the text section
 *     S terms                synonyms (synonym.h): terms with spaces, at most six
 *
 * Prose is descriptions and tasks; text is prose and the official, alternate and reported titles, at half their
 * weight, read as one; extras are technologies and tools.
 *
 * A weighted list is pairs of numbers: occupation less the one before (the first: plus 1), weight in
 * quarters.  An impact list is pairs of numbers: SOC code (0, 1, 2 ... in their order) less the one before (the
 * first: plus 1), and what the key says for it, worked out already: ln(1 + tf / (GRAM_SMOOTHING x the code's share of
 * all n-grams)), times IMPACT_UNIT.  A plain list is numbers: title entry less the one before (the first: plus 1).  All lists ascend.
 */
#ifndef SOC_INDEX_POSTINGS_FORMAT_H
#define SOC_INDEX_POSTINGS_FORMAT_H

#include "lib/index/varint.h"

#define KEY_WORD 'W'
#define KEY_HEAD 'H'
#define KEY_BIGRAM 'B'
#define KEY_GRAM 'G'

enum section {
	SECTION_TITLES,
	SECTION_PROSE,
	SECTION_TEXT,
	SECTION_EXTRAS,
	SECTION_TITLE_ENTRIES,
	SECTION_LSA,
	SECTION_COUNT
};

/* Lengths begin like the sections of words. */
enum length { LENGTH_TITLES, LENGTH_PROSE, LENGTH_TEXT, LENGTH_EXTRAS, LENGTH_HEADS, LENGTH_COUNT };

#define GRAM_SMOOTHING 10.0
#define IMPACT_UNIT 16.0

/* Weights are kept in quarters. */
#define WEIGHT_UNIT 4.0
/* Numbers of occupations have 15 bits in the title entry table; the whole classification has about a thousand. */
#define OCCUPATIONS_MAX 0x7FFF

#define TITLE_ENTRY_SINGLE 0x80000000u
#define TITLE_ENTRY_LAST 0x8000u
#define TITLE_ENTRY_NORM_UNIT 256.0
#define TITLE_ENTRY_WEIGHT_UNIT 64.0

/* The longest text that can be a key: a letter, two words and a space. */
#define RANKING_KEY_MAX 256

#endif
