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

#define NO_BREAK_SPACE "\xC2\xA0"

static char next_sign(struct slice s, size_t *at)
{
	while (*at < s.length) {
		if (slice_begins((struct slice){ s.at + *at, s.length - *at }, SLICE(NO_BREAK_SPACE))) {
			*at += 2;
			continue;
		}
		char c = ascii_to_lower(s.at[(*at)++]);
		if (ascii_is_lower(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80)
			return c;
	}
	return '\0';
}

/* One space for all that a name has between two words; NUL at the end. */
static char next_of_name(struct slice *s)
{
	bool space = false;
	while (s->length > 0 && (slice_skip(s, SLICE(NO_BREAK_SPACE)) || ascii_is_space(*s->at))) {
		if (ascii_is_space(*s->at))
			*s = (struct slice){ s->at + 1, s->length - 1 };
		space = true;
	}
	if (space && s->length > 0)
		return ' ';
	if (s->length == 0)
		return '\0';
	s->length--;
	return ascii_to_lower(*s->at++);
}

/* As the user names a column: whatever the case and the spaces. */
static bool same_name(struct slice a, struct slice b)
{
	char x;
	a = slice_trim(a);
	b = slice_trim(b);
	while ((x = next_of_name(&a)) == next_of_name(&b))
		if (x == '\0')
			return true;
	return false;
}

bool columns_name_is(struct slice name, struct slice common)
{
	size_t at = 0;
	for (size_t i = 0; i < common.length; i++)
		if (next_sign(name, &at) != common.at[i])
			return false;
	return next_sign(name, &at) == '\0';
}

/* The place of a name among the common ones; SIZE_MAX where it is none. */
static size_t rank_of(struct slice name, const char *common)
{
	for (size_t rank = 0; *common; rank++) {
		size_t length = strcspn(common, "|");
		if (columns_name_is(name, (struct slice){ common, length }))
			return rank;
		common += length + (common[length] == '|');
	}
	return SIZE_MAX;
}

static bool is_job_column(struct slice name)
{
	return rank_of(name, specs[COLUMN_TITLE].common) != SIZE_MAX ||
	       rank_of(name, specs[COLUMN_TEXT].common) != SIZE_MAX;
}

static bool is_known(struct slice name)
{
	return is_job_column(name) || rank_of(name, specs[COLUMN_ID].common) != SIZE_MAX;
}

/* A column by its number, from 1; 0 where it is none. */
static size_t number_of(const char *name)
{
	size_t number = 0;
	for (const char *p = name; *p; p++)
		number = ascii_is_digit(*p) && number <= CSV_FIELDS ? number * 10 + (size_t)(*p - '0') : SIZE_MAX / 16;
	return number <= CSV_FIELDS ? number : 0;
}

/* ---- one column ---- */

static void put_column(const struct table *t, size_t column, struct buffer *out)
{
	size_t count;
	const struct slice *header = table_header(t, &count);
	if (column < count && header[column].length > 0)
		terminal_clean(header[column], out, NULL);
	else
		buffer_printf(out, NULL, "number %zu", column + 1);
}

bool columns_list(const struct table *t, struct buffer *out)
{
	size_t count;
	(void)table_header(t, &count);
	for (size_t i = 0; i < count; i++) {
		buffer_append_text(out, i ? ", " : "", NULL);
		put_column(t, i, out);
	}
	return buffer_terminate(out, NULL);
}

/* There is no such column: `option` is the one that names it, NULL for a title or a text of any name. */
static bool refuse(const struct table *t, const char *name, const char *option, struct error *err)
{
	struct buffer names = { 0 };
	size_t count;
	(void)table_header(t, &count);
	const char *known = columns_list(t, &names) ? names.at : "";
	error_set(err, ERROR_INPUT, NULL, "there is no column %s", name);
	if (option)
		snprintf(err->hint, sizeof err->hint, "--%s takes a name or a number; the columns are: %s", option,
			 known);
	else if (count == 1 && !table_has_sheets(t))
		snprintf(
			err->hint, sizeof err->hint,
			"fields have to be separated by commas, tabs, semicolons or vertical bars; without a header: --no-header --title 1; the first line is: %s",
			known);
	else
		snprintf(err->hint, sizeof err->hint,
			 "name it with --title COLUMN or --text COLUMN; the columns are: %s", known);
	buffer_free(&names);
	return error_at(err, table_place_name(t), table_header_line(t), 0);
}

/* The column of a name, else of a number; in rows that name their own columns it may come later. */
static bool find_named(struct table *t, enum column which, const char *name, struct columns *out, struct error *err)
{
	size_t count, *column = &out->of[which], number = number_of(name);
	const struct slice *header = table_header(t, &count);
	for (size_t i = 0; i < count; i++) {
		if (!same_name(header[i], slice_of(name)))
			continue;
		if (*column != COLUMN_ABSENT) {
			char hint[96];
			snprintf(hint, sizeof hint, "rename one of them, or give its number: --%s %zu or --%s %zu",
				 specs[which].name, *column + 1, specs[which].name, i + 1);
			error_set(err, ERROR_INPUT, hint, "there are two columns %s", name);
			return error_at(err, table_place_name(t), table_header_line(t), (uint32_t)i + 1);
		}
		*column = i;
	}
	if (*column == COLUMN_ABSENT && number > 0 && number <= table_field_count(t))
		*column = number - 1;
	if (*column != COLUMN_ABSENT)
		return true;
	return table_add_column(t, slice_of(name), column, &out->unseen[which], err) &&
	       (out->unseen[which] || refuse(t, name, which <= COLUMN_GOLD ? specs[which].name : NULL, err));
}

/* Of several columns alike the first. */
size_t columns_guess(const struct table *t, const char *common)
{
	size_t count, best = COLUMN_ABSENT, best_rank = SIZE_MAX;
	const struct slice *header = table_header(t, &count);
	for (size_t i = 0; i < count; i++) {
		size_t rank = rank_of(header[i], common);
		best = rank < best_rank ? i : best;
		best_rank = rank < best_rank ? rank : best_rank;
	}
	return best;
}

static bool is_taken(const struct columns *c, size_t column)
{
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (c->of[i] == column)
			return true;
	return false;
}

/* Put a column among those that may stand for `which`, by the rank of its name, then by the name itself. */
static void add_other(struct columns *c, const struct slice *header, enum column which, size_t column)
{
	uint16_t *others = c->others[which];
	size_t rank = rank_of(header[column], specs[which].common), at = c->other_count[which];
	if (rank == SIZE_MAX || is_taken(c, column) || at == COLUMN_OTHERS)
		return;
	for (; at > 0; at--) {
		struct slice before = header[others[at - 1]];
		size_t its = rank_of(before, specs[which].common);
		if (its < rank || (its == rank && slice_compare(before, header[column]) <= 0))
			break;
		others[at] = others[at - 1];
	}
	others[at] = (uint16_t)column;
	c->other_count[which]++;
}

/* ---- which of several is the fullest ---- */

enum { LOOK_ROWS = 1000 };

/* A name that is usual counts, unless another of these columns has a tenth more rows that are not empty. */
static bool choose_fuller(struct table *t, struct columns *c, enum column which, struct error *err)
{
	const struct table_row *rows;
	size_t count, row_count, filled[COLUMN_OTHERS] = { 0 }, most = 0, best = 0;
	const struct slice *header = table_header(t, &count);
	for (size_t i = 0; i < count && i < CSV_FIELDS; i++)
		add_other(c, header, which, i);
	size_t others =
		which == COLUMN_TITLE || which == COLUMN_TEXT ? c->other_count[which] : c->other_count[which] > 0;
	if (others > 1 && !table_peek(t, LOOK_ROWS, &rows, &row_count, err))
		return false;
	for (size_t r = 0; others > 1 && r < row_count; r++)
		for (size_t i = 0; i < others; i++)
			filled[i] += c->others[which][i] < rows[r].count && c->others[which][i] < CSV_FIELDS &&
				     slice_trim(rows[r].fields[c->others[which][i]]).length > 0;
	for (size_t i = 0; i < others; i++)
		most = filled[i] > most ? filled[i] : most;
	while (best + 1 < others && filled[best] * 10 < most * 9)
		best++;
	if (others > 0)
		c->of[which] = c->others[which][best];
	if (others > 1)
		c->second[which] = c->others[which][best == 0];
	c->fuller[which] = best > 0;
	c->other_count[which] = 0;
	return true;
}

/* ---- all of them ---- */

void columns_update(struct columns *c, const struct table *t)
{
	size_t count;
	const struct slice *header = table_header(t, &count);
	for (; c->seen < count; c->seen++)
		for (size_t i = 0; i < COLUMN_COUNT; i++)
			if (c->guessed[i] && c->seen < CSV_FIELDS)
				add_other(c, header, (enum column)i, c->seen);
}

bool columns_find(struct table *t, const struct column_wish wishes[COLUMN_COUNT], struct columns *out,
		  struct error *err)
{
	bool own_names = table_has_own_names(t);
	*out = (struct columns){ .seen = 0 };
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		out->of[i] = out->second[i] = COLUMN_ABSENT;
	/* What is named goes first: it is no longer there to be guessed. */
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (wishes[i].name && *wishes[i].name && !find_named(t, (enum column)i, wishes[i].name, out, err))
			return false;
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		if (wishes[i].name || !wishes[i].guess)
			continue;
		if (!own_names && !choose_fuller(t, out, (enum column)i, err))
			return false;
		out->guessed[i] = own_names || out->of[i] != COLUMN_ABSENT;
	}
	if (own_names)
		columns_update(out, t);
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (out->other_count[i] > 0)
			out->of[i] = out->others[i][0];
	return own_names || out->of[COLUMN_TITLE] != COLUMN_ABSENT || out->of[COLUMN_TEXT] != COLUMN_ABSENT ||
	       refuse(t, "title or text", NULL, err);
}

