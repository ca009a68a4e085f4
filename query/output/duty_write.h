// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_write.h - a duty table as sections of a document, and for programs.
 */
#ifndef SOC_QUERY_OUTPUT_DUTY_WRITE_H
#define SOC_QUERY_OUTPUT_DUTY_WRITE_H

#include "query/engine/duty_table.h"
#include "query/output/document.h"
#include "query/output/json_writer.h"

/* Sections of a document at headings of `level`, and below. */
void duty_table_write(const struct duty_table *t, const struct session *s, struct document *d, int level);

/* The same for programs (docs/formats.md): the members of the object that is open. */
void duty_table_json(const struct duty_table *t, const struct session *s, struct json_writer *w);

#endif
