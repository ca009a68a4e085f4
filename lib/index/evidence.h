// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evidence.h - kinds of evidence, and the record of one occupation: everything that the sources say of it.
 *
 * The record is the data of the occupation's document, deflated.  It is written by the indexer once and
 * read by everything that shows reasons, so it keeps the sources' own words and where each came from.
 */
#ifndef SOC_INDEX_EVIDENCE_H
#define SOC_INDEX_EVIDENCE_H

#include "lib/index/field.h"
#include "lib/index/pack.h"

/*
 * X(ID, name for people, name in --kind and in JSON, field)
 */
#define EVIDENCE_TABLE(X)                                                            \
	X(OFFICIAL_TITLE, "official title", "official_title", FIELD_TITLE)           \
	X(ALTERNATE_TITLE, "alternate title", "alternate_title", FIELD_TITLE)        \
	X(SHORT_TITLE, "short title", "short_title", FIELD_TITLE)                    \
	X(REPORTED_TITLE, "reported title", "reported_title", FIELD_TITLE)           \
	X(DIRECT_MATCH, "direct match title", "direct_match", FIELD_TITLE)           \
	X(ILLUSTRATIVE, "illustrative example", "illustrative", FIELD_TITLE)         \
	X(CENSUS_TITLE, "Census index title", "census_title", FIELD_TITLE)           \
	X(FILED_TITLE, "filed title", "filed_title", FIELD_TITLE)                    \
	X(DESCRIPTION, "description", "description", FIELD_DESCRIPTION)              \
	X(DEFINITION, "SOC definition", "definition", FIELD_DESCRIPTION)             \
	X(CORE_TASK, "core task", "core_task", FIELD_TASK)                           \
	X(SUPPLEMENTAL_TASK, "supplemental task", "supplemental_task", FIELD_TASK)   \
	X(UNRATED_TASK, "task", "task", FIELD_TASK)                                  \
	X(EMERGING_TASK, "emerging task", "emerging_task", FIELD_TASK)               \
	X(ACTIVITY, "work activity", "activity", FIELD_ACTIVITY)                     \
	X(TECHNOLOGY, "technology", "technology", FIELD_TECHNOLOGY)                  \
	X(TOOL, "tool", "tool", FIELD_TOOL)

enum evidence_kind {
#define EVIDENCE_ENUM(id, people, json, field) EVIDENCE_##id,
	EVIDENCE_TABLE(EVIDENCE_ENUM)
#undef EVIDENCE_ENUM
	EVIDENCE_KIND_COUNT
};

struct evidence_spec {
	const char *name;
	const char *key;
	enum field field;
};

extern const struct evidence_spec evidence_specs[EVIDENCE_KIND_COUNT];

enum {
	EVIDENCE_HOT = 1,         /* a technology that many employers ask for */
	EVIDENCE_IN_DEMAND = 2,   /* ... that employers of this occupation ask for */
	EVIDENCE_SHOWN = 4,       /* a reported title shown in My Next Move */
	EVIDENCE_REVISION = 8     /* an emerging task that revises another */
};

/* One piece of source text that speaks for an occupation. */
struct evidence {
	enum evidence_kind kind;
	uint32_t source;      /* which source of the manifest, from 0 */
	uint32_t flags;
	uint32_t count;       /* filings; 0 where it means nothing */
	struct slice text;
	struct slice detail;  /* category of a technology or tool, long form of a short title, filings by
				 programme and year; may be empty */
	struct slice id;      /* task or activity id; may be empty */
};

/* One share of an answer on education, training or experience. */
struct education {
	struct slice element;   /* element id: `2.D.1` */
	struct slice scale;     /* `RL` */
	uint32_t category;      /* 1 ...; 0 where the release says n/a */
	double percent;
	bool suppressed;        /* the release recommends not to rely on it */
	uint32_t source;
};

struct related {
	struct slice code;
	struct slice tier;
	uint32_t rank;          /* 1 is the closest */
	uint32_t source;
};

struct occupation {
	struct slice code;            /* `15-1252.00` */
	struct slice title;
	uint32_t zone;                /* Job Zone as the release says it; 0: none */
	uint32_t zone_source;
	struct evidence *evidence;    /* by kind, then in the order of the sources */
	size_t evidence_count;
	struct education *education;
	size_t education_count;
	struct related *related;
	size_t related_count;
};

/* The pieces of the kinds `first` to `last`, which follow each other in a record: *count of them. */
const struct evidence *occupation_evidence(const struct occupation *o, enum evidence_kind first, enum evidence_kind last, size_t *count);

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
 * activities, technologies and categories of tools.  It is the record "dictionary" (records.h), as it is; the
 * most frequent text comes last, where it costs the fewest bits.
 */
#define DICTIONARY_KEY "dictionary"
#define DICTIONARY_MAX 30000   /* bytes: deflate looks back 32 KiB */

/* Deflate a record for storage, appended to *out, and inflate it again into `arena`.  An empty dictionary is none. */
bool record_deflate(struct slice record, struct slice dictionary, struct buffer *out, struct error *err);
bool record_inflate(struct slice stored, struct slice dictionary, struct arena *arena, struct slice *out, struct error *err);

#endif
