// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * file.c - files mapped, replaced as a whole, digested.
 */
#define _XOPEN_SOURCE 700 /* realpath() */
#include "lib/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <signal.h>
#include <limits.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/fault.h"
#include "lib/base/map_guard.h"

/* A system call that the tests can make fail. */
#define CALL(kind, fault_errno, call) (fault_hit(kind) ? (errno = (fault_errno), -1) : (call))

bool file_map_descriptor(int fd, const char *path, struct slice *out, struct error *err)
{
	bool ok = false;
	struct stat st;
	out->at = "";
	out->length = 0;
	if (CALL(FAULT_READ, EIO, fstat(fd, &st)) != 0) {
		error_set_errno(err, errno, NULL, "cannot read %s", path);
	} else if (S_ISDIR(st.st_mode)) {
		error_set(err, ERROR_INPUT, "give a file", "%s is a folder, not a file", path);
	} else if (!S_ISREG(st.st_mode)) {
		error_set(err, ERROR_INPUT, "write its content to a file first, and give that",
			  "%s is not a regular file", path);
	} else if ((uintmax_t)st.st_size > SIZE_MAX / 2) {
		error_set(err, ERROR_LIMIT, NULL, "%s is too large for this machine", path);
	} else if (st.st_size == 0) {
		ok = true;
	} else {
		void *at = fault_hit(FAULT_READ) ? (errno = EIO, MAP_FAILED)
						 : mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		ok = at != MAP_FAILED;
		if (ok) {
			out->at = at;
			out->length = (size_t)st.st_size;
			map_guard_add(*out, path);
		} else {
			error_set_errno(err, errno, NULL, "cannot read %s", path);
		}
	}
	return ok;
}

bool file_map(const char *path, struct slice *out, struct error *err)
{
	*out = (struct slice){ "", 0 };
	int fd = CALL(FAULT_READ, EIO, open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK));
	if (fd < 0)
		return error_set_errno(err, errno, NULL, "cannot open %s", path);
	bool ok = file_map_descriptor(fd, path, out, err);
	close(fd);
	return ok;
}

void file_unmap(struct slice mapped)
{
	/* munmap() takes what mmap() gave: the cast takes const away from bytes that were never written. */
	map_guard_remove(mapped);
	if (mapped.length > 0)
		munmap((void *)(uintptr_t)mapped.at, mapped.length);
}

bool file_temporary_beside(const char *target, struct buffer *out, struct error *err)
{
	for (unsigned n = 0; n < 1000; n++) {
		struct stat st;
		buffer_clear(out);
		if (!buffer_printf(out, err, "%s.tmp-%ld-%u", target, (long)getpid(), n) || !buffer_terminate(out, err))
			return false;
		if (lstat(out->at, &st) != 0) {
			if (errno == ENOENT)
				return true;
			return error_set_errno(err, errno, NULL, "cannot write beside %s", target);
		}
	}
	return error_set(err, ERROR_IO, "remove what earlier runs left there",
			 "no free name for a temporary file beside %s", target);
}

/* The folder that holds `path`, opened; -1 where it cannot be. */
static int open_folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	if (!slash)
		return open(".", flags);

	struct buffer folder = { 0 };
	size_t length = slash == path ? 1 : (size_t)(slash - path);
	int fd = -1;
	if (buffer_append(&folder, path, length, NULL) && buffer_terminate(&folder, NULL))
		fd = open(folder.at, flags);
	buffer_free(&folder);
	return fd;
}

bool file_publish(const char *temporary, const char *target, struct error *err)
{
	bool ok = false;
	int folder = open_folder_of(target);
	int fd = CALL(FAULT_WRITE, EIO, open(temporary, O_RDONLY | O_CLOEXEC));

	if (fd < 0)
		error_set_errno(err, errno, NULL, "cannot open %s", temporary);
	else if (CALL(FAULT_WRITE, ENOSPC, fsync(fd)) != 0)
		error_set_errno(err, errno, NULL, "cannot write %s", temporary);
	else if (CALL(FAULT_RENAME, EACCES, rename(temporary, target)) != 0)
		error_set_errno(err, errno, NULL, "cannot replace %s", target);
	else
		ok = true;

	/* From here on `target` is the new file.  Where the folder cannot be synced (some file systems do
	 * not allow it), a power cut may bring the old one back, whole: nothing that the caller could mend,
	 * and no reason to say that the new one is not there. */
	if (ok && folder >= 0)
		(void)fsync(folder);
	if (fd >= 0)
		close(fd);
	if (folder >= 0)
		close(folder);
	return ok;
}

static bool write_bytes(FILE *f, const char *path, struct slice bytes, struct error *err)
{
	bool ok = !fault_hit(FAULT_WRITE) && fwrite(bytes.at, 1, bytes.length, f) == bytes.length;
	int saved = ok ? 0 : errno ? errno : EIO;
	if (fclose(f) != 0 && ok) {
		saved = errno;
		ok = false;
	}
	return ok || error_set_errno(err, saved, NULL, "cannot write %s", path);
}

