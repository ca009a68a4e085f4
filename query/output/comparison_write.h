// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison_write.h - a comparison as sections of a document, and for programs.
 */
#ifndef SOC_QUERY_OUTPUT_COMPARISON_WRITE_H
#define SOC_QUERY_OUTPUT_COMPARISON_WRITE_H

#include "query/engine/comparison.h"
#include "query/output/document.h"
#include "query/output/json_writer.h"

/* Add the sections of the comparison to a document, with headings of `level` and below. */
void comparison_write(const struct comparison *x, const struct session *s, struct document *d, int level);

/* The same content for programs (docs/formats.md): the members of the object that is open.  Lists have all there is. */
void comparison_json(const struct comparison *x, const struct session *s, struct json_writer *w);

#endif
