// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * json_writer.h - JSON into a buffer: single values, and whole answers written in sequence.
 */
#ifndef SOC_QUERY_OUTPUT_JSON_WRITER_H
#define SOC_QUERY_OUTPUT_JSON_WRITER_H

#include "lib/base/memory.h"

/* Room for any number that is written here. */
enum { NUMBER_SIZE = 32 };

/* Text with its quotation marks.  Bytes that are no UTF-8 become U+FFFD. */
bool json_put_text(struct buffer *b, struct slice text, struct error *err);
bool json_put_count(struct buffer *b, uint64_t value, struct error *err);
/* A number of at most six digits that says that it is no integer: 8.71281, 0.5, 1.0, 1.2e-7. */
bool json_put_real(struct buffer *b, double value, struct error *err);

/* The same without the last two signs where it is whole: 8.71281, 0.5, 1, 1.2e-07; as printf's %.6g has it but that
 * digits beyond the sixth are rounded in binary.  Returns the length. */
size_t number_write(double value, char to[NUMBER_SIZE]);

/* ---- answers ---- */

/* Significant digits of measured numbers, and of published ones: a double keeps fifteen of any decimal number. */
enum json_digits { JSON_DIGITS_MEASURED = 6, JSON_DIGITS_EXACT = 15 };

/*
 * One answer, written in sequence.  A value is a member where it has a key, and an element of an array where the key is
 * NULL. Failures are those of the buffer: sticky, with *err filled once, so the caller asks buffer_ok() at the end.
 * Of one thread.
 */
struct json_writer {
	struct buffer *out; /* the caller's */
	struct error *err;
	enum json_digits digits;
	bool indented;  /* by two blanks a level; else one line */
	bool filled;    /* what was opened last has a value already */
	unsigned depth; /* objects and arrays that are open */
};

void json_begin_object(struct json_writer *w, const char *key);
void json_end_object(struct json_writer *w);
void json_begin_array(struct json_writer *w, const char *key);
void json_end_array(struct json_writer *w);
/* Bytes that are no UTF-8, and NUL, become U+FFFD. */
void json_write_text(struct json_writer *w, const char *key, struct slice text);
/* null for the empty text. */
void json_write_text_or_null(struct json_writer *w, const char *key, struct slice text);
void json_write_texts(struct json_writer *w, const char *key, const struct slice *texts, size_t count);
/* null for NULL. */
void json_write_string(struct json_writer *w, const char *key, const char *text);
void json_write_count(struct json_writer *w, const char *key, uint64_t value);
void json_write_integer(struct json_writer *w, const char *key, int64_t value);
/* null for 0, which stands for unknown. */
void json_write_count_or_null(struct json_writer *w, const char *key, uint64_t value);
/* With a point or an exponent always; 0.0 for what is not finite. */
void json_write_real(struct json_writer *w, const char *key, double value);
/* The same with the digits of measured numbers, among published ones. */
void json_write_measured(struct json_writer *w, const char *key, double value);
void json_write_bool(struct json_writer *w, const char *key, bool value);
void json_write_null(struct json_writer *w, const char *key);
/* Members or elements that another writer of the same depth has written. */
void json_write_members(struct json_writer *w, struct slice members);

#endif
