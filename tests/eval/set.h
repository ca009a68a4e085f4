// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * set.h - a development set: rows of id, title, text and gold, where gold holds SOC codes with `|` between
 * alternatives.
 */
#ifndef SOC_TESTS_EVAL_SET_H
#define SOC_TESTS_EVAL_SET_H

#include "lib/soc/soc_code.h"
#include "lib/table/table.h"

#define SET_GOLD_MAX 64

enum set_column { SET_ID, SET_TITLE, SET_TEXT, SET_GOLD, SET_COLUMN_COUNT };
static const char *const set_column_names[SET_COLUMN_COUNT] = { "id", "title", "text", "gold" };

struct set {
	const char *path;
	struct input_source *input_source;
	struct table *table;
	size_t columns[SET_COLUMN_COUNT];
};

struct set_row {
	struct slice id, title, text; /* borrowed until the next row */
	struct code gold[SET_GOLD_MAX];
	size_t evaluation_count;
};

static inline bool set_find_columns(struct set *s, struct error *err)
{
	size_t count;
	const struct slice *header = table_header(s->table, &count);
	for (size_t c = 0; c < SET_COLUMN_COUNT; c++) {
		s->columns[c] = SIZE_MAX;
		for (size_t i = 0; i < count; i++)
			if (slice_equal_nocase(slice_trim(header[i]), slice_of(set_column_names[c])))
				s->columns[c] = i;
		if (s->columns[c] == SIZE_MAX)
			return error_set(err, ERROR_INPUT, NULL, "%s has no column %s", s->path, set_column_names[c]);
	}
	return true;
}

static inline void set_close(struct set *s)
{
	table_close(s->table);
	input_source_close(s->input_source);
}

/* Zero-initialises *out; set_close() after use, also after failure. */
static inline bool set_open(const char *path, struct set *out, struct error *err)
{
	*out = (struct set){ .path = path };
	if (!input_source_open(path, NULL, &out->input_source, err))
		return false;
	struct table_place place = { .input_source = out->input_source };
	return table_open(&place, &out->table, err) &&
	       (table_next_header(out->table, err) == TABLE_ROW ||
		error_set(err, ERROR_INPUT, NULL, "%s has no header row", path)) &&
	       set_find_columns(out, err);
}

static inline bool set_read_gold(struct set_row *row, struct slice list, struct error *err)
{
	row->evaluation_count = 0;
	while (list.length) {
		const char *bar = memchr(list.at, '|', list.length);
		struct slice one = { list.at, bar ? (size_t)(bar - list.at) : list.length };
		if (row->evaluation_count == SET_GOLD_MAX || !code_parse(one, &row->gold[row->evaluation_count]))
			return error_set(err, ERROR_INPUT, "SOC codes, with | between them",
					 "%.*s is no code, or one of too many", (int)one.length, one.at);
		row->evaluation_count++;
		list.at += one.length + (bar != NULL);
		list.length -= one.length + (bar != NULL);
	}
	return true;
}

static inline struct slice set_field(const struct set *s, const struct table_row *row, enum set_column column)
{
	return s->columns[column] < row->count ? slice_trim(row->fields[s->columns[column]]) : (struct slice){ 0 };
}

/* The next row; *more is false at the end. */
static inline bool set_next(struct set *s, struct set_row *out, bool *more, struct error *err)
{
	struct table_row row;
	enum table_status result = table_next(s->table, &row, err);
	*more = result == TABLE_ROW;
	if (result != TABLE_ROW)
		return result == TABLE_END;
	if (row.reject != REJECT_NONE) {
		error_set(err, ERROR_INPUT, NULL, "%s", reject_reason_name(row.reject));
		return error_at(err, s->path, row.line, 0);
	}
	out->id = set_field(s, &row, SET_ID);
	out->title = set_field(s, &row, SET_TITLE);
	out->text = set_field(s, &row, SET_TEXT);
	return set_read_gold(out, set_field(s, &row, SET_GOLD), err) || error_at(err, s->path, row.line, 0);
}

static inline bool set_is_gold(const struct set_row *row, const struct code *code)
{
	for (size_t i = 0; i < row->evaluation_count; i++)
		if (strcmp(row->gold[i].text, code->text) == 0)
			return true;
	return false;
}

#endif
