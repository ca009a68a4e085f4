// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * map_guard.c - the files that are mapped, and the handler that names the one which was overwritten.
 */
#define _XOPEN_SOURCE 700 /* SA_SIGINFO */
#include "lib/base/map_guard.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The handler reads these without a lock: an entry counts from when its length is set. */
static struct {
	_Atomic(size_t) length;
	_Atomic(uintptr_t) at;
	char message[512];
} mappings[MAP_GUARD_MAX];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *guarded; /* the program; NULL: nobody has asked */

static void say(const char *message)
{
	size_t left = strlen(message);
	ssize_t wrote;
	for (; left > 0 && (wrote = write(STDERR_FILENO, message, left)) > 0; left -= (size_t)wrote)
		message += wrote;
}

static void bus_error(int number, siginfo_t *info, void *context)
{
	(void)context;
	uintptr_t at = (uintptr_t)info->si_addr;
	for (size_t i = 0; i < MAP_GUARD_MAX; i++) {
		size_t length = atomic_load(&mappings[i].length);
		uintptr_t begin = atomic_load(&mappings[i].at);
		if (at >= begin && at - begin < length) {
			say(mappings[i].message);
			_exit(2);
		}
	}
	/* None of ours: the instruction is tried again, and ends the process. */
	signal(number, SIG_DFL);
}

void map_guard_begin(const char *program)
{
	struct sigaction action = { .sa_sigaction = bus_error, .sa_flags = SA_SIGINFO };
	sigemptyset(&action.sa_mask);
	if (sigaction(SIGBUS, &action, NULL) == 0)
		guarded = program;
}

void map_guard_add(struct slice mapped, const char *path)
{
	if (!guarded || mapped.length == 0)
		return;
	pthread_mutex_lock(&lock);
	size_t i = 0;
	while (i < MAP_GUARD_MAX && atomic_load(&mappings[i].length) > 0)
		i++;
	if (i < MAP_GUARD_MAX) {
		snprintf(mappings[i].message, sizeof mappings[i].message,
			 "%s: %.300s was overwritten while it was read\n"
			 "hint: replace it by rename (mv), never by writing into it, and ask again\n",
			 guarded, path);
		atomic_store(&mappings[i].at, (uintptr_t)mapped.at);
		atomic_store(&mappings[i].length, mapped.length);
	}
	pthread_mutex_unlock(&lock);
}

void map_guard_remove(struct slice mapped)
{
	if (!guarded || mapped.length == 0)
		return;
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < MAP_GUARD_MAX; i++)
		if (atomic_load(&mappings[i].at) == (uintptr_t)mapped.at)
			atomic_store(&mappings[i].length, 0);
	pthread_mutex_unlock(&lock);
}

bool map_stamp_take(int descriptor, struct map_stamp *out)
{
	struct stat st;
	if (fstat(descriptor, &st) != 0)
		return false;
	*out = (struct map_stamp){ st.st_dev, st.st_ino, st.st_size, st.st_mtim };
	return true;
}

bool map_stamp_holds(int descriptor, const struct map_stamp *then)
{
	struct map_stamp now;
	return map_stamp_take(descriptor, &now) && now.device == then->device && now.file == then->file &&
	       now.size == then->size && now.changed.tv_sec == then->changed.tv_sec &&
	       now.changed.tv_nsec == then->changed.tv_nsec;
}
