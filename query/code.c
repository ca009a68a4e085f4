// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * code.c - soc code: a table in, candidates for each row out, in the order of the input.
 */
#include <stdlib.h>

#include "lib/table/table.h"
#include "query/command.h"
#include "lib/rank/rank.h"

#define DEFAULT_TOP 5
#define NO_COLUMN SIZE_MAX

/* One run over one table. */
struct coding {
	struct command *c;
	struct container *container;
	struct table *table;
	struct ranker *ranker;
	struct rank_options options;
	size_t id;              /* columns, from 0; NO_COLUMN where there is none */
	size_t title;
	size_t text;
	uint64_t row;           /* of data, from 1 */
	uint64_t converted;     /* rows that were no UTF-8 and were read as Windows-1252 */
	bool any;
};

/* ---- input ---- */

static bool open_input(struct coding *k)
{
	const struct options *o = k->c->options;
	const char *path = o->operand_count ? o->operands[0] : "-";
	if (o->operand_count > 1)
		return error_set(k->c->err, ERROR_USAGE, "soc code FILE", "soc code takes one table at a time");
	if (strcmp(path, "-") != 0)
		return container_open(path, NULL, &k->container, k->c->err);
	struct slice all;
	return command_read_file(k->c, "-", &all) &&
	       container_open_memory(all, "standard input", NULL, &k->container, k->c->err);
}

static bool open_table(struct coding *k)
{
	size_t members;
	if (!open_input(k))
		return false;
	container_members(k->container, &members);
	if (members != 1)
		return error_set(k->c->err, ERROR_INPUT, "name the file with the rows to code",
				 "%s holds %zu files", container_path(k->container), members);
	struct table_place place = { .container = k->container };
	if (!table_open(&place, &k->table, k->c->err))
		return false;
	switch (table_next_header(k->table, k->c->err)) {
	case TABLE_ROW:
		return true;
	case TABLE_END:
		return error_set(k->c->err, ERROR_INPUT, "the first row names the columns, such as id,title,text",
				 "%s has no header row", table_place_name(k->table));
	case TABLE_FAILED:
		break;
	}
	return false;
}

/* ---- columns ---- */

static bool unknown_column(struct coding *k, const char *name)
{
	struct buffer names = { 0 };
	size_t count;
	const struct slice *header = table_header(k->table, &count);
	for (size_t i = 0; i < count; i++)
		buffer_printf(&names, NULL, "%s%.*s", i ? ", " : "", (int)header[i].length, header[i].at);
	buffer_terminate(&names, NULL);
	error_set(k->c->err, ERROR_INPUT, NULL, "there is no column %s", name);
	if (count == 1)
		snprintf(k->c->err->hint, sizeof k->c->err->hint, "the fields of a row have to be separated by commas or "
			 "tabs; the first line is: %s", names.at ? names.at : "");
	else
		snprintf(k->c->err->hint, sizeof k->c->err->hint, "name it with --title COLUMN or --text COLUMN; the "
			 "columns are: %s", names.at ? names.at : "");
	buffer_free(&names);
	return error_at(k->c->err, table_place_name(k->table), table_header_line(k->table), 0);
}

/* The column that an option names, or that has the default name; one that is named has to be there. */
static bool find_column(struct coding *k, int option, const char *fallback, size_t *column)
{
	const char *given = options_value(k->c->options, option), *name = given ? given : fallback;
	size_t count;
	const struct slice *header = table_header(k->table, &count);
	*column = NO_COLUMN;
	for (size_t i = 0; i < count; i++) {
		if (!slice_equal_nocase(slice_trim(header[i]), slice_of(name)))
			continue;
		if (*column != NO_COLUMN) {
			error_set(k->c->err, ERROR_INPUT, "rename one of them", "there are two columns %s", name);
			return error_at(k->c->err, table_place_name(k->table), table_header_line(k->table),
					(uint32_t)i + 1);
		}
		*column = i;
	}
	return *column != NO_COLUMN || !given || unknown_column(k, name);
}

