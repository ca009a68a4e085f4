// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * target_codes.h - what why, compare, duties and exhibit are asked about: codes that are in the index, and a job.
 */
#ifndef SOC_QUERY_ENGINE_TARGET_CODES_H
#define SOC_QUERY_ENGINE_TARGET_CODES_H

#include "query/engine/evidence_match.h"
#include "query/engine/session.h"

/* A code of six or eight digits that is in the index. */
struct target_code {
	struct code code;   /* at the level of all that were asked */
	struct code older;  /* of an older edition, as it was asked for; empty: it was not */
	struct slice title; /* borrowed from the index */
	size_t first, end;  /* occupations under it: one where it has eight digits */
};

/* Codes that were asked together. */
struct target_codes {
	struct target_code *at;
	size_t count;
	enum code_level
		level; /* LEVEL_SOC; LEVEL_ONET where any has eight digits: then six digits stand for their first
				       occupation, which ends in .00 */
};

/* Read codes as people write them (code_reader.h); the array lives in s->arena.  One of an older edition stands for
 * what it has become.  ERROR_USAGE where one is no code, is unknown (the nearest are named), has become several (which
 * are named), is a group (its members are named), or given twice. */
bool target_codes_read(struct session *s, const char *const *texts, size_t count, struct target_codes *out);

/* A job, and what was made of it once for all that is said of it. */
struct target_ranking {
	const struct job *job;
	enum code_level level;
	struct ranker *ranker;
	struct ranking ranking; /* of all codes, whether anything matched or not */
	struct job_words words; /* read, weighed and expanded */
};

/* Rank all codes for the job, which is borrowed, at the level of the codes; target_ranking_free() after use, whatever
 * became of it. */
bool target_rank(struct session *s, const struct job *job, enum code_level level, struct target_ranking *out);
/* The same with a ranker that has ranked other jobs, and has read for them what it needs of the index; it becomes that
 * of *out. */
bool target_rank_with(struct session *s, struct ranker *ranker, const struct job *job, enum code_level level,
		      struct target_ranking *out);
/* The ranking of both, of all codes in s->arena: those in which nothing of the job was found behind all others. */
bool target_rank_job(struct session *s, struct ranker *ranker, const struct job *job, enum code_level level,
		     struct ranking *out);
void target_ranking_free(struct target_ranking *r);

/* The place of a code in a ranking, from 0; out->count where it is not there. */
size_t target_rank_of(const struct ranking *ranking, const struct code *code);

#endif
