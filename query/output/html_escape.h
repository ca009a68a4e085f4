// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * html_escape.h - text among markup: nothing in it is taken for a tag.
 */
#ifndef SOC_QUERY_OUTPUT_HTML_ESCAPE_H
#define SOC_QUERY_OUTPUT_HTML_ESCAPE_H

#include "lib/base/memory.h"

/* Append UTF-8 text to HTML or XML, as content or within a quoted attribute; control characters become U+FFFD. */
bool markup_put_text(struct slice text, struct buffer *out, struct error *err);

#endif
