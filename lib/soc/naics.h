// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * naics.h - industries by their code in the North American Industry Classification System (https://www.census.gov/naics/).
 */
#ifndef SOC_SOC_NAICS_H
#define SOC_SOC_NAICS_H

#include "lib/base/memory.h"

/* The title of an industry by its code of two to six digits, or a range of sectors ("31-33"): that of the longest code in
 * naics.def with which it begins.  .at is NULL where it is no code, or of no sector.  Static memory. */
struct slice naics_title(struct slice code);

#endif
