// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * title_variants.c - acronyms in brackets, and the head word of a title.
 */
#include "lib/text/title_variants.h"

#include "lib/base/ascii.h"
#include "lib/text/stopwords.h"
#include "lib/text/verb_forms.h"

#define ACRONYM_MAX 16

/* All letters of `s` in lower case; 0 where there are more than an acronym has. */
static size_t letters(struct slice s, char out[ACRONYM_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < s.length; i++) {
		if (!ascii_is_letter(s.at[i]))
			continue;
		if (n == ACRONYM_MAX)
			return 0;
		out[n++] = ascii_to_lower(s.at[i]);
	}
	return n;
}

/* Whether `brief`, small letters, is the first letters of the words of `full` that are no stop words. */
static bool is_initials(struct slice full, const char *brief, size_t count)
{
	size_t n = 0, i = 0;
	while (i < full.length) {
		char word[8];
		size_t start = i, length = 0;
		for (; i < full.length && ascii_is_letter(full.at[i]); i++)
			if (length < sizeof word)
				word[length++] = ascii_to_lower(full.at[i]);
		if (i == start) {
			i++;
			continue;
		}
		if (i - start < sizeof word && text_is_stop((struct slice){ word, length }))
			continue;
		if (n == count || brief[n++] != word[0])
			return false;
	}
	return n == count;
}

/* Whether `brief` is made of the initials of `full`. */
static bool is_acronym(struct slice brief, struct slice full)
{
	char initials[ACRONYM_MAX];
	size_t n = letters(brief, initials);
	return n >= 2 && is_initials(full, initials, n);
}

size_t title_variants(struct slice title, struct slice readings[TITLE_VARIANTS_MAX])
{
	title = slice_trim(title);
	readings[0] = title;
	if (title.length == 0 || title.at[title.length - 1] != ')')
		return 1;
	const char *open = memchr(title.at, '(', title.length);
	if (!open)
		return 1;
	struct slice before = slice_trim((struct slice){ title.at, (size_t)(open - title.at) });
	struct slice inside = { open + 1, (size_t)(title.at + title.length - 1 - (open + 1)) };
	if (before.length == 0 || inside.length == 0 || memchr(inside.at, '(', inside.length) ||
	    memchr(inside.at, ')', inside.length))
		return 1;
	if (!is_acronym(inside, before) && !is_acronym(before, inside))
		return 1;
	readings[0] = before;
	readings[1] = inside;
	return 2;
}

/* ---- the head word ---- */

/* A word behind which the qualifications of a title begin. */
static bool ends_clause(const struct text_word *w)
{
	return w->stop && word_is_listed(w->term, "at for in of to with");
}

const struct text_word *text_head(struct text_words title)
{
	const struct text_word *head = NULL;
	for (size_t i = 0; i < title.count; i++) {
		const struct text_word *w = &title.at[i];
		if (head && (w->clause || ends_clause(w)))
			return head;
		if (!w->stop && !w->grade)
			head = w;
	}
	for (size_t i = title.count; !head && i-- > 0;)
		if (!title.at[i].stop)
			head = &title.at[i];
	return head;
}
