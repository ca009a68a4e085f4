// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * error.h - the one way in which anything in this project says that it failed.
 *
 * A function that can fail returns false (or NULL) and fills the caller's `struct error` once, at the
 * place where the cause is known.  Callers pass it upwards untouched, or add the place with
 * error_at().  A program prints it with error_print() and exits with 2.
 */
#ifndef SOC_BASE_ERROR_H
#define SOC_BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum error_code {
	ERROR_NONE = 0,
	ERROR_USAGE,   /* the command line or the query is wrong */
	ERROR_INPUT,   /* a source file or an input row is not what it should be */
	ERROR_IO,      /* the operating system refused: open, read, write, rename, no space */
	ERROR_MEMORY,  /* an allocation failed */
	ERROR_DAMAGED, /* an index file does not match its checksum, or a record in it is malformed */
	ERROR_VERSION, /* an index file of another format version */
	ERROR_LIMIT,   /* a guard was reached: expansion, size, depth */
	ERROR_STOPPED, /* the user interrupted the work */
	ERROR_INTERNAL /* a fault of the program itself */
};

struct error {
	enum error_code code;
	char text[512];  /* what is wrong, one sentence without a full stop; never empty when code != ERROR_NONE */
	char hint[384];  /* what to do next; may be empty */
	char file[256];  /* the file at fault, with its member (`a.zip: Titles.txt`); may be empty */
	uint64_t line;   /* 1-based; 0 where it means nothing */
	uint32_t column; /* 1-based field or character; 0 where it means nothing */
};

#if defined(__GNUC__)
#define ERROR_PRINTF(at, first) __attribute__((format(printf, at, first)))
#else
#define ERROR_PRINTF(at, first)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Fill *err (where err is not NULL and still empty: the first cause wins) and return false, so that a
 * caller can write `return error_set(err, ERROR_IO, "check the free space", "cannot write %s", path);`.
 * `hint` may be NULL.  Texts that are too long are cut, never overrun. */
bool error_set(struct error *err, enum error_code code, const char *hint, const char *format, ...) ERROR_PRINTF(4, 5);

/* As error_set() with ERROR_IO, ending in ": " and the text of `saved_errno`; chooses a hint for the
 * common causes (no space, no permission, no such file, read-only) where `hint` is NULL. */
bool error_set_errno(struct error *err, int saved_errno, const char *hint, const char *format, ...) ERROR_PRINTF(4, 5);

/* As error_set(), of a file as a whole: error_at() included.  `file` is not NULL. */
bool error_set_at(struct error *err, const char *file, enum error_code code, const char *hint, const char *format, ...)
	ERROR_PRINTF(5, 6);

/* Add the place to an error that has none yet; returns false.  `file` may be NULL, numbers may be 0. */
bool error_at(struct error *err, const char *file, uint64_t line, uint32_t column);

/* An allocation failed: the shortest error_set(); returns false. */
bool error_no_memory(struct error *err);

/* Forget what it held. */
void error_clear(struct error *err);

/* Whether it holds nothing: so work that goes on after a failure, as the first cause stays, may ask once at its end. */
static inline bool error_none(const struct error *err)
{
	return err->code == ERROR_NONE;
}

/* Print `PROGRAM: FILE:LINE:COLUMN: text` and, on a second line, `hint: ...` to `stream`. */
void error_print(FILE *stream, const char *program, const struct error *err);

#ifdef __cplusplus
}
#endif
#endif
