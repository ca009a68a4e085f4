// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/table/zip_library.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "lib/base/error.h"
#include "lib/base/fault.h"

/* What packagers' tools read to find out what a program loads (uapi-group.org, "ELF dlopen metadata"). */
#define NOTE_TEXT \
	"[{\"feature\":\"zip\",\"description\":\"Reading zip files and workbooks\"," \
	"\"priority\":\"recommended\",\"soname\":[\"" ZIP_SONAME "\"]}]"
#define NOTE_TYPE 0x407c0c0aU

/* The tests' own variants go without: what sanitizers lay around a variable is no note. */
#ifndef SOC_FAULTS
static const struct {
	uint32_t owner_length;
	uint32_t text_length;
	uint32_t type;
	char owner[4];
	_Alignas(uint32_t) char text[sizeof NOTE_TEXT];
} dlopen_note __attribute__((used, aligned(4), section(".note.dlopen"))) = {
	sizeof dlopen_note.owner, sizeof dlopen_note.text, NOTE_TYPE, "FDO", NOTE_TEXT
};
#endif

static pthread_once_t loading = PTHREAD_ONCE_INIT;
static struct zip_library library;
static bool loaded;
static char failure[256];

static void load_once(void)
{
	loaded = zip_library_load(ZIP_SONAME, &library, failure, sizeof failure);
}

static bool fail(struct error *err, const char *why)
{
	return error_set(err, ERROR_IO, "install libzip, which on Debian is: apt-get install " ZIP_PACKAGE,
			 "libzip cannot be loaded: %s", why);
}

const struct zip_library *zip_library(struct error *err)
{
	if (fault_hit(FAULT_READ)) {
		fail(err, strerror(EIO));
		return NULL;
	}
	pthread_once(&loading, load_once);
	if (!loaded) {
		fail(err, failure);
		return NULL;
	}
	return &library;
}

bool zip_library_load(const char *file, struct zip_library *out, char *why, size_t size)
{
	static const struct {
		const char *name;
		size_t at;
	} functions[] = {
#define FUNCTION(name) { #name, offsetof(struct zip_library, name) },
		ZIP_FUNCTIONS(FUNCTION)
#undef FUNCTION
	};
	/* All at once: a function that is missing is found here, and not in the middle of a release. */
	void *handle = dlopen(file, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	if (!handle) {
		snprintf(why, size, "%s", dlerror());
		return false;
	}
	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
		void *symbol = dlsym(handle, functions[i].name);
		if (!symbol) {
			snprintf(why, size, "%s has no function %s", file, functions[i].name);
			return false;
		}
		/* ISO C has no cast from an object to a function. */
		memcpy((char *)out + functions[i].at, &symbol, sizeof symbol);
	}
	return true;
}
