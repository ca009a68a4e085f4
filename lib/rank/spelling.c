// SPDX-License-Identifier: GPL-3.0-or-later
/* spelling.c - the best correction of a word: edit distance over the vocabulary of the index, by a noisy channel. */
#include <math.h>

#include "lib/base/edit_distance.h"
#include "lib/index/docstore.h"
#include "lib/index/bloom_filter.h"
#include "lib/text/tokenizer.h"
#include "lib/rank/spelling.h"

/* What edits cost, in doublings of use: measured on the titles of the development sets, read one by one. */
#define COST_FIRST_EDIT 4.0
#define COST_SECOND_EDIT 6.0
#define COST_FIRST_LETTER 4.0   /* the first letter is seldom wrong ... */
#define FIRST_LETTER_SHORTEST 7 /* ... and in a short word its change makes another word */
#define COST_SPLIT 4.0
/* A candidate that two edits lead to, and each half of a split word, is used so often, in doublings. */
#define USE_MIN_SECOND_EDIT 4.0
#define USE_MIN_HALF 5.0
#define HALF_MIN 3

/* The shorter a word, the more words are an edit away by chance: what a candidate has to reach. */
static double score_min(size_t length)
{
	static const double least[] = { [4] = 3.0, [5] = 1.0, [6] = -1.0 };
	return length < sizeof least / sizeof *least ? least[length] : -6.0;
}

/* ... and where the word could be one. */
#define SCORE_SURE 2.0

static const char rebuild[] = "run soc-index verify FILE.soc, and build the index anew";

/* ---- reading ---- */

/* Two bits a letter: it stands in the word, it does so twice or more. */
static uint64_t letter_set(const char *word, size_t length)
{
	uint64_t set = 0;
	for (size_t i = 0; i < length; i++) {
		uint64_t one = (uint64_t)1 << 2 * ((unsigned char)(word[i] - 'a') & 31);
		set |= set & one ? one << 1 : one;
	}
	return set;
}

static bool need_block(struct spelling *s, size_t length, struct spelling_block **out, struct error *err)
{
	struct spelling_block *b = &s->blocks[length];
	char key[16];
	*out = b;
	if (b->loaded)
		return true;
	struct slice stored;
	b->bytes = (struct slice){ "", 0 };
	size_t n = vocabulary_key(length, key);
	if (!hash_table_find(s->records, (struct slice){ key, n }, &stored, err) ||
	    (stored.at && !record_inflate(stored, SLICE(""), &s->arena, &b->bytes, err)))
		return false;
	if (b->bytes.length % (length + 1) != 0)
		return error_set(err, ERROR_DAMAGED, rebuild, "the vocabulary of the index is malformed");
	b->count = b->bytes.length / (length + 1);
	b->loaded = true;
	return true;
}

static bool need_letters(struct spelling_block *b, size_t length, struct error *err)
{
	if (b->letters)
		return true;
	b->letters = memory_new((b->count + 1) * sizeof *b->letters, err);
	for (size_t i = 0; b->letters && i < b->count; i++)
		b->letters[i] = letter_set(b->bytes.at + i * length, length);
	return b->letters != NULL;
}

void spelling_free(struct spelling *s)
{
	for (size_t i = 0; i <= VOCABULARY_LONGEST; i++)
		memory_free(s->blocks[i].letters);
	arena_free(&s->arena);
	*s = (struct spelling){ 0 };
}

/* How often a word is used, in doublings. */
static double use_of(const struct spelling_block *b, size_t length, size_t number)
{
	return (unsigned char)b->bytes.at[b->count * length + number] / VOCABULARY_USE_UNIT;
}

