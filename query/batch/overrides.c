// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * overrides.c - decisions that people have made: read from a table, and found by the words of a job.
 */
#include <inttypes.h>
#include <stdio.h>
#include <xxhash.h>

#include "query/batch/overrides.h"
#include "query/batch/decision_table.h"

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
		if (number != MAP_NONE) {
			atomic_store_explicit(&o->at[number].met, true, memory_order_relaxed);
			*found = &o->at[number];
		}
	}
	return true;
}

static uint64_t hash_text(uint64_t hash, struct slice text)
{
	return XXH3_64bits_withSeed(text.length ? text.at : "", text.length, hash);
}

uint64_t overrides_hash(const struct overrides *o)
{
	uint64_t sum = 0;
	for (uint32_t i = 0; i < o->keys.count; i++) {
		uint64_t hash = hash_text(0, map_key(&o->keys, i));
		for (size_t k = 0; k < o->at[i].count; k++)
			hash = hash_text(hash, slice_of(o->at[i].codes[k].code.text));
		hash += (uint64_t)o->at[i].not_occupation + (o->at[i].uncodable ? NOT_OCCUPATION_COUNT : 0);
		sum += hash_text(hash_text(hash_text(hash, o->at[i].by), o->at[i].on), o->at[i].comment);
	}
	return sum;
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
	struct decision_table table;
	size_t candidates[CANDIDATES_MAX]; /* columns code_1, code_2 ... of a review queue */
	struct error *err;
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
		return "a code looks like 15-1252.00, 15-1252 or 15-1250; uncodable: none fits; or write what the job is "
		       "instead of an occupation, such as retired";
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
	return error_at(r->err, table_place_name(r->table.table), row->line,
			(uint32_t)r->table.columns.of[COLUMN_CODE] + 1);
}

/* The title of a code: of its occupation, or of the group. */
static bool title_of(struct soc_index *index, struct override_code *x, size_t from, size_t to, struct error *err)
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
	const struct slice *header = table_header(r->table.table, &count);
	for (size_t n = 0; n < CANDIDATES_MAX; n++) {
		snprintf(name, sizeof name, "code_%zu", n + 1);
		r->candidates[n] = COLUMN_ABSENT;
		for (size_t i = 0; i < count; i++)
			if (slice_equal_nocase(header[i], slice_of(name)))
				r->candidates[n] = i;
	}
}

/* A single digit N in front of *rest, alone or in a list, stands for the column code_N. */
static bool chosen(const struct override_reader *r, struct slice *rest, struct slice *code)
{
	const struct table_row *row = &r->table.row;
	size_t length = 1;
	while (length < rest->length && rest->at[length] == ' ')
		length++;
	if (rest->at[0] < '1' || rest->at[0] > '9' || (length < rest->length && !strchr(",;|/", rest->at[length])))
		return false;
	size_t column = r->candidates[rest->at[0] - '1'];
	*code = column < row->count && column < CSV_FIELDS ? slice_trim(row->fields[column]) : (struct slice){ "", 0 };
	length += length < rest->length;
	*rest = slice_trim((struct slice){ rest->at + length, rest->length - length });
	return true;
}

/* The next code of a cell. */
static bool read_code(struct override_reader *r, struct slice cell, struct slice *rest, struct override_code *x)
{
	size_t from, to;
	struct slice code, *read_from = chosen(r, rest, &code) ? &code : rest;
	struct written_code w = code_reader_next(read_from);
	struct code_lookup found;
	code_lookup(r->index, &w, &found);
	if (!code_lookup_one(&found))
		return bad_code(r, &r->table.row, cell, &found);
	x->code = found.at[0];
	r->o->origins[found.origin]++;
	soc_index_range(r->index, &x->code, &from, &to);
	return title_of(r->index, x, from, to, r->err);
}

/* What stands in the column `code`. */
static bool read_cell(struct override_reader *r, struct slice cell, struct override *x)
{
	struct slice rest = cell;
	x->uncodable = slice_equal_nocase(cell, SLICE("uncodable"));
	x->not_occupation = not_occupation_read(cell);
	if (x->uncodable || x->not_occupation)
		return true;
	while (rest.length > 0 && x->count < OVERRIDE_CODES) {
		if (!read_code(r, cell, &rest, &x->codes[x->count]))
			return false;
		x->count++;
		rest = slice_trim(rest);
	}
	if (rest.length == 0)
		return true;
	error_set(r->err, ERROR_INPUT, "give the best three, the first one first", "%.*s are more than three codes",
		  (int)(cell.length < 80 ? cell.length : 80), cell.at);
	return error_at(r->err, r->table.path, r->table.row.line, (uint32_t)r->table.columns.of[COLUMN_CODE] + 1);
}

static bool is_same_decision(const struct override *a, const struct override *b)
{
	bool same = a->count == b->count && a->uncodable == b->uncodable && a->not_occupation == b->not_occupation;
	for (size_t i = 0; same && i < a->count; i++)
		same = strcmp(a->codes[i].code.text, b->codes[i].code.text) == 0;
	return same;
}

static bool keep(struct override_reader *r, const struct override *x)
{
	struct overrides *o = r->o;
	uint32_t number;
	bool added;
	if (!map_add(&o->keys, buffer_slice(&r->table.bytes), &number, &added, r->err) ||
	    !ARRAY_RESERVE(o->at, o->capacity, (size_t)number + 1, r->err))
		return false;
	struct override *own = &o->at[number];
	o->shapes[r->table.shape] = true;
	o->changed += !added && !is_same_decision(own, x);
	*own = *x;
	own->by = arena_copy(&o->arena, x->by, r->err);
	own->on = arena_copy(&o->arena, x->on, r->err);
	own->comment = arena_copy(&o->arena, x->comment, r->err);
	return arena_ok(&o->arena);
}

static bool read_row(struct override_reader *r)
{
	const struct decision_table *t = &r->table;
	struct override x = { .by = decision_table_field(t, COLUMN_BY),
			      .on = decision_table_field(t, COLUMN_ON),
			      .comment = decision_table_field(t, COLUMN_COMMENT),
			      .line = t->row.line };
	r->o->open += !t->decided;
	return !t->decided || (read_cell(r, decision_table_field(t, COLUMN_CODE), &x) && keep(r, &x));
}

bool overrides_read(const char *path, struct soc_index *index, struct overrides *out, struct error *err)
{
	struct override_reader r = { .o = out, .index = index, .err = err };
	enum table_status status = TABLE_FAILED;
	if (soc_index_need_crossings(index, err) && decision_table_open(&r.table, path, index->analyzer, err)) {
		find_candidates(&r);
		while ((status = decision_table_next(&r.table, err)) == TABLE_ROW)
			if (!read_row(&r))
				break;
	}
	decision_table_close(&r.table);
	return status == TABLE_END;
}

void overrides_free(struct overrides *o)
{
	map_free(&o->keys);
	memory_free(o->at);
	arena_free(&o->arena);
	*o = (struct overrides){ 0 };
}
