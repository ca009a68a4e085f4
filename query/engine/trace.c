// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trace.c - the stages of --explain, gathered line by line.
 */
#include <stdarg.h>

#include "query/engine/trace.h"

struct line {
	const char *heading; /* of the first line of a stage; NULL */
	size_t from, to;     /* its text */
};

struct trace {
	struct buffer text; /* of all lines */
	struct line *lines;
	size_t count;
	size_t capacity;
	json_t *stages;
	json_t *stage;       /* the array of the current one; borrowed */
	const char *heading; /* of the current one, until its first line */
	bool failed;
};

struct trace *trace_new(struct error *err)
{
	struct trace *e = memory_new(sizeof *e, err);
	if (!e)
		return NULL;
	e->stages = json_object();
	if (!e->stages) {
		trace_free(e);
		error_no_memory(err);
		return NULL;
	}
	return e;
}

void trace_free(struct trace *e)
{
	if (!e)
		return;
	json_decref(e->stages);
	buffer_free(&e->text);
	memory_free(e->lines);
	memory_free(e);
}

void trace_stage(struct trace *e, const char *key, const char *heading)
{
	if (!e)
		return;
	e->heading = heading;
	e->stage = json_object_get(e->stages, key);
	if (!e->stage) {
		e->failed |= json_object_set_new(e->stages, key, json_array()) != 0;
		e->stage = json_object_get(e->stages, key);
	}
}

/* jansson takes UTF-8 alone; a line may quote anything. */
static json_t *text_object(struct slice text)
{
	json_t *string = json_stringn(text.at, text.length);
	return json_pack("{s:o}", "text", string ? string : json_string(""));
}

void trace_line(struct trace *e, json_t *object, const char *format, ...)
{
	if (!e) {
		json_decref(object);
		return;
	}
	char line[1024];
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	struct slice text = { line, length < 0 ? 0 : (size_t)length < sizeof line ? (size_t)length : sizeof line - 1 };
	size_t from = e->text.length;
	if (!object)
		object = text_object(text);
	e->failed |= json_array_append_new(e->stage, object) != 0;
	if (!buffer_append(&e->text, text.at, text.length, NULL) ||
	    !ARRAY_RESERVE(e->lines, e->capacity, e->count + 1, NULL)) {
		e->failed = true;
		return;
	}
	e->lines[e->count++] = (struct line){ e->heading, from, e->text.length };
	e->heading = NULL;
}

bool trace_finish(const struct trace *e, struct error *err)
{
	return !e || !e->failed || error_no_memory(err);
}

json_t *trace_json(const struct trace *e)
{
	return json_incref(e->stages);
}

bool trace_next(const struct trace *e, size_t *i, const char **heading, struct slice *text)
{
	if (!e || *i == e->count)
		return false;
	const struct line *l = &e->lines[(*i)++];
	*heading = l->heading ? l->heading : "";
	*text = (struct slice){ e->text.at + l->from, l->to - l->from };
	return true;
}
