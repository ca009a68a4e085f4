// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * review_head.c - the header of a review queue, and the lines of an earlier one in its columns.
 */
#include <stdio.h>

#include "lib/soc/soc_code.h"
#include "query/batch/decision_table.h"
#include "query/batch/review_head.h"

struct csv_writer review_begin_line(bool excel, struct buffer *out, struct error *err)
{
	return (struct csv_writer){ .buffer = out,
				    .err = err,
				    .dialect = { .delimiter = ',', .quotes = true },
				    .purpose = excel ? CSV_FOR_EXCEL : CSV_FOR_PEOPLE };
}

/* ---- columns ---- */

static const char *const line_columns[] = { "code", "decided_by", "decided_on", "comment", "title", "industry",
					    "text", "rows",       "decision",   "reason",  "row",   "id" };
static const char *const candidate_columns[] = { "code", "title", "confidence", "evidence" };
struct column_name {
	char text[32];
	bool code; /* there are codes in the column */
};

static struct column_name name_column(size_t column)
{
	struct column_name name = { .code = column == 0 };
	if (column < REVIEW_COLUMNS_OF_LINE) {
		snprintf(name.text, sizeof name.text, "%s", line_columns[column]);
	} else if (column + 1 < REVIEW_COLUMNS) {
		size_t n = column - REVIEW_COLUMNS_OF_LINE;
		name.code = n % REVIEW_COLUMNS_OF_CANDIDATE == 0;
		snprintf(name.text, sizeof name.text, "%s_%zu", candidate_columns[n % REVIEW_COLUMNS_OF_CANDIDATE],
			 n / REVIEW_COLUMNS_OF_CANDIDATE + 1);
	} else {
		snprintf(name.text, sizeof name.text, "text_digest");
	}
	return name;
}

/* The columns of the queue, each with that of the earlier one which has its name; behind them those that it has besides. */
struct queue_columns {
	struct slice *names;
	size_t *earlier; /* COLUMN_ABSENT: none */
	size_t count;
};

static bool find_columns(const struct decision_table *t, struct arena *arena, struct queue_columns *out,
			 struct error *err)
{
	size_t others = 0;
	const struct slice *header = t->table ? table_header(t->table, &others) : NULL;
	out->names = arena_alloc(arena, (REVIEW_COLUMNS + others) * sizeof *out->names, err);
	out->earlier = arena_alloc(arena, (REVIEW_COLUMNS + others) * sizeof *out->earlier, err);
	if (!arena_ok(arena))
		return false;
	for (; out->count < REVIEW_COLUMNS; out->count++) {
		struct column_name name = name_column(out->count);
		out->names[out->count] = arena_copy(arena, slice_of(name.text), err);
		out->earlier[out->count] = COLUMN_ABSENT;
	}
	for (size_t i = 0; i < others; i++) {
		size_t column = 0;
		while (column < REVIEW_COLUMNS && !slice_equal_nocase(slice_trim(header[i]), out->names[column]))
			column++;
		if (column == REVIEW_COLUMNS || out->earlier[column] != COLUMN_ABSENT) {
			column = out->count++;
			out->names[column] = header[i];
		}
		out->earlier[column] = i;
	}
	return arena_ok(arena);
}

static void put_header(const struct review_head *h, const struct queue_columns *columns, struct buffer *out,
		       struct error *err)
{
	struct csv_writer o = review_begin_line(h->excel, out, err);
	if (h->excel)
		buffer_append_text(out, "\xEF\xBB\xBF", err);
	for (size_t i = 0; i < columns->count; i++)
		csv_put(&o, columns->names[i]);
	csv_end(&o);
}

/* ---- lines of the earlier queue that stay ---- */

/* A cell as somebody has left it.  Codes may be in the form that is text to Excel. */
static void put_earlier_cell(struct csv_writer *o, struct slice cell, bool may_be_code)
{
	struct code code;
	bool excel = cell.length && (cell.at[0] == '=' || o->purpose == CSV_FOR_EXCEL);
	if (may_be_code && excel && code_parse(cell, &code))
		csv_put_code(o, slice_of(code.text));
	else
		csv_put(o, cell_without_guard(cell));
}

static void put_earlier_line(const struct review_head *h, const struct decision_table *t,
			     const struct queue_columns *columns, struct buffer *out, struct error *err)
{
	struct csv_writer o = review_begin_line(h->excel, out, err);
	for (size_t i = 0; i < columns->count; i++) {
		size_t from = columns->earlier[i];
		bool there = from < t->row.count && from < CSV_FIELDS;
		put_earlier_cell(&o, there ? t->row.fields[from] : (struct slice){ "", 0 },
				 i < REVIEW_COLUMNS && name_column(i).code);
	}
	csv_end(&o);
}

static bool write_buffer(struct review_head *h, struct buffer *out, struct error *err)
{
	bool ok = buffer_ok(out) && output_write(h->output, buffer_slice(out), &out->length, 1, err);
	buffer_clear(out);
	return ok;
}

bool review_head_write(struct review_head *h, struct error *err)
{
	const struct earlier_queue *earlier = h->earlier;
	struct decision_table t = { 0 };
	struct queue_columns columns = { 0 };
	struct arena arena = { 0 };
	struct buffer out = { 0 };
	enum table_status status = TABLE_END;
	bool ok = (!earlier || decision_table_open(&t, earlier->path, h->analyzer, err)) &&
		  find_columns(&t, &arena, &columns, err);
	if (ok)
		put_header(h, &columns, &out, err);
	ok = ok && write_buffer(h, &out, err);
	while (ok && earlier && (status = decision_table_next(&t, err)) == TABLE_ROW) {
		if (!earlier_queue_keeps(earlier, &t))
			continue;
		put_earlier_line(h, &t, &columns, &out, err);
		ok = write_buffer(h, &out, err);
		h->kept++;
	}
	h->columns = columns.count;
	decision_table_close(&t);
	arena_free(&arena);
	buffer_free(&out);
	return ok && status == TABLE_END;
}
