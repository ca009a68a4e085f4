// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * source_read.h - from paths to records: recognise what each source is, read it in a sensible order, count
 * what was used and what was rejected.
 *
 *   lib/table/input_source.h   zip, folder, single file, gzip around any of them -> named members -> bytes
 *   lib/table/table.h          a member -> header and rows, whatever its format
 *   corpus/source_schema.h     the table of source families: which table, which columns, which record
 *   corpus/source_read.h       this: from paths to records, for the indexer
 */
#ifndef SOC_CORPUS_SOURCE_READ_H
#define SOC_CORPUS_SOURCE_READ_H

#include "corpus/record.h"
#include "lib/base/progress.h"

/* What became of one table of one source. */
struct corpus_table {
	const char *table; /* its name in the family table: "Alternate Titles" */
	char member[128];  /* the file it came from, as named in the source */
	uint64_t rows;     /* data rows read */
	uint64_t used;
	uint64_t rejected[REJECT_REASON_COUNT];
	uint64_t converted; /* rows that are no UTF-8, and were read as Windows-1252 */
};

struct corpus_source {
	char path[512];              /* as given on the command line; where a zip or folder holds several
					  sources, with the file behind it */
	char name[128];              /* last component of the path, with no folder of the user's machine */
	const char *family;          /* "onet", ...; static */
	char title[64];              /* "O*NET 30.1" */
	char release[32];            /* "30.1"; empty where the source does not say */
	char date[32];               /* "December 2025"; empty where the source does not say */
	char sha256[65];             /* of the file; of a folder or several files: of the lines that
					  sha256sum prints for those used, in byte order of name */
	uint64_t bytes;              /* of the file, or of the used members */
	struct corpus_table *tables; /* those that are read, in reading order */
	size_t table_count;
	const char *remark; /* "recognised, not used by this version", or in which column the codes of a
					  table of the user's own are; else NULL */
};

/* A table of the user's own, keyed by a code. */
struct corpus_user_table {
	const char *name; /* by which its columns are called: "pay" in pay.median */
	const char *path; /* CSV, TSV or a workbook, also gzipped or alone in a zip */
};

struct corpus_options {
	const struct corpus_user_table *user_tables; /* read after all other sources */
	size_t user_table_count;

	bool strict;               /* the first rejected row is an error; a filing that was not certified, a
					  cross-reference and an old code with several successors are not */
	const char *release;       /* --release: for sources that do not say theirs; NULL */
	struct progress *progress; /* NULL: silent */
	/* Called for each rejected row that `strict` would refuse, and by corpus_open() for what it leaves out
	 * or finds twice (NULL: not told); the caller decides how many it prints. */
	void (*warn)(void *ctx, const struct error *what);
	void *warn_ctx;
	uint64_t member_limit; /* bytes a zip or gzip member may unpack to; 0: the default, 4 GiB */
	uint32_t ratio_limit;  /* unpacked : packed at most, beyond the first 16 MiB; 0: the default, 1000 */
};

struct corpus;

/* Look at every source and recognise it; nothing is read into records yet.  Errors (ERROR_INPUT with file
 * and hint): not a release, nothing recognised (names the families tried and what was missing), a needed
 * table or column is absent, the same table twice, two releases of one family, a corrupt zip; ERROR_IO: an
 * unreadable file; ERROR_LIMIT: a guard.  Of a table of the user's own: no column with codes, no other column, a name
 * that is taken.  Single O*NET tables given as separate paths form one source. */
bool corpus_open(const char *const *paths, size_t count, const struct corpus_options *options, struct corpus **out,
		 struct error *err);

/* Read all: occupations first, then reference tables, then what refers to them.  Memory does not grow with
 * the size of the sources.  May be called once. */
bool corpus_read(struct corpus *c, const struct record_sink *sink, struct error *err);

/* The sources in the order of the command line; counts are complete after corpus_read(). */
const struct corpus_source *corpus_sources(const struct corpus *c, size_t *count);

void corpus_close(struct corpus *c);

#endif
