// SPDX-License-Identifier: GPL-3.0-or-later
/* filings.c - folds filings of employers to distinct titles with counts. */
#include <stdlib.h>

#include "indexer/filings.h"

/* Occupation number and text, as a key in f->key. */
static void begin_key(struct filings *f, uint32_t draft, struct error *err)
{
	buffer_clear(&f->key);
	buffer_append(&f->key, &draft, sizeof draft, err);
}

/* The words of a title, folded but in their order: what makes two titles one. */
static bool append_folded(struct filings *f, struct slice title, bool *any, struct error *err)
{
	struct text_words words;
	if (!f->analyzer)
		f->analyzer = tokenizer_new(err);
	if (!f->analyzer || !tokenize(f->analyzer, title, &words, err))
		return false;
	*any = words.count > 0;
	for (size_t i = 0; i < words.count; i++) {
		buffer_append_byte(&f->key, ' ', err);
		buffer_append(&f->key, words.at[i].folded.at, words.at[i].folded.length, err);
	}
	return buffer_ok(&f->key);
}

/* The title that a way of writing belongs to; MAP_NONE where it has no word. */
static bool fold_title(struct filings *f, uint32_t draft, const struct record *r, uint32_t *title, struct error *err)
{
	bool any, added;
	*title = MAP_NONE;
	begin_key(f, draft, err);
	if (!append_folded(f, r->text, &any, err))
		return false;
	if (!any)
		return true;
	if (!map_add(&f->folded, buffer_slice(&f->key), title, &added, err) ||
	    !ARRAY_RESERVE(f->titles, f->title_capacity, *title + 1, err))
		return false;
	struct filed_title *t = &f->titles[*title];
	if (added)
		*t = (struct filed_title){ draft, r->source, 0, arena_copy(&f->arena, r->text, err), NULL };
	return t->text.at != NULL;
}

static bool count_filing(struct filings *f, struct filed_title *t, const struct record *r, struct error *err)
{
	struct filing_count *c = t->counts;
	while (c && (c->programme != r->programme || c->year != r->number))
		c = c->next;
	if (!c) {
		c = arena_alloc(&f->arena, sizeof *c, err);
		if (!c)
			return false;
		*c = (struct filing_count){ t->counts, r->programme, r->number, 0 };
		t->counts = c;
	}
	c->count += r->count;
	t->count += r->count;
	f->total += r->count;
	return true;
}

bool filings_add(struct filings *f, uint32_t draft, const struct record *r, enum reject_reason *why, struct error *err)
{
	uint32_t written;
	bool added;
	begin_key(f, draft, err);
	if (!buffer_append(&f->key, r->text.at, r->text.length, err) ||
	    !map_add(&f->written, buffer_slice(&f->key), &written, &added, err) ||
	    !ARRAY_RESERVE(f->title_of, f->title_of_capacity, written + 1, err) ||
	    (added && !fold_title(f, draft, r, &f->title_of[written], err)))
		return false;
	*why = f->title_of[written] == MAP_NONE ? REJECT_EMPTY : REJECT_NONE;
	return *why != REJECT_NONE || count_filing(f, &f->titles[f->title_of[written]], r, err);
}

static int compare_titles(const void *a, const void *b)
{
	const struct filed_title *x = a, *y = b;
	if (x->draft != y->draft)
		return x->draft < y->draft ? -1 : 1;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return slice_compare(x->text, y->text);
}

void filings_select(struct filings *f, size_t *count)
{
	size_t all = f->folded.count, kept = 0;
	for (size_t i = 0; i < all; i++)
		if (all <= FILED_TITLES_MAX || f->titles[i].count > 1)
			f->titles[kept++] = f->titles[i];
	f->dropped = all - kept;
	if (kept > 1)
		qsort(f->titles, kept, sizeof *f->titles, compare_titles);
	*count = kept;
}

/* Newest first, and of one year in the order of programmes. */
static bool comes_before(const struct filing_count *a, const struct filing_count *b)
{
	return a->year != b->year ? a->year > b->year : a->programme < b->programme;
}

static const struct filing_count *next_count(const struct filed_title *t, const struct filing_count *last)
{
	const struct filing_count *best = NULL;
	for (const struct filing_count *c = t->counts; c; c = c->next)
		if ((!last || comes_before(last, c)) && (!best || comes_before(c, best)))
			best = c;
	return best;
}

bool filings_describe(const struct filed_title *t, struct buffer *out, struct error *err)
{
	static const char *const names[PROGRAMME_COUNT] = { "LCA", "PERM", "PWD", "H-2A", "H-2B", "CW-1" };
	const struct filing_count *c = NULL;
	while ((c = next_count(t, c)) != NULL) {
		buffer_printf(out, err, "%s%s ", out->length ? ", " : "", names[c->programme]);
		if (c->year)
			buffer_printf(out, err, "FY%d ", c->year);
		buffer_printf(out, err, "%u", c->count);
	}
	return buffer_ok(out);
}

void filings_free(struct filings *f)
{
	tokenizer_free(f->analyzer);
	map_free(&f->written);
	map_free(&f->folded);
	memory_free(f->title_of);
	memory_free(f->titles);
	buffer_free(&f->key);
	arena_free(&f->arena);
	*f = (struct filings){ 0 };
}
