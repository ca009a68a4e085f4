// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fact_store.h - the facts of an index: what the sources say of codes beyond evidence (lib/soc/fact_schema.h has the
 * table).
 *
 * They come in series: one fact of all codes from one source.  A fact hangs on the code under which it was published,
 * of any level; nothing is copied down to the codes below, so that what is shown can say whose it is.  They are read
 * only by what asks for facts, and mostly of a few codes: so those of each major group are a record of their own.
 *
 * The layout is in FORMAT.md.
 */
#ifndef SOC_INDEX_FACT_STORE_H
#define SOC_INDEX_FACT_STORE_H

#include "lib/soc/fact_schema.h"
#include "lib/index/varint.h"

#define FACTS_KEY "facts"
#define FACTS_PART_LENGTH 2
#define FACTS_PART_KEY_SIZE (sizeof FACTS_KEY "/" + FACTS_PART_LENGTH)

/* So begins the last part of the note of a fact that was published for an old code of which only a part became the
 * code on which it hangs, with parts of others of which the source does not say the same. */
#define FACT_IN_PART "in part: "

struct fact {
	struct slice code;         /* as published: `15-1252.00`, `15-1252`, `15-1200`, a code of the source's own, a
					 pattern of the Census (`51-91XX`); of STEM_DHS a CIP code */
	struct fact_number number; /* of numbers; of texts: mark FACT_UNAVAILABLE where it is no number */
	struct slice text;         /* of texts and lists */
	struct slice note;         /* what the source adds: where it has it from, the title of a CIP code */
};

struct fact_series {
	enum fact_key key;
	uint32_t source;   /* which source of the manifest */
	struct slice name; /* of FACT_CUSTOM: the column; else empty */
	struct fact *at;   /* by code, then in the order of the source */
	size_t count;
};

struct facts {
	struct fact_series *at; /* in the order of keys, sources and columns */
	size_t count;
	size_t total; /* of facts */
};

/* The names of parts, ascending. */
struct fact_parts {
	struct slice *at;
	size_t count;
};

/* Which parts some facts make; names borrow their codes, the array lives in `arena`. */
bool facts_list_parts(const struct facts *f, struct arena *arena, struct fact_parts *out, struct error *err);
/* The name of the record of a part. */
void facts_part_key(struct slice part, char key[FACTS_PART_KEY_SIZE]);

/* Append the bytes of the record of parts and series, or of one part; not yet deflated. */
bool facts_pack(const struct facts *f, const struct fact_parts *parts, struct buffer *out, struct error *err);
bool facts_pack_part(const struct facts *f, struct slice part, struct buffer *out, struct error *err);

/* The parts that the record `head` names.  ERROR_DAMAGED where it is malformed. */
bool facts_unpack_parts(struct slice head, struct arena *arena, struct fact_parts *out, struct error *err);
/* The facts of some of the parts, ascending; every series is there, with what these parts have of it.  Strings borrow
 * the bytes or live in `arena`, as the arrays do.  ERROR_DAMAGED where anything is malformed. */
bool facts_unpack(struct slice head, const struct slice *parts, size_t count, struct arena *arena, struct facts *out,
		  struct error *err);

/* The first series of a key, or NULL. */
const struct fact_series *facts_series(const struct facts *f, enum fact_key key);

/* The facts of one code: *count of them; NULL and 0 where there are none. */
const struct fact *facts_of(const struct fact_series *s, struct slice code, size_t *count);

#endif
