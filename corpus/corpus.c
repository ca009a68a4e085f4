// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/corpus.h"

#include <stdlib.h>

#include "corpus/family.h"
#include "lib/table/table.h"
#include "lib/base/file.h"

/* One table of a source, found but not read yet. */
struct input {
	const struct table_spec *spec;
	struct table_place place;
	uint64_t size;                 /* for the progress */
};

/* What recognition knows of a source, beside what the caller sees. */
struct source {
	const struct family *family;
	bool loose;                    /* made of single files */
	struct input *inputs;
	size_t input_count;
	size_t input_capacity;
	struct table_place note;       /* where the release says which it is */
	bool has_note;
};

struct corpus {
	struct corpus_options options;
	struct container **containers;
	size_t container_count;
	size_t container_capacity;
	/* Two arrays of the same length: what the caller sees, and what it need not. */
	struct corpus_source *shown;
	size_t shown_capacity;
	struct source *sources;
	size_t source_count;
	size_t source_capacity;
	struct arena arena;            /* the tables of the sources; the release option */
	bool read;
};

static void put_text(char *to, size_t size, const char *text)
{
	snprintf(to, size, "%s", text);
}

/* ---- finding tables ---- */

static struct source *add_source(struct corpus *c, const struct family *family, bool loose, const char *path,
				 struct error *err)
{
	void *sources = c->sources;
	void *shown = c->shown;
	bool ok = array_reserve(&sources, &c->source_capacity, c->source_count + 1, sizeof *c->sources, err);
	c->sources = sources;
	ok = ok && array_reserve(&shown, &c->shown_capacity, c->source_count + 1, sizeof *c->shown, err);
	c->shown = shown;
	if (!ok)
		return NULL;

	struct source *s = &c->sources[c->source_count];
	struct corpus_source *public = &c->shown[c->source_count];
	c->source_count++;
	memset(s, 0, sizeof *s);
	memset(public, 0, sizeof *public);
	s->family = family;
	s->loose = loose;
	public->family = family->name;
	put_text(public->path, sizeof public->path, path);
	return s;
}

/* The source that single files of a family go to; made where there is none yet. */
static struct source *loose_source(struct corpus *c, const struct family *family, const char *path,
				   struct error *err)
{
	for (size_t i = 0; i < c->source_count; i++) {
		if (c->sources[i].loose && c->sources[i].family == family)
			return &c->sources[i];
	}
	return add_source(c, family, true, path, err);
}

/* For the one message that has to tell two files with one name apart. */
static void put_whole_place(const struct table_place *place, char *to, size_t size)
{
	size_t count;
	const struct container_member *m = container_members(place->container, &count) + place->member;
	const char *path = container_path(place->container);

	if (container_kind(place->container) == CONTAINER_FILE)
		put_text(to, size, path);
	else
		snprintf(to, size, "%s%s%s", path,
			 container_kind(place->container) == CONTAINER_ZIP ? ": " : "/", m->path);
}

static bool refuse_second_table(const struct table_spec *spec, const struct table_place *first,
				const struct table_place *second, struct error *err)
{
	char one[200];
	char other[200];
	put_whole_place(first, one, sizeof one);
	put_whole_place(second, other, sizeof other);
	error_set(err, ERROR_INPUT, "give one release only, and each of its tables once",
		  "the table \"%s\" is there twice: %s and %s", spec->table, one, other);
	return error_at(err, container_path(second->container), 0, 0);
}

/* A table known by its name must have its columns too. */
static bool check_columns(const struct input *input, struct error *err)
{
	struct table *t = NULL;
	struct binding binding;
	size_t count;
	bool ok = table_open(&input->place, &t, err);

	if (ok) {
		enum table_status status = table_next_header(t, err);
		if (status == TABLE_END)
			error_set(err, ERROR_INPUT, "take the file as published",
				  "the table \"%s\" is empty: it has no header row", input->spec->table);
		ok = status == TABLE_ROW;
		if (ok) {
			const struct slice *header = table_header(t, &count);
			ok = family_bind(input->spec, header, count, &binding, err);
		}
		if (!ok)
			error_at(err, table_place_name(t), status == TABLE_ROW ? table_header_line(t) : 0, 0);
	}
	table_close(t);
	return ok;
}

static bool add_input(struct source *s, const struct table_spec *spec, const struct table_place *place,
		      struct error *err)
{
	size_t count;
	const struct container_member *m = container_members(place->container, &count) + place->member;

