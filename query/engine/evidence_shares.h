// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evidence_shares.h - the score of one code for a job, divided among the evidence that gave it.
 *
 * The score is a sum over features, and each feature a sum over words and titles (lib/rank/explain_score.h).  What a
 * title gave goes to the evidence that is this title; what a word gave is divided among the pieces of evidence that
 * have the word and that the feature reads, by how often they have it and what they weigh there (lib/index/schema.h);
 * what belongs to no piece - the trained model, the latent space, pieces of words, how often a code is filed - stands
 * under its own name.  So all shares add up to the score.
 */
#ifndef SOC_QUERY_ENGINE_EVIDENCE_SHARES_H
#define SOC_QUERY_ENGINE_EVIDENCE_SHARES_H

#include "lib/rank/explain_score.h"
#include "query/engine/target_codes.h"

/* X(ID, key in JSON, heading) */
#define EVIDENCE_SHARE_TABLE(X) \
	X(TITLES, "titles", "Titles") \
	X(FILINGS, "filings", "Titles that employers filed") \
	X(TASKS, "tasks", "Tasks") \
	X(DEFINITION, "definition", "Description and definition") \
	X(ACTIVITIES, "activities", "Work activities") \
	X(TECHNOLOGIES, "technologies", "Technologies and tools")

enum evidence_share_group {
#define EVIDENCE_SHARE_ENUM(id, key, heading) EVIDENCE_SHARE_##id,
	EVIDENCE_SHARE_TABLE(EVIDENCE_SHARE_ENUM)
#undef EVIDENCE_SHARE_ENUM
		EVIDENCE_SHARE_GROUP_COUNT
};

/* A piece of evidence and what of the score it gave. */
struct evidence_share_piece {
	const struct evidence *evidence; /* in the record of its occupation */
	struct span *spans;              /* the words that gave it; ascending */
	uint32_t span_count;
	uint32_t occupation;
	enum evidence_share_group group;
	double points;
	const struct evidence_share_piece
		*same;   /* the next of the group with the same text, from another source or occupation; NULL:
					       none */
	double together; /* of the first of them: what all gave */
};

/* A word of the job (as written, where it stands there) and what of the score it gave. */
struct evidence_share_word {
	struct slice word;
	double points;
};

/* What no piece of evidence gave, by feature. */
struct evidence_share_rest {
	enum feature feature;
	double points;
	struct evidence_share_word *words; /* the most telling first; none where the code has it by itself */
	size_t word_count;
};

struct evidence_shares {
	struct code code;
	struct slice title; /* of the code */
	const struct candidate *candidate;
	const struct ranking *ranking; /* that it is of */
	size_t place, ranked;          /* from 0; among so many */
	struct evidence_share_piece
		*pieces; /* by group, and there the one that gave most first; activities, which give nothing, with
					   the most words first */
	size_t first[EVIDENCE_SHARE_GROUP_COUNT + 1]; /* where the pieces of each group begin */
	const struct evidence_share_piece *
		*lines; /* the first piece of each text: by group, and there what gave most together first */
	size_t first_line[EVIDENCE_SHARE_GROUP_COUNT + 1];
	double points[EVIDENCE_SHARE_GROUP_COUNT];
	struct evidence_share_rest *rests; /* the one that gave most first */
	size_t rest_count;
	struct evidence_share_word *words; /* all words, the one that gave most first */
	size_t word_count;
	struct slice *unexplained; /* words of the job, as written, that stand in no evidence of the code */
	size_t unexplained_count;
	struct slice *sentences; /* sentences of the text most of whose words are of that kind */
	size_t sentence_count;
};

/* Divide the score of the candidate at `place` of a ranking, the last that its ranker made.  Everything lives in
 * s->arena or is borrowed. */
bool evidence_shares_find(struct session *s, const struct target_ranking *ranked, size_t place,
			  struct evidence_shares *out);

#endif
