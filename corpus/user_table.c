// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * user_table.c - a table of the user's own, keyed by a code: all of its columns become facts.
 *
 * Nothing is known of it but that one column has codes.  That is the one with a usual name, else the first with nothing
 * but codes in it; which one it is, is said.
 */
#include "corpus/source_read_internal.h"
#include "lib/base/ascii.h"

enum {
	HEADER_ROWS = 30, /* a header stands among the first so many rows */
	LOOK_ROWS = 100   /* so many rows below the first are looked at for codes */
};

/* The code comes first, whatever its place. */
enum { USER_CODE, USER_FIRST };

static void read_user_row(struct row *row)
{
	struct record r = { .scope = FACTS_OF_ANY };
	struct row_facts facts = { .count = 0 };
	if (!row_code(row, USER_CODE, &r.code))
		return;
	for (size_t i = USER_FIRST; i < row->spec->column_count; i++)
		if (row->fields[i].length > 0)
			facts.at[facts.count++] =
				(struct record_fact){ .key = FACT_CUSTOM,
						      .name = slice_of(row->spec->columns[i].names[0]),
						      .text = row->fields[i],
						      .note = SLICE("") };
	row_emit_facts(row, &r, &facts);
}

const struct family family_user_table = {
	.name = "own",
	.title = "a table of your own",
	.what = "a table of your own",
	.advice = "give a CSV, TSV or workbook with a header and a column of codes such as 15-1252.00 or 15-1252",
};

/* ---- the column with the codes ---- */

static const char *const code_names[] = {
	"O*NET-SOC Code",  "onet_soc_code", "onetsoc_code", "onet_soc", "onetsoc",     "onet_code", "O*NET Code",
	"SOC Code",        "2018 SOC Code", "soc_2018",     "soc2018",  "SOC2018Code", "soc",       "occ_code",
	"Occupation Code", "code",
};

static size_t find_named(const struct slice *header, size_t count)
{
	for (size_t n = 0; n < sizeof code_names / sizeof *code_names; n++)
		for (size_t i = 0; i < count; i++)
			if (family_has_column(&header[i], 1, code_names[n]))
				return i;
	return SIZE_MAX;
}

/* The first row that has a column with such a name becomes the header; 0 where there is none. */
static bool find_header(struct table *t, uint32_t *row, size_t *column, struct error *err)
{
	enum table_status status = TABLE_ROW;
	*row = 0;
	for (uint32_t r = 1; r <= HEADER_ROWS && *row == 0; r++) {
		size_t count;
		status = table_next_header(t, err);
		if (status != TABLE_ROW)
			break;
		const struct slice *header = table_header(t, &count);
		*column = find_named(header, count);
		*row = *column != SIZE_MAX && count > 1 ? r : 0;
	}
	return status != TABLE_FAILED;
}

/* Take from the columns that may have codes those that have something else in this row. */
static void judge_row(const struct table_row *row, bool *codes, bool *any, size_t count)
{
	struct code code;
	for (size_t i = 0; i < count && i < row->count; i++) {
		struct slice field = slice_trim(row->fields[i]);
		if (field.length == 0)
			continue;
		any[i] = true;
		codes[i] = codes[i] && code_parse(field, &code);
	}
}

/* The first column with nothing but codes below the first row, which becomes the header. */
static bool find_codes(struct table *t, uint32_t *row, size_t *column, struct error *err)
{
	bool codes[FAMILY_COLUMNS], any[FAMILY_COLUMNS] = { false };
	struct table_row at;
	size_t count = 0;
	enum table_status status = table_next_header(t, err);
	*row = 0;
	memset(codes, true, sizeof codes);
	if (status == TABLE_ROW)
		table_header(t, &count);
	count = count < FAMILY_COLUMNS ? count : FAMILY_COLUMNS;
	for (int i = 0; status == TABLE_ROW && i < LOOK_ROWS && (status = table_next(t, &at, err)) == TABLE_ROW; i++)
		if (at.reject == REJECT_NONE)
			judge_row(&at, codes, any, count);
	for (size_t i = 0; i < count && *row == 0 && count > 1; i++) {
		*column = i;
		*row = codes[i] && any[i];
	}
	return status != TABLE_FAILED;
}

/* ---- the source ---- */

static bool refuse(const struct input_source *input_source, const char *name, const char *text, struct error *err)
{
	return error_set_at(err, input_source_path(input_source), ERROR_INPUT, family_user_table.advice,
			    "the table %s %s", name, text);
}

