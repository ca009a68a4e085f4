// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * input_source.c - zips, folders, files and pipes as members, and members as streams of unpacked bytes.
 *
 * The streams stand here too: to open a source is to look at the first bytes of a stream, and a zip in a stream is a
 * source again.
 */
#include "lib/table/input_source.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "lib/base/fault.h"
#include "lib/base/file.h"
#include "lib/base/utf8.h"
#include "lib/table/sniff.h"
#include "lib/table/zip.h"

enum {
	BLOCK = 1 << 16,             /* bytes asked of a file or of libzip at once */
	PACKAGE_IN_MEMORY = 1 << 23, /* a zip inside a zip, up to this size */
	PIPED_PACKAGE = 1 << 26,     /* a workbook that comes through a pipe, up to this size */
	PATIENCE_MS = 20,            /* how long a pipe may be empty before anybody is told */
	LONG_PATIENCE_MS = 250,      /* ... and again, where it stays so */
	PACKAGE_FACTOR = 4,          /* a worksheet may be so much larger than a table: all its markup */
	FOLDER_DEPTH = 1,            /* folders inside a folder that are looked into */
	FOLDER_FILES = 1 << 16       /* more files than that are no release */
};

static const uint64_t member_default = (uint64_t)4 << 30;
static const uint32_t ratio_default = 1000;
static const uint64_t ratio_free = (uint64_t)16 << 20;

/* Calls that the tests can make fail (lib/base/fault.h). */
#define READ_CALL(failure, call) (fault_hit(FAULT_READ) ? (errno = EIO, (failure)) : (call))
#define WRITE_CALL(failure, call) (fault_hit(FAULT_WRITE) ? (errno = ENOSPC, (failure)) : (call))

/* Bytes that can be read once. */
struct pipe {
	int descriptor;
	bool (*wait)(void *ctx); /* may be NULL */
	void *ctx;
	char *head; /* what was read to see what it is */
	size_t head_length;
	bool taken; /* by a stream */
};

struct input_source {
	enum input_source_kind kind;
	const char *path;    /* as given */
	struct slice memory; /* of input_source_open_memory(); borrowed */
	bool in_memory;
	char *unpacked;    /* of input_source_open_package(); what `memory` then lies in */
	struct pipe *pipe; /* of input_source_open_stream() */
	struct zip_archive *zip;
	struct input_source_limits limits;
	struct input_source_member *members;
	size_t count;
	size_t capacity;
	struct arena arena; /* names */
};

/* What the system refused, and at which path. */
static bool fail_path(struct error *err, int saved_errno, const char *what, const char *path)
{
	error_set_errno(err, saved_errno, NULL, "%s", what);
	return error_at(err, path, 0, 0);
}

/* ---- names ---- */

static const char *last_component(const char *path)
{
	const char *name = path;
	for (const char *p = path; *p; p++) {
		/* Some zip programs write backslashes. */
		if ((*p == '/' || *p == '\\') && p[1] != '\0')
			name = p + 1;
	}
	return name;
}

/* The member's public names, cleaned for messages.  `file` is NULL in a zip. */
static struct input_source_member *add_member(struct input_source *c, const char *path, const char *file,
					      struct error *err)
{
	if (!ARRAY_RESERVE(c->members, c->capacity, c->count + 1, err))
		return NULL;
	struct slice shown = arena_copy(&c->arena, slice_of(path), err);
	struct slice name = arena_copy(&c->arena, slice_of(last_component(path)), err);
	struct slice opened = arena_copy(&c->arena, slice_of(file), err);
	if (!arena_ok(&c->arena))
		return NULL;
	for (char *p = (char *)(uintptr_t)shown.at; *p; p++) {
		if ((unsigned char)*p < 32 || *p == 127)
			*p = '?';
	}
	if (slice_ends_nocase(name, SLICE(".gz")) && name.length > 3)
		((char *)(uintptr_t)name.at)[name.length - 3] = '\0';

	struct input_source_member *m = &c->members[c->count++];
	*m = (struct input_source_member){ .path = shown.at, .name = name.at, .file = file ? opened.at : NULL };
	return m;
}

/* The one member of a single file, which messages call by its own name. */
static bool add_file(struct input_source *c, const char *file, uint64_t size, struct error *err)
{
	struct input_source_member *m = add_member(c, c->path, file, err);
	if (!m)
		return false;
	if (file)
		m->path = last_component(m->path);
	m->size = m->packed = size;
	return true;
}

static int compare_members(const void *a, const void *b)
{
	const struct input_source_member *x = a;
	const struct input_source_member *y = b;
	int order = strcmp(x->path, y->path);
	if (order == 0 && x->index != y->index)
		order = x->index < y->index ? -1 : 1;
	return order;
}