	for (size_t i = 0; i < s->input_count; i++) {
		if (s->inputs[i].spec == spec)
			return refuse_second_table(spec, &s->inputs[i].place, place, err);
	}
	void *inputs = s->inputs;
	bool room = array_reserve(&inputs, &s->input_capacity, s->input_count + 1, sizeof *s->inputs, err);
	s->inputs = inputs;
	if (!room)
		return false;
	struct input *input = &s->inputs[s->input_count];
	input->spec = spec;
	input->place = *place;
	input->size = m->size;
	s->input_count++;
	return check_columns(input, err);
}

/* ---- a path that holds nothing we know ---- */

#define TEXT_EDITION "take the text edition of the release, such as db_31_0_text.zip"

/* Members that say what an unknown container is. */
static const struct telltale {
	const char *name;              /* a member's name, or the end of it where it begins with a point */
	const char *what;
	const char *hint;
} telltales[] = {
	{ "workbook.xml", "an Excel workbook", TEXT_EDITION },
	{ "[Content_Types].xml", "an Office document", TEXT_EDITION },
	{ ".xlsx", "Excel workbooks", TEXT_EDITION },
	{ ".zip", "zip files in it", "give the zip that is the release itself" },
	{ ".csv", "CSV", TEXT_EDITION },
	{ ".json", "JSON", TEXT_EDITION },
	{ ".sql", "SQL", TEXT_EDITION },
};

static bool tells(const struct telltale *t, struct slice name)
{
	struct slice with = slice_of(t->name);
	if (name.length < with.length || (t->name[0] != '.' && name.length != with.length))
		return false;
	name.at += name.length - with.length;
	name.length = with.length;
	return slice_equal_nocase(name, with);
}

static const struct telltale *find_telltale(const struct container *c)
{
	size_t count;
	const struct container_member *members = container_members(c, &count);

	for (size_t t = 0; t < sizeof telltales / sizeof *telltales; t++) {
		for (size_t m = 0; m < count; m++) {
			if (tells(&telltales[t], slice_of(members[m].name)))
				return &telltales[t];
		}
	}
	return NULL;
}

/* What was tried, and what each family would have needed. */
static bool refuse_unknown(const struct container *container, struct error *err)
{
	struct buffer tried = { 0 };
	size_t count;
	const struct family *const *list = family_list(&count);
	const struct telltale *telltale = find_telltale(container);
	const char *hint = telltale ? telltale->hint : list[0]->advice;
	bool ok = true;

	if (!telltale && container_kind(container) == CONTAINER_FILE)
		hint = "give the zip or the folder of a release; of single files only those that are tables of it";

	for (size_t f = 0; ok && f < count; f++) {
		ok = buffer_printf(&tried, err, "%s%s", f > 0 ? "; " : "", list[f]->what);
		bool first = true;
		for (size_t t = 0; ok && t < list[f]->table_count; t++) {
			const struct table_spec *spec = &list[f]->tables[t];
			if (!spec->needed)
				continue;
			ok = buffer_printf(&tried, err, "%s\"%s%s\"", first ? " (lacks " : ", ", spec->files[0],
					   list[f]->extension);
			first = false;
		}
		ok = ok && (first || buffer_append_byte(&tried, ')', err));
	}
	if (ok && buffer_terminate(&tried, err))
		error_set(err, ERROR_INPUT, hint,
			  "this is no release that is known here%s%s%s; tried: %s", telltale ? " (" : "",
			  telltale ? telltale->what : "", telltale ? ")" : "", tried.at);
	buffer_free(&tried);
	return error_at(err, container_path(container), 0, 0);
}

/* ---- recognising ---- */

/* Give each member of a container that a family knows to its source. */
static bool recognise(struct corpus *c, struct container *container, struct error *err)
{
	size_t count;
	const struct container_member *members = container_members(container, &count);
	bool loose = container_kind(container) == CONTAINER_FILE;
	const char *path = container_path(container);
	size_t found = 0;
	size_t own = SIZE_MAX;         /* the source that a zip or folder makes */

	for (size_t m = 0; m < count; m++) {
		const struct family *family;
		const struct table_spec *spec;
		struct table_place place = { container, m, 0 };
		if (!family_find(members[m].name, &family, &spec))
			continue;
		if (!spec && !loose && own == SIZE_MAX)
			continue;      /* a Read Me alone makes no release: it is looked for below */
		struct source *s = loose ? loose_source(c, family, path, err) :
				   own == SIZE_MAX ? add_source(c, family, false, path, err) : &c->sources[own];
		if (!s)
			return false;
		if (!loose)
			own = (size_t)(s - c->sources);
		found++;
		if (s->family != family) {
			error_set(err, ERROR_INPUT, "give each release in a folder of its own",
				  "tables of two kinds of release: %s, and %s", s->family->what,
				  family->what);
			return error_at(err, path, 0, 0);
		}
		if (spec) {
			if (!add_input(s, spec, &place, err))
				return false;
		} else {
			s->note = place;
			s->has_note = true;
		}
	}
	if (found == 0)
		return refuse_unknown(container, err);
	return true;
}

