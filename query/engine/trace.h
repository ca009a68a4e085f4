// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trace.h - what --explain tells: every stage from the text to the ranking, in the order in which they ran.
 *
 * A stage begins with trace_stage() and adds a line for each thing that it did: a text for people, and values for
 * programs. Where nobody asked, `e` is NULL and nothing is done:
 *
 *     trace_stage(e, "spelling", "spelling");
 *     trace_line(e, "enginer is taken for engineer");
 *     trace_text(e, "word", SLICE("enginer"));
 *     trace_text(e, "taken_for", SLICE("engineer"));
 *
 * The first failure (memory) is remembered, and trace_finish() tells of it.
 */
#ifndef SOC_QUERY_ENGINE_TRACE_H
#define SOC_QUERY_ENGINE_TRACE_H

#include "lib/base/memory.h"

/* So many bytes of the text of a line are kept. */
#define TRACE_LINE_MAX 1023

enum trace_kind { TRACE_TEXT, TRACE_COUNT, TRACE_REAL, TRACE_FLAG, TRACE_OBJECT, TRACE_OBJECT_END };

struct trace_value {
	const char *key; /* static; NULL at the end of an object */
	enum trace_kind kind;
	union {
		struct slice text;
		uint64_t count;
		double real;
		bool flag;
	};
};

/* The values of a line, and the lines of a stage, end where those of the next begin. */
struct trace_line {
	struct slice text;
	size_t first_value;
};

struct trace_stage {
	const char *key;     /* for programs; static */
	const char *heading; /* for people; static */
	size_t first_line;
};

struct trace {
	struct trace_stage *stages;
	struct trace_line *lines;
	struct trace_value *values;
	size_t stage_count, line_count, value_count;
	size_t stage_capacity, line_capacity, value_capacity;
	struct arena texts;
	bool failed;
};

/* NULL with ERROR_MEMORY. */
struct trace *trace_new(struct error *err);
void trace_free(struct trace *e);

/* Begin a stage, each once. */
void trace_stage(struct trace *e, const char *key, const char *heading);
/* Add a line to it. */
void trace_line(struct trace *e, const char *format, ...) ERROR_PRINTF(2, 3);

/* Add a value to the line; texts are copied. */
void trace_text(struct trace *e, const char *key, struct slice text);
void trace_count(struct trace *e, const char *key, uint64_t count);
void trace_real(struct trace *e, const char *key, double real);
void trace_flag(struct trace *e, const char *key, bool flag);
/* The values up to the end lie in an object of their own. */
void trace_begin_object(struct trace *e, const char *key);
void trace_end_object(struct trace *e);

/* Whether every line found its memory. */
bool trace_finish(const struct trace *e, struct error *err);

#endif
