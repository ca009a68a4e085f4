// SPDX-License-Identifier: GPL-3.0-or-later
/* Opening a database as glass and nothing else, and Xapian's own check of one. */
#include "lib/xap/internal.h"

#include <cerrno>
#include <sstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A descriptor with an end. */
class descriptor {
public:
	explicit descriptor(int number) noexcept : fd(number) {}
	descriptor(const descriptor &) = delete;
	descriptor &operator=(const descriptor &) = delete;
	~descriptor()
	{
		if (fd >= 0)
			close(fd);
	}

	/* For Xapian, which closes it, also when it fails. */
	int give_away() noexcept
	{
		int given = fd;
		fd = -1;
		return given;
	}

	int fd;
};

/* A duplicate shares the file position, and Xapian reads from where that stands: we lend it the start of the
 * file, and put back what the caller had. */
class at_start_of_file {
public:
	explicit at_start_of_file(int number) noexcept : fd(number), before(lseek(fd, 0, SEEK_CUR))
	{
		lseek(fd, 0, SEEK_SET);
	}
	at_start_of_file(const at_start_of_file &) = delete;
	at_start_of_file &operator=(const at_start_of_file &) = delete;
	~at_start_of_file()
	{
		lseek(fd, before, SEEK_SET);
	}

private:
	int fd;
	off_t before;
};

/* Without waiting for a writer, should the path be a pipe. */
static const int looking = O_RDONLY | O_CLOEXEC | O_NONBLOCK;

enum database_kind { DATABASE_FILE, DATABASE_FOLDER };

static bool kind_of(int fd, const char *name, enum database_kind *out, struct error *err) noexcept
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return error_set_errno(err, errno, nullptr, "cannot open %s", name);
	if (S_ISREG(st.st_mode)) {
		*out = DATABASE_FILE;
		return true;
	}
	/* Of a folder without this file Xapian would say "No such file", as if the path were wrong. */
	if (S_ISDIR(st.st_mode) && faccessat(fd, "iamglass", F_OK, 0) == 0) {
		*out = DATABASE_FOLDER;
		return true;
	}
	return error_set(err, ERROR_DAMAGED, "give the path of an index", "%s is not an index", name);
}

/* Call `use` with a duplicate of `fd` that it owns. */
template <typename Use>
static bool lend(int fd, struct error *err, Use use)
{
	descriptor copy(fcntl(fd, F_DUPFD_CLOEXEC, 0));
	if (copy.fd < 0)
		return error_set_errno(err, errno, nullptr, "cannot duplicate a file descriptor");
	at_start_of_file position(fd);
	library_step();
	return use(copy.give_away());
}

bool open_database_fd(int fd, Xapian::Database *out, struct error *err)
{
	enum database_kind kind;
	if (!kind_of(fd, "the index", &kind, err))
		return false;
	if (kind == DATABASE_FOLDER)
		return error_set(err, ERROR_DAMAGED, nullptr, "the index is a folder, not a file");
	return lend(fd, err, [&](int copy) {
		*out = Xapian::Database(copy, Xapian::DB_BACKEND_GLASS);
		return true;
	});
}

bool open_database_folder(const char *path, Xapian::Database *out, struct error *err)
{
	enum database_kind kind;
	descriptor file(open(path, looking));
	if (file.fd < 0)
		return error_set_errno(err, errno, nullptr, "cannot open %s", path);
	if (!kind_of(file.fd, path, &kind, err))
		return false;
	if (kind == DATABASE_FILE)
		return error_set(err, ERROR_DAMAGED, nullptr, "%s is a file, not a folder", path);
	library_step();
	*out = Xapian::Database(path, Xapian::DB_BACKEND_GLASS);
	return true;
}

/* What Xapian's check said of the damage: its last words, as the first ones praise what is sound. */
static std::string last_line(const std::string &report)
{
	size_t end = report.find_last_not_of('\n');
	if (end == std::string::npos)
		return "no details";
	size_t begin = report.find_last_of('\n', end);
	begin = begin == std::string::npos ? 0 : begin + 1;
	return report.substr(begin, end - begin + 1);
}

/* libxapian 1.4.22's check deletes a table under the type of its base, a few bytes smaller: harmless with
 * malloc, but AddressSanitizer would stop every program that calls xap_check(). */
#if defined(__has_feature)
#define HAS_FEATURE(name) __has_feature(name)
#else
#define HAS_FEATURE(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || HAS_FEATURE(address_sanitizer)
extern "C" __attribute__((visibility("default"))) const char *__asan_default_options()
{
	return "new_delete_type_mismatch=0";
}
#endif

static bool check(const char *path, struct error *err)
{
	std::ostringstream report;
	enum database_kind kind;
	size_t faults = 0;
	descriptor file(open(path, looking));
	if (file.fd < 0)
		return error_set_errno(err, errno, nullptr, "cannot open %s", path);
	if (!kind_of(file.fd, path, &kind, err))
		return false;
	library_step();
	if (kind == DATABASE_FILE)
		faults = Xapian::Database::check(file.give_away(), 0, &report);
	else
		faults = Xapian::Database::check(path, 0, &report);
	library_step();
	if (faults == 0)
		return true;
	return error_set(err, ERROR_DAMAGED, "restore a good copy of the index, or build it again",
			 "%s has %zu faults: %s", path, faults, last_line(report.str()).c_str());
}

bool xap_check(const char *path, struct error *err) noexcept
{
	return guard(err, "check the index", [&] { return check(path, err); });
}
