// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/base/edit_distance.h"

static unsigned smallest(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* The textbook's way. */
static unsigned plain_distance(struct slice a, struct slice b)
{
	unsigned d[32][32];
	for (unsigned i = 0; i <= a.length; i++)
		for (unsigned k = 0; k <= b.length; k++) {
			if (i == 0 || k == 0) {
				d[i][k] = i + k;
				continue;
			}
			bool same = a.at[i - 1] == b.at[k - 1];
			d[i][k] = smallest(d[i - 1][k - 1] + !same, smallest(d[i - 1][k], d[i][k - 1]) + 1);
			if (i > 1 && k > 1 && a.at[i - 1] == b.at[k - 2] && a.at[i - 2] == b.at[k - 1])
				d[i][k] = smallest(d[i][k], d[i - 2][k - 2] + 1);
		}
	return d[a.length][b.length];
}

static void distances_are_right(void **state)
{
	(void)state;
	static const struct {
		const char *from, *to;
		unsigned most, distance;
	} rows[] = {
		{ "", "", 2, 0 },
		{ "", "ab", 2, 2 },
		{ "", "abc", 2, 3 },
		{ "ab", "", 2, 2 },
		{ "a", "a", 2, 0 },
		{ "nurse", "nurse", 2, 0 },
		{ "nurse", "nurze", 2, 1 },
		{ "nurse", "nure", 2, 1 },
		{ "nurse", "nursse", 2, 1 },
		{ "nurse", "nusre", 2, 1 },
		{ "nurse", "unrse", 2, 1 },
		{ "nurse", "nures", 2, 1 },
		{ "nurse", "unres", 2, 2 },
		{ "nurse", "purser", 2, 2 },
		{ "nurse", "horse", 2, 2 },
		{ "nurse", "cook", 2, 3 },
		{ "nurse", "nusre", 0, 1 },
		/* a swapped pair is not edited again */
		{ "ca", "abc", 3, 3 },
		{ "abcdefghijklmnopqrstuvwx", "abcdefghijklmnopqrstuvxw", 2, 1 },
		{ "abcdefghijklmnopqrstuvwx", "bcdefghijklmnopqrstuvwxa", 2, 2 },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		ROW_CHECK(edit_distance(slice_of(rows[i].from), slice_of(rows[i].to), rows[i].most) == rows[i].distance,
			  i);
	/* Against the plain way, over all words of a few letters. */
	uint32_t random = 1;
	for (size_t i = 0; i < 20000; i++) {
		char a[12], b[12];
		struct slice x = { a, 0 }, y = { b, 0 };
		for (size_t k = 0; k < 24; k++) {
			random = random * 1664525u + 1013904223u;
			char letter = (char)('a' + (random >> 24) % 3);
			if (k < 12)
				a[k] = letter;
			else
				b[k - 12] = letter;
		}
		x.length = random % 11 + 1;
		y.length = random / 16 % 12;
		unsigned plain = plain_distance(x, y);
		ROW_CHECK(edit_distance(x, y, 12) == plain, i);
		ROW_CHECK(edit_distance(x, y, 2) == smallest(plain, 3), i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(distances_are_right),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
