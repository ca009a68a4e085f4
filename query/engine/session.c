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

void *session_alloc(struct session *s, size_t count, size_t size)
{
	return session_ok(s) ? arena_alloc(&s->arena, (count + 1) * size, s->err) : NULL;
}

void *session_room(struct session *s, size_t count, size_t size)
{
	return session_ok(s) ? arena_room(&s->arena, (count + 1) * size, s->err) : NULL;
}

struct slice session_copy(struct session *s, struct slice text)
{
	return session_ok(s) ? arena_copy(&s->arena, text, s->err) : (struct slice){ NULL, 0 };
}

struct slice session_keep(struct session *s, struct buffer *text)
{
	struct slice copy = session_copy(s, buffer_slice(text));
	buffer_free(text);
	return copy;
}

struct text_words session_tokenize(struct session *s, struct slice text)
{
	struct text_words words = { 0 };
	return session_ok(s) && tokenize(s->index->analyzer, text, &words, s->err) ? words : (struct text_words){ 0 };
}

const struct occupation *session_occupation(struct session *s, size_t number)
{
	static const struct occupation none;
	if (!s->occupations && !SESSION_ARRAY(s, s->occupations, s->index->count))
		return &none;
	struct occupation *o = s->occupations[number];
	if (!o && SESSION_ARRAY(s, o, 0) && soc_index_occupation(s->index, number, &s->arena, o, s->err))
		s->occupations[number] = o;
	return s->occupations[number] ? s->occupations[number] : &none;
}
