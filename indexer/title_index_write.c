// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * title_index_write.c - title entries: which of them hold a word, and the labels of each.
 */
#include <math.h>
#include <stdlib.h>

#include "indexer/invert.h"

/* ---- title entries by word ---- */

static size_t title_entry_words(const struct inverted *v, uint32_t title_entry, const uint32_t **words)
{
	struct slice key = map_key(&v->title_entries, title_entry);
	*words = (const uint32_t *)(const void *)key.at; /* arenas align every piece */
	return key.length / sizeof **words;
}

bool title_entries_order(const struct inverted *v, struct title_entries_by_word *out, struct error *err)
{
	const uint32_t *words;
	size_t total = 0;
	out->first = memory_new((v->words.count + 2) * sizeof *out->first, err);
	if (!out->first)
		return false;
	for (uint32_t b = 0; b < v->title_entries.count; b++) {
		size_t n = title_entry_words(v, b, &words);
		total += n;
		for (size_t i = 0; i < n; i++)
			out->first[words[i] + 2]++;
	}
	out->title_entries = memory_new((total + 1) * sizeof *out->title_entries, err);
	if (!out->title_entries)
		return false;
	for (size_t w = 0; w < v->words.count; w++)
		out->first[w + 1] += out->first[w];
	for (uint32_t b = 0; b < v->title_entries.count; b++) {
		size_t n = title_entry_words(v, b, &words);
		for (size_t i = 0; i < n; i++)
			out->title_entries[out->first[words[i] + 1]++] = b;
	}
	return true;
}

void title_entries_by_word_free(struct title_entries_by_word *b)
{
	memory_free(b->first);
	memory_free(b->title_entries);
}

void title_entries_pack(const struct title_entries_by_word *b, uint32_t word, struct buffer *out, struct error *err)
{
	uint32_t next = 0;
	for (uint32_t i = b->first[word]; i < b->first[word + 1]; i++) {
		pack_number(out, b->title_entries[i] + 1 - next, err);
		next = b->title_entries[i] + 1;
	}
}

/* ---- the titles of an occupation ---- */

static void pack_fresh(struct title_entry_lists *t, struct error *err)
{
	if (t->fresh > 0)
		pack_number(&t->packed, 2 * (uint64_t)t->fresh - 1, err);
	t->fresh = 0;
}

void title_entries_begin_titles(struct inverted *v, uint32_t occupation)
{
	struct title_entry_lists *t = &v->title_entry_lists;
	pack_fresh(t, v->err);
	if (t->packed.length > UINT32_MAX)
		error_set(v->err, ERROR_LIMIT, "index fewer sources at once", "too many titles");
	t->first[occupation] = (uint32_t)t->packed.length;
	t->next = 0;
	pack_number(&t->packed, v->title_entries.count, v->err);
}

/* Of titles that are said again, the next one often follows on the last. */
void title_entries_note_title(struct inverted *v, uint32_t title_entry, bool added)
{
	struct title_entry_lists *t = &v->title_entry_lists;
	if (added) {
		t->fresh++;
		return;
	}
	pack_fresh(t, v->err);
	uint64_t step = title_entry >= t->next ? 2 * (uint64_t)(title_entry - t->next)
					       : 2 * (uint64_t)(t->next - title_entry) - 1;
	pack_number(&t->packed, title_entry == MAP_NONE ? 0 : 2 * step + 2, v->err);
	if (title_entry != MAP_NONE)
		t->next = title_entry + 1;
}

void title_entries_pack_titles(const struct inverted *v, struct buffer *out, struct error *err)
{
	const struct title_entry_lists *t = &v->title_entry_lists;
	size_t count = v->g->codes.count;
	for (size_t o = 0; o <= count; o++)
		pack_little(out, t->first[o], 4, err);
	buffer_append(out, t->packed.at, t->first[count], err);
}

/* ---- the title entry table ---- */

static uint32_t to_units(double value, double unit, uint32_t most)
{
	double units = floor(value * unit + 0.5);
	return units < 1.0 ? 1 : units > (double)most ? most : (uint32_t)units;
}

