// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trace_job.h - the stages of --explain that every search has: what is ranked, and which features gave how much.
 */
#ifndef SOC_QUERY_ENGINE_TRACE_JOB_H
#define SOC_QUERY_ENGINE_TRACE_JOB_H

#include "query/engine/trace.h"
#include "lib/rank/rank.h"

/* The title and the text, their terms after stemming with the number of occupations that hold each in `kinds` (bits
 * of fields; 0: all), and the stop words that were left out. */
bool trace_job(struct soc_index *index, const struct job *job, unsigned kinds, struct trace *e, struct error *err);

/* What stands in the title besides the occupation, and how much of it counts. */
void trace_parts(const struct title_part *parts, size_t count, struct trace *e);

/* How many sentences of the text weigh less, and as what. */
void trace_weighed(const struct weighted_text *weighed, struct trace *e);

/* What words were read as besides. */
void trace_expansions(const struct ranking *ranking, struct trace *e);

/* The first candidates, each with the parts of its score. */
void trace_ranking(const struct ranking *ranking, struct trace *e);

#endif
