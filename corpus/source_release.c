// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * source_release.c - which release a source is, what it is called, its digest and its tables.
 */
#include "corpus/source_read_internal.h"

#include <stdlib.h>

#include "lib/base/file.h"
#include "lib/base/utf8.h"

struct slice source_last_component(const char *path)
{
	size_t end = strlen(path);
	while (end > 1 && path[end - 1] == '/')
		end--;
	size_t begin = end;
	while (begin > 0 && path[begin - 1] != '/')
		begin--;
	return (struct slice){ path + begin, end - begin };
}

static int compare_inputs(const void *a, const void *b)
{
	const struct input *x = a;
	const struct input *y = b;
	/* Specs of one family are one array, in reading order. */
	if (x->spec != y->spec)
		return x->spec < y->spec ? -1 : 1;
	return x->place.sheet < y->place.sheet ? -1 : x->place.sheet > y->place.sheet;
}

static bool check_needed(const struct source *s, const struct corpus_source *listed, struct error *err)
{
	for (size_t t = 0; t < s->family->table_count; t++) {
		const struct table_spec *spec = &s->family->tables[t];
		bool found = !spec->needed;
		for (size_t i = 0; i < s->input_count && !found; i++)
			found = s->inputs[i].spec == spec;
		if (found)
			continue;
		char hint[384];
		snprintf(hint, sizeof hint, "%s%s", s->loose ? "give that file too, or " : "", s->family->advice);
		return error_set_at(err, listed->path, ERROR_INPUT, hint,
				    "the %s release lacks the table \"%s\" (%s%s)", s->family->title, spec->table,
				    spec->files[0], s->family->extensions[0]);
	}
	return true;
}

/* ---- the release ---- */

static bool read_note(struct source *s, struct error *err)
{
	struct stream *stream = NULL;
	struct slice head;
	struct release_note note = s->note;
	bool ok = stream_open(s->note_file.input_source, s->note_file.member, &stream, err) &&
		  stream_peek(stream, &head, err);
	if (ok && s->family->read_note(head, &note))
		s->note = note;
	stream_close(stream);
	return ok;
}

/* The folder of a release is often called after it; the nearest one counts. */
static bool read_path(const struct source *s, const char *path, struct release_note *note)
{
	for (size_t end = strlen(path); end > 0;) {
		size_t begin = end;
		while (begin > 0 && path[begin - 1] != '/')
			begin--;
		if (s->family->read_name((struct slice){ path + begin, end - begin }, note))
			return true;
		end = begin > 0 ? begin - 1 : 0;
	}
	return false;
}

static bool describe_release(const struct corpus *c, struct source *s, struct corpus_source *listed, struct error *err)
{
	struct release_note *note = &s->note;
	const struct family *family = s->family;

	if (s->has_note_file && !read_note(s, err))
		return false;
	if (note->release[0] == '\0' && family->edition)
		snprintf(note->release, sizeof note->release, "%s", family->edition);
	if (note->release[0] == '\0' && family->read_name && s->input_count > 0 &&
	    !read_path(s, source_member(&s->inputs[0].place)->path, note))
		read_path(s, input_source_path(s->inputs[0].place.input_source), note);
	if (note->release[0] == '\0' && c->options.release)
		snprintf(note->release, sizeof note->release, "%s", c->options.release);

	snprintf(listed->release, sizeof listed->release, "%s", note->release);
	snprintf(listed->date, sizeof listed->date, "%s", note->date);
	if (note->title[0] != '\0')
		snprintf(listed->title, sizeof listed->title, "%s", note->title);
	else if (family->edition || !family->tables[0].read)
		snprintf(listed->title, sizeof listed->title, "%s", family->title);
	else
		snprintf(listed->title, sizeof listed->title, "%s%s%s", family->title, note->release[0] ? " " : "",
			 note->release);
	return true;
}

/* ---- the name, without the user's folders ---- */

