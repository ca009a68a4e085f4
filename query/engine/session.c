// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * session.c - the memory of one session, and the records of occupations that it has read.
 */
#include "query/engine/session.h"

void session_free(struct session *s)
{
	arena_free(&s->arena);
	s->occupations = NULL;
}

const struct occupation *session_occupation(struct session *s, size_t number)
{
	if (!s->occupations)
		s->occupations = arena_alloc(&s->arena, (s->index->count + 1) * sizeof *s->occupations, s->err);
	if (!s->occupations || s->occupations[number])
		return s->occupations ? s->occupations[number] : NULL;
	struct occupation *o = arena_alloc(&s->arena, sizeof *o, s->err);
	if (o && soc_index_occupation(s->index, number, &s->arena, o, s->err))
		s->occupations[number] = o;
	return s->occupations[number];
}
