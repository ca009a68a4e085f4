// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison_internal.h - the parts of a comparison, each filled by one of the files comparison_*.c; what fails is
 * known from session_ok().
 */
#ifndef SOC_QUERY_ENGINE_COMPARISON_INTERNAL_H
#define SOC_QUERY_ENGINE_COMPARISON_INTERNAL_H

#include "query/engine/comparison.h"
#include "query/engine/term_stats.h"

void comparison_find_definitions(struct contrast *c, struct comparison *x);
void comparison_find_tasks(struct contrast *c, struct comparison *x);
void comparison_find_list(struct session *s, struct comparison *x, enum evidence_kind kind,
			  struct comparison_list *out);
void comparison_find_rows(struct session *s, struct comparison *x); /* the last of all */

#endif
