// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * source_detect.c - which sources a path holds: tables known by the names of their files, or by their columns.
 */
#include "corpus/source_read_internal.h"

enum {
	HEADER_ROWS = 30, /* a header stands among the first so many rows */
	LOOK_ROWS = 100   /* so many rows below it are looked at to tell a source's year and so on */
};

/* ---- sources ---- */

struct source *source_add(struct corpus *c, const struct family *family, bool loose, const char *path,
			  struct error *err)
{
	if (!ARRAY_RESERVE(c->sources, c->source_capacity, c->source_count + 1, err) ||
	    !ARRAY_RESERVE(c->listed, c->listed_capacity, c->source_count + 1, err))
		return NULL;

	struct source *s = &c->sources[c->source_count];
	struct corpus_source *listed = &c->listed[c->source_count];
	c->source_count++;
	memset(s, 0, sizeof *s);
	memset(listed, 0, sizeof *listed);
	s->family = family;
	s->loose = loose;
	s->note.programme = PROGRAMME_COUNT;
	listed->family = family->name;
	snprintf(listed->path, sizeof listed->path, "%s", path);
	return s;
}

bool source_add_input(struct source *s, const struct table_spec *spec, const struct table_place *place,
		      const char *sheet, uint32_t header, struct error *err)
{
	if (!ARRAY_RESERVE(s->inputs, s->input_capacity, s->input_count + 1, err))
		return false;
	s->inputs[s->input_count++] = (struct input){
		.spec = spec,
		.place = *place,
		.sheet = sheet,
		.header = header,
		.size = source_member(place)->size,
	};
	return true;
}

/* ---- by the names of files ---- */

/* The source that single files of a family go to; made where there is none yet. */
static struct source *loose_source(struct corpus *c, const struct family *family, const char *path, struct error *err)
{
	for (size_t i = 0; i < c->source_count; i++) {
		if (c->sources[i].loose && c->sources[i].by_name && c->sources[i].family == family)
			return &c->sources[i];
	}
	return source_add(c, family, true, path, err);
}

/* For the one message that has to tell two files with one name apart. */
static void put_whole_place(const struct table_place *place, char *to, size_t size)
{
	const char *path = input_source_path(place->input_source);

	if (input_source_kind(place->input_source) == INPUT_FILE)
		snprintf(to, size, "%s", path);
	else
		snprintf(to, size, "%s%s%s", path, input_source_kind(place->input_source) == INPUT_ZIP ? ": " : "/",
			 source_member(place)->path);
}

static bool refuse_second_table(const struct table_spec *spec, const struct table_place *first,
				const struct table_place *second, struct error *err)
{
	char one[200];
	char other[200];
	put_whole_place(first, one, sizeof one);
	put_whole_place(second, other, sizeof other);
	return error_set_at(err, input_source_path(second->input_source), ERROR_INPUT,
			    "give one release only, and each of its tables once",
			    "the table \"%s\" is there twice: %s and %s", spec->table, one, other);
}

/* A table known by its name must have its columns too. */
static bool check_columns(const struct table_spec *spec, const struct table_place *place, struct error *err)
{
	struct table *t = NULL;
	struct binding binding;
	size_t count;
	bool ok = table_open(place, &t, err);

	if (ok) {
		enum table_status status = table_next_header(t, err);
		if (status == TABLE_END)
			error_set(err, ERROR_INPUT, "take the file as published",
				  "the table \"%s\" is empty: it has no header row", spec->table);
		ok = status == TABLE_ROW;
		if (ok) {
			const struct slice *header = table_header(t, &count);
			ok = family_bind(spec, header, count, &binding, err);
		}
		if (!ok)
			error_at(err, table_place_name(t), status == TABLE_ROW ? table_header_line(t) : 0, 0);
	}
	table_close(t);
	return ok;
}

static bool add_named(struct source *s, const struct table_spec *spec, const struct table_place *place,
		      struct error *err)
{
	for (size_t i = 0; i < s->input_count; i++) {
		if (s->inputs[i].spec == spec)
			return refuse_second_table(spec, &s->inputs[i].place, place, err);
	}
	return source_add_input(s, spec, place, "", 1, err) && check_columns(spec, place, err);
}

static bool refuse_mixture(const struct family *one, const struct family *other, const char *path, struct error *err)
{
	return error_set_at(err, path, ERROR_INPUT, "give each release in a folder of its own",
			    "tables of two kinds of release: %s, and %s", one->what, other->what);
}

/* Members whose names a family knows.  A zip or folder makes one source of them; *own is its index, or
 * SIZE_MAX where there is none. */
