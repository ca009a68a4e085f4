// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trace.h - what --explain prints: every stage from the text to the ranking, in the order in which they ran.
 *
 * A stage begins with trace_stage() and adds a line for each thing that it did; both do nothing where nobody
 * asked, which is when `e` is NULL.  A line is a text for people and an object for programs:
 *
 *     trace_stage(e, "spelling", "spelling");
 *     if (e)
 *             trace_line(e, json_pack("{s:s, s:s}", "word", "enginer", "taken_for", "engineer"),
 *                          "enginer is taken for engineer");
 *
 * In JSON the whole is an object: by the key of the stage, the array of its objects.
 */
#ifndef SOC_QUERY_ENGINE_TRACE_H
#define SOC_QUERY_ENGINE_TRACE_H

#include <jansson.h>

#include "lib/base/memory.h"

struct trace;

/* NULL with ERROR_MEMORY. */
struct trace *trace_new(struct error *err);
void trace_free(struct trace *e);

/* Begin a stage: `key` names it in JSON, `heading` in text; both static. */
void trace_stage(struct trace *e, const char *key, const char *heading);
/* Add a line; the reference to `object` is taken (NULL: an object with the line as "text"). */
void trace_line(struct trace *e, json_t *object, const char *format, ...) ERROR_PRINTF(3, 4);

/* Whether every line found its memory. */
bool trace_finish(const struct trace *e, struct error *err);

/* The lines one by one: the next behind number *i (0 at first), and the heading of its stage where it is the first of
 * one, else "". */
bool trace_next(const struct trace *e, size_t *i, const char **heading, struct slice *text);
/* All stages as JSON (a new reference). */
json_t *trace_json(const struct trace *e);

#endif
