// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trace_write.h - what --explain tells, for people and for programs.
 */
#ifndef SOC_QUERY_OUTPUT_TRACE_WRITE_H
#define SOC_QUERY_OUTPUT_TRACE_WRITE_H

#include "query/engine/trace.h"
#include "query/output/json_writer.h"
#include "query/output/terminal_page.h"

/* All lines, and an empty one behind them; nothing where nobody asked (NULL). */
void trace_print(const struct trace *e, const struct page *page);

/* The member "explain", an object: by the key of each stage, an array with an object for each line; nothing where
 * nobody asked. */
void trace_write_json(const struct trace *e, struct json_writer *w);

#endif
