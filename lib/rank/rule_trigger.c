// SPDX-License-Identifier: GPL-3.0-or-later
/* rule_trigger.c - the triggers of rules in a string map, looked up word by word, so that most texts need no regular expression
 * at all. */
#include "lib/base/ascii.h"
#include "lib/rank/rule_trigger.h"

/* Longer words are no triggers. */
#define TRIGGER_MAX 24

static bool is_word_character(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c);
}

static bool add_word(struct rule_trigger *t, struct slice word, uint64_t rule, struct error *err)
{
	uint32_t number;
	bool added;
	if (!ARRAY_RESERVE(t->rules, t->capacity, t->words.count + 1, err) ||
	    !map_add(&t->words, word, &number, &added, err))
		return false;
	t->rules[number] = (added ? 0 : t->rules[number]) | rule;
	return true;
}

bool rule_trigger_add(struct rule_trigger *t, unsigned rule, const char *list, struct error *err)
{
	uint64_t bit = UINT64_C(1) << rule;
	size_t length;
	for (const char *at = list; *at; at += length + strspn(at + length, " ")) {
		length = strcspn(at, " ");
		struct slice trigger = { at, length };
		unsigned char first = (unsigned char)*at;
		if (slice_equal(trigger, SLICE("0")))
			t->digit |= bit;
		else if (slice_equal(trigger, SLICE("0000")))
			t->digits |= bit;
		else if (first < 128 && !is_word_character(*at))
			t->signs[first] |= bit;
		else if (!add_word(t, trigger, bit, err))
			return false;
	}
	return true;
}

/* The rules of a word as written. */
static uint64_t rules_of(const struct rule_trigger *t, struct slice word)
{
	char lower[TRIGGER_MAX];
	size_t digits = 0;
	for (size_t i = 0; i < word.length; i++) {
		if (i < TRIGGER_MAX)
			lower[i] = ascii_to_lower(word.at[i]);
		digits += ascii_is_digit(word.at[i]);
	}
	uint32_t number =
		word.length > TRIGGER_MAX ? MAP_NONE : map_find(&t->words, (struct slice){ lower, word.length });
	return (number == MAP_NONE ? 0 : t->rules[number]) | (digits ? t->digit : 0) | (digits >= 4 ? t->digits : 0);
}

uint64_t rule_trigger_find(const struct rule_trigger *t, struct slice text)
{
	uint64_t rules = 0;
	for (size_t i = 0; i < text.length;) {
		unsigned char first = (unsigned char)text.at[i];
		size_t begin = i;
		while (i < text.length && is_word_character(text.at[i]))
			i++;
		if (i > begin)
			rules |= rules_of(t, (struct slice){ text.at + begin, i - begin });
		else if (i++, first < 128)
			rules |= t->signs[first];
	}
	return rules;
}

void rule_trigger_free(struct rule_trigger *t)
{
	map_free(&t->words);
	memory_free(t->rules);
	*t = (struct rule_trigger){ 0 };
}
