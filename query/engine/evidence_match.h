// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evidence_match.h - what in an occupation's evidence matched a job, and which words of the job nothing explains.
 */
#ifndef SOC_QUERY_ENGINE_EVIDENCE_MATCH_H
#define SOC_QUERY_ENGINE_EVIDENCE_MATCH_H

#include "lib/base/string_map.h"
#include "lib/index/open_index.h"
#include "lib/rank/rank.h"

/* Bytes of a text: where a matched word stands. */
struct span {
	uint32_t start;
	uint32_t length;
};

/* A piece of evidence that matched. */
struct reason {
	struct evidence evidence;
	double cosine; /* 0 to 1: cosine of idf weights between the piece and the job's words */
	struct span *spans;
	size_t span_count;
};

enum reason_group { REASON_TITLES, REASON_TASKS, REASON_OTHERS, REASON_GROUP_COUNT };

struct reasons {
	struct reason *at[REASON_GROUP_COUNT]; /* best first */
	size_t count[REASON_GROUP_COUNT];
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
	double norm;
	unsigned kinds; /* bits of the fields whose evidence is a reason; 0: all */
	size_t own;     /* so many terms, the first, are the job's own */
	struct word_group *groups;
	size_t group_count;
};

/* Zero-initialise; job_words_free() after use.  Memory is taken from `arena` but for the map. */
bool job_words_read(struct soc_index *index, const struct job *job, struct arena *arena, struct job_words *out,
		    struct error *err);
/* Let words that only stand in parts of the title and in sentences of the text that count little count little; nothing need
 * explain them. */
bool job_words_weigh(struct soc_index *index, const struct job *job, const struct ranking *ranking, struct arena *arena,
		     struct job_words *w, struct error *err);
/* Let corrections and synonyms count as what they stand for. */
bool job_words_expand(struct soc_index *index, const struct expansion *expansions, size_t count, struct arena *arena,
		      struct job_words *w, struct error *err);
void job_words_free(struct job_words *w);

/* Find the reasons for one occupation: at most `limit` of each group, everything in `arena`. */
bool reasons_find(struct soc_index *index, struct job_words *words, size_t occupation, size_t limit,
		  struct arena *arena, struct reasons *out, struct error *err);
/* As reasons_find(), in a record that has been read. */
bool reasons_find_in(struct soc_index *index, struct job_words *words, const struct occupation *o, size_t limit,
		     struct arena *arena, struct reasons *out, struct error *err);

#endif
