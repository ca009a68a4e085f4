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

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/base/memory.h"

/* The promise above in the language of the side that keeps it. */
#ifdef __cplusplus
#define XAP_NOEXCEPT noexcept
extern "C" {
#else
#define XAP_NOEXCEPT
#endif

#define XAP_TERM_MAX 245 /* bytes; glass's own limit */

/* ------------------------------------------------------------------ writing ---- */

typedef struct xap_writer xap_writer;
typedef struct xap_document xap_document;

/* Create a new glass database in the folder `dir`, which must not exist.  Nothing is synced until
 * xap_compact(); term lists are left out (DB_NO_TERMLIST) as nothing here asks for the terms of a
 * document. */
bool xap_writer_open(const char *dir, xap_writer **out, struct error *err) XAP_NOEXCEPT;

/* A document under construction, reusable: xap_document_clear() empties it. */
bool xap_document_new(xap_document **out, struct error *err) XAP_NOEXCEPT;
void xap_document_clear(xap_document *doc) XAP_NOEXCEPT;
void xap_document_free(xap_document *doc) XAP_NOEXCEPT;

/* Add `wdf_more` to the within-document frequency of a term. */
bool xap_document_add_term(xap_document *doc, struct slice term, uint32_t wdf_more, struct error *err) XAP_NOEXCEPT;
/* Add a term at a position (1-based, any order), with wdf raised by `wdf_more`. */
bool xap_document_add_position(xap_document *doc, struct slice term, uint32_t position, uint32_t wdf_more,
			       struct error *err) XAP_NOEXCEPT;
/* A term that only filters: wdf 0. */
bool xap_document_add_filter(xap_document *doc, struct slice term, struct error *err) XAP_NOEXCEPT;

/* Store the document; *docid (may be NULL) gets its number, 1, 2, 3 ... in the order of calls.
 * After a failure close the writer and begin anew: Xapian drops what was not yet on disk. */
bool xap_writer_add(xap_writer *w, const xap_document *doc, uint32_t *docid, struct error *err) XAP_NOEXCEPT;
/* Commit and close; *w becomes NULL whether it succeeds or not.  NULL err: close without caring. */
bool xap_writer_close(xap_writer **w, struct error *err) XAP_NOEXCEPT;

/* Compact one or more database folders into the single file `target` (which must not exist), documents
 * renumbered in the order of `dirs`.  The same documents give the same bytes.  A failure leaves no `target`
 * behind. */
bool xap_compact(const char *const *dirs, size_t count, const char *target, struct error *err) XAP_NOEXCEPT;

/* ------------------------------------------------------------------ reading ---- */

typedef struct xap_reader xap_reader;

/* Open a single-file database by descriptor; the descriptor is duplicated, the caller keeps its own.  The
 * database begins at the start of the file, wherever the descriptor stands; what follows it is ignored. */
bool xap_reader_open_fd(int fd, xap_reader **out, struct error *err) XAP_NOEXCEPT;
void xap_reader_close(xap_reader *r) XAP_NOEXCEPT;

uint32_t xap_reader_document_count(const xap_reader *r) XAP_NOEXCEPT;

struct xap_posting {
	uint32_t docid;
	uint32_t wdf;
};

/* A growing array owned by the caller; zero-initialise, reuse, xap_postings_free(). */
struct xap_postings {
	struct xap_posting *at;
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

/* ------------------------------------------------------------------ queries ---- */

typedef struct xap_query xap_query;

/* Every constructor that takes queries consumes them, also when it fails: free only what you still hold. */
bool xap_query_term(struct slice term, xap_query **out, struct error *err) XAP_NOEXCEPT;

enum xap_operator { XAP_AND, XAP_OR, XAP_AND_NOT, XAP_FILTER, XAP_MAYBE };
/* Combine `count` >= 1 queries, left to right. */
bool xap_query_combine(enum xap_operator op, xap_query **parts, size_t count, xap_query **out,
		       struct error *err) XAP_NOEXCEPT;
/* The terms within a window of `window` positions, in order (phrase) or in any order (near);
 * window 0, or one too small for the terms, means exactly adjacent: the number of terms.  In a database
 * that holds no positions at all Xapian takes both for XAP_AND. */
bool xap_query_phrase(const struct slice *terms, size_t count, uint32_t window, xap_query **out,
		      struct error *err) XAP_NOEXCEPT;
bool xap_query_near(const struct slice *terms, size_t count, uint32_t window, xap_query **out,
		    struct error *err) XAP_NOEXCEPT;
void xap_query_free(xap_query *q) XAP_NOEXCEPT;

struct xap_match {
	uint32_t docid;
	double weight; /* BM25 with Xapian's defaults; 0 for a purely Boolean query */
};

/* Append to *out (as struct xap_match) the best `limit` matches from `offset` on, by falling weight, then
 * docid.  limit 0 means all, in docid order and unweighted: the bulk form for filters. */
bool xap_reader_match(xap_reader *r, const xap_query *q, uint32_t offset, uint32_t limit, struct buffer *out,
		      struct error *err) XAP_NOEXCEPT;

/* Xapian's own consistency check of a single file or folder; false with ERROR_DAMAGED and what it said. */
bool xap_check(const char *path, struct error *err) XAP_NOEXCEPT;

/* libxapian's version, such as "1.4.22"; static. */
const char *xap_version(void) XAP_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
