// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * session.h - what every question to an index shares: the index, the memory of the answers, the error.
 *
 * One thread at a time.  Answers borrow from the index and from the arena, and live until session_free().
 */
#ifndef SOC_QUERY_ENGINE_SESSION_H
#define SOC_QUERY_ENGINE_SESSION_H

#include "lib/index/open_index.h"

struct session {
	struct soc_index *index;         /* borrowed */
	struct arena arena;              /* of the answers */
	struct occupation **occupations; /* by number, those that session_occupation() has read; NULL until one is */
	unsigned expand;                 /* EXPAND_...: how the words of a job are expanded where it is ranked */
	struct error *err;               /* filled once by what returns false or NULL; borrowed */
};

/* Let go of the answers; the index stays open. */
void session_free(struct session *s);

/* The record of an occupation, read once however often it is asked for; it lives in s->arena.  NULL with s->err filled. */
const struct occupation *session_occupation(struct session *s, size_t number);

#endif
