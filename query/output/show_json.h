// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * show_json.h - all that is known of an occupation, for programs.
 */
#ifndef SOC_QUERY_OUTPUT_SHOW_JSON_H
#define SOC_QUERY_OUTPUT_SHOW_JSON_H

#include "query/commands/command.h"

/* The object of one occupation by its number (docs/formats.md); NULL with c->err filled. */
json_t *show_json_occupation(struct command *c, size_t number);

/* All that soc show knows of a code of any level or edition: its object, or one for each code that it has become, or none;
 * an array, NULL with c->err filled.  Of the command only the index and the error are needed. */
json_t *show_json_code(struct command *c, const struct code *code);

/* All facts of a code of any level, as an array. */
json_t *show_json_facts(const struct command *c, const struct code *code);

/* What each list of the index says on whether an occupation is STEM; an array. */
json_t *show_json_stem(const struct command *c, const struct code *code);

/* Whether Appendix A has an occupation; null where the index has no Appendix A. */
json_t *show_json_appendix(const struct command *c, const struct code *code);

/* Set "source", "release" and "date" of an object. */
void show_json_source(const struct command *c, json_t *object, uint32_t source);

#endif
