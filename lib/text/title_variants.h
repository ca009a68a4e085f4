// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * title_variants.h - the readings of one published title.
 */
#ifndef SOC_TEXT_TITLE_VARIANTS_H
#define SOC_TEXT_TITLE_VARIANTS_H

#include "lib/base/memory.h"

#define TITLE_VARIANTS_MAX 2

/* "Chief Executive Officer (CEO)" and "CEO (Chief Executive Officer)" read as two titles when the one part
 * is an acronym of the other; anything else is one title as it stands.  Borrows `title`; returns how many. */
size_t title_variants(struct slice title, struct slice readings[TITLE_VARIANTS_MAX]);

#endif