static bool recognise_names(struct corpus *c, struct input_source *input_source, size_t *own, struct error *err)
{
	size_t count;
	const struct input_source_member *members = input_source_members(input_source, &count);
	bool loose = input_source_kind(input_source) == INPUT_FILE;
	const char *path = input_source_path(input_source);
	struct table_place note = { NULL, 0, 0 };

	*own = SIZE_MAX;
	for (size_t m = 0; m < count; m++) {
		const struct family *family;
		const struct table_spec *spec;
		struct table_place place = { input_source, m, 0 };
		if (!family_find(members[m].name, &family, &spec))
			continue;
		/* A Read Me alone makes no release, and it may come before the first table. */
		if (!spec && !note.input_source)
			note = place;
		if (!spec && !loose)
			continue;
		struct source *s = loose              ? loose_source(c, family, path, err)
				   : *own == SIZE_MAX ? source_add(c, family, false, path, err)
						      : &c->sources[*own];
		if (!s)
			return false;
		s->by_name = true;
		*own = (size_t)(s - c->sources);
		if (s->family != family)
			return refuse_mixture(s->family, family, path, err);
		if (spec && !add_named(s, spec, &place, err))
			return false;
	}
	if (*own != SIZE_MAX && note.input_source && !c->sources[*own].has_note_file) {
		c->sources[*own].note_file = note;
		c->sources[*own].has_note_file = true;
	}
	return true;
}

/* ---- by their columns ---- */

/* A table with what looking for its header brought to light. */
struct probe {
	struct table *table;
	uint32_t header; /* which row it was; 0: none */
	const struct family *family;
	const struct table_spec *spec;
	struct binding binding;
};

static bool find_header(struct probe *p, struct near_miss *nearest, struct error *err)
{
	for (uint32_t row = 1; row <= HEADER_ROWS; row++) {
		size_t count;
		enum table_status status = table_next_header(p->table, err);
		if (status != TABLE_ROW)
			return status == TABLE_END;
		const struct slice *header = table_header(p->table, &count);
		if (!family_match(header, count, &p->family, &p->spec, nearest))
			continue;
		p->header = row;
		return family_bind(p->spec, header, count, &p->binding, err) ||
		       error_at(err, table_place_name(p->table), table_header_line(p->table), 0);
	}
	return true;
}

/* Let the family look at the first rows and say what the source is. */
static bool identify(const struct corpus *c, struct source *s, struct probe *p, const struct table_place *place,
		     const char *sheet, struct error *err)
{
	struct row row = { .note = &s->note };
	struct table_row at;
	enum table_status status = TABLE_ROW;
	struct clues clues = {
		.names = { source_member(place)->name, sheet, input_source_path(place->input_source) },
		.option = c->options.release,
	};

	if (!p->family->identify)
		return true;
	if (!source_want(p->table, p->spec, &p->binding, err))
		return false;
	for (int i = 0; i < LOOK_ROWS && p->family->look; i++) {
		status = table_next(p->table, &at, err);
		if (status != TABLE_ROW)
			break;
		if (at.reject != REJECT_NONE)
			continue;
		row_begin(&row, p->family, p->spec, &p->binding, at.fields, at.count);
		p->family->look(&row, &s->note);
	}
	/* No folder of the user's may decide what a file is. */
	clues.names[2] = source_last_component(clues.names[2]).at;
	clues.header = table_header(p->table, &clues.header_count);
	return status != TABLE_FAILED &&
	       (p->family->identify(&clues, &s->note, err) || error_at(err, table_place_name(p->table), 0, 0));
}

/* The source that this member makes for a family; `first` is the first that it made. */
static struct source *member_source(struct corpus *c, size_t first, const struct family *family,
				    const struct table_place *place, struct error *err)
{
	for (size_t i = first; i < c->source_count; i++) {
		if (c->sources[i].family == family)
			return &c->sources[i];
	}
	char path[512];
	input_source_place(place->input_source, place->member, path, sizeof path);
	return source_add(c, family, input_source_kind(place->input_source) == INPUT_FILE, path, err);
}

bool source_want(struct table *table, const struct table_spec *spec, const struct binding *binding, struct error *err)
{
	size_t fields[FAMILY_COLUMNS];
	size_t count = 0;
	for (size_t c = 0; c < spec->column_count; c++) {
		if (binding->field[c] != SIZE_MAX)
			fields[count++] = binding->field[c];
	}
	return table_want(table, fields, count, err);
}