bool columns_of_overrides(struct table *t, struct columns *out, struct error *err)
{
	static const struct column_wish wishes[COLUMN_COUNT] = {
		[COLUMN_TITLE] = { NULL, true },   [COLUMN_TEXT] = { NULL, true },   [COLUMN_INDUSTRY] = { NULL, true },
		[COLUMN_CODE] = { "code", false }, [COLUMN_BY] = { NULL, true },     [COLUMN_ON] = { NULL, true },
		[COLUMN_COMMENT] = { NULL, true }, [COLUMN_DIGEST] = { NULL, true },
	};
	return columns_find(t, wishes, out, err);
}

static struct slice field_at(const struct table_row *row, size_t at)
{
	bool there = at < row->count && row->fields && at < CSV_FIELDS;
	return there ? slice_trim(cell_without_guard(slice_trim(row->fields[at]))) : (struct slice){ NULL, 0 };
}

struct slice columns_field(const struct columns *c, const struct table_row *row, enum column column)
{
	struct slice field = field_at(row, c->of[column]);
	for (size_t i = 0; i < c->other_count[column] && field.length == 0; i++)
		field = field_at(row, c->others[column][i]);
	return field;
}

static void put_choice(const struct columns *c, const struct table *t, size_t i, struct buffer *out)
{
	put_column(t, c->of[i], out);
	for (size_t k = 1; k < c->other_count[i]; k++) {
		buffer_append_text(out, " or ", NULL);
		put_column(t, c->others[i][k], out);
	}
	if (c->second[i] == COLUMN_ABSENT)
		return;
	buffer_append_text(out, c->fuller[i] ? " (fuller than " : " (not ", NULL);
	put_column(t, c->second[i], out);
	buffer_append_byte(out, ')', NULL);
}

