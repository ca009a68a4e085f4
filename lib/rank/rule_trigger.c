// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/base/ascii.h"
#include "lib/rank/rule_trigger.h"

/* A word that is a cue; open addressing, by FNV-1a.  A table has room for many more than it ever gets. */
struct cue {
	const char *word; /* NULL: the slot is free */
	size_t length;
	uint64_t rules;
};

#define SLOTS 2048u
#define HASH_BEGIN 2166136261u

static uint32_t hash_byte(uint32_t hash, char c)
{
	return (hash ^ (unsigned char)c) * 16777619u;
}

static struct cue *find_word(struct cue *words, uint32_t hash, struct slice word)
{
	for (uint32_t i = hash;; i++) {
		struct cue *cue = &words[i % SLOTS];
		if (!cue->word || slice_equal_nocase((struct slice){ cue->word, cue->length }, word))
			return cue;
	}
}

static bool is_word_character(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c);
}

static void add(struct rule_trigger *c, struct slice cue, uint64_t rule)
{
	unsigned char first = (unsigned char)cue.at[0];
	if (slice_equal(cue, SLICE("0"))) {
		c->digit |= rule;
	} else if (slice_equal(cue, SLICE("0000"))) {
		c->digits |= rule;
	} else if (first < 128 && !is_word_character(cue.at[0])) {
		c->signs[first] |= rule;
	} else {
		uint32_t hash = HASH_BEGIN;
		for (size_t i = 0; i < cue.length; i++)
			hash = hash_byte(hash, cue.at[i]);
		struct cue *word = find_word(c->words, hash, cue);
		word->word = cue.at;
		word->length = cue.length;
		word->rules |= rule;
	}
}

bool rule_trigger_add(struct rule_trigger *c, unsigned rule, const char *list, struct error *err)
{
	if (!c->words)
		c->words = memory_new(SLOTS * sizeof *c->words, err);
	for (const char *at = list; c->words && *at;) {
		size_t length = strcspn(at, " ");
		add(c, (struct slice){ at, length }, UINT64_C(1) << rule);
		at += length + strspn(at + length, " ");
	}
	return c->words != NULL;
}

uint64_t rule_trigger_find(const struct rule_trigger *c, struct slice text)
{
	uint64_t rules = 0;
	for (size_t i = 0; i < text.length;) {
		unsigned char first = (unsigned char)text.at[i];
		size_t begin = i, digits = 0;
		uint32_t hash = HASH_BEGIN;
		for (; i < text.length && is_word_character(text.at[i]); i++) {
			hash = hash_byte(hash, ascii_to_lower(text.at[i]));
			digits += ascii_is_digit(text.at[i]);
		}
		if (i > begin) {
			rules |= find_word(c->words, hash, (struct slice){ text.at + begin, i - begin })->rules;
			rules |= digits >= 4 ? c->digit | c->digits : digits ? c->digit : 0;
		} else {
			rules |= first < 128 ? c->signs[first] : 0;
			i++;
		}
	}
	return rules;
}

void rule_trigger_free(struct rule_trigger *c)
{
	memory_free(c->words);
	*c = (struct rule_trigger){ 0 };
}
