// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * format.c - the names of formats, and how JSON objects and rows get to standard output.
 */
#include "query/output/format.h"

static const char *const names[FORMAT_COUNT] = { "text", "json", "jsonl", "csv", "tsv", "md", "html" };

enum format format_read(const char *name)
{
	for (int f = 0; name && f < FORMAT_COUNT; f++)
		if (strcmp(name, names[f]) == 0)
			return (enum format)f;
	return FORMAT_TEXT;
}

const char *format_name(enum format format)
{
	return names[format];
}

bool format_is_json(enum format format)
{
	return format == FORMAT_JSON || format == FORMAT_JSONL;
}

bool format_is_table(enum format format)
{
	return format == FORMAT_CSV || format == FORMAT_TSV;
}

bool format_is_page(enum format format)
{
	return format == FORMAT_MD || format == FORMAT_HTML;
}

struct json_writer format_json(enum format format, enum json_digits digits, struct buffer *out, struct error *err)
{
	return (struct json_writer){ .out = out, .err = err, .digits = digits, .indented = format == FORMAT_JSON };
}

void format_json_begin(struct json_writer *w)
{
	bool outermost = w->depth <= 1;
	json_begin_object(w, NULL);
	if (outermost)
		json_write_count(w, "format", FORMAT_VERSION);
}

bool format_json_end(struct json_writer *w)
{
	json_end_object(w);
	return w->depth > 0 ? buffer_ok(w->out) : format_json_print(w);
}

bool format_json_print(struct json_writer *w)
{
	bool ok = buffer_append_byte(w->out, '\n', w->err) && w->err->code == ERROR_NONE;
	if (ok)
		fwrite(w->out->at, 1, w->out->length, stdout);
	buffer_free(w->out);
	w->filled = false;
	return ok;
}

void format_json_spans(struct json_writer *w, const char *key, const struct span *spans, size_t count)
{
	json_begin_array(w, key);
	for (size_t i = 0; i < count; i++) {
		json_begin_array(w, NULL);
		json_write_count(w, NULL, spans[i].start);
		json_write_count(w, NULL, spans[i].length);
		json_end_array(w);
	}
	json_end_array(w);
}

void format_json_words(struct json_writer *w, const char *key, struct slice text, const struct span *spans,
		       size_t count)
{
	json_begin_array(w, key);
	for (size_t i = 0; i < count; i++)
		json_write_text(w, NULL, (struct slice){ text.at + spans[i].start, spans[i].length });
	json_end_array(w);
}

struct csv_writer format_rows(enum format format, struct error *err)
{
	bool csv = format == FORMAT_CSV;
	return (struct csv_writer){ .stream = stdout,
				    .err = err,
				    .dialect = { .delimiter = csv ? ',' : '\t', .quotes = csv } };
}
