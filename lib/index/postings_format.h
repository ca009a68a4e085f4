// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * postings_format.h - keys, sections and units of what ranking reads: the catalogue, title entries and postings, as
 * FORMAT.md lays them out.
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
/* The weight of a label has 13 bits; above them stands who publishes the title under it. */
#define TITLE_ENTRY_WEIGHT_MAX 0x1FFFu
enum {
	TITLE_ENTRY_CENSUS = 0x2000, /* the Census index of occupations */
	TITLE_ENTRY_ONET = 0x4000,   /* O*NET: official, alternate, short and reported titles */
	TITLE_ENTRY_SOC = 0x8000     /* the SOC: direct match titles and illustrative examples */
};

/* The longest text that can be a key: a letter, two words and a space. */
#define RANKING_KEY_MAX 256

#endif