/* The Read Me of a zip or folder may come before its first table in order of names. */
static void find_note(struct source *s)
{
	if (s->has_note || s->loose || s->input_count == 0)
		return;
	struct container *container = s->inputs[0].place.container;
	size_t count;
	const struct container_member *members = container_members(container, &count);
	for (size_t m = 0; m < count && !s->has_note; m++) {
		const struct family *family;
		const struct table_spec *spec;
		if (family_find(members[m].name, &family, &spec) && family == s->family && !spec) {
			s->note = (struct table_place){ container, m, 0 };
			s->has_note = true;
		}
	}
}

static bool add_path(struct corpus *c, const char *path, struct error *err)
{
	struct container_limits limits = { c->options.member_limit, c->options.ratio_limit };
	void *containers = c->containers;
	bool room = array_reserve(&containers, &c->container_capacity, c->container_count + 1,
				  sizeof *c->containers, err);
	c->containers = containers;
	if (!room)
		return false;
	struct container **slot = &c->containers[c->container_count];
	if (!container_open(path, &limits, slot, err))
		return false;
	c->container_count++;
	return recognise(c, *slot, err);
}

/* ---- what a source says of itself ---- */

static int compare_inputs(const void *a, const void *b)
{
	const struct input *x = a;
	const struct input *y = b;
	/* Specs of one family are one array, in reading order. */
	return x->spec < y->spec ? -1 : x->spec > y->spec;
}

static bool check_needed(const struct source *s, const struct corpus_source *public, struct error *err)
{
	for (size_t t = 0; t < s->family->table_count; t++) {
		const struct table_spec *spec = &s->family->tables[t];
		bool found = !spec->needed;
		for (size_t i = 0; i < s->input_count && !found; i++)
			found = s->inputs[i].spec == spec;
		if (found)
			continue;
		char hint[384];
		snprintf(hint, sizeof hint, "%s%s", s->loose ? "give that file too, or " : "",
			 s->family->advice);
		error_set(err, ERROR_INPUT, hint, "the %s release lacks the table \"%s\" (%s%s)",
			  s->family->title, spec->table, spec->files[0], s->family->extension);
		return error_at(err, public->path, 0, 0);
	}
	return true;
}

static bool read_note(struct source *s, struct release_note *note, struct error *err)
{
	struct stream *stream = NULL;
	struct slice head;
	bool ok = stream_open(s->note.container, s->note.member, &stream, err) &&
		  stream_peek(stream, &head, err);
	if (ok && !s->family->read_note(head, note))
		memset(note, 0, sizeof *note);
	stream_close(stream);
	return ok;
}

static bool describe_release(const struct corpus *c, struct source *s, struct corpus_source *public,
			     struct error *err)
{
	struct release_note note = { "", "" };

	find_note(s);
	if (s->has_note && !read_note(s, &note, err))
		return false;
	if (note.release[0] == '\0' && c->options.release)
		put_text(note.release, sizeof note.release, c->options.release);
	put_text(public->release, sizeof public->release, note.release);
	put_text(public->date, sizeof public->date, note.date);
	snprintf(public->title, sizeof public->title, "%s%s%s", s->family->title, note.release[0] ? " " : "",
		 note.release);
	return true;
}

/* The last component of a path, without what says where the user keeps it. */
static void put_name(char *to, size_t size, const char *path, size_t others)
{
	size_t end = strlen(path);
	while (end > 1 && path[end - 1] == '/')
		end--;
	size_t begin = end;
	while (begin > 0 && path[begin - 1] != '/')
		begin--;
	int length = end - begin < 100 ? (int)(end - begin) : 100;
	if (others > 0)
		snprintf(to, size, "%.*s and %zu more", length, path + begin, others);
	else
		snprintf(to, size, "%.*s", length, path + begin);
}

/* ---- digests ---- */

struct digest_line {
	const char *name;
	char hex[65];
};

