// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * field.h - the fields of an index, in one table that feeds the indexer, the query parser, `soc fields`,
 * the manual page and the completions.
 *
 * X(ID, name, prefix, kind, help, example)
 *   prefix   of its terms in the index.  Words never begin with a capital (they are folded), so one capital
 *            letter cannot be mistaken for part of a word.
 *   kind     FIELD_WORDS: words with positions, for phrases; FIELD_BAG: words without positions, which would be a
 *            fifth of the file: phrases are looked up in the evidence itself; FIELD_FILTER: one whole term.
 */
#ifndef SOC_INDEX_FIELD_H
#define SOC_INDEX_FIELD_H

#define FIELD_TABLE(X)                                                                                      \
	X(TITLE, "title", "T", FIELD_WORDS, "official, alternate, reported and filed job titles",           \
	  "title:\"team leader\"")                                                                          \
	X(DESCRIPTION, "description", "D", FIELD_WORDS, "what the occupation is, in a sentence or two",     \
	  "description:statistics")                                                                         \
	X(TASK, "task", "K", FIELD_WORDS, "task statements", "task:\"write code\"")                      \
	X(ACTIVITY, "activity", "A", FIELD_BAG, "detailed work activities", "activity:budgets")        \
	X(TECHNOLOGY, "technology", "S", FIELD_BAG, "software and its categories", "technology:python")   \
	X(TOOL, "tool", "L", FIELD_BAG, "tools, machines and equipment", "tool:scanner")                    \
	X(CODE, "code", "Q", FIELD_FILTER, "one O*NET-SOC code", "code:15-1252.00")                         \
	X(GROUP, "group", "G", FIELD_FILTER, "a SOC code of any level", "group:15-1200")                    \
	X(ZONE, "zone", "Z", FIELD_FILTER, "Job Zone as the release gives it", "zone:4")

enum field_kind { FIELD_WORDS, FIELD_BAG, FIELD_FILTER };

enum field {
#define FIELD_ENUM(id, name, prefix, kind, help, example) FIELD_##id,
	FIELD_TABLE(FIELD_ENUM)
#undef FIELD_ENUM
	FIELD_COUNT
};

struct field_spec {
	const char *name;
	const char *prefix;
	enum field_kind kind;
	const char *help;
	const char *example;
};

extern const struct field_spec field_specs[FIELD_COUNT];

/* Stop words have positions but no terms: a phrase with one in it leaves its place open.
 * Pieces of evidence of one field follow each other in the same run of positions; this many positions lie
 * between them, so that no phrase and no NEAR reaches from one into the next. */
#define FIELD_POSITION_GAP 32

#endif
