// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * overrides.c - decisions that people have made: read from a table, and found by the words of a job.
 */
#include "query/batch/overrides.h"
#include "lib/table/column_guess.h"
#include "lib/table/table.h"

/* Between the words of a job and those of its industry in a key: no word has such a byte. */
#define INDUSTRY_MARK '\x1f'

/* ---- keys ---- */

static bool append_words(struct slice text, struct tokenizer *analyzer, struct buffer *key, struct error *err)
{
	struct text_words words;
	if (!tokenize(analyzer, text, &words, err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		buffer_append(key, words.at[i].folded.at, words.at[i].folded.length, err);
		buffer_append_byte(key, ' ', err);
	}
	return buffer_ok(key);
}

bool override_key(const struct batch_job *job, struct tokenizer *analyzer, struct buffer *key, size_t *words,
		  struct error *err)
{
	size_t from = key->length;
	if (!append_words(job->title.length ? job->title : job->text, analyzer, key, err))
		return false;
	*words = key->length - from;
	return job->industry.length == 0 ||
	       (buffer_append_byte(key, INDUSTRY_MARK, err) && append_words(job->industry, analyzer, key, err));
}

bool overrides_find(const struct overrides *o, const struct batch_job *job, struct tokenizer *analyzer,
		    struct buffer *scratch, const struct override **found, struct error *err)
{
	size_t words;
	*found = NULL;
	buffer_clear(scratch);
	if (o->keys.count == 0)
		return true;
	if (!override_key(job, analyzer, scratch, &words, err))
		return false;
	uint32_t number = words ? map_find(&o->keys, buffer_slice(scratch)) : MAP_NONE;
	if (words && number == MAP_NONE)
		number = map_find(&o->keys, (struct slice){ scratch->at, words });
	*found = number == MAP_NONE ? NULL : &o->at[number];
	return true;
}

bool override_describe(const struct override *o, struct buffer *out, struct error *err)
{
	buffer_append_text(out, "decided", err);
	if (o->by.length)
		buffer_printf(out, err, " by %.*s", (int)o->by.length, o->by.at);
	if (o->on.length)
		buffer_printf(out, err, " on %.*s", (int)o->on.length, o->on.at);
	return buffer_ok(out);
}

/* ---- reading ---- */

enum { CANDIDATES_MAX = 9 }; /* that a review queue may offer */

struct override_reader {
	struct overrides *o;
	struct soc_index *index;
	struct table *table;
	struct columns columns;
	size_t candidates[CANDIDATES_MAX]; /* columns code_1, code_2 ... of a review queue */
	struct error *err;
	struct buffer key;
};

static bool bad_code(const struct override_reader *r, const struct table_row *row, struct slice code, const char *hint)
{
	error_set(r->err, ERROR_INPUT, hint, "%.*s is no code of this index",
		  (int)(code.length < 40 ? code.length : 40), code.at);
	return error_at(r->err, table_place_name(r->table), row->line, (uint32_t)r->columns.of[COLUMN_CODE] + 1);
}

/* The title of a code: of its occupation, or of the group. */
static bool title_of(struct soc_index *index, struct override *x, size_t from, size_t to, struct error *err)
{
	x->occupation = (uint32_t)from;
	x->title = index->entries[from].title;
	if (code_is_onet(&x->code) || (to - from == 1 && code_level(&x->code) == LEVEL_SOC))
		return true;
	if (!soc_index_need_groups(index, err))
		return false;
	const struct group *group = groups_find(&index->groups, &x->code);
	if (group)
		x->title = group->title;
	return true;
}

static void find_candidates(struct override_reader *r)
{
	char name[16];
	size_t count;
	const struct slice *header = table_header(r->table, &count);
	for (size_t n = 0; n < CANDIDATES_MAX; n++) {
		snprintf(name, sizeof name, "code_%zu", n + 1);
		r->candidates[n] = COLUMN_ABSENT;
		for (size_t i = 0; i < count; i++)
			if (slice_equal_nocase(header[i], slice_of(name)))
				r->candidates[n] = i;
	}
}

/* The code itself; a single digit N stands for the column code_N. */
static struct slice chosen(const struct override_reader *r, const struct table_row *row, struct slice code)
{
	if (code.length != 1 || code.at[0] < '1' || code.at[0] > '9')
		return code;
	size_t column = r->candidates[code.at[0] - '1'];
	return column < row->count && column < CSV_FIELDS ? slice_trim(row->fields[column]) : code;
}

static bool read_code(struct override_reader *r, const struct table_row *row, struct slice text, struct override *x)
{
	size_t from, to;
	if (!code_parse(text, &x->code))
		return bad_code(r, row, text, "a code looks like 15-1252.00, 15-1252 or 15-1250");
	if (!soc_index_range(r->index, &x->code, &from, &to))
		return bad_code(r, row, text, "soc crosswalk CODE tells what a code of another edition has become");
	return title_of(r->index, x, from, to, r->err);
}

static bool keep(struct override_reader *r, const struct batch_job *job, const struct override *x)
{
	struct overrides *o = r->o;
	uint32_t number;
	size_t words;
	bool added;
	buffer_clear(&r->key);
	if (!override_key(job, r->index->analyzer, &r->key, &words, r->err))
		return false;
	if (words == 0)
		return true;
	if (!map_add(&o->keys, buffer_slice(&r->key), &number, &added, r->err) ||
	    !ARRAY_RESERVE(o->at, o->capacity, (size_t)number + 1, r->err))
		return false;
	o->changed += !added && strcmp(o->at[number].code.text, x->code.text) != 0;
	o->at[number] = *x;
	o->at[number].by = arena_copy(&o->arena, x->by, r->err);
	o->at[number].on = arena_copy(&o->arena, x->on, r->err);
	return o->at[number].by.at && o->at[number].on.at;
}

static bool read_row(struct override_reader *r, const struct table_row *row)
{
	struct override x = { .line = row->line };
	struct slice code = columns_field(&r->columns, row, COLUMN_CODE);
	struct batch_job job = { columns_field(&r->columns, row, COLUMN_TITLE),
				 columns_field(&r->columns, row, COLUMN_TEXT),
				 columns_field(&r->columns, row, COLUMN_INDUSTRY) };
	if (row->reject != REJECT_NONE) {
		error_set(r->err, ERROR_INPUT, "mend the row, or take it out", "this row cannot be read: %s",
			  reject_reason_name(row->reject));
		return error_at(r->err, table_place_name(r->table), row->line, row->column);
	}
	r->o->open += code.length == 0;
	if (code.length == 0)
		return true;
	x.by = columns_field(&r->columns, row, COLUMN_BY);
	x.on = columns_field(&r->columns, row, COLUMN_ON);
	return read_code(r, row, chosen(r, row, code), &x) && keep(r, &job, &x);
}

static bool read_rows(struct override_reader *r)
{
	struct table_row row;
	enum table_status status;
	if (!columns_of_overrides(r->table, &r->columns, r->err))
		return false;
	find_candidates(r);
	while ((status = table_next(r->table, &row, r->err)) == TABLE_ROW)
		if (!read_row(r, &row))
			return false;
	return status == TABLE_END;
}

bool overrides_read(const char *path, struct soc_index *index, struct overrides *out, struct error *err)
{
	struct override_reader r = { .o = out, .index = index, .err = err };
	struct input_source *input_source = NULL;
	bool ok = columns_open_file(path, &input_source, &r.table, err) && read_rows(&r);
	table_close(r.table);
	input_source_close(input_source);
	buffer_free(&r.key);
	return ok;
}

void overrides_free(struct overrides *o)
{
	map_free(&o->keys);
	memory_free(o->at);
	arena_free(&o->arena);
	*o = (struct overrides){ 0 };
}