static int compare_digest_lines(const void *a, const void *b)
{
	return strcmp(((const struct digest_line *)a)->name, ((const struct digest_line *)b)->name);
}

/* Of several files: the SHA-256 of the lines that `sha256sum FILES` prints, files in byte order of their
 * names inside the source; so anyone can compute it again. */
static bool digest_files(const struct source *s, struct corpus_source *public, struct error *err)
{
	size_t total = s->input_count + (s->has_note ? 1 : 0);
	struct digest_line *lines = memory_new(total * sizeof *lines, err);
	struct sha256 *sha = lines ? sha256_new(err) : NULL;
	bool ok = sha != NULL;

	for (size_t i = 0; ok && i < total; i++) {
		const struct table_place *place = i < s->input_count ? &s->inputs[i].place : &s->note;
		size_t count;
		uint64_t bytes;
		lines[i].name = container_members(place->container, &count)[place->member].path;
		ok = container_digest(place->container, place->member, lines[i].hex, &bytes, err);
		public->bytes += bytes;
	}
	if (ok && total > 1)
		qsort(lines, total, sizeof *lines, compare_digest_lines);
	for (size_t i = 0; ok && i < total; i++) {
		sha256_add(sha, lines[i].hex, 64);
		sha256_add(sha, "  ", 2);
		sha256_add(sha, lines[i].name, strlen(lines[i].name));
		sha256_add(sha, "\n", 1);
	}
	if (sha)
		sha256_finish(sha, public->sha256);
	memory_free(lines);
	return ok;
}

static bool digest_source(const struct source *s, struct corpus_source *public, struct error *err)
{
	const struct table_place *first = &s->inputs[0].place;
	bool one_file = s->loose ? s->input_count == 1 && !s->has_note :
				   container_kind(first->container) == CONTAINER_ZIP;
	if (one_file)
		return container_digest(first->container, first->member, public->sha256, &public->bytes, err);
	return digest_files(s, public, err);
}

/* ---- the whole of a source ---- */

static bool list_tables(struct corpus *c, const struct source *s, struct corpus_source *public,
			struct error *err)
{
	public->tables = arena_alloc(&c->arena, s->input_count * sizeof *public->tables, err);
	if (!public->tables)
		return false;
	public->table_count = s->input_count;
	for (size_t i = 0; i < s->input_count; i++) {
		const struct table_place *place = &s->inputs[i].place;
		struct corpus_table *t = &public->tables[i];
		size_t count;
		t->table = s->inputs[i].spec->table;
		const char *path = container_members(place->container, &count)[place->member].path;
		/* The end of a long path says more than its beginning. */
		size_t length = strlen(path);
		put_text(t->member, sizeof t->member,
			 length < sizeof t->member ? path : path + length - (sizeof t->member - 1));
	}
	return true;
}

static bool complete_source(struct corpus *c, size_t index, struct error *err)
{
	struct source *s = &c->sources[index];
	struct corpus_source *public = &c->shown[index];

	if (!check_needed(s, public, err))
		return false;
	qsort(s->inputs, s->input_count, sizeof *s->inputs, compare_inputs);
	if (!describe_release(c, s, public, err) || !digest_source(s, public, err) ||
	    !list_tables(c, s, public, err))
		return false;
	size_t files = s->loose ? s->input_count + (s->has_note ? 1 : 0) : 1;
	put_name(public->name, sizeof public->name, public->path, files - 1);
	return true;
}

static void drop_source(struct corpus *c, size_t index)
{
	memory_free(c->sources[index].inputs);
	c->source_count--;
	for (size_t i = index; i < c->source_count; i++) {
		c->sources[i] = c->sources[i + 1];
		c->shown[i] = c->shown[i + 1];
	}
}

/* The same content given twice is read once, and that is said; two releases of a family of which an index
 * holds one are refused. */
static bool check_pairs(struct corpus *c, struct error *err)
{
	for (size_t a = 0; a < c->source_count; a++) {
		for (size_t b = a + 1; b < c->source_count; b++) {
			const struct corpus_source *one = &c->shown[a];
			const struct corpus_source *other = &c->shown[b];
			const struct family *family = c->sources[a].family;
			if (family != c->sources[b].family)
				continue;
			if (strcmp(one->sha256, other->sha256) == 0) {
				struct error what = { 0 };
				error_set(&what, ERROR_INPUT, NULL,
					  "the same as %s, and read once", one->path);
				error_at(&what, other->path, 0, 0);
				if (c->options.warn)
					c->options.warn(c->options.warn_ctx, &what);
				drop_source(c, b--);
			} else if (family->single) {
				error_set(err, ERROR_INPUT,
					  "an index holds one release of it: build one index for each",
					  "two %s releases: %s (%s) and %s (%s)", family->title,
					  one->path, one->title, other->path, other->title);
				return error_at(err, other->path, 0, 0);
			}
		}
	}
	return true;
}

