// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trace.c - the stages of --explain, gathered line by line.
 */
#include <stdio.h>

#include "query/engine/trace.h"

struct trace *trace_new(struct error *err)
{
	return memory_new(sizeof(struct trace), err);
}

void trace_free(struct trace *e)
{
	if (!e)
		return;
	arena_free(&e->texts);
	memory_free(e->stages);
	memory_free(e->lines);
	memory_free(e->values);
	memory_free(e);
}

void trace_stage(struct trace *e, const char *key, const char *heading)
{
	if (!e)
		return;
	if (!ARRAY_RESERVE(e->stages, e->stage_capacity, e->stage_count + 1, NULL))
		e->failed = true;
	else
		e->stages[e->stage_count++] = (struct trace_stage){ key, heading, e->line_count };
}

void trace_line(struct trace *e, const char *format, ...)
{
	char line[TRACE_LINE_MAX + 1];
	va_list arguments;
	if (!e)
		return;
	va_start(arguments, format);
	int length = vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	if (length < 0 || !ARRAY_RESERVE(e->lines, e->line_capacity, e->line_count + 1, NULL))
		e->failed = true;
	else
		e->lines[e->line_count++] =
			(struct trace_line){ arena_copy(&e->texts, slice_of(line), NULL), e->value_count };
}

static void add_value(struct trace *e, struct trace_value value)
{
	if (!ARRAY_RESERVE(e->values, e->value_capacity, e->value_count + 1, NULL))
		e->failed = true;
	else
		e->values[e->value_count++] = value;
}

void trace_text(struct trace *e, const char *key, struct slice text)
{
	if (e)
		add_value(e, (struct trace_value){ key, TRACE_TEXT, .text = arena_copy(&e->texts, text, NULL) });
}

void trace_count(struct trace *e, const char *key, uint64_t count)
{
	if (e)
		add_value(e, (struct trace_value){ key, TRACE_COUNT, .count = count });
}

void trace_real(struct trace *e, const char *key, double real)
{
	if (e)
		add_value(e, (struct trace_value){ key, TRACE_REAL, .real = real });
}

void trace_flag(struct trace *e, const char *key, bool flag)
{
	if (e)
		add_value(e, (struct trace_value){ key, TRACE_FLAG, .flag = flag });
}

void trace_begin_object(struct trace *e, const char *key)
{
	if (e)
		add_value(e, (struct trace_value){ .key = key, .kind = TRACE_OBJECT });
}

void trace_end_object(struct trace *e)
{
	if (e)
		add_value(e, (struct trace_value){ .kind = TRACE_OBJECT_END });
}

bool trace_finish(const struct trace *e, struct error *err)
{
	return !e || (!e->failed && arena_ok(&e->texts)) || error_no_memory(err);
}
