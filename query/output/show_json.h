// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * show_json.h - all that is known of an occupation, for programs.
 */
#ifndef SOC_QUERY_OUTPUT_SHOW_JSON_H
#define SOC_QUERY_OUTPUT_SHOW_JSON_H

#include <jansson.h>

#include "query/engine/session.h"

/* The object of one occupation by its number (docs/formats.md); NULL with s->err filled. */
json_t *show_json_occupation(struct session *s, size_t number);

/* The object of what stands under a code that is in the index: an occupation, or a group with its members [from, to); where
 * from == to, a survey's own code.  NULL with s->err filled.  Needs show_need_all() first. */
json_t *show_json_page(struct session *s, const struct code *code, size_t from, size_t to);

/* All that soc show knows of a code of any level or edition: its object, or one for each code that it has become, or none;
 * an array, NULL with s->err filled. */
json_t *show_json_code(struct session *s, const struct code *code);

/* Read of the index what the page or the object of a code is made from. */
bool show_need_all(struct session *s);

/* All facts of a code of any level, as an array. */
json_t *show_json_facts(const struct session *s, const struct code *code);

/* What each list of the index says on whether an occupation is STEM; an array. */
json_t *show_json_stem(const struct session *s, const struct code *code);

/* Whether Appendix A has an occupation; null where the index has no Appendix A. */
json_t *show_json_appendix(const struct session *s, const struct code *code);

/* Set "source", "release" and "date" of an object. */
void show_json_source(const struct session *s, json_t *object, uint32_t source);

#endif
