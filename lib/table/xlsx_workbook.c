// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xlsx_workbook.c - finds the parts of a workbook by content types and relationships, and reads its styles.
 */
#include "lib/table/xlsx_workbook.h"

#include <stdlib.h>

#include "lib/base/ascii.h"
#include "lib/base/utf8.h"
#include "lib/table/xml.h"

enum {
	PARTS_LIMIT = 1 << 12,  /* sheets, relationships, number formats */
	STYLES_LIMIT = 1 << 16, /* styles of cells; programs allow 65,490 */
	NAME_LIMIT = 1024,      /* bytes of a sheet's name; programs allow 31 characters */
	PATH_LIMIT = 1024
};

#define HINT_SAVE_AGAIN "open it in a spreadsheet program and save it again as .xlsx"

/* ---- members by name ---- */

static char path_char(char c)
{
	return c == '\\' ? '/' : ascii_to_lower(c);
}

/* Part names are compared without case; some producers write backslashes. */
static bool same_path(const char *a, const char *b)
{
	while (*a && path_char(*a) == path_char(*b)) {
		a++;
		b++;
	}
	return path_char(*a) == path_char(*b);
}

static size_t find_part(const struct input_source *package, const char *path)
{
	size_t count;
	const struct input_source_member *members = input_source_members(package, &count);
	for (size_t i = 0; i < count; i++) {
		if (same_path(members[i].path, path))
			return i;
	}
	return PART_NONE;
}

/* Append one segment of a target to a path: ".." goes up, "%20" is a space. */
static bool add_segment(char *path, size_t *length, const char *segment, size_t size)
{
	if (size == 0 || (size == 1 && segment[0] == '.'))
		return true;
	if (size == 2 && segment[0] == '.' && segment[1] == '.') {
		while (*length > 0 && path[--*length] != '/')
			;
		return true;
	}
	if (*length + size + 2 > PATH_LIMIT)
		return false;
	if (*length > 0)
		path[(*length)++] = '/';
	for (size_t i = 0; i < size; i++) {
		bool escaped = segment[i] == '%' && i + 2 < size && ascii_hex_value(segment[i + 1]) >= 0 &&
			       ascii_hex_value(segment[i + 2]) >= 0;
		char c = segment[i];
		if (escaped) {
			c = (char)(ascii_hex_value(segment[i + 1]) * 16 + ascii_hex_value(segment[i + 2]));
			i += 2;
		}
		path[(*length)++] = c;
	}
	return true;
}

/* The member that a target means, seen from the folder of `source`. */
static size_t resolve(const struct input_source *package, const char *source, const char *target)
{
	char path[PATH_LIMIT + 1];
	size_t length = 0;

	if (*target != '/' && *target != '\\') {
		const char *end = strrchr(source, '/');
		length = end ? (size_t)(end - source) : 0;
		if (length > PATH_LIMIT / 2)
			return PART_NONE;
		memcpy(path, source, length);
	}
	while (*target) {
		size_t size = strcspn(target, "/\\");
		if (!add_segment(path, &length, target, size))
			return PART_NONE;
		target += size + (target[size] != '\0');
	}
	path[length] = '\0';
	return find_part(package, path);
}

static bool ends_with(const char *text, const char *end)
{
	size_t a = strlen(text);
	size_t b = strlen(end);
	return a >= b && strcmp(text + a - b, end) == 0;
}

/* ---- relationships ---- */

struct relation {
	const char *id;
	const char *type; /* the last component: it is the same in all editions of the format */
	size_t part;
};

struct relations {
	struct xml *xml;
	const struct input_source *package;
	const char *source; /* the part that they belong to */
	struct relation *at;
	size_t count;
	size_t capacity;
	struct arena names;
};

