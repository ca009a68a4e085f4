// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * zip.c - zip archives by libzip, which is loaded when the first one is opened.
 */
#include "lib/table/zip.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "lib/base/fault.h"

struct zip_archive {
	const struct zip_library *libzip;
	zip_t *zip;
	const char *place;
};

struct zip_archive_file {
	const struct zip_library *libzip;
	zip_file_t *file;
	const char *place;
};

static bool fail(const struct zip_library *libzip, zip_error_t *cause, const char *place, struct error *err)
{
	int code = libzip->zip_error_code_zip(cause);

	switch (code) {
	case ZIP_ER_MEMORY:
		return error_no_memory(err);
	case ZIP_ER_READ:
	case ZIP_ER_SEEK:
	case ZIP_ER_TELL:
	case ZIP_ER_OPEN:
		if (libzip->zip_error_code_system(cause) != 0) {
			error_set_errno(err, libzip->zip_error_code_system(cause), NULL, "cannot read the zip file");
			return error_at(err, place, 0, 0);
		}
		break;
	case ZIP_ER_ENCRNOTSUPP:
	case ZIP_ER_NOPASSWD:
	case ZIP_ER_WRONGPASSWD:
		return error_set_at(err, place, ERROR_INPUT, "unpack it with its password and give the folder",
				    "the zip file is encrypted");
	case ZIP_ER_COMPNOTSUPP:
		return error_set_at(err, place, ERROR_INPUT, "unpack it and give the folder",
				    "the zip file uses a kind of compression that is not known here");
	default:
		break;
	}
	return error_set_at(err, place, ERROR_INPUT, HINT_DAMAGED, "the zip file is damaged or cut off (%s)",
			    libzip->zip_error_strerror(cause));
}

/* ---- open and close ---- */

static struct zip_archive *zip_archive_new(const char *place, struct error *err)
{
	const struct zip_library *libzip = zip_library(err);
	struct zip_archive *a = libzip ? memory_new(sizeof *a, err) : NULL;
	if (!libzip)
		error_at(err, place, 0, 0);
	if (a)
		*a = (struct zip_archive){ .libzip = libzip, .place = place };
	return a;
}

/* Takes `source` over, which may be NULL, also where it fails; and `a`, where it fails. */
static bool open_source(struct zip_archive *a, zip_source_t *source, zip_error_t *cause, struct zip_archive **out,
			struct error *err)
{
	const struct zip_library *libzip = a->libzip;

	if (source)
		a->zip = libzip->zip_open_from_source(source, ZIP_RDONLY, cause);
	if (a->zip) {
		*out = a;
	} else {
		fail(libzip, cause, a->place, err);
		libzip->zip_source_free(source);
		zip_archive_close(a);
	}
	libzip->zip_error_fini(cause);
	return *out != NULL;
}

bool zip_archive_open_file(FILE *file, const char *place, struct zip_archive **out, struct error *err)
{
	*out = NULL;
	zip_error_t cause;
	zip_source_t *source = NULL;
	struct zip_archive *a = zip_archive_new(place, err);
	if (a) {
		a->libzip->zip_error_init(&cause);
		source = a->libzip->zip_source_filep_create(file, 0, 0, &cause);
	}
	if (!source)
		fclose(file);
	return a && open_source(a, source, &cause, out, err);
}

bool zip_archive_open_memory(struct slice bytes, const char *place, struct zip_archive **out, struct error *err)
{
	*out = NULL;
	zip_error_t cause;
	struct zip_archive *a = zip_archive_new(place, err);
	if (!a)
		return false;
	a->libzip->zip_error_init(&cause);
	return open_source(a, a->libzip->zip_source_buffer_create(bytes.at, bytes.length, 0, &cause), &cause, out, err);
}

void zip_archive_close(struct zip_archive *a)
{
	if (a && a->zip)
		a->libzip->zip_discard(a->zip);
	memory_free(a);
}

/* ---- entries ---- */

/* A name that points out of the archive.  We never unpack to names, but whoever made such an archive did not
 * mean to publish a release. */
