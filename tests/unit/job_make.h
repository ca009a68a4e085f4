// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * job_make.h - jobs by the dozen, always the same: pieces of what an index says, with oddities between them.
 */
#ifndef SOC_TESTS_UNIT_JOB_MAKE_H
#define SOC_TESTS_UNIT_JOB_MAKE_H

#include "lib/rank/rank.h"
#include "tests/unit/index_make.h"

/* ---- numbers ---- */

static uint32_t draw_seed;

static inline void draw_from(size_t row)
{
	draw_seed = (uint32_t)row * 2654435761u;
}

/* One of 0 to below - 1. */
static inline uint32_t draw(uint32_t below)
{
	draw_seed = draw_seed * 1664525u + 1013904223u;
	return (uint32_t)(((uint64_t)(draw_seed >> 8) * below) >> 24);
}

/* ---- jobs ---- */

/* A piece of what an index says of some occupation. */
static inline struct slice draw_piece(struct soc_index *index, struct arena *arena)
{
	struct occupation o;
	struct error err = { 0 };
	assert_true(soc_index_occupation(index, draw((uint32_t)index->count), arena, &o, &err));
	return o.evidence_count ? o.evidence[draw((uint32_t)o.evidence_count)].text : SLICE("nurse");
}

static const char *const draw_oddities[] = { "Sr.",
					     "RN",
					     "regsitered",
					     "zyxwv",
					     "$50,000 per year",
					     "Manager of",
					     "(remote)",
					     "We are an equal opportunity employer.",
					     "\xE2\x80\x93",
					     "softwares",
					     "III",
					     "data base" };

static inline void draw_into(struct soc_index *index, struct buffer *b, struct arena *arena)
{
	struct slice piece =
		draw(4) == 0 ? slice_of(draw_oddities[draw(COUNT(draw_oddities))]) : draw_piece(index, arena);
	assert_true(buffer_append(b, piece.at, piece.length, NULL) &&
		    buffer_append_byte(b, draw(2) ? '\n' : ' ', NULL));
}

/* A title, a text, or both, in the buffers. */
static inline struct job draw_job(struct soc_index *index, struct buffer *title, struct buffer *text,
				  struct arena *arena)
{
	uint32_t kind = draw(3);
	buffer_clear(title);
	buffer_clear(text);
	for (uint32_t n = kind != 1 ? 1 + draw(2) : 0; n > 0; n--)
		draw_into(index, title, arena);
	for (uint32_t n = kind != 0 ? 1 + draw(12) : 0; n > 0; n--)
		draw_into(index, text, arena);
	return (struct job){ { title->at ? title->at : "", title->length },
			     { text->at ? text->at : "", text->length } };
}

#endif
