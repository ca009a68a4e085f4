// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * build.h - soc-index build: from sources to a published index file.
 */
#ifndef SOC_INDEXER_BUILD_H
#define SOC_INDEXER_BUILD_H

#include "corpus/source_read.h"

struct build_options {
	const char *target; /* the index file to publish */
	const char *const *sources;
	size_t source_count;
	bool strict;                         /* the first rejected row ends the build */
	const struct corpus_user_table *own; /* tables of the user's own */
	size_t own_count;
	const char *release; /* for sources that do not say theirs; NULL */
	struct progress *progress;
	bool quiet;    /* no warnings, no summary */
	bool no_model; /* train none, and keep no titles out to measure it */
};

/* Build beside the target and rename over it.  Until it returns true the target is what it was. */
bool build_index(const struct build_options *options, struct error *err);

#endif
