// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * facts.h - the facts of an index: what the sources say of codes beyond evidence (lib/base/fact.h has the table).
 *
 * They come in series: one fact of all codes from one source.  A fact hangs on the code under which it was
 * published, of any level; nothing is copied down to the codes below, so that what is shown can say whose it is.  Kept
 * as one record under the metadata key "facts", deflated, and read only by what asks for facts:
 *
 *     number of codes, each as the length that it shares with the one before, and the rest; ascending
 *     number of strings, the strings
 *     number of series, each
 *         key, source, decimals, whether any fact has a note, name of a column (of FACT_CUSTOM), number of facts
 *         facts, by code: number of the code less that of the one before,
 *                         text: number of the string; number: mark, and the digits as 2n or -2n-1
 *                         note: number of the string
 */
#ifndef SOC_INDEX_FACTS_H
#define SOC_INDEX_FACTS_H

#include "lib/base/fact.h"
#include "lib/index/pack.h"

#define FACTS_KEY "facts"

/* So begins the last part of the note of a fact that was published for an old code of which only a part became the
 * code on which it hangs, with parts of others of which the source does not say the same. */
#define FACT_IN_PART "in part: "

struct fact {
	struct slice code;            /* as published: `15-1252.00`, `15-1252`, `15-1200`, a code of the source's own, a
					 pattern of the Census (`51-91XX`); of STEM_DHS a CIP code */
	struct fact_number number;    /* of numbers; of texts: mark FACT_UNAVAILABLE where it is no number */
	struct slice text;            /* of texts and lists */
	struct slice note;            /* what the source adds: where it has it from, the title of a CIP code */
};

struct fact_series {
	enum fact_key key;
	uint32_t source;              /* which source of the manifest */
	struct slice name;            /* of FACT_CUSTOM: the column; else empty */
	struct fact *at;              /* by code, then in the order of the source */
	size_t count;
};

struct facts {
	struct fact_series *at;       /* in the order of keys, sources and columns */
	size_t count;
	size_t total;                 /* of facts */
};

/* Append the record's bytes, not yet deflated. */
bool facts_pack(const struct facts *f, struct buffer *out, struct error *err);

/* Strings borrow `bytes` or live in `arena`, as the arrays do.  ERROR_DAMAGED where malformed. */
bool facts_unpack(struct slice bytes, struct arena *arena, struct facts *out, struct error *err);

/* Which facts to read: those of codes that begin with two digits that are marked.  Codes of fields of study belong to no major
 * group: their series are read whole. */
struct facts_majors {
	bool marked[100];
};

/* As facts_unpack(), of these major groups alone: what is left out costs no memory. */
bool facts_unpack_of(struct slice bytes, const struct facts_majors *majors, struct arena *arena, struct facts *out,
		     struct error *err);

/* The first series of a key, or NULL. */
const struct fact_series *facts_series(const struct facts *f, enum fact_key key);

/* The facts of one code: *count of them; NULL and 0 where there are none. */
const struct fact *facts_of(const struct fact_series *s, struct slice code, size_t *count);

#endif