void columns_tell(const struct columns *c, const struct table *t, bool number)
{
	struct buffer text = { 0 };
	const char *between = "soc: taking ";
	if (c->below) {
		buffer_printf(&text, NULL, "%sthe header from row %llu", between,
			      (unsigned long long)table_header_line(t));
		between = ", ";
	}
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		if (!c->guessed[i] || c->of[i] == COLUMN_ABSENT || (number && i == COLUMN_ID))
			continue;
		buffer_printf(&text, NULL, "%s%s from column ", between, specs[i].name);
		put_choice(c, t, i, &text);
		between = ", ";
	}
	buffer_append_text(&text, *between == ',' ? "\n" : "", NULL);
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (c->unseen[i]) {
			buffer_printf(&text, NULL, "soc: no object so far has the field of --%s: ", specs[i].name);
			put_column(t, c->of[i], &text);
			buffer_append_byte(&text, '\n', NULL);
		}
	if (c->of[COLUMN_TITLE] == COLUMN_ABSENT && c->of[COLUMN_TEXT] == COLUMN_ABSENT) {
		buffer_append_text(
			&text,
			"soc: no object so far has a title or a text; name them with --title and --text; the fields are: ",
			NULL);
		columns_list(t, &text);
		buffer_append_byte(&text, '\n', NULL);
	}
	if (number && c->guessed[COLUMN_ID] && c->of[COLUMN_ID] != COLUMN_ABSENT) {
		buffer_append_text(&text, "soc: rows are numbered; for ids from a column: --id '", NULL);
		put_column(t, c->of[COLUMN_ID], &text);
		buffer_append_text(&text, "'\n", NULL);
	}
	if (text.length > 0)
		fwrite(text.at, 1, text.length, stderr);
	buffer_free(&text);
}

