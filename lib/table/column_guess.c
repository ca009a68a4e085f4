// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * column_guess.c - the columns of a table of jobs: named, or guessed from their names.
 */
#include "lib/table/column_guess.h"
#include "lib/table/csv_writer.h"

#include "lib/base/ascii.h"
#include "lib/base/terminal.h"

static const struct {
	const char *name;
	const char *common;
} specs[COLUMN_COUNT] = {
#define COLUMN_SPEC(id, name, common) { name, common },
	COLUMN_TABLE(COLUMN_SPEC)
#undef COLUMN_SPEC
};

/* ---- names ---- */

static char next_sign(struct slice s, size_t *at)
{
	while (*at < s.length) {
		char c = ascii_to_lower(s.at[(*at)++]);
		if (ascii_is_lower(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80)
			return c;
	}
	return '\0';
}

bool columns_name_is(struct slice name, struct slice common)
{
	size_t at = 0;
	for (size_t i = 0; i < common.length; i++)
		if (next_sign(name, &at) != common.at[i])
			return false;
	return next_sign(name, &at) == '\0';
}

/* ---- one column ---- */

bool columns_list(const struct table *t, struct buffer *out)
{
	size_t count;
	const struct slice *header = table_header(t, &count);
	for (size_t i = 0; i < count; i++)
		buffer_printf(out, NULL, "%s%.*s", i ? ", " : "", (int)header[i].length, header[i].at);
	return buffer_terminate(out, NULL);
}

static bool refuse(const struct table *t, const char *name, struct error *err)
{
	struct buffer names = { 0 };
	size_t count;
	(void)table_header(t, &count);
	const char *known = columns_list(t, &names) ? names.at : "";
	error_set(err, ERROR_INPUT, NULL, "there is no column %s", name);
	if (count == 1)
		snprintf(err->hint, sizeof err->hint,
			 "the fields of a row have to be separated by commas or tabs; the "
			 "first line is: %s",
			 known);
	else
		snprintf(err->hint, sizeof err->hint,
			 "name it with --title COLUMN or --text COLUMN; the columns are: %s", known);
	buffer_free(&names);
	return error_at(err, table_place_name(t), table_header_line(t), 0);
}

/* The column of a name; in rows that name their own columns it may come later. */
static bool find_named(struct table *t, const char *name, size_t *column, struct error *err)
{
	size_t count;
	bool added;
	const struct slice *header = table_header(t, &count);
	*column = COLUMN_ABSENT;
	for (size_t i = 0; i < count; i++) {
		if (!slice_equal_nocase(slice_trim(header[i]), slice_of(name)))
			continue;
		if (*column != COLUMN_ABSENT) {
			error_set(err, ERROR_INPUT, "rename one of them", "there are two columns %s", name);
			return error_at(err, table_place_name(t), table_header_line(t), (uint32_t)i + 1);
		}
		*column = i;
	}
	if (*column != COLUMN_ABSENT)
		return true;
	return table_add_column(t, slice_of(name), column, &added, err) && (added || refuse(t, name, err));
}

/* Of several columns alike the first. */
size_t columns_guess(const struct table *t, const char *common)
{
	size_t count;
	const struct slice *header = table_header(t, &count);
	while (*common) {
		size_t length = strcspn(common, "|");
		for (size_t i = 0; i < count; i++)
			if (columns_name_is(header[i], (struct slice){ common, length }))
				return i;
		common += length + (common[length] == '|');
	}
	return COLUMN_ABSENT;
}

static bool is_taken(const struct columns *c, size_t column)
{
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (c->of[i] == column)
			return true;
	return false;
}

/* ---- all of them ---- */

bool columns_find(struct table *t, const struct column_wish wishes[COLUMN_COUNT], struct columns *out,
		  struct error *err)
{
	*out = (struct columns){ .guessed = { false } };
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		out->of[i] = COLUMN_ABSENT;
	/* What is named goes first: it is no longer there to be guessed. */
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (wishes[i].name && *wishes[i].name && !find_named(t, wishes[i].name, &out->of[i], err))
			return false;
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		size_t column = wishes[i].name || !wishes[i].guess ? COLUMN_ABSENT : columns_guess(t, specs[i].common);
		if (column == COLUMN_ABSENT || is_taken(out, column))
			continue;
		out->of[i] = column;
		out->guessed[i] = true;
	}
	return out->of[COLUMN_TITLE] != COLUMN_ABSENT || out->of[COLUMN_TEXT] != COLUMN_ABSENT ||
	       refuse(t, "title or text", err);
}

bool columns_of_overrides(struct table *t, struct columns *out, struct error *err)
{
	static const struct column_wish wishes[COLUMN_COUNT] = {
		[COLUMN_TITLE] = { NULL, true },   [COLUMN_TEXT] = { NULL, true }, [COLUMN_INDUSTRY] = { NULL, true },
		[COLUMN_CODE] = { "code", false }, [COLUMN_BY] = { NULL, true },   [COLUMN_ON] = { NULL, true },
		[COLUMN_DIGEST] = { NULL, true },
	};
	return columns_find(t, wishes, out, err);
}

struct slice columns_field(const struct columns *c, const struct table_row *row, enum column column)
{
	size_t at = c->of[column];
	bool there = at < row->count && row->fields && at < CSV_FIELDS;
	return there ? slice_trim(cell_without_guard(slice_trim(row->fields[at]))) : (struct slice){ NULL, 0 };
}

static void tell_name(struct slice name)
{
	struct buffer clean = { 0 };
	if (terminal_clean(name, &clean, NULL))
		fwrite(clean.at, 1, clean.length, stderr);
	buffer_free(&clean);
}

void columns_tell(const struct columns *c, const struct table *t, bool number)
{
	size_t count;
	const struct slice *header = table_header(t, &count);
	const char *between = "soc: taking ";
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		if (!c->guessed[i] || (number && i == COLUMN_ID))
			continue;
		fprintf(stderr, "%s%s from column ", between, specs[i].name);
		tell_name(header[c->of[i]]);
		between = ", ";
	}
	if (*between == ',')
		fputc('\n', stderr);
	if (!number || !c->guessed[COLUMN_ID])
		return;
	fputs("soc: rows are numbered; for ids from a column: --id '", stderr);
	tell_name(header[c->of[COLUMN_ID]]);
	fputs("'\n", stderr);
}

/* ---- opening ---- */

bool columns_open_table(struct input_source *input_source, struct table **table, struct error *err)
{
	size_t members;
	input_source_members(input_source, &members);
	if (members != 1)
		return error_set(err, ERROR_INPUT, "name the file with the rows to code", "%s holds %zu files",
				 input_source_path(input_source), members);
	struct table_place place = { .input_source = input_source };
	if (!table_open_forgiving(&place, table, err))
		return false;
	switch (table_next_header(*table, err)) {
	case TABLE_ROW:
		return true;
	case TABLE_END:
		return error_set(err, ERROR_INPUT, "the first row names the columns, such as id,title,text",
				 "%s has no header row", table_place_name(*table));
	case TABLE_FAILED:
		break;
	}
	return false;
}

bool columns_open_file(const char *path, struct input_source **input_source, struct table **table, struct error *err)
{
	/* A table may be of any length; what unpacks to more than it should is read all the same, in bounded memory. */
	static const struct input_source_limits limits = { UINT64_MAX, UINT32_MAX };
	return input_source_open(path, &limits, input_source, err) && columns_open_table(*input_source, table, err);
}
