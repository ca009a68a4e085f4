// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * earlier_queue.c - which lines of a review queue stay when it is written again, and which files may be written over.
 */
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <xxhash.h>

#include "lib/base/file.h"
#include "lib/table/sniff.h"
#include "query/batch/decision_table.h"
#include "query/batch/earlier_queue.h"

static const char keep_it[] = "give it to --overrides too, and its decisions stay; or name another --review-file";

/* ---- a file that is not given as overrides ---- */

static bool refuse_decisions(const struct decision_table *t, struct error *err)
{
	error_set(err, ERROR_USAGE, keep_it, "there are decisions in %s, which would be lost", t->path);
	return error_at(err, t->path, t->row.line, 0);
}

static bool refuse_unread(const char *path, struct error *err)
{
	if (err->code == ERROR_MEMORY)
		return false;
	error_clear(err);
	return error_set(err, ERROR_USAGE, "remove it, or name another --review-file",
			 "%s is there, and cannot be read as a review queue", path);
}

bool earlier_queue_check(const char *path, struct error *err)
{
	struct decision_table t = { 0 };
	enum table_status status = TABLE_END;
	struct stat st;
	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0)
		return true;
	if (decision_table_open(&t, path, NULL, err))
		while ((status = decision_table_next(&t, err)) == TABLE_ROW && !t.touched)
			;
	else if (t.table && err->code == ERROR_INPUT)
		error_clear(err); /* without a column for them there are no decisions */
	else
		status = TABLE_FAILED;
	bool ok = status == TABLE_ROW   ? refuse_decisions(&t, err)
		  : status == TABLE_END ? true
					: refuse_unread(path, err);
	decision_table_close(&t);
	return ok;
}

/* ---- the queue that is given as overrides ---- */

/* Of the bytes of a file; 0 where they are packed, as those of a workbook. */
static bool hash_file(const char *path, uint64_t *hash, struct error *err)
{
	struct slice bytes;
	if (!file_map(path, &bytes, err))
		return false;
	*hash = sniff_gzip(bytes) || sniff_zip(bytes) ? 0 : XXH3_64bits(bytes.at, bytes.length);
	file_unmap(bytes);
	return true;
}

static bool add_open(struct earlier_queue *q, const struct decision_table *t, struct error *err)
{
	uint32_t number;
	bool added;
	if (!map_add(&q->keys, buffer_slice(&t->bytes), &number, &added, err) ||
	    !ARRAY_RESERVE(q->at, q->capacity, (size_t)number + 1, err))
		return false;
	q->at[number] = (struct open_line){ .touched = t->touched || (!added && q->at[number].touched) };
	return true;
}

static bool check_format(const struct earlier_queue *q, const struct decision_table *t, struct error *err)
{
	if (t->queue && strcmp(table_format_name(t->table), "CSV") == 0 && q->hash != 0)
		return true;
	return error_set(err, ERROR_USAGE, "name another --review-file",
			 "%s is no review queue in CSV, and cannot be added to", t->path);
}

bool earlier_queue_read(struct earlier_queue *q, const char *path, struct tokenizer *analyzer, struct error *err)
{
	struct decision_table t = { 0 };
	enum table_status status = TABLE_FAILED;
	q->path = path;
	if (hash_file(path, &q->hash, err) && decision_table_open(&t, path, analyzer, err) && check_format(q, &t, err))
		while ((status = decision_table_next(&t, err)) == TABLE_ROW)
			if (!t.decided && !add_open(q, &t, err))
				break;
	decision_table_close(&t);
	return status == TABLE_END;
}

void earlier_queue_free(struct earlier_queue *q)
{
	map_free(&q->keys);
	memory_free(q->at);
	*q = (struct earlier_queue){ 0 };
}

/* Of a queue with a line for each text, and of one with a line for each title. */
bool earlier_queue_meet(const struct earlier_queue *q, const struct job_key *key, struct buffer *scratch,
			struct error *err)
{
	static const unsigned shapes[] = { JOB_EXACT, JOB_ANY_TEXT };
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		buffer_clear(scratch);
		if (!job_key_append(key, shapes[i], scratch, err))
			return false;
		uint32_t number = map_find(&q->keys, buffer_slice(scratch));
		if (number != MAP_NONE)
			atomic_store_explicit(&q->at[number].met, true, memory_order_relaxed);
	}
	return true;
}

bool earlier_queue_stays(const struct earlier_queue *q, struct slice key)
{
	uint32_t number = map_find(&q->keys, key);
	return number != MAP_NONE && (q->at[number].touched || !q->at[number].met);
}

bool earlier_queue_keeps(const struct earlier_queue *q, const struct decision_table *line)
{
	return line->decided || earlier_queue_stays(q, buffer_slice(&line->bytes));
}

bool earlier_queue_is_same(const struct earlier_queue *q, struct error *err)
{
	uint64_t hash;
	if (!hash_file(q->path, &hash, err))
		return false;
	return hash == q->hash || error_set(err, ERROR_USAGE, "move it away, and give the same command again",
					    "%s has been changed since it was read, and stays as it is", q->path);
}