/* ---- the header ---- */

enum { HEADER_ROWS = 30 };

static size_t count_named(const struct table_row *row)
{
	size_t named = 0;
	for (size_t i = 0; i < row->count && i < CSV_FIELDS; i++)
		named += slice_trim(row->fields[i]).length > 0;
	return named;
}

static bool has_name(const struct table_row *row, const char *name)
{
	for (size_t i = 0; i < row->count && i < CSV_FIELDS; i++)
		if (same_name(row->fields[i], slice_of(name)))
			return true;
	return false;
}

static bool has_job_column(const struct table_row *row)
{
	for (size_t i = 0; i < row->count && i < CSV_FIELDS; i++)
		if (is_job_column(row->fields[i]))
			return true;
	return false;
}

/* Whether a row can be the header: it has all names that the user gives, and where that is no title and no text, one that
 * is common. */
static bool is_header(const struct table_row *row, const struct column_wish wishes[COLUMN_COUNT])
{
	bool job = false;
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		const char *name = wishes[i].name;
		if (!name || !*name)
			continue;
		if (number_of(name) == 0 && !has_name(row, name))
			return false;
		job |= i == COLUMN_TITLE || i == COLUMN_TEXT;
	}
	return !row->blank && row->reject == REJECT_NONE && (job || has_job_column(row));
}

/* Which of the rows that come next is the header; `count` where none is.  A row with empty cells may be the upper one of
 * two, with names over several columns. */
static bool find_header(struct table *t, const struct column_wish wishes[COLUMN_COUNT], size_t *at, size_t *count,
			struct error *err)
{
	const struct table_row *rows;
	*at = 0;
	if (!table_peek(t, 1, &rows, count, err))
		return false;
	if (*count > 0 && is_header(rows, wishes) && count_named(rows) == rows->count)
		return true;
	if (!table_peek(t, HEADER_ROWS, &rows, count, err))
		return false;
	while (*at < *count && !is_header(&rows[*at], wishes))
		++*at;
	if (*at + 1 < *count && is_header(&rows[*at + 1], wishes) &&
	    count_named(&rows[*at + 1]) > count_named(&rows[*at]))
		++*at;
	return true;
}

static bool fail_header(const struct table *t, enum table_status status, struct error *err)
{
	return status == TABLE_FAILED
		       ? false
		       : error_set(err, ERROR_INPUT, "the first row names the columns, such as id,title,text",
				   "%s has no header row", table_place_name(t));
}

/* The row that the user says; above it are others. */
static bool take_header_row(struct table *t, uint64_t line, struct error *err)
{
	const struct table_row *rows;
	size_t count;
	for (;;) {
		if (!table_peek(t, 1, &rows, &count, err))
			return false;
		if (count == 0 || rows->line > line)
			return error_set_at(err, table_place_name(t), ERROR_INPUT,
					    "--header-row counts lines, and of a sheet its rows",
					    "no row begins on line %llu", (unsigned long long)line);
		if (rows->line == line)
			break;
		if (table_skip(t, 1, err) == TABLE_FAILED)
			return false;
	}
	enum table_status status = table_next_header(t, err);
	return status == TABLE_ROW || fail_header(t, status, err);
}

