// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison_definitions.c - the texts that define each code, and the words by which they differ.
 */
#include "lib/base/ascii.h"
#include "query/justify/comparison_parts.h"

/* ---- which texts ---- */

static bool begins_with(struct slice text, struct slice beginning)
{
	return text.length >= beginning.length && memcmp(text.at, beginning.at, beginning.length) == 0;
}

/* The definition of the SOC first; the description of O*NET where it does not say the same, but for examples and what is
 * excluded, which the SOC has behind it. */
static void find_definitions(struct comparison_side *side)
{
	static const enum evidence_kind kinds[] = { EVIDENCE_DEFINITION, EVIDENCE_DESCRIPTION };
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		size_t count;
		const struct evidence *e = occupation_evidence(&side->members[0], kinds[k], kinds[k], &count);
		for (; count > 0 && side->definition_count < COMPARISON_DEFINITIONS; count--, e++) {
			bool again = side->definition_count > 0 && begins_with(side->definitions[0].evidence->text, e->text);
			if (!again)
				side->definitions[side->definition_count++].evidence = e;
		}
	}
}

/* ---- the words that only one definition has ---- */

/* Which sides have a word in their definitions, as bits by its number. */
struct defining {
	struct map terms;
	unsigned *sides;
	size_t capacity;
};

static bool note_words(struct comparison_words *w, struct slice text, size_t side, struct defining *d, struct text_words *out)
{
	struct text_words words;
	if (!text_analyze(w->index->analyzer, text, &words, w->err) || !text_words_copy(words, w->arena, out, w->err))
		return false;
	for (size_t i = 0; i < out->count; i++) {
		uint32_t number;
		bool added;
		if (!map_add(&d->terms, out->at[i].term, &number, &added, w->err) ||
		    !array_reserve((void **)&d->sides, &d->capacity, d->terms.count, sizeof *d->sides, w->err))
			return false;
		d->sides[number] = (added ? 0 : d->sides[number]) | 1u << side;
	}
	return true;
}

static bool mark_words(struct comparison_words *w, const struct defining *d, size_t side, struct text_words words,
		       struct comparison_definition *out)
{
	out->spans = arena_alloc(w->arena, (words.count + 1) * sizeof *out->spans, w->err);
	for (size_t i = 0; out->spans && i < words.count; i++) {
		const struct text_word *word = &words.at[i];
		uint32_t number;
		if (word->stop || ascii_is_digit(*word->folded.at) || d->sides[map_find(&d->terms, word->term)] != 1u << side)
			continue;
		if (!comparison_words_look_up(w, word->term, &number))
			return false;
		if (comparison_words_rare(w, number))
			out->spans[out->span_count++] = (struct span){ word->start, word->length };
	}
	return out->spans != NULL;
}

bool comparison_find_definitions(struct comparison_words *w, struct comparison *x)
{
	struct defining d = { 0 };
	struct text_words words[COMPARISON_MAX][COMPARISON_DEFINITIONS];
	bool ok = true;
	for (size_t s = 0; s < x->count; s++) {
		find_definitions(&x->sides[s]);
		for (size_t i = 0; ok && i < x->sides[s].definition_count; i++)
			ok = note_words(w, x->sides[s].definitions[i].evidence->text, s, &d, &words[s][i]);
	}
	for (size_t s = 0; s < x->count; s++)
		for (size_t i = 0; ok && i < x->sides[s].definition_count; i++)
			ok = mark_words(w, &d, s, words[s][i], &x->sides[s].definitions[i]);
	map_free(&d.terms);
	memory_free(d.sides);
	return ok;
}
