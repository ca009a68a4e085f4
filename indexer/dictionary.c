// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>

#include "indexer/dictionary.h"

struct shared_text {
	struct slice text;
	uint32_t count;
};

struct counting {
	struct map texts;
	struct shared_text *at;
	size_t capacity;
	struct error *err;
};

/* Shorter texts cost as much as a reference to them. */
#define TEXT_MIN 4

static bool count_text(struct counting *c, struct slice text)
{
	uint32_t number;
	bool added;
	if (text.length < TEXT_MIN)
		return true;
	if (!map_add(&c->texts, text, &number, &added, c->err) ||
	    !array_reserve((void **)&c->at, &c->capacity, number + 1, sizeof *c->at, c->err))
		return false;
	if (added)
		c->at[number] = (struct shared_text){ text, 0 };
	c->at[number].count++;
	return true;
}

static bool count_all(struct counting *c, const struct gathered *g)
{
	for (size_t o = 0; o < g->codes.count; o++) {
		const struct occupation *said = &g->drafts[o].said;
		for (size_t i = 0; i < said->evidence_count; i++)
			if (!count_text(c, said->evidence[i].text) || !count_text(c, said->evidence[i].detail))
				return false;
	}
	return true;
}

/* What saves most for a byte of dictionary comes first: what is most frequent. */
static int compare_shared(const void *a, const void *b)
{
	const struct shared_text *x = a, *y = b;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return slice_compare(x->text, y->text);
}

bool dictionary_make(const struct gathered *g, struct buffer *out, struct error *err)
{
	struct counting c = { .err = err };
	size_t chosen = 0, length = 0;
	bool ok = count_all(&c, g);
	if (ok && c.texts.count > 1)
		qsort(c.at, c.texts.count, sizeof *c.at, compare_shared);
	for (size_t i = 0; ok && i < c.texts.count && c.at[i].count > 1; i++) {
		if (length + c.at[i].text.length > DICTIONARY_MAX)
			continue;
		length += c.at[i].text.length;
		c.at[chosen++] = c.at[i];
	}
	while (ok && chosen-- > 0)
		ok = buffer_append(out, c.at[chosen].text.at, c.at[chosen].text.length, err);
	map_free(&c.texts);
	memory_free(c.at);
	return ok;
}
