// SPDX-License-Identifier: GPL-3.0-or-later
/* From database folders to the one file, documents in the order of the folders. */
#include "lib/xap/internal.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

/* Never FULLER: it writes out of bounds inside libxapian 1.4.22 with many long terms. */
static const unsigned compacting = Xapian::DBCOMPACT_SINGLE_FILE | Xapian::Compactor::FULL;

/* Reserve the name: Xapian would overwrite what is there. */
static bool create_target(const char *target, struct error *err) noexcept
{
	int fd = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0 || close(fd) != 0)
		return error_set_errno(err, errno, nullptr, "cannot create %s", target);
	return true;
}

/* The same documents shall give the same bytes.  All that differs from one compaction to the next is the
 * random identifier behind the magic and the version, which serves replication only: we write zeros there. */
static bool remove_identifier(const char *target, struct error *err) noexcept
{
	static const char zeros[16] = { 0 };
	static const off_t behind_magic_and_version = 16;
	int fd = open(target, O_WRONLY | O_CLOEXEC);
	bool written = fd >= 0 && pwrite(fd, zeros, sizeof zeros, behind_magic_and_version) == sizeof zeros &&
		       fsync(fd) == 0;
	int saved_errno = errno;
	if (fd >= 0 && close(fd) != 0 && written) {
		saved_errno = errno;
		written = false;
	}
	return written || error_set_errno(err, saved_errno, nullptr, "cannot write %s", target);
}

bool xap_compact(const char *const *dirs, size_t count, const char *target, struct error *err) noexcept
{
	if (count == 0)
		return error_set(err, ERROR_INTERNAL, nullptr, "there is no database to compact");
	if (!create_target(target, err))
		return false;
	bool done = guard(err, "compact the database", [&] {
		Xapian::Database all;
		for (size_t i = 0; i < count; i++) {
			Xapian::Database one;
			if (!open_database_folder(dirs[i], &one, err))
				return false;
			all.add_database(one);
		}
		library_step();
		all.compact(target, compacting);
		library_step();
		return remove_identifier(target, err);
	});
	if (!done)
		unlink(target);
	return done;
}
