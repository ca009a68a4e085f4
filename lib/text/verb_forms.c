// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * verb_forms.c - finds a verb among the lists of verb_forms.def.
 */
#include "lib/text/verb_forms.h"
#include "lib/text/verb_forms.def"

bool word_is_listed(struct slice word, const char *list)
{
	while (*list) {
		if (word.length > 0 && *list == word.at[0] && strncmp(list, word.at, word.length) == 0 &&
		    (list[word.length] == ' ' || list[word.length] == '\0'))
			return true;
		while (*list && *list != ' ')
			list++;
		while (*list == ' ')
			list++;
	}
	return false;
}

/* The stem without a last e or y: what all forms of a verb have in common. */
static size_t root_length(struct slice verb)
{
	char last = verb.at[verb.length - 1];
	return verb.length - (last == 'e' || last == 'y');
}

static bool ends_of(struct slice word, size_t from, const char *ending)
{
	return slice_equal((struct slice){ word.at + from, word.length - from }, slice_of(ending));
}

static enum verb_form form_of(struct slice word, struct slice verb)
{
	size_t root = root_length(verb);
	char last = verb.at[verb.length - 1];
	if (word.length < root || memcmp(word.at, verb.at, root) != 0)
		return VERB_NONE;
	if (slice_equal(word, verb))
		return VERB_BASE;
	if (last == 'y'   ? ends_of(word, root, "ies") || ends_of(word, root, "ys")
	    : last == 'e' ? ends_of(word, root, "es")
			  : ends_of(word, root, "s") || ends_of(word, root, "es"))
		return VERB_THIRD;
	bool twice = word.length > root + 3 && word.at[root] == word.at[root - 1] && ends_of(word, root + 1, "ing");
	return twice || ends_of(word, root, last == 'y' ? "ying" : "ing") ? VERB_ING : VERB_NONE;
}

struct verbs {
	const char *const *at;
	size_t count;
};

#define VERBS(name, ...) \
	static const char *const name##_words[] = { __VA_ARGS__ }; \
	static const struct verbs name = { name##_words, sizeof name##_words / sizeof *name##_words }

VERBS(clear_verbs, CLEAR_VERBS);
VERBS(third_verbs, THIRD_VERBS);
VERBS(noun_verbs, NOUN_VERBS);

/* The first of the verbs that does not come before the letter. */
static size_t find_letter(const struct verbs *verbs, char letter)
{
	size_t from = 0, to = verbs->count;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (verbs->at[middle][0] < letter)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static enum verb_form find_verb(struct slice word, const struct verbs *verbs)
{
	enum verb_form form = VERB_NONE;
	if (word.length == 0)
		return form;
	for (size_t i = find_letter(verbs, word.at[0]); form == VERB_NONE && i < verbs->count; i++) {
		if (verbs->at[i][0] != word.at[0])
			break;
		form = form_of(word, slice_of(verbs->at[i]));
	}
	return form;
}

enum verb_form verb_form(struct slice word)
{
	enum verb_form form = find_verb(word, &clear_verbs);
	form = form != VERB_NONE ? form : find_verb(word, &third_verbs);
	return form != VERB_NONE ? form : find_verb(word, &noun_verbs);
}

bool verb_is_clear(struct slice word)
{
	enum verb_form form = find_verb(word, &clear_verbs);
	return form == VERB_BASE || form == VERB_THIRD || find_verb(word, &third_verbs) == VERB_THIRD;
}