static struct corpus *corpus_new(const struct corpus_options *options, struct error *err)
{
	struct corpus *c = memory_new(sizeof *c, err);
	if (!c || !options)
		return c;
	c->options = *options;
	if (options->release) {
		c->options.release = arena_copy(&c->arena, slice_of(options->release), err).at;
		if (!c->options.release) {
			corpus_close(c);
			return NULL;
		}
	}
	return c;
}

bool corpus_open(const char *const *paths, size_t count, const struct corpus_options *options,
		 struct corpus **out, struct error *err)
{
	*out = NULL;
	struct corpus *c = corpus_new(options, err);
	bool ok = c != NULL;

	if (ok && count == 0)
		ok = error_set(err, ERROR_USAGE, "give a release: a zip, a folder, or its tables",
			       "no source is given");
	for (size_t i = 0; ok && i < count; i++)
		ok = add_path(c, paths[i], err);
	for (size_t i = 0; ok && i < c->source_count; i++)
		ok = complete_source(c, i, err);
	ok = ok && check_pairs(c, err);
	if (ok)
		*out = c;
	else
		corpus_close(c);
	return ok;
}

const struct corpus_source *corpus_sources(const struct corpus *c, size_t *count)
{
	*count = c->source_count;
	return c->shown;
}

void corpus_close(struct corpus *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->source_count; i++)
		memory_free(c->sources[i].inputs);
	for (size_t i = 0; i < c->container_count; i++)
		container_close(c->containers[i]);
	memory_free(c->containers);
	memory_free(c->sources);
	memory_free(c->shown);
	arena_free(&c->arena);
	memory_free(c);
}

/* ---- reading ---- */

/* A table being read. */
struct reading {
	const struct corpus *corpus;
	const struct family *family;
	const struct table_spec *spec;
	struct corpus_table *counts;
	struct table *table;
	struct binding binding;
	struct row row;
	uint64_t told;                 /* of the position, to the progress */
};

/* How much of a field a message shows; never half a character. */
static int shown_length(struct slice s)
{
	size_t length = s.length < 60 ? s.length : 60;
	while (length < s.length && length > 0 && ((unsigned char)s.at[length] & 0xC0) == 0x80)
		length--;
	return (int)length;
}

/* What a rejected row looks like to the user. */
static void describe_reject(const struct reading *r, const struct table_row *at, enum reject_reason why,
			    int column, struct error *what)
{
	const char *name = reject_reason_name(why);
	size_t header_count;
	const struct slice *header = table_header(r->table, &header_count);
	size_t index = column >= 0 ? r->binding.field[column] : SIZE_MAX;

	error_clear(what);
	if (why == REJECT_FEW_FIELDS || why == REJECT_MANY_FIELDS) {
		error_set(what, ERROR_INPUT, NULL, "%s: %zu where the header has %zu", name, at->count,
			  header_count);
	} else if (index != SIZE_MAX) {
		/* Called what the file itself calls it. */
		struct slice value = r->row.fields[column];
		error_set(what, ERROR_INPUT, NULL, "%s in \"%.*s\"%s%.*s", name, shown_length(header[index]),
			  header[index].at, value.length > 0 ? ": " : "", shown_length(value), value.at);
	} else {
		error_set(what, ERROR_INPUT, NULL, "%s", name);
	}
	uint32_t field = index != SIZE_MAX ? (uint32_t)index + 1 : at->column;
	error_at(what, table_place_name(r->table), at->line, field);
}

/* Count a row that is not used, tell of it, and stop where the user wants no such row. */
static bool reject(struct reading *r, const struct table_row *at, enum reject_reason why, int column,
		   struct error *err)
{
	struct error what;
	bool strict = r->corpus->options.strict;

	r->counts->rejected[why]++;
	if (!strict && !r->corpus->options.warn)
		return true;
	describe_reject(r, at, why, column, &what);
	if (strict && err && err->code == ERROR_NONE) {
		*err = what;
		put_text(err->hint, sizeof err->hint,
			 "mend that row, or leave --strict out to have such rows counted and skipped");
	} else if (!strict) {
		r->corpus->options.warn(r->corpus->options.warn_ctx, &what);
	}
	return !strict;
}

