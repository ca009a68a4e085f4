// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * title_index_write.c - titles as bags of words: which bags hold a word, and for which occupations a bag speaks.
 */
#include <math.h>
#include <stdlib.h>

#include "indexer/inverted_index.h"

/* ---- bags by word ---- */

static size_t bag_words(const struct inverted *v, uint32_t bag, const uint32_t **words)
{
	struct slice key = map_key(&v->bags, bag);
	*words = (const uint32_t *)(const void *)key.at; /* arenas align every piece */
	return key.length / sizeof **words;
}

bool bags_order(const struct inverted *v, struct bags_by_word *out, struct error *err)
{
	const uint32_t *words;
	size_t total = 0;
	out->first = memory_new((v->words.count + 2) * sizeof *out->first, err);
	if (!out->first)
		return false;
	for (uint32_t b = 0; b < v->bags.count; b++) {
		size_t n = bag_words(v, b, &words);
		total += n;
		for (size_t i = 0; i < n; i++)
			out->first[words[i] + 2]++;
	}
	out->bags = memory_new((total + 1) * sizeof *out->bags, err);
	if (!out->bags)
		return false;
	for (size_t w = 0; w < v->words.count; w++)
		out->first[w + 1] += out->first[w];
	for (uint32_t b = 0; b < v->bags.count; b++) {
		size_t n = bag_words(v, b, &words);
		for (size_t i = 0; i < n; i++)
			out->bags[out->first[words[i] + 1]++] = b;
	}
	return true;
}

void bags_by_word_free(struct bags_by_word *b)
{
	memory_free(b->first);
	memory_free(b->bags);
}

bool bags_pack(const struct bags_by_word *b, uint32_t word, struct buffer *out, struct error *err)
{
	uint32_t next = 0;
	for (uint32_t i = b->first[word]; i < b->first[word + 1]; i++) {
		if (!pack_number(out, b->bags[i] + 1 - next, err))
			return false;
		next = b->bags[i] + 1;
	}
	return true;
}

/* ---- the titles of an occupation ---- */

static bool pack_fresh(struct title_bags *t, struct error *err)
{
	uint32_t fresh = t->fresh;
	t->fresh = 0;
	return fresh == 0 || pack_number(&t->packed, 2 * (uint64_t)fresh - 1, err);
}

bool bags_begin_titles(struct inverted *v, uint32_t occupation, struct error *err)
{
	struct title_bags *t = &v->title_bags;
	if (!pack_fresh(t, err))
		return false;
	if (t->packed.length > UINT32_MAX)
		return error_set(err, ERROR_LIMIT, "index fewer sources at once", "too many titles");
	t->first[occupation] = (uint32_t)t->packed.length;
	t->next = 0;
	return pack_number(&t->packed, v->bags.count, err);
}

/* Of titles that are said again, the next one often follows on the last. */
bool bags_note_title(struct inverted *v, uint32_t bag, bool added, struct error *err)
{
	struct title_bags *t = &v->title_bags;
	if (added) {
		t->fresh++;
		return true;
	}
	if (!pack_fresh(t, err))
		return false;
	if (bag == MAP_NONE)
		return pack_number(&t->packed, 0, err);
	uint64_t step = bag >= t->next ? 2 * (uint64_t)(bag - t->next) : 2 * (uint64_t)(t->next - bag) - 1;
	t->next = bag + 1;
	return pack_number(&t->packed, 2 * step + 2, err);
}

bool bags_end_titles(struct inverted *v, struct error *err)
{
	return bags_begin_titles(v, (uint32_t)v->g->codes.count, err);
}

bool bags_pack_titles(const struct inverted *v, struct buffer *out, struct error *err)
{
	const struct title_bags *t = &v->title_bags;
	size_t count = v->g->codes.count;
	bool ok = true;
	for (size_t o = 0; ok && o <= count; o++)
		ok = pack_little(out, t->first[o], 4, err);
	return ok && buffer_append(out, t->packed.at, t->first[count], err);
}

/* ---- the bag table ---- */

