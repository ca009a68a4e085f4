// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * tokenizer.h - the one way of turning text into terms, used by the indexer and by the query side alike.
 *
 * A word is a run of letters, marks and digits, with these additions that occupations need:
 *   - `+` and `#` directly behind a word belong to it (C++, C#);
 *   - `&` between two single letters joins them (R&D);
 *   - single letters with full stops between them are one word (R.N., U.S.A.);
 *   - an apostrophe inside a word is dropped, with an `s` behind it (driver's -> driver).
 * Everything else separates.  Words are compatibility-decomposed, case-folded and stripped of marks
 * (Unicode TR15 and TR30 as done by utf8proc), then reduced to a term by Snowball's English stemmer
 * (Porter2, https://snowballstem.org).  Measured on titles and on duties, it beat plain words, the removal
 * of plurals alone, and the first Porter stemmer.
 */
#ifndef SOC_TEXT_TOKENIZER_H
#define SOC_TEXT_TOKENIZER_H

#include "lib/base/string_map.h"
#include "lib/text/stem_filter.h"

/* Longer words are cut to this many bytes: no occupation has one, and a term must fit its posting list. */
#define TEXT_WORD_MAX 64

struct text_word {
	struct slice term;   /* the stem, which is indexed; owned by the tokenizer until its next call */
	struct slice folded; /* the word before stemming; as long-lived */
	uint32_t start;      /* the word as written: bytes from the beginning of the text ... */
	uint32_t length;     /* ... and how many */
	uint32_t position;   /* 1, 2, 3 ... counting every word, stop words too */
	uint32_t number;     /* of tokenize_find() alone: the number of its stem in the stem_set, or MAP_NONE */
	bool stop;           /* a function word: it carries no meaning of its own */
	bool grade;          /* a grade, not an occupation: senior, Jr, II, 3 */
	bool clause;         /* the first word behind a comma, full stop, bracket, slash, dash or line end */
};

struct text_words {
	const struct text_word *at; /* owned by the tokenizer until its next call, or by whom they were copied for */
	size_t count;
};

struct tokenizer;

/* One tokenizer a thread.  NULL with ERROR_MEMORY. */
struct tokenizer *tokenizer_new(struct error *err);
void tokenizer_free(struct tokenizer *a);

/* Split `text` (any bytes; what is not UTF-8 separates words) into words in order.  At most 4 GiB. */
bool tokenize(struct tokenizer *a, struct slice text, struct text_words *out, struct error *err);

/* As tokenize() for a caller that needs some stems alone: the term of a word that cannot have one of them may be empty,
 * but for stop words.  Stemming is most of the work. */
bool tokenize_for(struct tokenizer *a, struct slice text, const struct stem_filter *stems, struct text_words *out,
		  struct error *err);

/* Stems that are searched for in many texts, each by the number that a map has for it. */
struct stem_set {
	const struct map *stems;
	struct stem_filter beginnings;
	uint32_t id; /* of all sets that its tokenizer has had */
};

/* Search for the stems of a map, which is borrowed, with this tokenizer; no key may be added to it meanwhile. */
void stem_set_begin(struct tokenizer *a, const struct map *stems, struct stem_set *out);

/* As tokenize_for(), and each word that is no stop word has its number: a word that comes again costs no search.  The
 * term of others than stop words may be empty. */
bool tokenize_find(struct tokenizer *a, struct slice text, const struct stem_set *set, struct text_words *out,
		   struct error *err);

/* The same words in memory of the arena: words, terms and all.  *out may be `words` itself. */
bool text_words_copy(struct text_words words, struct arena *arena, struct text_words *out, struct error *err);

#endif
