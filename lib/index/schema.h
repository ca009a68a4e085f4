// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * schema.h - what an index is made of: its fields, the kinds of evidence, what a piece of evidence weighs in the
 * postings of ranking (postings_format.h), and its synonyms.
 */
#ifndef SOC_INDEX_SCHEMA_H
#define SOC_INDEX_SCHEMA_H

#include "lib/index/postings_format.h"
#include "lib/text/stopwords.h"
#include "lib/text/tokenizer.h"

/*
 * the fields of an index, in one table that feeds the indexer, the query parser, `soc fields`,
 * the manual page and the completions.
 *
 * X(ID, name, prefix, help, example)
 *   prefix   of its terms in the Xapian part: one capital letter, which no word begins with (they are folded).  A
 *            field without one is a filter, for the query parser alone: its value is compared with the catalogue.
 */

#define FIELD_TABLE(X) \
	X(TITLE, "title", "T", "official, alternate, reported and filed job titles", "title:\"team leader\"") \
	X(DESCRIPTION, "description", "D", "what the occupation is, in a sentence or two", "description:statistics") \
	X(TASK, "task", "K", "task statements", "task:\"write code\"") \
	X(ACTIVITY, "activity", "A", "detailed work activities", "activity:budgets") \
	X(TECHNOLOGY, "technology", "S", "software and its categories", "technology:python") \
	X(TOOL, "tool", "L", "tools, machines and equipment", "tool:scanner") \
	X(CODE, "code", NULL, "one O*NET-SOC code", "code:15-1252.00") \
	X(GROUP, "group", NULL, "a SOC code of any level", "group:15-1200") \
	X(ZONE, "zone", NULL, "Job Zone as the release gives it", "zone:4")

enum field {
#define FIELD_ENUM(id, name, prefix, help, example) FIELD_##id,
	FIELD_TABLE(FIELD_ENUM)
#undef FIELD_ENUM
		FIELD_COUNT
};

struct field_spec {
	const char *name;
	const char *prefix; /* NULL: a filter */
	const char *help;
	const char *example;
};

extern const struct field_spec field_specs[FIELD_COUNT];

/* ---- kinds of evidence ---- */

/*
 * X(ID, name for people, name in --kind and in JSON, field)
 */
#define EVIDENCE_TABLE(X) \
	X(OFFICIAL_TITLE, "official title", "official_title", FIELD_TITLE) \
	X(ALTERNATE_TITLE, "alternate title", "alternate_title", FIELD_TITLE) \
	X(SHORT_TITLE, "short title", "short_title", FIELD_TITLE) \
	X(REPORTED_TITLE, "reported title", "reported_title", FIELD_TITLE) \
	X(DIRECT_MATCH, "direct match title", "direct_match", FIELD_TITLE) \
	X(ILLUSTRATIVE, "illustrative example", "illustrative", FIELD_TITLE) \
	X(CENSUS_TITLE, "Census index title", "census_title", FIELD_TITLE) \
	X(FILED_TITLE, "filed title", "filed_title", FIELD_TITLE) \
	X(DESCRIPTION, "description", "description", FIELD_DESCRIPTION) \
	X(DEFINITION, "SOC definition", "definition", FIELD_DESCRIPTION) \
	X(CORE_TASK, "core task", "core_task", FIELD_TASK) \
	X(SUPPLEMENTAL_TASK, "supplemental task", "supplemental_task", FIELD_TASK) \
	X(UNRATED_TASK, "task", "task", FIELD_TASK) \
	X(EMERGING_TASK, "emerging task", "emerging_task", FIELD_TASK) \
	X(ACTIVITY, "work activity", "activity", FIELD_ACTIVITY) \
	X(TECHNOLOGY, "technology", "technology", FIELD_TECHNOLOGY) \
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
	EVIDENCE_HOT = 1,       /* a technology that many employers ask for */
	EVIDENCE_IN_DEMAND = 2, /* ... that employers of this occupation ask for */
	EVIDENCE_SHOWN = 4,     /* a reported title shown in My Next Move */
	EVIDENCE_REVISION = 8   /* an emerging task that revises another */
};

/* One piece of source text on an occupation. */
struct evidence {
	enum evidence_kind kind;
	uint32_t source; /* which source of the manifest, from 0 */
	uint32_t flags;
	uint32_t count; /* filings; 0 where it means nothing */
	struct slice text;
	struct slice detail; /* category of a technology or tool, long form of a short title, filings by
				 programme and year; may be empty */
	struct slice id;     /* task or activity id; may be empty */
};

/* ---- what a piece of evidence weighs ---- */

/* Behind the sections of words: LSA. */
enum { WEIGHT_LSA = SECTION_TITLE_ENTRIES, WEIGHT_COUNT };

/* By kind: among titles, in prose, in text, among extras, and in LSA. */
extern const double evidence_weights[EVIDENCE_KIND_COUNT][WEIGHT_COUNT];

/* All of them times this: 1, but a filed title counts by ln(1 + filings).  Bigrams are counted without it. */
double evidence_scale(const struct evidence *e);

/*
 * which words stand for which others, as an index holds it.
 *
 * The key of a list of synonyms is `S` and terms (stems) with spaces, stop words included, at most six;
 * synonym_key_word() says what of a word stands in it.
 *
 * Most sequences of words are no key: a filter over all keys (bloom_filter.h), the record "synonyms",
 * saves their lookups.
 */

#define KEY_SYNONYM 'S'
#define SYNONYMS_KEY "synonyms"
#define SYNONYM_WORDS_MAX 6

enum {
	SYNONYM_CAPITALS = 1, /* the synonym is written in capitals: RN */
	SYNONYM_JOINED = 2,   /* the same words, written together or apart: a matter of spelling */
	SYNONYM_GUARDED = 4,  /* the key is an everyday word: it counts only where it clearly is meant */
};

/* A word in a key: its stem; but where that is a stop word, as `in` of `ins`, the word itself, or the stop word would
 * be taken for it. */
static inline struct slice synonym_key_word(struct slice folded, struct slice term)
{
	return text_is_stop(term) ? folded : term;
}

struct synonym {
	uint32_t flags;
	uint32_t share;     /* 1 to 100: how much of the meaning of the acronym, of the two, the other has */
	struct slice words; /* folded, with spaces */
};

bool synonym_pack(const struct synonym *s, struct buffer *out, struct error *err);
/* The next entry of a list; false at its end, and where it is malformed. */
bool synonym_unpack(struct unpack *u, struct synonym *out);

#endif
