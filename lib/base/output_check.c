// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * output_check.c - which of the files that a command was given are one and the same.
 */
#define _XOPEN_SOURCE 700 /* realpath() */
#include "lib/base/output_check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/file.h"

enum { FOLDERS_DEEP = 8 };

/* What a path leads to: a file or folder that is there, or the name of one that is not; else neither. */
struct identity {
	struct stat st;
	bool there;
	struct buffer name; /* NUL-terminated; empty: none */
};

/* The name that a file will have which is not there yet: that of its folder without links, and its own. */
static bool name_absent(const char *path, struct buffer *out, struct error *err)
{
	struct buffer target = { 0 };
	bool ok = file_resolve_link(path, &target, err);
	char *slash = ok ? strrchr(target.at, '/') : NULL;
	if (slash)
		*slash = '\0';
	char *folder = !ok ? NULL : realpath(!slash ? "." : *target.at ? target.at : "/", NULL);
	/* Where the folder is not there either, opening the file will say so. */
	if (folder)
		ok = buffer_printf(out, err, "%s/%s", folder, slash ? slash + 1 : target.at) &&
		     buffer_terminate(out, err);
	free(folder);
	buffer_free(&target);
	return ok;
}

static bool identify(const struct file_given *f, struct identity *out, struct error *err)
{
	if (!f->path)
		return true;
	bool standard = strcmp(f->path, "-") == 0;
	int failed = standard ? fstat(f->use == FILE_READ ? STDIN_FILENO : STDOUT_FILENO, &out->st)
			      : stat(f->path, &out->st);
	out->there = failed == 0 && (S_ISREG(out->st.st_mode) || S_ISDIR(out->st.st_mode));
	return failed == 0 || standard || f->use == FILE_READ || errno != ENOENT ||
	       name_absent(f->path, &out->name, err);
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Whether a file stands in a folder, or in one below it. */
static bool stands_in(const struct stat *file, int folder, int depth)
{
	DIR *dir = folder < 0 ? NULL : fdopendir(folder);
	bool found = false;
	if (!dir) {
		if (folder >= 0)
			close(folder);
		return false;
	}
	for (struct dirent *e; !found && (e = readdir(dir));) {
		struct stat st;
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
		    fstatat(dirfd(dir), e->d_name, &st, 0) != 0)
			continue;
		found = is_same_file(file, &st) ||
			(S_ISDIR(st.st_mode) && depth < FOLDERS_DEEP &&
			 stands_in(file, openat(dirfd(dir), e->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC), depth + 1));
	}
	closedir(dir);
	return found;
}

/* Whether writing `w` would harm `other`. */
static bool harms(const struct file_given *written, const struct identity *w, const struct file_given *given,
		  const struct identity *other)
{
	if (!w->there || !other->there)
		return w->name.length > 0 && buffer_slice(&w->name).length == other->name.length &&
		       memcmp(w->name.at, other->name.at, w->name.length) == 0;
	if (is_same_file(&w->st, &other->st))
		return true;
	return written->outside && given->use == FILE_READ && S_ISDIR(other->st.st_mode) && S_ISREG(w->st.st_mode) &&
	       stands_in(&w->st, open(given->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), 0);
}

static bool may_rewrite(const struct file_given *written, const struct file_given *given)
{
	return written->rewrites && given->use == FILE_READ && given->path &&
	       strcmp(written->rewrites, given->path) == 0;
}

static bool refuse(const struct file_given *written, const struct file_given *other, struct error *err)
{
	char hint[96];
	const char *path = strcmp(written->path, "-") != 0 ? written->path : other->path;
	bool named = strcmp(path, "-") != 0;
	snprintf(hint, sizeof hint, "name another file for %s: nothing has been written", written->name);
	return error_set(err, ERROR_USAGE, hint, "%s would write over %s%s%s", written->name, other->name,
			 named ? ": " : "", named ? path : "");
}

bool output_check(const struct file_given *files, size_t count, struct error *err)
{
	struct identity *identities = memory_new(count * sizeof *identities, err);
	bool ok = identities != NULL;
	for (size_t i = 0; ok && i < count; i++)
		ok = identify(&files[i], &identities[i], err);
	for (size_t i = 0; ok && i < count; i++)
		for (size_t k = 0; ok && files[i].use == FILE_WRITTEN && k < count; k++)
			if (k != i && !may_rewrite(&files[i], &files[k]) &&
			    harms(&files[i], &identities[i], &files[k], &identities[k]))
				ok = refuse(&files[i], &files[k], err);
	for (size_t i = 0; identities && i < count; i++)
		buffer_free(&identities[i].name);
	memory_free(identities);
	return ok;
}