static bool leaves_archive(const char *path)
{
	if (path[0] == '/' || path[0] == '\\')
		return true;
	if (((path[0] | 32) >= 'a' && (path[0] | 32) <= 'z') && path[1] == ':')
		return true;
	for (const char *p = path; *p;) {
		size_t length = strcspn(p, "/\\");
		if (length == 2 && p[0] == '.' && p[1] == '.')
			return true;
		p += length + (p[length] != '\0');
	}
	return false;
}

uint64_t zip_archive_count(const struct zip_archive *a)
{
	zip_int64_t entries = a->libzip->zip_get_num_entries(a->zip, 0);
	return entries > 0 ? (uint64_t)entries : 0;
}

bool zip_archive_entry(const struct zip_archive *a, uint64_t number, struct zip_archive_entry *out, struct error *err)
{
	zip_stat_t st;
	a->libzip->zip_stat_init(&st);
	if (a->libzip->zip_stat_index(a->zip, number, 0, &st) != 0 || !(st.valid & ZIP_STAT_NAME))
		return fail(a->libzip, a->libzip->zip_get_error(a->zip), a->place, err);
	if (leaves_archive(st.name)) {
		return error_set_at(err, a->place, ERROR_INPUT, "take the release from its publisher",
				    "the zip file is not trustworthy: its member \"%.200s\" points out of the archive",
				    st.name);
	}
	size_t length = strlen(st.name);
	*out = (struct zip_archive_entry){
		.name = st.name,
		.size = st.valid & ZIP_STAT_SIZE ? st.size : 0,
		.packed = st.valid & ZIP_STAT_COMP_SIZE ? st.comp_size : 0,
		.folder = length == 0 || st.name[length - 1] == '/',
	};
	return true;
}

/* ---- their bytes ---- */

bool zip_archive_file_open(const struct zip_archive *a, uint64_t number, const char *place,
			   struct zip_archive_file **out, struct error *err)
{
	*out = NULL;
	struct zip_archive_file *f = memory_new(sizeof *f, err);
	if (!f)
		return false;
	*f = (struct zip_archive_file){ a->libzip, a->libzip->zip_fopen_index(a->zip, number, 0), place };
	if (!f->file) {
		zip_archive_file_close(f);
		return fail(a->libzip, a->libzip->zip_get_error(a->zip), place, err);
	}
	*out = f;
	return true;
}

bool zip_archive_file_read(struct zip_archive_file *f, void *to, size_t size, size_t *got, struct error *err)
{
	zip_int64_t n = f->libzip->zip_fread(f->file, to, size);
	*got = n > 0 ? (size_t)n : 0;
	return n >= 0 || fail(f->libzip, f->libzip->zip_file_get_error(f->file), f->place, err);
}

void zip_archive_file_close(struct zip_archive_file *f)
{
	if (f && f->file)
		f->libzip->zip_fclose(f->file);
	memory_free(f);
}

/* ---- libzip ---- */

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
} dlopen_note __attribute__((used, aligned(4), section(".note.dlopen"))) = { sizeof dlopen_note.owner,
									     sizeof dlopen_note.text, NOTE_TYPE, "FDO",
									     NOTE_TEXT };
#endif

static pthread_once_t loading = PTHREAD_ONCE_INIT;
static struct zip_library library;
static bool loaded;
static char failure[256];

static void load_once(void)
{
	loaded = zip_library_load(ZIP_SONAME, &library, failure, sizeof failure);
}

static bool fail_to_load(struct error *err, const char *why)
{
	return error_set(err, ERROR_IO, "install libzip, which on Debian is: apt-get install " ZIP_PACKAGE,
			 "libzip cannot be loaded: %s", why);
}

const struct zip_library *zip_library(struct error *err)
{
	if (fault_hit(FAULT_READ)) {
		fail_to_load(err, strerror(EIO));
		return NULL;
	}
	pthread_once(&loading, load_once);
	if (!loaded) {
		fail_to_load(err, failure);
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