static uint32_t pack_label(const struct title_entry_pair *p)
{
	return p->publishers | to_units((double)p->weight, TITLE_ENTRY_WEIGHT_UNIT, TITLE_ENTRY_WEIGHT_MAX);
}

static int compare_pairs(const void *a, const void *b)
{
	const struct title_entry_pair *x = a, *y = b;
	if (x->title_entry != y->title_entry)
		return x->title_entry < y->title_entry ? -1 : 1;
	return x->occupation < y->occupation ? -1 : x->occupation > y->occupation;
}

/* One pair for each title entry and occupation, their weights added. */
static void fold_pairs(struct inverted *v)
{
	size_t kept = 0;
	if (v->pair_count > 1)
		qsort(v->pairs, v->pair_count, sizeof *v->pairs, compare_pairs);
	for (size_t i = 0; i < v->pair_count; i++) {
		struct title_entry_pair *p = &v->pairs[i];
		if (kept == 0 || compare_pairs(&v->pairs[kept - 1], p) != 0) {
			v->pairs[kept++] = *p;
			continue;
		}
		v->pairs[kept - 1].weight += p->weight;
		v->pairs[kept - 1].publishers |= p->publishers;
	}
	v->pair_count = kept;
}

/* Where the pairs of a title entry end, which begin at `from`. */
static size_t end_of_title_entry(const struct inverted *v, size_t from)
{
	size_t end = from;
	while (end < v->pair_count && v->pairs[end].title_entry == v->pairs[from].title_entry)
		end++;
	return end;
}

/* Pairs are in the order of occupations, and so of SOC codes. */
size_t inverted_shared_titles(const struct inverted *v)
{
	size_t shared = 0;
	for (size_t i = 0, end; i < v->pair_count; i = end) {
		end = end_of_title_entry(v, i);
		shared += v->soc_of[v->pairs[i].occupation] != v->soc_of[v->pairs[end - 1].occupation];
	}
	return shared;
}

static double title_entry_norm(const struct inverted *v, const struct title_entries_by_word *by_word,
			       uint32_t title_entry)
{
	const uint32_t *words;
	size_t n = title_entry_words(v, title_entry, &words);
	double sum = 0.0;
	for (size_t i = 0; i < n; i++) {
		uint32_t occurrences = by_word->first[words[i] + 1] - by_word->first[words[i]];
		double idf = log(1.0 + (double)v->title_entries.count / occurrences);
		sum += idf * idf;
	}
	return sqrt(sum);
}

/* One number for each title entry; the pairs of title entries with several occupations go to `pairs`. */
static void pack_references(const struct inverted *v, struct buffer *out, struct buffer *pairs, struct error *err)
{
	for (size_t from = 0, end; from < v->pair_count; from = end) {
		end = end_of_title_entry(v, from);
		const struct title_entry_pair *p = &v->pairs[from], *last = &v->pairs[end - 1];
		uint32_t single = p->occupation << 16 | pack_label(p);
		pack_little(out, p == last ? TITLE_ENTRY_SINGLE | single : (uint32_t)(pairs->length / 4), 4, err);
		for (; end - from > 1 && p <= last; p++) {
			pack_little(pairs, p->occupation | (p == last ? TITLE_ENTRY_LAST : 0), 2, err);
			pack_little(pairs, pack_label(p), 2, err);
		}
	}
}

void title_entries_pack_table(struct inverted *v, const struct title_entries_by_word *by_word, struct buffer *out,
			      struct error *err)
{
	struct buffer references = { 0 }, pairs = { 0 };
	fold_pairs(v);
	pack_references(v, &references, &pairs, err);
	pack_little(out, (uint32_t)v->title_entries.count, 4, err);
	pack_little(out, (uint32_t)(pairs.length / 4), 4, err);
	for (uint32_t b = 0; b < v->title_entries.count; b++)
		pack_little(out, to_units(title_entry_norm(v, by_word, b), TITLE_ENTRY_NORM_UNIT, UINT16_MAX), 2, err);
	buffer_append(out, references.at, references.length, err);
	buffer_append(out, pairs.at, pairs.length, err);
	buffer_free(&references);
	buffer_free(&pairs);
}