static bool take_header(struct table *t, const struct column_layout *layout,
			const struct column_wish wishes[COLUMN_COUNT], bool *below, struct error *err)
{
	size_t at = 0, count = 1;
	enum table_status status = TABLE_ROW;
	*below = false;
	if (layout->no_header)
		return table_number_columns(t, err);
	if (layout->header_row > 0 && !table_has_own_names(t))
		return take_header_row(t, layout->header_row, err);
	if (!table_has_own_names(t) && !find_header(t, wishes, &at, &count, err))
		return false;
	*below = at > 0 && at < count;
	if (*below)
		status = table_skip(t, at, err);
	if (status == TABLE_ROW)
		status = table_next_header(t, err);
	return status == TABLE_ROW || fail_header(t, status, err);
}

/* ---- sheets ---- */

enum { SHEETS_LOOKED_AT = 64 };

static bool is_sheet(const char *wanted, const struct table_sheets *sheets, size_t i)
{
	bool named = false;
	for (size_t k = 0; k < sheets->count; k++)
		named |= slice_equal_nocase(slice_trim(sheets->names[k]), slice_of(wanted));
	return named ? slice_equal_nocase(slice_trim(sheets->names[i]), slice_of(wanted)) : number_of(wanted) == i + 1;
}

static void list_sheets(const struct table_sheets *sheets, struct buffer *out)
{
	for (size_t i = 0; i < sheets->count; i++) {
		buffer_append_text(out, i ? ", " : "", NULL);
		terminal_clean(sheets->names[i], out, NULL);
	}
	buffer_terminate(out, NULL);
}

static bool refuse_sheet(const struct input_source *source, const struct table_sheets *sheets, const char *wanted,
			 struct error *err)
{
	struct buffer names = { 0 };
	list_sheets(sheets, &names);
	if (wanted)
		error_set(err, ERROR_INPUT, NULL, "there is no sheet %s", wanted);
	else
		error_set(err, ERROR_INPUT, NULL,
			  "no sheet has a header with a title or a text, or with the names that are given");
	snprintf(err->hint, sizeof err->hint, "%s; the sheets are: %s",
		 wanted ? "--sheet takes a name or a number"
			: "say which: --sheet NAME --title COLUMN, and --header-row N",
		 names.at ? names.at : "");
	buffer_free(&names);
	return error_at(err, input_source_path(source), 0, 0);
}

/* Whether a sheet has a header of jobs, and anything at all. */
static bool look_at_sheet(const struct table_place *place, const struct column_layout *layout,
			  const struct column_wish wishes[COLUMN_COUNT], bool *jobs, bool *data, struct error *err)
{
	struct table *t;
	size_t at = 0, count = 0;
	bool ok = table_open_with(place, &layout->options, &t, err) && find_header(t, wishes, &at, &count, err);
	*jobs = ok && at < count;
	*data = ok && count > 0;
	if (ok && count > 0 && (layout->no_header || layout->header_row > 0))
		*jobs = true;
	table_close(t);
	return ok;
}

