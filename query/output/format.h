// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * format.h - the formats of answers, chosen in one way and written in one way.  docs/formats.md says what is in them.
 */
#ifndef SOC_QUERY_OUTPUT_FORMAT_H
#define SOC_QUERY_OUTPUT_FORMAT_H

#include <jansson.h>

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

/* Print an object, or an array of objects, indented; each gets the version of the formats as its first
 * member.  Takes the reference. */
void format_print_json(json_t *value);

/* Print one object as one line of JSON Lines, beginning with the version.  Takes the reference. */
void format_print_line(json_t *object);

/* The same, for figures as they were published: numbers have as many digits as they need. */
void format_print_json_exactly(json_t *value);
void format_print_line_exactly(json_t *object);

/* Append what format_print_json_exactly() prints.  Takes the reference. */
bool format_put_json_exactly(json_t *value, struct buffer *out, struct error *err);

/* A writer of JSON in one of its two formats, into `out`. */
struct json_writer format_json(enum format format, enum json_digits digits, struct buffer *out, struct error *err);
/* Begin an object of an answer: where it is the outermost one, or an element of an outermost array, its first member is the
 * version of the formats. */
void format_json_begin(struct json_writer *w);
/* End it; the outermost one is printed.  False where the buffer failed. */
bool format_json_end(struct json_writer *w);
/* Print what was written, and a line feed; nothing where the buffer failed.  Empties the buffer. */
bool format_json_print(struct json_writer *w);
/* Where words stand in a text: an array of [first byte, bytes]. */
void format_json_spans(struct json_writer *w, const char *key, const struct span *spans, size_t count);

/* A JSON string; U+FFFD stands for every byte that is not UTF-8. */
json_t *format_json_text(struct slice text);

/* Rows on standard output, as CSV or TSV. */
struct csv_writer format_rows(enum format format, struct error *err);

#endif
