// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * query_expansion.h - a query with misspelt words corrected and synonyms added.
 *
 * Words that the index does not know are corrected (spelling.h); a word that it knows never is.  Commonwealth spelling
 * is read as American, which the releases are written in, where the index uses the American spelling and hardly the other
 * (american_spelling.h).  The correction takes the place of the word but for the character n-grams, which stay those of the
 * word as written.
 *
 * Then sequences of words that have synonyms (lib/index/schema.h) add them as terms of less weight.  What is
 * added for a sequence weighs together a fixed part of what the sequence weighs, so that a title in the other
 * words is similar to the query by just that part, be it RN for registered nurse or the other way round.
 */
#ifndef SOC_RANK_QUERY_EXPANSION_H
#define SOC_RANK_QUERY_EXPANSION_H

#include "lib/rank/spelling.h"
#include "lib/rank/query_terms.h"
#include "lib/text/american_spelling.h"

enum expansion_kind { EXPANSION_SPELLING, EXPANSION_SYNONYM };

/* "spelling", "synonym" */
const char *expansion_kind_name(enum expansion_kind kind);

/* What was corrected or added, for people and programs. */
struct expansion {
	enum expansion_kind kind;
	struct slice written; /* the words as written */
	struct slice words;   /* what they were read as, or what was added */
};

struct expansions {
	struct expansion *at; /* in the arena of the query */
	size_t count;
	size_t capacity;
	bool foreign; /* most words are of no known English (query_language.h) */
};

enum {
	EXPAND_SYNONYMS = 1,
	EXPAND_SPELLING = 2, /* correct words that the index does not know */
	EXPAND_JOINED = 4,   /* healthcare is health care: a synonym that is a matter of spelling */
	EXPAND_CLEANING = 8, /* parts of a title that are no occupation weigh less (title_cleaning.h) */
	EXPAND_SENTENCE_WEIGHTS =
		16, /* sentences of a text that are not about the work weigh less (sentence_weighting.h) */
	EXPAND_EMPLOYER_AFTER_COMMA = 32, /* ... and what stands behind the last comma of a title is an employer */
	EXPAND_ALL = 31                   /* as soc does without options */
};

/* What is needed from query to query.  Zero-initialise; expander_free() after use. */
struct expander {
	struct soc_index *index; /* borrowed; set by the caller */
	struct spelling spelling;
	struct american_rules american;
	struct slice filter; /* of the synonyms, borrowed from the index; empty where it has none */
	bool filter_loaded;
	struct buffer scratch;
};

/* Append those of one kind as people read them, "registered nurse (RN), ...": nothing where there are none.  That
 * mgr is short for the manager of the query is left out, for it tells nobody anything. */
bool expansions_describe(const struct expansion *at, size_t count, enum expansion_kind kind, struct buffer *out,
			 struct error *err);

void expander_free(struct expander *e);

/* As query_read() and query_turn(), with what `how` says; what was done is appended to *done. */
bool expand_query(struct expander *e, struct slice text, const struct span_weights *weighing, unsigned what,
		  unsigned how, struct arena *arena, struct query *out, struct expansions *done, struct error *err);

#endif
