// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evidence_match.h - what in an occupation's evidence matched a job, and which words of the job nothing explains.
 */
#ifndef SOC_QUERY_ENGINE_EVIDENCE_MATCH_H
#define SOC_QUERY_ENGINE_EVIDENCE_MATCH_H

#include "lib/base/string_map.h"
#include "query/engine/session.h"
#include "lib/rank/rank.h"

/* A piece of evidence that matched. */
struct evidence_match {
	double cosine; /* 0 to 1: cosine of idf weights between the piece and the job's words */
	struct evidence evidence;
	struct span *spans;
	size_t span_count;
};

enum match_group { MATCH_TITLES, MATCH_TASKS, MATCH_OTHERS, MATCH_GROUP_COUNT };

struct evidence_matches {
	struct evidence_match *at[MATCH_GROUP_COUNT]; /* best first */
	size_t count[MATCH_GROUP_COUNT];
	struct slice *unexplained; /* words of the job as written, in their order */
	size_t unexplained_count;
};

/* Terms that explain others, all together: a correction the misspelt word, a synonym what it stands for. */
struct word_group {
	uint32_t *own;
	size_t own_count;
	uint32_t *others;
	size_t other_count;
};

/* The words of a job, prepared once for all candidates. */
struct job_words {
	struct map terms;
	double *idf;              /* by number in `terms` */
	struct slice *written;    /* the word as first written; borrows the job */
	unsigned char *little;    /* by number: 1 where the word counts little */
	unsigned char *seen;      /* scratch: by number, 1 where the piece that is looked at has the word, */
	uint32_t *met;            /* ... and the numbers of those words */
	struct stem_filter stems; /* of all terms: most pieces have no word that begins like one */
	double squares;           /* of the idf of what the job asks for, summed up */
	unsigned kinds;           /* bits of the fields whose evidence is matched; 0: all */
	size_t own;               /* so many terms, the first, are the job's own */
	struct word_group *groups;
	size_t group_count;
};

/* Zero-initialise; job_words_free() after use, whatever became of it.  Memory is taken from `arena` but for the map.
 * Of the ranking of the job (NULL: none) come the parts of the title and the sentences of the text that count little,
 * whose words then count little and need not be explained; and corrections and synonyms, which count as what they stand
 * for. */
bool job_words_read(struct soc_index *index, const struct job *job, const struct ranking *ranking, struct arena *arena,
		    struct job_words *out, struct error *err);
void job_words_free(struct job_words *w);

/* The job's own words, as written and in their order, of which `explained` is 0 by their number, but for those that
 * count little; in `arena`.  *count is 0 before. */
bool job_words_unexplained(const struct job_words *w, const unsigned char *explained, struct arena *arena,
			   struct slice **words, size_t *count, struct error *err);

/* Find what of the evidence of one occupation matches: at most `limit` of each group, everything in `arena`. */
bool evidence_match_find(struct soc_index *index, struct job_words *words, size_t occupation, size_t limit,
			 struct arena *arena, struct evidence_matches *out, struct error *err);
/* As evidence_match_find(), in a record that has been read. */
bool evidence_match_find_in(struct soc_index *index, struct job_words *words, const struct occupation *o, size_t limit,
			    struct arena *arena, struct evidence_matches *out, struct error *err);

#endif