static void describe_name(const struct source *s, struct corpus_source *listed)
{
	const struct table_place *first = &s->inputs[0].place;
	/* Single files of a release may lie in several folders: the first that was given. */
	struct slice path = source_last_component(s->by_name ? listed->path : input_source_path(first->input_source));
	struct slice member = source_last_component(source_member(first)->path);
	enum input_source_kind kind = input_source_kind(first->input_source);
	size_t files = s->loose && s->by_name ? s->input_count + (s->has_note_file ? 1 : 0) : 1;
	bool both = !s->by_name && kind == INPUT_ZIP;
	struct slice shown = utf8_cut(s->by_name || kind != INPUT_FOLDER ? path : member, both ? 60 : 100);

	snprintf(listed->name, sizeof listed->name, "%.*s", (int)shown.length, shown.at);
	size_t used = strlen(listed->name);
	member = utf8_cut(member, 60);
	if (files > 1)
		snprintf(listed->name + used, sizeof listed->name - used, " and %zu more", files - 1);
	else if (both)
		snprintf(listed->name + used, sizeof listed->name - used, ": %.*s", (int)member.length, member.at);
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
static bool digest_files(const struct source *s, struct corpus_source *listed, struct error *err)
{
	size_t total = s->input_count + (s->has_note_file ? 1 : 0);
	struct digest_line *lines = memory_new(total * sizeof *lines, err);
	struct sha256 sha;
	bool ok = lines != NULL;

	sha256_begin(&sha);
	for (size_t i = 0; ok && i < total; i++) {
		const struct table_place *place = i < s->input_count ? &s->inputs[i].place : &s->note_file;
		uint64_t bytes;
		lines[i].name = source_member(place)->path;
		ok = input_source_digest(place->input_source, place->member, lines[i].hex, &bytes, err);
		listed->bytes += bytes;
	}
	if (ok && total > 1)
		qsort(lines, total, sizeof *lines, compare_digest_lines);
	for (size_t i = 0; ok && i < total; i++) {
		sha256_add(&sha, lines[i].hex, 64);
		sha256_add(&sha, "  ", 2);
		sha256_add(&sha, lines[i].name, strlen(lines[i].name));
		sha256_add(&sha, "\n", 1);
	}
	sha256_finish(&sha, listed->sha256);
	memory_free(lines);
	return ok;
}

static bool digest_source(const struct source *s, struct corpus_source *listed, struct error *err)
{
	const struct table_place *first = &s->inputs[0].place;
	/* What is known by its columns is one member, though it may have many sheets. */
	bool one_file = !s->by_name || (s->loose ? s->input_count == 1 && !s->has_note_file
						 : input_source_kind(first->input_source) == INPUT_ZIP);
	if (one_file)
		return input_source_digest(first->input_source, first->member, listed->sha256, &listed->bytes, err);
	return digest_files(s, listed, err);
}

/* ---- the whole of a source ---- */

/* The file, and the sheet where several of it are read.  The end of a long path says more than its
 * beginning. */
static void put_member(char *to, size_t size, const struct source *s, size_t index)
{
	const struct input *input = &s->inputs[index];
	const char *path = source_member(&input->place)->path;
	bool several = false;
	for (size_t i = 0; i < s->input_count; i++)
		several = several || (i != index && s->inputs[i].place.input_source == input->place.input_source &&
				      s->inputs[i].place.member == input->place.member);
	const char *sheet = several ? input->sheet : "";
	size_t tail = several ? strlen(sheet) + 2 : 0;
	size_t length = strlen(path);
	size_t room = tail < size - 1 ? size - 1 - tail : 0;
	snprintf(to, size, "%s%s%s", length <= room ? path : path + length - room, several ? ": " : "", sheet);
}

static bool list_tables(struct corpus *c, const struct source *s, struct corpus_source *listed, struct error *err)
{
	listed->tables = arena_alloc(&c->arena, s->input_count * sizeof *listed->tables, err);
	if (!listed->tables)
		return false;
	for (size_t i = 0; i < s->input_count; i++) {
		if (!s->inputs[i].spec->read)
			continue;
		struct corpus_table *t = &listed->tables[listed->table_count++];
		t->table = s->inputs[i].spec->table;
		put_member(t->member, sizeof t->member, s, i);
	}
	if (listed->table_count == 0)
		listed->remark = "recognised, not used by this version";
	return true;
}

/* Tables that are not read count for nothing after this. */
static void drop_unread(struct source *s)
{
	size_t kept = 0;
	for (size_t i = 0; i < s->input_count; i++) {
		if (s->inputs[i].spec->read)
			s->inputs[kept++] = s->inputs[i];
	}
	s->input_count = kept;
}

bool source_complete(struct corpus *c, size_t index, struct error *err)
{
	struct source *s = &c->sources[index];
	struct corpus_source *listed = &c->listed[index];

	if (!check_needed(s, listed, err))
		return false;
	if (s->input_count > 1)
		qsort(s->inputs, s->input_count, sizeof *s->inputs, compare_inputs);
	if (!describe_release(c, s, listed, err) || !digest_source(s, listed, err) || !list_tables(c, s, listed, err))
		return false;
	describe_name(s, listed);
	drop_unread(s);
	return true;
}
