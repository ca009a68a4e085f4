// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * title_cleaning.h - what stands in the title of a job besides the occupation: grade, shift, pay, place, requisition number,
 * employer and the like.
 *
 * Nothing is thrown away: words that a rule (title_cleaning.def) takes hold of weigh less than the others.  Words that
 * name a leader of people (manager, supervisor, chief) always weigh in full, and where nothing would be left that does,
 * the title counts as it stands.
 *
 * Rules are regular expressions, each compiled when first needed.  Most titles need none: a rule is only tried where
 * one of its triggers, a word or a sign, stands in the title.
 */
#ifndef SOC_RANK_TITLE_CLEANING_H
#define SOC_RANK_TITLE_CLEANING_H

#include "lib/rank/rule_trigger.h"
#include "lib/rank/query_terms.h"
#include "lib/text/regex.h"

enum title_rule {
#define TITLE_RULE(id, name, weight, triggers, pattern) TITLE_RULE_##id,
#include "lib/rank/title_cleaning.def"
#undef TITLE_RULE
	TITLE_RULE_COUNT
};

struct title_rule_spec {
	const char *name; /* what it takes hold of, as people read it: "pay"; two rules may share a name */
	float weight;     /* of the words that it takes hold of */
	const char *triggers;
	const char *pattern;
};

extern const struct title_rule_spec title_rule_specs[TITLE_RULE_COUNT];

/* Words that weigh less than this hardly count: nobody asks why nothing explains them. */
#define TITLE_PART_LITTLE 0.5f

/* A part of a title that was read as more than words. */
struct title_part {
	enum title_rule rule;
	struct slice written; /* borrows the title */
};

/* A title as it is read. */
struct cleaned_title {
	struct span_weights span_weights;
	struct title_part *parts; /* what was taken hold of, in the order of the title */
	size_t part_count;
};

/* What is longer than so many bytes is no title and stays as it is. */
#define CLEAN_TITLE_MAX 1000

/* Append how TITLE_RULE_TURNED reads a part: "Director of Engineering" as Engineering Director. */
bool title_part_turn(struct slice written, struct buffer *out, struct error *err);

/* Compiled rules, for title after title.  Zero-initialise; title_cleaning_free() after use.  Serves one thread. */
struct title_cleaning {
	struct regex *patterns[TITLE_RULE_COUNT];
	struct rule_trigger triggers;
	bool ready;                           /* the triggers are in */
	bool employer_after_comma;            /* set by the caller: what stands behind the last comma is an employer */
	unsigned char marks[CLEAN_TITLE_MAX]; /* by byte of the title: the rule that holds there + 1, or 0 */
};

void title_cleaning_free(struct title_cleaning *c);

/* Read a title (any bytes).  *out lives in `arena` and borrows `title`; it is empty where no rule applied.  False
 * with ERROR_MEMORY. */
bool clean_title(struct title_cleaning *c, struct slice title, struct arena *arena, struct cleaned_title *out,
		 struct error *err);

#endif