static void sort_members(struct input_source *c)
{
	if (c->count > 1)
		qsort(c->members, c->count, sizeof *c->members, compare_members);
}

/* ---- zip ---- */

/* The source is the zip that was opened, and the file itself no member any more. */
static bool zip_list(struct input_source *c, struct error *err)
{
	uint64_t entries = zip_archive_count(c->zip);
	c->kind = INPUT_ZIP;
	c->count = 0;

	for (uint64_t i = 0; i < entries; i++) {
		struct zip_archive_entry entry;
		if (!zip_archive_entry(c->zip, i, &entry, err))
			return false;
		if (entry.folder)
			continue;
		struct input_source_member *m = add_member(c, entry.name, NULL, err);
		if (!m)
			return false;
		m->index = i;
		m->size = entry.size;
		m->packed = entry.packed;
	}
	sort_members(c);
	return true;
}

/* Takes `file` over. */
static bool zip_from_file(struct input_source *c, FILE *file, struct error *err)
{
	return zip_archive_open_file(file, c->path, &c->zip, err) && zip_list(c, err);
}

/* Open a file, and list it where it is a zip; *zip says whether it was. */
static bool zip_from_path(struct input_source *c, const char *path, bool *zip, struct error *err)
{
	char head[8];
	*zip = false;
	FILE *file = READ_CALL(NULL, fopen(path, "rb"));
	if (!file)
		return fail_path(err, errno, "cannot open", c->path);
	size_t got = fread(head, 1, sizeof head, file);
	int saved = ferror(file) ? errno : 0;
	*zip = sniff_zip((struct slice){ head, got });
	if (*zip)
		return zip_from_file(c, file, err);
	fclose(file);
	return saved == 0 || fail_path(err, saved, "cannot read", c->path);
}

static bool zip_from_memory(struct input_source *c, struct error *err)
{
	return zip_archive_open_memory(c->memory, c->path, &c->zip, err) && zip_list(c, err);
}

/* A zip inside gzip: libzip has to jump about in it, so it is unpacked to a file that has no name and
 * vanishes with us. */
static bool zip_from_stream(struct input_source *c, struct stream *s, struct error *err)
{
	char *block = memory_new(BLOCK, err);
	FILE *file = block ? WRITE_CALL(NULL, tmpfile()) : NULL;
	bool ok = file != NULL;
	size_t got = 1;

	if (block && !file)
		error_set_errno(err, errno, NULL, "cannot make a temporary file");
	while (ok && got > 0) {
		ok = stream_read(s, block, BLOCK, &got, err);
		if (ok && WRITE_CALL(got + 1, fwrite(block, 1, got, file)) != got)
			ok = error_set_errno(err, errno, NULL, "cannot write a temporary file");
	}
	if (ok && WRITE_CALL(EOF, fflush(file)) != 0)
		ok = error_set_errno(err, errno, NULL, "cannot write a temporary file");
	memory_free(block);
	if (!ok) {
		if (file)
			fclose(file);
		return false;
	}
	return zip_from_file(c, file, err);
}

/* ---- a package: a zip that is one table ---- */

static bool has_member(const struct input_source *c, const char *path)
{
	for (size_t i = 0; i < c->count; i++) {
		if (slice_equal_nocase(slice_of(c->members[i].path), slice_of(path)))
			return true;
	}
	return false;
}

/* Every Office document has a list of its content types, and every workbook ought to; an OpenDocument has a type. */
static bool is_package(const struct input_source *c)
{
	return c->kind == INPUT_ZIP && (has_member(c, "[Content_Types].xml") || has_member(c, "xl/workbook.xml") ||
					(has_member(c, "mimetype") && has_member(c, "content.xml")));
}

/* Take the source for the single file that it is. */
static bool become_file(struct input_source *c, const char *file, uint64_t size, struct error *err)
{
	zip_archive_close(c->zip);
	c->zip = NULL;
	c->kind = INPUT_FILE;
	c->count = 0;
	return add_file(c, file, size, err);
}

/* ---- folder ---- */

static bool folder_list(struct input_source *c, const char *folder, const char *inside, int depth, struct error *err);

/* One entry of a folder: a file becomes a member, a folder is looked into. */
static bool folder_entry(struct input_source *c, const char *folder, const char *inside, const char *name, int depth,
			 struct error *err)
{
	struct buffer file = { 0 };
	struct buffer path = { 0 };
	struct stat st;
	bool ok = buffer_printf(&file, err, "%s/%s", folder, name) && buffer_terminate(&file, err) &&
		  buffer_printf(&path, err, "%s%s%s", inside, *inside ? "/" : "", name) && buffer_terminate(&path, err);

