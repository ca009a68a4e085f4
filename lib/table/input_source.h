// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * input_source.h - where tables lie: a zip, a folder, or a single file; gzip around any of them.
 *
 * A source has members, known by name, and a member is read as a stream of bytes, already unpacked.
 * Nothing is ever written to the names found inside; a zip inside gzip goes through a temporary file
 * without a name.  Guards: how much a member may unpack to, and by how many times.
 *
 * A workbook (.xlsx) is a zip too, but one table and not a release: as a single file it is one member, and
 * what is in it is reached by input_source_open_package().
 *
 * What comes through a pipe is one member, read once and as it comes; only a workbook, which has to be jumped about
 * in, is taken into memory first.
 *
 * The only place that knows <zlib.h>; zips are read by zip.h.
 */
#ifndef SOC_TABLE_INPUT_SOURCE_H
#define SOC_TABLE_INPUT_SOURCE_H

#include "lib/base/memory.h"

struct input_source_limits {
	uint64_t member; /* bytes a member may unpack to; 0: 4 GiB */
	uint32_t ratio;  /* unpacked : packed at most, beyond the first 16 MiB; 0: 1000 */
};

enum input_source_kind {
	INPUT_FILE,   /* one member */
	INPUT_FOLDER, /* the files of the folder and of its folders, not deeper */
	INPUT_ZIP
};

struct input_source_member {
	const char *path; /* inside the source, for messages: control characters are replaced */
	const char *name; /* its last component, without .gz */
	uint64_t size;    /* what stream_position() counts up to, as far as one can know */
	/* For input_source.c alone: */
	const char *file; /* to be opened; NULL in a zip */
	uint64_t index;   /* in the zip */
	uint64_t packed;  /* bytes as stored */
};

struct input_source;
struct stream;

/* Errors: ERROR_IO (cannot be opened or read), ERROR_INPUT with a hint (empty, neither file nor folder,
 * damaged or truncated zip, a member whose name leaves the archive, no table but a picture, a web page
 * and so on).  The members come in byte order of their paths. */
bool input_source_open(const char *path, const struct input_source_limits *limits, struct input_source **out,
		       struct error *err);
/* The same from memory, which is borrowed until input_source_close(); `name` is what messages call it. */
bool input_source_open_memory(struct slice bytes, const char *name, const struct input_source_limits *limits,
			      struct input_source **out, struct error *err);
/* The same from a descriptor that may be a pipe, such as standard input; it is borrowed and never closed.  `wait`
 * (may be NULL) is called with `ctx` when nothing has come for a moment, and then again and again; where it returns false, and
 * where a signal interrupts a read, that ends with ERROR_STOPPED.  The member can be opened once.  A workbook may have at most 64 MiB here.  Where nothing
 * comes at all, *empty (NULL: that is an error) is true and *out NULL. */
bool input_source_open_stream(int descriptor, const char *name, const struct input_source_limits *limits,
			      bool (*wait)(void *ctx), void *ctx, bool *empty, struct input_source **out,
			      struct error *err);
/* The zip that a member is, such as a workbook in a release; `c` must outlive it, and its limits hold here
 * too.  In memory where it is small, else through a temporary file without a name.  ERROR_INPUT where the
 * member is no zip. */
bool input_source_open_package(struct input_source *c, size_t member, struct input_source **out, struct error *err);
void input_source_close(struct input_source *c);

enum input_source_kind input_source_kind(const struct input_source *c);
const char *input_source_path(const struct input_source *c);
/* All members, and one by its index; owned by the source. */
const struct input_source_member *input_source_members(const struct input_source *c, size_t *count);
const struct input_source_member *input_source_member(const struct input_source *c, size_t member);

/* How messages name a member: "a.zip: Titles.txt", "folder/Titles.txt", "Titles.txt".  Too long a path is
 * cut at its beginning. */
void input_source_place(const struct input_source *c, size_t member, char *to, size_t size);

/* SHA-256 as 64 hex digits: of the zip, whichever member is asked for, else of the member's file as it is
 * stored.  *bytes is the size of that file. */
bool input_source_digest(const struct input_source *c, size_t member, char hex[65], uint64_t *bytes, struct error *err);

/* ---- a member's bytes ---- */

/* Several streams of one source may be open at once, in one thread.  Encrypted members and unknown
 * compression are refused here. */
bool stream_open(struct input_source *c, size_t member, struct stream **out, struct error *err);
/* The same of text, which is given as UTF-8 where it is UTF-16. */
bool stream_open_text(struct input_source *c, size_t member, struct stream **out, struct error *err);
/* At most `size` bytes; *got == 0 at the end.  Errors carry the place: ERROR_INPUT (damaged, ends early),
 * ERROR_LIMIT (a guard), ERROR_IO. */
bool stream_read(struct stream *s, void *to, size_t size, size_t *got, struct error *err);
/* The first bytes (SNIFF_BYTES, fewer where the member is shorter), before anything has been read;
 * stream_read() will give them again.  Valid until then. */
bool stream_peek(struct stream *s, struct slice *out, struct error *err);
/* How far it is, in the measure of input_source_member.size. */
uint64_t stream_position(const struct stream *s);
/* Whether it comes through a pipe whose writer may wait for answers. */
bool stream_is_live(const struct stream *s);
/* The place of the member, for messages. */
const char *stream_place(const struct stream *s);
void stream_close(struct stream *s);

#endif
