// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evidence.h - releases read as soc-index reads them, so that every engine gets the same evidence.
 */
#ifndef SOC_TESTS_BENCH_EVIDENCE_H
#define SOC_TESTS_BENCH_EVIDENCE_H

#include "corpus/source_read.h"
#include "indexer/collect.h"

static inline bool evidence_read(char **paths, size_t count, struct collected *g, struct error *err)
{
	struct corpus_options options = { 0 };
	struct record_sink sink = collect_sink(g);
	struct corpus *c = NULL;
	bool ok = corpus_open((const char *const *)paths, count, &options, &c, err) && corpus_read(c, &sink, err) &&
		  collect_finish(g, err);
	corpus_close(c);
	return ok;
}

static inline bool evidence_is_title(const struct evidence *e)
{
	return evidence_specs[e->kind].field == FIELD_TITLE;
}

#endif
