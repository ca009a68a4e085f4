// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * manifest.h - what an index says of itself: JSON, the record "manifest".
 *
 *     format       index format version
 *     program      "soc-index 0.1.0"; xapian: the library's version
 *     built        when, ISO 8601 in UTC ($SOURCE_DATE_EPOCH where set)
 *     digest       SHA-256 of the content: every occupation's record in the order of codes, then the
 *                  records of reference, groups, crosswalks and facts, then the catalogue, each behind its length.  The same sources give the
 *                  same digest; Xapian's own bytes differ from build to build.
 *     sample       true for the sample corpus
 *     sources      [{name, family, title, release, date, sha256, bytes,
 *                    remark (where nothing of it is used),
 *                    tables: [{table, file, rows, used, rejected: {reason: rows}, windows_1252: rows}]}]
 *     occupations  how many; evidence: {kind: pieces}
 *     facts        {key of lib/soc/fact_schema.h, or "own": facts}
 *     titles       {shared: titles that stand under several SOC codes, filings: how many were folded, filed: to how
 *                  many titles, filed_left_out: titles filed once that were left out as too many}
 *     model        {examples: titles and texts that it is trained on, features: that have weights, weights: that are
 *                  not zero}; absent where there is none
 *     held_out     {titles: kept out, and asked of an index of the rest, at_1, at_5, at_10: the share with a right code
 *                  among the first, calibration_error: expected, of the confidence}; absent where it was not measured
 */
#ifndef SOC_INDEX_MANIFEST_H
#define SOC_INDEX_MANIFEST_H

#include <jansson.h>

#include "lib/base/file.h"
#include "lib/index/hash_table.h"

#define MANIFEST_KEY "manifest"
#define REFERENCE_KEY "reference"

/* The release number by which a release says that it is the sample corpus. */
#define SAMPLE_RELEASE "0.1"

/* How much of it: nearly all of its text says how many rows each table of a source has, which no answer tells. */
enum manifest_part {
	MANIFEST_WHOLE,
	MANIFEST_BRIEF /* the tables of every source are an empty list */
};

/* Read the manifest; the caller owns *out (json_decref).  ERROR_DAMAGED where there is none. */
bool manifest_load(const struct hash_table *records, enum manifest_part part, json_t **out, struct error *err);

/* For manifest_load(): append the text of a manifest without what is in the tables of its sources.  Text that is no
 * JSON stays no JSON. */
bool manifest_leave_tables(struct slice text, struct buffer *out, struct error *err);

/* The title of a source, such as "O*NET 30.1"; "?" where there is none.  Borrowed from the manifest. */
const char *manifest_source_title(const json_t *manifest, size_t source);

/* A member of a source, such as "release" or "date"; "" where there is none.  Borrowed from the manifest. */
const char *manifest_source_text(const json_t *manifest, size_t source, const char *member);

/* Whether the index was made from the sample corpus; and the same without making anything of the rest of the
 * manifest. */
bool manifest_is_sample(const json_t *manifest);
bool manifest_tell_sample(const struct hash_table *records, bool *sample, struct error *err);

/* ---- the content digest ---- */

/* Add one record to a content digest. */
void manifest_digest_add(struct sha256 *digest, struct slice record);

#endif