/* A sheet of a known table joins its source, unless the workbook shows one table in several ways. */
static bool add_sheet(struct corpus *c, size_t first, struct probe *p, const struct table_place *place,
		      const char *sheet, struct error *err)
{
	struct source *s = member_source(c, first, p->family, place, err);
	if (!s)
		return false;
	for (size_t i = 0; i < s->input_count && !p->spec->every_sheet; i++) {
		if (s->inputs[i].spec == p->spec)
			return true;
	}
	if (s->input_count == 0 && !identify(c, s, p, place, sheet, err))
		return false;
	struct slice kept = arena_copy(&c->arena, slice_of(sheet), err);
	return kept.at && source_add_input(s, p->spec, place, kept.at, p->header, err);
}

static bool probe_sheet(struct corpus *c, size_t first, const struct table_place *place, const char *sheet,
			struct near_miss *nearest, struct error *err)
{
	struct probe p = { 0 };
	bool ok = table_open(place, &p.table, err) && find_header(&p, nearest, err);
	if (ok && p.header > 0)
		ok = add_sheet(c, first, &p, place, sheet, err);
	table_close(p.table);
	return ok;
}

/* Every sheet of a member; *found tells whether one of them is known. */
static bool probe_member(struct corpus *c, struct input_source *input_source, size_t member, bool *found,
			 struct near_miss *nearest, struct error *err)
{
	size_t first = c->source_count;
	struct table_sheets sheets;
	bool ok = table_sheets_list(input_source, member, &sheets, err);

	if (!ok)
		return false;
	for (size_t i = 0; ok && i < sheets.count; i++) {
		struct table_place place = { input_source, member, (uint32_t)i };
		ok = probe_sheet(c, first, &place, sheets.names[i].at, nearest, err);
	}
	table_sheets_free(&sheets);
	*found = c->source_count > first;
	return ok;
}

/* ---- members of zips and folders ---- */

enum likeness {
	LIKE_NOTHING, /* not to be opened */
	LIKE_TEXT,    /* may be a table */
	LIKE_TABLE,   /* is a table of something */
	LIKE_ZIP
};

static enum likeness likeness(const char *name)
{
	static const struct {
		const char *extension;
		enum likeness likeness;
	} rows[] = {
		{ ".csv", LIKE_TABLE }, { ".tsv", LIKE_TABLE }, { ".xlsx", LIKE_TABLE }, { ".xlsm", LIKE_TABLE },
		{ ".xls", LIKE_TABLE }, { ".txt", LIKE_TEXT },  { ".zip", LIKE_ZIP },
	};
	struct slice all = slice_of(name);

	/* "~$Titles.xlsx" is what a spreadsheet program leaves while it has the workbook open. */
	if (all.length >= 2 && (slice_begins(all, SLICE("~$")) || all.at[0] == '.'))
		return LIKE_NOTHING;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct slice end = slice_of(rows[i].extension);
		if (all.length > end.length && slice_ends_nocase(all, end))
			return rows[i].likeness;
	}
	return LIKE_NOTHING;
}

/* The folder inside an input in which a member lies, with the slash. */
static struct slice folder_of(const struct input_source_member *m)
{
	struct slice folder = slice_of(m->path);
	while (folder.length > 0 && folder.at[folder.length - 1] != '/')
		folder.length--;
	return folder;
}

/* What lies beside the tables of a release belongs to it, whether we use it or not. */
static bool beside(const struct corpus *c, size_t own, const struct input_source_member *m)
{
	if (own == SIZE_MAX)
		return false;
	const struct source *s = &c->sources[own];
	for (size_t i = 0; i < s->input_count; i++) {
		if (slice_equal(folder_of(source_member(&s->inputs[i].place)), folder_of(m)))
			return true;
	}
	return false;
}

static void warn_unused(const struct corpus *c, const struct input_source *input_source, size_t member,
			const char *text, const struct near_miss *nearest)
{
	struct error what = { 0 };
	char place[256];

	if (!c->options.warn)
		return;
	if (nearest && nearest->family) {
		char names[200];
		family_column_names(nearest->column, names, sizeof names);
		error_set(&what, ERROR_INPUT, NULL, "%s; nearest is %s, but the column %s is missing", text,
			  nearest->family->what, names);
	} else {
		error_set(&what, ERROR_INPUT, NULL, "%s", text);
	}
	input_source_place(input_source, member, place, sizeof place);
	error_at(&what, place, 0, 0);
	c->options.warn(c->options.warn_ctx, &what);
}

