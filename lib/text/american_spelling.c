// SPDX-License-Identifier: GPL-3.0-or-later
/* american_spelling.c - applies the rows of american_spelling.def to a word. */
#include "lib/text/american_spelling.h"

enum place { WORD, END, ANYWHERE };

struct spelling_row {
	enum place place;
	struct slice british;
	struct slice american;
};

static const struct spelling_row rows[] = {
#define SPELLING(place, british, american) \
	{ place, { british, sizeof british - 1 }, { american, sizeof american - 1 } },
#include "lib/text/american_spelling.def"
#undef SPELLING
};

#define ROW_COUNT (sizeof rows / sizeof *rows)
_Static_assert(ROW_COUNT <= AMERICAN_ROWS_MAX, "raise AMERICAN_ROWS_MAX");

/* The letters of a word, as bits. */
static uint32_t letter_set(struct slice word)
{
	uint32_t set = 0;
	for (size_t i = 0; i < word.length; i++)
		set |= 1u << (word.at[i] & 31);
	return set;
}

static void need_rules(struct american_rules *rules)
{
	for (size_t i = 0; !rules->ready && i < ROW_COUNT; i++)
		rules->letters[i] = letter_set(rows[i].british);
	rules->ready = true;
}

/* Where a row fits; SIZE_MAX where it does not. */
static size_t find_part(const struct spelling_row *r, struct slice word)
{
	size_t length = r->british.length;
	if (length > word.length || (r->place == WORD && length != word.length))
		return SIZE_MAX;
	for (size_t at = r->place == END ? word.length - length : 0; at + length <= word.length; at++)
		if (memcmp(word.at + at, r->british.at, length) == 0)
			return at;
	return SIZE_MAX;
}

bool american_spelling_next(struct american_spelling *a, struct slice *out)
{
	need_rules(a->rules);
	if (a->row == 0)
		a->letters = letter_set(a->word);
	for (; a->row < ROW_COUNT; a->row++) {
		if (a->rules->letters[a->row] & ~a->letters)
			continue;
		const struct spelling_row *r = &rows[a->row];
		size_t at = find_part(r, a->word), behind = at + r->british.length;
		if (at == SIZE_MAX || a->word.length - r->british.length + r->american.length > sizeof a->text)
			continue;
		memcpy(a->text, a->word.at, at);
		memcpy(a->text + at, r->american.at, r->american.length);
		memcpy(a->text + at + r->american.length, a->word.at + behind, a->word.length - behind);
		a->row++;
		*out = (struct slice){ a->text, a->word.length - r->british.length + r->american.length };
		return true;
	}
	return false;
}
