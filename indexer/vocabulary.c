// SPDX-License-Identifier: GPL-3.0-or-later
/* vocabulary.c - counts words as they are written, and writes those that misspelt ones are corrected to. */
#include <math.h>
#include <stdlib.h>

#include "indexer/vocabulary.h"
#include "lib/base/ascii.h"
#include "lib/index/bloom_filter.h"

/* A word that is used less per VOCABULARY_WORDS is not worth its bytes: what is corrected to it could as well be
 * another rare word that the index has not. */
#define USES_MIN 2.5

/* Of the filter over all words, for each.  A misspelt word that it lets pass stays as it is. */
#define FILTER_BITS 6

/* A word of so many letters at most that is never written with small ones is an acronym, and nothing is corrected to
 * it. */
#define ACRONYM_LETTERS_MAX 6

static bool has_small_letter(struct slice written)
{
	size_t i = 0;
	while (i < written.length && !ascii_is_lower(written.at[i]))
		i++;
	return i < written.length;
}

bool vocabulary_count(struct vocabulary *v, struct slice text, struct text_words words, bool trusted, struct error *err)
{
	for (size_t i = 0; i < words.count; i++) {
		const struct text_word *w = &words.at[i];
		uint32_t number;
		bool added;
		if (!vocabulary_is_plain(w->folded))
			continue;
		if (!ARRAY_RESERVE(v->uses, v->capacity, v->words.count + 1, err) ||
		    !map_add(&v->words, w->folded, &number, &added, err))
			return false;
		if (added)
			v->uses[number] = (struct word_uses){ 0 };
		v->uses[number].all += trusted;
		v->uses[number].small += trusted && has_small_letter((struct slice){ text.at + w->start, w->length });
	}
	return true;
}

struct word_uses vocabulary_uses(const struct vocabulary *v, struct slice word)
{
	uint32_t number = map_find(&v->words, word);
	return number == MAP_NONE ? (struct word_uses){ 0 } : v->uses[number];
}

double vocabulary_scale(const struct vocabulary *v)
{
	double all = 0.0;
	for (size_t i = 0; i < v->words.count; i++)
		all += v->uses[i].all;
	return all > 0.0 ? VOCABULARY_WORDS / all : 1.0;
}

struct counted_word {
	struct slice word;
	double uses; /* in VOCABULARY_WORDS */
};

static int compare_words(const void *a, const void *b)
{
	const struct counted_word *x = a, *y = b;
	if (x->word.length != y->word.length)
		return x->word.length < y->word.length ? -1 : 1;
	return slice_compare(x->word, y->word);
}

static unsigned char pack_uses(double uses)
{
	double units = floor(VOCABULARY_USE_UNIT * log2(1.0 + uses) + 0.5);
	return units > 255.0 ? 255 : (unsigned char)units;
}

/* Write words, all of one length. */
static bool write_length(const struct counted_word *at, size_t count, struct hash_table_writer *records,
			 struct error *err)
{
	struct buffer block = { 0 };
	char key[16];
	for (size_t i = 0; i < count; i++)
		buffer_append(&block, at[i].word.at, at[i].word.length, err);
	for (size_t i = 0; i < count; i++)
		buffer_append_byte(&block, (char)pack_uses(at[i].uses), err);
	size_t length = vocabulary_key(at[0].word.length, key);
	bool ok = buffer_ok(&block) && records_add(records, (struct slice){ key, length }, buffer_slice(&block), err);
	buffer_free(&block);
	return ok;
}

static bool write_filter(const struct vocabulary *v, struct hash_table_writer *records, struct error *err)
{
	struct buffer filter = { 0 };
	char key[16];
	bool ok = bloom_filter_make(v->words.count, FILTER_BITS, &filter, err);
	for (uint32_t i = 0; ok && i < v->words.count; i++)
		bloom_filter_add(&filter, map_key(&v->words, i));
	size_t length = vocabulary_key(0, key);
	ok = ok && hash_table_add(records, (struct slice){ key, length }, buffer_slice(&filter), err);
	buffer_free(&filter);
	return ok;
}

bool vocabulary_write(struct vocabulary *v, struct hash_table_writer *records, struct error *err)
{
	size_t count = 0;
	double scale = vocabulary_scale(v);
	struct counted_word *sorted = memory_new((v->words.count + 1) * sizeof *sorted, err);
	bool ok = sorted != NULL && write_filter(v, records, err);
	for (uint32_t i = 0; ok && i < v->words.count; i++) {
		struct slice word = map_key(&v->words, i);
		bool acronym = word.length <= ACRONYM_LETTERS_MAX && v->uses[i].small == 0;
		if (vocabulary_takes(word) && !text_is_stop(word) && !acronym && v->uses[i].all * scale >= USES_MIN)
			sorted[count++] = (struct counted_word){ word, v->uses[i].all * scale };
	}
	if (ok && count > 1)
		qsort(sorted, count, sizeof *sorted, compare_words);
	for (size_t i = 0, end; ok && i < count; i = end) {
		for (end = i + 1; end < count && sorted[end].word.length == sorted[i].word.length; end++)
			;
		ok = write_length(sorted + i, end - i, records, err);
	}
	v->written = count;
	memory_free(sorted);
	return ok;
}

void vocabulary_free(struct vocabulary *v)
{
	map_free(&v->words);
	memory_free(v->uses);
	*v = (struct vocabulary){ 0 };
}
