// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * json_writer.h - pieces of JSON into a buffer, fast: what is written a million times.
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

#endif
