// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * decision_table.c - rows of a table with decisions: whose job each one is of, and what people have written into it.
 */
#include "query/batch/decision_table.h"

bool decision_table_open(struct decision_table *t, const char *path, struct tokenizer *analyzer, struct error *err)
{
	t->path = path;
	t->analyzer = analyzer;
	if (!columns_open_file(path, &t->input_source, &t->table, err) ||
	    !columns_of_overrides(t->table, &t->columns, err))
		return false;
	t->queue = t->columns.of[COLUMN_DIGEST] != COLUMN_ABSENT;
	return true;
}

void decision_table_close(struct decision_table *t)
{
	table_close(t->table);
	input_source_close(t->input_source);
	job_key_free(&t->key);
	buffer_free(&t->bytes);
	*t = (struct decision_table){ 0 };
}

struct slice decision_table_field(const struct decision_table *t, enum column column)
{
	return columns_field(&t->columns, &t->row, column);
}

/* Of a review queue the digest stands for the text, which is cut there. */
static bool read_key(struct decision_table *t, struct error *err)
{
	struct batch_job job = { decision_table_field(t, COLUMN_TITLE), decision_table_field(t, COLUMN_TEXT),
				 decision_table_field(t, COLUMN_INDUSTRY) };
	struct slice digest = decision_table_field(t, COLUMN_DIGEST);
	if (!job_key_read(&t->key, &job, t->analyzer, err))
		return false;
	t->shape = JOB_EXACT;
	if (!t->queue) {
		t->shape += t->key.digest[0] == '\0' && t->key.title.length ? JOB_ANY_TEXT : 0;
		t->shape += t->key.industry.length == 0 ? JOB_ANY_INDUSTRY : 0;
	} else if (slice_equal(digest, slice_of(JOB_DIGEST_ANY))) {
		t->shape = JOB_ANY_TEXT;
	} else {
		snprintf(t->key.digest, sizeof t->key.digest, "%.*s", (int)digest.length,
			 digest.length ? digest.at : "");
	}
	buffer_clear(&t->bytes);
	return job_key_append(&t->key, t->shape, &t->bytes, err);
}

enum table_status decision_table_next(struct decision_table *t, struct error *err)
{
	static const enum column written[] = { COLUMN_CODE, COLUMN_BY, COLUMN_ON, COLUMN_COMMENT };
	enum table_status status = table_next(t->table, &t->row, err);
	if (status != TABLE_ROW)
		return status;
	if (t->row.reject != REJECT_NONE) {
		error_set(err, ERROR_INPUT, "mend the row, or take it out", "this row cannot be read: %s",
			  reject_reason_name(t->row.reject));
		error_at(err, table_place_name(t->table), t->row.line, t->row.column);
		return TABLE_FAILED;
	}
	t->decided = decision_table_field(t, COLUMN_CODE).length > 0;
	t->touched = false;
	for (size_t i = 0; i < sizeof written / sizeof *written; i++)
		t->touched |= decision_table_field(t, written[i]).length > 0;
	return !t->analyzer || read_key(t, err) ? TABLE_ROW : TABLE_FAILED;
}
