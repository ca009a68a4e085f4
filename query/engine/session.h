// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * session.h - what every question to an index shares: the index, the memory of the answers, the error.
 *
 * One thread at a time.  Answers borrow from the index and from the arena, and live until session_free().
 *
 * A failure is sticky: the first fills s->err, and what is asked for afterwards comes back empty or NULL.  So functions
 * of the engine call each other in sequence, and who called the first of them asks session_ok() once.
 */
#ifndef SOC_QUERY_ENGINE_SESSION_H
#define SOC_QUERY_ENGINE_SESSION_H

#include "lib/index/open_index.h"

struct session {
	struct soc_index *index;         /* borrowed */
	struct arena arena;              /* of the answers */
	struct occupation **occupations; /* by number, those that session_occupation() has read; NULL until one is */
	unsigned expand;                 /* EXPAND_...: how the words of a job are expanded where it is ranked */
	struct error *err;               /* filled once; borrowed, never NULL */
};

/* Bytes of a text: where a word stands. */
struct span {
	uint32_t start;
	uint32_t length;
};

/* Let go of the answers; the index stays open. */
void session_free(struct session *s);

/* Whether nothing has failed so far. */
static inline bool session_ok(const struct session *s)
{
	return s->err->code == ERROR_NONE;
}

/* Room in s->arena for `count` objects and one more, zeroed; `at` is a pointer to them, NULL after a failure. */
#define SESSION_ARRAY(s, at, count) ((at) = session_alloc((s), (count), sizeof *(at)))
void *session_alloc(struct session *s, size_t count, size_t size);
/* The same for what is written over at once: not cleared. */
#define SESSION_ROOM(s, at, count) ((at) = session_room((s), (count), sizeof *(at)))
void *session_room(struct session *s, size_t count, size_t size);

/* A copy with a NUL behind it, in s->arena; .at is NULL after a failure. */
struct slice session_copy(struct session *s, struct slice text);
/* The same of the content of a buffer, which is freed. */
struct slice session_keep(struct session *s, struct buffer *text);

/* The words of a text until the next call; none after a failure. */
struct text_words session_tokenize(struct session *s, struct slice text);

/* The record of an occupation, read once however often it is asked for; it lives in s->arena.  An empty one after a
 * failure. */
const struct occupation *session_occupation(struct session *s, size_t number);

#endif