	if (ok && READ_CALL(-1, stat(file.at, &st)) != 0) {
		/* A link to nowhere is left out. */
		ok = errno == ENOENT || errno == ELOOP || fail_path(err, errno, "cannot look at it", file.at);
	} else if (ok && S_ISDIR(st.st_mode)) {
		ok = depth >= FOLDER_DEPTH || folder_list(c, file.at, path.at, depth + 1, err);
	} else if (ok && S_ISREG(st.st_mode)) {
		struct input_source_member *m = add_member(c, path.at, file.at, err);
		ok = m != NULL;
		if (ok)
			m->size = m->packed = (uint64_t)st.st_size;
	}
	buffer_free(&file);
	buffer_free(&path);
	return ok;
}

static bool folder_list(struct input_source *c, const char *folder, const char *inside, int depth, struct error *err)
{
	bool ok = true;
	const struct dirent *entry = NULL;
	DIR *d = READ_CALL(NULL, opendir(folder));
	if (!d)
		return fail_path(err, errno, "cannot open the folder", folder);

	while (ok && (errno = 0, entry = readdir(d)) != NULL) {
		/* Also what file managers leave behind: ".DS_Store". */
		if (entry->d_name[0] == '.')
			continue;
		ok = folder_entry(c, folder, inside, entry->d_name, depth, err);
		if (ok && c->count > FOLDER_FILES)
			ok = error_set(err, ERROR_LIMIT, "give the folder of the release itself",
				       "the folder holds more than %d files", FOLDER_FILES) ||
			     error_at(err, c->path, 0, 0);
	}
	if (ok && errno != 0)
		ok = fail_path(err, errno, "cannot read the folder", folder);
	closedir(d);
	return ok;
}

static bool folder_open(struct input_source *c, struct error *err)
{
	c->kind = INPUT_FOLDER;
	if (!folder_list(c, c->path, "", 0, err))
		return false;
	sort_members(c);
	if (c->count == 0) {
		return error_set_at(err, c->path, ERROR_INPUT, "give the folder that holds the tables of a release",
				    "there are no files in this folder, nor in the folders in it");
	}
	return true;
}

/* ---- a single file ---- */

static bool refuse_empty(const struct input_source *c, struct error *err)
{
	return error_set_at(err, c->path, ERROR_INPUT, HINT_DAMAGED, "the file is empty");
}

/* The only member is there: see whether it holds a zip, and refuse what is no table. */
static bool look_inside(struct input_source *c, struct error *err)
{
	struct stream *s = NULL;
	struct slice head = { NULL, 0 };
	bool ok = stream_open(c, 0, &s, err) && stream_peek(s, &head, err);

	if (ok && head.length == 0) {
		ok = refuse_empty(c, err);
	} else if (ok && sniff_zip(head)) {
		ok = zip_from_stream(c, s, err);
	} else if (ok) {
		/* UTF-16 is for whoever reads the table to refuse. */
		const struct sniff *foreign = sniff_utf16(head) ? NULL : sniff_foreign(head);
		if (foreign) {
			ok = error_set_at(err, c->path, ERROR_INPUT, foreign->hint, "this is %s, not a table",
					  foreign->what);
		}
	}
	stream_close(s);
	return ok;
}

static bool file_open(struct input_source *c, uint64_t size, struct error *err)
{
	bool zip;
	if (size == 0)
		return refuse_empty(c, err);
	return add_file(c, c->path, size, err) && zip_from_path(c, c->path, &zip, err) &&
	       (zip || look_inside(c, err)) && (!is_package(c) || become_file(c, c->path, size, err));
}

/* ---- open and close ---- */

static struct input_source *input_source_new(const char *path, const struct input_source_limits *limits,
					     struct error *err)
{
	struct input_source *c = memory_new(sizeof *c, err);
	if (!c)
		return NULL;
	c->limits.member = limits && limits->member ? limits->member : member_default;
	c->limits.ratio = limits && limits->ratio ? limits->ratio : ratio_default;
	c->path = arena_copy(&c->arena, slice_of(path), err).at;
	if (!c->path) {
		input_source_close(c);
		return NULL;
	}
	return c;
}

/* Give the source away where it is `ok`, else let go of it. */
static bool finish(struct input_source *c, bool ok, struct input_source **out)
{
	*out = ok ? c : NULL;
	if (!ok)
		input_source_close(c);
	return ok;
}