static bool replace_file(const char *target, const struct stat *old, struct slice bytes, struct error *err)
{
	struct buffer temporary = { 0 };
	file_remove_leftovers(target);
	bool ok = file_temporary_beside(target, &temporary, err);
	FILE *f = ok ? fopen(temporary.at, "wbx") : NULL;
	if (ok && !f)
		ok = error_set_errno(err, errno, NULL, "cannot write %s", target);
	if (f) {
		ok = write_bytes(f, target, bytes, err);
		if (ok && old)
			(void)chmod(temporary.at, old->st_mode & 07777);
		ok = ok && file_publish(temporary.at, target, err);
		if (!ok)
			(void)unlink(temporary.at);
	}
	buffer_free(&temporary);
	return ok;
}

bool file_write_whole(const char *path, struct slice bytes, struct error *err)
{
	struct buffer target = { 0 };
	struct stat old;
	bool there = stat(path, &old) == 0, ok;
	errno = 0;
	if (there && S_ISDIR(old.st_mode)) {
		ok = error_set(err, ERROR_IO, "name a file in it", "%s is a folder", path);
	} else if (there && !S_ISREG(old.st_mode)) {
		FILE *f = fopen(path, "wb");
		ok = f ? write_bytes(f, path, bytes, err) : error_set_errno(err, errno, NULL, "cannot write %s", path);
	} else {
		ok = file_resolve_link(path, &target, err) && replace_file(target.at, there ? &old : NULL, bytes, err);
	}
	buffer_free(&target);
	return ok;
}

void file_remove_folder(const char *path)
{
	/* O_NOFOLLOW: never empty a folder that somebody's link points to. */
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
	if (!folder) {
		if (fd >= 0)
			close(fd);
		return;
	}
	const struct dirent *entry;
	while ((entry = readdir(folder)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			(void)unlinkat(fd, entry->d_name, 0);
	closedir(folder);
	(void)rmdir(path);
}

/* The process in a name `BASE.tmp-PID-N`; 0 where the name is no such. */
static pid_t process_of(const char *name, const char *base)
{
	size_t length = strlen(base);
	long process;
	unsigned number;
	int end = 0;
	if (strncmp(name, base, length) != 0 || sscanf(name + length, ".tmp-%ld-%u%n", &process, &number, &end) != 2 ||
	    name[length + (size_t)end] != '\0')
		return 0;
	return process > 0 ? (pid_t)process : 0;
}

void file_remove_leftovers(const char *target)
{
	const char *slash = strrchr(target, '/'), *base = slash ? slash + 1 : target;
	int fd = open_folder_of(target);
	DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
	struct buffer path = { 0 };
	const struct dirent *entry;
	if (!folder) {
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(folder)) != NULL) {
		pid_t process = process_of(entry->d_name, base);
		if (process == 0 || kill(process, 0) == 0 || errno != ESRCH || unlinkat(fd, entry->d_name, 0) == 0)
			continue;
		buffer_clear(&path);
		if (buffer_append(&path, target, (size_t)(base - target), NULL) &&
		    buffer_append_text(&path, entry->d_name, NULL) && buffer_terminate(&path, NULL))
			file_remove_folder(path.at);
	}
	buffer_free(&path);
	closedir(folder);
}

bool file_resolve_link(const char *path, struct buffer *out, struct error *err)
{
	char resolved[PATH_MAX];
	struct stat st;
	buffer_clear(out);
	bool link = lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
	if (link && !realpath(path, resolved))
		return error_set_errno(err, errno, "mend or remove the link", "the link %s leads nowhere", path);
	return buffer_append_text(out, link ? resolved : path, err) && buffer_terminate(out, err);
}

/* ---- SHA-256 ---- */

void sha256_begin(struct sha256 *s)
{
	SHA256Init(&s->context);
}

void sha256_add(struct sha256 *s, const void *bytes, size_t length)
{
	if (length > 0)
		SHA256Update(&s->context, bytes, length);
}

void sha256_finish(struct sha256 *s, char hex[65])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t digest[SHA256_DIGEST_LENGTH];

	SHA256Final(digest, &s->context);
	for (size_t i = 0; i < sizeof digest; i++) {
		hex[2 * i] = digits[digest[i] >> 4];
		hex[2 * i + 1] = digits[digest[i] & 15];
	}
	hex[64] = '\0';
}

void sha256_state(const struct sha256 *s, unsigned char state[SHA256_STATE])
{
	for (size_t i = 0; i < SHA256_STATE; i++)
		state[i] = (unsigned char)(s->context.state.st32[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256_resume(struct sha256 *s, const unsigned char state[SHA256_STATE], uint64_t length)
{
	sha256_begin(s);
	for (size_t i = 0; i < SHA256_STATE / 4; i++)
		s->context.state.st32[i] = (uint32_t)state[4 * i] << 24 | (uint32_t)state[4 * i + 1] << 16 |
					   (uint32_t)state[4 * i + 2] << 8 | (uint32_t)state[4 * i + 3];
	s->context.bitcount[0] = length * 8;
}