bool spelling_use(struct spelling *s, struct slice word, double *use, struct error *err)
{
	struct spelling_block *b;
	*use = -1.0;
	if (!vocabulary_takes(word))
		return true;
	if (!need_block(s, word.length, &b, err))
		return false;
	size_t from = 0, to = b->count;
	while (from < to) {
		size_t middle = (from + to) / 2;
		int order = memcmp(b->bytes.at + middle * word.length, word.at, word.length);
		if (order == 0) {
			*use = use_of(b, word.length, middle);
			return true;
		}
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return true;
}

bool spelling_has(struct spelling *s, struct slice word, bool *answer, struct error *err)
{
	double use;
	bool ok = spelling_use(s, word, &use, err);
	*answer = ok && use >= 0.0;
	return ok;
}

/* ---- the best candidate ---- */

struct best {
	double score;
	struct slice word;  /* borrowed from a block; of a split word, the left half ... */
	struct slice right; /* ... and the right */
};

static bool at_most_bits(uint64_t set, unsigned most)
{
	for (unsigned i = 0; i < most && set; i++)
		set &= set - 1;
	return set == 0;
}

/* All words of one length. */
static void search_block(const struct spelling_block *b, size_t length, struct slice word, const struct edit_word *p,
			 unsigned most, struct best *best)
{
	uint64_t letters = letter_set(word.at, word.length);
	size_t apart = length > word.length ? length - word.length : word.length - length;
	unsigned bits = 2 * most - (unsigned)apart;
	for (size_t i = 0; i < b->count; i++) {
		if (!at_most_bits(b->letters[i] ^ letters, bits))
			continue;
		const char *candidate = b->bytes.at + i * length;
		unsigned edits = edit_word_distance(p, (struct slice){ candidate, length }, most);
		double use = use_of(b, length, i), score = use - COST_FIRST_EDIT;
		if (edits > most || (edits > 1 && use < USE_MIN_SECOND_EDIT))
			continue;
		score -= edits > 1 ? COST_SECOND_EDIT : 0.0;
		if (candidate[0] != word.at[0]) {
			if (word.length < FIRST_LETTER_SHORTEST || edits > 1)
				continue;
			score -= COST_FIRST_LETTER;
		}
		if (score > best->score)
			*best = (struct best){ score, { candidate, length }, { NULL, 0 } };
	}
}

/* Two words that were written as one. */
static bool search_halves(struct spelling *s, struct slice word, struct best *best, struct error *err)
{
	for (size_t at = HALF_MIN; at + HALF_MIN <= word.length; at++) {
		struct slice left = { word.at, at }, right = { word.at + at, word.length - at };
		double one, two;
		if (!spelling_use(s, left, &one, err))
			return false;
		if (one < USE_MIN_HALF)
			continue;
		if (!spelling_use(s, right, &two, err))
			return false;
		double score = (one < two ? one : two) - COST_SPLIT;
		if (two >= USE_MIN_HALF && score > best->score)
			*best = (struct best){ score, left, right };
	}
	return true;
}

bool spelling_takes(struct slice word)
{
	return word.length >= SPELLING_SHORTEST && vocabulary_takes(word);
}

/* Endings that make one word of another, as the stemmer takes them off. */
static const char *const endings[] = {
	"", "e", "s", "es", "d", "ed", "er", "ers", "r", "rs", "or", "ors", "ing", "ings", "ion", "al", "ly",
};

static bool ends_in(struct slice word, struct slice ending)
{
	return word.length > ending.length &&
	       memcmp(word.at + word.length - ending.length, ending.at, ending.length) == 0;
}

/* Whether `base` and one of the endings are a word of the vocabulary. */
static bool has_ending(struct spelling *s, struct slice base, bool *answer, struct error *err)
{
	char word[VOCABULARY_LONGEST];
	for (size_t i = 0; !*answer && i < sizeof endings / sizeof *endings; i++) {
		struct slice ending = slice_of(endings[i]);
		if (base.length + ending.length > sizeof word)
			continue;
		memcpy(word, base.at, base.length);
		memcpy(word + base.length, ending.at, ending.length);
		if (!spelling_has(s, (struct slice){ word, base.length + ending.length }, answer, err))
			return false;
	}
	return true;
}

static bool need_words(struct spelling *s, struct error *err)
{
	char key[16];
	size_t length = vocabulary_key(0, key);
	return s->words.at || records_find(s->records, (struct slice){ key, length }, &s->words, err);
}

bool spelling_has_form(struct spelling *s, struct slice word, bool *answer, struct error *err)
{
	*answer = need_words(s, err) && bloom_filter_has(s->words, word);
	return s->words.at != NULL;
}

bool spelling_knows(struct spelling *s, struct slice word, struct slice stem, bool *answer, struct error *err)
{
	char base[TEXT_WORD_MAX];
	if (!spelling_has_form(s, word, answer, err))
		return false;
	if (*answer)
		return true;
	memcpy(base, stem.at, stem.length);
	if (!has_ending(s, stem, answer, err))
		return false;
	if (!*answer && stem.length && stem.at[stem.length - 1] == 'i') {
		base[stem.length - 1] = 'y'; /* carried, carries: the stem is carri */
		if (!spelling_has(s, (struct slice){ base, stem.length }, answer, err))
			return false;
	}
	for (size_t i = 1; !*answer && i < sizeof endings / sizeof *endings; i++) {
		struct slice ending = slice_of(endings[i]);
		if (ends_in(word, ending) &&
		    !spelling_has(s, (struct slice){ word.at, word.length - ending.length }, answer, err))
			return false;
	}
	return true;
}

bool spelling_correct(struct spelling *s, struct slice word, bool sure, struct buffer *out, struct error *err)
{
	struct best best = { .score = sure ? SCORE_SURE : score_min(word.length) - 0.01 };
	struct edit_word p;
	unsigned most = word.length >= SPELLING_TWO_EDITS && !sure ? 2 : 1;
	size_t shortest = word.length - most, longest = word.length + most;
	edit_word_prepare(word, &p);
	for (size_t length = shortest < VOCABULARY_SHORTEST ? VOCABULARY_SHORTEST : shortest;
	     length <= longest && length <= VOCABULARY_LONGEST; length++) {
		struct spelling_block *b;
		if (!need_block(s, length, &b, err) || !need_letters(b, length, err))
			return false;
		search_block(b, length, word, &p, most, &best);
	}
	if (!sure && !search_halves(s, word, &best, err))
		return false;
	return buffer_append(out, best.word.at, best.word.length, err) &&
	       (best.right.length == 0 ||
		(buffer_append_byte(out, ' ', err) && buffer_append(out, best.right.at, best.right.length, err)));
}
