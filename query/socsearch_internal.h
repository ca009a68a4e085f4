// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * socsearch_internal.h - what the house does with a handle of the library that other programs cannot: rank in an index that is open
 * already, and have errors in its own struct.  Not installed, and not seen in the shared library.
 */
#ifndef SOC_QUERY_SOCSEARCH_INTERNAL_H
#define SOC_QUERY_SOCSEARCH_INTERNAL_H

#include "lib/index/open_index.h"
#include "query/socsearch.h"

/* A handle on an index that is lent: it must outlive the handle, which does not close it.  NULL with ERROR_MEMORY or an error of
 * the index. */
socsearch *socsearch_lend(struct soc_index *index, struct error *err);

/* Copy the error of the last call; always false. */
bool socsearch_take_error(const socsearch *s, struct error *err);

/* The number in the index of the occupation of candidate `i`, which is there. */
uint32_t socsearch_occupation(const socsearch *s, size_t i);

/* The levels that the two sides have: to that of the library, and back. */
enum socsearch_level socsearch_level_of(enum code_level level, bool automatic);
enum code_level socsearch_code_level(const socsearch *s);

#endif