static bool open_path(struct input_source *c, struct error *err)
{
	struct stat st;
	if (READ_CALL(-1, stat(c->path, &st)) != 0)
		return fail_path(err, errno, "cannot open", c->path);
	if (S_ISDIR(st.st_mode))
		return folder_open(c, err);
	if (!S_ISREG(st.st_mode)) {
		return error_set_at(err, c->path, ERROR_INPUT, "write its content to a file first, and give that",
				    "this is neither a file nor a folder");
	}
	return file_open(c, (uint64_t)st.st_size, err);
}

bool input_source_open(const char *path, const struct input_source_limits *limits, struct input_source **out,
		       struct error *err)
{
	struct input_source *c = input_source_new(path, limits, err);
	return finish(c, c && open_path(c, err), out);
}

bool input_source_open_memory(struct slice bytes, const char *name, const struct input_source_limits *limits,
			      struct input_source **out, struct error *err)
{
	struct input_source *c = input_source_new(name, limits, err);
	if (c) {
		c->memory = bytes;
		c->in_memory = true;
	}
	bool ok = c && add_file(c, NULL, bytes.length, err) && (bytes.length > 0 || refuse_empty(c, err)) &&
		  (sniff_zip(bytes) ? zip_from_memory(c, err) : look_inside(c, err)) &&
		  (!is_package(c) || become_file(c, NULL, bytes.length, err));
	return finish(c, ok, out);
}

/* ---- a pipe ---- */

/* Wait until there is something to read, or its end; false where the wait was ended.  A signal may come at any time, also
 * between two calls of the system: so none of them waits for long. */
static bool pipe_wait(struct pipe *p)
{
	struct pollfd ready = { .fd = p->descriptor, .events = POLLIN };
	int n = 0;
	for (int patience = PATIENCE_MS; p->wait && n == 0; patience = LONG_PATIENCE_MS) {
		n = poll(&ready, 1, patience);
		if ((n < 0 && errno == EINTR) || (n == 0 && !p->wait(p->ctx)))
			return false;
	}
	return true;
}

static bool pipe_read(struct pipe *p, void *to, size_t size, size_t *got, struct error *err)
{
	*got = 0;
	bool ready = pipe_wait(p);
	ssize_t n = ready ? READ_CALL(-1, read(p->descriptor, to, size)) : -1;
	if (!ready || (n < 0 && errno == EINTR))
		return error_set(err, ERROR_STOPPED, NULL, "interrupted");
	*got = n > 0 ? (size_t)n : 0;
	return n >= 0 || error_set_errno(err, errno, NULL, "cannot read");
}

/* Enough to tell what it is: of text one line, for whoever writes into the pipe may wait for an answer to it. */
static bool is_enough(const char *bytes, size_t length)
{
	return length >= SNIFF_BYTES || (length > 0 && memchr(bytes, '\n', length));
}

static bool pipe_peek(struct pipe *p, struct error *err)
{
	size_t got = 1;
	p->head = memory_new(BLOCK, err);
	while (p->head && got > 0 && !is_enough(p->head, p->head_length)) {
		if (!pipe_read(p, p->head + p->head_length, BLOCK - p->head_length, &got, err))
			return false;
		p->head_length += got;
	}
	return p->head != NULL;
}

/* All of a stream into memory, unless that is more than `limit`; *whole says whether it was. */
static bool unpack(struct input_source *c, struct stream *s, size_t limit, bool *whole, struct error *err)
{
	struct buffer bytes = { 0 };
	size_t got = 1;
	bool ok = true;
	while (ok && got > 0 && bytes.length <= limit) {
		ok = buffer_reserve(&bytes, BLOCK, err) && stream_read(s, bytes.at + bytes.length, BLOCK, &got, err);
		bytes.length += ok ? got : 0;
	}
	*whole = ok && got == 0;
	if (!*whole) {
		buffer_free(&bytes);
		return ok;
	}
	c->unpacked = bytes.at;
	c->memory = buffer_slice(&bytes);
	c->in_memory = true;
	return true;
}

static bool package_from_pipe(struct input_source *c, struct error *err)
{
	struct stream *s = NULL;
	bool whole, ok = stream_open(c, 0, &s, err) && unpack(c, s, PIPED_PACKAGE, &whole, err);
	if (ok && !whole)
		ok = error_set(err, ERROR_LIMIT, "write it to a file first, and give that",
			       "a workbook of more than 64 MiB cannot come through a pipe");
	stream_close(s);
	return ok && zip_from_memory(c, err) && (!is_package(c) || become_file(c, NULL, c->memory.length, err));
}

