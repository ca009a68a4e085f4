// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * map_guard.h - what a program says when a file that it has mapped is overwritten or cut under it.
 *
 * A page of a mapping behind the end that its file has now raises SIGBUS, of which a process dies without a word.  A
 * program that asks for it ends with a message and exit status 2 instead.  A library must not: signals are its
 * caller's.
 */
#ifndef SOC_BASE_MAP_GUARD_H
#define SOC_BASE_MAP_GUARD_H

#include <sys/types.h>
#include <time.h>

#include "lib/base/memory.h"

/* Watch over the mappings that are made from now on.  `program` is borrowed for good; it stands before the message.
 * Once, before there are other threads. */
void map_guard_begin(const char *program);

/* Note a mapping, and forget it; nothing happens where nobody has asked.  Beyond MAP_GUARD_MAX mappings, the rest goes
 * unwatched.  From any thread. */
#define MAP_GUARD_MAX 16
void map_guard_add(struct slice mapped, const char *path);
void map_guard_remove(struct slice mapped);

/* What a file was when it was mapped.  One that is written over with as many bytes raises no signal: its time tells. */
struct map_stamp {
	dev_t device;
	ino_t file;
	off_t size;
	struct timespec changed; /* its content */
};

/* False where the file cannot be asked. */
bool map_stamp_take(int descriptor, struct map_stamp *out);
bool map_stamp_holds(int descriptor, const struct map_stamp *then);

#endif
