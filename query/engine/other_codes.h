// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * other_codes.h - the occupations of an index by the codes of other classifications, from its crosswalks: those of the Census
 * Bureau, and those of SOC 2010.
 */
#ifndef SOC_QUERY_ENGINE_OTHER_CODES_H
#define SOC_QUERY_ENGINE_OTHER_CODES_H

#include "lib/index/open_index.h"
#include "lib/rank/rank.h"

/* What is said of a candidate besides its code. */
enum {
	WITH_CENSUS = 1,   /* its Census 2018 occupation */
	WITH_SOC_2010 = 2, /* its code in SOC 2010 */
	WITH_GROUPS = 4,   /* its groups */
	WITH_MATCHED = 8   /* the title that matched, and where it stands */
};

enum other_classification { OTHER_CENSUS_2018, OTHER_SOC_2010, OTHER_CLASSIFICATION_COUNT };

struct other_code {
	struct slice code;  /* empty: the crosswalk has none; '|' between several */
	struct slice title; /* of the first of them; may be empty */
	bool split;         /* there are several: the occupation has been put together from them */
	uint32_t group;     /* the first occupation that has this code; its own number where there is none */
};

/* By occupation of the index; NULL: was not read.  Lasts as long as the index; any thread may read it. */
struct other_codes {
	const struct other_code *of[OTHER_CLASSIFICATION_COUNT];
};

/* Read what WITH_... asks for; as other_codes_read(). */
bool other_codes_read_with(struct soc_index *index, unsigned with, struct other_codes *out, struct error *err);

/* What occupation `number` is in a classification; NULL where that was not read, or has no code for it. */
const struct other_code *other_code_of(const struct other_codes *o, enum other_classification which, size_t number);

/* Read one classification.  A Census code is that of the code itself, else of the smallest group or pattern (51-91XX) that
 * holds it.  ERROR_USAGE where the index was built without that crosswalk. */
bool other_codes_read(struct soc_index *index, enum other_classification which, struct other_codes *out,
		      struct error *err);

/* Make the candidates of a ranking, which are all there are, candidates of another classification: of those with one code
 * there the best stays, and confidences and evidence add, as for groups of the SOC.  `places` is scratch, with room for a
 * number by occupation of the index, of which there are `occupations`.  Returns how many are left, in their order. */
size_t other_codes_fold(const struct other_code *of, struct candidate *at, size_t count, uint16_t *places,
			size_t occupations);

#endif
