/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * socsearch.h - the library libsocsearch: from a job to ranked occupation codes, with what speaks for each.
 *
 *     socsearch *s = socsearch_new();
 *     if (socsearch_open(s, "current.soc") && socsearch_rank(s, "ICU nurse", NULL, SOCSEARCH_SOC, 5, 0) >= 0)
 *             for (size_t i = 0; socsearch_code(s, i); i++)
 *                     printf("%s %s\n", socsearch_code(s, i), socsearch_title(s, i));
 *     else
 *             fprintf(stderr, "%s\n", socsearch_error_text(s));
 *     socsearch_free(s);
 *
 * Caveat: an index is mapped, and read where it lies.  Replace it by rename(2), as soc-index does and mv does, and
 * never by writing into it, as cp onto it does: whoever reads it then gets SIGBUS, or answers of neither index.  The
 * programs soc and soc-index end with a message where that happens; the library leaves signals to its caller.
 *
 * Threads: a handle serves one thread at a time; any number of handles, also of the same file, serve any number of
 * threads.  The library keeps nothing outside its handles, prints nothing, writes no file and opens no connection.
 *
 * Texts are UTF-8 and end in NUL.  Those that the library gives out belong to the handle and are never to be freed; how
 * long they last is said at each.  Those that it takes are copied where they are needed past the call.
 *
 * Errors: a call that can fail says so by what it returns, and socsearch_error(), _error_text() and _error_hint() tell
 * of the last such call.  After an error the handle can be used on, and socsearch_free() is always right.  `s` is never
 * NULL but where that is said.
 */
#ifndef SOCSEARCH_H
#define SOCSEARCH_H

#include <stddef.h>

#if defined(__GNUC__)
#pragma GCC visibility push(default)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* An index, once it is open, with the last ranking, evidence and error. */
typedef struct socsearch socsearch;

/* The version of the library, "0.1.0"; static. */
const char *socsearch_version(void);

/* A handle without an index; NULL where memory is short.  The caller lets go of it by socsearch_free(). */
socsearch *socsearch_new(void);

/* Close the index and let go of everything that the handle gave out; NULL is allowed. */
void socsearch_free(socsearch *s);

/* Open an index file that soc-index built, in place of one that is open already, also where this fails.  What is
 * read of it is checked against its checksum when it is first read.  1, or 0 for an error: IO, DAMAGED, VERSION,
 * MEMORY. */
int socsearch_open(socsearch *s, const char *path);

/* ---- errors ---- */

enum socsearch_error {
	SOCSEARCH_OK,      /* no error */
	SOCSEARCH_USAGE,   /* what the caller asked cannot be: no such level, no index open, no code, no UTF-8 */
	SOCSEARCH_INPUT,   /* of soc-index and soc code; does not come from here */
	SOCSEARCH_IO,      /* the operating system refused */
	SOCSEARCH_MEMORY,  /* memory is short */
	SOCSEARCH_DAMAGED, /* the file is no index, or is not whole */
	SOCSEARCH_VERSION, /* the index is of another format version: build it anew */
	SOCSEARCH_LIMIT,   /* a job of more than 64 MiB */
	SOCSEARCH_STOPPED, /* of soc-index and soc code; does not come from here */
	SOCSEARCH_INTERNAL /* a fault of the library itself */
};

/* What kind of error the last call that can fail ended with. */
enum socsearch_error socsearch_error(const socsearch *s);

/* What is wrong, one sentence without a full stop; and what to do next.  Both are "" where there is nothing to say, and
 * last until the next call that can fail. */
const char *socsearch_error_text(const socsearch *s);
const char *socsearch_error_hint(const socsearch *s);

/* ---- ranking ---- */

/* How many digits the candidates have. */
enum socsearch_level {
	SOCSEARCH_SOC,   /* detailed occupations: six digits, 15-1252 */
	SOCSEARCH_ONET,  /* O*NET-SOC: eight digits, 15-1252.00 */
	SOCSEARCH_BROAD, /* groups: 15-1250 ... */
	SOCSEARCH_MINOR, /* ... 15-1200 ... */
	SOCSEARCH_MAJOR, /* ... 15-0000 */
	SOCSEARCH_AUTO   /* the finest, from SOC upwards, at which the first is more likely right than wrong */
};

