// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xapian_wrap.h - the C API over libxapian that this project needs, and no more.
 *
 * This header is pure C; behind it stands the only C++ of the project and the only place that includes
 * <xapian.h>.  It knows terms and documents, not occupations.  No exception leaves it: each function
 * catches Xapian::Error (which is not a std::exception), std::exception and everything else, fills *err
 * and returns false.  Codes: a damaged or foreign database is ERROR_DAMAGED, one of another glass version
 * ERROR_VERSION, a lock or the file system ERROR_IO, bad_alloc ERROR_MEMORY, a limit ERROR_LIMIT, what a
 * caller did wrong ERROR_INTERNAL.
 *
 * Terms are (pointer, length), at most XAP_TERM_MAX bytes; longer ones are refused with ERROR_LIMIT, as
 * is the empty term.  Handles are not thread-safe; one handle a thread.  All *_close and *_free functions
 * take NULL.
 */
#ifndef SOC_XAPIAN_XAPIAN_WRAP_H
#define SOC_XAPIAN_XAPIAN_WRAP_H

#include "lib/base/memory.h"

/* The promise above in the language of the side that keeps it. */
#ifdef __cplusplus
#define XAP_NOEXCEPT noexcept
extern "C" {
#else
#define XAP_NOEXCEPT
#endif

#define XAP_TERM_MAX 245 /* bytes; glass's own limit */

/* ---- writing ---- */

typedef struct xap_writer xap_writer;

/* Create a new glass database in the folder `dir`, which must not exist.  Nothing is synced until
 * xap_compact(); term lists are left out (DB_NO_TERMLIST) as nothing here asks for the terms of a
 * document. */
bool xap_writer_open(const char *dir, xap_writer **out, struct error *err) XAP_NOEXCEPT;

/* Add a term to the document under construction; one that it has already changes nothing.  Neither frequencies nor
 * positions are stored. */
bool xap_writer_add_term(xap_writer *w, struct slice term, struct error *err) XAP_NOEXCEPT;
/* Store the document, which may be empty, as number 1, 2, 3 ... in the order of calls, and begin the next one.
 * After a failure close the writer and begin anew: Xapian drops what was not yet on disk. */
bool xap_writer_end_document(xap_writer *w, struct error *err) XAP_NOEXCEPT;
/* Commit and close; *w becomes NULL whether it succeeds or not.  NULL err: close without caring. */
bool xap_writer_close(xap_writer **w, struct error *err) XAP_NOEXCEPT;

/* Compact a database folder into the single file `target`, which must not exist.  The same documents give the same
 * bytes.  A failure leaves no `target` behind. */
bool xap_compact(const char *dir, const char *target, struct error *err) XAP_NOEXCEPT;

/* ---- reading ---- */

typedef struct xap_reader xap_reader;

/* Open a single-file database by descriptor; the descriptor is duplicated, the caller keeps its own.  The
 * database begins at the start of the file, wherever the descriptor stands; what follows it is ignored. */
bool xap_reader_open_fd(int fd, xap_reader **out, struct error *err) XAP_NOEXCEPT;
void xap_reader_close(xap_reader *r) XAP_NOEXCEPT;

uint32_t xap_reader_document_count(const xap_reader *r) XAP_NOEXCEPT;

/* The documents of a term; zero-initialise, reuse, xap_postings_free(). */
struct xap_postings {
	uint32_t *at;
	size_t count;
	size_t capacity;
};

/* The whole posting list of a term in docid order; an unknown term gives count 0 and true, a
 * failure count 0 and false. */
bool xap_reader_postings(xap_reader *r, struct slice term, struct xap_postings *out, struct error *err) XAP_NOEXCEPT;
void xap_postings_free(struct xap_postings *p) XAP_NOEXCEPT;

/* Called for each term; return false to stop early (which is not an error). */
typedef bool (*xap_visit)(void *ctx, struct slice term, uint32_t documents);
/* Every term that begins with `prefix`, in byte order, with its document frequency. */
bool xap_reader_terms(xap_reader *r, struct slice prefix, xap_visit visit, void *ctx, struct error *err) XAP_NOEXCEPT;

/* Xapian's own consistency check of a single-file database; false with ERROR_DAMAGED and what it said. */
bool xap_check(const char *path, struct error *err) XAP_NOEXCEPT;

/* libxapian's version, such as "1.4.22"; static. */
const char *xap_version(void) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