static bool take_row(struct reading *r, const struct table_row *at, struct error *err)
{
	r->counts->rows++;
	if (at->reject != REJECT_NONE)
		return reject(r, at, at->reject, -1, err);
	row_begin(&r->row, r->family, r->spec, &r->binding, at->fields);
	r->spec->read(&r->row);
	if (r->row.failed)
		return error_at(err, table_place_name(r->table), at->line, 0);
	if (r->row.why != REJECT_NONE)
		return reject(r, at, r->row.why, r->row.column, err);
	if (r->row.used)
		r->counts->used++;
	return true;
}

static void tell_progress(struct reading *r)
{
	uint64_t position = table_position(r->table);
	progress_add(r->corpus->options.progress, position - r->told);
	r->told = position;
}

/* The header was looked at before; the file may have changed since. */
static bool read_header(struct reading *r, struct error *err)
{
	size_t count;
	enum table_status status = table_next_header(r->table, err);
	if (status == TABLE_END)
		return error_set(err, ERROR_INPUT, "run it again", "the table \"%s\" changed while it was read",
				 r->spec->table);
	if (status != TABLE_ROW)
		return false;
	const struct slice *header = table_header(r->table, &count);
	return family_bind(r->spec, header, count, &r->binding, err);
}

static bool read_rows(struct reading *r, struct error *err)
{
	enum { ROWS_PER_TELL = 512 };
	enum table_status status;
	struct table_row at;

	if (!read_header(r, err))
		return error_at(err, table_place_name(r->table), 0, 0);
	while ((status = table_next(r->table, &at, err)) == TABLE_ROW) {
		if (!take_row(r, &at, err))
			return false;
		if (r->counts->rows % ROWS_PER_TELL == 0)
			tell_progress(r);
	}
	tell_progress(r);
	return status == TABLE_END;
}

static bool read_table(const struct corpus *c, size_t index, const struct input *input,
		       struct corpus_table *counts, const struct record_sink *sink, struct error *err)
{
	const struct family *family = c->sources[index].family;
	struct reading r = {
		.corpus = c, .family = family, .spec = input->spec, .counts = counts,
		.row = { .sink = sink, .err = err, .source = (uint32_t)index },
	};
	bool ok = table_open(&input->place, &r.table, err) && read_rows(&r, err);

	if (ok && input->spec->needed && counts->used == 0) {
		ok = error_set(err, ERROR_INPUT, family->advice,
			       "the table \"%s\" has no row that can be used", input->spec->table);
		error_at(err, table_place_name(r.table), 0, 0);
	}
	table_close(r.table);
	return ok;
}

static void sum_up(const struct corpus_source *public, char *to, size_t size)
{
	unsigned long long used = 0;
	unsigned long long rejected = 0;

	for (size_t t = 0; t < public->table_count; t++) {
		used += public->tables[t].used;
		for (size_t why = 0; why < REJECT_REASON_COUNT; why++)
			rejected += public->tables[t].rejected[why];
	}
	snprintf(to, size, "%llu rows used, %llu rejected", used, rejected);
}

static bool read_source(const struct corpus *c, size_t index, const struct record_sink *sink,
			struct error *err)
{
	const struct source *s = &c->sources[index];
	struct corpus_source *public = &c->shown[index];
	char text[96];
	uint64_t total = 0;

	for (size_t i = 0; i < s->input_count; i++)
		total += s->inputs[i].size;
	snprintf(text, sizeof text, "Reading %s", public->title);
	progress_begin(c->options.progress, text, total);
	for (size_t i = 0; i < s->input_count; i++) {
		if (!read_table(c, index, &s->inputs[i], &public->tables[i], sink, err))
			return false;
	}
	sum_up(public, text, sizeof text);
	progress_end(c->options.progress, text);
	return true;
}

bool corpus_read(struct corpus *c, const struct record_sink *sink, struct error *err)
{
	size_t count;
	const struct family *const *list = family_list(&count);

	if (c->read)
		return error_set(err, ERROR_INTERNAL, NULL, "the sources have been read already");
	c->read = true;
	/* In the order of the families, whatever the order of the command line: occupations come first. */
	for (size_t f = 0; f < count; f++) {
		for (size_t i = 0; i < c->source_count; i++) {
			if (c->sources[i].family == list[f] && !read_source(c, i, sink, err))
				return false;
		}
	}
	return true;
}
