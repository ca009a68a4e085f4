// SPDX-License-Identifier: GPL-3.0-or-later
/* naics.c - looks up the title of an industry by its code. */
#include <stdlib.h>

#include "lib/base/ascii.h"
#include "lib/soc/naics.h"

enum { NAICS_SHORTEST = 2, NAICS_LONGEST = 6 };

struct naics_row {
	struct slice code;
	struct slice title;
};

static const struct naics_row rows[] = {
#define NAICS(code, title) { { code, sizeof code - 1 }, { title, sizeof title - 1 } },
#include "lib/soc/naics.def"
#undef NAICS
};

static int compare_code(const void *key, const void *row)
{
	return slice_compare(*(const struct slice *)key, ((const struct naics_row *)row)->code);
}

/* How many digits a code has; 0 where it is none.  Of a range of sectors the first counts. */
static size_t count_digits(struct slice code)
{
	size_t digits = 0;
	while (digits < code.length && ascii_is_digit(code.at[digits]))
		digits++;
	bool range = code.length == 5 && digits == 2 && code.at[2] == '-' && ascii_is_digit(code.at[3]) &&
		     ascii_is_digit(code.at[4]);
	return digits == code.length || range ? digits : 0;
}

struct slice naics_title(struct slice code)
{
	size_t digits = count_digits(code);
	for (code.length = digits; digits <= NAICS_LONGEST && code.length >= NAICS_SHORTEST; code.length--) {
		const struct naics_row *row =
			bsearch(&code, rows, sizeof rows / sizeof *rows, sizeof *rows, compare_code);
		if (row)
			return row->title;
	}
	return (struct slice){ NULL, 0 };
}