/* Look into a member whose name says nothing. */
static bool recognise_member(struct corpus *c, struct input_source *input_source, size_t m, struct near_miss *nearest,
			     struct error *err)
{
	const char *name = input_source_member(input_source, m)->name;
	bool loose = input_source_kind(input_source) == INPUT_FILE;
	enum likeness like = loose ? LIKE_TABLE : likeness(name);
	struct near_miss miss = { 0 };
	struct error cause = { 0 };
	bool found = false;

	if (like == LIKE_ZIP)
		warn_unused(c, input_source, m, "a zip inside is not looked into: give it by itself", NULL);
	if (like == LIKE_ZIP || like == LIKE_NOTHING)
		return true;
	if (!probe_member(c, input_source, m, &found, &miss, &cause)) {
		/* A text that is no table is left out silently. */
		if (like == LIKE_TEXT && cause.code == ERROR_INPUT)
			return true;
		if (err && err->code == ERROR_NONE)
			*err = cause;
		return false;
	}
	if (!found && like == LIKE_TABLE && !loose)
		warn_unused(c, input_source, m, "not used: nothing is recognised in it", &miss);
	if (!found && miss.family && (!nearest->family || miss.lacking < nearest->lacking))
		*nearest = miss;
	return true;
}

/* ---- a path that holds nothing we know ---- */

/* Members that say what an unknown input is. */
static const struct telltale {
	const char *extension;
	const char *what;
	const char *hint;
} telltales[] = {
	{ ".zip", "zip files in it", "give the zip that is the release itself" },
	{ ".json", "JSON", "take the release as text, workbooks or CSV" },
	{ ".sql", "SQL", "take the release as text, workbooks or CSV" },
};

static const struct telltale *find_telltale(const struct input_source *c)
{
	size_t count;
	const struct input_source_member *members = input_source_members(c, &count);

	for (size_t t = 0; t < sizeof telltales / sizeof *telltales; t++) {
		for (size_t m = 0; m < count; m++)
			if (slice_ends_nocase(slice_of(members[m].name), slice_of(telltales[t].extension)))
				return &telltales[t];
	}
	return NULL;
}

static void put_tried(struct buffer *to, struct error *err)
{
	size_t count;
	const struct family *const *list = family_list(&count);
	const char *between = "; tried: ";

	for (size_t f = 0; f < count; f++) {
		const struct table_spec *spec = list[f]->tables;
		if (!spec->read)
			continue;
		buffer_printf(to, err, "%s%s", between, list[f]->title);
		if (spec->files[0])
			buffer_printf(to, err, " (lacks \"%s%s\")", spec->files[0], list[f]->extensions[0]);
		between = ", ";
	}
}

/* What was tried, and what the nearest family would have needed. */
static bool refuse_unknown(const struct input_source *input_source, const struct near_miss *nearest, struct error *err)
{
	struct buffer text = { 0 };
	size_t count;
	const struct telltale *telltale = find_telltale(input_source);
	const char *hint = "give files, folders or zips as published; the manual lists what is known";

	buffer_append_text(&text, "this is no release that is known here", err);
	if (telltale) {
		hint = telltale->hint;
		buffer_printf(&text, err, " (%s)", telltale->what);
	} else if (input_source_kind(input_source) != INPUT_FILE) {
		hint = family_list(&count)[0]->advice;
	}
	if (nearest->family) {
		char names[200];
		family_column_names(nearest->column, names, sizeof names);
		hint = nearest->family->advice;
		buffer_printf(&text, err, "; nearest is %s, but the column %s is missing", nearest->family->what,
			      names);
	}
	put_tried(&text, err);
	if (buffer_terminate(&text, err))
		error_set(err, ERROR_INPUT, hint, "%s", text.at);
	buffer_free(&text);
	return error_at(err, input_source_path(input_source), 0, 0);
}

/* ---- a path ---- */

bool source_recognise(struct corpus *c, struct input_source *input_source, struct error *err)
{
	size_t count;
	const struct input_source_member *members = input_source_members(input_source, &count);
	size_t before = c->source_count;
	size_t own;
	struct near_miss nearest = { 0 };
	const struct family *family;
	const struct table_spec *spec;

	if (!recognise_names(c, input_source, &own, err))
		return false;
	for (size_t m = 0; m < count; m++) {
		if (family_find(members[m].name, &family, &spec) || beside(c, own, &members[m]))
			continue;
		if (!recognise_member(c, input_source, m, &nearest, err))
			return false;
	}
	/* Single files of a release may all belong to a source that was there before. */
	if (c->source_count == before && own == SIZE_MAX)
		return refuse_unknown(input_source, &nearest, err);
	return true;
}