/* The first sheet with jobs, one that is shown before one that is hidden; the others that have data are named. */
static bool find_sheet(struct table_place *place, const struct table_sheets *sheets, const struct column_layout *layout,
		       const struct column_wish wishes[COLUMN_COUNT], struct buffer *notes, struct error *err)
{
	bool jobs[SHEETS_LOOKED_AT] = { false }, data[SHEETS_LOOKED_AT] = { false };
	size_t count = sheets->count < SHEETS_LOOKED_AT ? sheets->count : SHEETS_LOOKED_AT, best = SIZE_MAX, others = 0;
	for (size_t i = 0; i < count; i++) {
		place->sheet = (uint32_t)i;
		if (!look_at_sheet(place, layout, wishes, &jobs[i], &data[i], err))
			return false;
		if (jobs[i] && (best == SIZE_MAX || (sheets->hidden[best] && !sheets->hidden[i])))
			best = i;
	}
	if (best == SIZE_MAX)
		return refuse_sheet(place->input_source, sheets, NULL, err);
	place->sheet = (uint32_t)best;
	for (size_t i = 0; i < count; i++)
		others += data[i] && i != best;
	if (others == 0)
		return true;
	buffer_append_text(notes, "soc: taking the sheet ", NULL);
	terminal_clean(sheets->names[best], notes, NULL);
	buffer_printf(notes, NULL, "; %zu other%s with data (--sheet): ", others, others == 1 ? "" : "s");
	for (size_t i = 0, put = 0; i < count; i++)
		if (data[i] && i != best) {
			buffer_append_text(notes, put++ ? ", " : "", NULL);
			terminal_clean(sheets->names[i], notes, NULL);
		}
	return buffer_append_byte(notes, '\n', err);
}

static bool choose_sheet(struct table_place *place, const struct column_layout *layout,
			 const struct column_wish wishes[COLUMN_COUNT], struct buffer *notes, struct error *err)
{
	struct table_sheets sheets;
	bool ok = table_sheets_list(place->input_source, place->member, &sheets, err);
	bool found = ok && !layout->sheet;
	for (size_t i = 0; ok && !found && i < sheets.count; i++) {
		found = is_sheet(layout->sheet, &sheets, i);
		place->sheet = (uint32_t)i;
	}
	if (ok && !found)
		ok = refuse_sheet(place->input_source, &sheets, layout->sheet, err);
	else if (ok && !layout->sheet && sheets.count > 1)
		ok = find_sheet(place, &sheets, layout, wishes, notes, err);
	table_sheets_free(&sheets);
	return ok;
}

/* ---- opening ---- */

static bool only_member(struct input_source *input_source, struct error *err)
{
	size_t members;
	input_source_members(input_source, &members);
	return members == 1 || error_set(err, ERROR_INPUT, "name the file with the rows to code", "%s holds %zu files",
					 input_source_path(input_source), members);
}

bool columns_open_table(struct input_source *input_source, struct table **table, struct error *err)
{
	static const struct table_options options = { .forgiving = true };
	struct table_place place = { .input_source = input_source };
	*table = NULL;
	if (!only_member(input_source, err) || !table_open_with(&place, &options, table, err))
		return false;
	enum table_status status = table_next_header(*table, err);
	return status == TABLE_ROW || fail_header(*table, status, err);
}

/* A pipe is opened once: the sheets are asked for where it turns out that there are any. */
bool columns_open(struct input_source *input_source, const struct column_layout *layout,
		  const struct column_wish wishes[COLUMN_COUNT], struct table **table, struct columns *out,
		  struct buffer *notes, struct error *err)
{
	struct table_place place = { .input_source = input_source };
	struct column_layout how = *layout;
	bool below = false;
	*table = NULL;
	how.options.forgiving = true;
	how.options.is_known = is_known;
	if (!only_member(input_source, err) || !table_open_with(&place, &how.options, table, err))
		return false;
	if (layout->sheet && !table_has_sheets(*table))
		return error_set_at(err, table_place_name(*table), ERROR_USAGE, "leave --sheet out",
				    "there are no sheets: this is text");
	if (table_has_sheets(*table)) {
		table_close(*table);
		*table = NULL;
		if (!choose_sheet(&place, &how, wishes, notes, err) ||
		    !table_open_with(&place, &how.options, table, err))
			return false;
	}
	bool ok = take_header(*table, &how, wishes, &below, err) && columns_find(*table, wishes, out, err);
	out->below = below;
	return ok;
}

bool columns_open_file(const char *path, struct input_source **input_source, struct table **table, struct error *err)
{
	/* A table may be of any length; what unpacks to more than it should is read all the same, in bounded memory. */
	static const struct input_source_limits limits = { UINT64_MAX, UINT32_MAX };
	return input_source_open(path, &limits, input_source, err) && columns_open_table(*input_source, table, err);
}
