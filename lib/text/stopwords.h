// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * stopwords.h - words without a meaning of their own, and words of rank.
 */
#ifndef SOC_TEXT_STOPWORDS_H
#define SOC_TEXT_STOPWORDS_H

#include "lib/base/memory.h"

/* Whether a folded word is a function word: and, of, the. */
bool text_is_stop(struct slice word);
/* Whether a folded word is a function word of Spanish, Portuguese, French, Italian, German or Dutch, and no English word. */
bool text_is_foreign_stop(struct slice word);
/* Whether a folded word is a grade, not an occupation: senior, jr, ii, 3. */
bool text_is_grade(struct slice word);

#endif