bool input_source_open_stream(int descriptor, const char *name, const struct input_source_limits *limits,
			      bool (*wait)(void *ctx), void *ctx, bool *empty, struct input_source **out,
			      struct error *err)
{
	struct input_source *c = input_source_new(name, limits, err);
	bool ok = c && (c->pipe = memory_new(sizeof *c->pipe, err)) != NULL;
	if (ok) {
		*c->pipe = (struct pipe){ .descriptor = descriptor, .wait = wait, .ctx = ctx };
		ok = pipe_peek(c->pipe, err) && add_member(c, name, NULL, err);
	}
	bool nothing = ok && c->pipe->head_length == 0;
	if (empty)
		*empty = nothing;
	if (nothing && !empty)
		ok = refuse_empty(c, err);
	else if (ok && sniff_zip((struct slice){ c->pipe->head, c->pipe->head_length }))
		ok = package_from_pipe(c, err);
	if (!ok)
		error_at(err, name, 0, 0);
	(void)finish(c, ok && !nothing, out);
	return ok;
}

static bool package_from_stream(struct input_source *c, struct input_source *outer, size_t member, struct error *err)
{
	struct stream *s = NULL;
	struct slice head = { NULL, 0 };
	bool whole = false;
	bool ok = stream_open(outer, member, &s, err) && stream_peek(s, &head, err);

	if (ok && !sniff_zip(head)) {
		ok = error_set_at(err, c->path, ERROR_INPUT, HINT_DAMAGED, "this is no zip file");
	}
	ok = ok && unpack(c, s, PACKAGE_IN_MEMORY, &whole, err);
	if (ok && !whole) {
		/* Once more, and this time to disk. */
		stream_close(s);
		s = NULL;
		ok = stream_open(outer, member, &s, err) && zip_from_stream(c, s, err);
	} else if (ok) {
		ok = zip_from_memory(c, err);
	}
	stream_close(s);
	return ok;
}

/* A file of its own needs no copy. */
static bool package_from_member(struct input_source *c, struct input_source *outer, size_t member, struct error *err)
{
	const struct input_source_member *m = &outer->members[member];

	if (outer->kind == INPUT_FILE && outer->in_memory && sniff_zip(outer->memory)) {
		c->memory = outer->memory;
		c->in_memory = true;
		return zip_from_memory(c, err);
	}
	bool zip = false;
	if (m->file && !zip_from_path(c, m->file, &zip, err))
		return false;
	return zip || package_from_stream(c, outer, member, err);
}

bool input_source_open_package(struct input_source *outer, size_t member, struct input_source **out, struct error *err)
{
	char place[256];
	input_source_place(outer, member, place, sizeof place);
	struct input_source_limits limits = outer->limits;
	if (limits.member <= UINT64_MAX / PACKAGE_FACTOR)
		limits.member *= PACKAGE_FACTOR;
	struct input_source *c = input_source_new(place, &limits, err);
	return finish(c, c && package_from_member(c, outer, member, err), out);
}

void input_source_close(struct input_source *c)
{
	if (!c)
		return;
	zip_archive_close(c->zip);
	memory_free(c->unpacked);
	if (c->pipe)
		memory_free(c->pipe->head);
	memory_free(c->pipe);
	memory_free(c->members);
	arena_free(&c->arena);
	memory_free(c);
}

enum input_source_kind input_source_kind(const struct input_source *c)
{
	return c->kind;
}

const char *input_source_path(const struct input_source *c)
{
	return c->path;
}

const struct input_source_member *input_source_members(const struct input_source *c, size_t *count)
{
	*count = c->count;
	return c->members;
}

const struct input_source_member *input_source_member(const struct input_source *c, size_t member)
{
	return &c->members[member];
}

void input_source_place(const struct input_source *c, size_t member, char *to, size_t size)
{
	const char *folder = c->path;
	const char *between = "";
	const char *name = "";

	if (c->kind == INPUT_ZIP) {
		between = ": ";
		name = last_component(c->members[member].path);
	} else if (c->kind == INPUT_FOLDER) {
		size_t length = strlen(folder);
		between = length > 0 && folder[length - 1] == '/' ? "" : "/";
		name = c->members[member].path;
	}
	size_t tail = strlen(between) + strlen(name);
	size_t length = strlen(folder);
	if (length + tail < size) {
		snprintf(to, size, "%s%s%s", folder, between, name);
	} else if (tail + 3 < size) {
		snprintf(to, size, "...%s%s%s", folder + length - (size - tail - 4), between, name);
	} else {
		size_t all = strlen(name);
		snprintf(to, size, "...%s", all > size - 4 ? name + all - (size - 4) : name);
	}
}

