// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * filings.h - millions of filings folded to distinct titles under each occupation, with counts per programme and
 * year.  Who filed is never stored.
 */
#ifndef SOC_INDEXER_FILINGS_H
#define SOC_INDEXER_FILINGS_H

#include "corpus/record.h"
#include "lib/text/tokenizer.h"

/* Filings of one title under one occupation, in one programme and year. */
struct filing_count {
	struct filing_count *next;
	enum programme programme;
	int year; /* fiscal; 0: unknown */
	uint32_t count;
};

struct filed_title {
	uint32_t draft;    /* the occupation */
	uint32_t source;   /* the first that had it */
	uint32_t count;    /* over all programmes and years */
	struct slice text; /* as first written */
	struct filing_count *counts;
};

/* Zero-initialise; filings_free() after use. */
struct filings {
	struct arena arena;
	struct tokenizer *analyzer;
	struct map written; /* occupation and title as written -> number in `title_of` */
	uint32_t *title_of;
	size_t title_of_capacity;
	struct map folded; /* occupation and folded words -> number in `titles` */
	struct filed_title *titles;
	size_t title_capacity;
	uint64_t total;   /* filings taken */
	uint64_t dropped; /* distinct titles left out by filings_select() */
	struct buffer key;
};

/* Count one filing for an occupation.  A title without any word is REJECT_EMPTY in *why, and true. */
bool filings_add(struct filings *f, uint32_t draft, const struct record *record, enum reject_reason *why,
		 struct error *err);

/* More distinct titles than this are more than ranking gains from: those filed once are left out then. */
#define FILED_TITLES_MAX 150000

/* Order by occupation, then most filed first, then title; leave out what is too much.  Call once, at the end;
 * f->titles then holds *count titles. */
void filings_select(struct filings *f, size_t *count);

/* "LCA FY2024 226, PERM FY2023 12", newest first; appended to *out. */
bool filings_describe(const struct filed_title *title, struct buffer *out, struct error *err);

void filings_free(struct filings *f);

#endif
