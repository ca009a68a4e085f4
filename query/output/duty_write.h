// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_write.h - a duty table as sections of a document, and for programs.
 */
#ifndef SOC_QUERY_OUTPUT_DUTY_WRITE_H
#define SOC_QUERY_OUTPUT_DUTY_WRITE_H

#include <jansson.h>

#include "query/engine/duty_table.h"
#include "query/output/document.h"

/* Sections of a document at headings of `level`, and below. */
void duty_table_write(const struct duty_table *t, const struct session *s, struct document *d, int level);

/* The same for programs (docs/formats.md); a new reference. */
json_t *duty_table_json(const struct duty_table *t, const struct session *s);

#endif
