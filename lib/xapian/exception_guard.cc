// SPDX-License-Identifier: GPL-3.0-or-later
/* exception_guard.cc - the one place where exceptions become errors, and the checks of terms that come before
 * Xapian. */
#include "lib/xapian/xapian_internal.h"

#include <cstring>
#include <exception>
#include <new>

static const char hint_damaged[] = "restore a good copy of the index, or build it again";
static const char hint_internal[] = "this is a fault of the program; please report it";

/* What each of Xapian's exceptions means to a caller; what is not in the table is our own fault. */
static const struct {
	const char *type;
	enum error_code code;
	const char *hint;
} meanings[] = {
	{ "DatabaseCorruptError", ERROR_DAMAGED, hint_damaged },
	{ "DatabaseOpeningError", ERROR_DAMAGED, "check that this is an index file; if it is, restore a good copy" },
	{ "DatabaseNotFoundError", ERROR_IO, "check the path" },
	{ "DatabaseModifiedError", ERROR_DAMAGED, "replace an index by renaming a new one over it, never in place" },
	{ "DatabaseVersionError", ERROR_VERSION, "build the index again with this version of the program" },
	{ "FeatureUnavailableError", ERROR_VERSION, "build the index again with this version of the program" },
	{ "DatabaseLockError", ERROR_IO, "wait for the other program that writes there, or choose another folder" },
	{ "DatabaseCreateError", ERROR_IO, "check that the folder can be written to" },
	{ "DatabaseError", ERROR_DAMAGED, hint_damaged },
	{ "SerialisationError", ERROR_DAMAGED, hint_damaged },
	{ "NetworkError", ERROR_IO, nullptr },
	{ "NetworkTimeoutError", ERROR_IO, nullptr },
	{ "RangeError", ERROR_LIMIT, "split the data: a count is too large for the index" },
};

static bool report_library_error(struct error *err, const char *doing, const Xapian::Error &e)
{
	enum error_code code = ERROR_INTERNAL;
	const char *hint = hint_internal;
	for (const auto &meaning : meanings) {
		if (strcmp(meaning.type, e.get_type()) == 0) {
			code = meaning.code;
			hint = meaning.hint;
		}
	}
	/* Where the system gave the reason, that is the cause, whatever Xapian made of it. */
	const char *system = e.get_error_string();
	if (system && code == ERROR_DAMAGED) {
		code = ERROR_IO;
		hint = "check the disk: its free space, the permissions, its health";
	}
	return error_set(err, code, hint, "cannot %s: %s%s%s", doing, e.get_msg().c_str(), system ? ": " : "",
			 system ? system : "");
}

bool report_exception(struct error *err, const char *doing) noexcept
{
	try {
		/* The inner try: putting Xapian's error into words may itself run out of memory. */
		try {
			throw;
		} catch (const Xapian::Error &e) {
			return report_library_error(err, doing, e);
		}
	} catch (const std::bad_alloc &) {
		return error_no_memory(err);
	} catch (const std::exception &e) {
		return error_set(err, ERROR_INTERNAL, hint_internal, "cannot %s: %s", doing, e.what());
	} catch (const char *text) {
		/* libxapian throws a bare string where counts overflow in a merge. */
		return error_set(err, ERROR_LIMIT, "split the data: a count is too large for the index",
				 "cannot %s: %s", doing, text);
	} catch (...) {
		return error_set(err, ERROR_INTERNAL, hint_internal, "cannot %s: an unknown exception", doing);
	}
}

/* Glass writes a zero byte of a key as two. */
static size_t stored_length(struct slice key) noexcept
{
	size_t length = key.length;
	for (size_t i = 0; i < key.length && length <= XAP_TERM_MAX; i++)
		length += key.at[i] == '\0';
	return length;
}

static bool key_short_enough(struct slice key, const char *what, struct error *err) noexcept
{
	if (stored_length(key) <= XAP_TERM_MAX)
		return true;
	return error_set(err, ERROR_LIMIT, "shorten it", "%s of %zu bytes is too long: the index holds at most %d",
			 what, key.length, XAP_TERM_MAX);
}

bool term_fits(struct slice term, struct error *err) noexcept
{
	if (term.length == 0)
		return error_set(err, ERROR_LIMIT, nullptr, "a term is empty");
	return key_short_enough(term, "a term", err);
}

bool prefix_fits(struct slice prefix, struct error *err) noexcept
{
	return key_short_enough(prefix, "a prefix", err);
}

const char *xap_version(void) noexcept
{
	return Xapian::version_string();
}
