// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * format.h - the formats of answers, chosen in one way and written in one way.  docs/formats.md says what is in them.
 */
#ifndef SOC_QUERY_OUTPUT_FORMAT_H
#define SOC_QUERY_OUTPUT_FORMAT_H

#include "lib/base/options.h"
#include "lib/table/csv_writer.h"
#include "query/engine/evidence_match.h"
#include "query/output/json_writer.h"

/* Of the JSON formats; docs/formats.md has the rule by which it changes. */
#define FORMAT_VERSION 1

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_JSONL, FORMAT_CSV, FORMAT_TSV, FORMAT_MD, FORMAT_HTML, FORMAT_COUNT };

/* What --format can be, as the table of options has it. */
#define FORMAT_CHOICES "text|json|jsonl|csv|tsv|md|html"

/* Of the commands that write documents. */
#define FORMAT_CHOICES_DOCUMENT "text|json|md|html"
#define FORMAT_CHOICES_EXHIBIT "html|md|json"

/* The format of a name that the table of options let pass; text for NULL. */
enum format format_read(const char *name);
const char *format_name(enum format format);

/* JSON of either kind; rows of fields. */
bool format_is_json(enum format format);
bool format_is_table(enum format format);
/* A page of a document: Markdown or HTML. */
bool format_is_page(enum format format);

/* A writer of JSON in one of its two formats, into `out`. */
struct json_writer format_json(enum format format, enum json_digits digits, struct buffer *out, struct error *err);
/* Begin an object of an answer: where it is the outermost one, or an element of an outermost array, its first member is
 * the version of the formats. */
void format_json_begin(struct json_writer *w);
/* End it; the outermost one is printed.  False where anything failed so far, in the buffer or elsewhere. */
bool format_json_end(struct json_writer *w);
/* Print what was written, and a line feed; nothing where anything failed: the answer would have holes.  Empties the
 * buffer. */
bool format_json_print(struct json_writer *w);
/* Where words stand in a text: an array of [first byte, bytes]. */
void format_json_spans(struct json_writer *w, const char *key, const struct span *spans, size_t count);
/* The words themselves. */
void format_json_words(struct json_writer *w, const char *key, struct slice text, const struct span *spans,
		       size_t count);

/* Rows on standard output, as CSV or TSV. */
struct csv_writer format_rows(enum format format, struct error *err);

#endif