/* Flags, joined by |; 0 is what soc does without options. */
#define SOCSEARCH_NO_SYNONYMS 1u /* take acronyms and abbreviations as they stand */
#define SOCSEARCH_NO_SPELLING 2u /* take words that the index does not know as they stand */
#define SOCSEARCH_NO_CLEANING 4u /* let everything count in full, also what is not the work: pay, place, benefits */

/* Rank the occupations for a job: its title and its text (duties, an advertisement, a resume), either of which may be
 * NULL or "".  At most `limit` candidates, 0 for ten.  Returns how many there are, best first; 0 where no word of the
 * job is known to the index; -1 for an error: USAGE, LIMIT, IO, DAMAGED, MEMORY.  Ends the ranking and evidence before
 * it. The same index and job give the same answer. */
long socsearch_rank(socsearch *s, const char *title, const char *text, enum socsearch_level level, size_t limit,
		    unsigned flags);

/* The level of the last ranking, which is never AUTO; SOC where there is none. */
enum socsearch_level socsearch_level(const socsearch *s);

/* Candidate `i` of the last ranking, from 0.  Behind the last one texts are NULL and numbers 0.  Texts last until the
 * next socsearch_rank() or socsearch_open(). */

/* The O*NET-SOC code, the best one under socsearch_soc(): "15-1252.00". */
const char *socsearch_code(const socsearch *s, size_t i);
/* The code at the level that was asked for, of at most six digits: "15-1252", "15-1200". */
const char *socsearch_soc(const socsearch *s, size_t i);
/* The official title of socsearch_code(). */
const char *socsearch_title(const socsearch *s, size_t i);
/* How well the job fits: a sum of features without a unit, to be compared within one ranking alone. */
double socsearch_score(const socsearch *s, size_t i);
/* How likely it is that the candidate is right: 0 to 1, and 1 over all codes of the level. */
double socsearch_confidence(const socsearch *s, size_t i);

/* ---- evidence ---- */

/* Find what speaks for candidate `i` of the last ranking: at most `limit` pieces (0 for ten) of each of titles, tasks
 * and the rest, in this order, the best of each first.  Returns how many pieces there are; -1 for an error: USAGE where
 * there is no such candidate, IO, DAMAGED, MEMORY.  Ends the evidence before it.  It costs more than the ranking: ask
 * for what is shown. */
long socsearch_find_evidence(socsearch *s, size_t i, size_t limit);

/* Piece `k` of the evidence found last, from 0.  Behind the last one texts are NULL and the share 0.  Texts last until
 * the next socsearch_find_evidence(), socsearch_rank() or socsearch_open(). */

/* What it is: "alternate_title", "core_task" ...; docs/formats.md has the list.  Static. */
const char *socsearch_evidence_kind(const socsearch *s, size_t k);
/* What the source says. */
const char *socsearch_evidence_text(const socsearch *s, size_t k);
/* Which source and release: "O*NET 30.1". */
const char *socsearch_evidence_source(const socsearch *s, size_t k);
/* How much of it and of the job is the same: 0 to 1, the cosine of their words, rare ones weighing more. */
double socsearch_evidence_share(const socsearch *s, size_t k);

/* Word `k` of the job, as written, that nothing in the candidate explains whose evidence was found last; NULL behind
 * the last one.  Lasts as evidence does. */
const char *socsearch_unexplained(const socsearch *s, size_t k);

/* ---- a code ---- */

/* All that is known of a code of eight or six digits or of a group, as JSON: an array, as soc show --format json prints
 * it (docs/formats.md).  A code of an older edition gives what it has become; one that nobody knows, an empty array.
 * Lasts until the next socsearch_show() or socsearch_open().  NULL for an error: USAGE where `code` is none, IO,
 * DAMAGED, MEMORY. */
const char *socsearch_show(socsearch *s, const char *code);

#ifdef __cplusplus
}
#endif

#if defined(__GNUC__)
#pragma GCC visibility pop
#endif

#endif
