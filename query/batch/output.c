// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * output.c - bytes to a file or to standard output; after a failure a file ends with a whole row.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/base/fault.h"
#include "lib/base/file.h"
#include "query/batch/output.h"

#define WRITE_CALL(call) (fault_hit(FAULT_WRITE) ? (errno = ENOSPC, -1) : (call))

static const char hint[] = "check the free space, and where the output goes";

bool output_open(const char *path, uint64_t from, struct output *out, struct error *err)
{
	struct stat st;
	int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (from ? 0 : O_TRUNC);
	*out = (struct output){ .descriptor = WRITE_CALL(open(path, flags, 0666)), .name = path, .own = true };
	if (out->descriptor < 0)
		return error_set_errno(err, errno, NULL, "cannot write %s", path);
	out->written = from;
	if (fstat(out->descriptor, &st) != 0 || !S_ISREG(st.st_mode))
		return from == 0 || error_set(err, ERROR_INPUT, NULL, "%s is no file", path);
	if ((uint64_t)st.st_size < from)
		return error_set(err, ERROR_INPUT, "remove it, and begin anew without --resume",
				 "%s has become shorter since", path);
	if (ftruncate(out->descriptor, (off_t)from) != 0 || lseek(out->descriptor, (off_t)from, SEEK_SET) < 0)
		return error_set_errno(err, errno, NULL, "cannot write %s", path);
	return true;
}

bool output_open_beside(const char *path, struct output *out, struct error *err)
{
	struct stat st;
	struct buffer target = { 0 }, temporary = { 0 };
	bool there = stat(path, &st) == 0;
	if (there && !S_ISREG(st.st_mode))
		return output_open(path, 0, out, err);
	*out = (struct output){ 0 };
	bool ok = file_resolve_link(path, &target, err);
	if (ok)
		file_remove_leftovers(target.at);
	ok = ok && file_temporary_beside(target.at, &temporary, err) && output_open(temporary.at, 0, out, err);
	out->name = path;
	out->target = target;
	out->temporary = temporary;
	if (ok && there)
		(void)fchmod(out->descriptor, st.st_mode & 07777);
	return ok;
}

struct output output_standard(void)
{
	return (struct output){ .descriptor = STDOUT_FILENO, .name = "the output" };
}

/* Where the last whole row within `done` bytes ends. */
static size_t last_whole(const size_t *ends, size_t count, size_t done)
{
	size_t whole = 0;
	for (size_t i = 0; i < count && ends[i] <= done; i++)
		whole = ends[i];
	return whole;
}

/* Take back the last `surplus` bytes, where this is a file and we are at its end. */
static void cut_back(const struct output *o, size_t surplus)
{
	struct stat st;
	off_t at = lseek(o->descriptor, 0, SEEK_CUR);
	if (surplus > 0 && at >= (off_t)surplus && fstat(o->descriptor, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size == at && ftruncate(o->descriptor, at - (off_t)surplus) == 0)
		lseek(o->descriptor, at - (off_t)surplus, SEEK_SET);
}

bool output_write(struct output *o, struct slice bytes, const size_t *ends, size_t count, struct error *err)
{
	size_t done = 0;
	while (done < bytes.length) {
		ssize_t n = WRITE_CALL(write(o->descriptor, bytes.at + done, bytes.length - done));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			int cause = n < 0 ? errno : EIO;
			size_t whole = last_whole(ends, count, done);
			cut_back(o, done - whole);
			o->written += whole;
			return error_set_errno(err, cause, cause == EPIPE ? NULL : hint, "cannot write %s", o->name);
		}
		done += (size_t)n;
	}
	o->written += done;
	return true;
}

bool output_sync(struct output *o, struct error *err)
{
	/* What is no file cannot be synchronised, and says so. */
	return WRITE_CALL(fdatasync(o->descriptor)) == 0 || errno == EINVAL || errno == EROFS || errno == ENOTSUP ||
	       error_set_errno(err, errno, hint, "cannot write %s", o->name);
}

static bool close_descriptor(struct output *o, struct error *err)
{
	int descriptor = o->own ? o->descriptor : -1;
	o->own = false;
	return descriptor < 0 || close(descriptor) == 0 || errno == EINTR ||
	       error_set_errno(err, errno, hint, "cannot write %s", o->name);
}

bool output_publish(struct output *o, struct error *err)
{
	if (!close_descriptor(o, err))
		return false;
	if (o->temporary.length && !file_publish(o->temporary.at, o->target.at, err))
		return false;
	buffer_free(&o->temporary);
	return true;
}

bool output_close(struct output *o, struct error *err)
{
	bool ok = close_descriptor(o, err);
	if (o->temporary.length)
		unlink(o->temporary.at);
	buffer_free(&o->temporary);
	buffer_free(&o->target);
	return ok;
}