static uint32_t to_units(double value, double unit)
{
	double units = floor(value * unit + 0.5);
	return units < 1.0 ? 1 : units > 65535.0 ? 65535 : (uint32_t)units;
}

static int compare_pairs(const void *a, const void *b)
{
	const struct bag_pair *x = a, *y = b;
	if (x->bag != y->bag)
		return x->bag < y->bag ? -1 : 1;
	return x->occupation < y->occupation ? -1 : x->occupation > y->occupation;
}

/* One pair for each bag and occupation, their weights added. */
static void fold_pairs(struct inverted *v)
{
	size_t kept = 0;
	if (v->pair_count > 1)
		qsort(v->pairs, v->pair_count, sizeof *v->pairs, compare_pairs);
	for (size_t i = 0; i < v->pair_count; i++) {
		struct bag_pair *p = &v->pairs[i];
		if (kept > 0 && compare_pairs(&v->pairs[kept - 1], p) == 0)
			v->pairs[kept - 1].weight += p->weight;
		else
			v->pairs[kept++] = *p;
	}
	v->pair_count = kept;
}

size_t inverted_shared_titles(const struct inverted *v)
{
	size_t shared = 0;
	for (size_t i = 0, end; i < v->pair_count; i = end) {
		bool several = false;
		for (end = i + 1; end < v->pair_count && v->pairs[end].bag == v->pairs[i].bag; end++)
			several |= memcmp(v->g->drafts[v->pairs[end].occupation].said.code.at,
					  v->g->drafts[v->pairs[i].occupation].said.code.at, 7) != 0;
		shared += several;
	}
	return shared;
}

static double bag_norm(const struct inverted *v, const struct bags_by_word *by_word, uint32_t bag)
{
	const uint32_t *words;
	size_t n = bag_words(v, bag, &words);
	double sum = 0.0;
	for (size_t i = 0; i < n; i++) {
		uint32_t holders = by_word->first[words[i] + 1] - by_word->first[words[i]];
		double idf = log(1.0 + (double)v->bags.count / holders);
		sum += idf * idf;
	}
	return sqrt(sum);
}

/* Where the pairs of a bag end, which begin at `from`. */
static size_t end_of_bag(const struct inverted *v, size_t from)
{
	size_t end = from;
	while (end < v->pair_count && v->pairs[end].bag == v->pairs[from].bag)
		end++;
	return end;
}

/* One number for each bag; the pairs of bags with several occupations go to `pairs`. */
static bool pack_references(const struct inverted *v, struct buffer *out, struct buffer *pairs, struct error *err)
{
	bool ok = true;
	for (size_t from = 0, end; ok && from < v->pair_count; from = end) {
		end = end_of_bag(v, from);
		if (end - from == 1) {
			ok = pack_little(out,
					 BAG_SINGLE | v->pairs[from].occupation << 16 |
						 to_units(v->pairs[from].weight, BAG_WEIGHT_UNIT),
					 4, err);
			continue;
		}
		ok = pack_little(out, (uint32_t)(pairs->length / 4), 4, err);
		for (size_t i = from; ok && i < end; i++)
			ok = pack_little(pairs, v->pairs[i].occupation | (i + 1 == end ? BAG_LAST : 0), 2, err) &&
			     pack_little(pairs, to_units(v->pairs[i].weight, BAG_WEIGHT_UNIT), 2, err);
	}
	return ok;
}

bool bags_pack_table(struct inverted *v, const struct bags_by_word *by_word, struct buffer *out, struct error *err)
{
	struct buffer references = { 0 }, pairs = { 0 };
	fold_pairs(v);
	bool ok = pack_references(v, &references, &pairs, err) && pack_little(out, (uint32_t)v->bags.count, 4, err) &&
		  pack_little(out, (uint32_t)(pairs.length / 4), 4, err);
	for (uint32_t b = 0; ok && b < v->bags.count; b++)
		ok = pack_little(out, to_units(bag_norm(v, by_word, b), BAG_NORM_UNIT), 2, err);
	ok = ok && buffer_append(out, references.at, references.length, err) &&
	     buffer_append(out, pairs.at, pairs.length, err);
	buffer_free(&references);
	buffer_free(&pairs);
	return ok;
}