bool input_source_digest(const struct input_source *c, size_t member, char hex[65], uint64_t *bytes, struct error *err)
{
	const char *path = c->kind == INPUT_FOLDER ? c->members[member].file : c->path;
	bool ok = true;
	size_t got = 1;
	*bytes = 0;
	hex[0] = '\0';
	struct sha256 sha;
	sha256_begin(&sha);

	if (c->in_memory) {
		sha256_add(&sha, c->memory.at, c->memory.length);
		*bytes = c->memory.length;
	} else {
		char *block = memory_new(BLOCK, err);
		FILE *file = block ? READ_CALL(NULL, fopen(path, "rb")) : NULL;
		ok = file != NULL;
		if (block && !file)
			fail_path(err, errno, "cannot open", path);
		while (ok && (got = fread(block, 1, BLOCK, file)) > 0) {
			sha256_add(&sha, block, got);
			*bytes += got;
		}
		if (ok && ferror(file))
			ok = fail_path(err, errno, "cannot read", path);
		if (file)
			fclose(file);
		memory_free(block);
	}
	sha256_finish(&sha, hex);
	return ok;
}

/* ---- streams ---- */

struct stream {
	/* The origin: one of these. */
	struct zip_archive_file *zip;
	FILE *file;
	struct pipe *pipe;
	struct slice memory;

	char place[256];
	struct input_source_limits limits;
	bool guarded;    /* what comes out is more than what is stored */
	uint64_t packed; /* bytes as stored in the source */
	uint64_t taken;  /* bytes from the origin */
	uint64_t given;  /* bytes unpacked */

	char *raw; /* from the origin, [raw_at, raw_end) not yet used */
	size_t raw_at;
	size_t raw_end;
	bool raw_ended;

	bool gzip;
	bool gzip_ended;
	z_stream z;

	enum sniff_utf16 utf16; /* of text: what is unpacked is converted */
	char *units;            /* unpacked, [0, unit_end) not yet converted */
	size_t unit_end;
	char spare[4]; /* converted and not yet given */
	size_t spare_length;

	char *peeked; /* unpacked, [peek_at, peek_end) not yet given */
	size_t peek_at;
	size_t peek_end;
};

/* Straight from the origin. */
static bool origin_read(struct stream *s, void *to, size_t size, size_t *got, struct error *err)
{
	*got = 0;
	if (fault_hit(FAULT_READ))
		return fail_path(err, EIO, "cannot read", s->place);
	if (s->zip) {
		if (!zip_archive_file_read(s->zip, to, size, got, err))
			return false;
	} else if (s->file) {
		*got = fread(to, 1, size, s->file);
		if (*got == 0 && ferror(s->file))
			return fail_path(err, errno, "cannot read", s->place);
	} else if (s->pipe && s->memory.length == 0) {
		if (!pipe_read(s->pipe, to, size, got, err))
			return error_at(err, s->place, 0, 0);
	} else {
		*got = s->memory.length < size ? s->memory.length : size;
		if (*got > 0)
			memcpy(to, s->memory.at, *got);
		s->memory.at += *got;
		s->memory.length -= *got;
	}
	s->taken += *got;
	return true;
}

/* Have at least one unused byte in `raw`, unless the origin has ended. */
static bool raw_fill(struct stream *s, struct error *err)
{
	if (s->raw_at < s->raw_end || s->raw_ended)
		return true;
	s->raw_at = s->raw_end = 0;
	if (!origin_read(s, s->raw, BLOCK, &s->raw_end, err))
		return false;
	s->raw_ended = s->raw_end == 0;
	return true;
}

static bool gzip_failed(const struct stream *s, const char *what, struct error *err)
{
	return error_set_at(err, s->place, ERROR_INPUT, HINT_DAMAGED, "the gzip file %s", what);
}

/* One member may follow another, and zeros may pad the last one, as for gzip -t; anything else is a member that is
 * damaged. */
static bool gzip_after_member(struct stream *s, struct error *err)
{
	for (;;) {
		if (!raw_fill(s, err))
			return false;
		if (s->raw_at == s->raw_end) {
			s->gzip_ended = true;
			return true;
		}
		if (s->raw[s->raw_at] == '\x1f')
			return inflateReset(&s->z) == Z_OK || gzip_failed(s, "cannot be read on", err);
		if (s->raw[s->raw_at] != '\0')
			return gzip_failed(s, "goes on with bytes that are no gzip: a part of it is damaged", err);
		s->raw_at++;
	}
}

static bool gzip_read(struct stream *s, void *to, size_t size, size_t *got, struct error *err)
{
	uInt room = size < INT_MAX ? (uInt)size : INT_MAX;
	s->z.next_out = to;
	s->z.avail_out = room;

	while (s->z.avail_out == room && !s->gzip_ended) {
		if (!raw_fill(s, err))
			return false;
		if (s->raw_at == s->raw_end)
			return gzip_failed(s, "ends too early", err);
		s->z.next_in = (Bytef *)s->raw + s->raw_at;
		s->z.avail_in = (uInt)(s->raw_end - s->raw_at);
		int rc = inflate(&s->z, Z_NO_FLUSH);
		s->raw_at = s->raw_end - s->z.avail_in;
		if (rc == Z_STREAM_END) {
			if (!gzip_after_member(s, err))
				return false;
		} else if (rc == Z_MEM_ERROR) {
			return error_no_memory(err);
		} else if (rc != Z_OK && rc != Z_BUF_ERROR) {
			return gzip_failed(s, "is damaged", err);
		}
	}
	*got = room - s->z.avail_out;
	return true;
}