static const char *last_component(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static void fail_parts(struct xml *xml, int limit)
{
	error_set(xml_error(xml), ERROR_LIMIT, HINT_SAVE_AGAIN, "the workbook has more than %d parts or styles", limit);
}

static void relation_start(void *ctx, const char *name, const char **attributes)
{
	struct relations *r = ctx;
	const char *id = xml_attribute(attributes, "Id");
	const char *type = xml_attribute(attributes, "Type");
	const char *target = xml_attribute(attributes, "Target");
	const char *mode = xml_attribute(attributes, "TargetMode");
	struct error *err = xml_error(r->xml);

	if (strcmp(name, "Relationship") != 0 || !id || !type || !target)
		return;
	if (mode && strcmp(mode, "External") == 0)
		return;
	if (r->count == PARTS_LIMIT) {
		fail_parts(r->xml, PARTS_LIMIT);
		return;
	}
	struct relation kept = { arena_copy(&r->names, slice_of(id), err).at,
				 arena_copy(&r->names, slice_of(last_component(type)), err).at,
				 resolve(r->package, r->source, target) };
	if (arena_ok(&r->names) && ARRAY_RESERVE(r->at, r->capacity, r->count + 1, err))
		r->at[r->count++] = kept;
}

/* The relationships of a part ("" is the package itself); none where the part of them is missing. */
static bool read_relations(struct relations *r, struct input_source *package, const char *source, struct error *err)
{
	static const struct xml_events events = { relation_start, NULL, NULL };
	const char *name = last_component(source);
	char path[PATH_LIMIT + 16];

	memset(r, 0, sizeof *r);
	r->package = package;
	r->source = source;
	if (strlen(source) > PATH_LIMIT)
		return true;
	snprintf(path, sizeof path, "%.*s_rels/%s.rels", (int)(name - source), source, name);
	size_t part = find_part(package, path);
	return part == PART_NONE || xml_read(package, part, &events, r, &r->xml, err);
}

static void free_relations(struct relations *r)
{
	memory_free(r->at);
	arena_free(&r->names);
}

static size_t related_by_type(const struct relations *r, const char *type)
{
	for (size_t i = 0; i < r->count; i++) {
		if (strcmp(r->at[i].type, type) == 0 && r->at[i].part != PART_NONE)
			return r->at[i].part;
	}
	return PART_NONE;
}

static const struct relation *related_by_id(const struct relations *r, const char *id)
{
	for (size_t i = 0; i < r->count && id; i++) {
		if (strcmp(r->at[i].id, id) == 0)
			return &r->at[i];
	}
	return NULL;
}

/* ---- the main part ---- */

struct content_types {
	struct xml *xml;
	const struct input_source *package;
	size_t workbook;
	bool binary;
};

static void content_start(void *ctx, const char *name, const char **attributes)
{
	struct content_types *c = ctx;
	const char *part = xml_attribute(attributes, "PartName");
	const char *type = xml_attribute(attributes, "ContentType");

	if (strcmp(name, "Override") != 0 || !part || !type)
		return;
	/* A sheet, a template, an add-in, each with and without macros. */
	if (c->workbook == PART_NONE && ends_with(type, ".main+xml") &&
	    (strstr(type, "spreadsheetml") || strstr(type, "ms-excel")))
		c->workbook = resolve(c->package, "", part);
	if (strstr(type, "ms-excel.sheet.binary"))
		c->binary = true;
}

static bool refuse_package(const struct content_types *c, const char *place, struct error *err)
{
	if (c->binary || find_part(c->package, "xl/workbook.bin") != PART_NONE)
		return error_set_at(err, place, ERROR_INPUT, HINT_SAVE_AGAIN,
				    "this is a binary Excel workbook (.xlsb)");
	if (find_part(c->package, "content.xml") != PART_NONE)
		return error_set_at(err, place, ERROR_INPUT, HINT_SAVE_AGAIN,
				    "this is an OpenDocument file, not an .xlsx");
	if (find_part(c->package, "word/document.xml") != PART_NONE)
		return error_set_at(err, place, ERROR_INPUT, "give a table: a workbook, or text",
				    "this is a Word document");
	return error_set_at(err, place, ERROR_INPUT, "give the workbook itself; take a zip out of a zip",
			    "this is a zip file without a workbook in it");
}

/* By its content type, else by the relationship of the package, else by its name. */
static bool find_main(struct xlsx_workbook *w, size_t *part, struct error *err)
{
	static const struct xml_events events = { content_start, NULL, NULL };
	struct content_types types = { .package = w->package, .workbook = PART_NONE };
	struct relations relations = { 0 };
	size_t content = find_part(w->package, "[Content_Types].xml");
	bool ok = content == PART_NONE || xml_read(w->package, content, &events, &types, &types.xml, err);

	*part = types.workbook;
	if (ok && *part == PART_NONE) {
		ok = read_relations(&relations, w->package, "", err);
		*part = find_part(w->package, "xl/workbook.xml");
		if (ok && *part == PART_NONE && content != PART_NONE)
			*part = related_by_type(&relations, "officeDocument");
		free_relations(&relations);
	}
	if (ok && (*part == PART_NONE || ends_with(input_source_member(w->package, *part)->path, ".bin") ||
		   find_part(w->package, "word/document.xml") == *part))
		ok = refuse_package(&types, input_source_path(w->package), err);
	return ok;
}

/* ---- the workbook part ---- */

struct workbook_parser {
	struct xml *xml;
	struct xlsx_workbook *book;
	const struct relations *relations;
	bool rooted;
	size_t tabs;
};

static bool is_true(const char *value)
{
	return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}

static void keep_sheet(struct xlsx_workbook *w, const char *name, size_t part, bool hidden, struct error *err)
{
	struct slice kept = arena_copy(&w->names, utf8_cut(slice_of(name), NAME_LIMIT), err);
	if (!kept.at || !ARRAY_RESERVE(w->sheets, w->sheet_capacity, w->sheet_count + 1, err))
		return;
	for (char *p = (char *)(uintptr_t)kept.at; *p; p++) {
		if ((unsigned char)*p < 32 || *p == 127)
			*p = ' ';
	}
	w->sheets[w->sheet_count++] = (struct xlsx_workbook_sheet){ kept, part, hidden };
}

static void workbook_start(void *ctx, const char *name, const char **attributes)
{
	struct workbook_parser *r = ctx;
	struct xlsx_workbook *w = r->book;

	if (!r->rooted) {
		r->rooted = true;
		if (strcmp(name, "workbook") != 0)
			error_set(xml_error(r->xml), ERROR_INPUT, HINT_SAVE_AGAIN,
				  "this is no workbook: its main part is a \"%.60s\"", name);
		return;
	}
	if (strcmp(name, "workbookPr") == 0)
		w->epoch_1904 = is_true(xml_attribute(attributes, "date1904"));
	if (strcmp(name, "sheet") != 0)
		return;
	const char *title = xml_attribute(attributes, "name"), *state = xml_attribute(attributes, "state");
	const struct relation *relation = related_by_id(r->relations, xml_attribute_local(attributes, "id"));
	char usual[48];
	size_t part = PART_NONE;
	if (relation) {
		if (strcmp(relation->type, "worksheet") != 0)
			return; /* a sheet with nothing but a chart */
		part = relation->part;
	} else {
		snprintf(usual, sizeof usual, "xl/worksheets/sheet%zu.xml", r->tabs + 1);
		part = find_part(w->package, usual);
	}
	if (++r->tabs > PARTS_LIMIT)
		fail_parts(r->xml, PARTS_LIMIT);
	else
		keep_sheet(w, title ? title : "", part, state && strcmp(state, "visible") != 0, xml_error(r->xml));
}

static bool read_workbook(struct xlsx_workbook *w, size_t part, struct error *err)
{
	static const struct xml_events events = { workbook_start, NULL, NULL };
	const char *path = input_source_member(w->package, part)->path;
	struct relations relations;
	bool ok = read_relations(&relations, w->package, path, err);
	struct workbook_parser reading = { .book = w, .relations = &relations };

	ok = ok && xml_read(w->package, part, &events, &reading, &reading.xml, err);
	w->strings_part = related_by_type(&relations, "sharedStrings");
	w->styles_part = related_by_type(&relations, "styles");
	if (relations.count == 0) {
		w->strings_part = find_part(w->package, "xl/sharedStrings.xml");
		w->styles_part = find_part(w->package, "xl/styles.xml");
	}
	free_relations(&relations);
	return ok;
}

static bool refuse_without_sheets(const struct xlsx_workbook *w, struct error *err)
{
	return error_set_at(err, input_source_path(w->package), ERROR_INPUT, HINT_SAVE_AGAIN,
			    "there is no worksheet in this workbook");
}

bool xlsx_workbook_open(struct input_source *outer, size_t member, struct xlsx_workbook **out, struct error *err)
{
	size_t part = PART_NONE;
	*out = NULL;
	struct xlsx_workbook *w = memory_new(sizeof *w, err);
	bool ok = w && input_source_open_package(outer, member, &w->package, err) && find_main(w, &part, err) &&
		  read_workbook(w, part, err) && (w->sheet_count > 0 || refuse_without_sheets(w, err));
	if (!ok) {
		xlsx_workbook_close(w);
		return false;
	}
	*out = w;
	return true;
}

void xlsx_workbook_close(struct xlsx_workbook *w)
{
	if (!w)
		return;
	input_source_close(w->package);
	memory_free(w->sheets);
	memory_free(w->formats);
	arena_free(&w->names);
	memory_free(w);
}

/* ---- styles ---- */

struct custom_format {
	unsigned long id;
	struct number_format format;
};

struct styles {
	struct xml *xml;
	struct xlsx_workbook *book;
	struct custom_format *custom;
	size_t custom_count;
	size_t custom_capacity;
	bool in_cells; /* among <cellXfs>, which the cells number */
};

static unsigned long number_of(const char *text)
{
	return text ? strtoul(text, NULL, 10) : 0;
}

static void add_custom(struct styles *s, const char **attributes)
{
	const char *id = xml_attribute(attributes, "numFmtId");
	const char *code = xml_attribute(attributes, "formatCode");
	if (id && code && ARRAY_RESERVE(s->custom, s->custom_capacity, s->custom_count + 1, xml_error(s->xml)))
		s->custom[s->custom_count++] =
			(struct custom_format){ number_of(id), number_format_parse(slice_of(code)) };
}

static void add_style(struct styles *s, const char **attributes)
{
	struct xlsx_workbook *w = s->book;
	unsigned long id = number_of(xml_attribute(attributes, "numFmtId"));
	struct number_format format = number_format_builtin(id < 256 ? (unsigned)id : 0);

	/* A format of one's own may take the number of a built-in one. */
	for (size_t i = 0; i < s->custom_count; i++) {
		if (s->custom[i].id == id)
			format = s->custom[i].format;
	}
	if (ARRAY_RESERVE(w->formats, w->format_capacity, w->format_count + 1, xml_error(s->xml)))
		w->formats[w->format_count++] = format;
}

static void style_start(void *ctx, const char *name, const char **attributes)
{
	struct styles *s = ctx;
	if (s->custom_count == PARTS_LIMIT)
		fail_parts(s->xml, PARTS_LIMIT);
	else if (s->book->format_count == STYLES_LIMIT)
		fail_parts(s->xml, STYLES_LIMIT);
	else if (strcmp(name, "numFmt") == 0)
		add_custom(s, attributes);
	else if (strcmp(name, "cellXfs") == 0)
		s->in_cells = true;
	else if (s->in_cells && strcmp(name, "xf") == 0)
		add_style(s, attributes);
}

static void style_end(void *ctx, const char *name)
{
	struct styles *s = ctx;
	if (strcmp(name, "cellXfs") == 0)
		s->in_cells = false;
}

bool xlsx_workbook_load_styles(struct xlsx_workbook *w, struct error *err)
{
	static const struct xml_events events = { style_start, style_end, NULL };
	struct styles s = { .book = w };

	if (w->styles_part == PART_NONE || w->formats)
		return true;
	bool ok = xml_read(w->package, w->styles_part, &events, &s, &s.xml, err);
	memory_free(s.custom);
	return ok;
}