/* What the columns are, the code first: kept in the arena. */
static const struct table_spec *make_spec(struct corpus *c, struct table *t, size_t code, const char *name,
					  struct error *err)
{
	size_t count;
	const struct slice *header = table_header(t, &count);
	struct table_spec *spec = arena_alloc(&c->arena, sizeof *spec, err);
	struct column_spec *columns = arena_alloc(&c->arena, count * sizeof *columns, err);
	size_t *places = arena_alloc(&c->arena, count * sizeof *places, err);
	struct slice kept = arena_copy(&c->arena, slice_of(name), err);
	if (!spec || !columns || !places || !kept.at)
		return NULL;
	for (size_t i = 0, to = USER_FIRST; i < count; i++) {
		char number[32];
		struct slice title = slice_trim(header[i]);
		snprintf(number, sizeof number, "column %zu", i + 1);
		size_t at = i == code ? USER_CODE : to++;
		columns[at].names[0] = arena_copy(&c->arena, title.length ? title : slice_of(number), err).at;
		places[at] = i;
		if (!columns[at].names[0])
			return NULL;
	}
	*spec = (struct table_spec){ .table = kept.at,
				     .needed = true,
				     .columns = columns,
				     .column_count = count,
				     .places = places,
				     .read = read_user_row };
	return spec;
}

static bool make_source(struct corpus *c, struct input_source *input_source, const char *name,
			const struct table_place *place, const char *sheet, uint32_t row, size_t column,
			struct table *t, struct error *err)
{
	size_t count;
	struct buffer remark = { 0 };
	table_header(t, &count);
	if (count > FAMILY_COLUMNS) {
		char text[96];
		snprintf(text, sizeof text, "has %zu columns; at most %d are kept", count, FAMILY_COLUMNS);
		return refuse(input_source, name, text, err);
	}
	const struct table_spec *spec = make_spec(c, t, column, name, err);
	struct slice kept = spec ? arena_copy(&c->arena, slice_of(sheet), err) : (struct slice){ 0 };
	struct source *s = kept.at ? source_add(c, &family_user_table, input_source_kind(input_source) == INPUT_FILE,
						input_source_path(input_source), err)
				   : NULL;
	if (!s || !source_add_input(s, spec, place, kept.at, row, err))
		return false;
	struct corpus_source *listed = &c->listed[s - c->sources];
	snprintf(s->note.title, sizeof s->note.title, "%s", name);
	bool ok = buffer_printf(&remark, err, "its codes are in the column \"%s\"", spec->columns[USER_CODE].names[0]);
	listed->remark = ok ? arena_copy(&c->arena, buffer_slice(&remark), err).at : NULL;
	buffer_free(&remark);
	return listed->remark != NULL;
}

/* Look for the codes in one sheet, by the name of their column or by what is in it. */
static bool try_sheet(struct corpus *c, const struct table_place *place, const char *sheet, const char *name,
		      bool named, bool *found, struct error *err)
{
	struct table *t = NULL;
	uint32_t row = 0;
	size_t column = 0;
	bool ok = table_open(place, &t, err) && (named ? find_header : find_codes)(t, &row, &column, err);
	*found = ok && row > 0;
	if (*found)
		ok = make_source(c, place->input_source, name, place, sheet, row, column, t, err);
	table_close(t);
	return ok;
}

/* A name is a word in a query, behind which a point and a column stand. */
static bool check_name(const struct corpus *c, const char *name, struct error *err)
{
	size_t length = 0;
	while (name[length] == '_' || name[length] == '-' || ascii_is_letter(name[length]) ||
	       ascii_is_digit(name[length]))
		length++;
	if (length == 0 || name[length] != '\0' || length >= 32)
		return error_set(err, ERROR_USAGE,
				 "a name has letters, digits, - and _, at most 31 of them: --facts pay=pay.csv",
				 "'%.60s' is no name for a table", name);
	for (size_t i = 0; i < c->source_count; i++)
		if (c->sources[i].family == &family_user_table && strcmp(c->sources[i].note.title, name) == 0)
			return error_set(err, ERROR_USAGE, "give each table a name of its own",
					 "two tables are called %s", name);
	return true;
}

/* The one member that can be a table; SIZE_MAX where there is none, or more than one. */
static size_t only_member(const struct input_source *input_source)
{
	size_t count;
	(void)input_source_members(input_source, &count);
	return count == 1 && input_source_kind(input_source) != INPUT_FOLDER ? 0 : SIZE_MAX;
}

bool source_add_user_table(struct corpus *c, struct input_source *input_source, const char *name, struct error *err)
{
	struct table_sheets sheets;
	size_t member = only_member(input_source);
	bool found = false, ok = check_name(c, name, err);
	if (!ok)
		return false;
	if (member == SIZE_MAX)
		return refuse(input_source, name, "is to be one file, or the only one in a zip", err);
	if (!table_sheets_list(input_source, member, &sheets, err))
		return false;
	for (int named = 1; ok && named >= 0 && !found; named--) {
		for (size_t i = 0; ok && i < sheets.count && !found; i++) {
			struct table_place place = { input_source, member, (uint32_t)i };
			ok = try_sheet(c, &place, sheets.names[i].at, name, named, &found, err);
		}
	}
	table_sheets_free(&sheets);
	return ok &&
	       (found || refuse(input_source, name, "has no column with codes, or no other column beside it", err));
}
