// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * docstore.h - the record of one occupation: everything that the sources say of it; and records by name.
 *
 * It is written by the indexer once and read by everything that shows evidence, so it keeps the sources' own words and
 * where each came from.
 */
#ifndef SOC_INDEX_DOCSTORE_H
#define SOC_INDEX_DOCSTORE_H

#include "lib/index/schema.h"
#include "lib/index/hash_table.h"

/* One share of an answer on education, training or experience. */
struct education {
	struct slice element; /* element id: `2.D.1` */
	struct slice scale;   /* `RL` */
	uint32_t category;    /* 1 ...; 0 where the release says n/a */
	double percent;
	bool suppressed; /* the release recommends not to rely on it */
	uint32_t source;
};

struct related {
	struct slice code;
	struct slice tier;
	uint32_t rank; /* 1 is the closest */
	uint32_t source;
};

struct occupation {
	struct slice code; /* `15-1252.00` */
	struct slice title;
	uint32_t zone; /* Job Zone as the release says it; 0: none */
	uint32_t zone_source;
	struct evidence *evidence; /* by kind, then in the order of the sources */
	size_t evidence_count;
	struct education *education;
	size_t education_count;
	struct related *related;
	size_t related_count;
};

/* The pieces of the kinds `first` to `last`, which follow each other in a record: *count of them. */
const struct evidence *occupation_evidence(const struct occupation *o, enum evidence_kind first,
					   enum evidence_kind last, size_t *count);

/* The question on education, and the first of its categories that is an advanced degree: a master's, and all behind
 * it. */
#define EDUCATION_ELEMENT "2.D.1"
#define EDUCATION_SCALE "RL"
enum { EDUCATION_ADVANCED = 8 };

/* The per cent of those asked who reported an advanced degree, and whether the release advises not to rely on a part of
 * it; false where the record has no answers. */
bool education_advanced(const struct occupation *o, double *percent, bool *suppressed, uint32_t *source);

/* Append the record's bytes, not yet deflated. */
bool occupation_pack(const struct occupation *o, struct buffer *out, struct error *err);

/* Read a record; slices borrow `bytes`, arrays come from `arena`.  ERROR_DAMAGED where malformed. */
bool occupation_unpack(struct slice bytes, struct arena *arena, struct occupation *out, struct error *err);

/*
 * A record is stored as its length, four bytes of the XXH3-64 hash of its bytes, which cost a tenth of zlib's own
 * checksum, and the bytes deflated (RFC 1951) with a preset dictionary: the texts that most occupations share, such as
 * activities, technologies and categories of tools.  It is the record "dictionary"; the
 * most frequent text comes last, where it costs the fewest bits.
 */
#define DICTIONARY_KEY "dictionary"
#define DICTIONARY_MAX 30000 /* bytes: deflate looks back 32 KiB */

/* Deflate a record for storage, appended to *out, and inflate it again into `arena`.  An empty dictionary is none. */
bool record_deflate(struct slice record, struct slice dictionary, struct buffer *out, struct error *err);
bool record_inflate(struct slice stored, struct slice dictionary, struct arena *arena, struct slice *out,
		    struct error *err);

/* Give the pieces of evidence of a stored record that are of some fields (bits) to `take`, until it returns false:
 * descriptions and tasks, then titles, then the others.  No more is inflated than that takes, so the record's hash is
 * not compared: the pages that it lies in have theirs.  The texts live in `arena`, the piece until `take` returns. */
bool record_visit_evidence(struct slice stored, struct slice dictionary, unsigned fields, struct arena *arena,
			   bool (*take)(void *ctx, const struct evidence *e), void *ctx, struct error *err);

/* ---- records: what an index keeps under names (PART_RECORDS; FORMAT.md lists them) ---- */

/* Deflate bytes as record_deflate() does, without a dictionary, and keep them under a name. */
bool records_add(struct hash_table_writer *records, struct slice name, struct slice bytes, struct error *err);

/* What stands under a name, borrowed from the file; ERROR_DAMAGED where nothing does. */
bool records_find(const struct hash_table *records, struct slice name, struct slice *stored, struct error *err);
/* ... inflated into `arena`. */
bool records_inflate(const struct hash_table *records, struct slice name, struct arena *arena, struct slice *out,
		     struct error *err);

/* The name of the record of an occupation. */
#define OCCUPATION_NAME_SIZE 12
struct slice occupation_name(size_t number, char name[OCCUPATION_NAME_SIZE]);

#endif
