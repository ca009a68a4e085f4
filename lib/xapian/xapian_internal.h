// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xapian_internal.h - what the files behind xapian_wrap.h share, and nobody else includes.
 *
 *   the guard      every exported function that can throw does its work inside guard()
 *   slices         from C's (pointer, length) to C++'s strings and back
 *   the handles    what the opaque types of xapian_wrap.h are
 */
#ifndef SOC_XAPIAN_XAPIAN_INTERNAL_H
#define SOC_XAPIAN_XAPIAN_INTERNAL_H

#include <string>

#include <xapian.h>

#include "lib/xapian/xapian_fault.h"
#include "lib/xapian/xapian_wrap.h"

/* ---- the guard ---- */

/* Turn the exception under way into *err and return false; `doing` completes "cannot ...". */
bool report_exception(struct error *err, const char *doing) noexcept;

/* Run `work`, a callable that returns bool.  Results go to the caller's variables only after the last step
 * that can throw, so that a failure leaves them as they were. */
template <typename Work> bool guard(struct error *err, const char *doing, Work work) noexcept
{
	try {
		return work();
	} catch (...) {
		return report_exception(err, doing);
	}
}

/* ---- slices ---- */

/* May glass store this term?  The in-memory backend takes what the disk refuses, and the disk refuses some
 * only at the commit, so we ask before Xapian sees it. */
bool term_fits(struct slice term, struct error *err) noexcept;

/* As term_fits(), for a prefix, which may be empty. */
bool prefix_fits(struct slice prefix, struct error *err) noexcept;

inline std::string text_of(struct slice s)
{
	return s.length ? std::string(s.at, s.length) : std::string();
}

inline struct slice as_slice(const std::string &text) noexcept
{
	return { text.data(), text.size() };
}

/* ---- the handles ---- */

struct xap_writer {
	Xapian::WritableDatabase database;
	Xapian::Document document; /* the one under construction */
};

struct xap_reader {
	Xapian::Database database;
	uint32_t document_count;
	std::string scratch; /* the last term asked for; its memory is used again */

	const std::string &key(struct slice term)
	{
		if (term.length)
			scratch.assign(term.at, term.length);
		else
			scratch.clear();
		return scratch;
	}
};

#endif
