// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trace.h - what --explain prints: every stage from the text to the ranking, in the order in which they ran.
 *
 * A stage begins with explain_stage() and adds a line for each thing that it did; both do nothing where nobody
 * asked, which is when `e` is NULL.  A line is a text for people and an object for programs:
 *
 *     explain_stage(e, "spelling", "spelling");
 *     if (e)
 *             explain_line(e, json_pack("{s:s, s:s}", "word", "enginer", "taken_for", "engineer"),
 *                          "enginer is taken for engineer");
 *
 * In JSON the whole is an object: by the key of the stage, the array of its objects.
 */
#ifndef SOC_QUERY_ENGINE_TRACE_H
#define SOC_QUERY_ENGINE_TRACE_H

#include <jansson.h>

#include "lib/base/memory.h"

struct explain;

/* NULL with ERROR_MEMORY. */
struct explain *explain_new(struct error *err);
void explain_free(struct explain *e);

/* Begin a stage: `key` names it in JSON, `heading` in text; both static. */
void explain_stage(struct explain *e, const char *key, const char *heading);
/* Add a line; the reference to `object` is taken (NULL: an object with the line as "text"). */
void explain_line(struct explain *e, json_t *object, const char *format, ...) ERROR_PRINTF(3, 4);

/* Whether every line found its memory. */
bool explain_finish(const struct explain *e, struct error *err);

/* The lines one by one: the next behind number *i (0 at first), and the heading of its stage where it is the first of one, else "". */
bool explain_next(const struct explain *e, size_t *i, const char **heading, struct slice *text);
/* All stages as JSON (a new reference). */
json_t *explain_json(const struct explain *e);

#endif