/* A small file that unpacks to a disk full of zeros is an attack or an accident, and no release. */
static bool guard(const struct stream *s, struct error *err)
{
	static const char hint[] = "if it is a true release, unpack it and give the folder";

	if (!s->guarded)
		return true;
	if (s->given > s->limits.member)
		error_set(err, ERROR_LIMIT, hint, "it unpacks to more than %llu bytes",
			  (unsigned long long)s->limits.member);
	else if (s->given > ratio_free && s->given / s->limits.ratio > s->packed)
		error_set(err, ERROR_LIMIT, hint, "it unpacks to more than %lu times its size",
			  (unsigned long)s->limits.ratio);
	else
		return true;
	return error_at(err, s->place, 0, 0);
}

/* Past what has been peeked. */
static bool unpacked_read(struct stream *s, void *to, size_t size, size_t *got, struct error *err)
{
	*got = 0;
	if (s->gzip) {
		if (!gzip_read(s, to, size, got, err))
			return false;
	} else if (s->raw_at < s->raw_end) {
		size_t left = s->raw_end - s->raw_at;
		*got = left < size ? left : size;
		memcpy(to, s->raw + s->raw_at, *got);
		s->raw_at += *got;
	} else if (!s->raw_ended) {
		if (!origin_read(s, to, size, got, err))
			return false;
		s->raw_ended = *got == 0;
	}
	s->given += *got;
	return guard(s, err);
}

/* A character from the bytes at `at`, of which there are at least two; how many it takes, 0 where the other half of a pair
 * is not there yet.  Half a pair is U+FFFD. */