static bool find_columns(struct coding *k)
{
	if (!find_column(k, OPTION_TITLE, "title", &k->title) || !find_column(k, OPTION_TEXT, "text", &k->text) ||
	    !find_column(k, OPTION_ID, "id", &k->id))
		return false;
	if (!options_given(k->c->options, OPTION_ID))
		k->id = NO_COLUMN;
	return k->title != NO_COLUMN || k->text != NO_COLUMN || unknown_column(k, "title or text");
}

static struct slice field(const struct table_row *row, size_t column)
{
	return column < row->count ? slice_trim(row->fields[column]) : (struct slice){ 0 };
}

/* ---- output ---- */

static json_t *describe_candidate(const struct coding *k, const struct ranking *r, const struct candidate *c)
{
	const struct entry *e = &k->c->index->entries[c->occupation];
	struct code soc = r->level < LEVEL_SOC ? c->code : code_soc(&e->code);
	return json_pack("{s:s, s:s, s:o, s:f, s:f}", "code", e->code.text, "soc", soc.text, "title",
			 command_json_text(e->title), "score", c->score, "confidence", c->confidence);
}

/* Write one row's object; `note` says why there is no candidate. */
static bool write_row(struct coding *k, struct slice id, const struct ranking *r, const char *note)
{
	char number[24];
	json_t *list = json_array(), *object = json_object();
	snprintf(number, sizeof number, "%llu", (unsigned long long)k->row);
	json_object_set_new(object, "id", k->id == NO_COLUMN ? json_string(number) : command_json_text(id));
	for (size_t i = 0; r && i < r->count; i++)
		json_array_append_new(list, describe_candidate(k, r, &r->at[i]));
	json_object_set_new(object, "candidates", list);
	if (note)
		json_object_set_new(object, "note", json_string(note));
	bool ok = json_dumpf(object, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6)) == 0 && putchar('\n') != EOF;
	json_decref(object);
	return ok || error_set(k->c->err, ERROR_IO, "check the free space, and where the output goes",
			       "cannot write row %s", number);
}

/* ---- rows ---- */

static bool code_row(struct coding *k, const struct table_row *row)
{
	struct job job = { field(row, k->title), field(row, k->text) };
	struct slice id = field(row, k->id);
	struct ranking r;
	k->row++;
	k->converted += row->converted;
	if (row->reject != REJECT_NONE)
		return write_row(k, id, NULL, reject_reason_name(row->reject));
	if (job.title.length == 0 && job.text.length == 0)
		return write_row(k, id, NULL, "no title and no text");
	if (!rank_job(k->ranker, &job, &k->options, &r, k->c->err))
		return false;
	k->any |= r.count > 0;
	return write_row(k, id, &r, r.count ? NULL : "no word of it is known to the index");
}

static bool code_rows(struct coding *k)
{
	struct table_row row;
	for (;;) {
		switch (table_next(k->table, &row, k->c->err)) {
		case TABLE_ROW:
			if (!code_row(k, &row))
				return false;
			break;
		case TABLE_END:
			return true;
		case TABLE_FAILED:
			return false;
		}
	}
}

static bool read_options(struct coding *k)
{
	long top = DEFAULT_TOP;
	if (!options_number(k->c->options, OPTION_LIMIT, 1, 1000, &top, k->c->err))
		return false;
	k->options.limit = (size_t)top;
	k->options.level = command_level(k->c, &k->options.automatic);
	k->options.expand = command_expand(k->c);
	return true;
}

enum outcome command_code(struct command *c)
{
	struct coding k = { .c = c };
	bool ok = read_options(&k) && open_table(&k) && find_columns(&k) && command_tell_sample(c) &&
		  ranker_new(c->index, &k.ranker, c->err) && code_rows(&k);
	if (ok && k.converted > 0 && !c->quiet)
		fprintf(stderr, "soc: %llu rows were not UTF-8 and were read as Windows-1252\n",
			(unsigned long long)k.converted);
	ranker_free(k.ranker);
	table_close(k.table);
	container_close(k.container);
	if (!ok)
		return OUTCOME_ERROR;
	return k.any ? OUTCOME_FOUND : OUTCOME_NOTHING;
}
