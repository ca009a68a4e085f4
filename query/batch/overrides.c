// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * overrides.c - decisions that people have made: read from a table, and found by the words of a job.
 */
#include <inttypes.h>
#include <stdio.h>

#include "query/batch/overrides.h"
#include "lib/table/column_guess.h"
#include "lib/table/table.h"

enum { UNMET_TOLD = 10 };

/* ---- searching ---- */

bool overrides_find(const struct overrides *o, const struct job_key *key, struct buffer *scratch,
		    const struct override **found, struct error *err)
{
	*found = NULL;
	for (unsigned shape = 0; shape < JOB_SHAPE_COUNT && !*found && !job_key_empty(key); shape++) {
		if (!o->shapes[shape])
			continue;
		buffer_clear(scratch);
		if (!job_key_append(key, shape, scratch, err))
			return false;
		uint32_t number = map_find(&o->keys, buffer_slice(scratch));
		*found = number == MAP_NONE ? NULL : &o->at[number];
	}
	return true;
}

void overrides_meet(struct overrides *o, const struct override *decision)
{
	o->at[decision - o->at].met = true;
}

void overrides_tell_unmet(const struct overrides *o, const char *path)
{
	size_t unmet = 0;
	for (size_t i = 0; i < o->keys.count; i++) {
		unmet += !o->at[i].met;
		if (!o->at[i].met && unmet <= UNMET_TOLD)
			fprintf(stderr, "soc: %s:%" PRIu64 ": no row has the job of this decision\n", path,
				o->at[i].line);
	}
	if (unmet > UNMET_TOLD)
		fprintf(stderr, "soc: %s: %zu more decisions without a row\n", path, unmet - UNMET_TOLD);
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
	struct job_key key;
	struct buffer bytes;
};

/* What is to be done about what is not one code of the index. */
static const char *hint_of(const struct code_lookup *found, char *to, size_t size)
{
	static const char *const hints[ORIGIN_COUNT] = {
		[ORIGIN_SPLIT] = "it is of an older edition; name what it is now:",
		[ORIGIN_ANY_DATE] = "a spreadsheet has made a date of a code; name the code, such as",
	};
	if (found->origin == ORIGIN_UNKNOWN)
		return "soc crosswalk CODE tells what a code of another edition has become";
	if (!hints[found->origin] || found->count == 0)
		return "a code looks like 15-1252.00, 15-1252 or 15-1250";
	snprintf(to, size, "%s", hints[found->origin]);
	for (size_t i = 0; i < found->count; i++)
		snprintf(to + strlen(to), size - strlen(to), "%s %s", i ? " or" : "", found->at[i].text);
	return to;
}

static bool bad_code(const struct override_reader *r, const struct table_row *row, struct slice code,
		     const struct code_lookup *found)
{
	char hint[128 + CODE_LOOKUP_MAX * (CODE_SIZE + 4)];
	error_set(r->err, ERROR_INPUT, hint_of(found, hint, sizeof hint), "%.*s is no code of this index",
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
	struct slice rest = text;
	struct written_code w = code_reader_next(&rest);
	struct code_lookup found;
	code_lookup(r->index, &w, &found);
	if (!code_lookup_one(&found))
		return bad_code(r, row, text, &found);
	x->code = found.at[0];
	r->o->origins[found.origin]++;
	soc_index_range(r->index, &x->code, &from, &to);
	return title_of(r->index, x, from, to, r->err);
}

/* Of a review queue the digest stands for the text, which is cut there. */
static bool read_key(struct override_reader *r, const struct table_row *row, unsigned *shape)
{
	struct batch_job job = { columns_field(&r->columns, row, COLUMN_TITLE),
				 columns_field(&r->columns, row, COLUMN_TEXT),
				 columns_field(&r->columns, row, COLUMN_INDUSTRY) };
	bool queue = r->columns.of[COLUMN_DIGEST] != COLUMN_ABSENT;
	if (!job_key_read(&r->key, &job, r->index->analyzer, r->err))
		return false;
	*shape = JOB_EXACT;
	if (queue) {
		struct slice digest = columns_field(&r->columns, row, COLUMN_DIGEST);
		if (slice_equal(digest, slice_of(JOB_DIGEST_ANY)))
			*shape = JOB_ANY_TEXT;
		else
			snprintf(r->key.digest, sizeof r->key.digest, "%.*s", (int)digest.length, digest.at);
		return true;
	}
	if (r->key.digest[0] == '\0' && r->key.title.length)
		*shape += JOB_ANY_TEXT;
	if (r->key.industry.length == 0)
		*shape += JOB_ANY_INDUSTRY;
	return true;
}

static bool keep(struct override_reader *r, unsigned shape, const struct override *x)
{
	struct overrides *o = r->o;
	uint32_t number;
	bool added;
	buffer_clear(&r->bytes);
	if (!job_key_append(&r->key, shape, &r->bytes, r->err) ||
	    !map_add(&o->keys, buffer_slice(&r->bytes), &number, &added, r->err) ||
	    !ARRAY_RESERVE(o->at, o->capacity, (size_t)number + 1, r->err))
		return false;
	o->shapes[shape] = true;
	o->changed += !added && strcmp(o->at[number].code.text, x->code.text) != 0;
	o->at[number] = *x;
	o->at[number].by = arena_copy(&o->arena, x->by, r->err);
	o->at[number].on = arena_copy(&o->arena, x->on, r->err);
	return arena_ok(&o->arena);
}

static bool read_row(struct override_reader *r, const struct table_row *row)
{
	struct override x = { .line = row->line };
	struct slice code = columns_field(&r->columns, row, COLUMN_CODE);
	unsigned shape;
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
	return read_code(r, row, chosen(r, row, code), &x) && read_key(r, row, &shape) && keep(r, shape, &x);
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
	bool ok = soc_index_need_crossings(index, err) && columns_open_file(path, &input_source, &r.table, err) &&
		  read_rows(&r);
	table_close(r.table);
	input_source_close(input_source);
	job_key_free(&r.key);
	buffer_free(&r.bytes);
	return ok;
}

void overrides_free(struct overrides *o)
{
	map_free(&o->keys);
	memory_free(o->at);
	arena_free(&o->arena);
	*o = (struct overrides){ 0 };
}
