// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * show_json.h - all that is known of an occupation, for programs.
 */
#ifndef SOC_QUERY_OUTPUT_SHOW_JSON_H
#define SOC_QUERY_OUTPUT_SHOW_JSON_H

#include "query/engine/session.h"
#include "query/output/json_writer.h"

/* The object of what stands under a code that is in the index (docs/formats.md): an occupation, or a group with its
 * members [from, to); where from == to, a survey's own code.  Needs show_need_all() first.  False with s->err
 * filled. */
bool show_json_page(struct session *s, const struct code *code, size_t from, size_t to, struct json_writer *w);

/* All that soc show knows of a code of any level or edition: an array of its object, or of one for each code that it
 * has become, or of none.  False with s->err filled. */
bool show_json_code(struct session *s, const struct code *code, struct json_writer *w);

/* Read of the index what the page or the object of a code is made from. */
bool show_need_all(struct session *s);

/* The member "facts": all of a code of any level. */
void show_json_facts(const struct session *s, const struct code *code, struct json_writer *w);

/* The member "stem": what each list of the index says on whether an occupation is STEM. */
void show_json_stem(const struct session *s, const struct code *code, struct json_writer *w);

/* The member "appendix_a": whether Appendix A has an occupation; null where the index has no Appendix A. */
void show_json_appendix(const struct session *s, const struct code *code, struct json_writer *w);

/* The members "source", "release" and "date". */
void show_json_source(const struct session *s, struct json_writer *w, uint32_t source);

#endif
