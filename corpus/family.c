// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/family.h"

static const struct family *const families[] = {
	&family_onet,
};

const struct family *const *family_list(size_t *count)
{
	*count = sizeof families / sizeof *families;
	return families;
}

/* ---- names ---- */

/* Whether a file is called NAME.txt, or NAME.txt.gz, from which the container has taken the .gz. */
static bool file_is(struct slice file, const char *name, const char *extension)
{
	struct slice stem = slice_of(name);
	struct slice tail = slice_of(extension);
	if (file.length != stem.length + tail.length)
		return false;
	struct slice file_stem = { file.at, stem.length };
	struct slice file_tail = { file.at + stem.length, tail.length };
	return slice_equal_nocase(file_stem, stem) && slice_equal_nocase(file_tail, tail);
}

bool family_find(const char *file_name, const struct family **family, const struct table_spec **spec)
{
	struct slice file = slice_of(file_name);
	size_t count;
	const struct family *const *list = family_list(&count);

	for (size_t f = 0; f < count; f++) {
		*family = list[f];
		for (size_t t = 0; t < list[f]->table_count; t++) {
			*spec = &list[f]->tables[t];
			for (const char *const *name = (*spec)->files; *name; name++) {
				if (file_is(file, *name, list[f]->extension))
					return true;
			}
		}
		*spec = NULL;
		if (list[f]->note_file && file_is(file, list[f]->note_file, list[f]->extension))
			return true;
	}
	*family = NULL;
	return false;
}

/* ---- columns ---- */

static void put_names(const struct column_spec *column, char *to, size_t size)
{
	size_t used = 0;
	to[0] = '\0';
	for (const char *const *name = column->names; *name && used < size; name++) {
		int n = snprintf(to + used, size - used, "%s\"%s\"", name == column->names ? "" : " or ", *name);
		used += n > 0 ? (size_t)n : 0;
	}
}

static void put_header(const struct slice *header, size_t count, char *to, size_t size)
{
	size_t used = 0;
	to[0] = '\0';
	for (size_t i = 0; i < count && used < size; i++) {
		int n = snprintf(to + used, size - used, "%s\"%.*s\"", i == 0 ? "" : ", ",
				 header[i].length < 64 ? (int)header[i].length : 64, header[i].at);
		used += n > 0 ? (size_t)n : 0;
	}
}

static bool column_missing(const struct table_spec *spec, const struct column_spec *column,
			   const struct slice *header, size_t count, struct error *err)
{
	char names[160];
	char there[256];
	char hint[384];

	put_names(column, names, sizeof names);
	put_header(header, count, there, sizeof there);
	snprintf(hint, sizeof hint, "take the file as published; its header row has only: %s",
		 count > 0 ? there : "nothing");
	return error_set(err, ERROR_INPUT, hint, "the table \"%s\" lacks the column %s", spec->table, names);
}

/* The field whose name is one of the column's; a newer name wins over an older one. */
static bool find_column(const struct table_spec *spec, const struct column_spec *column,
			const struct slice *header, size_t count, size_t *out, struct error *err)
{
	*out = SIZE_MAX;
	for (const char *const *name = column->names; *name && *out == SIZE_MAX; name++) {
		for (size_t i = 0; i < count; i++) {
			if (!slice_equal_nocase(slice_trim(header[i]), slice_of(*name)))
				continue;
			if (*out != SIZE_MAX)
				return error_set(err, ERROR_INPUT,
						 "take the file as published, or remove one of the two columns",
						 "the table \"%s\" has the column \"%s\" twice", spec->table,
						 *name);
			*out = i;
		}
	}
	return true;
}

bool family_bind(const struct table_spec *spec, const struct slice *header, size_t count,
		 struct binding *out, struct error *err)
{
	for (size_t c = 0; c < spec->column_count; c++) {
		const struct column_spec *column = &spec->columns[c];
		if (!find_column(spec, column, header, count, &out->field[c], err))
			return false;
		if (out->field[c] == SIZE_MAX && column->needed)
			return column_missing(spec, column, header, count, err);
	}
	return true;
}

/* ---- rows ---- */

void row_begin(struct row *row, const struct family *family, const struct table_spec *spec,
	       const struct binding *binding, const struct slice *fields)
{
	struct slice empty = slice_of(family->empty);

	for (size_t c = 0; c < spec->column_count; c++) {
		struct slice field = { "", 0 };
		if (binding->field[c] != SIZE_MAX)
			field = slice_trim(fields[binding->field[c]]);
		if (empty.length > 0 && slice_equal_nocase(field, empty))
			field.length = 0;
		row->fields[c] = field;
	}
	row->used = false;
	row->failed = false;
	row->why = REJECT_NONE;
	row->column = -1;
	row->code_column = -1;
}

bool row_reject(struct row *row, enum reject_reason why, int column)
{
	row->why = why;
	row->column = column;
	return false;
}

bool row_empty(const struct row *row, int column)
{
	return row->fields[column].length == 0;
}

bool row_says(const struct row *row, int column, const char *value)
{
	return slice_equal_nocase(row->fields[column], slice_of(value));
}

bool row_text(struct row *row, int column, struct slice *out)
{
	*out = row->fields[column];
	return out->length > 0 || row_reject(row, REJECT_EMPTY, column);
}

bool row_code(struct row *row, int column, struct code *out)
{
	struct slice text;
	if (!row_text(row, column, &text))
		return false;
	if (row->code_column < 0)
		row->code_column = column;
	return code_parse(text, out) || row_reject(row, REJECT_BAD_CODE, column);
}

bool row_onet_code(struct row *row, int column, struct code *out)
{
	return row_code(row, column, out) &&
	       (code_is_onet(out) || row_reject(row, REJECT_BAD_CODE, column));
}

/* Digits only, and not by strtol(): no sign, no white space, no locale. */
bool row_integer(struct row *row, int column, int low, int high, int *out)
{
	struct slice text;
	long long value = 0;

	if (!row_text(row, column, &text))
		return false;
	for (size_t i = 0; i < text.length; i++) {
		if (text.at[i] < '0' || text.at[i] > '9' || i >= 9)
			return row_reject(row, REJECT_BAD_NUMBER, column);
		value = value * 10 + (text.at[i] - '0');
	}
	if (value < low || value > high)
		return row_reject(row, REJECT_BAD_NUMBER, column);
	*out = (int)value;
	return true;
}

/* As published: digits with a point; the same in every locale. */
bool row_decimal(struct row *row, int column, double low, double high, double *out)
{
	struct slice text;
	double value = 0;
	double unit = 1;
	bool point = false;
	size_t digits = 0;

	if (!row_text(row, column, &text))
		return false;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		if (c == '.' && !point) {
			point = true;
			continue;
		}
		if (c < '0' || c > '9' || ++digits > 15)
			return row_reject(row, REJECT_BAD_NUMBER, column);
		value = value * 10 + (c - '0');
		if (point)
			unit *= 10;
	}
	value /= unit;
	if (digits == 0 || value < low || value > high)
		return row_reject(row, REJECT_BAD_NUMBER, column);
	*out = value;
	return true;
}

bool row_emit(struct row *row, struct record *record)
{
	enum reject_reason why = REJECT_NONE;

	record->source = row->source;
	switch (row->sink->take(row->sink->ctx, record, &why, row->err)) {
	case SINK_USED:
		row->used = true;
		return true;
	case SINK_REJECTED:
		return row_reject(row, why, why == REJECT_UNKNOWN_CODE ? row->code_column : -1);
	case SINK_FAILED:
		break;
	}
	row->failed = true;
	return false;
}