static size_t take_unit(const struct stream *s, size_t at, bool last, uint32_t *out)
{
	const unsigned char *p = (const unsigned char *)s->units + at;
	size_t high = s->utf16 == UTF16_LITTLE_ENDIAN, left = s->unit_end - at;
	uint32_t low = left < 4 ? 0 : (uint32_t)(p[2 + high] << 8 | p[3 - high]);
	*out = (uint32_t)(p[high] << 8 | p[1 - high]);
	if (*out < 0xD800 || *out > 0xDFFF)
		return 2;
	if (*out < 0xDC00 && left < 4 && !last)
		return 0;
	bool pair = *out < 0xDC00 && low >= 0xDC00 && low <= 0xDFFF;
	*out = pair ? 0x10000 + ((*out - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
	return pair ? 4 : 2;
}

enum { UNITS = 1 << 14 }; /* bytes of UTF-16 that are converted at once; as UTF-8 half as many again at most */

/* Where less room is asked for than a character may need, it is converted into `spare`, and given from there. */
static bool utf16_read(struct stream *s, char *to, size_t size, size_t *got, struct error *err)
{
	size_t more = 1, at = 0, length = 0;
	uint32_t c;
	*got = 0;
	while (s->spare_length == 0 && *got == 0 && more > 0) {
		bool narrow = size < sizeof s->spare;
		char *out = narrow ? s->spare : to;
		size_t room = narrow ? sizeof s->spare : size, used = 0;
		if (!unpacked_read(s, s->units + s->unit_end, UNITS - s->unit_end, &more, err))
			return false;
		s->unit_end += more;
		for (at = 0; s->unit_end - at >= 2 && room - used >= 4; at += length) {
			length = take_unit(s, at, more == 0, &c);
			if (length == 0)
				break;
			used += utf8_write(c, out + used);
		}
		more += at;
		s->unit_end -= at;
		memmove(s->units, s->units + at, s->unit_end);
		*(narrow ? &s->spare_length : got) = used;
	}
	if (s->spare_length > 0) {
		*got = s->spare_length < size ? s->spare_length : size;
		memcpy(to, s->spare, *got);
		s->spare_length -= *got;
		memmove(s->spare, s->spare + *got, s->spare_length);
	}
	return true;
}

static bool converted_read(struct stream *s, void *to, size_t size, size_t *got, struct error *err)
{
	return s->utf16 ? utf16_read(s, to, size, got, err) : unpacked_read(s, to, size, got, err);
}

static bool open_zip_member(struct stream *s, const struct input_source *c, const struct input_source_member *m,
			    struct error *err)
{
	if (m->size > s->limits.member) {
		s->given = m->size;
		s->guarded = true;
		return guard(s, err);
	}
	return zip_archive_file_open(c->zip, m->index, s->place, &s->zip, err);
}

static bool open_origin(struct stream *s, const struct input_source *c, size_t member, struct error *err)
{
	const struct input_source_member *m = &c->members[member];

	input_source_place(c, member, s->place, sizeof s->place);
	s->limits = c->limits;
	s->packed = m->packed;
	s->guarded = c->kind == INPUT_ZIP;
	if (c->kind == INPUT_ZIP)
		return open_zip_member(s, c, m, err);
	if (c->in_memory) {
		s->memory = c->memory;
		return true;
	}
	if (c->pipe) {
		if (c->pipe->taken)
			return error_set(err, ERROR_INPUT, "write it to a file first, and give that",
					 "what comes through a pipe can be read only once");
		c->pipe->taken = true;
		s->pipe = c->pipe;
		s->packed = UINT64_MAX;
		s->memory = (struct slice){ c->pipe->head, c->pipe->head_length };
		return true;
	}
	s->file = READ_CALL(NULL, fopen(m->file, "rb"));
	return s->file || fail_path(err, errno, "cannot open", s->place);
}

static bool start_gzip(struct stream *s, struct error *err)
{
	if (!raw_fill(s, err))
		return false;
	if (!sniff_gzip((struct slice){ s->raw + s->raw_at, s->raw_end - s->raw_at }))
		return true;
	/* 15 bits of window, the largest; 16 says gzip and not zlib. */
	if (fault_hit(FAULT_MEMORY) || inflateInit2(&s->z, 15 + 16) != Z_OK)
		return error_no_memory(err);
	s->gzip = true;
	s->guarded = true;
	return true;
}

bool stream_open(struct input_source *c, size_t member, struct stream **out, struct error *err)
{
	*out = NULL;
	struct stream *s = memory_new(sizeof *s, err);
	if (!s)
		return false;
	s->raw = memory_new(BLOCK, err);
	s->peeked = memory_new(SNIFF_BYTES, err);
	if (!s->raw || !s->peeked || !open_origin(s, c, member, err) || !start_gzip(s, err)) {
		stream_close(s);
		return false;
	}
	*out = s;
	return true;
}

bool stream_read(struct stream *s, void *to, size_t size, size_t *got, struct error *err)
{
	if (s->peek_at < s->peek_end) {
		size_t left = s->peek_end - s->peek_at;
		*got = left < size ? left : size;
		memcpy(to, s->peeked + s->peek_at, *got);
		s->peek_at += *got;
		return true;
	}
	return converted_read(s, to, size, got, err);
}

bool stream_peek(struct stream *s, struct slice *out, struct error *err)
{
	size_t got = 1;
	while (got > 0 && s->peek_end < SNIFF_BYTES && !(s->pipe && is_enough(s->peeked, s->peek_end))) {
		if (!converted_read(s, s->peeked + s->peek_end, SNIFF_BYTES - s->peek_end, &got, err))
			return false;
		s->peek_end += got;
	}
	out->at = s->peeked;
	out->length = s->peek_end;
	return true;
}

bool stream_open_text(struct input_source *c, size_t member, struct stream **out, struct error *err)
{
	struct slice head;
	if (!stream_open(c, member, out, err))
		return false;
	struct stream *s = *out;
	bool ok = stream_peek(s, &head, err);
	enum sniff_utf16 utf16 = ok ? sniff_utf16(head) : NOT_UTF16;
	if (utf16) {
		s->units = memory_new(UNITS, err);
		ok = s->units != NULL;
	}
	if (ok && utf16) {
		memcpy(s->units, head.at, head.length);
		s->unit_end = head.length;
		s->peek_end = 0;
		s->utf16 = utf16;
	}
	if (!ok) {
		stream_close(s);
		*out = NULL;
	}
	return ok;
}

uint64_t stream_position(const struct stream *s)
{
	return s->taken - (s->raw_end - s->raw_at);
}

bool stream_is_live(const struct stream *s)
{
	struct stat st;
	return s->pipe && fstat(s->pipe->descriptor, &st) == 0 && !S_ISREG(st.st_mode);
}

const char *stream_place(const struct stream *s)
{
	return s->place;
}

void stream_close(struct stream *s)
{
	if (!s)
		return;
	if (s->gzip)
		inflateEnd(&s->z);
	zip_archive_file_close(s->zip);
	if (s->file)
		fclose(s->file);
	memory_free(s->raw);
	memory_free(s->units);
	memory_free(s->peeked);
	memory_free(s);
}
