// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * format.c - the names of formats, and how JSON objects and rows get to standard output.
 */
#include "lib/base/utf8.h"
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

/* {"format": 1, ...}: jansson keeps the order in which members were added.  Takes the reference. */
static json_t *with_version(json_t *object)
{
	json_t *versioned = json_pack("{s:i}", "format", FORMAT_VERSION);
	if (json_is_array(object)) {
		size_t i;
		json_t *element;
		json_decref(versioned);
		versioned = json_array();
		json_array_foreach(object, i, element)
			json_array_append_new(versioned, with_version(json_incref(element)));
	} else {
		json_object_update(versioned, object);
	}
	json_decref(object);
	return versioned;
}

static void print(json_t *value, size_t flags, size_t digits)
{
	value = with_version(value);
	json_dumpf(value, stdout, flags | JSON_REAL_PRECISION(digits));
	putchar('\n');
	json_decref(value);
}

void format_print_json(json_t *value)
{
	print(value, JSON_INDENT(2), JSON_DIGITS_MEASURED);
}

void format_print_line(json_t *object)
{
	print(object, JSON_COMPACT, JSON_DIGITS_MEASURED);
}

void format_print_json_exactly(json_t *value)
{
	print(value, JSON_INDENT(2), JSON_DIGITS_EXACT);
}

void format_print_line_exactly(json_t *object)
{
	print(object, JSON_COMPACT, JSON_DIGITS_EXACT);
}

/* Where JSON is put.  Jansson does not heed every failure that it is told of, so what comes behind one fails as well. */
struct put {
	struct buffer *out;
	bool failed;
};

static int put_bytes(const char *bytes, size_t length, void *ctx)
{
	struct put *put = ctx;
	put->failed |= !buffer_append(put->out, bytes, length, NULL);
	return put->failed ? -1 : 0;
}

bool format_put_json_exactly(json_t *value, struct buffer *out, struct error *err)
{
	struct put put = { .out = out };
	value = with_version(value);
	bool ok = value &&
		  json_dump_callback(value, put_bytes, &put, JSON_INDENT(2) | JSON_REAL_PRECISION(JSON_DIGITS_EXACT)) ==
			  0 &&
		  !put.failed && buffer_append_byte(out, '\n', err);
	json_decref(value);
	return ok || error_no_memory(err);
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
	bool ok = buffer_append_byte(w->out, '\n', w->err);
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

struct csv_writer format_rows(enum format format, struct error *err)
{
	bool csv = format == FORMAT_CSV;
	return (struct csv_writer){ .stream = stdout,
				    .err = err,
				    .dialect = { .delimiter = csv ? ',' : '\t', .quotes = csv } };
}

/* U+FFFD for every byte that is not UTF-8, and for NUL. */
static bool replace_bad_bytes(struct slice text, struct buffer *out)
{
	size_t bad;
	bool ok = true;
	while (ok && !slice_is_utf8(text, &bad)) {
		ok = buffer_append(out, text.at, bad, NULL) && buffer_append_text(out, "\xEF\xBF\xBD", NULL);
		text.at += bad + 1;
		text.length -= bad + 1;
	}
	return ok && buffer_append(out, text.at, text.length, NULL);
}

json_t *format_json_text(struct slice text)
{
	struct buffer clean = { 0 };
	json_t *string = NULL;
	size_t bad;
	if (slice_is_utf8(text, &bad))
		return json_stringn(text.at ? text.at : "", text.length);
	if (replace_bad_bytes(text, &clean))
		string = json_stringn(clean.at, clean.length);
	buffer_free(&clean);
	return string;
}
