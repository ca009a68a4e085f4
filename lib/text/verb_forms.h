// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * verb_forms.h - the verbs with which duties begin (verb_forms.def), in the forms in which they do: prepare, prepares,
 * preparing.
 */
#ifndef SOC_TEXT_VERB_FORMS_H
#define SOC_TEXT_VERB_FORMS_H

#include "lib/base/memory.h"

enum verb_form { VERB_NONE, VERB_BASE, VERB_THIRD, VERB_ING };

/* Which form of a known verb a folded word is. */
enum verb_form verb_form(struct slice word);

/* Whether it is one with which no title begins. */
bool verb_is_clear(struct slice word);

/* Whether a word is one of those in `list`, which have blanks between. */
bool word_is_listed(struct slice word, const char *list);

#endif
