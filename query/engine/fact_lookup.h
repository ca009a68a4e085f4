// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fact_lookup.h - what an index says of a code, and whose it is: a code that a source does not have takes the fact of
 * the code above it that stands for it there.
 *
 * An O*NET-SOC code takes the facts of its six digits.  A detailed occupation that a survey does not publish takes
 * those of the code that the survey made for several occupations together, which lies in the same broad group, else
 * those of the broad group; nothing above that: a minor group's wage is not the wage of an occupation.  A Census
 * occupation stands for all codes of its pattern (51-91XX) or group that have none of their own.
 */
#ifndef SOC_QUERY_ENGINE_FACT_LOOKUP_H
#define SOC_QUERY_ENGINE_FACT_LOOKUP_H

#include "lib/index/open_index.h"

enum fact_way {
	FACT_WAY_OWN,    /* published for this very code */
	FACT_WAY_SOC,    /* for its six digits */
	FACT_WAY_SURVEY, /* for a code of the survey's own */
	FACT_WAY_GROUP,  /* for its broad group, or for a Census group or pattern that holds it */
	FACT_WAY_COUNT
};

/* "own", "soc", "survey", "group". */
const char *fact_way_name(enum fact_way way);

/* The facts of one series for one code. */
struct fact_answer {
	const struct fact_series *series;
	const struct fact *at; /* the first of `count`; NULL: there are none */
	size_t count;
	enum fact_way way;
};

/* What a series says of a code; count 0 where nothing. */
struct fact_answer fact_find(const struct soc_index *index, const struct fact_series *series, const struct code *code);

/* A table of the user's own may have a row for an occupation and one for its six digits: after the facts of the first,
 * those of the second.  False where there are no more. */
bool fact_find_next(struct fact_answer *a, const struct code *code);

/* The same as fact_find() for the first series of a key; series NULL where the index has none. */
struct fact_answer fact_find_key_of(const struct soc_index *index, enum fact_key key, const struct code *code);

/* The title of a code that facts hang on: of an occupation, a group, or a survey's own code; empty where unknown.
 * Needs the groups and the facts of the index. */
struct slice fact_code_title(const struct soc_index *index, struct slice code);

/* Whether facts hang on a code, which may be a survey's own; whether occupation `number` takes facts of that code. */
bool fact_code_known(const struct soc_index *index, const struct code *code);
bool fact_taken_from(const struct soc_index *index, size_t number, const struct code *code);

/* The name of a category of education without what explains it, "Bachelor's Degree", in at most `room` bytes of whole
 * words. */
struct slice category_short_name(struct slice name, size_t room);

/* What the SOC to CIP crosswalk has where no field of study leads to an occupation. */
#define FACT_NO_DEGREE "99.9999"

/* ---- STEM ---- */

enum stem_list { STEM_ONET, STEM_NCSES, STEM_DHS, STEM_LIST_COUNT };

/* "onet", "ncses", "dhs". */
const char *stem_list_name(enum stem_list list);

/* What one list says of an occupation. */
struct stem_verdict {
	bool stem;   /* on the list of O*NET, and not only in part; of a class of the NCSES that does not begin
				 with "NON"; half or more of its fields of study on the list of the DHS */
	bool said;   /* the list says anything of it: it stands there, its Census occupation has a class, some
				 field of study leads to it */
	bool partly; /* on the list of O*NET as a part of an old code alone */
	size_t fields, on_list; /* of the DHS: fields of study, and how many are on the list */
	uint32_t source;
};

/* False where the index has no such list; that of the DHS says nothing without the SOC to CIP crosswalk. */
bool fact_stem(const struct soc_index *index, enum stem_list list, const struct code *code, struct stem_verdict *out);

/* Whether a CIP code is on a list of STEM degree programmes of the index. */
bool fact_is_stem_degree(const struct soc_index *index, struct slice cip);

/*
 * what a code that somebody asks for is to an index: an occupation, a group, or near to some.
 */

/* Whether a code under which occupations [from, to) stand names one of them, or is a SOC code whose own occupation
 * comes first among several. */
bool codes_name_occupation(const struct soc_index *index, const struct code *code, size_t from, size_t to);

/* The title that the SOC files give a group; empty where they are not in the index (soc_index_need_groups() first). */
struct slice codes_group_title(const struct soc_index *index, const struct code *code);

/* The occupations around the place where a code would stand, in its major group where there is one: [*from, *to), at
 * most `most`. */
void codes_find_nearest(const struct soc_index *index, const struct code *code, size_t most, size_t *from, size_t *to);

#endif
